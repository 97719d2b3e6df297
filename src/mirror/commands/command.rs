//! What a panel can tell the mirror to do, and what it gets to hear of it.

use crate::error::Outcome;
use crate::mirror::view::Pending;
use crate::{CallApiId, CallUuid, Error, Slot, Time};

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
        /// The call that has to be waiting there; by default the one that is shown.
        expect: Option<CallUuid>,
        /// Which call is taken where no slot is named.
        choose: Choose,
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

/// Which waiting call a bridge without a slot takes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Choose {
    /// The one that has waited longest. It is found first, and bridged by its slot.
    #[default]
    Longest,
    /// The one that the switch picks. Nothing can be looked at before.
    Switch,
}

impl Command {
    /// The call that the command parks or bridges, and which of the two it does.
    pub(in crate::mirror) fn acts_on(&self) -> Option<(&CallApiId, Pending)> {
        match self {
            Self::Park { call, .. } => Some((call, Pending::Parking)),
            Self::Bridge { call, .. } => Some((call, Pending::Bridging)),
            Self::Inspect { .. } | Self::FreeSlots { .. } | Self::Refresh => None,
        }
    }

    /// The call that is to be parked in, or connected with, a slot that was named; and the slot.
    pub(in crate::mirror) fn target(&self) -> Option<(&CallApiId, Slot)> {
        match self {
            Self::Park { call, slot: Some(slot) } | Self::Bridge { call, slot: Some(slot), .. } => {
                Some((call, *slot))
            }
            _ => None,
        }
    }

    /// The slot with which something was done, or may have been.
    pub(in crate::mirror) fn affected_slot(&self, settled: &Settled) -> Option<Slot> {
        match settled {
            Ok(CommandResult::Parked { slot, .. }) => Some(*slot),
            Ok(CommandResult::Bridged { slot, .. }) => *slot,
            Err(error) if error.outcome == Outcome::Unknown => Some(self.target()?.1),
            _ => None,
        }
    }
}

/// How a command ended well.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CommandResult {
    /// The call waits.
    Parked {
        /// Where.
        slot: Slot,
        /// By what name a slot tells of it.
        uuid: CallUuid,
        /// When it goes back, by our estimate.
        returns_at: Option<Time>,
        /// A look, or an exact feed, showed the call there after the switch had said so.
        is_confirmed: bool,
    },
    /// The call is connected with one that waited.
    Bridged {
        /// Where it waited, if known.
        slot: Option<Slot>,
        /// The call that was seen there just before, if known.
        uuid: Option<CallUuid>,
        /// A look, or an exact feed, showed afterwards that it waits there no longer.
        is_confirmed: bool,
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

impl CommandResult {
    /// True if a look, or an exact feed, showed that the act was carried out.
    pub(in crate::mirror) fn is_confirmed(&self) -> bool {
        match self {
            Self::Parked { is_confirmed, .. } | Self::Bridged { is_confirmed, .. } => *is_confirmed,
            Self::Inspected { .. } | Self::Free { .. } | Self::Refreshed => false,
        }
    }
}

/// How a command ended.
pub type Settled = Result<CommandResult, Error>;
