//! [`Earliest`]: finds the slot with the earliest time without a walk through the lot.

use crate::{Slot, Time};

/// The time of a slot that has none. Every real time is earlier.
const NEVER: u64 = u64::MAX;

/// One optional time for each slot, with fast access to the earliest one.
///
/// The times are a binary tree in a list: the node at `n` holds the earlier of the times at `2n`
/// and `2n + 1`. The leaves are the slots. Setting a time takes one step for each level of the
/// tree.
#[derive(Clone, Debug)]
pub(super) struct Earliest {
    nodes: Vec<u64>,
    /// The position of the first leaf, a power of two.
    leaves: usize,
}

impl Earliest {
    /// Creates a tree for `slots` slots. No slot has a time yet.
    pub(super) fn new(slots: u16) -> Self {
        let leaves = usize::from(slots).next_power_of_two();
        Self { nodes: vec![NEVER; leaves * 2], leaves }
    }

    /// Sets or removes the time of a slot.
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

    /// Returns the earliest time and its slot. If several slots have that time, returns the first
    /// slot.
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
