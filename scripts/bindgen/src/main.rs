//! Writes the JavaScript that belongs to a compiled core: `bindgen INPUT.wasm OUTPUT_FOLDER NAME`.

use anyhow::Context;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().context("usage: bindgen INPUT.wasm OUTPUT_FOLDER NAME");
    let (input, folder, name) = (next()?, next()?, next()?);
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name(&name).web(true)?;
    // The client passes the module itself, and replaces an instance that has failed.
    bindgen.omit_default_module_path(true).reset_state_function(true).typescript(true);
    bindgen.generate(folder)
}
