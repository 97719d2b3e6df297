//! Random choices that can be repeated.

/// A source of choices, the same for the same seed: `SplitMix64`.
///
/// Nothing secret hangs on it. What matters is that a lot can be played again.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    state: u64,
}

impl Choice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A number below `bound`; zero if there is none.
    pub(crate) fn below(&mut self, bound: u16) -> u16 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // The upper half scaled into the range: with at most 65,535 slots the bias is below 2^-16.
        let scaled = ((mixed >> 32) * u64::from(bound)) >> 32;
        u16::try_from(scaled).unwrap_or(0)
    }
}
