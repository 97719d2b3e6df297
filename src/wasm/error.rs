//! Trouble, as JavaScript gets to see it.

use js_sys::Number;
use wasm_bindgen::{JsCast, JsValue};

use super::object::{built, ms_or_null, slot_or_null};
use crate::{Code, Trouble};

/// What an exported function throws: a plain object, from which the client makes its `ValetError`.
pub(super) type Thrown = JsValue;

impl From<Trouble> for JsValue {
    fn from(trouble: Trouble) -> Self {
        built(&[
            ("code", trouble.code.as_str().into()),
            ("kind", trouble.code.kind().as_str().into()),
            ("outcome", trouble.outcome.as_str().into()),
            ("retryable", trouble.is_retryable().into()),
            ("slot", slot_or_null(trouble.slot)),
            ("status", trouble.status.map_or(Self::NULL, Into::into)),
            ("retryAfterMs", ms_or_null(trouble.retry_after)),
            ("message", trouble.message.as_str().into()),
        ])
    }
}

/// An argument that is not what it should be.
pub(super) fn invalid(code: Code, expected: &str, found: &JsValue) -> Trouble {
    Trouble::new(code, format!("expected {expected}, found {}", described(found)))
}

/// What a value is, in the words of whoever wrote it.
fn described(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        return format!("the text {}", crate::trouble::quoted(&text));
    }
    if value.as_f64().is_some() {
        // JavaScript prints its numbers itself; Rust's printer of floats weighs 6 KB.
        let printed =
            value.dyn_ref::<Number>().and_then(|number| number.to_string_with_radix(10).ok());
        return format!("the number `{}`", printed.map_or_else(String::new, String::from));
    }
    if value.is_null() {
        return "null".to_owned();
    }
    value.js_typeof().as_string().map_or_else(String::new, |kind| match kind.as_str() {
        "undefined" => kind,
        "object" => "an object".to_owned(),
        kind => format!("a {kind}"),
    })
}
