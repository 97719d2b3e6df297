//! What became of a command whose answer was lost, or did not say where.

use super::cell::Belief;
use super::command::Command;
use super::errand::{Errand, Next, Stage};
use super::outbox::Purpose;
use super::sweep::shows_no_free_list;
use super::{CallState, Kind, Mirror, take_first};
use crate::error::Outcome;
use crate::{Action, Answer, CallApiId, CallUuid, Code, Error, Millis, Slot};

/// How long to wait before asking again what became of a command, by how often it was asked.
const PAUSES: [Millis; 3] = [Millis::from_secs(2), Millis::from_secs(3), Millis::from_secs(5)];

impl Mirror {
    /// Asks what became of a command.
    pub(super) fn conclude(
        &mut self,
        errand: &Errand,
        uuid: Option<CallUuid>,
        error: Error,
        tries: usize,
    ) -> Next {
        let Some((call, slot)) = errand.command.deed() else {
            return Next::End(Err(error.with_outcome(Outcome::Unknown)));
        };
        let Some(asker) = self.asker_in_doubt(call) else {
            return Next::End(Err(error.with_outcome(Outcome::Unknown)));
        };
        self.look(errand.id, asker, Some(slot));
        Next::Stage(Stage::Conclude { uuid, error, tries })
    }

    /// What the slot says of a command whose own answer was lost.
    ///
    /// A slot that looks as before may only mean that the request is still on its way, so it is
    /// asked twice. And a slot that was left says nothing about who took the call: a success is
    /// claimed only where the switch confirms one.
    pub(super) fn concluded(
        &mut self,
        errand: &Errand,
        uuid: Option<CallUuid>,
        error: Error,
        tries: usize,
        answer: Option<&Answer>,
    ) -> Next {
        let is_as_before = match (&errand.command, answer) {
            (Command::Park { call, .. }, Some(Answer::Held { slot, uuid }))
                if uuid == call.uuid() =>
            {
                self.own(*slot, uuid);
                return Next::End(Ok(self.parked(*slot, uuid, true)));
            }
            (Command::Park { call, .. }, Some(Answer::Held { .. } | Answer::Vacant { .. }))
                if self.has_left(call) =>
            {
                return Next::End(Err(error.with_outcome(Outcome::Unknown)));
            }
            (Command::Park { .. }, Some(Answer::Held { .. })) => {
                return Next::End(Err(error.with_outcome(Outcome::NotDone)));
            }
            (Command::Bridge { call, .. }, Some(Answer::Held { slot, uuid }))
                if uuid == call.uuid() =>
            {
                return self.asker_parked(*slot, uuid);
            }
            (Command::Park { .. }, Some(Answer::Vacant { .. })) => true,
            (Command::Bridge { .. }, Some(Answer::Held { uuid: found, .. }))
                if Some(found) == uuid.as_ref() =>
            {
                true
            }
            (Command::Bridge { .. }, Some(Answer::Held { .. } | Answer::Vacant { .. })) => {
                return Next::End(Err(error.with_outcome(Outcome::Unknown)));
            }
            _ => false,
        };
        let outcome = if is_as_before { Outcome::NotDone } else { Outcome::Unknown };
        match PAUSES.get(tries) {
            Some(pause) if !is_as_before || tries == 0 => {
                let until = self.now + *pause;
                Next::Stage(Stage::Pause { until, uuid, error, tries: tries + 1 })
            }
            _ => Next::End(Err(error.with_outcome(outcome))),
        }
    }

    /// Takes note that the call in the slot was parked by a command of ours.
    pub(super) fn own(&mut self, slot: Slot, uuid: &CallUuid) {
        if let Some(cell) = self.cells.get_mut(slot.index())
            && let Belief::Held(occupant) = &mut cell.belief
            && occupant.uuid.as_ref() == Some(uuid)
        {
            occupant.parked_by = Some(self.own.clone());
        }
    }

    /// Whether a call has ended at this extension, as a park makes it end: where it is not in its
    /// slot, it may have been, and left again. The switch may have forgotten it by now.
    fn has_left(&self, call: &CallApiId) -> bool {
        match self.calls.live(call.uuid()) {
            Some(call) => call.state == CallState::Parked,
            None => self.calls.ended_at(call.uuid()).is_some(),
        }
    }

    /// Looks for a call that was parked somewhere: first which slots are free, then the others.
    pub(super) fn find(&mut self, errand: &Errand, error: Option<Error>) -> Next {
        let Command::Park { call, .. } = &errand.command else { return Next::Stage(Stage::Sweep) };
        let Some(asker) = self.asker_in_doubt(call) else {
            return Next::End(Err(unfound(error).with_outcome(Outcome::Unknown)));
        };
        let rest = self.slots_of(Kind::Any);
        let first = if self.options.free_list { None } else { rest.first().copied() };
        self.ask(Purpose::Command(errand.id), asker, Action::Slots, first);
        Next::Stage(Stage::Find { rest, error })
    }

    pub(super) fn found(
        &mut self,
        errand: &Errand,
        mut rest: Vec<Slot>,
        error: Option<Error>,
        result: Result<&Answer, &Error>,
    ) -> Next {
        let Command::Park { call, .. } = &errand.command else { return Next::Stage(Stage::Sweep) };
        match result {
            Ok(Answer::Held { slot, uuid }) if uuid == call.uuid() => {
                self.own(*slot, uuid);
                return Next::End(Ok(self.parked(*slot, uuid, true)));
            }
            Ok(Answer::Free { slots }) => {
                let mut others = Vec::new();
                for slot in rest {
                    if slots.binary_search(&slot).is_err() {
                        others.push(slot);
                    }
                }
                rest = others;
            }
            Ok(Answer::Held { slot, .. } | Answer::Vacant { slot }) => {
                take_first(&mut rest, |other| other == slot);
            }
            Ok(answer) if self.options.free_list && shows_no_free_list(answer) => {
                self.options.free_list = false;
            }
            _ => return Next::End(Err(unfound(error).with_outcome(Outcome::Unknown))),
        }
        match (rest.first(), self.asker_in_doubt(call)) {
            (Some(slot), Some(asker)) => {
                self.ask(Purpose::Command(errand.id), asker, Action::Slots, Some(*slot));
                Next::Stage(Stage::Find { rest, error })
            }
            // Every slot was looked at: after a lost answer the call was not parked at all, unless
            // it was, and is gone again.
            (None, _) if error.is_some() && !self.has_left(call) => {
                Next::End(Err(nowhere(error).with_outcome(Outcome::NotDone)))
            }
            _ => Next::End(Err(nowhere(error).with_outcome(Outcome::Unknown))),
        }
    }
}

/// The error of a park whose call is in no slot: what was lost, or else that it is not there.
fn nowhere(error: Option<Error>) -> Error {
    let message = "the switch said that the call is parked, but it is in none of the slots";
    error.unwrap_or_else(|| Error::new(Code::NotThere, message))
}

/// The error of a park whose call could not be looked for in every slot.
fn unfound(error: Option<Error>) -> Error {
    let message = "the switch said that the call is parked, but not where, and no answer tells";
    error.unwrap_or_else(|| Error::new(Code::Unclear, message))
}
