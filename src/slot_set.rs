//! [`SlotSet`]: a set of slots that finds its next slot in constant time.

use crate::Slot;

/// A set of slots, as bits in three levels of 64-bit words.
///
/// The lowest level has one bit per slot. A bit of a higher level is set if the word below it is
/// not zero. So a search reads at most six words, in a lot of any size. A search in a `BTreeSet`
/// takes longer in a larger lot.
#[derive(Clone, Debug, Default)]
pub(crate) struct SlotSet {
    levels: [Vec<u64>; 3],
    len: usize,
}

impl SlotSet {
    /// Adds `slot` to the set, or removes it from the set.
    pub(crate) fn set(&mut self, slot: Slot, is_in: bool) {
        if self.contains(slot) == is_in {
            return;
        }
        self.len = if is_in { self.len + 1 } else { self.len - 1 };
        let mut at = slot.index();
        for level in &mut self.levels {
            let (place, bit) = (at / 64, 1 << (at % 64));
            if place >= level.len() {
                level.resize(place + 1, 0);
            }
            let Some(word) = level.get_mut(place) else { return };
            *word = if is_in { *word | bit } else { *word & !bit };
            if !is_in && *word != 0 {
                return;
            }
            at = place;
        }
    }

    /// Returns true if the set contains `slot`.
    pub(crate) fn contains(&self, slot: Slot) -> bool {
        let [words, ..] = &self.levels;
        words.get(slot.index() / 64).is_some_and(|word| word & 1 << (slot.index() % 64) != 0)
    }

    /// Returns the number of slots in the set.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Returns the slots of the set in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Slot> {
        core::iter::successors(self.next(0), |slot| self.next(slot.index() + 1))
    }

    /// Returns the first slot of the set whose index is `from` or higher.
    fn next(&self, from: usize) -> Option<Slot> {
        let mut at = from;
        for (height, level) in self.levels.iter().enumerate() {
            let rest = level.get(at / 64)? & (u64::MAX << (at % 64));
            at /= 64;
            if rest != 0 {
                at = at * 64 + rest.trailing_zeros() as usize;
                for level in self.levels.iter().take(height).rev() {
                    at = at * 64 + level.get(at)?.trailing_zeros() as usize;
                }
                return Slot::from_index(at);
            }
            at += 1;
        }
        None
    }
}

impl FromIterator<Slot> for SlotSet {
    fn from_iter<I: IntoIterator<Item = Slot>>(slots: I) -> Self {
        let mut set = Self::default();
        for slot in slots {
            set.set(slot, true);
        }
        set
    }
}
