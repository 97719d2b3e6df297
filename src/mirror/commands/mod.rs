//! [`Commands`]: the commands that have not ended, and the stages that they go through.
//!
//! ```text
//!  another command           vacant, or the            answered          confirmed, or
//!  has the slot              call expected             "done"            no clear answer
//!      Queued ─────▶ Precheck ──────────────▶ Sent ──────────────▶ Confirming ─────────▶ settled
//!                     │ ▲ outdated             │ lost, or unclear     ▲ │ contradicted        ▲
//!                     │ └──┘                   ▼                      └─┘                     │
//!                     ▼                    Verifying ◀──▶ RetryWait ──────────────────────────┤
//!              settled, nothing done         Locating (parked, slot unknown) ─────────────────┘
//! ```
//!
//! A command checks the slot (`Precheck`), sends `park` or `bridge` (`Sent`) and checks the slot
//! again (`Confirming`). If the answer was lost, the command asks what the switch has done. A
//! `park` or a `bridge` is never sent twice. A `bridge` without a slot first finds out which calls
//! wait (`Listing` or `Sweeping`), and then continues with `Queued`.
//!
//! [`Commands`] reads the other parts through [`Facts`], and returns its requests to them as
//! [`Want`]s.

mod act;
mod choose;
mod command;
mod confirm;
mod locate;
mod pending;
mod step;
#[cfg(test)]
mod tests;
mod turns;
mod verify;

pub use self::command::{Choose, Command, CommandResult, Settled};

use self::pending::{Next, PendingCommand, Stage};
use self::turns::Turns;
use super::belief::Belief;
use super::poller::Asked;
use super::roster::{Asker, AskerState, Rosters};
use super::view::{CallState, Pending};
use super::{CommandId, Moment, take_first};
use crate::error::Outcome;
use crate::record::record;
use crate::{Action, Answer, CallApiId, CallUuid, Code, Error, ExtensionId, Slot, Time};

/// The commands of one lot that have not ended.
#[derive(Clone, Debug)]
pub(super) struct Commands {
    /// True if the slot is checked after an act, unless an exact feed reports the act.
    confirms: bool,
    /// The commands that have not ended, except those that wait in `turns`.
    pending: Vec<PendingCommand>,
    turns: Turns,
    wants: Vec<Want>,
}

/// The other parts, as the commands read them.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) at: Moment,
    pub(super) belief: &'a Belief,
    pub(super) rosters: &'a Rosters,
    /// True if a feed reports every call that enters or leaves a slot.
    pub(super) feed_is_exact: bool,
    /// True if the switch has a list of free slots.
    pub(super) has_free_list: bool,
}

/// A request of the commands to the other parts. The requests are carried out in order.
#[derive(Clone, Debug)]
pub(super) enum Want {
    /// Ask the switch.
    Ask { command: CommandId, asker: Asker, action: Action, slot: Option<Slot> },
    /// Ask about every slot without a fresh answer. `with` is the asker, if the command names one.
    Sweep { command: CommandId, with: Option<Asker> },
    /// Note that the switch has no list of free slots.
    NoFreeList,
    /// Remember the name of a call.
    Name(CallApiId),
    /// Apply an answer that was held back.
    Observe { asked: Box<Asked>, answer: Answer },
    /// Record that `extension` parked the call in a slot.
    RecordParkedBy { slot: Slot, uuid: CallUuid, extension: ExtensionId },
    /// Set every slot with a named call to unknown: one of the calls left, and it is unknown which
    /// one.
    ForgetHeld,
    /// Stop showing the act of a command in a slot.
    DropIntent(Slot),
    /// Show a slot as not confirmed.
    Unconfirm(Slot),
    /// Record that a call is not parked, although the switch said so.
    NotParked(CallUuid),
    /// Stop showing a command in its slots. `is_unknown`: the effect of the command is unknown.
    EndAct { command: CommandId, is_unknown: bool },
    /// Check a slot again later. `is_confirmed`: a check has shown the act already.
    CheckLater { slot: Slot, is_confirmed: bool },
    /// Report the end of a command.
    Settle(CommandId, Settled),
}

