//! Trouble, as JavaScript gets to see it.

use wasm_bindgen::JsValue;

use super::object::{built, ms_or_null, slot_or_null};
use crate::Trouble;

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
