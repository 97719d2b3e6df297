//! The mirror, for JavaScript: what happened goes in, what has to be done comes out.

use core::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::{Thrown, call, call_maybe, dialect, pairs, slot, time, whole};
use super::object::{built, number, slot_or_null, text_or_null, time_or_null};
use super::view::{Shown, departure_object, whereabouts_object};
use super::wire::{event, request_object};
use crate::mirror::{
    Command, CommandId, Effects, Input, Mirror, MirrorOptions, Notice, Outcome, Ticket,
};
use crate::trouble::Outcome as Done;
use crate::wire::{Dialect, Headers, InvalidRequest, read_answer, write_request};
use crate::{Action, CallUuid, Code, ExtensionId, Millis, Question, Trouble};

/// One mirror, held by JavaScript, with the questions it has in flight.
#[wasm_bindgen]
pub struct MirrorHandle {
    mirror: RefCell<Mirror>,
    shown: RefCell<Shown>,
    asked: RefCell<Vec<(Ticket, Question)>>,
    dialect: Dialect,
}

#[wasm_bindgen]
impl MirrorHandle {
    /// Makes a mirror. `revision` is that of the last snapshot its forerunner gave.
    #[wasm_bindgen(constructor)]
    pub fn new(
        extension: &str,
        slots: u16,
        as_integer: bool,
        slot_required: bool,
        patience_ms: f64,
        ask_with_parked: bool,
        recovers: bool,
        revision: u32,
    ) -> Result<Self, Thrown> {
        let extension: ExtensionId = extension.parse().map_err(Trouble::from)?;
        let options = MirrorOptions {
            slots,
            free_list: !slot_required,
            patience: Millis::new(whole(patience_ms)),
            ask_with_parked,
            recovers,
            ..MirrorOptions::new(extension)
        };
        Ok(Self {
            mirror: RefCell::new(Mirror::new(options)),
            shown: RefCell::new(Shown::new(revision)),
            asked: RefCell::new(Vec::new()),
            dialect: dialect(slots, as_integer, slot_required),
        })
    }

    pub fn park(&self, now: f64, id: u32, name: &str, place: u16) -> Result<JsValue, Thrown> {
        let (call, slot) = (call(name)?, slot(place));
        if slot.is_none() && self.dialect.slot_required {
            return Err(Trouble::from(InvalidRequest::SlotRequired(Action::Park)).into());
        }
        Ok(self.command(now, id, Command::Park { call, slot }))
    }

    pub fn bridge(
        &self,
        now: f64,
        id: u32,
        name: &str,
        place: u16,
        expect: Option<String>,
    ) -> Result<JsValue, Thrown> {
        let expect = call_maybe(expect.as_deref())?.map(|name| name.uuid().clone());
        Ok(self.command(now, id, Command::Bridge { call: call(name)?, slot: slot(place), expect }))
    }

    /// Asks for one slot; for the free ones where `place` is 0.
    pub fn inspect(
        &self,
        now: f64,
        id: u32,
        place: u16,
        name: Option<String>,
    ) -> Result<JsValue, Thrown> {
        let call = call_maybe(name.as_deref())?;
        Ok(self.command(
            now,
            id,
            match slot(place) {
                Some(slot) => Command::Inspect { slot, call },
                None => Command::FreeSlots { call },
            },
        ))
    }

    pub fn refresh(&self, now: f64, id: u32) -> JsValue {
        self.command(now, id, Command::Refresh)
    }

    pub fn abort(&self, now: f64, id: u32) -> JsValue {
        self.handle(now, Input::Abort(CommandId(id)))
    }

    pub fn answered(
        &self,
        now: f64,
        ticket: u32,
        status: u16,
        body: &str,
        headers: Vec<String>,
    ) -> JsValue {
        let ticket = Ticket(ticket);
        let Some(question) = self.take(ticket) else { return self.wake(now) };
        let headers = pairs(headers);
        let headers = Headers(&headers);
        let answer = read_answer(&question, status, body, headers);
        self.handle(now, Input::Answered { ticket, answer, budget: headers.budget() })
    }

