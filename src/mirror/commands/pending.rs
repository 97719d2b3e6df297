//! [`PendingCommand`]: a command that has not ended, with its stage.

use super::choose::Search;
use super::command::{Choose, Command, Settled};
use super::confirm::Confirm;
use crate::mirror::CommandId;
use crate::record::record;
use crate::{CallUuid, Error, ExtensionId, Slot, Time};

/// A command that has not ended.
#[derive(Clone, Debug)]
pub(super) struct PendingCommand {
    pub(super) id: CommandId,
    pub(super) command: Command,
    pub(super) stage: Stage,
    /// True if the caller aborted the command. Its end was reported then.
    pub(super) is_aborted: bool,
    /// The slot in which this command acts, or waits to act.
    pub(super) turn: Option<Slot>,
    /// The search for the slot of a `bridge` without a slot.
    pub(super) search: Option<Search>,
    /// True if an exact feed reported the act before the switch answered.
    pub(super) is_told_by_feed: bool,
    /// The extension in the question of the act. `None` before the act was answered or lost.
    pub(super) acted_by: Option<ExtensionId>,
}

/// The stage of a command. The answer to its question ends a stage, unless the stage says
/// otherwise.
#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// Another command acts in the slot. The end of that command ends this stage.
    Queued,
    /// A question is asked before an act, or instead of one.
    Precheck,
    /// The list of free slots is asked for, to choose the slot of a `bridge`.
    Listing,
    /// The act was sent. `uuid` is the call that waited in the slot before a `bridge`.
    Sent { uuid: Option<CallUuid> },
    /// The switch answered "done" and the slot is checked. An exact feed can also end this stage.
    Confirming(Confirm),
    /// The answer to the act was lost and the slot is asked about. `tries` counts the earlier
    /// checks.
    Verifying { uuid: Option<CallUuid>, error: Error, tries: usize },
    /// The slot will be asked about again. The time `until` ends this stage.
    RetryWait { until: Time, uuid: Option<CallUuid>, error: Error, tries: usize },
    /// The slots are searched for the parked call.
    Locating(Locating),
    /// Every slot is asked about. The end of the sweep ends this stage.
    Sweeping,
}

/// The search for a call that was parked in an unknown slot.
#[derive(Clone, Debug)]
pub(super) struct Locating {
    /// The slot that was asked about last. `None` while the list of free slots is asked for.
    pub(super) asked: Option<Slot>,
    /// The free slots, in ascending order.
    pub(super) free: Vec<Slot>,
    /// The reason why the answer to the act was lost. `None` if the answer only did not name the
    /// slot.
    pub(super) error: Option<Error>,
}

/// The next step of a command.
pub(super) enum Next {
    Stage(Stage),
    /// Acts in this slot when no other command acts there.
    Turn(Slot),
    End(Settled),
}

impl PendingCommand {
    pub(super) fn new(id: CommandId, command: Command) -> Self {
        let search = match &command {
            Command::Bridge { slot: None, choose: Choose::Longest, expect, .. } => {
                Some(Search::new(expect.clone()))
            }
            Command::Bridge { .. }
            | Command::Park { .. }
            | Command::Inspect { .. }
            | Command::FreeSlots { .. }
            | Command::Refresh => None,
        };
        Self {
            id,
            command,
            stage: Stage::Precheck,
            is_aborted: false,
            turn: None,
            search,
            is_told_by_feed: false,
            acted_by: None,
        }
    }

    /// Takes out the stage, for the step that ends it.
    pub(super) fn take_stage(&mut self) -> Stage {
        core::mem::replace(&mut self.stage, Stage::Precheck)
    }

    /// Returns true if the command parks this call, or may have parked it.
    pub(super) fn parks(&self, uuid: &CallUuid) -> bool {
        let is_on_its_way =
            !matches!(self.stage, Stage::Queued | Stage::Precheck | Stage::Sweeping);
        matches!(&self.command, Command::Park { call, .. } if call.uuid() == uuid) && is_on_its_way
    }

    /// Returns true if the switch said that this command connected the call.
    pub(super) fn has_bridged(&self, uuid: &CallUuid) -> bool {
        let is_about = matches!(&self.command, Command::Bridge { call, .. } if call.uuid() == uuid);
        is_about && matches!(self.stage, Stage::Confirming(_))
    }

    /// Returns when the pause of the command is over. `None` if the command is not in a pause.
    pub(super) fn wakes_at(&self) -> Option<Time> {
        match &self.stage {
            Stage::RetryWait { until, .. } => Some(*until),
            Stage::Confirming(confirm) => confirm.wakes_at,
            _ => None,
        }
    }
}

record!(struct PendingCommand {
    id, command, stage, is_aborted, turn, search, is_told_by_feed, acted_by
});
record!(enum Stage {
    0 => Queued,
    1 => Precheck,
    2 => Listing,
    3 => Sent { uuid },
    4 => Confirming(confirm),
    5 => Verifying { uuid, error, tries },
    6 => RetryWait { until, uuid, error, tries },
    7 => Locating(locating),
    8 => Sweeping,
});
record!(struct Locating { asked, free, error });
