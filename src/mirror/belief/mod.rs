//! What is believed of the lot: who waits in which slot, and what overrules what.
//!
//! A [`Belief`] takes observations: answers, messages of a feed and call events. It tells what they
//! mean as [`News`], which [`Mirror`](super::Mirror) passes on to the other parts.

mod cell;
mod departure;
mod earliest;
mod index;
mod names;
mod observe;
mod patience;
mod returns;
mod slot_set;
#[cfg(test)]
mod tests;
mod view;

pub use self::departure::Departure;

pub(super) use self::cell::{Cell, Intent, Observation, Source};
pub(super) use self::names::Known;
pub(super) use self::observe::Exit;
pub(super) use self::returns::Awareness;
pub(super) use self::slot_set::SlotSet;

use self::cell::Belief as State;
use self::departure::Departures;
use self::index::Index;
use self::names::Names;
use self::patience::Patience;
use super::commands::CommandId;
use super::{MirrorOptions, Moment};
use crate::{CallApiId, CallUuid, Error, ExtensionId, Millis, Party, Slot, Time};
use std::sync::Arc;

/// How long an answer counts as current in a sweep. Slots that are known that freshly are not asked
/// about again.
const FRESH: Millis = Millis::from_secs(5);

/// What is believed of one lot.
#[derive(Clone, Debug)]
pub(super) struct Belief {
    /// The extensions whose calls are "mine".
    extensions: Vec<ExtensionId>,
    cells: Vec<Cell>,
    index: Index,
    /// The slots in which commands act, by command.
    intents: Vec<(CommandId, Slot)>,
    names: Names,
    departures: Departures,
    patience: Patience,
    /// It was reported that the lot has another size than the options say.
    is_size_reported: bool,
    news: Vec<News>,
}

/// What an observation means for the other parts.
#[derive(Clone, Debug)]
pub(super) enum News {
    /// A call is in a slot in which it was not.
    Arrived { slot: Slot, uuid: CallUuid },
    /// A call is no longer in its slot.
    Left { slot: Slot, uuid: CallUuid, parked_by: Option<ExtensionId>, exit: Exit },
    /// The reason of an earlier departure is known now.
    Explained(Departure),
    /// A slot has to be asked about.
    Check(Slot),
    /// The call in a slot goes back in so long.
    Due(Slot, Millis),
    /// The call in a slot must have gone back by now.
    Overdue(Slot),
    /// The switch does not know a call of this extension.
    NoSuchCall(ExtensionId, CallUuid),
    /// The options do not fit the switch.
    Error(Error),
}

impl Belief {
    /// Returns the belief of a mirror that has seen nothing yet.
    pub(super) fn new(options: &MirrorOptions) -> Self {
        let patience = Patience::new(options.patience);
        let mut belief = Self {
            extensions: options.extensions.clone(),
            cells: vec![Cell::default(); options.slots.into()],
            index: Index::new(options.slots, patience.length(), options.free_list),
            intents: Vec::new(),
            names: Names::default(),
            departures: Departures::default(),
            patience,
            is_size_reported: false,
            news: Vec::new(),
        };
        belief.index_again();
        belief
    }

    /// Returns what has to be passed on, oldest first.
    pub(super) fn take_news(&mut self) -> Vec<News> {
        core::mem::take(&mut self.news)
    }

    /// Returns the slots whose view may have changed since the last call.
    pub(super) fn take_changed(&mut self) -> SlotSet {
        core::mem::take(&mut self.index.changed)
    }

    /// Changes one cell, and has it found by what it says then. The one place where cells change.
    fn change<R>(&mut self, slot: Slot, change: impl FnOnce(&mut Cell) -> R) -> Option<R> {
        let cell = self.cells.get_mut(slot.index())?;
        let before = cell.uuid().cloned();
        let result = change(cell);
        self.index_slot(slot, before.as_ref());
        Some(result)
    }

