//! One place in the lot, and one stay in it.

use crate::{CallApiId, ExtensionId, Slot, Time};

/// One place in the lot: vacant, or held by exactly one call.
///
/// The two transitions consume the stall they leave, so nothing can be done twice from one state.
#[derive(Clone, Debug, Default)]
pub(super) enum Stall {
    /// Nobody waits here.
    #[default]
    Vacant,
    /// Somebody does, between two neighbours in the order of arrival.
    Held(Stay, Neighbours),
}

impl Stall {
    /// The stay, if there is one.
    pub(super) fn stay(&self) -> Option<&Stay> {
        match self {
            Self::Vacant => None,
            Self::Held(stay, _) => Some(stay),
        }
    }

    /// The neighbours in the order of arrival, if somebody waits here.
    pub(super) fn neighbours_mut(&mut self) -> Option<&mut Neighbours> {
        match self {
            Self::Vacant => None,
            Self::Held(_, neighbours) => Some(neighbours),
        }
    }
}

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

/// Who arrived just before and just after.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Neighbours {
    pub(super) earlier: Option<Slot>,
    pub(super) later: Option<Slot>,
}
