//! One stay in the lot.

use crate::{CallApiId, ExtensionId, Slot, Time};

/// One call's wait in one slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stay {
    /// Who waits.
    pub call: CallApiId,
    /// Who parked it, and so where it returns to.
    pub extension: ExtensionId,
    /// Since when.
    pub parked_at: Time,
}

/// A stall in which somebody waits, between neighbours of two kinds.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) stay: Stay,
    /// Who arrived just before.
    pub(super) earlier: Option<Slot>,
    /// Who arrived just after.
    pub(super) later: Option<Slot>,
    /// The next whose name has the same hash.
    pub(super) next: Option<Slot>,
}
