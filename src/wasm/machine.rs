//! The machines that JavaScript holds: a lot, or a mirror and how it speaks.

use core::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;

use super::lot::{handle_lot, new_lot};
use super::mirror::{handle_mirror, new_mirror};
use super::row::Row;
use crate::wire::Dialect;
use crate::{Lot, Mirror, Trouble};

/// One machine, held by JavaScript. One class for both kinds: each costs the package its own code
/// on either side, and both are used alike.
#[wasm_bindgen]
pub struct Machine(RefCell<Kind>);

enum Kind {
    Lot(Lot),
    Mirror(Mirror, Dialect),
}

#[wasm_bindgen]
impl Machine {
    /// Makes a machine: `mirror`, or anything else for a lot, and its options.
    #[wasm_bindgen(constructor)]
    pub fn new(given: Array) -> Result<Self, Trouble> {
        let given = Row::from_array(given);
        let kind = if given.take_text().as_deref() == Some("mirror") {
            let (mirror, dialect) = new_mirror(&given)?;
            Kind::Mirror(mirror, dialect)
        } else {
            Kind::Lot(new_lot(&given)?)
        };
        Ok(Self(RefCell::new(kind)))
    }

    /// Tells it something: what, and what belongs to it → what comes of it.
    pub fn handle(&self, given: Array) -> Result<Array, Trouble> {
        let (given, row) = (Row::from_array(given), Row::new());
        match &mut *self.0.borrow_mut() {
            Kind::Lot(lot) => handle_lot(lot, &given, &row)?,
            Kind::Mirror(mirror, dialect) => handle_mirror(mirror, *dialect, &given, &row)?,
        }
        Ok(row.into_array())
    }
}
