//! A set of slots that knows its lowest without looking through them.

use crate::Slot;

/// A set of slots in three levels of 64-bit words: a bit above says that the word below it is not
/// empty.
///
/// The lowest of 65,535 slots is found with three looks, as that of nine is. A balanced tree would
/// be shorter, but its cost grows with the lot.
#[derive(Clone, Debug)]
pub(super) struct SlotSet {
    top: u64,
    middle: Vec<u64>,
    bottom: Vec<u64>,
}

impl SlotSet {
    /// An empty set with room for the slots up to `slots`.
    pub(super) fn new(slots: u16) -> Self {
        let words = usize::from(slots).div_ceil(64);
        Self { top: 0, middle: vec![0; words.div_ceil(64)], bottom: vec![0; words] }
    }

    pub(super) fn insert(&mut self, slot: Slot) {
        let index = slot.index();
        for (word, bit) in [
            (self.bottom.get_mut(index / 64), index),
            (self.middle.get_mut(index / 64 / 64), index / 64),
            (Some(&mut self.top), index / 64 / 64),
        ] {
            if let Some(word) = word {
                *word |= 1 << (bit % 64);
            }
        }
    }

    pub(super) fn remove(&mut self, slot: Slot) {
        let index = slot.index();
        for (word, bit) in [
            (self.bottom.get_mut(index / 64), index),
            (self.middle.get_mut(index / 64 / 64), index / 64),
            (Some(&mut self.top), index / 64 / 64),
        ] {
            let Some(word) = word else { return };
            *word &= !(1 << (bit % 64));
            if *word != 0 {
                return;
            }
        }
    }

    /// The slots in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Slot> {
        let word = |words: &[u64], index: usize| words.get(index).copied().unwrap_or(0);
        bits(self.top)
            .flat_map(move |top| bits(word(&self.middle, top)).map(move |bit| top * 64 + bit))
            .flat_map(move |middle| {
                bits(word(&self.bottom, middle)).map(move |bit| middle * 64 + bit)
            })
            .filter_map(Slot::from_index)
    }
}

/// The places of the bits that are set, the lowest first.
fn bits(word: u64) -> impl Iterator<Item = usize> {
    core::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)))
        .take_while(|word| *word != 0)
        .map(|word| word.trailing_zeros() as usize)
}
