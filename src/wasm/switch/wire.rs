//! The switch's half of the wire, for JavaScript.

use crate::answer::{Refusal, RefusalCode};
use crate::wasm::row::Row;
use crate::wasm::words::{put_pairs, take_dialect};
use crate::wire::{self, HttpReply};
use crate::{Answer, CallUuid, Code, Error, Question, Slot};

/// Reads a request: method, path, body, dialect → a question.
pub(super) fn read_request(given: &Row, row: &Row) -> Result<(), Error> {
    let (method, path, body) = (given.take_string(), given.take_string(), given.take_string());
    put_question(row, &wire::read_request(&method, &path, &body, take_dialect(given))?);
    Ok(())
}

/// Writes an answer: dialect, answer → a reply.
pub(super) fn write_answer(given: &Row, row: &Row) -> Result<(), Error> {
    let dialect = take_dialect(given);
    put_reply(row, &wire::write_answer(&take_spelled(given)?, dialect));
    Ok(())
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
