//! The notes on parked calls.

use std::sync::Arc;

use super::Belief;
use super::cell::{Cell, Intent, Occupancy, Occupant};
use super::observation::{Observation, Source};
use crate::CallUuid;
use crate::feed::Note;
use crate::record::record;

/// The latest note of a call in a slot.
#[derive(Clone, Debug)]
pub(in crate::mirror) struct Noted {
    note: Arc<Note>,
    /// The place of its message in the order of the feed. `None` if unknown.
    order: Option<u64>,
}

impl Cell {
    /// Returns what is noted of a call in this slot.
    pub(super) fn note_of(&self, uuid: Option<&CallUuid>) -> Option<Arc<Note>> {
        let note = &self.noted.as_ref()?.note;
        (Some(note.call.uuid()) == uuid).then(|| note.clone())
    }

    /// Removes the note if an observation shows that its call does not wait in the slot. If the
    /// call has just `left`, its departure takes the note.
    pub(super) fn drop_note(
        &mut self,
        source: &Source,
        seen: &Observation,
        left: Option<&Occupant>,
    ) {
        let Some(Noted { note, order }) = &self.noted else { return };
        let uuid = Some(note.call.uuid());
        let is_its_own = left.is_some_and(|left| left.uuid.as_ref() == uuid);
        let is_later = order.zip(source.order).is_some_and(|(noted, seen)| noted > seen);
        let is_elsewhere = *seen != Observation::Occupied && seen.uuid() != uuid;
        if is_elsewhere && !is_its_own && !is_later {
            self.noted = None;
        }
    }
}

impl Belief {
    /// Keeps what is noted of a call. `order` is the place of the message in the order of the feed.
    ///
    /// A note changes nothing if something newer shows that the call does not wait in the slot, or
    /// if a newer note is known.
    pub(in crate::mirror) fn note(&mut self, note: Arc<Note>, order: Option<u64>) {
        let Some(cell) = self.cell(note.slot) else { return };
        let uuid = note.call.uuid();
        let is_there = match &cell.intent {
            Some(Intent::Park { call, .. }) if call.uuid() == uuid => true,
            _ => cell.uuid() == Some(uuid),
        };
        let is_past = match order {
            Some(order) => cell.order.is_some_and(|known| order <= known),
            None => cell.occupancy != Occupancy::Unknown,
        };
        let known = cell.noted.as_ref().and_then(|noted| noted.order);
        let is_late = order.zip(known).is_some_and(|(order, known)| order < known);
        if (is_there || !is_past) && !is_late {
            self.change(note.slot, |cell| cell.noted = Some(Noted { note, order }));
        }
    }
}

record!(struct Noted { note, order });
