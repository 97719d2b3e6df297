//! What may be shown.

use std::sync::Arc;

use super::roster::Call;
use super::{CallKey, CallState, Departure, Mirror, Reason, SyncView};
use crate::event::Direction;
use crate::{CallApiId, CallUuid, ExtensionId, Party, Slot, Time};

/// What may be shown of one slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SlotView {
    /// Which.
    pub slot: Slot,
    /// How it stands.
    pub state: SlotState,
    /// Our own unfinished business with it.
    pub pending: Option<Pending>,
    /// It rests on an answer or an event, and a change since would have been noticed; see `lapse`.
    pub is_confirmed: bool,
    /// When an answer or an event last spoke of it.
    pub checked_at: Option<Time>,
    /// Who waits there.
    pub uuid: Option<CallUuid>,
    /// The full name of that call, if known.
    pub call: Option<CallApiId>,
    /// Who is calling, if known.
    pub caller: Option<Arc<Party>>,
    /// Who parked it, if known; never guessed.
    pub parked_by: Option<ExtensionId>,
    /// It was parked on behalf of this extension.
    pub is_mine: bool,
    /// Since when it waits, at least.
    pub held_since: Option<Time>,
    /// We saw it arrive.
    pub is_exact: bool,
    /// When it goes back: exactly, or at the latest. An estimate in either case.
    pub returns_at: Option<Time>,
}

/// How a slot stands.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum SlotState {
    /// Nobody has said.
    Unknown,
    /// Nobody waits there.
    Free,
    /// Somebody does.
    Held,
    /// Somebody did, and must be on the way back by now; nothing was heard since.
    Returning,
}

impl SlotState {
    /// The word that names the state in code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Free => "free",
            Self::Held => "held",
            Self::Returning => "returning",
        }
    }
}

/// What of ours is under way with a slot.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Pending {
    /// A call is being parked there.
    Parking,
    /// The call there is being connected.
    Bridging,
}

impl Pending {
    /// The word that names it in code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parking => "parking",
            Self::Bridging => "bridging",
        }
    }
}

/// What may be shown of a call of this extension.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallView {
    /// The extension whose call it is.
    pub extension: ExtensionId,
    /// Its full name.
    pub call: CallApiId,
    /// Its thread.
    pub call_id: Option<String>,
    /// Which way it goes.
    pub direction: Option<Direction>,
    /// Who calls.
    pub caller: Option<Arc<Party>>,
    /// Who is called.
    pub called: Option<Arc<Party>>,
    /// How it stands.
    pub state: CallState,
    /// Since when.
    pub since: Time,
    /// Where it waits.
    pub slot: Option<Slot>,
    /// What of ours is under way with it.
    pub pending: Option<Pending>,
}

/// Where a call is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Whereabouts {
    /// In a slot.
    Parked {
        /// Which.
        slot: Slot,
        /// Whether that rests on an answer.
        is_confirmed: bool,
    },
    /// With this extension.
    Live(CallState),
    /// Gone.
    Gone {
        /// Why.
        reason: Reason,
        /// When that was noticed.
        at: Time,
    },
    /// Never heard of, or too long ago.
    Unknown,
}

impl SlotView {
    /// Returns the view of a slot of which nothing is known.
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
        }
    }
}

impl CallView {
    /// Returns what names the call.
    pub(super) fn key(&self) -> CallKey {
        CallKey { extension: self.extension.clone(), uuid: self.call.uuid().clone() }
    }
}

impl Mirror {
    /// Returns what may be shown of each slot, in ascending order.
    pub fn slot_views(&self) -> impl Iterator<Item = SlotView> {
        self.belief.slots().filter_map(|slot| self.slot_view(slot))
    }

    /// Returns what may be shown of one slot; `None` beyond the size of the lot.
    pub fn slot_view(&self, slot: Slot) -> Option<SlotView> {
        let mut view = self.belief.slot_view(self.at.now, slot)?;
        view.pending = self.commands.pending_in(slot).or(view.pending);
        Some(view)
    }

    /// Returns the live calls of all extensions, in the order in which they were first heard of.
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
            direction: call.direction,
            caller: call.caller.clone(),
            called: call.called.clone(),
            state: call.state,
            since: call.since,
            slot: self.belief.slot_of(call.name.uuid()),
            pending: self.commands.pending_with(call.name.uuid()),
        }
    }

    /// Returns what may be shown of one call; `None` where the call is not live.
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

    /// Returns how the mirror stands with the switch.
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
        if let Some(view) = showing.and_then(|slot| self.slot_view(slot)) {
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
