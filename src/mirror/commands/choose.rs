//! A `bridge` without a slot: finds the call that has waited longest, then bridges it by its slot.
//!
//! If the switch chooses the slot, it may choose one that becomes vacant at that moment, and then
//! park the call of the command. So the mirror chooses the slot and checks it like any other.

use super::command::Command;
use super::pending::{Next, PendingCommand, Stage};
use super::{Commands, Facts, Want};
use crate::error::Outcome;
use crate::mirror::belief::Cell;
use crate::mirror::poller::{Asked, shows_no_free_list};
use crate::mirror::roster::no_live_call;
use crate::record::record;
use crate::{Action, Answer, CallUuid, Code, Error, Refusal, RefusalCode, Slot};

/// How many slots a bridge may try beyond the size of the lot, because calls come and go meanwhile.
const MORE_TRIES: usize = 3;

/// The search for the slot of a bridge.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// The only acceptable call. `None` accepts any call.
    wanted: Option<CallUuid>,
    tried: Vec<Slot>,
}

impl Search {
    pub(super) fn new(wanted: Option<CallUuid>) -> Self {
        Self { wanted, tried: Vec::new() }
    }
}

impl Commands {
    /// Finds out which slots are held: from the belief if an exact feed keeps it complete, else
    /// from the list of free slots, else from a sweep.
    pub(super) fn find_held_slots(
        &mut self,
        facts: &Facts<'_>,
        pending: &mut PendingCommand,
    ) -> Next {
        let Some((call, _)) = pending.command.acts_on() else {
            return Next::Stage(Stage::Sweeping);
        };
        if facts.knows_held_slots() {
            return choose_next_slot(facts, pending);
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

    /// Applies the answer to the question for the free slots.
    pub(super) fn apply_list(
        &mut self,
        facts: &Facts<'_>,
        pending: &mut PendingCommand,
        asked: &Asked,
        result: Result<&Answer, &Error>,
    ) -> Next {
        match result {
            Ok(Answer::Free { .. }) => choose_next_slot(facts, pending),
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

/// Chooses the next slot for a bridge: the one whose call has waited longest.
pub(super) fn choose_next_slot(facts: &Facts<'_>, pending: &mut PendingCommand) -> Next {
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
        // A slot is tried again only if another call waits there now.
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

/// Returns true if a bridge failed because the expected call does not wait in the slot any more.
pub(super) fn is_call_gone(error: &Error) -> bool {
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

record!(struct Search { wanted, tried });
