//! Until when something stays confirmed.
//!
//! A slot is confirmed while a change of it would be noticed: while an exact feed is up, while the
//! slots are asked for in rounds that are not overdue, or while another tab asks. It lapses five
//! seconds after the last such time: when no call lives to ask with, the network or the budget is
//! gone, the page is hidden, or the machine slept.

use super::Mirror;
use super::cell::Belief;
use crate::{Millis, Time};

/// How long a slot stays confirmed after it was last looked at, once nothing can be asked.
const LAPSE: Millis = Millis::from_secs(5);

impl Mirror {
    /// Ends what is confirmed and would not be known to have changed.
    pub(super) fn lapse(&mut self) {
        if self.watch.feed_is_exact() {
            return;
        }
        let (now, since, renewed) = (self.now, self.unaware_since(), self.renewed_within());
        for cell in &mut self.cells {
            cell.is_lapsed |= lapses_at(since, renewed, cell.checked_at) <= now;
        }
    }

    /// Takes note of whether changes are noticed from now on.
    pub(super) fn note_awareness(&mut self) {
        let is_led = self.watch.led_until().is_some_and(|until| self.now < until);
        let is_aware = self.watch.feed_is_exact() || is_led || self.keeps_asking();
        self.watch.unaware_since =
            if is_aware { None } else { self.watch.unaware_since.or(Some(self.now)) };
    }

    /// When something will lapse next.
    pub(super) fn next_lapse(&self) -> Option<Time> {
        if self.watch.feed_is_exact() {
            return None;
        }
        let (since, renewed) = (self.unaware_since(), self.renewed_within());
        let confirmed =
            self.cells.iter().filter(|cell| !cell.is_lapsed && cell.belief != Belief::Unknown);
        confirmed.map(|cell| lapses_at(since, renewed, cell.checked_at)).min()
    }

    /// How long it takes at most until rounds have asked for a slot again. Answers that make no
    /// sense renew nothing.
    fn renewed_within(&self) -> Millis {
        let rounds = if self.options.free_list { 2 } else { u64::from(self.options.slots) + 1 };
        Millis::new(self.watch.slowest_round().as_ms() * rounds)
    }

    /// Ends all that is confirmed, and begins to ask for it: the clock may have missed a sleep, or
    /// the switch was restarted.
    pub(super) fn doubt_all(&mut self) {
        for cell in &mut self.cells {
            cell.is_lapsed = true;
        }
        self.watch.restart(self.now);
    }

    /// Since when a change would not be noticed: since nothing can be asked, or from the time on at
    /// which word of a change is expected. That time may still be to come.
    fn unaware_since(&self) -> Option<Time> {
        self.watch.unaware_since.or_else(|| self.awaited())
    }

    /// When word of a change is expected, where it may stay out: from another tab, from the next
    /// round, or from a question that is on its way.
    fn awaited(&self) -> Option<Time> {
        if self.watch.feed_is_exact() {
            return None;
        }
        let asked = self.next_ask().into_iter().chain(self.outbox.oldest_in_flight()).min();
        self.watch.led_until().or(asked)
    }

    /// Whether the slots are asked for in rounds.
    fn keeps_asking(&self) -> bool {
        self.next_ask().is_some() && self.watch.is_steady()
    }
}

/// When a slot lapses that was looked at last at `checked_at`: a moment after changes go unnoticed,
/// or after it should have been looked at again.
fn lapses_at(since: Option<Time>, renewed: Millis, checked_at: Option<Time>) -> Time {
    let checked_at = checked_at.unwrap_or_default();
    let overdue = checked_at + renewed;
    since.map_or(overdue, |since| since.max(checked_at).min(overdue)) + LAPSE
}
