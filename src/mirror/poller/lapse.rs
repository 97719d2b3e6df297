//! Whether a change of the lot would be noticed.
//!
//! A slot is confirmed while a change of it would be noticed: while an exact feed is up, while the
//! slots are asked about in rounds that are not overdue, or while another tab asks. The slot lapses
//! five seconds after the last such time: when no call lives to ask with, the network or the budget
//! is gone, the page is hidden, or the machine slept.

use super::Poller;
use crate::mirror::belief::Awareness;
use crate::{Millis, Time};

impl Poller {
    /// Returns until when what was seen counts as confirmed; `None` while an exact feed tells of
    /// every change. `has_asker`: there is a call to ask with.
    pub(in crate::mirror) fn awareness(&self, has_asker: bool) -> Option<Awareness> {
        if self.rounds.feed_is_exact() {
            return None;
        }
        let asked = self.next_ask(has_asker).map(|(due, _)| due).into_iter();
        let asked = asked.chain(self.outbox.oldest_in_flight()).min();
        let awaited = self.rounds.led_until().or(asked);
        let lost_at = self.rounds.unaware_since.or(awaited);
        Some(Awareness { lost_at, renewed_within: self.renewed_within() })
    }

    /// Notes whether changes are noticed from now on.
    pub(in crate::mirror) fn note_awareness(&mut self, now: Time, has_asker: bool) {
        let is_led = self.rounds.led_until().is_some_and(|until| now < until);
        let keeps_asking = self.next_ask(has_asker).is_some() && self.rounds.is_steady();
        let is_aware = self.rounds.feed_is_exact() || is_led || keeps_asking;
        let since = self.rounds.unaware_since;
        self.rounds.unaware_since = if is_aware { None } else { since.or(Some(now)) };
    }

    /// Returns how long it takes at most until rounds have asked about a slot again. Answers that
    /// make no sense renew nothing.
    fn renewed_within(&self) -> Millis {
        let rounds = if self.has_free_list { 2 } else { u64::from(self.slots) + 1 };
        Millis::new(self.rounds.slowest_round().as_ms() * rounds)
    }
}