    fn index_slot(&mut self, slot: Slot, before: Option<&CallUuid>) {
        if let Some(cell) = self.cells.get(slot.index()) {
            let keys = self.index.keys(cell);
            self.index.set(slot, before, keys);
        }
    }

    /// Computes the index of every slot, after something changed that concerns all of them.
    fn index_again(&mut self) {
        self.index.patience = self.patience.length();
        for slot in self.slots() {
            let before = self.cell(slot).and_then(Cell::uuid).cloned();
            self.index_slot(slot, before.as_ref());
        }
    }

    /// Asserts that a slot is found by what its cell says.
    #[cfg(debug_assertions)]
    pub(super) fn assert_indexed(&self, slot: Slot) {
        if let Some(cell) = self.cell(slot) {
            assert_eq!(self.index.stored(slot, cell.uuid()), self.index.keys(cell), "slot {slot}");
        }
    }

    /// From now on rounds ask about every slot, because the switch gives no list of free slots.
    pub(super) fn ask_about_every_slot(&mut self) {
        self.index.only_held = false;
        self.index_again();
    }

    /// Returns what is believed of a slot; `None` beyond the lot.
    pub(super) fn cell(&self, slot: Slot) -> Option<&Cell> {
        self.cells.get(slot.index())
    }

    /// Returns the slots of the lot in ascending order.
    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> + use<> {
        (0..self.cells.len()).filter_map(Slot::from_index)
    }

    /// Returns how many slots the lot has.
    pub(super) fn size(&self) -> usize {
        self.cells.len()
    }

    /// Returns the slot in which a call is believed to wait.
    pub(super) fn slot_of(&self, uuid: &CallUuid) -> Option<Slot> {
        self.index.slot_of(uuid)
    }

    /// Returns true once an answer or a message has told of every slot.
    pub(super) fn knows_every_slot(&self) -> bool {
        self.index.unknown.len() == 0
    }

    /// Returns the slots that hold a call, with what is believed of them, in ascending order.
    pub(super) fn held(&self) -> impl Iterator<Item = (Slot, &Cell)> {
        self.index.held.iter().filter_map(|slot| Some((slot, self.cell(slot)?)))
    }

    /// Returns the vacant slots in ascending order.
    pub(super) fn vacant(&self) -> Vec<Slot> {
        let is_vacant = |slot: &Slot| self.cell(*slot).is_some_and(Cell::is_vacant);
        self.slots().filter(is_vacant).collect()
    }

    /// Returns the first slot after `after` that the switch has and that is not in `but`, a list in
    /// ascending order.
    pub(super) fn next_slot(&self, after: Option<Slot>, but: &[Slot]) -> Option<Slot> {
        let first = after.map_or(0, |slot| slot.index() + 1);
        let mut rest = (first..self.cells.len()).filter_map(Slot::from_index);
        rest.find(|slot| {
            let is_present = self.cell(*slot).is_some_and(|cell| !cell.is_absent);
            is_present && but.binary_search(slot).is_err()
        })
    }

    /// Returns the slots that a sweep asks about, in ascending order. `only_held`: a list of free
    /// slots has told of the others. `is_thorough`: every held slot is asked about, not only those
    /// whose call has no name.
    pub(super) fn stale(&self, now: Time, only_held: bool, is_thorough: bool) -> Vec<Slot> {
        let is_stale = |cell: &Cell| {
            let is_returning = cell.is_returning(now, self.patience.length());
            cell.is_stale(now, FRESH, is_thorough || is_returning)
        };
        if only_held {
            return self.held().filter(|(_, cell)| is_stale(cell)).map(|(slot, _)| slot).collect();
        }
        self.slots().filter(|slot| self.cell(*slot).is_some_and(is_stale)).collect()
    }

    /// Returns the slot of which it was told longest ago who waits there; of those that rounds ask
    /// about.
    pub(super) fn named_longest_ago(&self) -> Option<Slot> {
        self.index.named.first().map(|(_, slot)| slot)
    }

