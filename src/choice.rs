//! Random choices that a seed repeats.

use core::ops::Range;

/// A pseudo-random generator (`SplitMix64`). Equal seeds give equal choices.
///
/// The numbers are not fit for secrets. A seed makes a run of the lot repeatable.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    state: u64,
}

impl Choice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Returns a number below `bound`, or 0 if `bound` is 0.
    pub(crate) fn below(&mut self, bound: u16) -> u16 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // Scales the upper half into the range. The bias is below 2^-16 for any `bound`.
        let scaled = ((mixed >> 32) * u64::from(bound)) >> 32;
        u16::try_from(scaled).unwrap_or(0)
    }

    /// Returns a number from `range`, or `None` if `range` is empty.
    pub(crate) fn in_range(&mut self, range: Range<u16>) -> Option<u16> {
        let length = range.end.checked_sub(range.start).filter(|length| *length > 0)?;
        Some(range.start + self.below(length))
    }
}

crate::record::record!(struct Choice { state });
