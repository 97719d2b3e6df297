//! The look before an act, and the answer to the act itself.

use super::command::{Command, CommandResult};
use super::errand::{Errand, Next, Stage};
use super::outbox::Asked;
use super::sweep::shows_no_free_list;
use super::{Kind, Mirror};
use crate::error::Outcome;
use crate::{Action, Answer, CallUuid, Error, RefusalCode, Slot};

impl Mirror {
    /// Decides by what was seen whether to act at all.
    pub(super) fn looked(&mut self, errand: &Errand, asked: &Asked, answer: &Answer) -> Next {
        let refuse = |code, slot| Next::End(Err(crate::Refusal::new(code, Some(slot)).into()));
        let error = || Error::from_answer(&asked.question, answer).with_outcome(Outcome::NotDone);
        match (&errand.command, answer) {
            // Something newer is known meanwhile and says otherwise: look once more.
            (command, answer) if self.is_outdated(command, asked, answer) => {
                errand.turn.map_or_else(|| Next::End(Err(error())), Next::Turn)
            }
            (Command::Park { call, .. }, Answer::Held { slot, uuid }) if uuid == call.uuid() => {
                Next::End(Ok(self.parked(*slot, uuid, true)))
            }
            (Command::Park { slot: Some(asked), .. }, Answer::Held { slot, .. })
                if asked == slot =>
            {
                refuse(RefusalCode::Taken, *slot)
            }
            // The switch checks, too. Where it cannot be asked, its own check has to do.
            (
                Command::Park { call, slot },
                Answer::Vacant { .. } | Answer::Held { .. } | Answer::Unclear { status: ..500, .. },
            ) => self.act(errand.id, call, Action::Park, *slot, None),
            (Command::Bridge { call, .. }, Answer::Held { slot, uuid }) if uuid == call.uuid() => {
                refuse(RefusalCode::SameCall, *slot)
            }
            (Command::Bridge { expect: Some(expected), .. }, Answer::Held { slot, uuid })
                if uuid != expected =>
            {
                refuse(RefusalCode::DifferentCall, *slot)
            }
            (Command::Bridge { call, slot, .. }, Answer::Held { uuid, .. }) => {
                self.act(errand.id, call, Action::Bridge, *slot, Some(uuid.clone()))
            }
            (Command::Bridge { .. }, Answer::Vacant { slot }) => refuse(RefusalCode::Vacant, *slot),
            (Command::Inspect { slot, .. }, Answer::Held { .. } | Answer::Vacant { .. }) => {
                Next::End(Ok(CommandResult::Inspected { slot: *slot }))
            }
            (Command::FreeSlots { .. }, Answer::Free { slots }) => {
                Next::End(Ok(CommandResult::Free { slots: slots.clone() }))
            }
            (Command::FreeSlots { .. }, answer) if shows_no_free_list(answer) => {
                self.options.free_list = false;
                Next::Stage(Stage::Sweep)
            }
            (Command::Inspect { slot, .. }, Answer::Refused(refusal))
                if refusal.code == RefusalCode::Vacant =>
            {
                Next::End(Ok(CommandResult::Inspected { slot: *slot }))
            }
            _ => Next::End(Err(error())),
        }
    }

    /// Goes on by what the switch said to the act itself.
    pub(super) fn acted(
        &mut self,
        errand: &Errand,
        asked: &Asked,
        uuid: Option<CallUuid>,
        result: Result<&Answer, &Error>,
    ) -> Next {
        let error = match (&errand.command, result) {
            (Command::Park { call, .. }, Ok(answer @ Answer::Parked { slot: Some(slot), .. })) => {
                return self.confirm(errand, asked, answer, *slot, Some(call.uuid().clone()));
            }
            (Command::Park { .. }, Ok(Answer::Parked { slot: None, .. })) => {
                return self.find(errand, None);
            }
            (
                Command::Bridge { .. },
                Ok(answer @ Answer::Bridged { slot: Some(slot), uuid: said }),
            ) => {
                return self.confirm(errand, asked, answer, *slot, uuid.or_else(|| said.clone()));
            }
            (Command::Bridge { .. }, Ok(Answer::Bridged { slot: None, uuid: said })) => {
                self.forget_held();
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
        if let Some(outcome) = self.told_outcome(errand, uuid.as_ref()) {
            return Next::End(Ok(outcome));
        }
        match &errand.command {
            Command::Park { slot: None, .. } => self.find(errand, Some(error)),
            Command::Bridge { slot: None, .. } => {
                self.forget_held();
                Next::End(Err(error.with_outcome(Outcome::Unknown)))
            }
            _ => self.conclude(errand, uuid, error, 0),
        }
    }

    /// A call left, and it is not known from which slot: every slot that held one has to be asked.
    fn forget_held(&mut self) {
        for slot in self.slots_of(Kind::Named) {
            self.doubt(slot);
        }
    }

    pub(super) fn parked(&self, slot: Slot, uuid: &CallUuid, is_confirmed: bool) -> CommandResult {
        let returns_at = self.cell(slot).and_then(|cell| cell.returns_at(self.patience.length()));
        CommandResult::Parked { slot, uuid: uuid.clone(), returns_at, is_confirmed }
    }
}

pub(super) fn bridged(
    slot: Option<Slot>,
    uuid: Option<&CallUuid>,
    is_confirmed: bool,
) -> CommandResult {
    CommandResult::Bridged { slot, uuid: uuid.cloned(), is_confirmed }
}
