//! The calls of this extension, as their events tell of them.
//!
//! Events come in any order, twice, or not at all. What decides is the switch's own time of an
//! event, where it has one: what happened earlier never overrules what happened later.

use std::sync::Arc;

use super::legs::Legs;
use super::{Back, Heard};
use crate::event::{Direction, EventType};
use crate::mirror::belief::Known;
use crate::mirror::push_bounded;
use crate::{CallApiId, CallEvent, CallUuid, Party, Time};

/// How many calls may be live at once before the oldest is given up: a switchboard's worth.
const LIVE: usize = 256;
/// How many ended legs are remembered, so that a late event does not revive them.
const ENDED: usize = 256;

/// One call of this extension. `call_id` is the trade's own word.
#[allow(clippy::struct_field_names, reason = "see above")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::mirror) struct Call {
    pub(in crate::mirror) name: CallApiId,
    pub(in crate::mirror) call_id: Option<String>,
    /// The leg that an event spoke of last.
    pub(in crate::mirror) leg_id: Option<String>,
    /// The legs that are up: none where no event names any, or the call is parked.
    pub(super) legs: Legs,
    pub(in crate::mirror) direction: Option<Direction>,
    pub(in crate::mirror) caller: Option<Arc<Party>>,
    pub(in crate::mirror) called: Option<Arc<Party>>,
    pub(in crate::mirror) state: CallState,
    /// The number of the event by which the call was first heard of under its present name.
    pub(in crate::mirror) arrival: u64,
    /// When it got into this state, on our clock.
    pub(in crate::mirror) since: Time,
    /// When the switch says its latest event happened.
    at_us: Option<u64>,
}

/// How a call of this extension stands.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CallState {
    /// It rings, here or at the other end.
    Ringing,
    /// It is answered.
    Talking,
    /// It waits in a slot.
    Parked,
}

impl CallState {
    /// The word that names the state in code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ringing => "ringing",
            Self::Talking => "talking",
            Self::Parked => "parked",
        }
    }
}

/// A leg that is over.
#[derive(Clone, Debug)]
struct Ended {
    uuid: CallUuid,
    call_id: Option<String>,
    leg_id: Option<String>,
    at_us: Option<u64>,
    at: Time,
}

#[derive(Clone, Debug, Default)]
pub(in crate::mirror) struct Calls {
    live: Vec<Call>,
    ended: Vec<Ended>,
}

impl Calls {
    pub(in crate::mirror) fn iter(&self) -> impl Iterator<Item = &Call> {
        self.live.iter()
    }

    pub(in crate::mirror) fn live(&self, uuid: &CallUuid) -> Option<&Call> {
        self.live.iter().find(|call| call.name.uuid() == uuid)
    }

    /// When a call of this extension ended, if it did.
    pub(in crate::mirror) fn ended_at(&self, uuid: &CallUuid) -> Option<Time> {
        self.ended.iter().rev().find(|ended| ended.uuid == *uuid).map(|ended| ended.at)
    }

    /// Returns the latest call in a state, apart from the call `but`.
    pub(in crate::mirror) fn latest(
        &self,
        state: CallState,
        but: Option<&CallUuid>,
    ) -> Option<&CallApiId> {
        let mut calls = self.live.iter().rev();
        let latest = calls.find(|call| call.state == state && Some(call.name.uuid()) != but);
        latest.map(|call| &call.name)
    }

    /// Takes note that the call waits in a slot now, or no longer.
    pub(in crate::mirror) fn set_parked(&mut self, uuid: &CallUuid, parked: bool, now: Time) {
        let Some(at) = self.live.iter().position(|call| call.name.uuid() == uuid) else { return };
        if parked {
            if let Some(call) = self.live.get_mut(at).filter(|call| call.state != CallState::Parked)
            {
                call.state = CallState::Parked;
                call.since = now;
                call.legs.clear();
            }
        } else if self.live.get(at).is_some_and(|call| call.state == CallState::Parked) {
            self.end(at, None, now);
        }
    }

    /// Gives up a call that the switch does not know.
    pub(in crate::mirror) fn give_up(&mut self, uuid: &CallUuid, now: Time) {
        if let Some(at) = self.live.iter().position(|call| call.name.uuid() == uuid) {
            self.end(at, None, now);
        }
    }