    /// Returns true if the call in a slot must have gone back by now.
    pub(super) fn is_overdue(&self, slot: Slot, now: Time) -> bool {
        let patience = self.patience.length();
        self.cell(slot).is_some_and(|cell| cell.is_returning(now, patience))
    }

    /// Remembers the full name of a call, and the other party if it is known.
    pub(super) fn name(&mut self, call: &CallApiId, caller: Option<Arc<Party>>) {
        self.names.add(call, caller);
        self.note_name(call.uuid());
    }

    /// Remembers what a call event told of a call.
    pub(super) fn learn(&mut self, known: Known) {
        let uuid = known.name.uuid().clone();
        self.names.set(known);
        self.note_name(&uuid);
    }

    fn note_name(&mut self, uuid: &CallUuid) {
        if let Some(slot) = self.slot_of(uuid) {
            self.index.changed.set(slot, true);
        }
    }

    /// Returns a parked call of ours to ask with, and the extension that parked it.
    pub(super) fn own_parked(
        &self,
        may_ask: impl Fn(&CallApiId) -> bool,
    ) -> Option<(&ExtensionId, &CallApiId)> {
        self.names.latest().find_map(|name| {
            let parked_by = self.cell(self.slot_of(name.uuid())?)?.parked_by()?;
            (self.extensions.contains(parked_by) && may_ask(name)).then_some((parked_by, name))
        })
    }

    /// Shows that a command acts in a slot. What was believed of the slot before stays.
    pub(super) fn begin_act(&mut self, at: Moment, slot: Slot, intent: Intent) {
        self.intents.push((intent.command(), slot));
        self.change(slot, |cell| {
            cell.intent = Some(intent);
            cell.applied = at.step;
        });
    }

    /// Ends what a command shows in its slots. `is_unknown`: nobody knows what the act has done, so
    /// the slots are forgotten.
    pub(super) fn end_act(&mut self, at: Moment, command: CommandId, is_unknown: bool) {
        let is_own = |intent: &Intent| intent.command() == command;
        while let Some((_, slot)) = super::take_first(&mut self.intents, |(id, _)| *id == command) {
            if self.cell(slot).is_some_and(|cell| cell.intent.as_ref().is_some_and(is_own)) {
                self.change(slot, |cell| {
                    cell.intent = None;
                    if is_unknown {
                        cell.forget(at.step);
                    }
                });
            }
        }
    }

    /// Ends what is shown of an act in a slot.
    pub(super) fn drop_intent(&mut self, slot: Slot) {
        self.change(slot, |cell| cell.intent = None);
    }

    /// Forgets a slot about which two answers disagree, and has it asked about.
    pub(super) fn doubt(&mut self, at: Moment, slot: Slot) {
        self.change(slot, |cell| {
            cell.intent = None;
            cell.forget(at.step);
        });
        self.news.push(News::Check(slot));
    }

    /// Forgets every slot that held a call: one of the calls left, and nobody knows from where.
    pub(super) fn doubt_held(&mut self, at: Moment) {
        let held: Vec<Slot> = self.index.held.iter().collect();
        for slot in held {
            if self.cell(slot).is_some_and(|cell| cell.uuid().is_some()) {
                self.doubt(at, slot);
            }
        }
    }

    /// Remembers that a command of `extension` has parked the call that waits in a slot.
    pub(super) fn own(&mut self, slot: Slot, uuid: &CallUuid, extension: &ExtensionId) {
        self.change(slot, |cell| {
            if let State::Held(occupant) = &mut cell.belief
                && occupant.uuid.as_ref() == Some(uuid)
            {
                occupant.parked_by = Some(extension.clone());
            }
        });
    }

    /// Shows a slot as not confirmed.
    pub(super) fn unconfirm(&mut self, slot: Slot) {
        self.change(slot, |cell| cell.is_lapsed = true);
    }
}
