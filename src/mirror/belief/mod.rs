//! [`Belief`]: which call waits in which slot, as far as the mirror knows.
//!
//! A [`Belief`] takes observations: answers, messages of a feed and call events. It returns their
//! consequences as [`News`], which [`Mirror`](super::Mirror) passes on to the other parts.

mod cell;
mod departure;
mod earliest;
mod index;
mod names;
mod notes;
mod observation;
mod observe;
mod patience;
mod reappear;
mod returns;
#[cfg(test)]
mod tests;
mod view;

pub use self::departure::Departure;

pub(super) use self::cell::{Cell, Intent};
pub(super) use self::names::Known;
pub(super) use self::observation::{Observation, Source};
pub(super) use self::observe::Exit;
pub(super) use self::reappear::Reappearance;
pub(super) use self::returns::Awareness;

use self::cell::{Occupancy, Occupant};
use self::departure::Departures;
use self::index::Index;
use self::names::Names;
use self::patience::Patience;
use super::{CommandId, MirrorOptions, Moment};
use crate::record::{Reader, Record, Writer};
use crate::slot_set::SlotSet;
use crate::{CallApiId, CallUuid, Error, ExtensionId, Millis, Party, Slot, Time};
use std::sync::Arc;

/// How long an answer counts as fresh. A sweep does not ask again about a slot with a fresh answer.
const FRESH: Millis = Millis::from_secs(5);

/// The belief about one lot.
#[derive(Clone, Debug)]
pub(super) struct Belief {
    /// The extensions of this mirror. A call that one of them parked is "mine".
    extensions: Vec<ExtensionId>,
    cells: Vec<Cell>,
    index: Index,
    /// The slots in which commands act.
    intents: Vec<(CommandId, Slot)>,
    names: Names,
    departures: Departures,
    patience: Patience,
    /// True after the error about a lot of another size was reported.
    is_size_reported: bool,
    news: Vec<News>,
}

/// A consequence of an observation for the other parts.
#[derive(Clone, Debug)]
pub(super) enum News {
    /// A call is in a slot in which it was not known to wait.
    Arrived { slot: Slot, uuid: CallUuid },
    /// A call that was known to wait in another slot arrived: it returned and was parked again.
    ParkedAgain(CallUuid),
    /// A call left its slot.
    Left { slot: Slot, uuid: CallUuid, occupant: Occupant, exit: Exit },
    /// A call waits in its slot, although an event said that it rings or talks.
    Waits(CallUuid),
    /// The reason for an earlier departure has become known.
    Explained(Departure),
    /// The poller has to ask about the slot.
    Check(Slot),
    /// The call in the slot goes back to its extension when this time has passed.
    Due(Slot, Millis),
    /// The call in the slot must have gone back by now.
    Overdue(Slot),
    /// The switch does not know this call of this extension.
    NoSuchCall(ExtensionId, CallUuid),
    /// The options do not match the switch.
    Error(Error),
}

