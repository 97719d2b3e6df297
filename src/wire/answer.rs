//! A reply as an answer.

use super::notation::{Notation, Value};
use super::{Headers, LONGEST_BODY, cut, phrase};
use crate::answer::{Answer, Refusal, RefusalCode};
use crate::error::{digits, sentence};
use crate::{Action, CallUuid, Question, Slot};

/// How much of a body is kept of an answer that makes no sense, in characters.
const KEPT: usize = 120;

/// Understands what the switch said to `question`.
///
/// Never fails: what cannot be understood is [`Answer::Unclear`]. That includes a bare 404 to a
/// question about a slot, which may mean an empty slot as well as a call that is gone. A body
/// longer than [`LONGEST_BODY`] is not read; then only the status counts, where it is a refusal.
pub fn read_answer(question: &Question, status: u16, body: &str, headers: Headers<'_>) -> Answer {
    if body.len() > LONGEST_BODY {
        let refusal =
            phrase::from_status(status).map(|code| refused(code, question, None, headers));
        let found = || sentence(&["a body of ", &digits(body.len() as u64), " bytes"]);
        return refusal.unwrap_or_else(|| Answer::Unclear { status, found: found() });
    }
    if phrase::says_taken(body) {
        return Answer::Refused(Refusal::new(RefusalCode::Taken, question.slot));
    }
    let value = Value::read(body, Notation::JsonOrPython);
    let answer = if (200..300).contains(&status) {
        read_success(question, value.as_ref(), body)
    } else {
        read_refusal(question, status, value.as_ref(), headers)
    };
    answer.unwrap_or_else(|| unclear(status, body))
}

fn unclear(status: u16, body: &str) -> Answer {
    Answer::Unclear { status, found: beginning(body.trim_ascii()) }
}

/// The beginning of a text, in one line.
fn beginning(text: &str) -> String {
    let mut line = String::new();
    for c in text.chars().take(KEPT) {
        line.push(if c.is_control() { ' ' } else { c });
    }
    line
}

fn read_success(question: &Question, value: Option<&Value>, body: &str) -> Option<Answer> {
    // A failure may come with a 200. Without a known reason it is nothing certain.
    if let Some(code) = value.and_then(read_reason) {
        return Some(refused(code, question, value, Headers::default()));
    }
    if value.is_some_and(may_be_failure) {
        return None;
    }
    match (question.action, question.slot) {
        (Action::Park | Action::Bridge, asked) => {
            let (slot, uuid) = read_echo(value, body)?;
            // An answer about another slot than the one asked for is no answer to be acted upon.
            let slot = match (asked, slot) {
                (Some(asked), Some(said)) if asked != said => return None,
                (asked, said) => said.or(asked),
            };
            Some(match question.action {
                Action::Park => Answer::Parked { slot, uuid },
                _ => Answer::Bridged { slot, uuid },
            })
        }
        (Action::Slots, Some(slot)) => read_slot(slot, value?),
        (Action::Slots, None) => Some(Answer::Free { slots: in_order(&read_free(value, body)?) }),
    }
}

/// Whether an answer may be about a failure: it has an `error` or a `message` that does not say
/// that all is well.
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

/// The slots in ascending order, each once.
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

/// The success of `park` and `bridge` is undocumented: nothing at all, an empty object, an echo of
/// the request, or the slot and who is in it. An object of anything else may be a failure.
fn read_echo(value: Option<&Value>, body: &str) -> Option<(Option<Slot>, Option<CallUuid>)> {
    match value {
        None if body.trim_ascii().is_empty() => Some((None, None)),
        Some(Value::Null | Value::Bool(true)) => Some((None, None)),
        Some(value @ Value::Object(fields)) => {
            let is_known = |name: &&str| value.field(name).is_some();
            if !fields.is_empty() && !["action", "slot", "uuid"].iter().any(is_known) {
                return None;
            }
            let slot = match value.field("slot") {
                None | Some(Value::Null) => None,
                Some(slot) => Some(read_slot_number(slot)?),
            };
            let uuid = value.field("uuid").and_then(Value::as_text);
            Some((slot, uuid.and_then(CallUuid::read)))
        }
        _ => None,
    }
}

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
        Some(Value::Text(text)) if !names_nobody(text) => {
            Some(Answer::Held { slot: asked, uuid: CallUuid::read(text)? })
        }
        Some(Value::Null | Value::Text(_)) => Some(Answer::Vacant { slot: asked }),
        None if fields.iter().all(|(name, _)| name.eq_ignore_ascii_case("slot")) => {
            Some(Answer::Vacant { slot: asked })
        }
        // Any other field may be the name of a call under a name we do not know.
        _ => None,
    }
}

