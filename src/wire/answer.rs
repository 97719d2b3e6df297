//! HTTP replies as answers.

use super::notation::{Notation, Value};
use super::{Headers, LONGEST_BODY, phrase};
use crate::answer::{Answer, Refusal, RefusalCode};
use crate::{Action, Asked, CallUuid, Slot};

/// The number of characters that are kept of a body that could not be understood.
const KEPT: usize = 120;

/// Reads the reply to a question that asks for `asked`.
///
/// This function never fails. A reply that cannot be understood is [`Answer::Unclear`]. One example
/// is a 404 without a reason to a question about a slot: the slot may be empty, or the call may be
/// gone.
///
/// A body longer than [`LONGEST_BODY`] is not read. Only the status of such a reply counts, if it
/// stands for a refusal.
///
/// # Examples
///
/// ```
/// use valet_park::wire::{Headers, read_answer};
/// use valet_park::{Action, Answer, Question, Slot};
///
/// let slot = Slot::try_from(6)?;
/// let question = Question {
///     extension: "34414".parse()?,
///     call: "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0".parse()?,
///     action: Action::Slots,
///     slot: Some(slot),
/// };
/// // The documents show a body as Python prints it. JSON works as well.
/// let body = "{u'slot': u'6', u'UUID': u'37b98fb2-a66c-11ea-ae69-6fd86d94a0e0'}";
/// let answer = read_answer(question.asked(), 200, body, Headers::default());
/// assert_eq!(answer, Answer::Held { slot, uuid: question.call.uuid().clone() });
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn read_answer(asked: Asked, status: u16, body: &str, headers: Headers<'_>) -> Answer {
    let reply = Reply { asked, status, body, headers };
    if body.len() > LONGEST_BODY {
        let found = format!("a body of {} bytes", body.len());
        let code = phrase::from_status(status);
        return code.map_or_else(|| reply.unclear(&found), |code| reply.refused(code, None));
    }
    if phrase::says_taken(body) {
        return Answer::Refused(Refusal::new(RefusalCode::Taken, asked.slot));
    }
    let value = Value::read(body, Notation::JsonOrPython);
    reply.read(value.as_ref()).unwrap_or_else(|| reply.unclear(body.trim_ascii()))
}

/// Returns the beginning of a text, in one line.
pub(super) fn beginning(text: &str) -> String {
    text.chars().take(KEPT).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A reply, and the question that it belongs to.
#[derive(Clone, Copy)]
struct Reply<'a> {
    asked: Asked,
    status: u16,
    body: &'a str,
    headers: Headers<'a>,
}

impl Reply<'_> {
    /// Reads the answer, if the reply can be understood. `value` is the body.
    fn read(&self, value: Option<&Value>) -> Option<Answer> {
        if let Some(found) = value.and_then(read_unclear) {
            return Some(self.unclear(found));
        }
        let reason = value.and_then(read_reason);
        if !(200..300).contains(&self.status) {
            let code = reason.or_else(|| self.reason_by_status())?;
            return Some(self.refused(code, value));
        }
        if let Some(code) = reason {
            // A refusal with a status of success. The headers belong to the success.
            return Some(Self { headers: Headers::default(), ..*self }.refused(code, value));
        }
        if value.is_some_and(may_be_failure) {
            return None;
        }
        self.read_success(value)
    }

    fn read_success(&self, value: Option<&Value>) -> Option<Answer> {
        match (self.asked.action, self.asked.slot) {
            (Action::Park, _) => {
                let (slot, uuid) = self.read_echo(value)?;
                Some(Answer::Parked { slot, uuid })
            }
            (Action::Bridge, _) => {
                let (slot, uuid) = self.read_echo(value)?;
                Some(Answer::Bridged { slot, uuid })
            }
            (Action::Slots, Some(slot)) => read_slot(slot, value?),
            (Action::Slots, None) => {
                Some(Answer::Free { slots: in_order(&read_free(value, self.body)?) })
            }
        }
    }

    /// Reads the slot and the call in the reply to a `park` or a `bridge`.
    ///
    /// The documents do not show such a reply. An empty body, an empty object, an echo of the
    /// request, and the slot with its call are understood. An object with other fields only may
    /// report a failure. So may an answer about another slot.
    fn read_echo(&self, value: Option<&Value>) -> Option<(Option<Slot>, Option<CallUuid>)> {
        let asked = self.asked.slot;
        match value {
            None if self.body.trim_ascii().is_empty() => Some((asked, None)),
            Some(Value::Null | Value::Bool(true)) => Some((asked, None)),
            Some(value @ Value::Object(fields)) => {
                let is_known = |name: &&str| value.field(name).is_some();
                if !fields.is_empty() && !["action", "slot", "uuid"].iter().any(is_known) {
                    return None;
                }
                let said = match value.field("slot") {
                    None | Some(Value::Null) => None,
                    Some(slot) => Some(read_slot_number(slot)?),
                };
                let uuid =
                    value.field("uuid").and_then(Value::as_text).and_then(|text| text.parse().ok());
                match (said, asked) {
                    (Some(said), Some(asked)) if said != asked => None,
                    (said, asked) => Some((said.or(asked), uuid)),
                }
            }
            _ => None,
        }
    }

    /// Returns the refusal that the status stands for.
    fn reason_by_status(&self) -> Option<RefusalCode> {
        let may_be_vacant = match self.asked.action {
            Action::Park => false,
            Action::Bridge | Action::Slots => self.asked.slot.is_some(),
        };
        match self.status {
            404 if !may_be_vacant => Some(RefusalCode::NoSuchCall),
            status => phrase::from_status(status),
        }
    }

    fn refused(&self, code: RefusalCode, value: Option<&Value>) -> Answer {
        let text = |name| value.and_then(|value| value.field(name)).and_then(Value::as_text);
        let slot = text("slot").and_then(|slot| slot.parse().ok()).or(self.asked.slot);
        let words = text("message").filter(|message| !message.trim_ascii().is_empty());
        let message = beginning(words.unwrap_or(code.message()));
        let retry_after = self.headers.retry_after();
        Answer::Refused(Refusal { code, slot, message, retry_after })
    }

    fn unclear(&self, found: &str) -> Answer {
        let (status, retry_after) = (self.status, self.headers.retry_after_alone());
        Answer::Unclear { status, found: beginning(found), retry_after }
    }
}

