//! A bridge without a slot: the call that has waited longest is found first, then bridged by name.
//!
//! Left to itself a switch may pick a slot that is just being emptied and park the call that was to
//! be connected. So the slot is chosen here, and looked at like any other.

use super::cell::{Belief, Cell};
use super::errand::{Errand, Next, Stage, no_live_call};
use super::outbox::{Asked, Purpose};
use super::sweep::shows_no_free_list;
use super::{Command, Mirror};
use crate::trouble::Outcome as Done;
use crate::{Action, Answer, Code, Refusal, RefusalCode, Slot, Time, Trouble};

/// How many slots a bridge tries beyond those of the lot, for those that change hands meanwhile.
const MORE_TRIES: usize = 3;

impl Mirror {
    /// Learns which slots hold a call: an exact feed has told already; else by the list of free
    /// slots, or by a sweep.
    pub(super) fn learn_who_waits(&mut self, errand: &mut Errand) -> Next {
        let Some((call, _)) = errand.command.acts_on() else { return Next::Stage(Stage::Sweep) };
        let is_known = self.cells.iter().all(|cell| cell.belief != Belief::Unknown);
        if self.watch.feed_is_exact() && is_known {
            return self.next_candidate(errand);
        }
        if !self.options.free_list {
            return Next::Stage(Stage::Sweep);
        }
        let asker = self.asker_for(call);
        self.ask(Purpose::Command(errand.id), asker, Action::Slots, None);
        Next::Stage(Stage::List)
    }

    /// Goes on with the list of free slots.
    pub(super) fn listed(
        &mut self,
        errand: &mut Errand,
        asked: &Asked,
        result: Result<&Answer, &Trouble>,
    ) -> Next {
        match result {
            Ok(Answer::Free { .. }) => self.next_candidate(errand),
            Ok(answer) if shows_no_free_list(answer) => {
                self.options.free_list = false;
                Next::Stage(Stage::Sweep)
            }
            Ok(answer) => {
                let trouble = Trouble::from_answer(&asked.question, answer);
                Next::End(Err(trouble.with_outcome(Done::NotDone)))
            }
            Err(trouble) => Next::End(Err(trouble.clone().with_outcome(Done::NotDone))),
        }
    }

    /// Chooses the slot in which a call has waited longest and that was not tried yet.
    pub(super) fn next_candidate(&mut self, errand: &mut Errand) -> Next {
        let Command::Bridge { call, slot: last, expect, .. } = &mut errand.command else {
            return Next::End(Err(no_live_call()));
        };
        let tried = errand.tried.get_or_insert_default();
        tried.extend(last.take());
        let waits_since = |(slot, cell): (Slot, &Cell)| match &cell.belief {
            Belief::Held(occupant) if occupant.uuid.as_ref() != Some(call.uuid()) => {
                Some((tried.contains(&slot), occupant.since, slot))
            }
            _ => None,
        };
        let all = self.slots().zip(&self.cells).filter_map(waits_since);
        let next: Option<(bool, Time, Slot)> = all.min();
        let is_new = |(was_tried, _, slot): &(bool, Time, Slot)| {
            // A slot that was tried may hold another call since.
            !was_tried || self.cell(*slot).and_then(Cell::uuid) != expect.as_ref()
        };
        match next.filter(is_new) {
            Some((_, _, slot)) if tried.len() < self.cells.len() + MORE_TRIES => {
                *last = Some(slot);
                *expect = self.cell(slot).and_then(Cell::uuid).cloned();
                Next::Turn(slot)
            }
            _ => {
                let refusal = Refusal::new(RefusalCode::NobodyWaiting, None);
                Next::End(Err(refusal.into()))
            }
        }
    }
}

/// Whether a look or an act failed because the call that was meant does not wait there any more.
pub(super) fn has_gone(trouble: &Trouble) -> bool {
    matches!(
        trouble.code,
        Code::Refused(
            RefusalCode::Vacant
                | RefusalCode::DifferentCall
                | RefusalCode::SameCall
                | RefusalCode::NoSuchSlot
        )
    )
}
