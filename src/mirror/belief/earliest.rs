//! The slot with the earliest time, found without a walk through the lot.

use crate::{Slot, Time};

/// Stands for a slot without a time: later than any time that is set.
const NEVER: u64 = u64::MAX;

/// At most one time for each slot, and the earliest of them at hand.
///
/// A binary tree in a list: the node at `n` holds the earlier of the times at `2n` and `2n + 1`.
/// The leaves are the slots. Setting a time takes one step for each level of the tree.
#[derive(Clone, Debug)]
pub(super) struct Earliest {
    nodes: Vec<u64>,
    /// The place of the first leaf, a power of two.
    leaves: usize,
}

impl Earliest {
    /// Returns a tree for a lot of `slots` slots. No slot has a time yet.
    pub(super) fn new(slots: u16) -> Self {
        let leaves = usize::from(slots).next_power_of_two();
        Self { nodes: vec![NEVER; leaves * 2], leaves }
    }

    /// Sets the time of a slot, or takes the time away.
    pub(super) fn set(&mut self, slot: Slot, time: Option<Time>) {
        let mut place = self.leaves + slot.index();
        let mut earliest = time.map_or(NEVER, Time::as_ms);
        while let Some(node) = self.nodes.get_mut(place)
            && *node != earliest
        {
            *node = earliest;
            earliest = earliest.min(self.at(place ^ 1));
            place /= 2;
            if place == 0 {
                return;
            }
        }
    }

    /// Returns the earliest time and its slot. Of several slots with that time the lowest counts.
    pub(super) fn first(&self) -> Option<(Time, Slot)> {
        let earliest = self.at(1);
        if earliest == NEVER {
            return None;
        }
        let mut place = 1;
        while place < self.leaves {
            place *= 2;
            if self.at(place) != earliest {
                place += 1;
            }
        }
        Some((Time::from_ms(earliest), Slot::from_index(place - self.leaves)?))
    }

    /// Returns the time of a slot.
    #[cfg(debug_assertions)]
    pub(super) fn get(&self, slot: Slot) -> Option<Time> {
        let time = self.at(self.leaves + slot.index());
        (time != NEVER).then(|| Time::from_ms(time))
    }

    fn at(&self, place: usize) -> u64 {
        self.nodes.get(place).copied().unwrap_or(NEVER)
    }
}