    /// Takes in one event. `is_parked` tells whether a call waits in a slot, or is on its way.
    pub(in crate::mirror) fn handle(
        &mut self,
        now: Time,
        number: u64,
        event: &CallEvent,
        is_parked: impl Fn(&CallUuid) -> bool,
    ) -> Heard {
        let Some(at) = self.find(event) else { return self.begin(now, number, event, is_parked) };
        let Some(call) = self.live.get_mut(at) else { return Heard::default() };
        call.learn(event);
        // Of two events in one microsecond the one that leads further happened later.
        let leads_on = match event.kind {
            EventType::Answer => call.state == CallState::Ringing,
            EventType::Hangup => call.state != CallState::Parked,
            _ => false,
        };
        let stale = |event: &CallEvent| match (event.at_us, call.at_us) {
            (Some(new), Some(old)) => new < old || new == old && !leads_on,
            _ => false,
        };
        let away_us = event.at_us.zip(call.at_us).map(|(new, old)| new.saturating_sub(old));
        let is_repeated = event.leg_id.is_some() && event.leg_id == call.leg_id;
        let is_later =
            away_us.is_some() || !is_repeated && event.leg_id.is_some() && call.leg_id.is_some();
        let uuid = call.name.uuid().clone();
        let is_stale = stale(event);
        let is_older = event.at_us.zip(call.at_us).is_some_and(|(new, old)| new < old);
        // Two devices ring in the same microsecond.
        if !is_older {
            if event.kind == EventType::Hangup && call.legs.end(event.leg_id.as_deref()) {
                return Heard::default();
            }
            if call.state != CallState::Parked {
                call.legs.note(event);
            }
        }
        let next = match (&event.kind, call.state) {
            _ if is_stale => None,
            (EventType::Hangup, _) if is_parked(&uuid) => Some(CallState::Parked),
            (EventType::Hangup, _) => {
                self.end(at, event.at_us, now);
                return Heard::default();
            }
            // Without a time an event of the same leg cannot be told from a repetition.
            (EventType::DialIn | EventType::Answer, CallState::Parked)
                if event.at_us.is_none() && is_repeated =>
            {
                None
            }
            (EventType::DialIn, CallState::Parked) => Some(CallState::Ringing),
            (EventType::Answer, _) => Some(CallState::Talking),
            _ => None,
        };
        let Some(next) = next else { return Heard::default() };
        let was = core::mem::replace(&mut call.state, next);
        // A parked call has no legs here.
        if next == CallState::Parked {
            call.legs.clear();
        } else {
            call.legs.note(event);
        }
        if was != next {
            call.since = now;
        }
        call.at_us = event.at_us.or(call.at_us);
        call.leg_id = event.leg_id.clone().or(call.leg_id.take());
        if was != CallState::Parked || next == CallState::Parked {
            return Heard::default();
        }
        // It may come back under another name, and only that one can be acted upon.
        if let Some(name) = &event.call {
            if *name != call.name {
                call.arrival = number;
            }
            call.name = name.clone();
        }
        let kind = event.kind.clone();
        let back = Back { uuid, away_us, is_later, kind };
        Heard { known: Some(call.as_known()), back: Some(back) }
    }

    /// Returns true if a call event speaks of a call that is live here, or was.
    pub(in crate::mirror) fn has(&self, event: &CallEvent) -> bool {
        let has_ended = |call: &CallApiId| self.ended_at(call.uuid()).is_some();
        self.find(event).is_some() || event.call.as_ref().is_some_and(has_ended)
    }

    /// Returns a call that counts as parked and is not.
    pub(in crate::mirror) fn first_unparked(
        &self,
        is_parked: impl Fn(&CallUuid) -> bool,
    ) -> Option<CallUuid> {
        let parked = self.live.iter().filter(|call| call.state == CallState::Parked);
        let mut uuids = parked.map(|call| call.name.uuid());
        uuids.find(|uuid| !is_parked(uuid)).cloned()
    }

    /// The live call that an event speaks of: by its name, its leg or its thread.
    fn find(&self, event: &CallEvent) -> Option<usize> {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        self.live
            .iter()
            .position(|call| Some(&call.name) == event.call.as_ref())
            .or_else(|| self.live.iter().position(|call| call.has_leg(event)))
            .or_else(|| self.live.iter().position(|call| same(&call.call_id, &event.call_id)))
    }

