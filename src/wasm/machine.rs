//! The machines that JavaScript holds: lots, and mirrors with how they speak.

use core::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;

use super::lot::{handle_lot, new_lot};
use super::mirror::{handle_mirror, new_mirror};
use super::row::{Row, put_error};
use super::wire::handle_wire;
use crate::wire::Dialect;
use crate::{Error, Lot, Mirror};

enum Machine {
    Lot(Lot),
    Mirror(Box<Mirror>, Dialect),
}

/// All machines, each under a number that no other had before it.
#[derive(Default)]
struct Machines {
    latest: u32,
    alive: Vec<(u32, Machine)>,
}

thread_local! {
    static MACHINES: RefCell<Machines> = RefCell::default();
}

/// Does what is asked: what, and what belongs to it → whether it could be done, and what comes of
/// it, or the error.
///
/// The one function that JavaScript calls. Another one, a class for machines, or something thrown
/// would cost the package its own code on either side.
#[wasm_bindgen]
pub fn core(given: Array) -> Array {
    let (given, mut row) = (Row::from_array(given), Row::new());
    row.put(true);
    if let Err(error) = MACHINES.with_borrow_mut(|machines| machines.handle(&given, &row)) {
        row = Row::new();
        row.put(false);
        put_error(&row, &error);
    }
    row.into_array()
}

impl Machines {
    fn handle(&mut self, given: &Row, row: &Row) -> Result<(), Error> {
        let what = given.take_string();
        match what.as_str() {
            "lot" => self.keep(Machine::Lot(new_lot(given)?), row),
            "mirror" => {
                let (mirror, dialect) = new_mirror(given)?;
                self.keep(Machine::Mirror(Box::new(mirror), dialect), row);
            }
            "tell" | "free" => {
                let number = given.take_count();
                let at = self.alive.iter().position(|(known, _)| *known == number);
                match at.and_then(|at| self.alive.get_mut(at)) {
                    Some(_) if what == "free" => drop(at.map(|at| self.alive.swap_remove(at))),
                    Some((_, Machine::Lot(lot))) => handle_lot(lot, given, row)?,
                    Some((_, Machine::Mirror(mirror, dialect))) => {
                        handle_mirror(mirror, *dialect, given, row)?;
                    }
                    None => {}
                }
            }
            _ => handle_wire(&what, given, row)?,
        }
        Ok(())
    }

    /// Keeps a machine, and puts its number.
    fn keep(&mut self, machine: Machine, row: &Row) {
        self.latest += 1;
        self.alive.push((self.latest, machine));
        row.put(self.latest);
    }
}
