//! [`Occupancy`]: which call waits in which slot, with an index for every kind of search.

use core::hash::BuildHasherDefault;
use std::collections::HashMap;
use std::hash::DefaultHasher;

use super::arrivals::Arrivals;
use super::partition::Partition;
use crate::choice::Choice;
use crate::slot_set::SlotSet;
use crate::{CallApiId, CallUuid, ExtensionId, Slot, Time};

/// The stay of one call in one slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stay {
    /// The parked call.
    pub call: CallApiId,
    /// The extension that parked the call. The call returns to this extension.
    pub extension: ExtensionId,
    /// When the call was parked.
    pub parked_at: Time,
}

/// The stays in a lot and the indexes over them.
///
/// INVARIANT: every index agrees with `stays`. Only [`enter`](Self::enter) and
/// [`leave`](Self::leave) change any of them.
#[derive(Clone, Debug)]
pub(super) struct Occupancy {
    /// The stay in each slot, by the index of the slot.
    stays: Vec<Option<Stay>>,
    /// The slot of each parked call. The hasher has no random keys: the core draws no random
    /// numbers, and only the switch chooses the names of calls.
    slots: HashMap<CallUuid, Slot, BuildHasherDefault<DefaultHasher>>,
    held: SlotSet,
    free: SlotSet,
    arrivals: Arrivals,
    partition: Partition,
}

impl Occupancy {
    /// Creates a lot of `slots` vacant slots.
    pub(super) fn new(slots: u16) -> Self {
        Self {
            stays: vec![None; slots.into()],
            slots: HashMap::default(),
            held: SlotSet::default(),
            free: Slot::first(slots).collect(),
            arrivals: Arrivals::new(slots),
            partition: Partition::new(slots),
        }
    }

    /// Returns the stay in a slot.
    pub(super) fn stay(&self, slot: Slot) -> Option<&Stay> {
        self.stays.get(slot.index())?.as_ref()
    }

    /// Returns the slot in which a call waits.
    pub(super) fn slot_of(&self, call: &CallUuid) -> Option<Slot> {
        self.slots.get(call).copied()
    }

    /// Returns the held slots in ascending order.
    pub(super) fn held(&self) -> impl Iterator<Item = Slot> {
        self.held.iter()
    }

    /// Returns the free slots in ascending order.
    pub(super) fn free(&self) -> impl Iterator<Item = Slot> {
        self.free.iter()
    }

    /// Returns the slot whose call has waited longest.
    pub(super) fn longest(&self) -> Option<Slot> {
        self.arrivals.first()
    }

    /// Picks a held slot at random. All held slots are equally likely.
    pub(super) fn pick_held(&self, choice: &mut Choice) -> Option<Slot> {
        self.partition.get(choice.in_range(self.partition.held())?)
    }

    /// Picks a free slot at random. All free slots are equally likely.
    pub(super) fn pick_free(&self, choice: &mut Choice) -> Option<Slot> {
        self.partition.get(choice.in_range(self.partition.free())?)
    }

    /// Starts a stay in a vacant slot. Does nothing if the slot is held.
    pub(super) fn enter(&mut self, slot: Slot, stay: Stay) {
        let Some(vacant @ None) = self.stays.get_mut(slot.index()) else { return };
        self.slots.insert(stay.call.uuid().clone(), slot);
        *vacant = Some(stay);
        self.held.set(slot, true);
        self.free.set(slot, false);
        self.arrivals.push(slot);
        self.partition.hold(slot);
    }

    /// Ends the stay in a slot and returns it.
    pub(super) fn leave(&mut self, slot: Slot) -> Option<Stay> {
        let stay = self.stays.get_mut(slot.index())?.take()?;
        self.slots.remove(stay.call.uuid());
        self.held.set(slot, false);
        self.free.set(slot, true);
        self.arrivals.remove(slot);
        self.partition.release(slot);
        Some(stay)
    }
}
