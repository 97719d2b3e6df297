//! Answers as HTTP replies.

use super::notation::write_text;
use super::request::write_slot;
use super::{Dialect, HttpReply, phrase};
use crate::{Answer, CallUuid, Millis, Slot};

/// Writes an answer as the reply of a switch.
///
/// The replies to `slots` have the documented form. The replies to `park` and `bridge` are not
/// documented; they name the slot and the call.
///
/// A refusal has its reason twice: as `message` for people, and as the word in `status`. So
/// [`read_answer`](super::read_answer) reads the same refusal again.
///
/// # Examples
///
/// ```
/// use valet_park::wire::{Dialect, write_answer};
/// use valet_park::{Answer, Slot};
///
/// let reply = write_answer(&Answer::Vacant { slot: Slot::try_from(6)? }, Dialect::default());
/// assert_eq!(reply.status, 200);
/// assert_eq!(reply.body, r#"{"slot":"6","UUID":null}"#);
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn write_answer(answer: &Answer, dialect: Dialect) -> HttpReply {
    let mut fields = Fields { body: String::from("{"), dialect };
    let mut retry_after = None;
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
            retry_after = refusal.retry_after;
            phrase::status(refusal.code)
        }
        Answer::Unclear { status, found, retry_after: wait } => {
            fields.text("message", found);
            fields.text("status", phrase::UNCLEAR);
            retry_after = *wait;
            if (400..600).contains(status) { *status } else { 500 }
        }
    };
    let mut headers = vec![("Content-Type", "application/json".to_owned())];
    let seconds = retry_after.map(Millis::as_secs_up);
    headers.extend(seconds.map(|seconds| ("Retry-After", seconds.to_string())));
    HttpReply { status, headers, body: fields.body + "}" }
}

/// The fields of a JSON object that is being written.
struct Fields {
    body: String,
    dialect: Dialect,
}

impl Fields {
    /// Appends the name of a field. The caller appends the value.
    fn name(&mut self, name: &str) -> &mut String {
        if self.body.len() > 1 {
            self.body.push(',');
        }
        write_text(&mut self.body, name);
        self.body.push(':');
        &mut self.body
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
