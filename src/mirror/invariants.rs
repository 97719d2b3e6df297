//! What always holds, asserted after every input in debug builds.

use std::collections::BTreeSet;

use super::{Effects, IN_FLIGHT, Mirror};

/// The largest lot that is walked through after every input.
const WALKED: usize = 64;

impl Mirror {
    /// Asserts what always holds.
    ///
    /// # Panics
    ///
    /// Panics where an invariant is broken, which is a fault of this crate.
    pub(super) fn assert_invariants(&self, effects: &Effects) {
        // At most so many questions are in flight.
        assert!(self.poller.in_flight() <= IN_FLIGHT);
        // A wake-up is always in the future.
        assert!(effects.wake_at.is_none_or(|at| at > self.at.now));
        // Nothing is left to be passed on.
        if self.belief.size() > WALKED {
            return;
        }
        // One call is in one slot.
        let mut calls = BTreeSet::new();
        for (slot, cell) in self.belief.held() {
            if let Some(uuid) = cell.uuid() {
                assert!(calls.insert(uuid.clone()), "{uuid} is in two slots");
                assert_eq!(self.belief.slot_of(uuid), Some(slot), "{uuid} is found elsewhere");
            }
        }
        for slot in self.belief.slots() {
            // What is shown of a command belongs to a command that has not ended.
            if let Some(intent) = self.belief.cell(slot).and_then(|cell| cell.intent.as_ref()) {
                assert!(self.commands.is_at_work(intent.command()), "{slot} shows {intent:?}");
            }
            // The index says the same as a walk.
            self.belief.assert_indexed(slot);
        }
    }
}
