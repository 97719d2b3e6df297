//! The views: what a panel may show.

use std::sync::Arc;

use super::roster::{Call, ReturnedFrom};
use super::{CallKey, CallState, Departure, Mirror, Reason, SyncView};
use crate::event::Direction;
use crate::feed::Note;
use crate::macros::words;
use crate::{CallApiId, CallUuid, ExtensionId, Party, Slot, Time};

/// The view of a slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SlotView {
    /// The slot.
    pub slot: Slot,
    /// The state of the slot.
    pub state: SlotState,
    /// The act that a command of this mirror performs in the slot. `None`: no command acts there.
    pub pending: Option<Pending>,
    /// True if an observation shows this state, and a later change would have been noticed.
    pub is_confirmed: bool,
    /// When the last answer, message or event about the slot arrived. `None`: none has arrived.
    pub checked_at: Option<Time>,
    /// The call that waits in the slot. `None` if no call waits there, or its name is unknown.
    ///
    /// The specification says that a slot answers with this part of the `call_api_id`.
    pub uuid: Option<CallUuid>,
    /// The full name of the call. `None` if no event, message or command has named it.
    pub call: Option<CallApiId>,
    /// The other party of the call. `None` if no event or message has named it.
    pub caller: Option<Arc<Party>>,
    /// The extension that parked the call. `None` if unknown; the extension is never guessed.
    pub parked_by: Option<ExtensionId>,
    /// True if one of the mirror's own extensions parked the call.
    pub is_mine: bool,
    /// The call has waited since then, or longer. `None` if no call is known to wait.
    pub held_since: Option<Time>,
    /// True if `held_since` is exact, because the time of the park is known.
    pub is_exact: bool,
    /// When the call goes back to its extension, or the latest time if `is_exact` is false. This is
    /// an estimate. `None` if no call is known to wait, or if it may wait for ever.
    pub returns_at: Option<Time>,
    /// The note on the call. `None` if no message has told of one.
    pub note: Option<Arc<Note>>,
}

words! {
    /// The state of a slot.
    SlotState {
        /// No answer tells the state, or the answers contradict each other.
        Unknown = "unknown",
        /// No call waits in the slot.
        Free = "free",
        /// A call waits in the slot.
        Held = "held",
        /// A call waited in the slot until its deadline. It must have gone back, but no answer
        /// shows that yet.
        Returning = "returning",
    }
}

words! {
    /// An act that a command has not finished.
    Pending {
        /// A call is being parked.
        Parking = "parking",
        /// Two calls are being connected.
        Bridging = "bridging",
    }
}

/// The view of a live call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallView {
    /// The extension that has the call.
    pub extension: ExtensionId,
    /// The full name of the call.
    pub call: CallApiId,
    /// The `CallID` of the call, which stays the same when the call is forwarded. `None` if
    /// unknown.
    pub call_id: Option<String>,
    /// The SIP Call-ID of the leg at the extension. `None` if no event has named it.
    pub sip_call_id: Option<String>,
    /// The direction of the call. `None` if unknown.
    pub direction: Option<Direction>,
    /// The party that calls. `None` if no event has named it.
    pub caller: Option<Arc<Party>>,
    /// The party that is called. `None` if no event has named it.
    pub called: Option<Arc<Party>>,
    /// The state of the call.
    pub state: CallState,
    /// When the call entered this state.
    pub since: Time,
    /// The slot in which the call waits. `None` if the call is not parked, or no slot is known.
    pub slot: Option<Slot>,
    /// The slot from which the call came back. `None` if it did not, or if that is unknown.
    pub returned_from: Option<ReturnedFrom>,
    /// The act that a command of this mirror performs with the call. `None`: no command acts on it.
    pub pending: Option<Pending>,
}

/// The place of a call, as far as is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Whereabouts {
    /// The call waits in a slot, or is being parked there.
    Parked {
        /// The slot.
        slot: Slot,
        /// True if the view of the slot is confirmed.
        is_confirmed: bool,
    },
    /// The call rings or talks at one of the mirror's extensions.
    Live(CallState),
    /// The call has left its slot, or has ended.
    Gone {
        /// The reason. [`Reason::Unknown`] if there is no evidence.
        reason: Reason,
        /// When the mirror noticed it.
        at: Time,
    },
    /// The mirror has not heard of the call, or too long ago.
    Unknown,
}

impl SlotView {
    /// Creates the view of a slot of which nothing is known.
    pub(super) fn unknown(slot: Slot) -> Self {
        Self {
            slot,
            state: SlotState::Unknown,
            pending: None,
            is_confirmed: false,
            checked_at: None,
            uuid: None,
            call: None,
            caller: None,
            parked_by: None,
            is_mine: false,
            held_since: None,
            is_exact: false,
            returns_at: None,
            note: None,
        }
    }
}

impl CallView {
    /// Returns the key of the call.
    pub(super) fn key(&self) -> CallKey {
        CallKey { extension: self.extension.clone(), uuid: self.call.uuid().clone() }
    }
}

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
}
