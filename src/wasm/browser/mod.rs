//! The exports for browsers: the mirror and the client's half of the wire.

mod mirror;
mod view;
mod wire;

use core::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;

use self::mirror::{handle_mirror, new_mirror};
use self::wire::handle_wire;
use super::machines::Machines;
use super::row::{Row, answer_row};
use crate::wire::Dialect;
use crate::{Error, Mirror};

type Kept = (Box<Mirror>, Dialect);

thread_local! {
    static MIRRORS: RefCell<Machines<Kept>> = RefCell::default();
}

/// Does what the first value of the row names. Returns `true` and the result, or `false` and the
/// error.
#[wasm_bindgen]
pub fn core(given: Array) -> Array {
    answer_row(given, |given, row| MIRRORS.with_borrow_mut(|mirrors| handle(mirrors, given, row)))
}

fn handle(mirrors: &mut Machines<Kept>, given: &Row, row: &Row) -> Result<(), Error> {
    let what = given.take_string();
    match what.as_str() {
        "mirror" => {
            let (mirror, dialect) = new_mirror(given)?;
            row.put(mirrors.keep((Box::new(mirror), dialect)));
        }
        "free" => mirrors.free(given.take_count()),
        "tell" => {
            if let Some((mirror, dialect)) = mirrors.find(given.take_count()) {
                handle_mirror(mirror, *dialect, given, row)?;
            }
        }
        _ => handle_wire(&what, given, row)?,
    }
    Ok(())
}
