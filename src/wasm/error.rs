//! Errors, for JavaScript.

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::write::to_js;
use crate::error::{Kind, Outcome};
use crate::{Code, Error, Millis, Slot};

/// The fields of a `ValetError`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ErrorDetails<'a> {
    code: Code,
    kind: Kind,
    outcome: Outcome,
    message: &'a str,
    retryable: bool,
    slot: Option<Slot>,
    status: Option<u16>,
    retry_after_ms: Option<Millis>,
}

impl<'a> From<&'a Error> for ErrorDetails<'a> {
    fn from(error: &'a Error) -> Self {
        Self {
            code: error.code,
            kind: error.code.kind(),
            outcome: error.outcome,
            message: &error.message,
            retryable: error.is_retryable(),
            slot: error.slot,
            status: error.status,
            retry_after_ms: error.retry_after,
        }
    }
}

/// An exported function that returns an error throws these details. TypeScript catches them and
/// throws a `ValetError`.
impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        to_js(&ErrorDetails::from(&error))
    }
}