/// The ways of a careless printer to write nothing.
fn names_nobody(text: &str) -> bool {
    let text = text.trim_ascii();
    ["", "none", "null"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn read_free(value: Option<&Value>, body: &str) -> Option<Vec<Slot>> {
    match value {
        Some(Value::List(items)) => {
            let mut slots = Vec::new();
            for item in items {
                slots.push(read_slot_number(item)?);
            }
            Some(slots)
        }
        Some(Value::Text(text)) => read_list(text),
        // A single free slot, printed as it is.
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

fn read_list(text: &str) -> Option<Vec<Slot>> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Some(Vec::new());
    }
    let mut slots = Vec::new();
    let mut rest = Some(text);
    while let Some(text) = rest {
        let (slot, after) = cut(text, b',');
        slots.push(Slot::read(slot.trim_ascii())?);
        rest = after;
    }
    Some(slots)
}

/// An object keyed by slot, each with whether it is free, or with who waits there.
fn read_keyed(fields: &[(String, Value)]) -> Option<Vec<Slot>> {
    let mut free = Vec::new();
    for (name, value) in fields {
        let slot = Slot::read(name.trim_ascii())?;
        let is_free = match value {
            Value::Null => true,
            Value::Bool(is_free) => *is_free,
            Value::Text(text) if names_nobody(text) || text.eq_ignore_ascii_case("free") => true,
            Value::Text(text) | Value::Number(text) if Slot::read(text) == Some(slot) => true,
            Value::Text(_) => false,
            _ => return None,
        };
        if is_free {
            free.push(slot);
        }
    }
    (!fields.is_empty()).then_some(free)
}

fn read_slot_number(value: &Value) -> Option<Slot> {
    Slot::read(value.as_text()?.trim_ascii())
}

fn read_refusal(
    question: &Question,
    status: u16,
    value: Option<&Value>,
    headers: Headers<'_>,
) -> Option<Answer> {
    let known = value.and_then(read_reason).or_else(|| phrase::from_status(status));
    // Where no slot is asked about, a 404 cannot mean an empty one.
    let about_slot = question.slot.is_some() && question.action != Action::Park;
    let gone = status == 404 && !about_slot;
    let code = known.or(gone.then_some(RefusalCode::NoSuchCall))?;
    Some(refused(code, question, value, headers))
}

/// The reason for a refusal, where the body has one that is known.
fn read_reason(value: &Value) -> Option<RefusalCode> {
    let word = |name| value.field(name).and_then(Value::as_text);
    ["status", "code", "error", "message"]
        .into_iter()
        .filter_map(word)
        .find_map(|word| phrase::from_word(word).or_else(|| phrase::from_message(word)))
}

fn refused(
    code: RefusalCode,
    question: &Question,
    value: Option<&Value>,
    headers: Headers<'_>,
) -> Answer {
    let text = |name| value.and_then(|value| value.field(name)).and_then(Value::as_text);
    let slot = text("slot").and_then(Slot::read).or(question.slot);
    let words = text("message").filter(|message| !message.trim_ascii().is_empty());
    let message = beginning(words.unwrap_or(code.message()));
    let retry_after = headers.retry_after();
    Answer::Refused(Refusal { message, retry_after, ..Refusal::new(code, slot) })
}