    /// An event of a call that is not live: the first one that got through, or a late one.
    fn begin(
        &mut self,
        now: Time,
        number: u64,
        event: &CallEvent,
        is_parked: impl Fn(&CallUuid) -> bool,
    ) -> Heard {
        let Some(name) = &event.call else { return Heard::default() };
        let uuid = name.uuid().clone();
        let state = match event.kind {
            EventType::DialIn | EventType::DialOut => CallState::Ringing,
            EventType::Answer => CallState::Talking,
            EventType::Hangup if is_parked(&uuid) => CallState::Parked,
            EventType::Hangup => {
                let (call_id, leg_id) = (event.call_id.clone(), event.leg_id.clone());
                self.remember(Ended { uuid, call_id, leg_id, at_us: event.at_us, at: now });
                return Heard::default();
            }
            EventType::Other(_) => return Heard::default(),
        };
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        let over = self.ended.iter().rev().find(|ended| {
            ended.uuid == uuid
                || same(&ended.leg_id, &event.leg_id)
                || same(&ended.call_id, &event.call_id)
        });
        let is_late = over.is_some_and(|ended| match (event.at_us, ended.at_us) {
            (Some(new), Some(old)) => new <= old,
            // Without times only another leg shows that this is no repetition.
            _ => event.leg_id.is_none() || ended.leg_id.is_none() || event.leg_id == ended.leg_id,
        });
        if is_late {
            return Heard::default();
        }
        let away_us = over.and_then(|ended| event.at_us?.checked_sub(ended.at_us?));
        let was_over = over.is_some();
        let back = match over {
            Some(ended) => Some(ended.uuid.clone()),
            None => is_parked(&uuid).then(|| uuid.clone()),
        };
        let mut call = Call {
            name: name.clone(),
            call_id: None,
            leg_id: event.leg_id.clone(),
            legs: Legs::default(),
            direction: None,
            caller: None,
            called: None,
            state,
            arrival: number,
            since: now,
            at_us: event.at_us,
        };
        call.learn(event);
        if state != CallState::Parked {
            call.legs.note(event);
        }
        let known = Some(call.as_known());
        if self.live.len() >= LIVE {
            self.end(0, None, now);
        }
        self.live.push(call);
        let kind = event.kind.clone();
        let back = back.filter(|_| state != CallState::Parked);
        let back = back.map(|uuid| Back { uuid, away_us, is_later: was_over, kind });
        Heard { known, back }
    }

    fn end(&mut self, at: usize, at_us: Option<u64>, now: Time) {
        let Call { name, call_id, leg_id, at_us: before, .. } = self.live.remove(at);
        let at_us = at_us.or(before);
        self.remember(Ended { uuid: name.uuid().clone(), call_id, leg_id, at_us, at: now });
    }

    fn remember(&mut self, ended: Ended) {
        push_bounded(&mut self.ended, ended, ENDED);
    }
}

impl Call {
    fn as_known(&self) -> Known {
        Known { name: self.name.clone(), caller: self.other_end().cloned() }
    }

    /// Whether an event speaks of a leg of this call.
    fn has_leg(&self, event: &CallEvent) -> bool {
        event
            .leg_id
            .as_ref()
            .is_some_and(|id| Some(id) == self.leg_id.as_ref() || self.legs.has(id))
    }

    /// The end of the call that is not ours.
    pub(in crate::mirror) fn other_end(&self) -> Option<&Arc<Party>> {
        match self.direction {
            Some(Direction::Out) => self.called.as_ref(),
            _ => self.caller.as_ref(),
        }
    }

    /// Fills in what an event knows and we do not.
    fn learn(&mut self, event: &CallEvent) {
        let keep = |old: &mut Option<String>, new: &Option<String>| {
            if old.is_none() {
                old.clone_from(new);
            }
        };
        keep(&mut self.call_id, &event.call_id);
        keep(&mut self.leg_id, &event.leg_id);
        self.direction = self.direction.or(event.direction);
        if self.caller.is_none() {
            self.caller.clone_from(&event.caller);
        }
        if self.called.is_none() {
            self.called.clone_from(&event.called);
        }
    }
}
