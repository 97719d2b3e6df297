//! The mirror, for JavaScript. Each input returns its effects.

use core::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::dialog::read_dialog;
use super::effects::TabMessage;
use super::event::read_event;
use super::options::{MirrorOptionsInput, read_options};
use super::recorder::RecorderHandle;
use super::view::{OwnSync, Whereabouts};
use crate::error::Outcome;
use crate::feed::{Message, MessageKind};
use crate::mirror::{Choose, Command, CommandId, Feed, Input, Mirror, Recorder, Ticket};
use crate::wasm::read::{
    read_call, read_extension, read_now, read_optional_call, read_pairs, read_required_slot,
    read_slot, read_word, truncated,
};
use crate::wasm::write::to_js;
use crate::wire::{Dialect, Headers, read_answer, read_current_calls, read_message, slot_required};
use crate::{Action, CallEvent, Code, Error, Millis, Time};

#[wasm_bindgen]
extern "C" {
    /// Why a request got no answer.
    #[wasm_bindgen(typescript_type = "Failure")]
    pub type FailureInput;
    #[wasm_bindgen(method, getter)]
    fn reason(this: &FailureInput) -> String;
    #[wasm_bindgen(method, getter, js_name = isTimedOut)]
    fn is_timed_out(this: &FailureInput) -> bool;
    #[wasm_bindgen(method, getter, js_name = isSent)]
    fn is_sent(this: &FailureInput) -> bool;

    /// A message of a feed or of another tab.
    #[wasm_bindgen(typescript_type = "Told")]
    pub type ToldInput;
    #[wasm_bindgen(method, getter)]
    fn kind(this: &ToldInput) -> String;
    #[wasm_bindgen(method, getter)]
    fn data(this: &ToldInput) -> String;
    #[wasm_bindgen(method, getter)]
    fn order(this: &ToldInput) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = askedAt)]
    fn asked_at(this: &ToldInput) -> Option<f64>;
}

/// The reports that a feed gives.
///
/// `down`: there is no feed. `partial`: answers and call events. Calls that are parked by telephone
/// are missing. `exact`: every call that enters or leaves a slot.
#[wasm_bindgen]
pub enum FeedState {
    /// There is no feed, or it is down.
    Down = "down",
    /// Answers and call events.
    Partial = "partial",
    /// Every call that enters or leaves a slot.
    Exact = "exact",
}

/// The mirror of one client, and the dialect of its switch.
///
/// `now` is in ms on the clock of the client. Every method that takes it is one input of the
/// mirror and returns the effects of that input.
#[wasm_bindgen]
pub struct MirrorHandle {
    pub(super) mirror: Mirror,
    pub(super) dialect: Dialect,
    /// True if the effects contain messages for other tabs.
    shares: bool,
    pub(super) recorder: Rc<RefCell<Recorder>>,
}

#[wasm_bindgen]
impl MirrorHandle {
    /// Creates a mirror that knows nothing yet. `recovers` is true if it replaces a lost mirror.
    #[wasm_bindgen(constructor)]
    pub fn new(options: MirrorOptionsInput, recovers: bool) -> Result<Self, Error> {
        let shares = options.shares();
        let (options, dialect) = read_options(&options, recovers)?;
        Ok(Self { mirror: Mirror::new(options), dialect, shares, recorder: Rc::default() })
    }

    /// Returns the recorder of the mirror, which can be read after the mirror has failed.
    pub fn recorder(&self) -> RecorderHandle {
        RecorderHandle::new(self.recorder.clone())
    }

    /// Returns the recording, with the present state at its end.
    pub fn recording(&self) -> Vec<u8> {
        self.recorder.borrow().bytes(Some(&self.mirror))
    }

    /// Returns how many slots the lot has.
    #[wasm_bindgen(js_name = slotCount)]
    pub fn slot_count(&self) -> u16 {
        self.dialect.slots
    }

    /// Returns the view of the connection to the switch.
    #[wasm_bindgen(unchecked_return_type = "OwnSync")]
    pub fn sync(&self) -> JsValue {
        to_js(&OwnSync::from(self.mirror.sync_view()))
    }

