//! What a mirror shows: views of slots and calls, departures, and the call of a SIP dialog.

use std::sync::Arc;

use super::roster::{Call, Dialog};
use super::view::{CallState, CallView, SlotState, SlotView, Whereabouts};
use super::{CallKey, Departure, Mirror, Reason, SyncView};
use crate::{CallApiId, CallEvent, CallUuid, ExtensionId, Slot, Time};

impl Mirror {
    /// Returns the views of all slots, in ascending order.
    pub fn slot_views(&self) -> impl Iterator<Item = SlotView> {
        self.belief.slots().filter_map(|slot| self.slot_view(slot))
    }

    /// Returns the view of a slot. `None` if the lot does not have the slot.
    pub fn slot_view(&self, slot: Slot) -> Option<SlotView> {
        let mut view = self.belief.slot_view(self.at.now, slot)?;
        view.pending = self.commands.pending_in(slot).or(view.pending);
        Some(view)
    }

    /// Returns the views of the live calls of all extensions, in the order of their first event.
    pub fn call_views(&self) -> impl Iterator<Item = CallView> {
        let calls = self.calls_by_arrival().into_iter();
        calls.map(|(extension, call)| self.view_call(extension, call))
    }

    pub(super) fn calls_by_arrival(&self) -> Vec<(&ExtensionId, &Call)> {
        let mut calls: Vec<(&ExtensionId, &Call)> = Vec::new();
        for (extension, call) in self.rosters.iter() {
            let is_earlier = |(_, other): &(_, &Call)| other.arrival < call.arrival;
            let place = calls.iter().rposition(is_earlier).map_or(0, |place| place + 1);
            calls.insert(place, (extension, call));
        }
        calls
    }

    pub(super) fn view_call(&self, extension: &ExtensionId, call: &Call) -> CallView {
        CallView {
            extension: extension.clone(),
            call: call.name.clone(),
            call_id: call.call_id.clone(),
            sip_call_id: call.sip_call_id.clone(),
            direction: call.direction,
            caller: call.caller.clone(),
            called: call.called.clone(),
            state: call.state,
            since: call.since,
            slot: self.slot_of_parked(call),
            returned_from: call.returned_from,
            pending: self.commands.pending_with(call.name.uuid()),
        }
    }

    /// Returns the slot of a parked call. A call that rings or talks has no slot, even if no answer
    /// has told yet that the call has left it.
    pub(super) fn slot_of_parked(&self, call: &Call) -> Option<Slot> {
        let slot = self.belief.slot_of(call.name.uuid())?;
        (call.state == CallState::Parked).then_some(slot)
    }

    /// Returns the view of a live call. `None` if the call is not live.
    pub fn call_view(&self, key: &CallKey) -> Option<CallView> {
        let mut calls = self.rosters.iter();
        let (extension, call) = calls.find(|(extension, call)| {
            **extension == key.extension && *call.name.uuid() == key.uuid
        })?;
        Some(self.view_call(extension, call))
    }

    /// Returns the latest departures, newest first.
    pub fn departures(&self) -> impl Iterator<Item = &Departure> {
        self.belief.departures()
    }

    /// Returns the view of the connection to the switch.
    pub fn sync_view(&self) -> SyncView {
        self.sync_view_with(self.asker().is_some())
    }

    pub(super) fn sync_view_with(&self, has_asker: bool) -> SyncView {
        let (patience, seen_patience) = self.belief.configured_and_observed_patience();
        SyncView { patience, seen_patience, ..self.poller.sync_view(has_asker) }
    }

    /// Returns where a call is, as far as is known.
    pub fn where_is(&self, uuid: &CallUuid) -> Whereabouts {
        let showing = self.belief.slot_showing(self.at.now, uuid);
        let is_parked =
            |view: &SlotView| view.state != SlotState::Returning || !self.rosters.is_alive(uuid);
        if let Some(view) = showing.and_then(|slot| self.slot_view(slot)).filter(is_parked) {
            return Whereabouts::Parked { slot: view.slot, is_confirmed: view.is_confirmed };
        }
        if let Some(call) = self.rosters.live(uuid).filter(|call| call.state != CallState::Parked) {
            return Whereabouts::Live(call.state);
        }
        if let Some(left) = self.belief.departures().find(|departure| departure.uuid == *uuid) {
            return Whereabouts::Gone { reason: left.reason, at: left.at };
        }
        match self.rosters.ended_at(uuid) {
            Some(at) => Whereabouts::Gone { reason: Reason::Unknown, at },
            None => Whereabouts::Unknown,
        }
    }

    /// Returns the call that the first dialog belongs to. The other dialogs are all other ones of
    /// the softphone.
    ///
    /// Returns `None` if no call fits, or if it is uncertain which call fits. The function never
    /// guesses: two dialogs that fit the same calls equally well get no call.
    pub fn call_of(&self, now: Time, dialogs: &[Dialog]) -> Option<CallApiId> {
        self.rosters.call_of(now, dialogs)
    }

    /// Returns the events that make the calls of an extension equal to the list of current calls.
    ///
    /// `listed` are the events of the list, and `asked_at` is when the list was asked for. What the
    /// mirror has heard of a call since then is newer than the list and wins. A call that is not in
    /// the list has ended, unless it is parked. Pass the events on with
    /// [`Input::Listed`](crate::mirror::Input::Listed).
    pub fn compare_listed(
        &self,
        extension: &ExtensionId,
        listed: Vec<Arc<CallEvent>>,
        asked_at: Time,
    ) -> Vec<Arc<CallEvent>> {
        let is_parked = |uuid: &CallUuid| self.commands.is_parked(&self.belief, uuid);
        self.rosters.compare_listed(extension, listed, asked_at, is_parked)
    }
}
