//! Which call a question is asked with.
//!
//! Every question names a call of the extension. A live one always serves. Whether the switch also
//! answers questions asked with a call that is parked, or has left, differs from switch to switch.
//! It is tried once where nothing else lives, and remembered.

use super::calls::push_bounded;
use super::cell::Cell;
use super::outbox::Asked;
use super::view::Pending;
use super::{CallState, Command, Mirror};
use crate::{Action, Answer, CallApiId, RefusalCode};

/// Whether a parked call may be asked with where no other call lives.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum AskWithParked {
    /// Never.
    No,
    /// Tried once. Where the switch refuses it, never again.
    #[default]
    Auto,
    /// Always. A call that the switch refuses is given up, the others are not.
    Yes,
}

/// Whether the switch answers questions asked with calls that are parked or have left.
#[derive(Clone, Debug, Default)]
pub(super) struct Askers {
    parked_are_refused: bool,
    parked_are_answered: bool,
    left_are_refused: bool,
    /// The latest parked calls with which a question was refused.
    refused: Vec<CallApiId>,
}

/// How many refused calls are remembered: more than one extension parks at a time.
const REFUSED: usize = 64;

/// How a call stands that a question is asked with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Standing {
    /// It talks or rings, or nothing is known of it.
    Live,
    Parked,
    /// It is connected with another call, or over.
    Left,
}

impl Mirror {
    /// The call to ask with: one that talks or rings; else one of ours that is parked, where that
    /// is allowed.
    pub(super) fn asker(&self) -> Option<CallApiId> {
        let asker = self.calls.asker().or_else(|| self.parked_asker());
        asker.cloned()
    }

    fn parked_asker(&self) -> Option<&CallApiId> {
        let ours = Some(self.own_extension());
        let parked = self.calls.iter().filter(|call| call.state == CallState::Parked);
        let in_slots = self.cells.iter().filter(|cell| cell.parked_by() == ours);
        let mut names = parked.map(|call| &call.name).chain(
            in_slots.filter_map(Cell::uuid).filter_map(|uuid| Some(&self.calls.known(uuid)?.name)),
        );
        names.find(|name| self.may_ask_with_parked(name))
    }

    fn may_ask_with_parked(&self, call: &CallApiId) -> bool {
        match self.options.ask_with_parked {
            AskWithParked::No => false,
            AskWithParked::Auto if self.askers.parked_are_refused => false,
            AskWithParked::Auto | AskWithParked::Yes => !self.askers.refused.contains(call),
        }
    }

    /// The call to ask with on behalf of a command, before its act: its own while that is live,
    /// else any live one, else its own all the same.
    pub(super) fn asker_for(&self, call: &CallApiId) -> CallApiId {
        let own = self.calls.live(call.uuid()).is_some_and(|own| own.state != CallState::Parked);
        match self.calls.asker() {
            Some(other) if !own => other.clone(),
            _ => call.clone(),
        }
    }

    /// The call to ask with after a command has acted: another live one; else a parked one where
    /// the switch is known to answer that; else the call itself, unless the switch refuses it.
    pub(super) fn asker_after(&self, command: &Command) -> Option<CallApiId> {
        let (call, pending) = command.acts_on()?;
        let standing = match pending {
            Pending::Parking => Standing::Parked,
            Pending::Bridging => Standing::Left,
        };
        self.asker_beside(call, standing)
    }

    /// The call to ask with where it is not known whether a command has acted on `call`.
    pub(super) fn asker_in_doubt(&self, call: &CallApiId) -> Option<CallApiId> {
        self.asker_beside(call, self.standing(call))
    }

    fn asker_beside(&self, call: &CallApiId, standing: Standing) -> Option<CallApiId> {
        if let Some(other) = self.calls.asker_beside(call.uuid()) {
            return Some(other.clone());
        }
        let parked = self.parked_asker().filter(|_| self.askers.parked_are_answered);
        if let Some(parked) = parked {
            return Some(parked.clone());
        }
        let may_ask = match standing {
            Standing::Parked => self.may_ask_with_parked(call),
            Standing::Left => !self.askers.left_are_refused,
            Standing::Live => true,
        };
        may_ask.then(|| call.clone())
    }

    /// How a call stands, by what our own commands did with it and by its events.
    pub(super) fn standing(&self, call: &CallApiId) -> Standing {
        let uuid = call.uuid();
        if self.is_parked(uuid) {
            return Standing::Parked;
        }
        if self.errands.iter().any(|errand| errand.has_bridged(uuid)) {
            return Standing::Left;
        }
        match self.calls.live(uuid) {
            Some(live) if live.state == CallState::Parked => Standing::Parked,
            Some(_) => Standing::Live,
            None if self.calls.ended_at(uuid).is_some() => Standing::Left,
            None => Standing::Live,
        }
    }

    /// Takes note of whether the switch answers questions asked with a call that is parked or has
    /// left. Returns true where it refused one.
    pub(super) fn note_asker(&mut self, asked: &Asked, answer: &Answer) -> bool {
        let call = &asked.question.call;
        if asked.question.action != Action::Slots {
            return false;
        }
        let is_refused = refuses_asker(answer);
        match asked.standing {
            Standing::Live => return false,
            Standing::Parked if is_refused => {
                push_bounded(&mut self.askers.refused, call.clone(), REFUSED);
                // Where parked calls are answered, this one has left its slot.
                self.askers.parked_are_refused = !self.askers.parked_are_answered;
                let slot = self.slot_of(call.uuid());
                if let Some(cell) = slot.and_then(|slot| self.cells.get_mut(slot.index())) {
                    cell.is_lapsed |= self.askers.parked_are_answered;
                }
            }
            Standing::Parked => {
                let is_clear = matches!(
                    answer,
                    Answer::Held { .. } | Answer::Vacant { .. } | Answer::Free { .. }
                );
                self.askers.parked_are_answered |= is_clear;
            }
            Standing::Left if is_refused => {
                self.askers.left_are_refused = true;
                self.calls.give_up(call.uuid(), self.now);
            }
            Standing::Left => {}
        }
        is_refused
    }
}

/// Whether the switch may refuse to be asked with this call, rather than answer the question.
fn refuses_asker(answer: &Answer) -> bool {
    match answer {
        Answer::Refused(refusal) => {
            matches!(refusal.code, RefusalCode::NoSuchCall | RefusalCode::Forbidden)
        }
        Answer::Unclear { status, .. } => matches!(status, 404 | 410),
        _ => false,
    }
}
