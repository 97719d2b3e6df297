//! Whose turn it is: in each slot one command of ours acts at a time.
//!
//! Two commands at once in one slot could connect two strangers, and of two looks at once it cannot
//! be told which one saw what is newer.

use std::collections::VecDeque;

use super::command::CommandId;
use super::pending::PendingCommand;
use crate::mirror::view::Pending;
use crate::{CallUuid, Slot};

/// The commands that act in slots, those that wait behind them, and the calls that they act on.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns {
    /// The slots in which a command acts.
    slots: Vec<Turn>,
    /// The calls that commands act on, sorted by their uuid.
    calls: Vec<Acted>,
    /// The slots in which what is pending has changed.
    changed: Vec<Slot>,
}

/// A call that commands act on, and how many of them park and bridge it.
#[derive(Clone, Debug)]
struct Acted {
    uuid: CallUuid,
    parking: usize,
    bridging: usize,
}

impl Acted {
    fn count(&mut self, pending: Pending) -> &mut usize {
        match pending {
            Pending::Parking => &mut self.parking,
            Pending::Bridging => &mut self.bridging,
        }
    }
}

/// The command that acts in one slot, and those that wait behind it.
#[derive(Clone, Debug)]
struct Turn {
    slot: Slot,
    pending: Option<Pending>,
    waiting: VecDeque<PendingCommand>,
}

impl Turns {
    /// Gives the command the slot and returns it; where another one has the slot, it waits.
    pub(super) fn take(&mut self, slot: Slot, command: PendingCommand) -> Option<PendingCommand> {
        if let Some(turn) = self.slots.iter_mut().find(|turn| turn.slot == slot) {
            turn.waiting.push_back(command);
            return None;
        }
        let pending = pending_of(&command);
        self.changed.push(slot);
        self.slots.push(Turn { slot, pending, waiting: VecDeque::new() });
        Some(command)
    }

    /// Ends the turn in a slot; returns the command that is next.
    pub(super) fn next(&mut self, slot: Slot) -> Option<PendingCommand> {
        let place = self.slots.iter().position(|turn| turn.slot == slot)?;
        let turn = self.slots.get_mut(place)?;
        self.changed.push(slot);
        let next = turn.waiting.pop_front();
        match &next {
            Some(command) => turn.pending = pending_of(command),
            None => drop(self.slots.swap_remove(place)),
        }
        next
    }

    /// Returns the slots in which what is pending has changed since the last call.
    pub(super) fn take_changed(&mut self) -> Vec<Slot> {
        core::mem::take(&mut self.changed)
    }

    /// Returns what is pending in a slot.
    pub(super) fn pending_in(&self, slot: Slot) -> Option<Pending> {
        self.slots.iter().find(|turn| turn.slot == slot)?.pending
    }

    pub(super) fn is_waiting(&self, id: CommandId) -> bool {
        let mut waiting = self.slots.iter().flat_map(|turn| &turn.waiting);
        waiting.any(|command| command.id == id)
    }

    /// Takes a command out of the queue in which it waits. It has no turn then.
    pub(super) fn take_waiting(&mut self, id: CommandId) -> Option<PendingCommand> {
        self.slots.iter_mut().find_map(|turn| {
            let place = turn.waiting.iter().position(|command| command.id == id)?;
            let command = turn.waiting.remove(place)?;
            Some(PendingCommand { turn: None, ..command })
        })
    }

    pub(super) fn add_pending(&mut self, uuid: &CallUuid, pending: Pending) {
        let place = self.place_of(uuid).unwrap_or_else(|place| {
            self.calls.insert(place, Acted { uuid: uuid.clone(), parking: 0, bridging: 0 });
            place
        });
        if let Some(acted) = self.calls.get_mut(place) {
            *acted.count(pending) += 1;
        }
    }

    pub(super) fn remove_pending(&mut self, uuid: &CallUuid, pending: Pending) {
        let Ok(place) = self.place_of(uuid) else { return };
        let Some(acted) = self.calls.get_mut(place) else { return };
        let count = acted.count(pending);
        *count = count.saturating_sub(1);
        if acted.parking + acted.bridging == 0 {
            self.calls.remove(place);
        }
    }

    /// Returns what is pending with a call.
    pub(super) fn pending_with(&self, uuid: &CallUuid) -> Option<Pending> {
        let acted = self.calls.get(self.place_of(uuid).ok()?)?;
        Some(if acted.parking > 0 { Pending::Parking } else { Pending::Bridging })
    }

    fn place_of(&self, uuid: &CallUuid) -> Result<usize, usize> {
        self.calls.binary_search_by(|acted| acted.uuid.cmp(uuid))
    }
}

fn pending_of(command: &PendingCommand) -> Option<Pending> {
    command.command.acts_on().map(|(_, pending)| pending)
}
