//! The lot, for JavaScript.

use core::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::{Thrown, call, question, time as time_of, whole};
use super::object::{built, text_or_null, time, time_or_null};
use super::wire::answer_object;
use crate::lot::{Allocate, BridgeAny, Lot, LotEvent, LotEventKind, LotOptions};
use crate::{CallApiId, Code, Millis, Trouble};

/// One lot, held by JavaScript.
#[wasm_bindgen]
pub struct LotHandle(RefCell<Lot>);

#[wasm_bindgen]
impl LotHandle {
    #[wasm_bindgen(constructor)]
    pub fn new(
        slots: u16,
        patience_ms: f64,
        allocates_random: bool,
        bridge_any: &str,
        seed: Option<f64>,
    ) -> Result<Self, Thrown> {
        Ok(Self(RefCell::new(Lot::new(LotOptions {
            slots,
            patience: Millis::new(whole(patience_ms)),
            allocate: if allocates_random { Allocate::Random } else { Allocate::First },
            bridge_any: match bridge_any {
                "longest" => BridgeAny::Longest,
                "first" => BridgeAny::First,
                _ => BridgeAny::Random,
            },
            seed: seed.map_or_else(drawn_seed, |seed| Ok(seed.to_bits()))?,
        }))))
    }

    pub fn ask(
        &self,
        now: f64,
        extension: &str,
        call: &str,
        action: &str,
        slot: u16,
    ) -> Result<JsValue, Thrown> {
        let question = question(extension, call, action, slot)?;
        Ok(answer_object(&self.0.borrow_mut().ask(time_of(now), &question)))
    }

    pub fn hangup(&self, now: f64, name: &str) -> Result<(), Thrown> {
        let name = call(name)?;
        self.0.borrow_mut().hangup(time_of(now), name.uuid());
        Ok(())
    }

    pub fn advance(&self, now: f64) {
        self.0.borrow_mut().advance(time_of(now));
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

/// A seed that nobody can foretell, from the host's own source of randomness.
fn drawn_seed() -> Result<u64, Trouble> {
    getrandom::u64().map_err(|_| {
        Trouble::new(
            Code::NotLoaded,
            "expected `crypto.getRandomValues` to draw a seed with; give a `seed` where there \
             is none",
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
