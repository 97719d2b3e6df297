//! [`Arrivals`]: the held slots, in the order in which their calls arrived.

use crate::Slot;

/// A queue of slots from which any slot can be removed in constant time.
///
/// The queue is a circular, doubly linked list: the links of each slot, by its number. Number 0 is
/// not a slot. Its links join the end of the queue to the start.
#[derive(Clone, Debug)]
pub(super) struct Arrivals(Vec<Links>);

/// The numbers of the neighbours of a slot.
#[derive(Clone, Copy, Debug, Default)]
struct Links {
    earlier: u16,
    later: u16,
}

impl Arrivals {
    /// Creates an empty queue for the slots from 1 to `slots`.
    pub(super) fn new(slots: u16) -> Self {
        Self(vec![Links::default(); usize::from(slots) + 1])
    }

    /// Returns the slot that is longest in the queue.
    pub(super) fn first(&self) -> Option<Slot> {
        Slot::from_index(usize::from(self.links(0).later).checked_sub(1)?)
    }

    /// Adds a slot that is not in the queue at its end.
    pub(super) fn push(&mut self, slot: Slot) {
        let slot = slot.number();
        self.join(self.links(0).earlier, slot);
        self.join(slot, 0);
    }

    /// Removes a slot that is in the queue.
    pub(super) fn remove(&mut self, slot: Slot) {
        let Links { earlier, later } = self.links(slot.number());
        self.join(earlier, later);
    }

    fn links(&self, number: u16) -> Links {
        self.0.get(usize::from(number)).copied().unwrap_or_default()
    }

    fn join(&mut self, earlier: u16, later: u16) {
        if let Some(links) = self.0.get_mut(usize::from(earlier)) {
            links.later = later;
        }
        if let Some(links) = self.0.get_mut(usize::from(later)) {
            links.earlier = earlier;
        }
    }
}
