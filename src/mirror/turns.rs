//! Whose turn it is: in each slot one command of ours acts at a time.
//!
//! Two commands at once in one slot could connect two strangers, and of two looks at once it cannot
//! be told which one saw what is newer.

use std::collections::{BTreeMap, VecDeque};

use super::command::CommandId;
use super::errand::Errand;
use super::view::Pending;
use crate::{CallUuid, Slot};

/// The commands that act in slots, those that wait behind them, and the calls that they act on.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns {
    slots: BTreeMap<Slot, Turn>,
    /// How many commands park and bridge each call.
    calls: BTreeMap<CallUuid, [usize; 2]>,
}

/// What goes on in one slot.
#[derive(Clone, Debug)]
struct Turn {
    pending: Option<Pending>,
    waiting: VecDeque<Errand>,
}

impl Turns {
    /// Gives the command the slot and returns it; where another one has the slot, it waits.
    pub(super) fn take(&mut self, slot: Slot, errand: Errand) -> Option<Errand> {
        if let Some(turn) = self.slots.get_mut(&slot) {
            turn.waiting.push_back(errand);
            return None;
        }
        let pending = pending_of(&errand);
        self.slots.insert(slot, Turn { pending, waiting: VecDeque::new() });
        Some(errand)
    }

    /// Ends the turn in a slot; returns the command that is next.
    pub(super) fn next(&mut self, slot: Slot) -> Option<Errand> {
        let turn = self.slots.get_mut(&slot)?;
        let next = turn.waiting.pop_front();
        match &next {
            Some(errand) => turn.pending = pending_of(errand),
            None => drop(self.slots.remove(&slot)),
        }
        next
    }

    /// What is pending in a slot.
    pub(super) fn pending_in(&self, slot: Slot) -> Option<Pending> {
        self.slots.get(&slot)?.pending
    }

    pub(super) fn is_waiting(&self, id: CommandId) -> bool {
        let mut waiting = self.slots.values().flat_map(|turn| &turn.waiting);
        waiting.any(|errand| errand.id == id)
    }

    /// Takes a command out of the queue in which it waits. It has no turn then.
    pub(super) fn take_waiting(&mut self, id: CommandId) -> Option<Errand> {
        self.slots.values_mut().find_map(|turn| {
            let place = turn.waiting.iter().position(|errand| errand.id == id)?;
            let errand = turn.waiting.remove(place)?;
            Some(Errand { turn: None, ..errand })
        })
    }

    pub(super) fn add_pending(&mut self, uuid: &CallUuid, pending: Pending) {
        let [parking, bridging] = self.calls.entry(uuid.clone()).or_default();
        match pending {
            Pending::Parking => *parking += 1,
            Pending::Bridging => *bridging += 1,
        }
    }

    pub(super) fn remove_pending(&mut self, uuid: &CallUuid, pending: Pending) {
        let Some(counts) = self.calls.get_mut(uuid) else { return };
        let [parking, bridging] = counts;
        let count = match pending {
            Pending::Parking => parking,
            Pending::Bridging => bridging,
        };
        *count = count.saturating_sub(1);
        if *counts == [0, 0] {
            self.calls.remove(uuid);
        }
    }

    /// What is pending with a call.
    pub(super) fn pending_with(&self, uuid: &CallUuid) -> Option<Pending> {
        match self.calls.get(uuid)? {
            [0, 0] => None,
            [0, _] => Some(Pending::Bridging),
            _ => Some(Pending::Parking),
        }
    }
}

fn pending_of(errand: &Errand) -> Option<Pending> {
    errand.command.acts_on().map(|(_, pending)| pending)
}
