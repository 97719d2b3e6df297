//! The data of feed messages. It is a form, like a call event.

use std::sync::Arc;

use super::form::{Form, read_form};
use super::request::write_unchecked;
use super::{Dialect, Fallback, Headers, SlotFormat, read_answer, read_request, write_answer};
use crate::event::Fields;
use crate::feed::{LONGEST_NOTE, Message, MessageKind, Move, Note, Reason};
use crate::text::number;
use crate::{Answer, CallApiId, CallEvent, Code, Error, ExtensionId, Millis, Party, Question};

/// The dialect of the requests and answers in a feed.
///
/// The client that asked may know more slots than the reader of the feed, so all are allowed.
const ANY: Dialect =
    Dialect { slots: u16::MAX, slot_format: SlotFormat::Text, slot_required: false };

/// Reads the data of a message of this kind.
///
/// | kind | fields |
/// | --- | --- |
/// | `call` | the fields of a call event |
/// | `asked` | `path` and `body` of the request; `status`, `answer` (the body) and, optional, |
/// | | `retry_after` (seconds) of the answer; optional: `since` (an id of the feed) |
/// | `lot` | `kind` (`parked`, or the word of the [`Reason`] for which the call left), `slot`, |
/// | | `call`, `number` and `name` of the caller, `extension` (the extension that parked the |
/// | | call), `ago` (ms); optional: `by` (the other call of a bridge), `taken_by` (the extension |
/// | | of the other call), `caller_extension` |
/// | `note` | `call`, `slot`; optional: `note`, `for` (a person), `by` (an extension) |
///
/// # Errors
///
/// If a field that must be there is missing or cannot be read, or the data is longer than
/// [`LONGEST_BODY`](super::LONGEST_BODY). The code is `invalid-event`, or that of the field, such
/// as `invalid-slot`. A reader of a feed reports the error and continues with the next message.
///
/// # Examples
///
/// ```
/// use valet_park::feed::{Message, MessageKind};
/// use valet_park::wire::read_message;
///
/// let data = "kind=parked&slot=6&call=3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0\
///             &number=%2B79161112233&name=Anna&extension=34414&ago=0";
/// let Message::Move(parked) = read_message(MessageKind::Lot, data)? else { unreachable!() };
/// assert_eq!(parked.slot.number(), 6);
/// assert_eq!(parked.left, None);
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn read_message(kind: MessageKind, data: &str) -> Result<Message, Error> {
    let raw = read_form(data, Fallback::default())?;
    match kind {
        MessageKind::Call => Ok(Message::Call(Arc::new(CallEvent::from_fields(raw)?))),
        MessageKind::Asked => read_asked(&Fields(&raw)),
        MessageKind::Lot => read_move(&Fields(&raw)).map(Message::Move),
        MessageKind::Note => Ok(Message::Note(Arc::new(read_note(&Fields(&raw))?))),
    }
}

fn read_asked(fields: &Fields<'_>) -> Result<Message, Error> {
    let text = |name| fields.text(name).unwrap_or_default();
    let question = read_request("PUT", text("path"), text("body"), ANY)?;
    let status = number(text("status")).and_then(|status| u16::try_from(status).ok());
    let wait = fields.text("retry_after").unwrap_or_default();
    let headers = [("Retry-After".to_owned(), wait.to_owned())];
    let status = status.unwrap_or_default();
    let answer = read_answer(question.asked(), status, text("answer"), Headers(&headers));
    let since = number(text("since"));
    Ok(Message::Asked { question, answer, since })
}

fn read_move(fields: &Fields<'_>) -> Result<Move, Error> {
    let text = |name| fields.text(name).unwrap_or_default();
    let left = match text("kind") {
        "parked" => None,
        word => Some(Reason::from_word(word).ok_or_else(|| {
            let expected = "`kind` to be `parked`, `bridged`, `returned`, `abandoned` or `unknown`";
            Error::unexpected(Code::InvalidEvent, expected, word)
        })?),
    };
    Ok(Move {
        left,
        slot: text("slot").parse()?,
        call: text("call").parse()?,
        caller: fields.party(fields.number("number"), fields.text("name"), &["caller_extension"]),
        extension: text("extension").parse()?,
        by: text("by").parse().ok(),
        taken_by: text("taken_by").parse().ok(),
        ago: Millis::new(number(text("ago")).unwrap_or_default()),
    })
}

