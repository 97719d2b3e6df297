//! Readers of the values that JavaScript passes in. Each reader returns a value of the crate, or an
//! error that says what would be right.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::text::quoted;
use crate::wire::{Dialect, SlotFormat};
use crate::{Action, Asked, CallApiId, Code, Error, ExtensionId, Millis, Question, Slot, Time};

#[wasm_bindgen]
extern "C" {
    /// A question, as a copy that TypeScript made.
    #[wasm_bindgen(typescript_type = "Copy<Question>")]
    pub type QuestionInput;
    #[wasm_bindgen(method, getter)]
    fn extension(this: &QuestionInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn call(this: &QuestionInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn action(this: &QuestionInput) -> ActionWord;
    /// Returns the action as any value, for a message.
    #[wasm_bindgen(method, getter, js_name = action)]
    fn any_action(this: &QuestionInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn slot(this: &QuestionInput) -> JsValue;

    /// A dialect, as a copy that TypeScript made.
    #[wasm_bindgen(typescript_type = "Copy<Dialect>")]
    pub type DialectInput;
    #[wasm_bindgen(method, getter)]
    fn slots(this: &DialectInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = slotFormat)]
    fn slot_format(this: &DialectInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = slotRequired)]
    fn slot_required(this: &DialectInput) -> JsValue;

    /// Returns the function `String` of JavaScript.
    #[wasm_bindgen(js_name = String)]
    fn string_of(value: &JsValue) -> String;
}

/// The words of [`Action`]. JavaScript compares them, so that no text crosses the boundary.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum ActionWord {
    /// See [`Action::Park`].
    Park = "park",
    /// See [`Action::Bridge`].
    Bridge = "bridge",
    /// See [`Action::Slots`].
    Slots = "slots",
}

/// Reads a question.
pub(super) fn read_question(question: &QuestionInput) -> Result<Question, Error> {
    let (extension, call) = (read_extension(&question.extension())?, read_call(&question.call())?);
    let Asked { action, slot } = read_asked(question)?;
    Ok(Question { extension, call, action, slot })
}

/// Reads what a question asks for, and nothing else of the question.
pub(super) fn read_asked(question: &QuestionInput) -> Result<Asked, Error> {
    let action = match question.action() {
        ActionWord::Park => Action::Park,
        ActionWord::Bridge => Action::Bridge,
        ActionWord::Slots => Action::Slots,
        ActionWord::__Invalid => {
            let expected = "the action 'park', 'bridge' or 'slots'";
            return Err(unexpected(Code::InvalidAction, expected, &question.any_action()));
        }
    };
    Ok(Asked { action, slot: read_slot(&question.slot())? })
}

/// Reads a dialect. A missing field has its default.
pub(super) fn read_dialect(dialect: Option<DialectInput>) -> Result<Dialect, Error> {
    let Some(dialect) = dialect else { return Ok(Dialect::default()) };
    let formats = ["string", "integer"];
    Ok(Dialect {
        slots: read_slot_count(&dialect.slots())?,
        slot_format: match read_word(&dialect.slot_format(), "slotFormat", &formats)? {
            0 => SlotFormat::Text,
            _ => SlotFormat::Integer,
        },
        slot_required: read_flag(&dialect.slot_required(), "slotRequired")?.unwrap_or(false),
    })
}

/// Reads an extension.
pub(super) fn read_extension(value: &JsValue) -> Result<ExtensionId, Error> {
    let expected = "an extension as a text, like '34414'";
    read_text(value, Code::InvalidExtension, expected)?.parse()
}

/// Reads the name of a call.
pub(super) fn read_call(value: &JsValue) -> Result<CallApiId, Error> {
    let expected = "a `call_api_id` as a text";
    let text = read_text(value, Code::InvalidCall, expected)?;
    // A JavaScript string can contain half of a surrogate pair. It becomes U+FFFD in Rust, and two
    // different names could become equal.
    if !text.is_ascii() && text.chars().any(|c| c == char::REPLACEMENT_CHARACTER) {
        return Err(unexpected(Code::InvalidCall, expected, value));
    }
    text.parse()
}

/// Reads the name of a call. `None` if the value is null or undefined.
pub(super) fn read_optional_call(value: &JsValue) -> Result<Option<CallApiId>, Error> {
    if is_nothing(value) { Ok(None) } else { read_call(value).map(Some) }
}

/// Reads the number of a slot. `None` if the value is null or undefined.
pub(super) fn read_slot(value: &JsValue) -> Result<Option<Slot>, Error> {
    match slot(value) {
        None if !is_nothing(value) => {
            let expected = "a slot as a number from 1 to 65535";
            Err(unexpected(Code::InvalidSlot, expected, value))
        }
        slot => Ok(slot),
    }
}

