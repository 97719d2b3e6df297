//! Percent-encoding of path segments and of form fields.

/// Appends `text` as one segment of a path.
///
/// The characters in the documented forms of a call and an extension, such as `@` and `*`, stay as
/// they are.
pub(super) fn encode_segment(out: &mut String, text: &str) {
    for byte in text.bytes() {
        encode_byte(out, byte, b"-._~@*");
    }
}

/// Appends `text` as a name or a value of a form, as browsers do. A blank becomes `+`.
pub(super) fn encode_field(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            _ => encode_byte(out, byte, b"-._*"),
        }
    }
}

/// Appends an ASCII letter, a digit or one of the `plain` bytes as it is, and escapes all others.
fn encode_byte(out: &mut String, byte: u8, plain: &[u8]) {
    if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
        out.push(char::from(byte));
    } else {
        out.push('%');
        for digit in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(digit.into(), 16).map(|digit| digit.to_ascii_uppercase()));
        }
    }
}

/// Decodes one segment of a path. `None` if an escape is broken, or the result is not UTF-8.
pub(super) fn decode_segment(text: &str) -> Option<String> {
    let (bytes, is_whole) = decode(text.bytes());
    String::from_utf8(bytes).ok().filter(|_| is_whole)
}

/// Decodes a name or a value of a form, where `+` stands for a blank.
///
/// A broken escape stays as it is, because an event with one odd field is still useful.
pub(super) fn decode_field(text: &str) -> Vec<u8> {
    decode(text.bytes().map(|byte| if byte == b'+' { b' ' } else { byte })).0
}

/// Decodes the escapes. Returns the bytes, and false if an escape is broken.
fn decode(text: impl Iterator<Item = u8> + Clone) -> (Vec<u8>, bool) {
    let (mut bytes, mut is_whole) = (Vec::new(), true);
    let mut rest = text;
    while let Some(byte) = rest.next() {
        let mut after = rest.clone();
        let mut digit = || char::from(after.next()?).to_digit(16);
        if let (b'%', Some(high), Some(low)) = (byte, digit(), digit()) {
            bytes.extend(u8::try_from(high * 16 + low));
            rest = after;
        } else {
            is_whole &= byte != b'%';
            bytes.push(byte);
        }
    }
    (bytes, is_whole)
}
