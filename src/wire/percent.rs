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
    let (bytes, is_whole) = decode(text);
    String::from_utf8(bytes).ok().filter(|_| is_whole)
}

/// Decodes a name or a value of a form, where `+` stands for a blank.
///
/// A broken escape stays as it is, because an event with one odd field is still useful.
pub(super) fn decode_field(text: &str) -> Vec<u8> {
    if text.contains('+') { decode(&text.replace('+', " ")).0 } else { decode(text).0 }
}

/// Decodes the escapes. Returns the bytes, and false if an escape is broken.
fn decode(text: &str) -> (Vec<u8>, bool) {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    let mut is_whole = true;
    for part in parts {
        let (byte, rest) = read_escape(part).unwrap_or_else(|| {
            is_whole = false;
            (b'%', part)
        });
        bytes.push(byte);
        bytes.extend_from_slice(rest.as_bytes());
    }
    (bytes, is_whole)
}

/// Reads the two digits of an escape. Returns the byte, and the text after the digits.
fn read_escape(text: &str) -> Option<(u8, &str)> {
    let mut rest = text.chars();
    let mut digit = || rest.next()?.to_digit(16);
    let byte = digit()? * 16 + digit()?;
    Some((u8::try_from(byte).ok()?, rest.as_str()))
}
