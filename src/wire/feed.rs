//! The messages of a feed. Each is a form, as call events are.

use super::event::read_fields;
use super::{Dialect, Fallback, Headers, read_answer, read_request};
use crate::error::number;
use crate::event::Fields;
use crate::feed::{Message, Move, Reason};
use crate::{CallApiId, CallEvent, Code, Error, ExtensionId, Millis};

/// Reads one message: the name of its kind, and its data.
///
/// | kind | fields |
/// | --- | --- |
/// | `call` | those of a call event |
/// | `asked` | `path` and `body` as they were asked, `status` and `answer` as they were answered |
/// | `lot` | `kind` (`parked`, or why it left), `slot`, `call`, its `number` and `name`, |
/// | | the `extension` that parked it, and `ago` in ms; for a call that was connected, |
/// | | `by` (the other call) and `taken_by` (the extension of the other call), or neither |
///
/// # Errors
///
/// If the message is none of these, or longer than [`LONGEST_BODY`](super::LONGEST_BODY). A reader
/// of a feed reports the error and goes on.
pub fn read_message(kind: &str, data: &str) -> Result<Message, Error> {
    let raw = read_fields(data, Fallback::default())?;
    if kind == "call" {
        return CallEvent::from_fields(raw).map(|event| Message::Call(Box::new(event)));
    }
    let fields = Fields(&raw);
    let text = |name| fields.text(name).unwrap_or_default();
    if kind == "asked" {
        // Whoever asked may speak another dialect, and see more of the lot.
        let any = Dialect { slots: u16::MAX, ..Dialect::default() };
        let question = read_request("PUT", text("path"), text("body"), any)?;
        let status = number(text("status")).and_then(|status| u16::try_from(status).ok());
        let answer =
            read_answer(&question, status.unwrap_or_default(), text("answer"), Headers::default());
        return Ok(Message::Asked { question, answer });
    }
    let word = text("kind");
    let left = Reason::KNOWN.into_iter().find(|reason| reason.as_str() == word);
    if kind != "lot" || left.is_none() && word != "parked" {
        let expected = "a message of a feed, of the kind `call`, `asked` or `lot`";
        return Err(Error::unexpected(Code::InvalidEvent, expected, data));
    }
    Ok(Message::Move(Move {
        left,
        slot: text("slot").parse()?,
        call: text("call").parse()?,
        caller: fields.party(fields.number("number"), fields.text("name"), [""; 2]),
        extension: text("extension").parse()?,
        by: CallApiId::read(text("by")),
        taken_by: ExtensionId::read(text("taken_by")),
        ago: Millis::new(number(text("ago")).unwrap_or_default()),
    }))
}
