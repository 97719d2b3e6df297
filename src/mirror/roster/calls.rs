//! The calls of one extension, as call events report them.
//!
//! Events may arrive late, twice, or not at all. The `EventTime` of the switch decides, if the
//! event has one: an older event never overrules a newer one.

use super::CallNews;
use super::call::{Began, Call};
use super::legs::Legs;
use crate::event::EventType;
use crate::mirror::belief::Reappearance;
use crate::mirror::push_bounded;
use crate::mirror::view::{CallState, ReturnedFrom};
use crate::record::record;
use crate::{CallApiId, CallEvent, CallUuid, Time};

/// The largest number of live calls of one extension. Beyond it the oldest call is dropped.
const MAX_LIVE: usize = 256;
/// The number of ended calls that are remembered, so that a late event does not revive them.
const MAX_ENDED: usize = 256;

/// A call that has ended at its extension.
#[derive(Clone, Debug)]
struct Ended {
    uuid: CallUuid,
    call_id: Option<String>,
    leg_id: Option<String>,
    at_us: Option<u64>,
    left_us: Option<u64>,
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

    /// Returns when a call ended. `None` if the call has not ended here, or ended too long ago.
    pub(in crate::mirror) fn ended_at(&self, uuid: &CallUuid) -> Option<Time> {
        self.ended.iter().rev().find(|ended| ended.uuid == *uuid).map(|ended| ended.at)
    }

    /// Returns the newest call in a state, except the call `except`.
    pub(in crate::mirror) fn latest(
        &self,
        state: CallState,
        except: Option<&CallUuid>,
    ) -> Option<&CallApiId> {
        let mut calls = self.live.iter().rev();
        let latest = calls.find(|call| call.state == state && Some(call.name.uuid()) != except);
        latest.map(|call| &call.name)
    }

    /// Marks a call as parked if `parked` is true. Otherwise ends the call if it was marked so.
    pub(in crate::mirror) fn set_parked(&mut self, uuid: &CallUuid, parked: bool, now: Time) {
        let Some(at) = self.live.iter().position(|call| call.name.uuid() == uuid) else { return };
        if parked {
            if let Some(call) = self.live.get_mut(at).filter(|call| call.state != CallState::Parked)
            {
                call.enter_slot(now);
            }
        } else if self.live.get(at).is_some_and(|call| call.state == CallState::Parked) {
            self.end(at, None, now);
        }
    }

    /// Forgets when the last event of a parked call happened, and its leg.
    pub(super) fn forget_last_event(&mut self, uuid: &CallUuid) {
        let mut parked = self.live.iter_mut().filter(|call| call.state == CallState::Parked);
        if let Some(call) = parked.find(|call| call.name.uuid() == uuid) {
            (call.at_us, call.left_us, call.leg_id) = (None, None, None);
        }
    }

    /// Notes that a list named the call of an event, if that was the first event of the call.
    pub(super) fn note_listed(&mut self, now: Time, event: &CallEvent) {
        let call = self.find(event).and_then(|at| self.live.get_mut(at));
        if let Some(call) = call.filter(|call| call.began.at == now) {
            call.began.is_ring = false;
        }
    }

    /// Notes the slot from which the call of an event has come back.
    pub(in crate::mirror) fn set_returned(&mut self, event: &CallEvent, from: ReturnedFrom) {
        let call = self.find(event).and_then(|at| self.live.get_mut(at));
        if let Some(call) = call.filter(|call| call.state != CallState::Parked) {
            call.returned_from = Some(from);
        }
    }

    /// Ends a call that the switch does not know.
    pub(in crate::mirror) fn drop_call(&mut self, uuid: &CallUuid, now: Time) {
        if let Some(at) = self.live.iter().position(|call| call.name.uuid() == uuid) {
            self.end(at, None, now);
        }
    }

