//! What may be shown.

use std::sync::Arc;

use super::cell::{Belief, Cell, Intent, Occupant};
use super::{CallKey, CallState, Departure, Mirror, Reason, SyncView};
use crate::event::Direction;
use crate::{CallApiId, CallUuid, ExtensionId, Party, Slot, Time};

/// What may be shown of one slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SlotView<'a> {
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
    pub uuid: Option<&'a CallUuid>,
    /// The full name of that call, if known.
    pub call: Option<&'a CallApiId>,
    /// Who is calling, if known.
    pub caller: Option<&'a Arc<Party>>,
    /// Who parked it, if known; never guessed.
    pub parked_by: Option<&'a ExtensionId>,
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
pub struct CallView<'a> {
    /// The extension whose call it is.
    pub extension: &'a ExtensionId,
    /// Its full name.
    pub call: &'a CallApiId,
    /// Its thread.
    pub call_id: Option<&'a str>,
    /// Which way it goes.
    pub direction: Option<Direction>,
    /// Who calls.
    pub caller: Option<&'a Arc<Party>>,
    /// Who is called.
    pub called: Option<&'a Arc<Party>>,
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

impl Mirror {
    /// What may be shown of each slot, in order.
    pub fn slot_views(&self) -> impl Iterator<Item = SlotView<'_>> {
        self.slots().filter_map(|slot| self.slot_view(slot))
    }

    /// What may be shown of one slot; none beyond the size of the lot.
    pub fn slot_view(&self, slot: Slot) -> Option<SlotView<'_>> {
        let cell = self.cell(slot)?;
        let mut view = SlotView {
            slot,
            state: SlotState::Unknown,
            pending: None,
            is_confirmed: false,
            checked_at: cell.checked_at,
            uuid: None,
            call: None,
            caller: None,
            parked_by: None,
            is_mine: false,
            held_since: None,
            is_exact: false,
            returns_at: cell.returns_at(self.patience.length()),
        };
        match (&cell.intent, &cell.belief) {
            (Some(Intent::Park { call, sent_at, .. }), _) => {
                view.pending = Some(Pending::Parking);
                view.state = SlotState::Held;
                view.uuid = Some(call.uuid());
                view.call = Some(call);
                view.parked_by = Some(self.own_extension());
                view.held_since = Some(*sent_at);
            }
            (intent, Belief::Held(occupant)) => {
                view.pending = intent.as_ref().map(|_| Pending::Bridging);
                self.show(occupant, cell, &mut view);
            }
            (Some(Intent::Bridge { .. }), _) => {
                view.pending = Some(Pending::Bridging);
                view.state = SlotState::Held;
            }
            (None, Belief::Vacant) => {
                view.state = SlotState::Free;
                view.is_confirmed = !cell.is_lapsed;
            }
            (None, Belief::Unknown) => {}
        }
        view.pending = self.turns.pending_in(slot).or(view.pending);
        if let Some(known) = view.uuid.and_then(|uuid| self.calls.known(uuid)) {
            view.call = Some(&known.name);
            view.caller = known.caller.as_ref();
        }
        view.is_mine = view.parked_by == Some(self.own_extension());
        Some(view)
    }

    fn show<'a>(&self, occupant: &'a Occupant, cell: &Cell, view: &mut SlotView<'a>) {
        let is_returning = cell.is_returning(self.now, self.patience.length());
        view.state = if is_returning { SlotState::Returning } else { SlotState::Held };
        view.is_confirmed = !is_returning && !cell.is_lapsed && cell.intent.is_none();
        view.uuid = occupant.uuid.as_ref();
        view.parked_by = occupant.parked_by.as_ref();
        view.held_since = Some(occupant.since);
        view.is_exact = occupant.exact;
    }

    /// The live calls of this extension, the oldest first.
    pub fn call_views(&self) -> impl Iterator<Item = CallView<'_>> {
        self.calls.iter().map(|call| CallView {
            extension: self.own_extension(),
            call: &call.name,
            call_id: call.call_id.as_deref(),
            direction: call.direction,
            caller: call.caller.as_ref(),
            called: call.called.as_ref(),
            state: call.state,
            since: call.since,
            slot: self.slot_of(call.name.uuid()),
            pending: self.turns.pending_with(call.name.uuid()),
        })
    }

    /// What may be shown of one call; none where it is not live.
    pub fn call_view(&self, key: &CallKey) -> Option<CallView<'_>> {
        let mut views = self.call_views();
        views.find(|view| view.extension == &key.extension && view.call.uuid() == &key.uuid)
    }

    /// The latest departures, newest first.
    pub fn departures(&self) -> impl Iterator<Item = &Departure> {
        self.departures.iter()
    }

    /// How the mirror stands with the switch.
    pub fn sync_view(&self) -> SyncView {
        let view = self.sync.view(self.watch_state(), self.next_ask());
        SyncView { patience: self.patience.told(), seen_patience: self.patience.seen(), ..view }
    }

    /// Where a call is, as far as is known.
    pub fn where_is(&self, uuid: &CallUuid) -> Whereabouts {
        for slot in self.slots() {
            if let Some(view) = self.slot_view(slot).filter(|view| view.uuid == Some(uuid)) {
                return Whereabouts::Parked { slot, is_confirmed: view.is_confirmed };
            }
        }
        if let Some(call) = self.calls.live(uuid).filter(|call| call.state != CallState::Parked) {
            return Whereabouts::Live(call.state);
        }
        if let Some(left) = self.departures.iter().find(|departure| departure.uuid == *uuid) {
            return Whereabouts::Gone { reason: left.reason, at: left.at };
        }
        match self.calls.ended_at(uuid) {
            Some(at) => Whereabouts::Gone { reason: Reason::Unknown, at },
            None => Whereabouts::Unknown,
        }
    }
}
