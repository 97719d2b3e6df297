//! A question as a request, and back.

use core::fmt;

use super::notation::{Notation, Value, write_text};
use super::{Dialect, HttpRequest, SlotFormat};
use crate::call::InvalidCall;
use crate::extension::InvalidExtension;
use crate::question::InvalidAction;
use crate::slot::InvalidSlot;
use crate::trouble::quoted;
use crate::{Action, Code, Question, Slot, Trouble};

/// Spells `question` as the switch at the other end expects it.
///
/// # Errors
///
/// If the dialect has no such slot, or wants one where none is named.
pub fn write_request(question: &Question, dialect: Dialect) -> Result<HttpRequest, InvalidRequest> {
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
) -> Result<Question, InvalidRequest> {
    if method != "PUT" {
        return Err(InvalidRequest::Method(quoted(method)));
    }
    let mut segments = path.rsplit('/');
    let (Some(call), Some("valet_park"), Some(extension), Some("extension")) =
        (segments.next(), segments.next(), segments.next(), segments.next())
    else {
        return Err(InvalidRequest::Path(quoted(path)));
    };
    let decode = |segment| decode(segment).ok_or_else(|| InvalidRequest::Path(quoted(path)));
    let extension = decode(extension)?.parse()?;
    let call = decode(call)?.parse()?;
    let not_json = || InvalidRequest::Body(quoted(body));
    let value = Value::read(body, Notation::Json).ok_or_else(not_json)?;
    let Some(Value::Text(action)) = value.field("action") else {
        return Err(not_json());
    };
    let slot = match value.field("slot") {
        None | Some(Value::Null) => None,
        Some(Value::Text(text) | Value::Number(text)) => Some(text.parse()?),
        Some(_) => return Err(InvalidRequest::Slot(quoted(body))),
    };
    let question = Question { extension, call, action: action.parse()?, slot };
    check(&question, dialect)?;
    Ok(question)
}

/// Writes a slot as `format` has it.
pub(super) fn write_slot(out: &mut String, slot: Slot, format: SlotFormat) {
    match format {
        SlotFormat::Text => write_text(out, &slot.to_string()),
        SlotFormat::Integer => out.push_str(&slot.to_string()),
    }
}

fn check(question: &Question, dialect: Dialect) -> Result<(), InvalidRequest> {
    match question.slot {
        Some(slot) if slot.number() > dialect.slots => {
            Err(InvalidRequest::NoSuchSlot { slot, slots: dialect.slots })
        }
        None if dialect.slot_required && question.action != Action::Bridge => {
            Err(InvalidRequest::SlotRequired(question.action))
        }
        _ => Ok(()),
    }
}

/// Percent-encodes `text` as one path segment, leaving as they are the characters with which the
/// documented names of calls and extensions are written.
fn encode(path: &mut String, text: &str) {
    const HEXADECIMAL: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@*".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.extend(
                [byte >> 4, byte & 15]
                    .map(|digit| HEXADECIMAL.get(usize::from(digit)).copied().unwrap_or('0')),
            );
        }
    }
}

fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte == b'%' {
            let (digits, tail) = rest.split_at_checked(2)?;
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let (&[high, low], tail) = (<&[u8; 2]>::try_from(digits).ok()?, tail);
            bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
            rest = tail;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Why something is not a request of this resource.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum InvalidRequest {
    /// The method is not the one.
    Method(String),
    /// The path is not that of the resource.
    Path(String),
    /// The body is not a JSON object with an action.
    Body(String),
    /// The slot is neither text nor a number.
    Slot(String),
    /// The extension in the path is none.
    Extension(InvalidExtension),
    /// The call in the path is none.
    Call(InvalidCall),
    /// The action in the body is none.
    Action(InvalidAction),
    /// The slot in the body is none.
    SlotNumber(InvalidSlot),
    /// The dialect has no such slot.
    NoSuchSlot {
        /// The slot that was named.
        slot: Slot,
        /// The highest there is.
        slots: u16,
    },
    /// The dialect wants a slot with this action.
    SlotRequired(Action),
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(found) => write!(f, "expected the method `PUT`, found {found}"),
            Self::Path(found) => {
                write!(f, "expected a path like `/extension/34414/valet_park/…`, found {found}")
            }
            Self::Body(found) => write!(
                f,
                "expected a JSON object like `{{\"action\": \"park\", \"slot\": \"6\"}}`, \
                 found {found}"
            ),
            Self::Slot(found) => {
                write!(f, "expected `slot` to be a text or a number, found {found}")
            }
            Self::Extension(error) => error.fmt(f),
            Self::Call(error) => error.fmt(f),
            Self::Action(error) => error.fmt(f),
            Self::SlotNumber(error) => error.fmt(f),
            Self::NoSuchSlot { slot, slots } => {
                write!(f, "expected a slot from 1 to {slots}, found `{slot}`")
            }
            Self::SlotRequired(action) => {
                write!(f, "expected a slot: this switch wants one named with `{action}`")
            }
        }
    }
}

impl core::error::Error for InvalidRequest {}

impl From<InvalidRequest> for Trouble {
    fn from(error: InvalidRequest) -> Self {
        let code = match &error {
            InvalidRequest::Method(_) | InvalidRequest::Body(_) | InvalidRequest::Action(_) => {
                Code::InvalidAction
            }
            InvalidRequest::Path(_) | InvalidRequest::Call(_) => Code::InvalidCall,
            InvalidRequest::Extension(_) => Code::InvalidExtension,
            InvalidRequest::Slot(_)
            | InvalidRequest::SlotNumber(_)
            | InvalidRequest::NoSuchSlot { .. }
            | InvalidRequest::SlotRequired(_) => Code::InvalidSlot,
        };
        let slot = match &error {
            InvalidRequest::NoSuchSlot { slot, .. } => Some(*slot),
            _ => None,
        };
        Self::new(code, error.to_string()).at(slot)
    }
}

macro_rules! from_word {
    ($($error:ty => $variant:ident),+ $(,)?) => {$(
        impl From<$error> for InvalidRequest {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        }
    )+};
}

from_word! {
    InvalidAction => Action,
    InvalidCall => Call,
    InvalidExtension => Extension,
    InvalidSlot => SlotNumber,
}
