//! The exports for a switch: the lot and the switch's half of the wire.

mod lot;
mod wire;

use core::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;

use self::lot::{handle_lot, new_lot};
use self::wire::{read_request, write_answer};
use super::machines::Machines;
use super::row::{Row, answer_row};
use crate::{Error, Lot};

thread_local! {
    static LOTS: RefCell<Machines<Lot>> = RefCell::default();
}

/// Does what the first value of the row names. Returns `true` and the result, or `false` and the
/// error.
#[wasm_bindgen]
pub fn lot(given: Array) -> Array {
    answer_row(given, |given, row| LOTS.with_borrow_mut(|lots| handle(lots, given, row)))
}

fn handle(lots: &mut Machines<Lot>, given: &Row, row: &Row) -> Result<(), Error> {
    match given.take_string().as_str() {
        "lot" => row.put(lots.keep(new_lot(given)?)),
        "free" => lots.free(given.take_count()),
        "tell" => {
            if let Some(lot) = lots.find(given.take_count()) {
                handle_lot(lot, given, row)?;
            }
        }
        "question" => read_request(given, row)?,
        _ => write_answer(given, row)?,
    }
    Ok(())
}
