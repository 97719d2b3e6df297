//! One command on its way, and the stage it is in.

use super::choose::Search;
use super::command::{Choose, Command, CommandId, Settled};
use super::confirm::Confirm;
use crate::{CallUuid, Error, Slot, Time};

/// One command that has not ended.
#[derive(Clone, Debug)]
pub(super) struct PendingCommand {
    pub(super) id: CommandId,
    pub(super) command: Command,
    pub(super) stage: Stage,
    /// The caller gave the command up. Its end must still be known, but is not reported.
    pub(super) is_aborted: bool,
    /// The slot in which no other command may act meanwhile.
    pub(super) turn: Option<Slot>,
    /// The search for a slot of a `bridge` without one.
    pub(super) search: Option<Search>,
    /// An exact feed told that the act was carried out.
    pub(super) was_told: bool,
}

/// Where a command stands. Each stage is left by the answer to its question, except where the stage
/// says otherwise.
#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// Another command of ours acts in the slot and goes first. Left when that command ends.
    Queued,
    /// A question is asked before, or instead of, the act.
    Precheck,
    /// The free slots are asked for, to choose the slot of a `bridge`.
    Listing,
    /// The act itself is asked for; a bridge with the call `uuid`.
    Sent { uuid: Option<CallUuid> },
    /// The switch said that the act is done. The slot is looked at to make sure. Left by an exact
    /// feed, too.
    Confirming(Confirm),
    /// The slot is asked about after a lost answer. `tries` counts the earlier questions.
    Verifying { uuid: Option<CallUuid>, error: Error, tries: usize },
    /// The slot will be asked about again. Left when the time has come.
    RetryWait { until: Time, uuid: Option<CallUuid>, error: Error, tries: usize },
    /// The call is looked for, slot by slot; after a lost answer with the error that was.
    Locating(Locating),
    /// Left when the sweep ends.
    Sweeping,
}

/// The search for a call that was parked in a slot nobody named.
#[derive(Clone, Debug)]
pub(super) struct Locating {
    /// The slot that was asked about last; `None` while the list of free slots is asked for.
    pub(super) asked: Option<Slot>,
    /// The slots that are free, in ascending order.
    pub(super) free: Vec<Slot>,
    /// Why the answer to the act does not tell the slot, if the answer was lost.
    pub(super) error: Option<Error>,
}

/// The step that follows for a command.
pub(super) enum Next {
    Stage(Stage),
    /// The command acts in this slot as soon as no other command does.
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
            was_told: false,
        }
    }

    /// Takes the stage out, for the step that leaves it.
    pub(super) fn take_stage(&mut self) -> Stage {
        core::mem::replace(&mut self.stage, Stage::Precheck)
    }

    /// True if the command brings this call into a slot, or may have done so.
    pub(super) fn parks(&self, uuid: &CallUuid) -> bool {
        let is_on_its_way =
            !matches!(self.stage, Stage::Queued | Stage::Precheck | Stage::Sweeping);
        matches!(&self.command, Command::Park { call, .. } if call.uuid() == uuid) && is_on_its_way
    }

    /// True if the switch said that this command has connected the call.
    pub(super) fn has_bridged(&self, uuid: &CallUuid) -> bool {
        let is_about = matches!(&self.command, Command::Bridge { call, .. } if call.uuid() == uuid);
        is_about && matches!(self.stage, Stage::Confirming(_))
    }

    /// The time at which the command goes on by itself.
    pub(super) fn wakes_at(&self) -> Option<Time> {
        match &self.stage {
            Stage::RetryWait { until, .. } => Some(*until),
            Stage::Confirming(confirm) => confirm.wakes_at,
            _ => None,
        }
    }
}
