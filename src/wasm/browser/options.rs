//! The options of a mirror, from JavaScript.

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::defaults::PATIENCE;
use crate::mirror::{AskWithParked, MirrorOptions};
use crate::wasm::read::{
    DialectInput, is_nothing, read_dialect, read_extension, read_length, read_word, unexpected,
};
use crate::wasm::seed::draw_seed;
use crate::wire::Dialect;
use crate::{Code, Error, ExtensionId};

#[wasm_bindgen]
extern "C" {
    /// The options of a mirror, as a copy that TypeScript made.
    #[wasm_bindgen(typescript_type = "MirrorOptions")]
    pub type MirrorOptionsInput;
    #[wasm_bindgen(method, getter)]
    fn extension(this: &MirrorOptionsInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn dialect(this: &MirrorOptionsInput) -> Option<DialectInput>;
    #[wasm_bindgen(method, getter, js_name = patienceMs)]
    fn patience_ms(this: &MirrorOptionsInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = askWithParked)]
    fn ask_with_parked(this: &MirrorOptionsInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn confirm(this: &MirrorOptionsInput) -> JsValue;
    /// Returns true if the effects contain messages for other tabs.
    #[wasm_bindgen(method, getter)]
    pub(super) fn shares(this: &MirrorOptionsInput) -> bool;
}

/// Reads the options of a mirror and the dialect of its switch.
pub(super) fn read_options(
    options: &MirrorOptionsInput,
    recovers: bool,
) -> Result<(MirrorOptions, Dialect), Error> {
    let dialect = read_dialect(options.dialect())?;
    let options = MirrorOptions {
        extensions: read_extensions(options.extension())?,
        slots: dialect.slots,
        free_list: !dialect.slot_required,
        patience: read_length(&options.patience_ms(), "patienceMs")?.unwrap_or(PATIENCE),
        ask_with_parked: read_ask_with_parked(&options.ask_with_parked())?,
        confirm: read_word(&options.confirm(), "confirm", &["auto", "never"])? == 0,
        recovers,
        // The seed only varies the length of pauses, so 0 is good enough without random numbers.
        seed: draw_seed().unwrap_or_default(),
    };
    Ok((options, dialect))
}

/// Reads one extension, or a list of them.
fn read_extensions(value: JsValue) -> Result<Vec<ExtensionId>, Error> {
    let Some(list) = value.dyn_ref::<Array>() else { return Ok(vec![read_extension(&value)?]) };
    let mut extensions = Vec::new();
    for value in list.iter() {
        let extension = read_extension(&value)?;
        if extensions.contains(&extension) {
            let expected = "each extension once";
            return Err(unexpected(Code::InvalidExtension, expected, &value));
        }
        extensions.push(extension);
    }
    if extensions.is_empty() {
        let message = "expected an extension or a list of them, found an empty list";
        return Err(Error::new(Code::InvalidExtension, message));
    }
    Ok(extensions)
}

fn read_ask_with_parked(value: &JsValue) -> Result<AskWithParked, Error> {
    match value.as_bool() {
        Some(true) => Ok(AskWithParked::Yes),
        Some(false) => Ok(AskWithParked::No),
        None if is_nothing(value) || *value == "auto" => Ok(AskWithParked::Auto),
        None => {
            let expected = "`askWithParked` to be true, false or 'auto'";
            Err(unexpected(Code::InvalidOptions, expected, value))
        }
    }
}
