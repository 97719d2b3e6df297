//! Pick-ups, for JavaScript.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::wasm::read::{
    read_extension, read_optional_call, read_pairs, read_required_slot, read_status, read_text,
};
use crate::wasm::write::to_js;
use crate::wire::{self, Headers, PickUp};
use crate::{Code, Error};

/// Writes the request with which an extension picks up the call in a slot.
#[wasm_bindgen(js_name = writePickUp, unchecked_return_type = "SentRequest")]
pub fn write_pick_up(
    #[wasm_bindgen(unchecked_param_type = "string")] extension: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] slot: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string | null")] expect: JsValue,
) -> Result<JsValue, Error> {
    let pick_up = PickUp {
        extension: read_extension(&extension)?,
        slot: read_required_slot(&slot)?,
        expect: read_optional_call(&expect)?,
    };
    Ok(to_js(&wire::write_pick_up(&pick_up)))
}

/// Reads the reply to a pick-up. Returns the UUID of the call that is connected. `headers` are
/// names and values in turn.
#[wasm_bindgen(js_name = readPickUpAnswer)]
pub fn read_pick_up_answer(
    #[wasm_bindgen(unchecked_param_type = "number")] slot: JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] status: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] body: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string[]")] headers: Array,
) -> Result<String, Error> {
    let slot = read_required_slot(&slot)?;
    let body = read_text(&body, Code::InvalidOptions, "`body` to be a text")?;
    let (status, headers) = (read_status(&status)?, read_pairs(&headers));
    let uuid = wire::read_pick_up_answer(slot, status, &body, Headers(&headers))?;
    Ok(uuid.as_str().to_owned())
}
