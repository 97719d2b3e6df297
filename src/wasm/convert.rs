//! What JavaScript hands over, looked at before it is believed.

use core::str::FromStr;

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::error::invalid;
use crate::question::Action;
use crate::wire::{Dialect, SlotFormat};
use crate::{CallApiId, Code, ExtensionId, Millis, Question, Slot, Time, Trouble};

/// An object from JavaScript and the name of what it should be, for errors.
pub(super) struct Given<'a> {
    value: &'a JsValue,
    code: Code,
    what: &'static str,
}

impl<'a> Given<'a> {
    /// Takes `value` for `what` if it is an object; nothing at all counts as one without fields.
    pub(super) fn new(value: &'a JsValue, code: Code, what: &'static str) -> Result<Self, Trouble> {
        let nothing = value.is_undefined() || value.is_null();
        if nothing || value.is_object() {
            return Ok(Self { value, code, what });
        }
        Err(invalid(code, &format!("{what} to be an object"), value))
    }

    /// The value of a field; `undefined` where it is missing.
    pub(super) fn value(&self, name: &str) -> Result<JsValue, Trouble> {
        if !self.value.is_object() {
            return Ok(JsValue::UNDEFINED);
        }
        Reflect::get(self.value, &name.into()).map_err(|_| {
            Trouble::new(self.code, format!("expected {} to let `{name}` be read", self.what))
        })
    }

    /// A field that may be missing or null, as `read` understands it.
    pub(super) fn maybe<T>(
        &self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&JsValue) -> Option<T>,
    ) -> Result<Option<T>, Trouble> {
        let value = self.value(name)?;
        if value.is_undefined() || value.is_null() {
            return Ok(None);
        }
        match read(&value) {
            Some(read) => Ok(Some(read)),
            None => Err(self.expected(name, expected, &value)),
        }
    }

    /// The trouble with a field.
    pub(super) fn expected(&self, name: &str, expected: &str, found: &JsValue) -> Trouble {
        invalid(self.code, &format!("`{name}` to be {expected}"), found)
    }

    /// A text that may be missing or null.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Trouble> {
        self.maybe(name, "a text", JsValue::as_string)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &self,
        name: &str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, Trouble> {
        let mut listed = String::new();
        for (word, _) in words {
            listed.push_str(if listed.is_empty() { "'" } else { " or '" });
            listed.push_str(word);
            listed.push('\'');
        }
        self.maybe(name, &listed, |value| {
            let found = value.as_string()?;
            words.iter().find(|(word, _)| *word == found).map(|(_, meaning)| *meaning)
        })
    }

    /// A length of time in milliseconds.
    pub(super) fn length(&self, name: &str) -> Result<Option<Millis>, Trouble> {
        let expected = "a whole number of milliseconds, zero or more";
        self.maybe(name, expected, |value| exact(value).map(Millis::new))
    }

    /// How many slots there are.
    pub(super) fn slots(&self) -> Result<Option<u16>, Trouble> {
        self.maybe("slots", "a number from 1 to 65535", |value| {
            slot_number(value).map(Slot::number)
        })
    }
}

/// A text that is a word of ours.
///
/// Half a surrogate pair comes in as U+FFFD. No word of ours holds one, and no name of a call may:
/// two different texts would name the same call.
pub(super) fn parsed<T: FromStr>(value: &JsValue, code: Code, expected: &str) -> Result<T, Trouble>
where
    Trouble: From<T::Err>,
{
    match value.as_string() {
        Some(text) if !text.contains('\u{fffd}') => text.parse().map_err(Trouble::from),
        _ => Err(invalid(code, expected, value)),
    }
}

pub(super) fn call(value: &JsValue) -> Result<CallApiId, Trouble> {
    parsed(value, Code::InvalidCall, "a `call_api_id` as a text")
}

pub(super) fn extension(value: &JsValue) -> Result<ExtensionId, Trouble> {
    parsed(value, Code::InvalidExtension, "an extension as a text, like '34414'")
}

pub(super) fn slot_maybe(value: &JsValue) -> Result<Option<Slot>, Trouble> {
    if value.is_undefined() || value.is_null() { Ok(None) } else { slot(value).map(Some) }
}

pub(super) fn slot(value: &JsValue) -> Result<Slot, Trouble> {
    slot_number(value)
        .ok_or_else(|| invalid(Code::InvalidSlot, "a slot as a number from 1 to 65535", value))
}

pub(super) fn question(value: &JsValue) -> Result<Question, Trouble> {
    let given = Given::new(value, Code::InvalidAction, "a question")?;
    let action: Action = parsed(
        &given.value("action")?,
        Code::InvalidAction,
        "the action 'park', 'bridge' or 'slots'",
    )?;
    Ok(Question {
        extension: extension(&given.value("extension")?)?,
        call: call(&given.value("call")?)?,
        action,
        slot: slot_maybe(&given.value("slot")?)?,
    })
}

pub(super) fn dialect(value: &JsValue) -> Result<Dialect, Trouble> {
    let given = Given::new(value, Code::InvalidOptions, "a dialect")?;
    let usual = Dialect::default();
    let formats = [("string", SlotFormat::Text), ("integer", SlotFormat::Integer)];
    Ok(Dialect {
        slots: given.slots()?.unwrap_or(usual.slots),
        slot_format: given.word("slotFormat", &formats)?.unwrap_or(usual.slot_format),
        slot_required: given
            .maybe("slotRequired", "true or false", JsValue::as_bool)?
            .unwrap_or(usual.slot_required),
    })
}

pub(super) fn now(value: &JsValue) -> Result<Time, Trouble> {
    value.as_f64().and_then(whole).map(Time::from_ms).ok_or_else(|| {
        invalid(Code::InvalidOptions, "`now` to be a time in milliseconds, zero or more", value)
    })
}

/// Pairs of texts, as `Object.entries` gives them.
pub(super) fn pairs(value: &JsValue, code: Code) -> Result<Vec<(String, String)>, Trouble> {
    let read = |pair: JsValue| match items(&pair)?.as_slice() {
        [name, value] => Some((name.as_string()?, value.as_string()?)),
        _ => None,
    };
    items(value)
        .and_then(|pairs| pairs.into_iter().map(read).collect())
        .ok_or_else(|| invalid(code, "an object of texts", value))
}

/// The items of a list; `None` for any other value, and where reading one throws: what throws
/// through the core takes it down.
pub(super) fn items(value: &JsValue) -> Option<Vec<JsValue>> {
    let length = Reflect::get(value, &"length".into()).ok().filter(|_| value.is_object())?;
    let length = exact(&length).and_then(|length| u16::try_from(length).ok())?;
    (0..length).map(|at| Reflect::get_u32(value, at.into()).ok()).collect()
}

/// A number as whole milliseconds, cut off after the point as a clock with microseconds needs it.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked, and the cast saturates"
)]
pub(super) fn whole(number: f64) -> Option<u64> {
    (number >= 0.0 && number.is_finite()).then_some(number as u64)
}

/// A whole number; `None` for any other value.
pub(super) fn exact(value: &JsValue) -> Option<u64> {
    value.as_f64().filter(|number| number.fract() == 0.0).and_then(whole)
}

/// A slot as a number; `None` for any other value.
fn slot_number(value: &JsValue) -> Option<Slot> {
    u32::try_from(exact(value)?).ok()?.try_into().ok()
}