impl Facts<'_> {
    /// Returns true if the belief names every parked call without a question.
    fn knows_held_slots(&self) -> bool {
        self.feed_is_exact && self.belief.knows_every_slot()
    }
}

impl Commands {
    /// Creates an empty list of commands.
    pub(super) fn new(confirms: bool) -> Self {
        Self { confirms, pending: Vec::new(), turns: Turns::default(), wants: Vec::new() }
    }

    /// Returns the requests since the last call, in order.
    pub(super) fn take_wants(&mut self) -> Vec<Want> {
        core::mem::take(&mut self.wants)
    }

    /// Starts a command.
    pub(super) fn start(&mut self, facts: &Facts<'_>, id: CommandId, command: Command) {
        if let Err(error) = check(&command, facts.belief.size()) {
            self.wants.push(Want::Settle(id, Err(error)));
            return;
        }
        if let Some((call, pending)) = command.acts_on() {
            self.wants.push(Want::Name(call.clone()));
            self.turns.add_pending(call.uuid(), pending);
        }
        let mut command = PendingCommand::new(id, command);
        let next = self.first_step(facts, &mut command);
        self.transition(facts, command, next);
    }

    /// Aborts a command and reports its end. An act that was sent already is still followed to its
    /// end.
    ///
    /// `cancel_unsent` cancels a question of the command that was not sent yet. It returns true if
    /// there was such a question.
    pub(super) fn abort(
        &mut self,
        facts: &Facts<'_>,
        id: CommandId,
        cancel_unsent: impl FnOnce() -> bool,
    ) {
        let is_harmless = match self.pending.iter_mut().find(|command| command.id == id) {
            None if self.turns.is_waiting(id) => true,
            None => return,
            Some(command) if command.is_aborted => return,
            Some(command) => {
                command.is_aborted = true;
                match command.stage {
                    Stage::Precheck | Stage::Listing | Stage::Sweeping => true,
                    // The act may still wait to be sent. A question about an act is not cancelled,
                    // because the result of the act must become known.
                    Stage::Sent { .. } => cancel_unsent(),
                    _ => false,
                }
            }
        };
        let outcome = if is_harmless { Outcome::NotDone } else { Outcome::Unknown };
        let error = Error::new(Code::Aborted, "the command was aborted").with_outcome(outcome);
        self.wants.push(Want::Settle(id, Err(error)));
        let removed =
            if is_harmless { self.take(id).or_else(|| self.turns.take_waiting(id)) } else { None };
        let aborted = removed.as_ref().or(self.pending.iter().find(|command| command.id == id));
        if let Some((call, pending)) = aborted.and_then(|command| command.command.acts_on()) {
            self.turns.remove_pending(call.uuid(), pending);
        }
        if let Some(slot) = removed.and_then(|command| command.turn) {
            self.end_turn(facts, slot);
        }
    }

    /// Continues a command after the answer to its question, or after the question failed.
    pub(super) fn apply_answer(
        &mut self,
        facts: &Facts<'_>,
        id: CommandId,
        asked: &Asked,
        result: Result<&Answer, &Error>,
    ) {
        let Some(mut command) = self.take(id) else { return };
        let next = self.next_step(facts, &mut command, asked, result);
        // A bridge without a slot tries the next slot.
        let next = match next {
            Next::End(Err(error)) if command.search.is_some() && choose::is_call_gone(&error) => {
                choose::choose_next_slot(facts, &mut command)
            }
            next => next,
        };
        self.transition(facts, command, next);
    }

    /// Continues the commands whose pause is over.
    pub(super) fn resume(&mut self, facts: &Facts<'_>) {
        let is_due =
            |command: &PendingCommand| command.wakes_at().is_some_and(|at| at <= facts.at.now);
        while let Some(mut command) = take_first(&mut self.pending, is_due) {
            let next = match command.take_stage() {
                Stage::RetryWait { uuid, error, tries, .. } => {
                    self.verify(facts, &command, uuid, error, tries)
                }
                Stage::Confirming(confirm) => self.ask_to_confirm(facts, &command, confirm),
                stage => Next::Stage(stage),
            };
            self.transition(facts, command, next);
        }
    }

