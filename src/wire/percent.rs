//! Percent-encoding of path segments and of form fields.

/// Appends `text` as one segment of a path.
///
/// The characters in the documented forms of a call and an extension, such as `@` and `*`, stay as
/// they are.
pub(super) fn encode_segment(out: &mut String, text: &str) {
    encode(out, text, b"-._~@*");
}

/// Appends `text` as a name or a value of a form, as browsers do. A blank becomes `+`.
pub(super) fn encode_field(out: &mut String, text: &str) {
    for (place, word) in text.split(' ').enumerate() {
        if place > 0 {
            out.push('+');
        }
        encode(out, word, b"-._*");
    }
}

/// Appends ASCII letters, digits and the `plain` bytes as they are, and escapes all others.
fn encode(out: &mut String, text: &str, plain: &[u8]) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || plain.contains(&byte);
    if text.bytes().all(is_plain) {
        out.push_str(text);
        return;
    }
    for byte in text.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(digit.into(), 16);
                out.extend(digit.map(|digit| digit.to_ascii_uppercase()));
            }
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