    pub fn failed(
        &self,
        now: f64,
        ticket: u32,
        timed_out: bool,
        is_sent: bool,
        message: &str,
    ) -> JsValue {
        let ticket = Ticket(ticket);
        self.take(ticket);
        let code = if timed_out { Code::TimedOut } else { Code::Unreachable };
        let outcome = if is_sent { Done::Unknown } else { Done::NotDone };
        let trouble = Trouble::new(code, message).with_outcome(outcome);
        self.handle(now, Input::Failed { ticket, trouble })
    }

    pub fn track(&self, now: f64, source: Vec<String>) -> Result<JsValue, Thrown> {
        Ok(self.handle(now, Input::Event(Box::new(event(source)?))))
    }

    pub fn wake(&self, now: f64) -> JsValue {
        self.handle(now, Input::Wake)
    }

    pub fn snapshot(&self) -> JsValue {
        self.shown.borrow_mut().snapshot(&self.mirror.borrow())
    }

    #[wasm_bindgen(js_name = whereIs)]
    pub fn where_is(&self, name: &str) -> Result<JsValue, Thrown> {
        Ok(whereabouts_object(self.mirror.borrow().where_is(call(name)?.uuid())))
    }
}

impl MirrorHandle {
    fn command(&self, now: f64, id: u32, command: Command) -> JsValue {
        self.handle(now, Input::Command(CommandId(id), command))
    }

    fn handle(&self, now: f64, input: Input) -> JsValue {
        let effects = self.mirror.borrow_mut().handle(time(now), input);
        self.effects_object(effects)
    }

    fn take(&self, ticket: Ticket) -> Option<Question> {
        let mut asked = self.asked.borrow_mut();
        let at = asked.iter().position(|(known, _)| *known == ticket)?;
        Some(asked.swap_remove(at).1)
    }

    fn effects_object(&self, effects: Effects) -> JsValue {
        let requests = Array::new();
        for (ticket, question) in effects.questions {
            // The mirror was told the same dialect, so nothing it asks is beyond it.
            if let Ok(request) = write_request(&question, self.dialect) {
                let request = request_object(&request);
                requests.push(&built(&[("ticket", ticket.0.into()), ("request", request)]));
            }
            self.asked.borrow_mut().push((ticket, question));
        }
        let notices: Array = effects.notices.into_iter().map(notice_object).collect();
        built(&[
            ("requests", requests.into()),
            ("notices", notices.into()),
            ("wakeAt", time_or_null(effects.wake_at)),
        ])
    }
}

fn notice_object(notice: Notice) -> JsValue {
    match notice {
        Notice::Settled(CommandId(id), settled) => {
            let (value, trouble) = match settled {
                Ok(outcome) => (outcome_object(outcome), JsValue::NULL),
                Err(trouble) => (JsValue::NULL, trouble.into()),
            };
            let kind = ("kind", "settled".into());
            built(&[kind, ("id", id.into()), ("value", value), ("trouble", trouble)])
        }
        Notice::Parked(slot) => built(&[("kind", "parked".into()), ("slot", slot.number().into())]),
        Notice::Departed(departure) => {
            built(&[("kind", "departed".into()), ("departure", departure_object(&departure))])
        }
        Notice::Due(slot, left) => built(&[
            ("kind", "due".into()),
            ("slot", slot.number().into()),
            ("leftMs", number(left.as_ms())),
        ]),
        Notice::Trouble(trouble) => {
            built(&[("kind", "trouble".into()), ("trouble", trouble.into())])
        }
    }
}

/// What a command resolves with. Where that is a view, the slot tells which.
fn outcome_object(outcome: Outcome) -> JsValue {
    match outcome {
        Outcome::Parked { slot, uuid, returns_at } => built(&[
            ("slot", slot.number().into()),
            ("uuid", uuid.as_str().into()),
            ("returnsAt", time_or_null(returns_at)),
        ]),
        Outcome::Bridged { slot, uuid } => built(&[
            ("slot", slot_or_null(slot)),
            ("uuid", text_or_null(uuid.as_ref().map(CallUuid::as_str))),
        ]),
        Outcome::Inspected { slot } => slot.number().into(),
        Outcome::Free { slots } => {
            let slots: Array = slots.iter().map(|slot| JsValue::from(slot.number())).collect();
            slots.into()
        }
        Outcome::Refreshed => JsValue::NULL,
    }
}
