//! [`SlotSet`]: a set of slots, with one bit for each slot.

use crate::Slot;

/// A set of slots.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::mirror) struct SlotSet {
    words: Vec<u64>,
    len: usize,
}

impl SlotSet {
    /// Adds a slot to the set, or removes it.
    pub(in crate::mirror) fn set(&mut self, slot: Slot, is_in: bool) {
        let (place, bit) = (slot.index() / 64, 1 << (slot.index() % 64));
        if place >= self.words.len() {
            self.words.resize(place + 1, 0);
        }
        let Some(word) = self.words.get_mut(place) else { return };
        match (*word & bit != 0, is_in) {
            (false, true) => self.len += 1,
            (true, false) => self.len -= 1,
            _ => return,
        }
        *word ^= bit;
    }

    /// Returns true if the set contains a slot.
    #[cfg(debug_assertions)]
    pub(in crate::mirror) fn contains(&self, slot: Slot) -> bool {
        let word = self.words.get(slot.index() / 64).copied().unwrap_or_default();
        word & 1 << (slot.index() % 64) != 0
    }

    /// Returns the number of slots in the set.
    pub(in crate::mirror) fn len(&self) -> usize {
        self.len
    }

    /// Returns the slots in ascending order.
    pub(in crate::mirror) fn iter(&self) -> impl Iterator<Item = Slot> {
        self.words.iter().enumerate().flat_map(|(place, word)| {
            let mut left = *word;
            core::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                left &= left.wrapping_sub(1);
                if bit < 64 { Slot::from_index(place * 64 + bit) } else { None }
            })
        })
    }
}
