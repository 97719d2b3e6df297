//! The lot, for JavaScript.

use core::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;

use super::row::{Row, ms};
use super::wire::{put_answer, take_question};
use crate::lot::{Allocate, BridgeAny, Lot, LotEventKind, LotOptions};
use crate::{CallApiId, Code, Trouble};

/// One lot, held by JavaScript.
#[wasm_bindgen]
pub struct LotHandle(RefCell<Lot>);

#[wasm_bindgen]
impl LotHandle {
    /// Makes a lot: slots, patience, whether it allocates at random, whom it bridges, seed.
    #[wasm_bindgen(constructor)]
    pub fn new(given: Array) -> Result<Self, Trouble> {
        let given = Row::from_array(given);
        Ok(Self(RefCell::new(Lot::new(LotOptions {
            slots: given.take_short(),
            patience: given.take_length().unwrap_or_default(),
            allocate: if given.take_flag() { Allocate::Random } else { Allocate::First },
            bridge_any: match given.take_text().as_deref() {
                Some("longest") => BridgeAny::Longest,
                Some("first") => BridgeAny::First,
                _ => BridgeAny::Random,
            },
            seed: given.take_number().map_or_else(drawn_seed, |seed| Ok(seed.to_bits()))?,
        }))))
    }

    /// Asks: now, question.
    pub fn ask(&self, given: Array) -> Result<Array, Trouble> {
        let given = Row::from_array(given);
        let now = given.take_time();
        let question = take_question(&given)?;
        Ok(put_answer(&self.0.borrow_mut().ask(now, &question)))
    }

    /// Tells of a hangup: now, call.
    pub fn hangup(&self, given: Array) -> Result<(), Trouble> {
        let given = Row::from_array(given);
        let now = given.take_time();
        let call: CallApiId = given.take()?;
        self.0.borrow_mut().hangup(now, call.uuid());
        Ok(())
    }

    /// Tells the time: now.
    pub fn advance(&self, given: Array) {
        self.0.borrow_mut().advance(Row::from_array(given).take_time());
    }

    #[wasm_bindgen(js_name = takeEvents)]
    pub fn take_events(&self) -> Array {
        let row = Row::new();
        for event in self.0.borrow_mut().take_events() {
            let (kind, by) = match &event.kind {
                LotEventKind::Parked => ("parked", None),
                LotEventKind::Bridged { by } => ("bridged", Some(by)),
                LotEventKind::Returned => ("returned", None),
                LotEventKind::Abandoned => ("abandoned", None),
            };
            row.put(true);
            row.put(kind);
            row.put(ms(event.at));
            row.put(event.slot.number());
            row.put(event.call.as_str());
            row.put(event.extension.as_str());
            row.put(by.map(CallApiId::as_str));
        }
        row.put(false);
        row.into_array()
    }

    #[wasm_bindgen(js_name = nextDeadline)]
    pub fn next_deadline(&self) -> Option<f64> {
        self.0.borrow().next_deadline().map(ms)
    }

    pub fn stalls(&self) -> Array {
        let row = Row::new();
        for (slot, stay, returns_at) in self.0.borrow().stalls() {
            row.put(true);
            row.put(slot.number());
            row.put(stay.call.as_str());
            row.put(stay.call.uuid().as_str());
            row.put(stay.extension.as_str());
            row.put(ms(stay.parked_at));
            row.put(returns_at.map(ms));
        }
        row.put(false);
        row.into_array()
    }
}

/// A seed that nobody can foretell, from the host's own source of randomness.
fn drawn_seed() -> Result<u64, Trouble> {
    getrandom::u64().map_err(|_| {
        let expected = "expected `crypto.getRandomValues` to draw a seed with; \
                        give a `seed` where there is none";
        Trouble::new(Code::NotLoaded, expected)
    })
}
