//! The words that both modules read and write.

use super::row::{Row, length};
use crate::wire::{Dialect, SlotFormat};
use crate::{Answer, CallUuid, Error, Question, Slot};

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

/// Puts names and values in turn.
pub(super) fn put_pairs<N: AsRef<str>>(row: &Row, pairs: &[(N, String)]) {
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
