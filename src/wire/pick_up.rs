//! Pick-ups: an extension asks the server to connect its own telephone with a parked call.
//!
//! Only a server that announces `pick-up` knows this request.

use super::answer::beginning;
use super::notation::{Notation, Value, write_text};
use super::request::{read_path, read_slot, request, write_lot_path, write_slot};
use super::{Dialect, Headers, HttpReply, HttpRequest, SlotFormat, read_answer};
use crate::{Action, Answer, Asked, CallApiId, CallUuid, Code, Error, ExtensionId, Slot};

/// The last segment of the path of a pick-up.
const SEGMENT: &str = "pick_up";

/// A request to connect the telephone of an extension with the call that waits in a slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PickUp {
    /// The extension whose telephone rings.
    pub extension: ExtensionId,
    /// The slot in which the call waits.
    pub slot: Slot,
    /// The call that must wait in the slot. `None`: any call.
    pub expect: Option<CallApiId>,
}

/// Writes a pick-up as a request: `POST /extension/{extension_id}/valet_park/pick_up`.
///
/// # Examples
///
/// ```
/// use valet_park::Slot;
/// use valet_park::wire::{PickUp, write_pick_up};
///
/// let pick_up = PickUp {
///     extension: "34414".parse()?,
///     slot: Slot::try_from(6)?,
///     expect: Some("37b98fb2-a66c-11ea-ae69-6fd86d94a0e0".parse()?),
/// };
/// let request = write_pick_up(&pick_up);
/// assert_eq!((request.method, request.path.as_str()),
///     ("POST", "/extension/34414/valet_park/pick_up"));
/// assert_eq!(request.body, r#"{"slot":"6","expect":"37b98fb2-a66c-11ea-ae69-6fd86d94a0e0"}"#);
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn write_pick_up(pick_up: &PickUp) -> HttpRequest {
    let mut body = String::from("{\"slot\":");
    write_slot(&mut body, pick_up.slot, SlotFormat::Text);
    if let Some(expect) = &pick_up.expect {
        body.push_str(",\"expect\":");
        write_text(&mut body, expect.as_str());
    }
    body.push('}');
    request("POST", write_lot_path(&pick_up.extension) + SEGMENT, body)
}

/// Reads a pick-up that a client has sent. The path may have a prefix before `/extension/`.
///
/// # Errors
///
/// Fails if the request is no pick-up. The message says what was expected. The codes:
///
/// - `invalid-action`: another path
/// - `invalid-extension`: an extension that is not valid
/// - `invalid-slot`: the slot is missing, not valid, or beyond the last slot of the dialect
/// - `invalid-call`: `expect` is not the name of a call
pub fn read_pick_up(path: &str, body: &str, dialect: Dialect) -> Result<PickUp, Error> {
    let extension = match read_path(path) {
        Some((extension, last)) if last == SEGMENT => extension,
        Some(_) | None => {
            let expected = "a path like `/extension/34414/valet_park/pick_up`";
            return Err(Error::unexpected(Code::InvalidAction, expected, path));
        }
    };
    let value = Value::read(body, Notation::Json);
    let field = |name| value.as_ref().and_then(|value| value.field(name));
    let Some(slot) = read_slot(field("slot"), body)? else {
        let expected = "a JSON object like `{\"slot\": \"6\"}`";
        return Err(Error::unexpected(Code::InvalidSlot, expected, body));
    };
    if slot.number() > dialect.slots {
        return Err(Error::slot_beyond_lot(slot, dialect.slots));
    }
    let expect = match field("expect") {
        None | Some(Value::Null) => None,
        Some(Value::Text(text)) => Some(text.parse()?),
        Some(_) => {
            let expected = "`expect` to be the name of a call";
            return Err(Error::unexpected(Code::InvalidCall, expected, body));
        }
    };
    Ok(PickUp { extension: extension.parse()?, slot, expect })
}

/// Writes the reply after the telephone of the extension was not answered.
///
/// [`write_answer`](super::write_answer) writes the replies that answers to questions have, too.
pub fn write_no_answer(slot: Slot, dialect: Dialect) -> HttpReply {
    write_failure(Code::NoAnswer, slot, NOT_ANSWERED, dialect)
}

/// Writes the reply of a server that cannot make the telephone of the extension ring. `message`
/// says why.
pub fn write_no_pick_up(slot: Slot, message: &str, dialect: Dialect) -> HttpReply {
    write_failure(Code::NoPickUp, slot, message, dialect)
}

fn write_failure(code: Code, slot: Slot, message: &str, dialect: Dialect) -> HttpReply {
    let mut body = String::from("{\"message\":");
    write_text(&mut body, message);
    body.push_str(",\"status\":");
    write_text(&mut body, code.as_str());
    body.push_str(",\"slot\":");
    write_slot(&mut body, slot, dialect.slot_format);
    body.push('}');
    let headers = vec![("Content-Type", "application/json".to_owned())];
    HttpReply { status: 409, headers, body }
}

/// Reads the reply to a pick-up from `slot`. Returns the call that is connected with the telephone.
///
/// # Errors
///
/// The refusal of the server, `no-answer`, `no-pick-up`, `server-error`, or `unclear`.
pub fn read_pick_up_answer(
    slot: Slot,
    status: u16,
    body: &str,
    headers: Headers<'_>,
) -> Result<CallUuid, Error> {
    let value = Value::read(body, Notation::Json);
    let text = |name| value.as_ref().and_then(|value| value.field(name)).and_then(Value::as_text);
    let word = text("status").filter(|_| (400..500).contains(&status));
    for (code, otherwise) in [(Code::NoAnswer, NOT_ANSWERED), (Code::NoPickUp, CANNOT_RING)] {
        if word == Some(code.as_str()) {
            let message = text("message").map_or_else(|| otherwise.to_owned(), beginning);
            return Err(Error::new(code, message).or_slot(Some(slot)));
        }
    }
    let asked = Asked { action: Action::Bridge, slot: Some(slot) };
    match read_answer(asked, status, body, headers) {
        Answer::Bridged { slot: found, uuid: Some(uuid) } if found.is_none_or(|it| it == slot) => {
            Ok(uuid)
        }
        answer => Err(Error::from_answer_to(SEGMENT, Some(slot), &answer)),
    }
}

const NOT_ANSWERED: &str = "the telephone of the extension was not answered";
const CANNOT_RING: &str = "the server cannot make the telephone of the extension ring";
