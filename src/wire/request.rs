//! Questions as HTTP requests.

use super::notation::{Notation, Value, write_text};
use super::percent::{decode_segment, encode_segment};
use super::{Dialect, HttpRequest, SlotFormat};
use crate::feed::Note;
use crate::{Action, CallApiId, Code, Error, ExtensionId, Question, Slot};

/// The documented forms of a path and a body are shorter than this, in bytes. A longer text grows.
const USUAL_LENGTH: usize = 96;

/// Writes a question as a request: `PUT /extension/{extension_id}/valet_park/{call_api_id}`.
///
/// # Errors
///
/// `invalid-slot` if the slot is beyond the last slot of the dialect, or the dialect needs a slot
/// and the question has none.
///
/// # Examples
///
/// ```
/// use valet_park::wire::{Dialect, write_request};
/// use valet_park::{Action, Question, Slot};
///
/// let question = Question {
///     extension: "34414".parse()?,
///     call: "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0".parse()?,
///     action: Action::Park,
///     slot: Some(Slot::try_from(6)?),
/// };
/// let request = write_request(&question, Dialect::default())?;
/// assert_eq!(request.method, "PUT");
/// assert!(request.path.starts_with("/extension/34414/valet_park/3232240860-37b98fb2"));
/// assert_eq!(request.body, r#"{"action":"park","slot":"6"}"#);
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn write_request(question: &Question, dialect: Dialect) -> Result<HttpRequest, Error> {
    check_slot(question, dialect)?;
    Ok(write_unchecked(question, dialect.slot_format))
}

/// Writes a question as a request, without a check of its slot.
pub(super) fn write_unchecked(question: &Question, format: SlotFormat) -> HttpRequest {
    let path = write_path(&question.extension, &question.call);
    let mut body = String::with_capacity(USUAL_LENGTH);
    body.push_str("{\"action\":");
    write_text(&mut body, question.action.as_str());
    if let Some(slot) = question.slot {
        body.push_str(",\"slot\":");
        write_slot(&mut body, slot, format);
    }
    body.push('}');
    put(path, body)
}

/// Writes the request with which `extension` changes what is noted of a parked call:
/// `PUT /extension/{extension_id}/valet_park/{call_api_id}/note`.
///
/// Only a server that announces `notes` knows this request.
///
/// # Examples
///
/// ```
/// use valet_park::feed::Note;
/// use valet_park::wire::write_note_request;
/// use valet_park::Slot;
///
/// let note = Note {
///     call: "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0".parse()?,
///     slot: Slot::try_from(6)?,
///     note: Some("calls back at 5".to_owned()),
///     for_whom: None,
///     by: None,
/// };
/// let request = write_note_request(&"34414".parse()?, &note);
/// assert!(request.path.ends_with("-6fd86d94a0e0/note"));
/// assert_eq!(request.body, r#"{"slot":"6","note":"calls back at 5","for":null}"#);
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn write_note_request(extension: &ExtensionId, note: &Note) -> HttpRequest {
    let path = write_path(extension, &note.call) + "/note";
    let mut body = String::from("{\"slot\":");
    write_slot(&mut body, note.slot, SlotFormat::Text);
    for (name, text) in [(",\"note\":", &note.note), (",\"for\":", &note.for_whom)] {
        body.push_str(name);
        match text {
            Some(text) => write_text(&mut body, text),
            None => body.push_str("null"),
        }
    }
    body.push('}');
    put(path, body)
}

fn write_path(extension: &ExtensionId, call: &CallApiId) -> String {
    let mut path = write_lot_path(extension);
    encode_segment(&mut path, call.as_str());
    path
}

/// Returns `/extension/{extension_id}/valet_park/`.
pub(super) fn write_lot_path(extension: &ExtensionId) -> String {
    let mut path = String::with_capacity(USUAL_LENGTH);
    path.push_str("/extension/");
    encode_segment(&mut path, extension.as_str());
    path.push_str("/valet_park/");
    path
}

fn put(path: String, body: String) -> HttpRequest {
    request("PUT", path, body)
}

