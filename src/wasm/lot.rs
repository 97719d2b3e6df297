//! The lot, for JavaScript.

use core::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::{Given, call, now, question};
use super::error::Thrown;
use super::object::{built, text_or_null, time, time_or_null};
use super::wire::answer_object;
use crate::lot::{Allocate, BridgeAny, Lot, LotEvent, LotEventKind, LotOptions};
use crate::{CallApiId, Code, Trouble};

/// One lot, held by JavaScript.
#[wasm_bindgen]
pub struct LotHandle(RefCell<Lot>);

#[wasm_bindgen]
impl LotHandle {
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Self, Thrown> {
        Ok(Self(RefCell::new(Lot::new(lot_options(options)?))))
    }

    pub fn ask(&self, at: &JsValue, asked: &JsValue) -> Result<JsValue, Thrown> {
        let (at, question) = (now(at)?, question(asked)?);
        Ok(answer_object(&self.0.borrow_mut().ask(at, &question)))
    }

    pub fn hangup(&self, at: &JsValue, name: &JsValue) -> Result<(), Thrown> {
        let (at, name) = (now(at)?, call(name)?);
        self.0.borrow_mut().hangup(at, name.uuid());
        Ok(())
    }

    pub fn advance(&self, at: &JsValue) -> Result<(), Thrown> {
        let at = now(at)?;
        self.0.borrow_mut().advance(at);
        Ok(())
    }

    #[wasm_bindgen(js_name = takeEvents)]
    pub fn take_events(&self) -> Array {
        let events = self.0.borrow_mut().take_events();
        events.iter().map(event_object).collect()
    }

    #[wasm_bindgen(js_name = nextDeadline)]
    pub fn next_deadline(&self) -> JsValue {
        time_or_null(self.0.borrow().next_deadline())
    }

    pub fn stalls(&self) -> Array {
        let lot = self.0.borrow();
        lot.stalls()
            .map(|(slot, stay, returns_at)| {
                built(&[
                    ("slot", slot.number().into()),
                    ("call", stay.call.as_str().into()),
                    ("uuid", stay.call.uuid().as_str().into()),
                    ("extension", stay.extension.as_str().into()),
                    ("parkedAt", time(stay.parked_at)),
                    ("returnsAt", time_or_null(returns_at)),
                ])
            })
            .collect()
    }
}

fn lot_options(options: &JsValue) -> Result<LotOptions, Trouble> {
    let given = Given::new(options, Code::InvalidOptions, "the options of a lot")?;
    let usual = LotOptions::default();
    let allocate = [("first", Allocate::First), ("random", Allocate::Random)];
    let bridge_any = [
        ("random", BridgeAny::Random),
        ("longest", BridgeAny::Longest),
        ("first", BridgeAny::First),
    ];
    Ok(LotOptions {
        slots: given.slots()?.unwrap_or(usual.slots),
        patience: given.length("patienceMs")?.unwrap_or(usual.patience),
        allocate: given.word("allocate", &allocate)?.unwrap_or(usual.allocate),
        bridge_any: given.word("bridgeAny", &bridge_any)?.unwrap_or(usual.bridge_any),
        seed: match given.maybe("seed", "a number", JsValue::as_f64)? {
            Some(seed) => seed.to_bits(),
            None => drawn_seed()?,
        },
    })
}

/// A seed that nobody can foretell, from the host's own source of randomness.
pub(super) fn drawn_seed() -> Result<u64, Trouble> {
    getrandom::u64().map_err(|_| {
        Trouble::new(
            Code::NotLoaded,
            "expected `crypto.getRandomValues` to draw a seed with; give a `seed` where there is none",
        )
    })
}

fn event_object(event: &LotEvent) -> JsValue {
    let (kind, by) = match &event.kind {
        LotEventKind::Parked => ("parked", None),
        LotEventKind::Bridged { by } => ("bridged", Some(by)),
        LotEventKind::Returned => ("returned", None),
        LotEventKind::Abandoned => ("abandoned", None),
    };
    built(&[
        ("kind", kind.into()),
        ("at", time(event.at)),
        ("slot", event.slot.number().into()),
        ("call", event.call.as_str().into()),
        ("extension", event.extension.as_str().into()),
        ("by", text_or_null(by.map(CallApiId::as_str))),
    ])
}
