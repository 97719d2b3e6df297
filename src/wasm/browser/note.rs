//! Notes of parked calls, for JavaScript.

use std::sync::Arc;

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::effects::TabMessage;
use crate::Error;
use crate::feed::{Message, Note};
use crate::wasm::read::{read_call, read_extension, read_required_slot};
use crate::wasm::write::to_js;
use crate::wire::{HttpRequest, write_note_request};

/// A request that changes what is noted of a call, and the message that reports the change.
#[derive(Serialize)]
struct NoteRequest {
    request: HttpRequest,
    message: TabMessage,
}

/// Writes the request with which an extension changes what is noted of a call.
#[wasm_bindgen(js_name = writeNote, unchecked_return_type = "NoteRequest")]
pub fn write_note(
    #[wasm_bindgen(unchecked_param_type = "string")] extension: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] call: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] slot: JsValue,
    note: Option<String>,
    for_whom: Option<String>,
) -> Result<JsValue, Error> {
    let (call, slot) = (read_call(&call)?, read_required_slot(&slot)?);
    let extension = read_extension(&extension)?;
    let note = Arc::new(Note { call, slot, note, for_whom, by: None });
    let request = write_note_request(&extension, &note);
    Ok(to_js(&NoteRequest { request, message: TabMessage::new(&Message::Note(note), None) }))
}
