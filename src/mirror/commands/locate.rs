//! Where a call is that was parked, by a command that does not know the slot.

use super::act::parked;
use super::command::Command;
use super::pending::{Locating, Next, PendingCommand, Stage};
use super::{Commands, Facts, Want, no_live_call};
use crate::error::Outcome;
use crate::mirror::poller::shows_no_free_list;
use crate::{Action, Answer, Code, Error};

impl Commands {
    /// Looks for a call that was parked somewhere: first which slots are free, then the others.
    /// `error` says why the answer to the act does not tell the slot, if that answer was lost.
    pub(super) fn locate(
        &mut self,
        facts: Facts<'_>,
        pending: &PendingCommand,
        error: Option<Error>,
    ) -> Next {
        let Command::Park { call, .. } = &pending.command else {
            return Next::End(Err(no_live_call()));
        };
        let Some(asker) = self.asker_in_doubt(facts, call) else {
            return Next::End(Err(not_searched(error).with_outcome(Outcome::Unknown)));
        };
        let first = if facts.has_free_list { None } else { facts.belief.next_slot(None, &[]) };
        self.ask(pending.id, asker, Action::Slots, first);
        Next::Stage(Stage::Locating(Locating { asked: first, free: Vec::new(), error }))
    }

    /// Goes on with the search for a call, by what a slot or the list of free slots shows.
    pub(super) fn apply_location(
        &mut self,
        facts: Facts<'_>,
        pending: &PendingCommand,
        mut locating: Locating,
        result: Result<&Answer, &Error>,
    ) -> Next {
        let Command::Park { call, .. } = &pending.command else {
            return Next::End(Err(no_live_call()));
        };
        match result {
            Ok(Answer::Held { slot, uuid }) if uuid == call.uuid() => {
                self.own(facts, *slot, call);
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
        match (next, self.asker_in_doubt(facts, call)) {
            (Some(slot), Some(asker)) => {
                self.ask(pending.id, asker, Action::Slots, Some(slot));
                Next::Stage(Stage::Locating(Locating { asked: Some(slot), ..locating }))
            }
            // Every slot was looked at: after a lost answer the call was not parked at all, unless
            // the call was parked, and is gone again.
            (None, _) if locating.error.is_some() && !facts.has_left(call) => {
                Next::End(Err(not_found(locating.error).with_outcome(Outcome::NotDone)))
            }
            _ => Next::End(Err(not_found(locating.error).with_outcome(Outcome::Unknown))),
        }
    }
}

/// The error of a park whose call is in no slot: what was lost, or else that the call is not there.
fn not_found(error: Option<Error>) -> Error {
    let message = "the switch said that the call is parked, but it is in none of the slots";
    error.unwrap_or_else(|| Error::new(Code::NotThere, message))
}

/// The error of a park whose call could not be looked for in every slot.
fn not_searched(error: Option<Error>) -> Error {
    let message = "the switch said that the call is parked, but not where, and no answer tells";
    error.unwrap_or_else(|| Error::new(Code::Unclear, message))
}