/// Reads the number of a slot. Fails if the value is null or undefined.
pub(super) fn read_required_slot(value: &JsValue) -> Result<Slot, Error> {
    read_slot(value)?.ok_or_else(|| unexpected(Code::InvalidSlot, "a slot", value))
}

/// Reads the number of slots of a lot. The default is 9.
pub(super) fn read_slot_count(value: &JsValue) -> Result<u16, Error> {
    match slot(value) {
        Some(last) => Ok(last.number()),
        None if is_nothing(value) => Ok(Dialect::default().slots),
        None => {
            let expected = "`slots` to be a number from 1 to 65535";
            Err(unexpected(Code::InvalidOptions, expected, value))
        }
    }
}

/// Reads a length of time in ms and rounds it up. `None` if the value is null or undefined.
pub(super) fn read_length(value: &JsValue, name: &str) -> Result<Option<Millis>, Error> {
    if is_nothing(value) {
        return Ok(None);
    }
    match value.as_f64().filter(is_time) {
        Some(ms) => Ok(Some(Millis::new(truncated(ms.ceil())))),
        None => Err(unexpected(Code::InvalidOptions, &time_named(name), value)),
    }
}

/// Reads the time `now`, in ms on the clock of JavaScript, and rounds it down.
pub(super) fn read_now(now: &JsValue) -> Result<Time, Error> {
    match now.as_f64().filter(is_time) {
        Some(now) => Ok(Time::from_ms(truncated(now))),
        None => Err(unexpected(Code::InvalidOptions, &time_named("now"), now)),
    }
}

fn is_time(ms: &f64) -> bool {
    (0.0..f64::INFINITY).contains(ms)
}

fn time_named(name: &str) -> String {
    format!("`{name}` to be a number of milliseconds, zero or more")
}

/// Reads true or false. `None` if the value is null or undefined.
pub(super) fn read_flag(value: &JsValue, name: &str) -> Result<Option<bool>, Error> {
    match value.as_bool() {
        None if !is_nothing(value) => {
            let expected = format!("`{name}` to be true or false");
            Err(unexpected(Code::InvalidOptions, &expected, value))
        }
        flag => Ok(flag),
    }
}

/// Returns the index of a word in `words`. Null and undefined count as the first word.
pub(super) fn read_word(value: &JsValue, name: &str, words: &[&str]) -> Result<usize, Error> {
    if is_nothing(value) {
        return Ok(0);
    }
    let text = value.as_string();
    let place = words.iter().position(|word| Some(*word) == text.as_deref());
    place.ok_or_else(|| {
        let expected = format!("`{name}` to be '{}'", words.join("' or '"));
        unexpected(Code::InvalidOptions, &expected, value)
    })
}

/// Reads a text. For any other value it fails with `code` and `expected`.
pub(super) fn read_text(value: &JsValue, code: Code, expected: &str) -> Result<String, Error> {
    value.as_string().ok_or_else(|| unexpected(code, expected, value))
}

/// Reads the status of an HTTP answer.
pub(super) fn read_status(value: &JsValue) -> Result<u16, Error> {
    match whole(value) {
        Some(status @ 0..1000) => Ok(status),
        _ => Err(unexpected(Code::InvalidOptions, "`status` to be an HTTP status", value)),
    }
}

/// Reads a list of names and values in turn, up to the first value that is not a text.
pub(super) fn read_pairs(values: &Array) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut values = values.iter().map_while(|value| value.as_string());
    while let (Some(name), Some(value)) = (values.next(), values.next()) {
        pairs.push((name, value));
    }
    pairs
}

/// Returns the error for a wrong value.
pub(super) fn unexpected(code: Code, expected: &str, found: &JsValue) -> Error {
    Error::new(code, format!("expected {expected}, found {}", described(found)))
}

/// Returns a description of a value in the words of JavaScript, for a message.
fn described(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        return format!("the text {}", quoted(&text));
    }
    if is_nothing(value) {
        return string_of(value);
    }
    let kind = value.js_typeof().as_string().unwrap_or_default();
    match kind.as_str() {
        "number" | "bigint" => format!("the {kind} `{}`", string_of(value)),
        "object" => "an object".to_owned(),
        _ => format!("a {kind}"),
    }
}

pub(super) fn is_nothing(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

fn slot(value: &JsValue) -> Option<Slot> {
    Slot::try_from(u32::from(whole(value)?)).ok()
}

/// Returns a value as a whole number. `None` if it is not a whole number from 0 to 65,535.
fn whole(value: &JsValue) -> Option<u16> {
    let number = value.as_f64()?;
    let whole = u16::try_from(truncated(number)).ok()?;
    (f64::from(whole) - number == 0.0).then_some(whole)
}

/// Returns a number without its fraction. A number beyond the range becomes the nearest end of it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
pub(super) fn truncated(number: f64) -> u64 {
    number as u64
}
