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

/// What a `+` stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Plus {
    /// Itself, in a path.
    AsItIs,
    /// A blank, in a form.
    Blank,
}

/// Undoes the encoding; false beside a text of which not everything could be decoded.
///
/// What looks like an escape and is none is kept, and what is no UTF-8 is taken for Latin-1, which
/// it mostly is: in a form a half-decoded name is worth more than no event.
pub(super) fn decode(text: &str, plus: Plus) -> (String, bool) {
    let mut bytes = Vec::new();
    let mut is_whole = true;
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        rest = tail;
        bytes.push(if *byte == b'+' && plus == Plus::Blank { b' ' } else { *byte });
        if *byte == b'%' {
            let digit = |at: usize| char::from(*tail.get(at)?).to_digit(16);
            if let (Some(high), Some(low)) = (digit(0), digit(1)) {
                bytes.pop();
                bytes.extend(u8::try_from(high * 16 + low));
                rest = tail.get(2..).unwrap_or_default();
            } else {
                is_whole = false;
            }
        }
    }
    let mut decoded = String::new();
    for chunk in bytes.utf8_chunks() {
        decoded.push_str(chunk.valid());
        for byte in chunk.invalid() {
            decoded.push(char::from(*byte));
            is_whole = false;
        }
    }
    (decoded, is_whole)
}
