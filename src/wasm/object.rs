//! Plain objects for JavaScript, built by hand: a serializer would weigh more than all of them.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use crate::{Millis, Slot, Time};

/// A plain object with these fields. The names are ours, never a stranger's.
pub(super) fn built(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// A text, or null.
pub(super) fn text_or_null(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::NULL, Into::into)
}

/// The number of a slot, or null.
pub(super) fn slot_or_null(slot: Option<Slot>) -> JsValue {
    slot.map_or(JsValue::NULL, |slot| slot.number().into())
}

/// A length of time in milliseconds, or null.
pub(super) fn ms_or_null(length: Option<Millis>) -> JsValue {
    length.map_or(JsValue::NULL, |length| number(length.as_ms()))
}

/// A moment in milliseconds, or null.
pub(super) fn time_or_null(time: Option<Time>) -> JsValue {
    time.map_or(JsValue::NULL, |time| number(time.as_ms()))
}

/// A moment in milliseconds.
pub(super) fn time(time: Time) -> JsValue {
    number(time.as_ms())
}

/// A whole number as JavaScript has it. Beyond 2^53 ms, in 287,000 years, it loses its last digit.
#[allow(clippy::cast_precision_loss, reason = "see above")]
pub(super) fn number(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}
