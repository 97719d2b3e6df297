//! A question as a request, and back.

use super::notation::{Notation, Value, write_text};
use super::percent::{decode_segment, encode};
use super::{Dialect, HttpRequest, SlotFormat, cut};
use crate::error::{digits, sentence};
use crate::{Action, Code, Error, Question, Slot};

/// Spells `question` as the switch at the other end expects it.
///
/// # Errors
///
/// If the dialect has no such slot, or wants one where none is named.
pub fn write_request(question: &Question, dialect: Dialect) -> Result<HttpRequest, Error> {
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
    let json = || "application/json".to_owned();
    let headers = vec![("Accept", json()), ("Content-Type", json())];
    Ok(HttpRequest { method: "PUT", path, headers, body })
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
) -> Result<Question, Error> {
    if method != "PUT" {
        return Err(Error::unexpected(Code::InvalidAction, "the method `PUT`", method));
    }
    let no_path = || {
        let expected = "a path like `/extension/34414/valet_park/…`";
        Error::unexpected(Code::InvalidCall, expected, path)
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
    let (Some(extension), Some(call)) = (decode_segment(extension), decode_segment(call)) else {
        return Err(no_path());
    };
    let (extension, call) = (extension.parse()?, call.parse()?);
    let value = Value::read(body, Notation::Json);
    let Some(Value::Text(action)) = value.as_ref().and_then(|value| value.field("action")) else {
        let expected = "a JSON object like `{\"action\": \"park\", \"slot\": \"6\"}`";
        return Err(Error::unexpected(Code::InvalidAction, expected, body));
    };
    let slot = match value.as_ref().and_then(|value| value.field("slot")) {
        None | Some(Value::Null) => None,
        Some(Value::Text(text) | Value::Number(text)) => Some(text.parse()?),
        Some(_) => {
            let expected = "`slot` to be a text or a number";
            return Err(Error::unexpected(Code::InvalidSlot, expected, body));
        }
    };
    let question = Question { extension, call, action: action.parse()?, slot };
    check(&question, dialect)?;
    Ok(question)
}

/// Writes a slot as `format` has it.
pub(super) fn write_slot(out: &mut String, slot: Slot, format: SlotFormat) {
    match format {
        SlotFormat::Text => write_text(out, &digits(slot.number().into())),
        SlotFormat::Integer => out.push_str(&digits(slot.number().into())),
    }
}

fn check(question: &Question, dialect: Dialect) -> Result<(), Error> {
    match question.slot {
        Some(slot) if slot.number() > dialect.slots => Err(Error::beyond(slot, dialect.slots)),
        None if dialect.slot_required && question.action != Action::Bridge => {
            Err(slot_required(question.action))
        }
        _ => Ok(()),
    }
}

/// The error of an action without a slot, where the dialect wants one.
pub fn slot_required(action: Action) -> Error {
    let expected = "expected a slot: this switch wants one named with `";
    Error::new(Code::InvalidSlot, sentence(&[expected, action.as_str(), "`"]))
}
