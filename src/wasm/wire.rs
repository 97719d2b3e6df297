//! The wire, for JavaScript.

use std::sync::Arc;

use super::row::{Row, length};
use crate::answer::{Refusal, RefusalCode};
use crate::event::Direction;
use crate::wire::{self, Dialect, Headers, HttpReply, HttpRequest, SlotFormat};
use crate::{
    Answer, Budget, CallApiId, CallEvent, CallUuid, Code, Error, Millis, Party, Question, Slot,
};

/// Does what needs no machine: what, and what belongs to it → what comes of it.
pub(super) fn handle_wire(what: &str, given: &Row, row: &Row) -> Result<(), Error> {
    match what {
        "name" => put_name(row, &given.take()?),
        "same" => row.put(given.take::<CallApiId>()? == given.take()?),
        "request" => {
            let question = take_question(given)?;
            put_request(row, &wire::write_request(&question, take_dialect(given))?);
        }
        "answer" => {
            let question = take_question(given)?;
            put_answer(row, &take_answer(given, &question).0);
        }
        "question" => {
            let (method, path, body) =
                (given.take_string(), given.take_string(), given.take_string());
            put_question(row, &wire::read_request(&method, &path, &body, take_dialect(given))?);
        }
        "reply" => {
            let dialect = take_dialect(given);
            put_reply(row, &wire::write_answer(&take_spelled(given)?, dialect));
        }
        _ => put_event(row, &take_event(given)?),
    }
    Ok(())
}

/// Puts a name taken apart: text, node, uuid.
fn put_name(row: &Row, name: &CallApiId) {
    row.put(name.as_str());
    row.put(name.node());
    row.put(name.uuid().as_str());
}

/// Puts a question: extension, call, action, slot.
fn put_question(row: &Row, question: &Question) {
    row.put(question.extension.as_str());
    row.put(question.call.as_str());
    row.put(question.action.as_str());
    row.put(question.slot.map(Slot::number));
}

/// Takes an answer: kind, code, slot, uuid, message, how long to wait, status, the free slots. What
/// its kind has no use for is not looked at.
fn take_spelled(given: &Row) -> Result<Answer, Error> {
    let (kind, code) = (given.take_string(), given.take_string());
    let slot = given.take_slot();
    let uuid: Option<CallUuid> = given.take_maybe()?;
    let message = given.take_string();
    let wait = given.take_length();
    let status = given.take_short();
    Ok(match (kind.as_str(), slot, uuid) {
        ("parked", slot, uuid) => Answer::Parked { slot, uuid },
        ("bridged", slot, uuid) => Answer::Bridged { slot, uuid },
        ("held", Some(slot), Some(uuid)) => Answer::Held { slot, uuid },
        ("vacant", Some(slot), _) => Answer::Vacant { slot },
        ("free", ..) => {
            let mut slots = Vec::new();
            while let Some(slot) = given.take_slot() {
                slots.push(slot);
            }
            Answer::Free { slots }
        }
        ("unclear", ..) => Answer::Unclear { status, found: message, retry_after: wait },
        (_, slot, _) => {
            let code = RefusalCode::from_word(&code).ok_or_else(|| {
                let expected = "`code` to be that of a refusal";
                Error::unexpected(Code::InvalidOptions, expected, &code)
            })?;
            let mut refusal = Refusal::new(code, slot);
            if !message.is_empty() {
                refusal.message = message;
            }
            refusal.retry_after = wait;
            Answer::Refused(refusal)
        }
    })
}

/// Puts a reply: status, body, headers in pairs.
fn put_reply(row: &Row, reply: &HttpReply) {
    row.put(reply.status);
    row.put(reply.body.as_str());
    put_pairs(row, &reply.headers);
}

/// Puts an event, field by field, with the fields as they came at the end.
fn put_event(row: &Row, event: &CallEvent) {
    row.put(event.kind.as_str());
    row.put(event.call.as_ref().map(CallApiId::as_str));
    row.put(event.call_id.as_deref());
    row.put(event.leg_id.as_deref());
    row.put(event.extension.as_ref().map(crate::ExtensionId::as_str));
    row.put(event.direction.map(direction_word));
    row.put(event.status.as_deref());
    put_party(row, event.caller.as_ref());
    put_party(row, event.called.as_ref());
    for us in [event.at_us, event.duration_us] {
        row.put(us.map(|us| length(Millis::new(us / 1000))));
    }
    put_pairs(row, &event.raw);
}

