//! The text of a panic, for JavaScript.

use wasm_bindgen::prelude::wasm_bindgen;

/// Makes every panic throw a JavaScript error. Its message is the text of the panic and the place
/// in the source. Without the hook JavaScript sees only `RuntimeError: unreachable`.
///
/// JavaScript calls this function when it instantiates the module.
#[wasm_bindgen(start)]
pub fn set_panic_hook() {
    std::panic::set_hook(Box::new(|panic| wasm_bindgen::throw_str(&panic.to_string())));
}
