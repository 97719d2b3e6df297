//! A question as a request, and back.

use super::notation::{Notation, Value, write_text};
use super::{Dialect, HttpRequest, SlotFormat, cut};
use crate::trouble::sentence;
use crate::{Action, Code, Question, Slot, Trouble};

/// Spells `question` as the switch at the other end expects it.
///
/// # Errors
///
/// If the dialect has no such slot, or wants one where none is named.
pub fn write_request(question: &Question, dialect: Dialect) -> Result<HttpRequest, Trouble> {
    check(question, dialect)?;
    let mut path = String::from("/extension/");
    encode(&mut path, question.extension.as_str());
    path.push_str("/valet_park/");
    encode(&mut path, question.call.as_str());
    let mut body = String::from("{\"action\":");
    write_text(&mut body, question.action.as_str());
    if let Some(slot) = question.slot {
        body.push_str(",\"slot\":");
        write_slot(&mut body, slot, dialect.slot_format);
    }
    body.push('}');
    let headers = ["Accept", "Content-Type"].map(|name| (name, "application/json".to_owned()));
    Ok(HttpRequest { method: "PUT", path, headers: headers.into(), body })
}

/// Reads a request as the switch that gets it: `path` may have anything before `/extension/`.
///
/// # Errors
///
/// If the method, the path or the body is not that of a question, with what would have been one.
pub fn read_request(
    method: &str,
    path: &str,
    body: &str,
    dialect: Dialect,
) -> Result<Question, Trouble> {
    if method != "PUT" {
        return Err(Trouble::unexpected(Code::InvalidAction, "the method `PUT`", method));
    }
    let no_path = || {
        let expected = "a path like `/extension/34414/valet_park/…`";
        Trouble::unexpected(Code::InvalidCall, expected, path)
    };
    let mut last = [""; 4];
    let mut rest = Some(path);
    while let Some(text) = rest {
        let (segment, after) = cut(text, b'/');
        let [_, second, third, fourth] = last;
        last = [second, third, fourth, segment];
        rest = after;
    }
    let ["extension", extension, "valet_park", call] = last else {
        return Err(no_path());
    };
    let extension = decode(extension).ok_or_else(no_path)?.parse()?;
    let call = decode(call).ok_or_else(no_path)?.parse()?;
    let value = Value::read(body, Notation::Json);
    let Some(Value::Text(action)) = value.as_ref().and_then(|value| value.field("action")) else {
        let expected = "a JSON object like `{\"action\": \"park\", \"slot\": \"6\"}`";
        return Err(Trouble::unexpected(Code::InvalidAction, expected, body));
    };
    let slot = match value.as_ref().and_then(|value| value.field("slot")) {
        None | Some(Value::Null) => None,
        Some(Value::Text(text) | Value::Number(text)) => Some(text.parse()?),
        Some(_) => {
            let expected = "`slot` to be a text or a number";
            return Err(Trouble::unexpected(Code::InvalidSlot, expected, body));
        }
    };
    let question = Question { extension, call, action: action.parse()?, slot };
    check(&question, dialect)?;
    Ok(question)
}

/// Writes a slot as `format` has it.
pub(super) fn write_slot(out: &mut String, slot: Slot, format: SlotFormat) {
    match format {
        SlotFormat::Text => write_text(out, &slot.number().to_string()),
        SlotFormat::Integer => out.push_str(&slot.number().to_string()),
    }
}

fn check(question: &Question, dialect: Dialect) -> Result<(), Trouble> {
    match question.slot {
        Some(slot) if slot.number() > dialect.slots => Err(Trouble::beyond(slot, dialect.slots)),
        None if dialect.slot_required && question.action != Action::Bridge => {
            Err(slot_required(question.action))
        }
        _ => Ok(()),
    }
}

/// The trouble of an action without a slot, where the dialect wants one.
pub fn slot_required(action: Action) -> Trouble {
    let expected = "expected a slot: this switch wants one named with `";
    Trouble::new(Code::InvalidSlot, sentence(&[expected, action.as_str(), "`"]))
}

/// Percent-encodes `text` as one path segment, leaving as they are the characters with which the
/// documented names of calls and extensions are written.
fn encode(path: &mut String, text: &str) {
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

fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let is_whole = unescape(segment, &mut bytes);
    String::from_utf8(bytes).ok().filter(|_| is_whole)
}

/// Undoes percent-encoding; false if anything that looks like an escape is none, and was kept.
pub(super) fn unescape(text: &str, out: &mut Vec<u8>) -> bool {
    let mut is_whole = true;
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        rest = tail;
        out.push(*byte);
        if *byte == b'%' {
            let digit = |at: usize| char::from(*tail.get(at)?).to_digit(16);
            if let (Some(high), Some(low)) = (digit(0), digit(1)) {
                out.pop();
                out.extend(u8::try_from(high * 16 + low));
                rest = tail.get(2..).unwrap_or_default();
            } else {
                is_whole = false;
            }
        }
    }
    is_whole
}
