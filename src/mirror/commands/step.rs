//! The steps from one stage of a command to the next.

use super::command::{Command, CommandResult, Settled};
use super::pending::{Next, PendingCommand, Stage};
use super::{Commands, Facts, Want};
use crate::error::Outcome;
use crate::mirror::CommandId;
use crate::mirror::poller::Asked;
use crate::mirror::roster::{Asker, no_live_call};
use crate::{Action, Answer, CallApiId, CallUuid, Error, Slot};

impl Commands {
    /// Decides the first step of a command.
    pub(super) fn first_step(&mut self, facts: &Facts<'_>, pending: &mut PendingCommand) -> Next {
        if pending.search.is_some() {
            return self.find_held_slots(facts, pending);
        }
        let id = pending.id;
        match &mut pending.command {
            Command::Park { call, slot: None } => match facts.belief.slot_of(call.uuid()) {
                Some(slot) => self.ask_first(id, facts.rosters.asker_before_act(call), Some(slot)),
                None => self.act(facts, id, call, Action::Park, None, None),
            },
            Command::Park { slot: Some(slot), .. } => Next::Turn(*slot),
            Command::Bridge { slot: Some(slot), expect, .. } => {
                *expect = expect.take().or_else(|| {
                    let view = facts.belief.slot_view(facts.at.now, *slot)?;
                    view.uuid
                });
                Next::Turn(*slot)
            }
            Command::Bridge { call, slot: None, .. } => {
                self.act(facts, id, call, Action::Bridge, None, None)
            }
            Command::Inspect { slot, call } => {
                self.ask_first(id, asker_of(facts, call.as_ref()), Some(*slot))
            }
            Command::FreeSlots { call } if facts.has_free_list => {
                self.ask_first(id, asker_of(facts, call.as_ref()), None)
            }
            Command::FreeSlots { .. } | Command::Refresh => Next::Stage(Stage::Sweeping),
        }
    }

    /// Decides the next step from the answer to the question of the current stage.
    pub(super) fn next_step(
        &mut self,
        facts: &Facts<'_>,
        pending: &mut PendingCommand,
        asked: &Asked,
        result: Result<&Answer, &Error>,
    ) -> Next {
        match (pending.take_stage(), result) {
            (Stage::Precheck, Ok(answer)) => self.apply_precheck(facts, pending, asked, answer),
            (Stage::Precheck, Err(error)) => {
                Next::End(Err(error.clone().with_outcome(Outcome::NotDone)))
            }
            (Stage::Listing, result) => self.apply_list(facts, pending, asked, result),
            (Stage::Sent { uuid }, result) => {
                pending.acted_by = Some(asked.question.extension.clone());
                self.apply_act(facts, pending, asked, uuid, result)
            }
            (Stage::Confirming(confirm), result) => {
                self.apply_confirmation(facts, pending, confirm, asked, result)
            }
            (Stage::Verifying { uuid, error, tries }, result) => {
                self.apply_verification(facts, pending, uuid, error, tries, result.ok())
            }
            (Stage::Locating(locating), result) => {
                self.apply_location(facts, pending, locating, result)
            }
            (stage @ (Stage::Queued | Stage::RetryWait { .. } | Stage::Sweeping), _) => {
                Next::Stage(stage)
            }
        }
    }

    /// Carries out the next step of a command.
    pub(super) fn transition(
        &mut self,
        facts: &Facts<'_>,
        mut pending: PendingCommand,
        next: Next,
    ) {
        match next {
            Next::Stage(stage) => {
                if matches!(stage, Stage::Sweeping) {
                    let with = match &pending.command {
                        Command::FreeSlots { call: Some(call) } => facts.rosters.asker_with(call),
                        Command::Bridge { call, .. } => facts.rosters.asker_before_act(call),
                        Command::FreeSlots { call: None }
                        | Command::Park { .. }
                        | Command::Inspect { .. }
                        | Command::Refresh => None,
                    };
                    self.wants.push(Want::Sweep { command: pending.id, with });
                }
                pending.stage = stage;
                self.pending.push(pending);
            }
            Next::Turn(slot) => self.take_turn(facts, pending, slot),
            Next::End(settled) => self.end(facts, &pending, settled),
        }
    }

    /// Lets the command act in `slot`, or queues it behind the command that acts there.
    fn take_turn(&mut self, facts: &Facts<'_>, mut pending: PendingCommand, slot: Slot) {
        let before = pending.turn.replace(slot);
        if before == Some(slot) {
            return self.start_precheck(facts, pending, slot);
        }
        pending.stage = Stage::Queued;
        if let Some(pending) = self.turns.take(slot, pending) {
            self.start_precheck(facts, pending, slot);
        }
        if let Some(slot) = before {
            self.end_turn(facts, slot);
        }
    }

    fn start_precheck(&mut self, facts: &Facts<'_>, pending: PendingCommand, slot: Slot) {
        let Some((call, _)) = pending.command.acts_on() else { return };
        let asker = facts.rosters.asker_before_act(call);
        let next = self.ask_first(pending.id, asker, Some(slot));
        self.transition(facts, pending, next);
    }

    /// Ends the turn in `slot` and starts the next command in the queue.
    pub(super) fn end_turn(&mut self, facts: &Facts<'_>, slot: Slot) {
        if let Some(next) = self.turns.next(slot) {
            self.start_precheck(facts, next, slot);
        }
    }

    fn end(&mut self, facts: &Facts<'_>, pending: &PendingCommand, settled: Settled) {
        let command = pending.id;
        let is_unknown = settled.as_ref().is_err_and(|error| error.outcome == Outcome::Unknown);
        self.wants.push(Want::EndAct { command, is_unknown });
        if let Some(slot) = pending.command.affected_slot(&settled) {
            let is_confirmed = settled.as_ref().is_ok_and(CommandResult::is_confirmed);
            self.wants.push(Want::CheckLater { slot, is_confirmed });
        }
        if !pending.is_aborted {
            if let Some((call, kind)) = pending.command.acts_on() {
                self.turns.remove_pending(call.uuid(), kind);
            }
            self.wants.push(Want::Settle(command, settled));
        }
        if let Some(slot) = pending.turn {
            self.end_turn(facts, slot);
        }
    }

    /// Asks about a slot, or for the free slots.
    pub(super) fn ask_first(
        &mut self,
        id: CommandId,
        asker: Option<Asker>,
        slot: Option<Slot>,
    ) -> Next {
        let Some(asker) = asker else { return Next::End(Err(no_live_call())) };
        self.ask(id, asker, Action::Slots, slot);
        Next::Stage(Stage::Precheck)
    }

    /// Sends the act itself. `uuid` is the call that waits in the slot before a `bridge`.
    pub(super) fn act(
        &mut self,
        facts: &Facts<'_>,
        id: CommandId,
        call: &CallApiId,
        action: Action,
        slot: Option<Slot>,
        uuid: Option<CallUuid>,
    ) -> Next {
        let Some(asker) = facts.rosters.asker_with(call) else {
            return Next::End(Err(no_live_call()));
        };
        self.ask(id, asker, action, slot);
        Next::Stage(Stage::Sent { uuid })
    }
}

/// Returns the asker for a command that only asks: the call that it names, else any.
fn asker_of(facts: &Facts<'_>, named: Option<&CallApiId>) -> Option<Asker> {
    match named {
        Some(call) => facts.rosters.asker_with(call),
        None => facts.rosters.asker(facts.belief),
    }
}