/// Returns the text of an answer that this crate wrote because it had not understood it.
fn read_unclear(value: &Value) -> Option<&str> {
    let is_unclear = value.field("status")?.as_text() == Some(phrase::UNCLEAR);
    is_unclear.then(|| value.field("message").and_then(Value::as_text).unwrap_or_default())
}

/// Returns the reason for a refusal, if the body has a known one.
fn read_reason(value: &Value) -> Option<RefusalCode> {
    let word = |name| value.field(name).and_then(Value::as_text);
    ["status", "code", "error", "message"]
        .into_iter()
        .filter_map(word)
        .find_map(|word| phrase::from_word(word).or_else(|| phrase::from_message(word)))
}

/// Returns true if an answer has an `error` or a `message` that does not report a success.
fn may_be_failure(value: &Value) -> bool {
    let is_fine = |field: &Value| matches!(field.as_text(), Some(text) if phrase::is_fine(text));
    let has_error = value.field("error").is_some_and(|error| match error {
        Value::Null | Value::Bool(false) => false,
        Value::List(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        error => !is_fine(error) && error.as_text() != Some("false"),
    });
    let has_message = value.field("message").is_some_and(|message| match message {
        Value::Null | Value::Bool(true) => false,
        message => !is_fine(message) && message.as_text() != Some("true"),
    });
    has_error || has_message
}

/// Reads the answer about one slot.
fn read_slot(asked: Slot, value: &Value) -> Option<Answer> {
    let fields = match value {
        Value::Null => &[][..],
        Value::Object(fields) => fields,
        _ => return None,
    };
    match value.field("slot") {
        None | Some(Value::Null) => {}
        Some(slot) if read_slot_number(slot)? == asked => {}
        Some(_) => return None,
    }
    match value.field("uuid") {
        Some(Value::Text(text)) if !is_nothing(text) => {
            Some(Answer::Held { slot: asked, uuid: text.parse().ok()? })
        }
        Some(Value::Null | Value::Text(_)) => Some(Answer::Vacant { slot: asked }),
        None if fields.iter().all(|(name, _)| name.eq_ignore_ascii_case("slot")) => {
            Some(Answer::Vacant { slot: asked })
        }
        // Another field may hold the call under an unknown name.
        _ => None,
    }
}

/// Returns true for the texts that some programs print for no value.
fn is_nothing(text: &str) -> bool {
    let text = text.trim_ascii();
    ["", "none", "null"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Reads the list of free slots. The documents show no such answer, so each likely form is read.
fn read_free(value: Option<&Value>, body: &str) -> Option<Vec<Slot>> {
    match value {
        Some(Value::List(items)) => items.iter().map(read_slot_number).collect(),
        Some(Value::Text(text)) => read_list(text),
        // One free slot, printed as a number.
        Some(number @ Value::Number(_)) => Some(vec![read_slot_number(number)?]),
        Some(object @ Value::Object(fields)) => {
            let list = ["slots", "free", "free_slots", "slot"]
                .into_iter()
                .find_map(|name| object.field(name));
            match list {
                Some(Value::Object(fields)) => read_keyed(fields),
                Some(list) => read_free(Some(list), body),
                None => read_keyed(fields),
            }
        }
        None if !body.trim_ascii().is_empty() => read_list(body),
        _ => None,
    }
}

/// Returns the slots in ascending order, each once.
fn in_order(slots: &[Slot]) -> Vec<Slot> {
    let highest = slots.iter().max().map_or(0, |slot| slot.number());
    let mut is_named = vec![false; highest.into()];
    for slot in slots {
        if let Some(is_named) = is_named.get_mut(slot.index()) {
            *is_named = true;
        }
    }
    Slot::first(highest).zip(is_named).filter_map(|(slot, named)| named.then_some(slot)).collect()
}

/// Reads a list of slots with commas between them.
fn read_list(text: &str) -> Option<Vec<Slot>> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Some(Vec::new());
    }
    text.split(',').map(|slot| slot.trim_ascii().parse().ok()).collect()
}

/// Reads an object with the slots as names. Each value says whether the slot is free, or names the
/// call.
fn read_keyed(fields: &[(String, Value)]) -> Option<Vec<Slot>> {
    let mut free = Vec::new();
    for (name, value) in fields {
        let slot: Slot = name.trim_ascii().parse().ok()?;
        let is_free = match value {
            Value::Null => true,
            Value::Bool(is_free) => *is_free,
            Value::Text(text) if is_nothing(text) || text.eq_ignore_ascii_case("free") => true,
            Value::Text(text) | Value::Number(text) if text.parse() == Ok(slot) => true,
            Value::Text(_) => false,
            Value::Number(_) | Value::List(_) | Value::Object(_) => return None,
        };
        if is_free {
            free.push(slot);
        }
    }
    (!fields.is_empty()).then_some(free)
}

fn read_slot_number(value: &Value) -> Option<Slot> {
    value.as_text()?.trim_ascii().parse().ok()
}