/// Reads a note. A text that is too long is cut.
fn read_note(fields: &Fields<'_>) -> Result<Note, Error> {
    let text = |name| fields.text(name).unwrap_or_default();
    let cut = |name| Some(fields.text(name)?.chars().take(LONGEST_NOTE).collect());
    Ok(Note {
        call: text("call").parse()?,
        slot: text("slot").parse()?,
        note: cut("note"),
        for_whom: cut("for"),
        by: text("by").parse().ok(),
    })
}

/// Writes the data of a message, which [`read_message`] reads. [`Message::kind`] is its kind.
///
/// A call event is written with its [`raw`](CallEvent::raw) fields.
///
/// # Examples
///
/// ```
/// use valet_park::feed::Message;
/// use valet_park::wire::{read_message, write_message};
/// use valet_park::{Action, Answer, Question, Slot};
///
/// let slot = Slot::try_from(6)?;
/// let question = Question {
///     extension: "34414".parse()?,
///     call: "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0".parse()?,
///     action: Action::Slots,
///     slot: Some(slot),
/// };
/// let message = Message::Asked { question, answer: Answer::Vacant { slot }, since: None };
/// let data = write_message(&message);
/// assert!(data.ends_with("&status=200&answer=%7B%22slot%22%3A%226%22%2C%22UUID%22%3Anull%7D"));
/// assert_eq!(read_message(message.kind(), &data)?, message);
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn write_message(message: &Message) -> String {
    match message {
        Message::Call(event) => write_call(event),
        Message::Asked { question, answer, since } => write_asked(question, answer, *since),
        Message::Move(moved) => write_move(moved),
        Message::Note(note) => write_note(note),
    }
}

/// Writes the data of a message of the kind `call`.
fn write_call(event: &CallEvent) -> String {
    let mut form = Form::default();
    for (name, value) in &event.raw {
        form.push(name, value);
    }
    form.into_text()
}

/// Writes the data of a message of the kind `asked`.
fn write_asked(question: &Question, answer: &Answer, since: Option<u64>) -> String {
    let request = write_unchecked(question, ANY.slot_format);
    let reply = write_answer(answer, ANY);
    let status = match answer {
        // As an HTTP status some of these would be wrong. In a feed they are only reported.
        Answer::Unclear { status, .. } => *status,
        _ => reply.status,
    };
    let mut form = Form::default();
    form.push("path", &request.path);
    form.push("body", &request.body);
    form.push("status", &status.to_string());
    form.push("answer", &reply.body);
    for (_, wait) in reply.headers.iter().filter(|(name, _)| *name == "Retry-After") {
        form.push("retry_after", wait);
    }
    if let Some(since) = since {
        form.push("since", &since.to_string());
    }
    form.into_text()
}

/// Writes the data of a message of the kind `lot`.
fn write_move(moved: &Move) -> String {
    let nothing = Party::default();
    let caller = moved.caller.as_deref().unwrap_or(&nothing);
    let mut form = Form::default();
    form.push("kind", moved.left.map_or("parked", Reason::as_str));
    form.push("slot", &moved.slot.to_string());
    form.push("call", moved.call.as_str());
    form.push("number", caller.number.as_deref().unwrap_or_default());
    form.push("name", caller.name.as_deref().unwrap_or_default());
    form.push("extension", moved.extension.as_str());
    form.push("ago", &moved.ago.as_ms().to_string());
    let by = moved.by.as_ref().map(CallApiId::as_str);
    let taken_by = moved.taken_by.as_ref().map(ExtensionId::as_str);
    let extension = caller.extension.as_deref();
    form.push_known([("by", by), ("taken_by", taken_by), ("caller_extension", extension)]);
    form.into_text()
}

/// Writes the data of a message of the kind `note`.
fn write_note(note: &Note) -> String {
    let mut form = Form::default();
    form.push("call", note.call.as_str());
    form.push("slot", &note.slot.to_string());
    let by = note.by.as_ref().map(ExtensionId::as_str);
    form.push_known([
        ("note", note.note.as_deref()),
        ("for", note.for_whom.as_deref()),
        ("by", by),
    ]);
    form.into_text()
}