impl Belief {
    /// Creates the belief of a mirror that has seen nothing yet.
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
        belief.index_all();
        belief
    }

    /// Returns the news since the last call, oldest first.
    pub(super) fn take_news(&mut self) -> Vec<News> {
        core::mem::take(&mut self.news)
    }

    /// Returns the slots whose view may have changed since the last call.
    pub(super) fn take_changed(&mut self) -> SlotSet {
        core::mem::take(&mut self.index.changed)
    }

    /// Changes one cell and updates the index. No other function changes a cell.
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

    /// Updates the index of every slot.
    fn index_all(&mut self) {
        self.index.patience = self.patience.length();
        for slot in self.slots() {
            let before = self.cell(slot).and_then(Cell::uuid).cloned();
            self.index_slot(slot, before.as_ref());
        }
    }

    /// Asserts that the index matches the cell of a slot.
    ///
    /// # Panics
    ///
    /// Panics if the two differ, which is a fault of this crate.
    #[cfg(debug_assertions)]
    pub(super) fn assert_indexed(&self, slot: Slot) {
        if let Some(cell) = self.cell(slot) {
            assert_eq!(self.index.stored(slot, cell.uuid()), self.index.keys(cell), "slot {slot}");
        }
    }

    /// Makes rounds ask about every slot, because the switch gives no list of free slots.
    pub(super) fn ask_about_every_slot(&mut self) {
        self.index.only_held = false;
        self.index_all();
    }

    /// Returns the belief about a slot. `None` if the lot does not have the slot.
    pub(super) fn cell(&self, slot: Slot) -> Option<&Cell> {
        self.cells.get(slot.index())
    }

    /// Returns the slots of the lot in ascending order.
    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> + use<> {
        (0..self.cells.len()).filter_map(Slot::from_index)
    }

    /// Returns the number of slots of the lot.
    pub(super) fn size(&self) -> usize {
        self.cells.len()
    }

    /// Returns the slot in which a call waits, if known.
    pub(super) fn slot_of(&self, uuid: &CallUuid) -> Option<Slot> {
        self.index.slot_of(uuid)
    }

    /// Returns true if every slot is known to be held or vacant.
    pub(super) fn knows_every_slot(&self) -> bool {
        self.index.unknown.len() == 0
    }

    /// Returns the held slots with their cells, in ascending order.
    pub(super) fn held(&self) -> impl Iterator<Item = (Slot, &Cell)> {
        self.index.held.iter().filter_map(|slot| Some((slot, self.cell(slot)?)))
    }

    /// Returns the vacant slots in ascending order.
    pub(super) fn vacant(&self) -> Vec<Slot> {
        let is_vacant = |slot: &Slot| self.cell(*slot).is_some_and(Cell::is_vacant);
        self.slots().filter(is_vacant).collect()
    }

    /// Returns the first slot after `after` that the switch has and that is not in `except`.
    /// `except` is sorted in ascending order.
    pub(super) fn next_slot(&self, after: Option<Slot>, except: &[Slot]) -> Option<Slot> {
        let first = after.map_or(0, |slot| slot.index() + 1);
        let mut rest = (first..self.cells.len()).filter_map(Slot::from_index);
        rest.find(|slot| {
            let is_present = self.cell(*slot).is_some_and(|cell| !cell.is_absent);
            is_present && except.binary_search(slot).is_err()
        })
    }

    /// Returns the slots that a sweep asks about, in ascending order.
    ///
    /// `only_held` leaves out the other slots, which a list of free slots covers. With
    /// `is_thorough` the sweep also asks about slots whose call is known by name.
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

    /// Returns the slot that rounds ask about next: its call was named longest ago.
    pub(super) fn next_for_rounds(&self) -> Option<Slot> {
        self.index.named.first().map(|(_, slot)| slot)
    }

    /// Returns true if the call in a slot must have gone back by now.
    pub(super) fn is_overdue(&self, slot: Slot, now: Time) -> bool {
        let patience = self.patience.length();
        self.cell(slot).is_some_and(|cell| cell.is_returning(now, patience))
    }

    /// Remembers the full name of a call, and the other party if `caller` is known.
    pub(super) fn name(&mut self, call: &CallApiId, caller: Option<Arc<Party>>) {
        self.names.add(call, caller);
        self.note_name(call.uuid());
    }

    /// Remembers the name and the other party of a call from a call event.
    pub(super) fn learn(&mut self, known: Known) {
        let uuid = known.name.uuid().clone();
        self.names.set(known);
        self.note_name(&uuid);
    }

    fn note_name(&mut self, uuid: &CallUuid) {
        if let Some(slot) = self.slot_of(uuid) {
            self.index.changed.set(slot, true);
        }
        // A slot shows the call that a command is about to park there.
        for (_, slot) in &self.intents {
            self.index.changed.set(*slot, true);
        }
    }

    /// Finds a parked call that one of our extensions parked and that `may_ask` accepts. Returns
    /// the call and the extension.
    pub(super) fn find_parked(
        &self,
        may_ask: impl Fn(&CallApiId) -> bool,
    ) -> Option<(&ExtensionId, &CallApiId)> {
        self.names.latest().find_map(|name| {
            let parked_by = self.cell(self.slot_of(name.uuid())?)?.parked_by()?;
            (self.extensions.contains(parked_by) && may_ask(name)).then_some((parked_by, name))
        })
    }

    /// Shows that a command acts in a slot. The belief about the slot stays as it was.
    pub(super) fn begin_act(&mut self, at: Moment, slot: Slot, intent: Intent) {
        self.intents.push((intent.command(), slot));
        self.change(slot, |cell| {
            cell.intent = Some(intent);
            cell.applied_step = at.step;
        });
    }

    /// Stops showing a command in its slots. `is_unknown` means that the effect of the command is
    /// unknown: the slots become unknown, too.
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

    /// Stops showing a command in one slot.
    pub(super) fn drop_intent(&mut self, slot: Slot) {
        self.change(slot, |cell| cell.intent = None);
    }

    /// Sets a slot to unknown, because two answers about it disagree, and lets the poller ask
    /// again.
    pub(super) fn forget_and_check(&mut self, at: Moment, slot: Slot) {
        self.change(slot, |cell| {
            cell.intent = None;
            cell.forget(at.step);
        });
        self.news.push(News::Check(slot));
    }

    /// Sets every slot with a named call to unknown: one of the calls left, and it is unknown which
    /// one.
    pub(super) fn forget_held(&mut self, at: Moment) {
        let held: Vec<Slot> = self.index.held.iter().collect();
        for slot in held {
            if self.cell(slot).is_some_and(|cell| cell.uuid().is_some()) {
                self.forget_and_check(at, slot);
            }
        }
    }

    /// Remembers that `extension` parked the call `uuid`, if that call waits in the slot.
    pub(super) fn set_parked_by(&mut self, slot: Slot, uuid: &CallUuid, extension: &ExtensionId) {
        self.change(slot, |cell| {
            if let Occupancy::Held(occupant) = &mut cell.occupancy
                && occupant.uuid.as_ref() == Some(uuid)
            {
                occupant.parked_by = Some(extension.clone());
            }
        });
    }

    /// Marks a slot as not confirmed, and lets the poller ask about it.
    pub(super) fn doubt(&mut self, slot: Slot) {
        self.unconfirm(slot);
        self.news.push(News::Check(slot));
    }

    /// Marks a slot as not confirmed.
    pub(super) fn unconfirm(&mut self, slot: Slot) {
        self.change(slot, |cell| cell.is_lapsed = true);
    }
}

/// The index follows from the cells, apart from `only_held`. The news are empty between two inputs.
impl Record for Belief {
    fn write(&self, to: &mut Writer) {
        self.extensions.write(to);
        self.index.only_held.write(to);
        self.cells.write(to);
        self.intents.write(to);
        self.names.write(to);
        self.departures.write(to);
        self.patience.write(to);
        self.is_size_reported.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let (extensions, only_held) = (Record::read(from)?, bool::read(from)?);
        let cells = Vec::<Cell>::read(from)?;
        let (intents, names) = (Record::read(from)?, Record::read(from)?);
        let (departures, patience) = (Record::read(from)?, Patience::read(from)?);
        let slots = cells.len().try_into().ok()?;
        let mut belief = Self {
            extensions,
            index: Index::new(slots, patience.length(), only_held),
            cells,
            intents,
            names,
            departures,
            patience,
            is_size_reported: Record::read(from)?,
            news: Vec::new(),
        };
        for slot in belief.slots() {
            belief.index_slot(slot, None);
        }
        Some(belief)
    }
}
