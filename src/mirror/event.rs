//! What call events tell of the slots: little, and nothing by themselves that frees one.

use super::calls::News;
use super::cell::{Cell, Observation, Source};
use super::observe::Exit;
use super::patience::SLACK;
use super::{Mirror, Notice, Reason};
use crate::event::EventType;
use crate::{CallEvent, Error, Millis};

impl Mirror {
    /// Takes in a call event.
    ///
    /// A `hangup` after a park is no departure. A call has left its slot when it rings or talks
    /// again. It has come back where it rings at the extension that parked it, or where its
    /// deadline has passed. An event of a feed that is older than the picture of the slot is
    /// ignored.
    pub(super) fn handle_event(&mut self, event: &CallEvent, source: Source) {
        let slot = event.call.as_ref().and_then(|call| self.slot_of(call.uuid()));
        let cell = slot.and_then(|slot| self.cell(slot));
        let is_past = cell.is_some_and(|cell| cell.outdates(source));
        if !self.is_ours(event) || is_past && event.kind != EventType::Hangup {
            return;
        }
        let mut calls = core::mem::take(&mut self.calls);
        let news = calls.handle(self.now, event, |uuid| self.is_parked(uuid));
        self.calls = calls;
        let News::Back { uuid, away_us, is_later } = news else { return };
        let slot = self.slot_of(&uuid);
        let occupant = slot.and_then(|slot| self.cell(slot)).and_then(Cell::occupant);
        let waited = occupant.map(|occupant| self.now.since(occupant.since));
        let away = away_us.map(|us| Millis::new(us / 1000)).or(waited).unwrap_or_default();
        let patience = self.patience.length();
        let is_due = patience != Millis::ZERO && away.as_ms() + SLACK.as_ms() >= patience.as_ms();
        // A call rings again where it was parked: that is how a switch gives it back.
        let parked_by = match occupant {
            Some(occupant) => occupant.parked_by.as_ref(),
            None => self.departures.latest(&uuid).and_then(|left| left.parked_by.as_ref()),
        };
        let is_ours = parked_by == Some(self.own_extension());
        let is_return = is_due || event.kind == EventType::DialIn && is_ours && is_later;
        let exact = occupant.filter(|occupant| occupant.exact && is_return).and(waited);
        match slot {
            Some(slot) if is_return => {
                let source = Source { is_hearsay: false, ..source };
                self.apply(slot, source, &Observation::Vacant, Exit::by(Reason::Returned));
            }
            Some(slot) => self.check(slot, None),
            None if is_return && self.departures.explain(&uuid, Reason::Returned) => {
                let latest = self.departures.latest(&uuid).cloned();
                self.effects.notices.extend(latest.map(Notice::Departed));
            }
            None => {}
        }
        if let Some(seen) = exact.and_then(|waited| self.patience.note(waited)) {
            let error = Error::other_patience(self.patience.told(), seen);
            self.effects.notices.push(Notice::Error(error));
        }
    }

    /// Whether an event is one of this extension, as far as that can be told.
    fn is_ours(&self, event: &CallEvent) -> bool {
        let ours = self.own_extension().as_str();
        match &event.extension {
            // An extension may be written in a form in which events never name it.
            Some(theirs) => ours.starts_with('@') || theirs.as_str() == ours,
            None => true,
        }
    }
}
