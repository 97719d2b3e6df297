//! Percent-encoding: of the segments of a path, and of the fields of a form.

/// Encodes `text` as one path segment, leaving as they are the characters with which the documented
/// names of calls and extensions are written.
pub(super) fn encode(path: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@' | b'*') {
            path.push(char::from(byte));
        } else {
            path.push('%');
            for digit in [byte >> 4, byte & 15] {
                path.push(char::from(digit + if digit < 10 { b'0' } else { b'A' - 10 }));
            }
        }
    }
}

/// Decodes a segment of a path; `None` if an escape is broken or the text is no UTF-8.
pub(super) fn decode_segment(text: &str) -> Option<String> {
    let (bytes, is_whole) = decode(text.bytes());
    String::from_utf8(bytes).ok().filter(|_| is_whole)
}

/// Decodes a name or a value of a form, where `+` stands for a blank. A broken escape stays as it
/// is: an event with an odd name is worth more than no event.
pub(super) fn decode_field(text: &str) -> Vec<u8> {
    decode(text.bytes().map(|byte| if byte == b'+' { b' ' } else { byte })).0
}

/// Decodes the escapes; false beside the bytes if an escape is broken.
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