    /// Applies a call event. `is_parked` returns true for a call that is parked or being parked.
    pub(in crate::mirror) fn handle(
        &mut self,
        now: Time,
        number: u64,
        event: &CallEvent,
        is_parked: impl Fn(&CallUuid) -> bool,
    ) -> CallNews {
        let Some(at) = self.find(event) else {
            return self.start_call(now, number, event, is_parked);
        };
        let Some(call) = self.live.get_mut(at) else { return CallNews::default() };
        let is_repeated = event.leg_id.is_some() && event.leg_id == call.leg_id;
        let is_new_leg = !is_repeated && event.leg_id.is_some() && call.leg_id.is_some();
        call.learn(event);
        call.heard_at = now;
        // If two events have the same time, the one that moves the call forward is newer.
        let leads_on = match event.kind {
            EventType::Answer => call.state == CallState::Ringing,
            EventType::Hangup => call.state != CallState::Parked,
            _ => false,
        };
        let stale = |event: &CallEvent| match (event.at_us, call.at_us) {
            (Some(new), Some(old)) => new < old || new == old && !leads_on,
            _ => false,
        };
        let away_us = event.at_us.zip(call.left_us).map(|(new, old)| new.saturating_sub(old));
        let is_later = event.at_us.and(call.at_us).is_some() || is_new_leg;
        let uuid = call.name.uuid().clone();
        let is_stale = stale(event);
        let is_older = event.at_us.zip(call.at_us).is_some_and(|(new, old)| new < old);
        // Several devices may ring at the same time, so an event with an equal time is not older.
        if !is_older {
            if event.kind == EventType::Hangup && call.legs.end(event.leg_id.as_deref()) {
                return CallNews::default();
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
                return CallNews::default();
            }
            // Without a time, an event of the same leg may be a repetition.
            (EventType::DialIn | EventType::Answer, CallState::Parked)
                if event.at_us.is_none() && is_repeated =>
            {
                None
            }
            (EventType::DialIn, CallState::Parked) => Some(CallState::Ringing),
            (EventType::Answer, _) => Some(CallState::Talking),
            _ => None,
        };
        let Some(next) = next else { return CallNews::default() };
        let was = core::mem::replace(&mut call.state, next);
        // A parked call has no legs at its extension.
        if next == CallState::Parked {
            call.legs.clear();
        } else {
            call.legs.note(event);
        }
        if was != next {
            call.since = now;
        }
        call.at_us = event.at_us;
        call.left_us = event.at_us.filter(|_| next == CallState::Parked);
        call.leg_id = event.leg_id.clone().or(call.leg_id.take());
        let is_picked_up = event.kind == EventType::Answer && event.is_pick_up;
        if is_picked_up {
            call.take_caller(event);
        }
        if was != CallState::Parked || next == CallState::Parked {
            let known = is_picked_up.then(|| call.as_known());
            return CallNews { known, ..CallNews::default() };
        }
        call.begin_again(now, event);
        // The call may return with another name. Requests have to use the new name.
        if let Some(name) = &event.call {
            if *name != call.name {
                call.arrival = number;
            }
            call.name = name.clone();
        }
        let kind = event.kind.clone();
        let is_renamed = event.call.as_ref().map(CallApiId::uuid) != Some(&uuid);
        let reappeared = Reappearance { uuid, is_renamed, away_us, is_later, kind };
        CallNews {
            known: Some(call.as_known()),
            reappeared: Some(reappeared),
            ..CallNews::default()
        }
    }

    /// Returns true if an event is about a call that is live here, or was.
    pub(in crate::mirror) fn has(&self, event: &CallEvent) -> bool {
        let has_ended = |call: &CallApiId| self.ended_at(call.uuid()).is_some();
        self.find(event).is_some() || event.call.as_ref().is_some_and(has_ended)
    }

    /// Returns a call that is marked as parked although `is_parked` returns false for it.
    pub(in crate::mirror) fn first_unparked(
        &self,
        is_parked: impl Fn(&CallUuid) -> bool,
    ) -> Option<CallUuid> {
        let parked = self.live.iter().filter(|call| call.state == CallState::Parked);
        let mut uuids = parked.map(|call| call.name.uuid());
        uuids.find(|uuid| !is_parked(uuid)).cloned()
    }

    /// Returns the position of the call that an event is about. Finds it by name, leg or `CallID`.
    /// A call that returned with another name has the `CallID` of the earlier call, so the newest
    /// call counts.
    fn find(&self, event: &CallEvent) -> Option<usize> {
        let is_named = |call: &Call| Some(&call.name) == event.call.as_ref();
        let is_same = |call: &Call| are_same(call.call_id.as_deref(), event.call_id.as_deref());
        let find = |is_it: &dyn Fn(&Call) -> bool| self.live.iter().rposition(is_it);
        find(&is_named).or_else(|| find(&|call| call.has_leg(event))).or_else(|| find(&is_same))
    }

