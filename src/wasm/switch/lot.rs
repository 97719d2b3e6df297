//! The lot, for JavaScript.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::lot::{self, Allocate, BridgeAny, Lot, LotEventKind, LotOptions, Stay};
use crate::wasm::answer::Answer;
use crate::wasm::read::{
    QuestionInput, is_nothing, read_call, read_length, read_now, read_question, read_slot_count,
    read_word, unexpected,
};
use crate::wasm::seed::draw_seed;
use crate::wasm::write::to_js;
use crate::{CallApiId, CallUuid, Code, Error, ExtensionId, Slot, Time};

#[wasm_bindgen]
extern "C" {
    /// The options of a lot, as a copy that TypeScript made.
    #[wasm_bindgen(typescript_type = "Copy<LotOptions>")]
    pub type LotOptionsInput;
    #[wasm_bindgen(method, getter)]
    fn slots(this: &LotOptionsInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = patienceMs)]
    fn patience_ms(this: &LotOptionsInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn allocate(this: &LotOptionsInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = bridgeAny)]
    fn bridge_any(this: &LotOptionsInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn seed(this: &LotOptionsInput) -> JsValue;
}

fn read_options(options: &LotOptionsInput) -> Result<LotOptions, Error> {
    let defaults = LotOptions::default();
    Ok(LotOptions {
        slots: read_slot_count(&options.slots())?,
        patience: read_length(&options.patience_ms(), "patienceMs")?.unwrap_or(defaults.patience),
        allocate: match read_word(&options.allocate(), "allocate", &["first", "random"])? {
            0 => Allocate::First,
            _ => Allocate::Random,
        },
        bridge_any: match read_word(
            &options.bridge_any(),
            "bridgeAny",
            &["random", "longest", "first"],
        )? {
            0 => BridgeAny::Random,
            1 => BridgeAny::Longest,
            _ => BridgeAny::First,
        },
        seed: read_seed(&options.seed())?,
    })
}

/// Reads a seed. The default is a random number of the host.
fn read_seed(value: &JsValue) -> Result<u64, Error> {
    if is_nothing(value) {
        return draw_seed();
    }
    match value.as_f64().filter(|seed| seed.is_finite()) {
        Some(seed) => Ok(seed.to_bits()),
        None => Err(unexpected(Code::InvalidOptions, "`seed` to be a number", value)),
    }
}

/// A lot. `now` is in ms on the clock of JavaScript.
#[wasm_bindgen]
pub struct LotHandle(Lot);

#[wasm_bindgen]
impl LotHandle {
    /// Creates a lot in which no call waits.
    #[wasm_bindgen(constructor)]
    pub fn new(options: LotOptionsInput) -> Result<Self, Error> {
        Ok(Self(Lot::new(read_options(&options)?)))
    }

    /// Answers a question as a switch does.
    #[wasm_bindgen(unchecked_return_type = "Answer")]
    pub fn ask(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] now: JsValue,
        question: QuestionInput,
    ) -> Result<JsValue, Error> {
        let (now, question) = (read_now(&now)?, read_question(&question)?);
        Ok(to_js(&Answer::from(&self.0.ask(now, &question))))
    }

    /// Removes a call because its caller hung up.
    pub fn hangup(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] now: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] call: JsValue,
    ) -> Result<(), Error> {
        self.0.hangup(read_now(&now)?, read_call(&call)?.uuid());
        Ok(())
    }

    /// Moves the time to `now`. Calls whose patience has ended return to their extensions.
    pub fn advance(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] now: JsValue,
    ) -> Result<(), Error> {
        self.0.advance(read_now(&now)?);
        Ok(())
    }

    /// Takes the events since the last take, oldest first.
    #[wasm_bindgen(js_name = takeEvents, unchecked_return_type = "LotEvent[]")]
    pub fn take_events(&mut self) -> JsValue {
        let events = self.0.take_events();
        to_js(&events.iter().map(LotEvent::from).collect::<Vec<_>>())
    }

    /// Returns when the next call returns. Null if no call waits, or if calls may wait for ever.
    #[wasm_bindgen(js_name = nextDeadline, unchecked_return_type = "number | null")]
    pub fn next_deadline(&self) -> JsValue {
        to_js(&self.0.next_deadline())
    }

    /// Returns the waiting calls in the order of their slots.
    #[wasm_bindgen(unchecked_return_type = "StallView[]")]
    pub fn stalls(&self) -> JsValue {
        to_js(&self.0.stalls().map(StallView::new).collect::<Vec<_>>())
    }
}

/// The kind of an event of the lot.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum EventKind {
    Parked,
    Bridged,
    Returned,
    Abandoned,
}

/// An event of a call in the lot.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LotEvent<'a> {
    kind: EventKind,
    at: Time,
    slot: Slot,
    call: &'a CallApiId,
    extension: &'a ExtensionId,
    by: Option<&'a CallApiId>,
}

impl<'a> From<&'a lot::LotEvent> for LotEvent<'a> {
    fn from(event: &'a lot::LotEvent) -> Self {
        let (kind, by) = match &event.kind {
            LotEventKind::Parked => (EventKind::Parked, None),
            LotEventKind::Bridged { by } => (EventKind::Bridged, Some(by)),
            LotEventKind::Returned => (EventKind::Returned, None),
            LotEventKind::Abandoned => (EventKind::Abandoned, None),
        };
        let lot::LotEvent { at, slot, call, extension, .. } = event;
        Self { kind, at: *at, slot: *slot, call, extension, by }
    }
}

/// A call that waits in a slot.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StallView<'a> {
    slot: Slot,
    call: &'a CallApiId,
    uuid: &'a CallUuid,
    extension: &'a ExtensionId,
    parked_at: Time,
    returns_at: Option<Time>,
}

impl<'a> StallView<'a> {
    fn new((slot, stay, returns_at): (Slot, &'a Stay, Option<Time>)) -> Self {
        Self {
            slot,
            call: &stay.call,
            uuid: stay.call.uuid(),
            extension: &stay.extension,
            parked_at: stay.parked_at,
            returns_at,
        }
    }
}
