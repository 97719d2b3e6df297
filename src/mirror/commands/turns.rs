//! [`Turns`]: in each slot one command acts at a time.
//!
//! Two commands at once in one slot could connect two strangers. If both checked the slot at once,
//! it would also be unknown which answer is newer.

use std::collections::VecDeque;

use super::pending::PendingCommand;
use crate::mirror::CommandId;
use crate::mirror::view::Pending;
use crate::record::{Reader, Record, Writer, record};
use crate::{CallUuid, Slot};

/// The commands that act in slots, the commands that wait for a slot, and their calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns {
    /// The slots in which a command acts.
    slots: Vec<Turn>,
    /// The calls of the commands that have not ended, sorted by UUID.
    calls: Vec<ActiveCall>,
    /// The slots in which a command started or ended since `take_changed`.
    changed: Vec<Slot>,
}

/// A call, with the number of commands that park it and that bridge it.
#[derive(Clone, Debug)]
struct ActiveCall {
    uuid: CallUuid,
    parking: usize,
    bridging: usize,
}

impl ActiveCall {
    fn count(&mut self, pending: Pending) -> &mut usize {
        match pending {
            Pending::Parking => &mut self.parking,
            Pending::Bridging => &mut self.bridging,
        }
    }
}

/// The command that acts in a slot, and the commands that wait for the slot.
#[derive(Clone, Debug)]
struct Turn {
    slot: Slot,
    pending: Option<Pending>,
    waiting: VecDeque<PendingCommand>,
}

impl Turns {
    /// Lets a command act in the slot and returns it. If another command acts there, queues the
    /// command and returns `None`.
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

    /// Ends the turn in a slot. Returns the command that acts next.
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

    /// Returns the slots in which a command started or ended since the last call.
    pub(super) fn take_changed(&mut self) -> Vec<Slot> {
        core::mem::take(&mut self.changed)
    }

    /// Returns what the command in a slot does.
    pub(super) fn pending_in(&self, slot: Slot) -> Option<Pending> {
        self.slots.iter().find(|turn| turn.slot == slot)?.pending
    }

    pub(super) fn is_waiting(&self, id: CommandId) -> bool {
        let mut waiting = self.slots.iter().flat_map(|turn| &turn.waiting);
        waiting.any(|command| command.id == id)
    }

    /// Removes a command from the queue in which it waits.
    pub(super) fn take_waiting(&mut self, id: CommandId) -> Option<PendingCommand> {
        self.slots.iter_mut().find_map(|turn| {
            let place = turn.waiting.iter().position(|command| command.id == id)?;
            let command = turn.waiting.remove(place)?;
            Some(PendingCommand { turn: None, ..command })
        })
    }

    pub(super) fn add_pending(&mut self, uuid: &CallUuid, pending: Pending) {
        let place = self.place_of(uuid).unwrap_or_else(|place| {
            self.calls.insert(place, ActiveCall { uuid: uuid.clone(), parking: 0, bridging: 0 });
            place
        });
        if let Some(active) = self.calls.get_mut(place) {
            *active.count(pending) += 1;
        }
    }

    pub(super) fn remove_pending(&mut self, uuid: &CallUuid, pending: Pending) {
        let Ok(place) = self.place_of(uuid) else { return };
        let Some(active) = self.calls.get_mut(place) else { return };
        let count = active.count(pending);
        *count = count.saturating_sub(1);
        if active.parking + active.bridging == 0 {
            self.calls.remove(place);
        }
    }

    /// Returns what the commands do with a call. Parking comes before bridging.
    pub(super) fn pending_with(&self, uuid: &CallUuid) -> Option<Pending> {
        let active = self.calls.get(self.place_of(uuid).ok()?)?;
        Some(if active.parking > 0 { Pending::Parking } else { Pending::Bridging })
    }

    fn place_of(&self, uuid: &CallUuid) -> Result<usize, usize> {
        self.calls.binary_search_by(|active| active.uuid.cmp(uuid))
    }
}

fn pending_of(command: &PendingCommand) -> Option<Pending> {
    command.command.acts_on().map(|(_, pending)| pending)
}

record!(struct Turn { slot, pending, waiting });
record!(struct ActiveCall { uuid, parking, bridging });

/// The actions of commands are sorted by UUID. A recording with stand-ins has other UUIDs, in
/// another order.
impl Record for Turns {
    fn write(&self, to: &mut Writer) {
        self.slots.write(to);
        self.calls.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let (slots, mut calls) = (Record::read(from)?, Vec::<ActiveCall>::read(from)?);
        calls.sort_by(|one, other| one.uuid.cmp(&other.uuid));
        Some(Self { slots, calls, changed: Vec::new() })
    }
}
