//! Passes inputs to the mirror, and its effects to JavaScript.

use core::mem::take;

use wasm_bindgen::JsValue;

use super::effects::{Changes, Effects, Notice, TabMessage, TicketedRequest};
use super::mirror::MirrorHandle;
use crate::mirror::{self, Command, CommandId, Input};
use crate::wasm::read::read_now;
use crate::wasm::write::to_js;
use crate::wire::write_request;
use crate::{Error, Time};

impl MirrorHandle {
    pub(super) fn command(
        &mut self,
        now: f64,
        id: u32,
        command: Command,
    ) -> Result<JsValue, Error> {
        self.handle(now, Input::Command(CommandId(id), command))
    }

    /// Passes one input to the mirror.
    pub(super) fn handle(&mut self, now: f64, input: Input) -> Result<JsValue, Error> {
        self.handle_and_share(now, input, Vec::new())
    }

    /// Passes one input to the mirror, and `messages` to other tabs. A question that the dialect
    /// cannot express fails at once.
    pub(super) fn handle_and_share(
        &mut self,
        now: f64,
        input: Input,
        messages: Vec<TabMessage>,
    ) -> Result<JsValue, Error> {
        let now = read_now(&now.into())?;
        let mut effects = self.take_in(now, input);
        let mut requests = Vec::new();
        while !effects.questions.is_empty() {
            for (ticket, question) in take(&mut effects.questions) {
                match write_request(&question, self.dialect) {
                    Ok(request) => {
                        let action = question.action;
                        let request = TicketedRequest::new(&self.mirror, ticket, action, request);
                        requests.push(request);
                    }
                    Err(error) => {
                        let more = self.take_in(now, Input::Failed { ticket, error });
                        add_effects(&mut effects, more);
                    }
                }
            }
        }
        Ok(to_js(&Effects {
            wake_at: effects.wake_at,
            requests,
            notices: effects.notices.iter().map(Notice::from).collect(),
            changes: Changes::read(&self.mirror, &effects.changes),
            messages,
        }))
    }

    /// Passes one input to the mirror, and records it.
    fn take_in(&mut self, now: Time, input: Input) -> mirror::Effects {
        self.recorder.borrow_mut().note_input(&self.mirror, now, &input);
        let effects = self.mirror.handle(now, input);
        self.recorder.borrow_mut().note_effects(&effects);
        effects
    }
}

/// Adds the effects of a later input to those of an earlier one.
fn add_effects(effects: &mut mirror::Effects, later: mirror::Effects) {
    effects.questions.extend(later.questions);
    effects.notices.extend(later.notices);
    effects.changes.slots.extend(later.changes.slots);
    effects.changes.calls.extend(later.changes.calls);
    effects.changes.departures |= later.changes.departures;
    effects.changes.sync |= later.changes.sync;
    effects.wake_at = later.wake_at;
}
