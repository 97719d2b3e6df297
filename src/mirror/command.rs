//! What a panel can tell the mirror to do, and what it gets to hear of it.

use crate::trouble::Outcome as Done;
use crate::{CallApiId, CallUuid, Slot, Time, Trouble};

/// Names one command from its giving to its end.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CommandId(pub u32);

/// Something a panel wants done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Command {
    /// Let `call` wait, in `slot` or anywhere.
    Park {
        /// Whom.
        call: CallApiId,
        /// Where; anywhere without it.
        slot: Option<Slot>,
    },
    /// Connect `call` with whoever waits in `slot`, or with anybody.
    Bridge {
        /// Which call is connected.
        call: CallApiId,
        /// With whoever waits here.
        slot: Option<Slot>,
        /// Who has to be waiting there; by default whoever is shown.
        expect: Option<CallUuid>,
    },
    /// Ask who waits in `slot`.
    Inspect {
        /// Where.
        slot: Slot,
        /// The call to ask with; any live one without it.
        call: Option<CallApiId>,
    },
    /// Ask which slots are free.
    FreeSlots {
        /// The call to ask with; any live one without it.
        call: Option<CallApiId>,
    },
    /// Ask for whatever is not known freshly.
    Refresh,
}

impl Command {
    /// The call that is to be parked in, or connected with, a slot that was named.
    pub(super) fn deed(&self) -> Option<(&CallApiId, Slot)> {
        match self {
            Self::Park { call, slot: Some(slot) } | Self::Bridge { call, slot: Some(slot), .. } => {
                Some((call, *slot))
            }
            _ => None,
        }
    }

    /// The slot with which something was done, or may have been.
    pub(super) fn touched(&self, settled: &Settled) -> Option<Slot> {
        match settled {
            Ok(Outcome::Parked { slot, .. }) => Some(*slot),
            Ok(Outcome::Bridged { slot, .. }) => *slot,
            Err(trouble) if trouble.outcome == Done::Unknown => Some(self.deed()?.1),
            _ => None,
        }
    }
}

/// How a command ended well.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// The call waits.
    Parked {
        /// Where.
        slot: Slot,
        /// By what name a slot tells of it.
        uuid: CallUuid,
        /// When it goes back, by our estimate.
        returns_at: Option<Time>,
    },
    /// The call is connected with one that waited.
    Bridged {
        /// Where it waited, if anybody said so.
        slot: Option<Slot>,
        /// Who it was, if anybody said so.
        uuid: Option<CallUuid>,
    },
    /// The slot was looked at; the view says what was seen.
    Inspected {
        /// Which.
        slot: Slot,
    },
    /// These slots are free.
    Free {
        /// In ascending order.
        slots: Vec<Slot>,
    },
    /// Everything is known that can be.
    Refreshed,
}

/// How a command ended.
pub type Settled = Result<Outcome, Trouble>;
