//! Changes that only the passing of time causes: warnings before a return, and lapses.

use super::{Belief, News};
use crate::{Millis, Time};

/// How long a slot stays confirmed after the mirror can no longer notice a change.
const LAPSE: Millis = Millis::from_secs(5);

/// Tells how long an observation counts as confirmed.
#[derive(Clone, Copy, Debug)]
pub(in crate::mirror) struct Awareness {
    /// When the mirror stops noticing changes. The time may be in the future. `None` if the mirror
    /// will notice every change.
    pub(in crate::mirror) lost_at: Option<Time>,
    /// The longest time between two checks of the same slot by rounds.
    pub(in crate::mirror) renewed_within: Millis,
}

impl Awareness {
    /// Returns when a slot lapses that was last checked at `checked_at`: [`LAPSE`] after the mirror
    /// stops noticing changes, or [`LAPSE`] after the next check of the slot is overdue.
    fn lapses_at(self, checked_at: Time) -> Time {
        let overdue = checked_at + self.renewed_within;
        self.lost_at.map_or(overdue, |lost_at| lost_at.max(checked_at).min(overdue)) + LAPSE
    }
}

impl Belief {
    /// Returns how long a call may wait. Zero means for ever.
    pub(in crate::mirror) fn patience(&self) -> Millis {
        self.patience.length()
    }

    /// Returns the patience of the options, and the observed one.
    pub(in crate::mirror) fn configured_and_observed_patience(&self) -> (Millis, Option<Millis>) {
        (self.patience.configured(), self.patience.observed())
    }

    /// Reports each warning that is due.
    pub(in crate::mirror) fn warn(&mut self, now: Time) {
        let patience = self.patience.length();
        while let Some((due, slot)) = self.index.warnings.first()
            && due <= now
        {
            match self.change(slot, |cell| cell.warn(now, patience)).flatten() {
                Some(Millis::ZERO) => self.news.push(News::Overdue(slot)),
                Some(left) => self.news.push(News::Due(slot, left)),
                None => return,
            }
        }
    }

    /// Returns when the next warning is due.
    pub(in crate::mirror) fn next_warning(&self) -> Option<Time> {
        self.index.warnings.first().map(|(due, _)| due)
    }

    /// Marks each slot as not confirmed whose lapse is due.
    pub(in crate::mirror) fn lapse(&mut self, now: Time, awareness: Awareness) {
        while let Some((checked_at, slot)) = self.index.confirmed.first()
            && awareness.lapses_at(checked_at) <= now
        {
            self.unconfirm(slot);
        }
    }

    /// Returns when the next slot lapses.
    pub(in crate::mirror) fn next_lapse(&self, awareness: Awareness) -> Option<Time> {
        self.index.confirmed.first().map(|(checked_at, _)| awareness.lapses_at(checked_at))
    }

    /// Marks every slot as not confirmed.
    pub(in crate::mirror) fn lapse_all(&mut self) {
        while let Some((_, slot)) = self.index.confirmed.first() {
            self.unconfirm(slot);
        }
    }
}
