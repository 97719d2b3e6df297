//! A call that left its slot rings or talks at an extension again.

use super::cell::{Cell, Occupant};
use super::patience::SLACK;
use super::{Belief, Exit, News, Observation, Source};
use crate::event::EventType;
use crate::feed::Reason;
use crate::mirror::Moment;
use crate::mirror::view::ReturnedFrom;
use crate::{CallUuid, Error, ExtensionId, Millis, Party, Slot, Time};

/// A call that had left its extension and rings or talks there again.
#[derive(Debug)]
pub(in crate::mirror) struct Reappearance {
    /// The name of the call when it left.
    pub(in crate::mirror) uuid: CallUuid,
    /// True if the event has another name for the call, or none.
    pub(in crate::mirror) is_renamed: bool,
    /// How long the call was away, in microseconds on the clock of the switch. `None` if no event
    /// told when the call left.
    pub(in crate::mirror) away_us: Option<u64>,
    /// True if the event is surely newer than the earlier events, by its time or by a new leg.
    pub(in crate::mirror) is_later: bool,
    /// The kind of the event.
    pub(in crate::mirror) kind: EventType,
}

impl Belief {
    /// Applies an event by which a parked call rings or talks at `extension` again. The call has
    /// left its slot.
    ///
    /// The call has returned if its patience is over, or if it rings at the extension that parked
    /// it. Otherwise the slot is asked about. Returns the slot from which the call has returned, if
    /// that is certain.
    pub(in crate::mirror) fn observe_reappearance(
        &mut self,
        at: Moment,
        reappeared: &Reappearance,
        extension: &ExtensionId,
        source: &Source,
    ) -> Option<ReturnedFrom> {
        let uuid = &reappeared.uuid;
        let slot = self.slot_of(uuid);
        let occupant = slot.and_then(|slot| self.cell(slot)).and_then(Cell::occupant);
        let waited = occupant.map(|occupant| at.now.since(occupant.since));
        // A call that comes back much later with another name may have waited in other slots, too.
        let left = self.departures.latest(uuid).filter(|_| occupant.is_none());
        let gone = left.map(|left| at.now.since(left.at - left.waited));
        let away = reappeared.away_us.map(|us| Millis::new(us / 1000));
        let patience = self.patience.length();
        let is_over = |away: Millis| away.as_ms() + SLACK.as_ms() >= patience.as_ms();
        let is_due = patience != Millis::ZERO && away.or(waited).or(gone).is_some_and(is_over);
        // The switch gives a call back by ringing at the extension that parked it.
        let parked_by = match occupant {
            Some(occupant) => occupant.parked_by.as_ref(),
            None => self.departures.latest(uuid).and_then(|left| left.parked_by.as_ref()),
        };
        let is_ours = parked_by == Some(extension);
        let waited_exactly = waited.filter(|_| occupant.is_some_and(|occupant| occupant.exact));
        let since_park = away.or(waited_exactly).or(gone);
        let is_in_time = |since: Millis| since.as_ms() <= patience.as_ms() + SLACK.as_ms();
        let is_certain = !reappeared.is_renamed || since_park.is_some_and(is_in_time);
        let is_return =
            is_due || reappeared.kind == EventType::DialIn && is_ours && reappeared.is_later;
        let exact = occupant.filter(|occupant| occupant.exact && is_return).and(waited);
        match slot {
            Some(slot) if is_return => {
                let source = Source { is_second_hand: false, ..*source };
                let exit = Exit::with_reason(Reason::Returned);
                // The last answer may have said only "held". That may be about another call.
                let is_unnamed = |cell: &Cell| cell.named_at < Some(cell.asked_at);
                let is_unsure = source.order.is_none() && self.cell(slot).is_some_and(is_unnamed);
                self.apply(at, slot, &source, &Observation::Vacant, exit);
                if is_unsure {
                    self.doubt(slot);
                }
            }
            Some(slot) => {
                self.change(slot, |cell| cell.reappeared = Some(reappeared.is_later));
                self.news.push(News::Check(slot));
            }
            None if is_return => {
                self.explain_departure(uuid, &Exit::with_reason(Reason::Returned));
            }
            None => {}
        }
        if let Some(waited) = exact {
            self.note_patience(waited);
        }
        if !is_certain {
            return None;
        }
        if let Some((slot, waited)) = slot.zip(waited) {
            return is_return.then_some(ReturnedFrom { slot, waited });
        }
        let left = self.departures.latest(uuid);
        let left = left.filter(|left| left.reason == Reason::Returned)?;
        Some(ReturnedFrom { slot: left.slot, waited: left.waited })
    }

    /// Returns the parked call that an incoming call is, by its number and the time alone: a call
    /// of the same number, which `extension` parked and whose time is over now. `None` if no call
    /// fits, or more than one.
    pub(in crate::mirror) fn find_returned(
        &self,
        now: Time,
        extension: &ExtensionId,
        caller: Option<&Party>,
    ) -> Option<CallUuid> {
        let number = caller?.number.as_ref()?;
        let patience = self.patience.length();
        if patience == Millis::ZERO {
            return None;
        }
        let fits = |uuid: &CallUuid, parked_by: Option<&ExtensionId>, since: Time| {
            let waited = now.since(since);
            let caller = self.names.get(uuid).and_then(|known| known.caller.as_ref());
            parked_by == Some(extension)
                && waited.as_ms().abs_diff(patience.as_ms()) <= SLACK.as_ms()
                && caller.and_then(|caller| caller.number.as_ref()) == Some(number)
        };
        let mut found = None;
        let mut count = 0;
        for (_, cell) in self.held() {
            if let Some(Occupant { uuid: Some(uuid), parked_by, since, exact: true, .. }) =
                cell.occupant()
                && fits(uuid, parked_by.as_ref(), *since)
            {
                (found, count) = (Some(uuid), count + 1);
            }
        }
        for left in self.departures.iter().filter(|left| left.reason == Reason::Unknown) {
            if fits(&left.uuid, left.parked_by.as_ref(), left.at - left.waited) {
                (found, count) = (Some(&left.uuid), count + 1);
            }
        }
        found.filter(|_| count == 1).cloned()
    }

    /// Learns the patience of the switch from the time that a returned call has waited.
    fn note_patience(&mut self, waited: Millis) {
        let before = self.patience.length();
        let seen = self.patience.note(waited);
        if self.patience.length() != before {
            let held: Vec<Slot> = self.index.held.iter().collect();
            for slot in held {
                self.change(slot, Cell::expect_return_again);
            }
            self.index_all();
        }
        if let Some(seen) = seen {
            self.news.push(News::Error(Error::wrong_patience(self.patience.configured(), seen)));
        }
    }
}
