//! The client's half of the wire, for JavaScript.

use std::sync::Arc;

use crate::event::Direction;
use crate::wasm::row::{Row, length};
use crate::wasm::words::{put_answer, put_pairs, take_dialect, take_question};
use crate::wire::{self, Headers, HttpRequest};
use crate::{Answer, Budget, CallApiId, CallEvent, Error, Millis, Party, Question};

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
    take_pairs(given, &mut fields);
    CallEvent::from_fields(fields)
}

/// Takes what the switch said: status, body, headers in pairs.
pub(super) fn take_answer(given: &Row, question: &Question) -> (Answer, Budget, Option<u64>) {
    let status = given.take_short();
    let body = given.take_string();
    let mut headers = Vec::new();
    take_pairs(given, &mut headers);
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

/// Takes all values that are left, as pairs of a name and a value.
fn take_pairs(given: &Row, pairs: &mut Vec<(String, String)>) {
    while let (Some(name), Some(value)) = (given.take_text(), given.take_text()) {
        pairs.push((name, value));
    }
}
