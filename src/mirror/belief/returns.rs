//! What time alone changes: warnings before a return, and what stays confirmed.

use super::{Belief, News};
use crate::{Millis, Time};

/// How long a slot stays confirmed after it was last looked at, once nothing can be asked.
const LAPSE: Millis = Millis::from_secs(5);

/// Until when what was seen counts as confirmed.
#[derive(Clone, Copy, Debug)]
pub(in crate::mirror) struct Awareness {
    /// Since when a change goes unnoticed. The time may still be to come.
    pub(in crate::mirror) lost_at: Option<Time>,
    /// How long it takes at most until rounds have asked about a slot again.
    pub(in crate::mirror) renewed_within: Millis,
}

impl Awareness {
    /// When a slot lapses that was last looked at at `checked_at`: a moment after changes go
    /// unnoticed, or after the slot should have been looked at again.
    fn lapses_at(self, checked_at: Time) -> Time {
        let overdue = checked_at + self.renewed_within;
        self.lost_at.map_or(overdue, |lost_at| lost_at.max(checked_at).min(overdue)) + LAPSE
    }
}

impl Belief {
    /// Returns how long a call may wait: as seen, where that differs from the options; zero: for
    /// ever.
    pub(in crate::mirror) fn patience(&self) -> Millis {
        self.patience.length()
    }

    /// Returns how long a call may wait as the options say, and as it was seen.
    pub(in crate::mirror) fn told_and_seen_patience(&self) -> (Millis, Option<Millis>) {
        (self.patience.told(), self.patience.seen())
    }

    /// Tells of each call that goes back soon, or must have gone back.
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

    /// When the next warning is due, or the next return.
    pub(in crate::mirror) fn next_warning(&self) -> Option<Time> {
        self.index.warnings.first().map(|(due, _)| due)
    }

    /// Shows those slots as not confirmed whose change would not have been noticed.
    pub(in crate::mirror) fn lapse(&mut self, now: Time, awareness: Awareness) {
        while let Some((checked_at, slot)) = self.index.confirmed.first()
            && awareness.lapses_at(checked_at) <= now
        {
            self.unconfirm(slot);
        }
    }

    /// When the next slot lapses.
    pub(in crate::mirror) fn next_lapse(&self, awareness: Awareness) -> Option<Time> {
        self.index.confirmed.first().map(|(checked_at, _)| awareness.lapses_at(checked_at))
    }

    /// Shows every slot as not confirmed.
    pub(in crate::mirror) fn lapse_all(&mut self) {
        while let Some((_, slot)) = self.index.confirmed.first() {
            self.unconfirm(slot);
        }
    }
}
