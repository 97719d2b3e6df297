//! How long a slot stays confirmed.
//!
//! A slot is confirmed while the mirror would notice a change of the slot. That is the case
//!
//! - while an exact feed is up,
//! - while rounds ask about the slots and are not overdue,
//! - while another tab asks.
//!
//! Otherwise the slot lapses after five seconds: no call is live, the network or the budget is
//! gone, the page is hidden, or the machine slept.

use super::Poller;
use crate::mirror::belief::Awareness;
use crate::{Millis, Time};

impl Poller {
    /// Returns how long an observation counts as confirmed. `None` while an exact feed is up: then
    /// it does not lapse.
    pub(in crate::mirror) fn awareness(&self, has_asker: bool) -> Option<Awareness> {
        if self.rounds.feed_is_exact() {
            return None;
        }
        let asked = self.next_ask(has_asker).map(|(due, _)| due).into_iter();
        let asked = asked.chain(self.outbox.oldest_in_flight()).min();
        let awaited = self.rounds.other_tab_leads_until().or(asked);
        let lost_at = self.rounds.unaware_since.or(awaited);
        Some(Awareness { lost_at, renewed_within: self.renewed_within() })
    }

    /// Notes whether the mirror notices changes from now on.
    pub(in crate::mirror) fn note_awareness(&mut self, now: Time, has_asker: bool) {
        let is_other_tab_leading =
            self.rounds.other_tab_leads_until().is_some_and(|until| now < until);
        let keeps_asking = self.next_ask(has_asker).is_some() && self.rounds.is_steady();
        let is_aware = self.rounds.feed_is_exact() || is_other_tab_leading || keeps_asking;
        let since = self.rounds.unaware_since;
        self.rounds.unaware_since = if is_aware { None } else { since.or(Some(now)) };
    }

    /// Returns the longest time until rounds have asked about the same slot again.
    fn renewed_within(&self) -> Millis {
        let rounds = if self.has_free_list { 2 } else { u64::from(self.slots) + 1 };
        Millis::new(self.rounds.slowest_round().as_ms() * rounds)
    }
}
