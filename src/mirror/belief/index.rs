//! [`Index`]: finds slots without a walk through the lot.

use std::collections::HashMap;

use super::cell::{Cell, Occupancy};
use super::earliest::Earliest;
use crate::slot_set::SlotSet;
use crate::{CallUuid, Millis, Slot, Time};

/// Finds slots by call, by state and by time.
///
/// INVARIANT: the index matches the cells. Only `Belief::change` changes a cell, and it updates the
/// index.
#[derive(Clone, Debug)]
pub(super) struct Index {
    by_call: HashMap<CallUuid, Slot>,
    pub(super) held: SlotSet,
    pub(super) unknown: SlotSet,
    /// When the next warning about the call in a slot is due.
    pub(super) warnings: Earliest,
    /// When a confirmed slot was last checked.
    pub(super) confirmed: Earliest,
    /// When the call in a slot was last named, for the slots that rounds ask about.
    pub(super) named: Earliest,
    /// The slots whose cell changed since `Belief::take_changed` was last called.
    pub(super) changed: SlotSet,
    /// How long a call may wait.
    pub(super) patience: Millis,
    /// True if rounds ask only about slots with a call that is known by name.
    pub(super) only_held: bool,
}

/// The entries of one cell in the index.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Keys {
    pub(super) uuid: Option<CallUuid>,
    is_held: bool,
    is_unknown: bool,
    warning: Option<Time>,
    confirmed: Option<Time>,
    named: Option<Time>,
}

impl Index {
    /// Creates the index of a lot of `slots` slots, all unknown.
    pub(super) fn new(slots: u16, patience: Millis, only_held: bool) -> Self {
        Self {
            by_call: HashMap::new(),
            held: SlotSet::default(),
            unknown: SlotSet::default(),
            warnings: Earliest::new(slots),
            confirmed: Earliest::new(slots),
            named: Earliest::new(slots),
            changed: SlotSet::default(),
            patience,
            only_held,
        }
    }

    /// Returns the entries that a cell should have.
    pub(super) fn keys(&self, cell: &Cell) -> Keys {
        Keys {
            uuid: cell.uuid().cloned(),
            is_held: matches!(cell.occupancy, Occupancy::Held(_)),
            is_unknown: cell.occupancy == Occupancy::Unknown,
            warning: cell.next_warning(self.patience),
            confirmed: cell.confirmed_at(),
            named: cell.round_key(self.only_held),
        }
    }

    /// Replaces the entries of a slot. `before` is the call that waited in the slot until now.
    pub(super) fn set(&mut self, slot: Slot, before: Option<&CallUuid>, keys: Keys) {
        if before != keys.uuid.as_ref() {
            if let Some(uuid) = before
                && self.by_call.get(uuid) == Some(&slot)
            {
                self.by_call.remove(uuid);
            }
            if let Some(uuid) = keys.uuid {
                self.by_call.insert(uuid, slot);
            }
        }
        self.held.set(slot, keys.is_held);
        self.unknown.set(slot, keys.is_unknown);
        self.warnings.set(slot, keys.warning);
        self.confirmed.set(slot, keys.confirmed);
        self.named.set(slot, keys.named);
        self.changed.set(slot, true);
    }

    /// Returns the entries that a slot has. `uuid` is the call that its cell names.
    #[cfg(debug_assertions)]
    pub(super) fn stored(&self, slot: Slot, uuid: Option<&CallUuid>) -> Keys {
        Keys {
            uuid: uuid.filter(|uuid| self.slot_of(uuid) == Some(slot)).cloned(),
            is_held: self.held.contains(slot),
            is_unknown: self.unknown.contains(slot),
            warning: self.warnings.get(slot),
            confirmed: self.confirmed.get(slot),
            named: self.named.get(slot),
        }
    }

    /// Returns the slot in which a call waits, if known.
    pub(super) fn slot_of(&self, uuid: &CallUuid) -> Option<Slot> {
        self.by_call.get(uuid).copied()
    }
}
