//! The check before an act, and the answer to the act itself.

use super::command::{Command, CommandResult};
use super::pending::{Next, PendingCommand, Stage};
use super::{Commands, Facts, Want};
use crate::error::Outcome;
use crate::mirror::poller::{Asked, shows_no_free_list};
use crate::{Action, Answer, CallUuid, Error, Refusal, RefusalCode, Slot};

impl Commands {
    /// Decides from the check of the slot whether to act.
    pub(super) fn apply_precheck(
        &mut self,
        facts: &Facts<'_>,
        pending: &PendingCommand,
        asked: &Asked,
        answer: &Answer,
    ) -> Next {
        let refuse = |code, slot| Next::End(Err(Refusal::new(code, Some(slot)).into()));
        let error = || {
            let error = Error::from_answer(&asked.question, answer);
            Next::End(Err(error.with_outcome(Outcome::NotDone)))
        };
        if is_outdated(facts, &pending.command, asked, answer) {
            // A newer observation contradicts this answer, so the slot is checked again.
            return pending.turn.map_or_else(error, Next::Turn);
        }
        match (&pending.command, answer) {
            (Command::Park { call, .. }, Answer::Held { slot, uuid }) if uuid == call.uuid() => {
                Next::End(Ok(parked(*slot, uuid, true)))
            }
            (Command::Park { slot: Some(asked), .. }, Answer::Held { slot, .. })
                if asked == slot =>
            {
                refuse(RefusalCode::Taken, *slot)
            }
            // If the check gave no clear answer, only the switch itself checks before it parks.
            (
                Command::Park { call, slot },
                Answer::Vacant { .. } | Answer::Held { .. } | Answer::Unclear { status: ..500, .. },
            ) => self.act(facts, pending.id, call, Action::Park, *slot, None),
            (Command::Bridge { call, .. }, Answer::Held { slot, uuid }) if uuid == call.uuid() => {
                refuse(RefusalCode::SameCall, *slot)
            }
            (Command::Bridge { expect: Some(expected), .. }, Answer::Held { slot, uuid })
                if uuid != expected =>
            {
                refuse(RefusalCode::DifferentCall, *slot)
            }
            (Command::Bridge { call, slot, .. }, Answer::Held { uuid, .. }) => {
                self.act(facts, pending.id, call, Action::Bridge, *slot, Some(uuid.clone()))
            }
            (Command::Bridge { .. }, Answer::Vacant { slot }) => refuse(RefusalCode::Vacant, *slot),
            (Command::Inspect { slot, .. }, Answer::Held { .. } | Answer::Vacant { .. }) => {
                Next::End(Ok(CommandResult::Inspected { slot: *slot }))
            }
            (Command::Inspect { slot, .. }, Answer::Refused(refusal))
                if refusal.code == RefusalCode::Vacant =>
            {
                Next::End(Ok(CommandResult::Inspected { slot: *slot }))
            }
            (Command::FreeSlots { .. }, Answer::Free { slots }) => {
                Next::End(Ok(CommandResult::Free { slots: slots.clone() }))
            }
            (Command::FreeSlots { .. }, answer) if shows_no_free_list(answer) => {
                self.wants.push(Want::NoFreeList);
                Next::Stage(Stage::Sweeping)
            }
            (
                Command::Park { .. }
                | Command::Bridge { .. }
                | Command::Inspect { .. }
                | Command::FreeSlots { .. }
                | Command::Refresh,
                _,
            ) => error(),
        }
    }

    /// Decides what follows the answer to the act itself.
    pub(super) fn apply_act(
        &mut self,
        facts: &Facts<'_>,
        pending: &PendingCommand,
        asked: &Asked,
        uuid: Option<CallUuid>,
        result: Result<&Answer, &Error>,
    ) -> Next {
        let error = match (&pending.command, result) {
            (Command::Park { call, .. }, Ok(answer @ Answer::Parked { slot: Some(slot), .. })) => {
                let uuid = Some(call.uuid().clone());
                return self.confirm(facts, pending, asked, answer, *slot, uuid);
            }
            (Command::Park { .. }, Ok(Answer::Parked { slot: None, .. })) => {
                return self.locate(facts, pending, None);
            }
            (
                Command::Bridge { .. },
                Ok(answer @ Answer::Bridged { slot: Some(slot), uuid: said }),
            ) => {
                let uuid = uuid.or_else(|| said.clone());
                return self.confirm(facts, pending, asked, answer, *slot, uuid);
            }
            (Command::Bridge { .. }, Ok(Answer::Bridged { slot: None, uuid: said })) => {
                self.wants.push(Want::ForgetHeld);
                return Next::End(Ok(bridged(None, said.as_ref().or(uuid.as_ref()), false)));
            }
            (_, Ok(answer @ Answer::Refused(_))) => {
                return Next::End(Err(Error::from_answer(&asked.question, answer)));
            }
            (_, Ok(answer)) => Error::from_answer(&asked.question, answer),
            (_, Err(error)) if error.outcome == Outcome::NotDone => {
                return Next::End(Err(error.clone()));
            }
            (_, Err(error)) => error.clone(),
        };
        if let Some(result) = facts.result_from_feed(pending, uuid.as_ref()) {
            return Next::End(Ok(result));
        }
        match &pending.command {
            Command::Park { slot: None, .. } => self.locate(facts, pending, Some(error)),
            Command::Bridge { slot: None, .. } => {
                self.wants.push(Want::ForgetHeld);
                Next::End(Err(error.with_outcome(Outcome::Unknown)))
            }
            Command::Park { slot: Some(_), .. }
            | Command::Bridge { slot: Some(_), .. }
            | Command::Inspect { .. }
            | Command::FreeSlots { .. }
            | Command::Refresh => self.verify(facts, pending, uuid, error, 0),
        }
    }
}

/// Creates the result of a `park`. The mirror fills in `returns_at` when the command ends.
pub(super) fn parked(slot: Slot, uuid: &CallUuid, is_confirmed: bool) -> CommandResult {
    CommandResult::Parked { slot, uuid: uuid.clone(), returns_at: None, is_confirmed }
}

/// Creates the result of a `bridge`.
pub(super) fn bridged(
    slot: Option<Slot>,
    uuid: Option<&CallUuid>,
    is_confirmed: bool,
) -> CommandResult {
    CommandResult::Bridged { slot, uuid: uuid.cloned(), is_confirmed }
}

/// Returns true if an answer about the slot of a command was not applied, because a newer
/// observation contradicts it.
fn is_outdated(facts: &Facts<'_>, command: &Command, asked: &Asked, answer: &Answer) -> bool {
    command.target().and_then(|(_, slot)| facts.belief.cell(slot)).is_some_and(|cell| {
        let was_passed_over = asked.step < cell.applied_step && cell.applied_step < facts.at.step;
        let says_otherwise = match answer {
            Answer::Held { uuid, .. } => cell.uuid() != Some(uuid),
            Answer::Vacant { .. } => !cell.is_vacant(),
            Answer::Parked { .. }
            | Answer::Bridged { .. }
            | Answer::Free { .. }
            | Answer::Refused(_)
            | Answer::Unclear { .. } => false,
        };
        was_passed_over && says_otherwise
    })
}