    /// Applies an event of a call that is not live: its first event, or a late one.
    fn start_call(
        &mut self,
        now: Time,
        number: u64,
        event: &CallEvent,
        is_parked: impl Fn(&CallUuid) -> bool,
    ) -> CallNews {
        let Some(name) = &event.call else { return CallNews::default() };
        let uuid = name.uuid().clone();
        let state = match event.kind {
            EventType::DialIn | EventType::DialOut => CallState::Ringing,
            EventType::Answer => CallState::Talking,
            EventType::Hangup if is_parked(&uuid) => CallState::Parked,
            EventType::Hangup => {
                let (call_id, leg_id) = (event.call_id.clone(), event.leg_id.clone());
                let (at_us, left_us) = (event.at_us, event.at_us);
                self.add_ended(Ended { uuid, call_id, leg_id, at_us, left_us, at: now });
                return CallNews::default();
            }
            EventType::Other(_) => return CallNews::default(),
        };
        let over = self.ended.iter().rev().find(|ended| {
            ended.uuid == uuid
                || are_same(ended.leg_id.as_deref(), event.leg_id.as_deref())
                || are_same(ended.call_id.as_deref(), event.call_id.as_deref())
        });
        let is_late = over.is_some_and(|ended| match (event.at_us, ended.at_us) {
            (Some(new), Some(old)) => new <= old,
            // Without times, only another leg shows that the event is not a repetition.
            _ => event.leg_id.is_none() || ended.leg_id.is_none() || event.leg_id == ended.leg_id,
        });
        if is_late {
            return CallNews::default();
        }
        // A parked call rings again under its own name, also if an earlier call had its `CallID`.
        let over = over.filter(|ended| ended.uuid == uuid || !is_parked(&uuid));
        let away_us = over.and_then(|ended| event.at_us?.checked_sub(ended.left_us?));
        let was_over = over.is_some();
        let left = match over {
            Some(ended) => Some(ended.uuid.clone()),
            None => is_parked(&uuid).then(|| uuid.clone()),
        };
        let mut call = Call {
            name: name.clone(),
            call_id: None,
            leg_id: event.leg_id.clone(),
            legs: Legs::default(),
            sip_call_id: None,
            direction: None,
            caller: None,
            called: None,
            rang_as: None,
            state,
            arrival: number,
            since: now,
            began: Began::new(now, event),
            returned_from: None,
            heard_at: now,
            at_us: event.at_us,
            left_us: event.at_us.filter(|_| state == CallState::Parked),
        };
        call.learn(event);
        if state != CallState::Parked {
            call.legs.note(event);
        }
        let known = Some(call.as_known());
        if self.live.len() >= MAX_LIVE {
            self.end(0, None, now);
        }
        self.live.push(call);
        let kind = event.kind.clone();
        let left = left.filter(|_| state != CallState::Parked);
        let reappeared = left.map(|uuid| {
            let is_renamed = uuid != *name.uuid();
            Reappearance { uuid, is_renamed, away_us, is_later: was_over, kind }
        });
        let is_new_ring = event.kind == EventType::DialIn && reappeared.is_none();
        CallNews { known, is_new_ring, reappeared }
    }

    /// Ends a call. `hung_up_us` is the time of its `hangup` on the clock of the switch, if known.
    fn end(&mut self, at: usize, hung_up_us: Option<u64>, now: Time) {
        let Call { name, call_id, leg_id, at_us, left_us, .. } = self.live.remove(at);
        let (at_us, left_us) = (hung_up_us.or(at_us), hung_up_us.or(left_us));
        let uuid = name.uuid().clone();
        self.add_ended(Ended { uuid, call_id, leg_id, at_us, left_us, at: now });
    }

    fn add_ended(&mut self, ended: Ended) {
        push_bounded(&mut self.ended, ended, MAX_ENDED);
    }
}

/// Returns true if both ids are known and equal.
///
/// The ids of a switch often begin alike, so the comparison starts at their ends.
fn are_same(a: Option<&str>, b: Option<&str>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a.len() == b.len() && a.bytes().rev().eq(b.bytes().rev()))
}

record!(struct Ended { uuid, call_id, leg_id, at_us, left_us, at });
record!(struct Calls { live, ended });