/// Takes an event: a text, or names and values in turn.
pub(super) fn take_event(given: &Row) -> Result<CallEvent, Error> {
    let text = given.take_string();
    let Some(value) = given.take_text() else { return wire::read_event(&text) };
    let mut fields = Vec::new();
    fields.push((text, value));
    given.take_pairs(&mut fields);
    CallEvent::from_fields(fields)
}

/// Takes a question: extension, call, action, slot.
pub(super) fn take_question(given: &Row) -> Result<Question, Error> {
    Ok(Question {
        extension: given.take()?,
        call: given.take()?,
        action: given.take()?,
        slot: given.take_slot(),
    })
}

/// Takes a dialect: slots, whether they are written as numbers, whether one is required.
pub(super) fn take_dialect(given: &Row) -> Dialect {
    Dialect {
        slots: given.take_short(),
        slot_format: if given.take_flag() { SlotFormat::Integer } else { SlotFormat::Text },
        slot_required: given.take_flag(),
    }
}

/// Takes what the switch said: status, body, headers in pairs.
pub(super) fn take_answer(given: &Row, question: &Question) -> (Answer, Budget, Option<u64>) {
    let status = given.take_short();
    let body = given.take_string();
    let mut headers = Vec::new();
    given.take_pairs(&mut headers);
    let headers = Headers(&headers);
    (wire::read_answer(question, status, &body, headers), headers.budget(), headers.order())
}

/// Puts a request: method, path, body, headers in pairs.
pub(super) fn put_request(row: &Row, request: &HttpRequest) {
    row.put(request.method);
    row.put(request.path.as_str());
    row.put(request.body.as_str());
    put_pairs(row, &request.headers);
}

/// Puts names and values in turn.
fn put_pairs<N: AsRef<str>>(row: &Row, pairs: &[(N, String)]) {
    for (name, value) in pairs {
        row.put(true);
        row.put(name.as_ref());
        row.put(value.as_str());
    }
    row.put(false);
}

/// Puts an answer: its kind, and what the kind has.
pub(super) fn put_answer(row: &Row, answer: &Answer) {
    let with_uuid = |kind: &str, slot: Option<Slot>, uuid: Option<&CallUuid>| {
        row.put(kind);
        row.put(slot.map(Slot::number));
        row.put(uuid.map(CallUuid::as_str));
    };
    match answer {
        Answer::Parked { slot, uuid } => with_uuid("parked", *slot, uuid.as_ref()),
        Answer::Bridged { slot, uuid } => with_uuid("bridged", *slot, uuid.as_ref()),
        Answer::Held { slot, uuid } => with_uuid("held", Some(*slot), Some(uuid)),
        Answer::Vacant { slot } => {
            row.put("vacant");
            row.put(slot.number());
        }
        Answer::Free { slots } => {
            row.put("free");
            put_slots(row, slots);
        }
        Answer::Refused(refusal) => {
            row.put("refused");
            row.put(refusal.code.as_str());
            row.put(refusal.slot.map(Slot::number));
            row.put(refusal.message.as_str());
            row.put(refusal.retry_after.map(length));
        }
        Answer::Unclear { status, found, retry_after } => {
            row.put("unclear");
            row.put(*status);
            row.put(found.as_str());
            row.put(retry_after.map(length));
        }
    }
}

pub(super) fn put_slots(row: &Row, slots: &[Slot]) {
    for slot in slots {
        row.put(true);
        row.put(slot.number());
    }
    row.put(false);
}

pub(super) fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "in",
        Direction::Out => "out",
    }
}

/// Puts whether somebody is known, and what of them.
pub(super) fn put_party(row: &Row, party: Option<&Arc<Party>>) {
    row.put(party.is_some());
    if let Some(party) = party {
        row.put(party.number.as_deref());
        row.put(party.name.as_deref());
        row.put(party.extension.as_deref());
    }
}
