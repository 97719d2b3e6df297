//! [`Call`]: a live call of one extension.

use std::sync::Arc;

use super::legs::Legs;
use crate::event::{Direction, EventType};
use crate::mirror::belief::Known;
use crate::mirror::view::{CallState, ReturnedFrom};
use crate::record::record;
use crate::{CallApiId, CallEvent, Party, Time};

/// A live call of one extension.
#[allow(clippy::struct_field_names, reason = "`call_id` is the name in call events")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::mirror) struct Call {
    pub(in crate::mirror) name: CallApiId,
    pub(in crate::mirror) call_id: Option<String>,
    /// The leg that the latest event named (`SubCallID`).
    pub(in crate::mirror) leg_id: Option<String>,
    /// The legs that are up. Empty if no event has named a leg, or if the call is parked.
    pub(super) legs: Legs,
    /// The SIP Call-ID of the leg at the extension.
    pub(in crate::mirror) sip_call_id: Option<String>,
    pub(in crate::mirror) direction: Option<Direction>,
    pub(in crate::mirror) caller: Option<Arc<Party>>,
    pub(in crate::mirror) called: Option<Arc<Party>>,
    /// The caller that the telephone showed while it rang for a pick-up.
    pub(super) rang_as: Option<Arc<Party>>,
    pub(in crate::mirror) state: CallState,
    /// The number of the event that first named the call with its current `name`.
    pub(in crate::mirror) arrival: u64,
    /// When the call entered its state, on the clock of the caller.
    pub(in crate::mirror) since: Time,
    pub(super) began: Began,
    /// The slot from which the call has come back.
    pub(in crate::mirror) returned_from: Option<ReturnedFrom>,
    /// When the latest event arrived.
    pub(super) heard_at: Time,
    /// When the latest event happened, in microseconds on the clock of the switch.
    pub(super) at_us: Option<u64>,
    /// When the call left its extension, on the same clock. `None` if the call has not left, or if
    /// no `hangup` with a time has reported it.
    pub(super) left_us: Option<u64>,
}

/// The first event of a call at its extension. A call that returns gets a new one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Began {
    /// When the first event arrived.
    pub(super) at: Time,
    /// True if the first event says that the call rings.
    pub(super) is_ring: bool,
    /// When the call began to ring, in microseconds on the clock of the switch.
    pub(super) rang_us: Option<u64>,
}

impl Began {
    pub(super) fn new(now: Time, event: &CallEvent) -> Self {
        let is_ring = matches!(event.kind, EventType::DialIn | EventType::DialOut);
        Self { at: now, is_ring, rang_us: event.at_us.filter(|_| is_ring) }
    }
}

impl Call {
    pub(super) fn as_known(&self) -> Known {
        Known { name: self.name.clone(), caller: self.other_end().cloned() }
    }

    /// Returns true if an event is about a leg of this call.
    pub(super) fn has_leg(&self, event: &CallEvent) -> bool {
        event
            .leg_id
            .as_ref()
            .is_some_and(|id| Some(id) == self.leg_id.as_ref() || self.legs.has(id))
    }

    /// Returns the other party of the call.
    pub(in crate::mirror) fn other_end(&self) -> Option<&Arc<Party>> {
        match self.direction {
            Some(Direction::Out) => self.called.as_ref(),
            _ => self.caller.as_ref(),
        }
    }

    /// Notes that the call waits in a slot. It has no legs at its extension then.
    pub(super) fn enter_slot(&mut self, now: Time) {
        self.state = CallState::Parked;
        self.since = now;
        self.returned_from = None;
        self.legs.clear();
    }

    /// Notes that the call has returned with this event. Then the extension is the called end, also
    /// if it had placed the call.
    pub(super) fn begin_again(&mut self, now: Time, event: &CallEvent) {
        self.began = Began::new(now, event);
        if event.direction.is_some() && event.direction != self.direction {
            self.direction = event.direction;
            self.caller.clone_from(&event.caller);
            self.called.clone_from(&event.called);
        }
    }

    /// Takes the caller of the event that answers a pick-up.
    pub(super) fn take_caller(&mut self, event: &CallEvent) {
        let rang_as = core::mem::replace(&mut self.caller, event.caller.clone());
        if rang_as != self.caller {
            self.rang_as = rang_as;
        }
    }

    /// Adds what an event tells and is not known yet.
    pub(super) fn learn(&mut self, event: &CallEvent) {
        let keep = |old: &mut Option<String>, new: &Option<String>| {
            if old.is_none() {
                old.clone_from(new);
            }
        };
        keep(&mut self.call_id, &event.call_id);
        keep(&mut self.leg_id, &event.leg_id);
        // The leg that was heard of last rings or talks here.
        if event.kind != EventType::Hangup && event.sip_call_id.is_some() {
            self.sip_call_id.clone_from(&event.sip_call_id);
        }
        self.direction = self.direction.or(event.direction);
        if self.caller.is_none() {
            self.caller.clone_from(&event.caller);
        }
        if self.called.is_none() {
            self.called.clone_from(&event.called);
        }
    }
}

record!(struct Call {
    name, call_id, leg_id, legs, sip_call_id, direction, caller, called, rang_as, state, arrival,
    since, began, returned_from, heard_at, at_us, left_us
});
record!(struct Began { at, is_ring, rang_us });
