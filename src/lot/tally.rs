//! Which slots are held and which are free, so that one of either kind need not be looked for.

use crate::Slot;

/// Which slots are held and which are free.
///
/// The lowest of 65,535 slots of a kind, or any other, is found with as few looks as that of nine
/// is. A balanced tree would be shorter, but its cost grows with the lot.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    free: SlotSet,
    held: SlotSet,
    /// All slots, those that are held first: any one of either kind is one look away.
    order: Vec<Slot>,
    /// Where each slot stands in `order`.
    place: Vec<u16>,
    count: u16,
}

impl Tally {
    /// Of `slots` slots none is held.
    pub(super) fn new(slots: u16) -> Self {
        let mut tally = Self {
            free: SlotSet::new(slots),
            held: SlotSet::new(slots),
            order: Vec::new(),
            place: Vec::new(),
            count: 0,
        };
        for slot in Slot::first(slots) {
            tally.free.set(slot, true);
            tally.order.push(slot);
            tally.place.push(slot.number() - 1);
        }
        tally
    }

    /// How many slots are held.
    pub(super) fn held(&self) -> u16 {
        self.count
    }

    /// The slots that are held, or else those that are free, in ascending order.
    pub(super) fn all(&self, is_held: bool) -> impl Iterator<Item = Slot> {
        let set = if is_held { &self.held } else { &self.free };
        core::iter::successors(set.next(0), |slot| set.next(slot.index() + 1))
    }

    /// The slot at `place` in an order of its own in which the held ones come first.
    pub(super) fn any(&self, place: u16) -> Option<Slot> {
        self.order.get(usize::from(place)).copied()
    }

    /// Takes note that a slot is held now, or free. It was the other before.
    pub(super) fn set(&mut self, slot: Slot, is_held: bool) {
        self.held.set(slot, is_held);
        self.free.set(slot, !is_held);
        if !is_held {
            self.count -= 1;
        }
        self.exchange(slot, self.count);
        if is_held {
            self.count += 1;
        }
    }

    /// Exchanges `slot` with whichever stands at `to` in the order.
    fn exchange(&mut self, slot: Slot, to: u16) {
        let Some(other) = self.any(to) else { return };
        let Some(place) = self.place.get_mut(slot.index()) else { return };
        let from = core::mem::replace(place, to);
        for (slot, at) in [(slot, to), (other, from)] {
            if let Some(place) = self.order.get_mut(usize::from(at)) {
                *place = slot;
            }
        }
        if let Some(place) = self.place.get_mut(other.index()) {
            *place = from;
        }
    }
}

/// A set of slots in three levels of 64-bit words, the slots themselves below: a bit further up
/// says that the word below it is not empty.
#[derive(Clone, Debug)]
struct SlotSet([Vec<u64>; 3]);

impl SlotSet {
    /// An empty set with room for the slots up to `slots`.
    fn new(slots: u16) -> Self {
        Self([64, 64 * 64, 64 * 64 * 64].map(|each| vec![0; usize::from(slots).div_ceil(each)]))
    }

    fn set(&mut self, slot: Slot, is_in: bool) {
        let mut at = slot.index();
        for level in &mut self.0 {
            let Some(word) = level.get_mut(at / 64) else { return };
            let bit = 1 << (at % 64);
            *word = if is_in { *word | bit } else { *word & !bit };
            if !is_in && *word != 0 {
                return;
            }
            at /= 64;
        }
    }

    /// The lowest slot whose index is `from` or more.
    fn next(&self, from: usize) -> Option<Slot> {
        let mut at = from;
        for (height, level) in self.0.iter().enumerate() {
            let rest = level.get(at / 64)? & (u64::MAX << (at % 64));
            at /= 64;
            if rest != 0 {
                at = at * 64 + rest.trailing_zeros() as usize;
                for level in self.0.iter().take(height).rev() {
                    at = at * 64 + level.get(at)?.trailing_zeros() as usize;
                }
                return Slot::from_index(at);
            }
            at += 1;
        }
        None
    }
}
