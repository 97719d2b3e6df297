//! [`SlotSet`]: a set of slots that finds its next slot in constant time.

use crate::Slot;

/// A set of slots, as bits in three levels of 64-bit words.
///
/// The lowest level has one bit per slot. A bit of a higher level is set if the word below it is
/// not zero. So a search reads at most six words, in a lot of any size. A search in a `BTreeSet`
/// takes longer in a larger lot.
#[derive(Clone, Debug)]
pub(super) struct SlotSet([Vec<u64>; 3]);

impl SlotSet {
    /// Creates an empty set for the slots from 1 to `slots`.
    pub(super) fn empty(slots: u16) -> Self {
        Self([64, 64 * 64, 64 * 64 * 64].map(|each| vec![0; usize::from(slots).div_ceil(each)]))
    }

    /// Creates the set of all slots from 1 to `slots`.
    pub(super) fn full(slots: u16) -> Self {
        let mut set = Self::empty(slots);
        for slot in Slot::first(slots) {
            set.insert(slot);
        }
        set
    }

    /// Returns the slots of the set in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Slot> {
        core::iter::successors(self.next(0), |slot| self.next(slot.index() + 1))
    }

    /// Adds `slot` to the set.
    pub(super) fn insert(&mut self, slot: Slot) {
        let mut at = slot.index();
        for level in &mut self.0 {
            let Some(word) = level.get_mut(at / 64) else { return };
            *word |= 1 << (at % 64);
            at /= 64;
        }
    }

    /// Removes `slot` from the set.
    pub(super) fn remove(&mut self, slot: Slot) {
        let mut at = slot.index();
        for level in &mut self.0 {
            let Some(word) = level.get_mut(at / 64) else { return };
            *word &= !(1 << (at % 64));
            if *word != 0 {
                return;
            }
            at /= 64;
        }
    }

    /// Returns the first slot of the set whose index is `from` or higher.
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
