//! [`Command`] and [`CommandResult`]: the tasks of a panel for the mirror, and how they end.

use crate::error::Outcome;
use crate::mirror::view::Pending;
use crate::record::record;
use crate::{CallApiId, CallUuid, Error, Slot, Time};

/// A task that a panel gives to the mirror.
///
/// The mirror sends `park` and `bridge` once and never repeats them. It checks the slot before and
/// after, and reports the end as [`Notice::Settled`](crate::mirror::Notice::Settled).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Command {
    /// Parks `call`. The conversation then ends at the extension that parks it.
    ///
    /// The specification lets a parked call wait for three minutes. Then the call goes back to the
    /// extension that parked it.
    Park {
        /// The call to park. It must be a call of one of the mirror's extensions.
        call: CallApiId,
        /// The slot in which the call should wait. `None`: the switch chooses a free slot.
        slot: Option<Slot>,
    },
    /// Connects `call` with a parked call. The slot of the parked call becomes vacant.
    Bridge {
        /// The call to connect. It must be a call of one of the mirror's extensions.
        call: CallApiId,
        /// The slot of the parked call. `None`: `choose` decides.
        slot: Option<Slot>,
        /// The call that must wait in the slot. The command is refused if another call waits there.
        ///
        /// `None` with a slot: the call that the view of the slot shows when the command starts.
        /// `None` without a slot: any parked call.
        expect: Option<CallUuid>,
        /// Which parked call to connect if `slot` is `None`.
        choose: Choose,
    },
    /// Asks which call waits in `slot`. The view of the slot then shows the answer.
    Inspect {
        /// The slot to ask about.
        slot: Slot,
        /// The call that the question names. `None`: the mirror chooses a live call.
        call: Option<CallApiId>,
    },
    /// Asks for the list of free slots.
    FreeSlots {
        /// The call that the question names. `None`: the mirror chooses a live call.
        call: Option<CallApiId>,
    },
    /// Asks about every slot without an answer from the last five seconds.
    Refresh,
}

/// Which parked call a `bridge` without a slot connects.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Choose {
    /// The call that has waited longest. The mirror finds its slot and bridges that slot.
    #[default]
    Longest,
    /// The call that the switch chooses. The mirror cannot check the slot before.
    Switch,
}

impl Command {
    /// Returns the call that the command parks or bridges, and which of the two. `None` for a
    /// command that only asks.
    pub(in crate::mirror) fn acts_on(&self) -> Option<(&CallApiId, Pending)> {
        match self {
            Self::Park { call, .. } => Some((call, Pending::Parking)),
            Self::Bridge { call, .. } => Some((call, Pending::Bridging)),
            Self::Inspect { .. } | Self::FreeSlots { .. } | Self::Refresh => None,
        }
    }

    /// Returns the call and the slot of a command that acts in a known slot.
    pub(in crate::mirror) fn target(&self) -> Option<(&CallApiId, Slot)> {
        match self {
            Self::Park { call, slot: Some(slot) } | Self::Bridge { call, slot: Some(slot), .. } => {
                Some((call, *slot))
            }
            Self::Park { slot: None, .. }
            | Self::Bridge { slot: None, .. }
            | Self::Inspect { .. }
            | Self::FreeSlots { .. }
            | Self::Refresh => None,
        }
    }

    /// Returns the slot in which the command has acted, or may have acted.
    pub(in crate::mirror) fn affected_slot(&self, settled: &Settled) -> Option<Slot> {
        match settled {
            Ok(CommandResult::Parked { slot, .. }) => Some(*slot),
            Ok(CommandResult::Bridged { slot, .. }) => *slot,
            Ok(
                CommandResult::Inspected { .. }
                | CommandResult::Free { .. }
                | CommandResult::Refreshed,
            ) => None,
            Err(error) if error.outcome == Outcome::Unknown => Some(self.target()?.1),
            Err(_) => None,
        }
    }
}

/// The result of a command that succeeded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CommandResult {
    /// The call is parked.
    Parked {
        /// The slot in which the call waits.
        slot: Slot,
        /// The name with which the slot answers.
        uuid: CallUuid,
        /// When the call goes back to its extension, as an estimate. `None` if the call may wait
        /// for ever.
        returns_at: Option<Time>,
        /// True if a check after the answer, or an exact feed, showed the call in the slot.
        is_confirmed: bool,
    },
    /// The call is connected with a call that was parked.
    Bridged {
        /// The slot in which the other call waited. `None` if the switch did not say.
        slot: Option<Slot>,
        /// The other call. `None` if unknown. If the switch did not name the call, this is the call
        /// that the check before the `bridge` saw.
        uuid: Option<CallUuid>,
        /// True if a check after the answer, or an exact feed, showed that the other call left the
        /// slot.
        is_confirmed: bool,
    },
    /// The switch answered. The view of the slot shows the answer.
    Inspected {
        /// The slot that was asked about.
        slot: Slot,
    },
    /// The list of free slots.
    Free {
        /// The free slots, in ascending order.
        slots: Vec<Slot>,
    },
    /// Every slot was asked about that had no answer from the last five seconds.
    Refreshed,
}

impl CommandResult {
    /// Returns true if a check, or an exact feed, showed that the act was carried out.
    pub(in crate::mirror) fn is_confirmed(&self) -> bool {
        match self {
            Self::Parked { is_confirmed, .. } | Self::Bridged { is_confirmed, .. } => *is_confirmed,
            Self::Inspected { .. } | Self::Free { .. } | Self::Refreshed => false,
        }
    }
}

/// The end of a command: its result, or the error that stopped it.
///
/// The [`outcome`](crate::error::Outcome) of the error says whether the act was carried out. The
/// codes:
///
/// | code | meaning |
/// | --- | --- |
/// | [`Code::Refused`](crate::Code::Refused) | the switch refused, or the first check did |
/// | [`Code::AskerParked`](crate::Code::AskerParked) | a `bridge` parked its own call instead |
/// | [`Code::NotThere`](crate::Code::NotThere) | the parked call is not in the slot |
/// | [`Code::NoLiveCall`](crate::Code::NoLiveCall) | there is no call that a question could name |
/// | [`Code::InvalidSlot`](crate::Code::InvalidSlot) | the lot does not have the slot |
/// | [`Code::InvalidOptions`](crate::Code::InvalidOptions) | `expect` with [`Choose::Switch`] |
/// | [`Code::Aborted`](crate::Code::Aborted) | the caller aborted the command |
/// | any other | the switch could not be reached, or its answer is unclear |
pub type Settled = Result<CommandResult, Error>;

record!(enum Command {
    0 => Park { call, slot },
    1 => Bridge { call, slot, expect, choose },
    2 => Inspect { slot, call },
    3 => FreeSlots { call },
    4 => Refresh,
});
record!(enum Choose { 0 => Longest, 1 => Switch });