    /// Continues the commands that waited for a sweep. `error` is the reason why the sweep failed.
    pub(super) fn finish_sweep(
        &mut self,
        facts: &Facts<'_>,
        ids: Vec<CommandId>,
        error: Option<&Error>,
    ) {
        for id in ids {
            let Some(mut command) = self.take(id) else { continue };
            let next = match error {
                // A command that only asks has changed nothing.
                Some(error) => Next::End(Err(error.clone().with_outcome(Outcome::NotDone))),
                None if command.search.is_some() => choose::choose_next_slot(facts, &mut command),
                None if matches!(command.command, Command::FreeSlots { .. }) => {
                    Next::End(Ok(CommandResult::Free { slots: facts.belief.vacant() }))
                }
                None => Next::End(Ok(CommandResult::Refreshed)),
            };
            self.transition(facts, command, next);
        }
    }

    /// Returns when the next pause of a command is over.
    pub(super) fn next_wake(&self, now: Time) -> Option<Time> {
        self.pending.iter().filter_map(PendingCommand::wakes_at).filter(|at| *at > now).min()
    }

    /// Returns true if a call is parked, or a command is parking it.
    pub(super) fn is_parked(&self, belief: &Belief, uuid: &CallUuid) -> bool {
        belief.slot_of(uuid).is_some() || self.pending.iter().any(|command| command.parks(uuid))
    }

    /// Returns the state of a call, from our own commands and from its events.
    pub(super) fn asker_state(
        &self,
        belief: &Belief,
        rosters: &Rosters,
        call: &CallApiId,
    ) -> AskerState {
        let uuid = call.uuid();
        if self.is_parked(belief, uuid) {
            return AskerState::Parked;
        }
        if self.pending.iter().any(|command| command.has_bridged(uuid)) {
            return AskerState::Left;
        }
        match rosters.live(uuid) {
            Some(live) if live.state == CallState::Parked => AskerState::Parked,
            Some(_) => AskerState::Live,
            None if rosters.ended_at(uuid).is_some() => AskerState::Left,
            None => AskerState::Live,
        }
    }

    /// Returns what a command is doing in a slot.
    pub(super) fn pending_in(&self, slot: Slot) -> Option<Pending> {
        self.turns.pending_in(slot)
    }

    /// Returns what a command is doing with a call.
    pub(super) fn pending_with(&self, uuid: &CallUuid) -> Option<Pending> {
        self.turns.pending_with(uuid)
    }

    /// Returns the slots in which commands started or ended since the last call.
    pub(super) fn take_changed(&mut self) -> Vec<Slot> {
        self.turns.take_changed()
    }

    /// Returns true if a command has started and has not ended.
    #[cfg(debug_assertions)]
    pub(super) fn is_running(&self, id: CommandId) -> bool {
        self.pending.iter().any(|command| command.id == id)
    }

    fn take(&mut self, id: CommandId) -> Option<PendingCommand> {
        take_first(&mut self.pending, |command| command.id == id)
    }

    fn ask(&mut self, command: CommandId, asker: Asker, action: Action, slot: Option<Slot>) {
        self.wants.push(Want::Ask { command, asker, action, slot });
    }
}

/// Checks whether a lot of `slots` slots can carry out a command.
fn check(command: &Command, slots: usize) -> Result<(), Error> {
    let slot = match command {
        Command::Bridge { slot: None, expect: Some(_), choose: Choose::Switch, .. } => {
            let expected = "expected no `expect` if the switch chooses the call";
            return Err(Error::new(Code::InvalidOptions, expected));
        }
        Command::Park { slot, .. } | Command::Bridge { slot, .. } => *slot,
        Command::Inspect { slot, .. } => Some(*slot),
        Command::FreeSlots { .. } | Command::Refresh => None,
    };
    match slot.filter(|slot| slot.index() >= slots) {
        Some(slot) => Err(Error::slot_beyond_lot(slot, u16::try_from(slots).unwrap_or(u16::MAX))),
        None => Ok(()),
    }
}

record!(struct Commands { confirms, pending, turns; wants });
