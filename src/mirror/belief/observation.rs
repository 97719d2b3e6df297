//! [`Observation`]: what an answer says about one slot, with its [`Source`] and its effect.

use super::cell::Occupant;
use crate::mirror::CommandId;
use crate::{CallUuid, ExtensionId, Time};

/// The statement of an answer about one slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::mirror) enum Observation {
    Vacant,
    /// A call waits in the slot. The answer does not name the call.
    Occupied,
    Held {
        uuid: CallUuid,
    },
    /// The extension `by` parked the call.
    Parked {
        uuid: CallUuid,
        by: ExtensionId,
        since: Time,
    },
}

impl Observation {
    /// Returns the call that the observation names.
    pub(in crate::mirror) fn uuid(&self) -> Option<&CallUuid> {
        match self {
            Self::Held { uuid } | Self::Parked { uuid, .. } => Some(uuid),
            Self::Occupied | Self::Vacant => None,
        }
    }
}

/// The origin of an observation.
#[derive(Clone, Copy, Debug)]
pub(in crate::mirror) struct Source {
    /// The step in which the question was sent. For a message: the step in which the message
    /// arrived.
    pub(in crate::mirror) step: u64,
    /// When the question was sent.
    pub(in crate::mirror) asked_at: Time,
    /// When the answer or the message arrived.
    pub(in crate::mirror) arrived_at: Time,
    /// The command whose `park` or `bridge` was answered. `None` for every other observation.
    pub(in crate::mirror) command: Option<CommandId>,
    /// The place of the answer in the order in which the switch answered. `None` if unknown.
    pub(in crate::mirror) order: Option<u64>,
    /// The newest id of the feed that the server knew when the question was sent. `None` if
    /// unknown.
    pub(in crate::mirror) since: Option<u64>,
    /// True if another client or a feed reports the observation. False if it answers our own
    /// question.
    pub(in crate::mirror) is_second_hand: bool,
    /// True if the call that the question was asked with talked or rang when the answer arrived.
    pub(in crate::mirror) is_asker_alive: bool,
}

impl Source {
    /// Returns the origin of a message whose question was sent at `asked_at`.
    pub(in crate::mirror) fn second_hand(step: u64, asked_at: Time) -> Self {
        Self {
            step,
            asked_at,
            arrived_at: asked_at,
            command: None,
            order: None,
            since: None,
            is_second_hand: true,
            is_asker_alive: false,
        }
    }
}

/// The effect of an observation on a cell.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::mirror) struct Applied {
    /// The call that waited in the slot before, and does not wait there any more.
    pub(in crate::mirror) left: Option<Occupant>,
    /// True if the observation names a call that was not known to wait in the slot.
    pub(in crate::mirror) arrived: bool,
    /// True if the call still waits in the slot, although an event said otherwise.
    pub(in crate::mirror) waits_again: bool,
    /// True if two answers disagree and it is unknown which one is newer.
    pub(in crate::mirror) is_contradictory: bool,
}
