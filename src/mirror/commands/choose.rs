//! A bridge without a slot: the call that has waited longest is found first, then bridged by name.
//!
//! Left to itself a switch may pick a slot that is just being emptied and park the call that was to
//! be connected. So the slot is chosen here, and looked at like any other.

use super::command::Command;
use super::pending::{Next, PendingCommand, Stage};
use super::{Commands, Facts, Want, no_live_call};
use crate::error::Outcome;
use crate::mirror::belief::Cell;
use crate::mirror::poller::{Asked, shows_no_free_list};
use crate::{Action, Answer, CallUuid, Code, Error, Refusal, RefusalCode, Slot};

/// How many slots a bridge tries beyond those of the lot, for those that change hands meanwhile.
const MORE_TRIES: usize = 3;

/// What a bridge without a slot looks for, and where it has looked.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// The call that has to be the one; any call without it.
    wanted: Option<CallUuid>,
    tried: Vec<Slot>,
}

impl Search {
    pub(super) fn new(wanted: Option<CallUuid>) -> Self {
        Self { wanted, tried: Vec::new() }
    }
}

impl Commands {
    /// Learns which slots hold a call: an exact feed has told already; else by the list of free
    /// slots, or by a sweep.
    pub(super) fn learn_who_waits(
        &mut self,
        facts: Facts<'_>,
        pending: &mut PendingCommand,
    ) -> Next {
        let Some((call, _)) = pending.command.acts_on() else {
            return Next::Stage(Stage::Sweeping);
        };
        if facts.knows_who_waits() {
            return next_candidate(facts, pending);
        }
        if !facts.has_free_list {
            return Next::Stage(Stage::Sweeping);
        }
        let Some(asker) = facts.rosters.asker_before_act(call) else {
            return Next::End(Err(no_live_call()));
        };
        self.ask(pending.id, asker, Action::Slots, None);
        Next::Stage(Stage::Listing)
    }

    /// Goes on with the list of free slots.
    pub(super) fn apply_list(
        &mut self,
        facts: Facts<'_>,
        pending: &mut PendingCommand,
        asked: &Asked,
        result: Result<&Answer, &Error>,
    ) -> Next {
        match result {
            Ok(Answer::Free { .. }) => next_candidate(facts, pending),
            Ok(answer) if shows_no_free_list(answer) => {
                self.wants.push(Want::NoFreeList);
                Next::Stage(Stage::Sweeping)
            }
            Ok(answer) => {
                let error = Error::from_answer(&asked.question, answer);
                Next::End(Err(error.with_outcome(Outcome::NotDone)))
            }
            Err(error) => Next::End(Err(error.clone().with_outcome(Outcome::NotDone))),
        }
    }
}

/// Chooses the slot in which a call has waited longest and that was not tried yet.
pub(super) fn next_candidate(facts: Facts<'_>, pending: &mut PendingCommand) -> Next {
    let PendingCommand { command: Command::Bridge { call, slot, expect, .. }, search, .. } =
        pending
    else {
        return Next::End(Err(no_live_call()));
    };
    let Search { wanted, tried } = search.get_or_insert_default();
    tried.extend(slot.take());
    let waits_since = |(slot, cell): (Slot, &Cell)| {
        let occupant = cell.occupant()?;
        let is_own = occupant.uuid.as_ref() == Some(call.uuid());
        let is_other = wanted.is_some() && occupant.uuid.is_some() && occupant.uuid != *wanted;
        // A slot that was tried may hold another call since.
        let is_left = tried.contains(&slot) && occupant.uuid == *expect;
        let rank = (tried.contains(&slot), occupant.since, slot);
        (!is_own && !is_other && !is_left).then_some(rank)
    };
    let next = facts.belief.held().filter_map(waits_since).min();
    match next.filter(|_| tried.len() < facts.belief.size() + MORE_TRIES) {
        Some((_, _, chosen)) => {
            let waiting = || facts.belief.cell(chosen)?.uuid().cloned();
            *slot = Some(chosen);
            *expect = wanted.clone().or_else(waiting);
            Next::Turn(chosen)
        }
        None => Next::End(Err(Refusal::new(RefusalCode::NobodyWaiting, None).into())),
    }
}

/// Whether a look or an act failed because the call that was meant does not wait there any more.
pub(super) fn has_gone(error: &Error) -> bool {
    matches!(
        error.code,
        Code::Refused(
            RefusalCode::Vacant
                | RefusalCode::DifferentCall
                | RefusalCode::SameCall
                | RefusalCode::NoSuchSlot
        )
    )
}
