//! The view of a slot, and departures.

use super::cell::{Intent, Occupancy, Occupant};
use super::{Belief, Departure, Exit, Source};
use crate::mirror::view::{Pending, SlotState, SlotView};
use crate::{CallApiId, CallUuid, Slot, Time};

impl Belief {
    /// Returns the view of a slot. `None` if the lot does not have the slot.
    pub(in crate::mirror) fn slot_view(&self, now: Time, slot: Slot) -> Option<SlotView> {
        let cell = self.cell(slot)?;
        let mut view = SlotView::unknown(slot);
        view.checked_at = cell.checked_at;
        view.returns_at = cell.returns_at(self.patience.length());
        match (&cell.intent, &cell.occupancy) {
            (Some(Intent::Park { call, extension, sent_at, .. }), _) => {
                view.pending = Some(Pending::Parking);
                view.state = SlotState::Held;
                view.uuid = Some(call.uuid().clone());
                view.call = Some(call.clone());
                view.parked_by = Some(extension.clone());
                view.held_since = Some(*sent_at);
            }
            (intent, Occupancy::Held(occupant)) => {
                let is_returning = cell.is_returning(now, self.patience.length());
                view.pending = intent.as_ref().map(|_| Pending::Bridging);
                view.state = if is_returning { SlotState::Returning } else { SlotState::Held };
                view.is_confirmed = !is_returning && !cell.is_lapsed && intent.is_none();
                view.uuid.clone_from(&occupant.uuid);
                view.parked_by.clone_from(&occupant.parked_by);
                view.held_since = Some(occupant.since);
                view.is_exact = occupant.exact;
            }
            (Some(Intent::Bridge { .. }), _) => {
                view.pending = Some(Pending::Bridging);
                view.state = SlotState::Held;
            }
            (None, Occupancy::Vacant) => {
                view.state = SlotState::Free;
                view.is_confirmed = !cell.is_lapsed;
            }
            (None, Occupancy::Unknown) => {}
        }
        if let Some(known) = view.uuid.as_ref().and_then(|uuid| self.names.get(uuid)) {
            view.call = Some(known.name.clone());
            view.caller.clone_from(&known.caller);
        }
        view.note = cell.note_of(view.uuid.as_ref());
        view.is_mine = view.parked_by.as_ref().is_some_and(|by| self.extensions.contains(by));
        Some(view)
    }

    /// Returns the latest departures, newest first.
    pub(in crate::mirror) fn departures(&self) -> impl Iterator<Item = &Departure> {
        self.departures.iter()
    }

    /// Returns a number that changes whenever the list of departures changes.
    pub(in crate::mirror) fn departures_revision(&self) -> u32 {
        self.departures.revision
    }

    /// Returns the lowest slot that shows a call: because the call waits there, or because a
    /// command parks it there.
    pub(in crate::mirror) fn slot_showing(&self, now: Time, uuid: &CallUuid) -> Option<Slot> {
        let parks = |slot: &Slot| {
            let intent = self.cell(*slot).and_then(|cell| cell.intent.as_ref());
            matches!(intent, Some(Intent::Park { call, .. }) if call.uuid() == uuid)
        };
        let parking = self.intents.iter().map(|(_, slot)| *slot).filter(parks);
        let shows = |slot: &Slot| {
            let view = self.slot_view(now, *slot);
            view.is_some_and(|view| view.uuid.as_ref() == Some(uuid))
        };
        self.slot_of(uuid).into_iter().chain(parking).filter(shows).min()
    }

    /// Records the departure of a call and returns it.
    pub(in crate::mirror) fn depart(
        &mut self,
        now: Time,
        slot: Slot,
        uuid: CallUuid,
        occupant: Occupant,
        exit: Exit,
    ) -> Departure {
        let parked_by = occupant.parked_by;
        let note = self.cell(slot).and_then(|cell| cell.note_of(Some(&uuid)));
        let known = self.names.get(&uuid);
        let departure = Departure {
            slot,
            call: known.map(|known| known.name.clone()),
            caller: known.and_then(|known| known.caller.clone()),
            uuid,
            at: now,
            reason: exit.reason,
            mine: parked_by.as_ref().is_some_and(|by| self.extensions.contains(by)),
            parked_by,
            taken_by: exit.taken_by,
            note,
            waited: now.since(occupant.since),
        };
        self.departures.record(departure.clone());
        departure
    }

    /// Returns true if an event about a call is older than the observation of its slot.
    pub(in crate::mirror) fn is_outdated(&self, call: Option<&CallApiId>, source: &Source) -> bool {
        let slot = call.and_then(|call| self.slot_of(call.uuid()));
        slot.and_then(|slot| self.cell(slot)).is_some_and(|cell| cell.is_newer_than(source))
    }
}
