//! An answer as a reply.

use super::notation::write_text;
use super::request::write_slot;
use super::{Dialect, HttpReply, phrase};
use crate::error::digits;
use crate::{Answer, CallUuid, Slot};

/// Spells `answer` as a switch: the shapes the page documents, and plausible ones where it is
/// silent.
///
/// A refusal says its reason twice, as a `message` for people and as a `status` word, so that
/// reading it back loses nothing.
pub fn write_answer(answer: &Answer, dialect: Dialect) -> HttpReply {
    let mut body = String::new();
    let mut headers = vec![("Content-Type", "application/json".to_owned())];
    let mut fields = Fields { body: &mut body, dialect, any: false };
    let status = match answer {
        Answer::Parked { slot, uuid } | Answer::Bridged { slot, uuid } => {
            fields.slot(*slot);
            fields.uuid(uuid.as_ref());
            200
        }
        Answer::Held { slot, uuid } => {
            fields.slot(Some(*slot));
            fields.uuid(Some(uuid));
            200
        }
        Answer::Vacant { slot } => {
            fields.slot(Some(*slot));
            fields.name("UUID").push_str("null");
            200
        }
        Answer::Free { slots } => {
            fields.slots(slots);
            200
        }
        Answer::Refused(refusal) => {
            fields.text("message", &refusal.message);
            fields.text("status", refusal.code.as_str());
            fields.slot(refusal.slot);
            headers
                .extend(refusal.retry_after.map(|wait| ("Retry-After", digits(wait.as_secs_up()))));
            phrase::status(refusal.code)
        }
        Answer::Unclear { status, found } => {
            fields.text("message", found);
            if (400..600).contains(status) { *status } else { 500 }
        }
    };
    body.push_str(if body.is_empty() { "{}" } else { "}" });
    HttpReply { status, headers, body }
}

/// The fields of a body in the making.
struct Fields<'a> {
    body: &'a mut String,
    dialect: Dialect,
    any: bool,
}

impl Fields<'_> {
    fn name(&mut self, name: &str) -> &mut String {
        self.body.push(if core::mem::replace(&mut self.any, true) { ',' } else { '{' });
        write_text(self.body, name);
        self.body.push(':');
        self.body
    }

    fn text(&mut self, name: &str, text: &str) {
        write_text(self.name(name), text);
    }

    fn slot(&mut self, slot: Option<Slot>) {
        let format = self.dialect.slot_format;
        if let Some(slot) = slot {
            write_slot(self.name("slot"), slot, format);
        }
    }

    fn uuid(&mut self, uuid: Option<&CallUuid>) {
        if let Some(uuid) = uuid {
            self.text("UUID", uuid.as_str());
        }
    }

    fn slots(&mut self, slots: &[Slot]) {
        let format = self.dialect.slot_format;
        let body = self.name("slots");
        body.push('[');
        for (place, slot) in slots.iter().enumerate() {
            if place > 0 {
                body.push(',');
            }
            write_slot(body, *slot, format);
        }
        body.push(']');
    }
}
