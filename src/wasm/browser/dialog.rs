//! Dialogs of a softphone, from JavaScript.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::event::Direction;
use crate::mirror::Dialog;
use crate::wasm::read::{is_nothing, read_now, read_text, read_word};
use crate::{Code, Error};

#[wasm_bindgen]
extern "C" {
    /// A dialog, as a copy that TypeScript made.
    #[wasm_bindgen(typescript_type = "DialogFields")]
    pub type DialogInput;
    #[wasm_bindgen(method, getter)]
    fn direction(this: &DialogInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn number(this: &DialogInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn names(this: &DialogInput) -> Array;
    #[wasm_bindgen(method, getter)]
    fn since(this: &DialogInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = isRinging)]
    fn is_ringing(this: &DialogInput) -> bool;
}

/// Reads a dialog.
pub(super) fn read_dialog(dialog: &DialogInput) -> Result<Dialog, Error> {
    let (number, since) = (dialog.number(), dialog.since());
    let expected = "`number` to be a text or null";
    Ok(Dialog {
        direction: match read_word(&dialog.direction(), "direction", &["in", "out"])? {
            0 => Direction::In,
            _ => Direction::Out,
        },
        number: if is_nothing(&number) {
            None
        } else {
            Some(read_text(&number, Code::InvalidOptions, expected)?)
        },
        names: dialog.names().iter().filter_map(|name| name.as_string()).collect(),
        since: if is_nothing(&since) { None } else { Some(read_now(&since)?) },
        is_ringing: dialog.is_ringing(),
    })
}
