//! What call events tell of the slots: little, and nothing by themselves that frees one.

use super::calls::News;
use super::cell::{Belief, Observation, Source};
use super::{Mirror, Notice, Reason};
use crate::event::EventType;
use crate::{CallEvent, Millis};

/// How much earlier than its patience a call may come back and still be believed to have run out
/// of it: the switch counts frames of sound, not seconds.
const SLACK: Millis = Millis::from_secs(5);

impl Mirror {
    /// Takes in a call event.
    ///
    /// A `hangup` after a park is no departure. What shows that a call has left its slot is that it
    /// rings or talks again; and only after its deadline does that say why. What a feed tells of
    /// that after something later is known of the slot happened before the call came there.
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
        let News::Back { uuid, away_us } = news else { return };
        let slot = self.slot_of(&uuid);
        let since = slot.and_then(|slot| self.cell(slot)).and_then(|cell| match &cell.belief {
            Belief::Held(occupant) => Some(occupant.since),
            _ => None,
        });
        let away = away_us
            .map(|us| Millis::new(us / 1000))
            .or(since.map(|since| self.now.since(since)))
            .unwrap_or_default();
        let patience = self.options.patience;
        let is_return =
            patience != Millis::ZERO && away.as_ms() + SLACK.as_ms() >= patience.as_ms();
        match slot {
            Some(slot) if is_return => {
                let source = Source { is_hearsay: false, ..source };
                self.apply(slot, source, &Observation::Vacant, Reason::Returned);
            }
            Some(slot) => self.check(slot, None),
            None if is_return && self.departures.explain(&uuid, Reason::Returned) => {
                let latest = self.departures.iter().find(|departure| departure.uuid == uuid);
                self.effects.notices.extend(latest.cloned().map(Notice::Departed));
            }
            None => {}
        }
    }

    /// Whether an event is one of this extension, as far as that can be told.
    fn is_ours(&self, event: &CallEvent) -> bool {
        let ours = self.options.extension.as_str();
        match &event.extension {
            // An extension may be written in a form in which events never name it.
            Some(theirs) => ours.starts_with('@') || theirs.as_str() == ours,
            None => true,
        }
    }
}
