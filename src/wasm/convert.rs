//! What JavaScript hands over, looked at before it is believed.

use core::str::FromStr;
use core::time::Duration;

use js_sys::Reflect;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::error::invalid;
use crate::question::Action;
use crate::wire::{Dialect, SlotFormat};
use crate::{CallApiId, Code, ExtensionId, Question, Slot, Time, Trouble};

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
            Trouble::new(
                self.code,
                format!("expected {} to let `{name}` be read", self.what),
            )
        })
    }

    /// A field that may be missing or null.
    pub(super) fn maybe<T: DeserializeOwned>(
        &self,
        name: &str,
        expected: &str,
    ) -> Result<Option<T>, Trouble> {
        let value = self.value(name)?;
        if value.is_undefined() || value.is_null() {
            return Ok(None);
        }
        let expected = || format!("`{name}` to be {expected}");
        serde_wasm_bindgen::from_value(value.clone())
            .map(Some)
            .map_err(|_| invalid(self.code, &expected(), &value))
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &self,
        name: &str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, Trouble> {
        let listed = || {
            let words: Vec<String> = words.iter().map(|(word, _)| format!("'{word}'")).collect();
            words.join(" or ")
        };
        let Some(word) = self.maybe::<String>(name, &listed())? else {
            return Ok(None);
        };
        match words.iter().find(|(known, _)| *known == word) {
            Some((_, meaning)) => Ok(Some(*meaning)),
            None => Err(invalid(
                self.code,
                &format!("`{name}` to be {}", listed()),
                &word.into(),
            )),
        }
    }

    /// A length of time in milliseconds.
    pub(super) fn length(&self, name: &str) -> Result<Option<Duration>, Trouble> {
        let expected = "a number of milliseconds, zero or more";
        let Some(ms) = self.maybe::<f64>(name, expected)? else {
            return Ok(None);
        };
        match whole(ms) {
            Some(ms) => Ok(Some(Duration::from_millis(ms))),
            None => Err(invalid(
                self.code,
                &format!("`{name}` to be {expected}"),
                &ms.into(),
            )),
        }
    }

    /// How many slots there are.
    pub(super) fn slots(&self) -> Result<Option<u16>, Trouble> {
        let expected = "a number from 1 to 65535";
        match self.maybe::<u16>("slots", expected)? {
            Some(0) => Err(invalid(
                self.code,
                &format!("`slots` to be {expected}"),
                &0.into(),
            )),
            count => Ok(count),
        }
    }
}

/// A text that is a word of ours.
pub(super) fn parsed<T: FromStr>(value: &JsValue, code: Code, expected: &str) -> Result<T, Trouble>
where
    Trouble: From<T::Err>,
{
    match value.as_string() {
        Some(text) => text.parse().map_err(Trouble::from),
        None => Err(invalid(code, expected, value)),
    }
}

pub(super) fn call(value: &JsValue) -> Result<CallApiId, Trouble> {
    parsed(value, Code::InvalidCall, "a `call_api_id` as a text")
}

pub(super) fn extension(value: &JsValue) -> Result<ExtensionId, Trouble> {
    parsed(
        value,
        Code::InvalidExtension,
        "an extension as a text, like '34414'",
    )
}

pub(super) fn slot_maybe(value: &JsValue) -> Result<Option<Slot>, Trouble> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    match serde_wasm_bindgen::from_value::<u32>(value.clone()).map(Slot::try_from) {
        Ok(Ok(slot)) => Ok(Some(slot)),
        _ => Err(invalid(
            Code::InvalidSlot,
            "a slot as a number from 1 to 65535",
            value,
        )),
    }
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
    let formats = [
        ("string", SlotFormat::Text),
        ("integer", SlotFormat::Integer),
    ];
    Ok(Dialect {
        slots: given.slots()?.unwrap_or(usual.slots),
        slot_format: given
            .word("slotFormat", &formats)?
            .unwrap_or(usual.slot_format),
        slot_required: given
            .maybe("slotRequired", "true or false")?
            .unwrap_or(usual.slot_required),
    })
}

pub(super) fn now(value: &JsValue) -> Result<Time, Trouble> {
    value
        .as_f64()
        .and_then(whole)
        .map(Time::from_ms)
        .ok_or_else(|| {
            invalid(
                Code::InvalidOptions,
                "`now` to be a time in milliseconds, zero or more",
                value,
            )
        })
}

/// Pairs of texts, as `Object.entries` gives them.
pub(super) fn pairs(value: &JsValue, code: Code) -> Result<Vec<(String, String)>, Trouble> {
    serde_wasm_bindgen::from_value(value.clone())
        .map_err(|_| invalid(code, "an object of texts", value))
}

/// A number as whole milliseconds, cut off after the point as a clock with microseconds needs it.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked, and the cast saturates"
)]
fn whole(number: f64) -> Option<u64> {
    (number >= 0.0 && number.is_finite()).then_some(number as u64)
}