/// Returns a request with a JSON body.
pub(super) fn request(method: &'static str, path: String, body: String) -> HttpRequest {
    let json = "application/json";
    let headers = [("Accept", json), ("Content-Type", json)];
    HttpRequest { method, path, headers, body }
}

/// Reads a request that a client has sent to a switch. The path may have a prefix before
/// `/extension/`.
///
/// # Errors
///
/// Fails if the request is not a question. The message says what was expected. The codes:
///
/// - `invalid-action`: another method than `PUT`, or a body without a known action
/// - `invalid-call`: another path, or a call that is not valid
/// - `invalid-extension`: an extension that is not valid
/// - `invalid-slot`: a slot that is not valid, or the dialect needs a slot
///
/// # Examples
///
/// ```
/// use valet_park::Action;
/// use valet_park::wire::{Dialect, read_request};
///
/// let path = "/api/extension/34414/valet_park/3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0";
/// let question = read_request("PUT", path, r#"{"action": "slots"}"#, Dialect::default())?;
/// assert_eq!(question.action, Action::Slots);
/// assert_eq!(question.slot, None);
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn read_request(
    method: &str,
    path: &str,
    body: &str,
    dialect: Dialect,
) -> Result<Question, Error> {
    if method != "PUT" {
        return Err(Error::unexpected(Code::InvalidAction, "the method `PUT`", method));
    }
    let Some((extension, call)) = read_path(path) else {
        let expected = "a path like `/extension/34414/valet_park/…`";
        return Err(Error::unexpected(Code::InvalidCall, expected, path));
    };
    let (extension, call) = (extension.parse()?, call.parse()?);
    let value = Value::read(body, Notation::Json);
    let field = |name| value.as_ref().and_then(|value| value.field(name));
    let Some(Value::Text(action)) = field("action") else {
        let expected = "a JSON object like `{\"action\": \"park\", \"slot\": \"6\"}`";
        return Err(Error::unexpected(Code::InvalidAction, expected, body));
    };
    let slot = read_slot(field("slot"), body)?;
    let question = Question { extension, call, action: action.parse()?, slot };
    check_slot(&question, dialect)?;
    Ok(question)
}

/// Reads the slot of a body. `None` if it is missing or null.
pub(super) fn read_slot(slot: Option<&Value>, body: &str) -> Result<Option<Slot>, Error> {
    match slot {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(text) | Value::Number(text)) => text.parse().map(Some),
        Some(Value::Bool(_) | Value::List(_) | Value::Object(_)) => {
            let expected = "`slot` to be a text or a number";
            Err(Error::unexpected(Code::InvalidSlot, expected, body))
        }
    }
}

/// Returns the extension and the call in a path, decoded. `None` if the path does not end with the
/// four segments of a question.
pub(super) fn read_path(path: &str) -> Option<(String, String)> {
    let segments: Vec<&str> = path.split('/').collect();
    let [.., "extension", extension, "valet_park", call] = *segments.as_slice() else {
        return None;
    };
    Some((decode_segment(extension)?, decode_segment(call)?))
}

/// Appends a slot to a body, as a text or a number.
pub(super) fn write_slot(out: &mut String, slot: Slot, format: SlotFormat) {
    match format {
        SlotFormat::Text => write_text(out, &slot.to_string()),
        SlotFormat::Integer => out.push_str(&slot.to_string()),
    }
}

/// Checks the slot of a question: the lot must have it, and the dialect may need one.
fn check_slot(question: &Question, dialect: Dialect) -> Result<(), Error> {
    match question.slot {
        Some(slot) if slot.number() > dialect.slots => {
            Err(Error::slot_beyond_lot(slot, dialect.slots))
        }
        None if dialect.needs_slot(question.action) => Err(slot_required(question.action)),
        Some(_) | None => Ok(()),
    }
}

/// Returns the error for a question without a slot whose action needs one (see
/// [`Dialect::needs_slot`]).
pub fn slot_required(action: Action) -> Error {
    let message = format!("expected a slot: this switch needs a slot for `{action}`");
    Error::new(Code::InvalidSlot, message)
}
