//! The mirror, for JavaScript: what happened goes in, what has to be done comes out.

use core::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::{Given, call, dialect, extension, now, parsed, slot, slot_maybe};
use super::error::Thrown;
use super::object::{built, number, slot_or_null, text_or_null, time_or_null};
use super::view::{Shown, departure_object, whereabouts_object};
use super::wire::{Reply, event, request_object};
use crate::mirror::{
    Command, CommandId, Effects, Input, Mirror, MirrorOptions, Notice, Outcome, Ticket,
};
use crate::trouble::Outcome as Done;
use crate::wire::{Dialect, write_request};
use crate::{CallUuid, Code, Question, Trouble};

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
    pub fn new(options: &JsValue, recovers: bool, revision: u32) -> Result<Self, Thrown> {
        let given = Given::new(options, Code::InvalidOptions, "the options")?;
        let dialect = dialect(&given.value("dialect")?)?;
        let usual = MirrorOptions::new(extension(&given.value("extension")?)?);
        let options = MirrorOptions {
            slots: dialect.slots,
            free_list: !dialect.slot_required,
            patience: given.length("patienceMs")?.unwrap_or(usual.patience),
            ask_with_parked: given
                .maybe("askWithParked", "true or false", JsValue::as_bool)?
                .unwrap_or(false),
            recovers,
            ..usual
        };
        Ok(Self {
            mirror: RefCell::new(Mirror::new(options)),
            shown: RefCell::new(Shown::new(revision)),
            asked: RefCell::new(Vec::new()),
            dialect,
        })
    }

    pub fn command(&self, at: &JsValue, id: u32, order: &JsValue) -> Result<JsValue, Thrown> {
        let (at, command) = (now(at)?, command(order)?);
        Ok(self.handle(at, Input::Command(CommandId(id), command)))
    }

    pub fn abort(&self, at: &JsValue, id: u32) -> Result<JsValue, Thrown> {
        Ok(self.handle(now(at)?, Input::Abort(CommandId(id))))
    }

    pub fn answered(
        &self,
        at: &JsValue,
        ticket: u32,
        status: &JsValue,
        body: &JsValue,
        headers: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let (at, reply) = (now(at)?, Reply::new(status, body, headers)?);
        let ticket = Ticket(ticket);
        let Some(question) = self.take(ticket) else { return Ok(self.handle(at, Input::Wake)) };
        let (answer, budget) = (reply.answer(&question), reply.budget());
        Ok(self.handle(at, Input::Answered { ticket, answer, budget }))
    }

    pub fn failed(
        &self,
        at: &JsValue,
        ticket: u32,
        timed_out: bool,
        message: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let at = now(at)?;
        self.take(Ticket(ticket));
        let code = if timed_out { Code::TimedOut } else { Code::Unreachable };
        let trouble = Trouble::new(code, message.as_string().unwrap_or_default());
        let trouble = trouble.with_outcome(Done::Unknown);
        Ok(self.handle(at, Input::Failed { ticket: Ticket(ticket), trouble }))
    }

    pub fn track(&self, at: &JsValue, source: &JsValue) -> Result<JsValue, Thrown> {
        let (at, event) = (now(at)?, event(source)?);
        Ok(self.handle(at, Input::Event(Box::new(event))))
    }

    pub fn wake(&self, at: &JsValue) -> Result<JsValue, Thrown> {
        Ok(self.handle(now(at)?, Input::Wake))
    }

    pub fn snapshot(&self) -> JsValue {
        self.shown.borrow_mut().snapshot(&self.mirror.borrow())
    }

    #[wasm_bindgen(js_name = whereIs)]
    pub fn where_is(&self, name: &JsValue) -> Result<JsValue, Thrown> {
        Ok(whereabouts_object(self.mirror.borrow().where_is(call(name)?.uuid())))
    }
}

impl MirrorHandle {
    fn handle(&self, at: crate::Time, input: Input) -> JsValue {
        let effects = self.mirror.borrow_mut().handle(at, input);
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

fn command(order: &JsValue) -> Result<Command, Trouble> {
    let given = Given::new(order, Code::InvalidOptions, "the options")?;
    let kind = given.text("kind")?.unwrap_or_default();
    let name = given.value("call")?;
    let named =
        || if name.is_undefined() || name.is_null() { Ok(None) } else { call(&name).map(Some) };
    let place = given.value("slot")?;
    let expect = given.value("expect")?;
    Ok(match kind.as_str() {
        "park" => Command::Park { call: call(&name)?, slot: slot_maybe(&place)? },
        "bridge" => Command::Bridge {
            call: call(&name)?,
            slot: slot_maybe(&place)?,
            expect: if expect.is_undefined() || expect.is_null() {
                None
            } else {
                Some(parsed(&expect, Code::InvalidCall, "`expect` to name a call")?)
            },
        },
        "inspect" => Command::Inspect { slot: slot(&place)?, call: named()? },
        "free" => Command::FreeSlots { call: named()? },
        _ => Command::Refresh,
    })
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
