//! The invariants of a mirror, which debug builds check after every input.

use std::collections::BTreeSet;

use super::{Effects, IN_FLIGHT, Mirror};

/// The number of slots up to which every slot is checked.
const MAX_VISITED: usize = 64;

impl Mirror {
    /// Asserts the invariants of a mirror.
    ///
    /// # Panics
    ///
    /// Panics if an invariant is broken, which is a fault of this crate.
    pub(super) fn assert_invariants(&self, effects: &Effects) {
        assert!(self.poller.in_flight() <= IN_FLIGHT);
        assert!(effects.wake_at.is_none_or(|at| at > self.at.now));
        // The other checks visit every slot, which would take too long in a large lot.
        if self.belief.size() > MAX_VISITED {
            return;
        }
        // No two slots show one call.
        let mut calls = BTreeSet::new();
        for (slot, cell) in self.belief.held() {
            if let Some(uuid) = cell.uuid() {
                assert!(calls.insert(uuid.clone()), "{uuid} is in two slots");
                assert_eq!(self.belief.slot_of(uuid), Some(slot), "{uuid} is found elsewhere");
            }
        }
        for slot in self.belief.slots() {
            // An intent belongs to a command that has not ended.
            if let Some(intent) = self.belief.cell(slot).and_then(|cell| cell.intent.as_ref()) {
                assert!(self.commands.is_running(intent.command()), "{slot} shows {intent:?}");
            }
            // The index matches the cells.
            self.belief.assert_indexed(slot);
        }
    }
}