    /// Returns where a call is.
    #[wasm_bindgen(js_name = whereIs, unchecked_return_type = "Whereabouts")]
    pub fn where_is(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] call: JsValue,
    ) -> Result<JsValue, Error> {
        Ok(to_js(&Whereabouts::from(self.mirror.where_is(read_call(&call)?.uuid()))))
    }

    /// Returns the name of the call that the first dialog belongs to. The other dialogs are all
    /// other ones of the softphone. Undefined if no call is certain.
    #[wasm_bindgen(js_name = callOf)]
    pub fn call_of(
        &self,
        now: f64,
        #[wasm_bindgen(unchecked_param_type = "DialogFields[]")] dialogs: Array,
    ) -> Result<Option<String>, Error> {
        let mut all = Vec::new();
        for dialog in dialogs.iter() {
            all.push(read_dialog(dialog.unchecked_ref())?);
        }
        let call = self.mirror.call_of(read_now(&now.into())?, &all);
        Ok(call.map(|call| call.as_str().to_owned()))
    }

    /// Starts to park a call.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn park(
        &mut self,
        now: f64,
        id: u32,
        #[wasm_bindgen(unchecked_param_type = "string")] call: JsValue,
        #[wasm_bindgen(unchecked_param_type = "number | undefined")] slot: JsValue,
    ) -> Result<JsValue, Error> {
        let (call, slot) = (read_call(&call)?, read_slot(&slot)?);
        if slot.is_none() && self.dialect.slot_required {
            return Err(slot_required(Action::Park));
        }
        self.command(now, id, Command::Park { call, slot })
    }

    /// Starts to connect a call with a parked call.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn bridge(
        &mut self,
        now: f64,
        id: u32,
        #[wasm_bindgen(unchecked_param_type = "string")] call: JsValue,
        #[wasm_bindgen(unchecked_param_type = "number | undefined")] slot: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string | undefined")] expect: JsValue,
        #[wasm_bindgen(unchecked_param_type = "'longest' | 'switch' | undefined")] choose: JsValue,
    ) -> Result<JsValue, Error> {
        let command = Command::Bridge {
            call: read_call(&call)?,
            slot: read_slot(&slot)?,
            expect: read_optional_call(&expect)?.map(|call| call.uuid().clone()),
            choose: match read_word(&choose, "choose", &["longest", "switch"])? {
                0 => Choose::Longest,
                _ => Choose::Switch,
            },
        };
        self.command(now, id, command)
    }

    /// Starts to ask which call waits in a slot.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn inspect(
        &mut self,
        now: f64,
        id: u32,
        #[wasm_bindgen(unchecked_param_type = "number")] slot: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string | undefined")] call: JsValue,
    ) -> Result<JsValue, Error> {
        let (slot, call) = (read_required_slot(&slot)?, read_optional_call(&call)?);
        self.command(now, id, Command::Inspect { slot, call })
    }

    /// Starts to ask which slots are free.
    #[wasm_bindgen(js_name = freeSlots, unchecked_return_type = "Effects")]
    pub fn free_slots(
        &mut self,
        now: f64,
        id: u32,
        #[wasm_bindgen(unchecked_param_type = "string | undefined")] call: JsValue,
    ) -> Result<JsValue, Error> {
        let call = read_optional_call(&call)?;
        self.command(now, id, Command::FreeSlots { call })
    }

    /// Starts to ask about every slot without an answer from the last five seconds.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn refresh(&mut self, now: f64, id: u32) -> Result<JsValue, Error> {
        self.command(now, id, Command::Refresh)
    }

    /// Aborts a command.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn abort(&mut self, now: f64, id: u32) -> Result<JsValue, Error> {
        self.handle(now, Input::Abort(CommandId(id)))
    }

    /// Applies the answer to a request. `headers` are names and values in turn.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn answered(
        &mut self,
        now: f64,
        ticket: u32,
        status: u16,
        body: String,
        #[wasm_bindgen(unchecked_param_type = "string[]")] headers: Array,
    ) -> Result<JsValue, Error> {
        let ticket = Ticket(ticket);
        let Some(question) = self.mirror.question(ticket) else {
            return self.handle(now, Input::Wake);
        };
        let headers = read_pairs(&headers);
        let headers = Headers(&headers);
        let answer = read_answer(question.asked(), status, &body, headers);
        let (budget, stamp) = (headers.budget(), headers.stamp());
        let message = self.shares.then(|| {
            let age = stamp.age.unwrap_or(Millis::ZERO);
            let asked_at = self.mirror.asked_at(ticket).map(|at| at - age);
            let (question, answer) = (question.clone(), answer.clone());
            TabMessage::new(&Message::Asked { question, answer, since: None }, asked_at)
        });
        let messages = message.into_iter().collect();
        self.handle_and_share(now, Input::Answered { ticket, answer, budget, stamp }, messages)
    }

    /// Applies the failure of a request that got no answer.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn failed(
        &mut self,
        now: f64,
        ticket: u32,
        failure: FailureInput,
    ) -> Result<JsValue, Error> {
        let code = if failure.is_timed_out() { Code::TimedOut } else { Code::Unreachable };
        let outcome = if failure.is_sent() { Outcome::Unknown } else { Outcome::NotDone };
        let error = Error::new(code, failure.reason()).with_outcome(outcome);
        self.handle(now, Input::Failed { ticket: Ticket(ticket), error })
    }

    /// Applies the list of the current calls of an extension, which was asked for at `asked_at`.
    /// `headers` are names and values in turn. Fails if the answer is no list.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn listed(
        &mut self,
        now: f64,
        #[wasm_bindgen(unchecked_param_type = "string")] extension: JsValue,
        asked_at: f64,
        body: String,
        #[wasm_bindgen(unchecked_param_type = "string[]")] headers: Array,
    ) -> Result<JsValue, Error> {
        let extension = read_extension(&extension)?;
        let Some(listed) = read_current_calls(&extension, &body) else {
            let expected = "a list of current calls";
            return Err(Error::unexpected(Code::Unclear, expected, &body));
        };
        let asked_at = Time::from_ms(truncated(asked_at));
        let events = self.mirror.compare_listed(&extension, listed, asked_at);
        let message = |event: &Arc<CallEvent>| TabMessage::new(&Message::Call(event.clone()), None);
        let shared = if self.shares { &*events } else { &[] };
        let messages = shared.iter().map(message).collect();
        let budget = Headers(&read_pairs(&headers)).budget();
        self.handle_and_share(now, Input::Listed { events, budget }, messages)
    }

    /// Applies a call event: a form as one text, or names and values in turn.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn track(
        &mut self,
        now: f64,
        #[wasm_bindgen(unchecked_param_type = "EventInput")] event: JsValue,
    ) -> Result<JsValue, Error> {
        let event = Arc::new(read_event(event)?);
        let message = self.shares.then(|| TabMessage::new(&Message::Call(event.clone()), None));
        self.handle_and_share(now, Input::Event(event), message.into_iter().collect())
    }

    /// Returns what is known of the slots, as messages for a new tab.
    #[wasm_bindgen(unchecked_return_type = "TabMessage[]")]
    pub fn retell(&self, now: f64) -> Result<JsValue, Error> {
        let retold = self.mirror.retell(read_now(&now.into())?);
        let messages = retold.map(|one| TabMessage::new(&one.message, one.asked_at));
        Ok(to_js(&messages.collect::<Vec<_>>()))
    }

    /// Returns the own parks, as messages that [`recall`](Self::recall) takes after a reload.
    #[wasm_bindgen(unchecked_return_type = "TabMessage[]")]
    pub fn remember(&self, now: f64) -> Result<JsValue, Error> {
        let messages = self.mirror.remember(read_now(&now.into())?);
        let messages = messages.map(|message| TabMessage::new(&message, None));
        Ok(to_js(&messages.collect::<Vec<_>>()))
    }

    /// Applies a message that [`remember`](Self::remember) returned `age` ms ago.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn recall(
        &mut self,
        now: f64,
        kind: String,
        data: String,
        age: f64,
    ) -> Result<JsValue, Error> {
        let Some(kind) = MessageKind::from_word(&kind) else {
            return self.handle(now, Input::Wake);
        };
        let (message, age) = (read_message(kind, &data)?, Millis::new(truncated(age)));
        self.handle(now, Input::Recalled { message, age })
    }

    /// Applies a message of a feed or of another tab.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn told(&mut self, now: f64, told: ToldInput) -> Result<JsValue, Error> {
        // A later version of the package may send further kinds.
        let Some(kind) = MessageKind::from_word(&told.kind()) else {
            return self.handle(now, Input::Wake);
        };
        let message = read_message(kind, &told.data())?;
        let order = told.order().map(truncated);
        let asked_at = Time::from_ms(truncated(told.asked_at().unwrap_or(now)));
        self.handle(now, Input::Told { message, order, asked_at })
    }

    /// Sets whether the lot is being watched. Passing `true` again restarts the polling round.
    #[wasm_bindgen(js_name = setWatching, unchecked_return_type = "Effects")]
    pub fn set_watching(&mut self, now: f64, is_watching: bool) -> Result<JsValue, Error> {
        self.handle(now, Input::SetWatching(is_watching))
    }

    /// Sets the state of the feed.
    #[wasm_bindgen(js_name = setFeed, unchecked_return_type = "Effects")]
    pub fn set_feed(&mut self, now: f64, feed: FeedState) -> Result<JsValue, Error> {
        let feed = match feed {
            FeedState::Down => Feed::Down,
            FeedState::Partial => Feed::Partial,
            FeedState::Exact => Feed::Exact,
            FeedState::__Invalid => unreachable!("expected the feed to be down, partial or exact"),
        };
        self.handle(now, Input::Feed(feed))
    }

    /// Sets whether another tab asks for this tab. `true` expires after eight seconds.
    #[wasm_bindgen(js_name = setLed, unchecked_return_type = "Effects")]
    pub fn set_led(&mut self, now: f64, is_led: bool) -> Result<JsValue, Error> {
        self.handle(now, Input::OtherTabLeads(is_led))
    }

    /// Marks every slot as not confirmed.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn doubt(&mut self, now: f64) -> Result<JsValue, Error> {
        self.handle(now, Input::Doubt)
    }

    /// Applies the passing of time. JavaScript calls this at `wakeAt`.
    #[wasm_bindgen(unchecked_return_type = "Effects")]
    pub fn wake(&mut self, now: f64) -> Result<JsValue, Error> {
        self.handle(now, Input::Wake)
    }
}
