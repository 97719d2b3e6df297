//! The search for a call that was parked in an unknown slot.

use super::act::parked;
use super::command::Command;
use super::pending::{Locating, Next, PendingCommand, Stage};
use super::{Commands, Facts, Want};
use crate::error::Outcome;
use crate::mirror::poller::shows_no_free_list;
use crate::mirror::roster::no_live_call;
use crate::{Action, Answer, Code, Error};

impl Commands {
    /// Starts to search for a parked call: asks for the free slots, then about each of the others.
    /// `error` is the reason why the answer to the `park` was lost. `None` if the answer only did
    /// not name the slot.
    pub(super) fn locate(
        &mut self,
        facts: &Facts<'_>,
        pending: &PendingCommand,
        error: Option<Error>,
    ) -> Next {
        let Command::Park { call, .. } = &pending.command else {
            return Next::End(Err(no_live_call()));
        };
        let Some(asker) = self.asker_to_verify(facts, call) else {
            return Next::End(Err(not_searched(error).with_outcome(Outcome::Unknown)));
        };
        let first = if facts.has_free_list { None } else { facts.belief.next_slot(None, &[]) };
        self.ask(pending.id, asker, Action::Slots, first);
        Next::Stage(Stage::Locating(Locating { asked: first, free: Vec::new(), error }))
    }

    /// Applies an answer to the search and asks the next question.
    pub(super) fn apply_location(
        &mut self,
        facts: &Facts<'_>,
        pending: &PendingCommand,
        mut locating: Locating,
        result: Result<&Answer, &Error>,
    ) -> Next {
        let Command::Park { call, .. } = &pending.command else {
            return Next::End(Err(no_live_call()));
        };
        match result {
            Ok(Answer::Held { slot, uuid }) if uuid == call.uuid() => {
                self.record_parked_by(pending, *slot, uuid);
                return Next::End(Ok(parked(*slot, uuid, true)));
            }
            Ok(Answer::Free { slots }) => locating.free.clone_from(slots),
            Ok(Answer::Held { .. } | Answer::Vacant { .. }) => {}
            Ok(answer) if facts.has_free_list && shows_no_free_list(answer) => {
                self.wants.push(Want::NoFreeList);
            }
            _ => {
                return Next::End(Err(not_searched(locating.error).with_outcome(Outcome::Unknown)));
            }
        }
        let next = facts.belief.next_slot(locating.asked, &locating.free);
        match (next, self.asker_to_verify(facts, call)) {
            (Some(slot), Some(asker)) => {
                self.ask(pending.id, asker, Action::Slots, Some(slot));
                Next::Stage(Stage::Locating(Locating { asked: Some(slot), ..locating }))
            }
            // The call is in no slot. If it is still live, the `park` with the lost answer did
            // nothing.
            (None, _) if locating.error.is_some() && !facts.has_left(call) => {
                Next::End(Err(not_found(locating.error).with_outcome(Outcome::NotDone)))
            }
            _ => Next::End(Err(not_found(locating.error).with_outcome(Outcome::Unknown))),
        }
    }
}

/// Returns the error of a `park` whose call is in no slot.
fn not_found(error: Option<Error>) -> Error {
    let message = "the switch said that the call is parked, but it is in none of the slots";
    error.unwrap_or_else(|| Error::new(Code::NotThere, message))
}

/// Returns the error of a `park` whose call could not be searched for in every slot.
fn not_searched(error: Option<Error>) -> Error {
    let message = "the switch said that the call is parked, but not in which slot";
    error.unwrap_or_else(|| Error::new(Code::Unclear, message))
}
