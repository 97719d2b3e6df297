//! [`Partition`]: all slots in one list, to pick a random held or free slot in constant time.

use core::ops::Range;

use crate::Slot;

/// A list of all slots of a lot. The held slots come first, in no particular order.
#[derive(Clone, Debug)]
pub(super) struct Partition {
    slots: Vec<Slot>,
    /// The position of each slot in `slots`, by the index of the slot.
    positions: Vec<u16>,
    /// The number of held slots.
    held: u16,
}

impl Partition {
    /// Creates a list of the slots from 1 to `slots`, all free.
    pub(super) fn new(slots: u16) -> Self {
        Self { slots: Slot::first(slots).collect(), positions: (0..slots).collect(), held: 0 }
    }

    /// Returns the positions of the held slots.
    pub(super) fn held(&self) -> Range<u16> {
        0..self.held
    }

    /// Returns the positions of the free slots.
    pub(super) fn free(&self) -> Range<u16> {
        self.held..u16::try_from(self.slots.len()).unwrap_or(u16::MAX)
    }

    /// Returns the slot at a position of the list.
    pub(super) fn get(&self, position: u16) -> Option<Slot> {
        self.slots.get(usize::from(position)).copied()
    }

    /// Moves a free slot to the held ones.
    pub(super) fn hold(&mut self, slot: Slot) {
        self.swap(slot, self.held);
        self.held += 1;
    }

    /// Moves a held slot to the free ones.
    pub(super) fn release(&mut self, slot: Slot) {
        self.held -= 1;
        self.swap(slot, self.held);
    }

    /// Exchanges `slot` with the slot at `position`.
    fn swap(&mut self, slot: Slot, position: u16) {
        if let Some(other) = self.get(position)
            && let Some(from) = self.positions.get(slot.index()).copied()
        {
            self.slots.swap(from.into(), position.into());
            self.positions.swap(slot.index(), other.index());
        }
    }
}
