//! Applies answers and messages to the slots.

use super::cell::Cell;
use super::observation::{Applied, Observation, Source};
use super::{Belief, News};
use crate::answer::Refusal;
use crate::feed::{Move, Reason};
use crate::mirror::Moment;
use crate::{Action, Answer, CallUuid, Error, ExtensionId, Question, RefusalCode, Slot, Time};

/// Why a call left its slot, and the extension that took the call.
#[derive(Clone, Debug)]
pub(in crate::mirror) struct Exit {
    pub(in crate::mirror) reason: Reason,
    /// The extension whose call was connected with the call that left.
    pub(in crate::mirror) taken_by: Option<ExtensionId>,
}

impl Exit {
    /// The observation does not tell why the call left.
    pub(in crate::mirror) const UNKNOWN: Self = Self::with_reason(Reason::Unknown);

    /// Creates an exit with this reason.
    pub(in crate::mirror) const fn with_reason(reason: Reason) -> Self {
        Self { reason, taken_by: None }
    }

    /// Creates the exit of a call that was connected with a call of `extension`.
    pub(in crate::mirror) fn bridged(extension: ExtensionId) -> Self {
        Self { reason: Reason::Bridged, taken_by: Some(extension) }
    }
}

impl Belief {
    /// Applies everything that an answer says about the slots.
    pub(in crate::mirror) fn observe(
        &mut self,
        at: Moment,
        asked: &Question,
        source: &Source,
        answer: &Answer,
    ) {
        match answer {
            Answer::Parked { slot: Some(slot), .. } => {
                let (uuid, by) = (asked.call.uuid().clone(), asked.extension.clone());
                let seen = Observation::Parked { uuid, by, since: source.asked_at };
                self.apply(at, *slot, source, &seen, Exit::UNKNOWN);
            }
            Answer::Bridged { slot: Some(slot), uuid } => {
                let exit = Exit::bridged(asked.extension.clone());
                self.apply_departure(at, *slot, uuid.as_ref(), source, exit);
            }
            Answer::Held { slot, uuid } => {
                let seen = Observation::Held { uuid: uuid.clone() };
                self.apply(at, *slot, source, &seen, Exit::UNKNOWN);
            }
            Answer::Vacant { slot } => {
                self.apply(at, *slot, source, &Observation::Vacant, Exit::UNKNOWN);
            }
            Answer::Free { slots } => {
                for slot in self.slots() {
                    let is_free = slots.binary_search(&slot).is_ok();
                    let seen = if is_free { Observation::Vacant } else { Observation::Occupied };
                    self.apply(at, slot, source, &seen, Exit::UNKNOWN);
                }
            }
            Answer::Refused(refusal) => self.observe_refusal(at, asked, source, refusal),
            Answer::Unclear { status: 404, .. } if !source.is_second_hand => {
                self.observe_not_found(at, asked, source);
            }
            Answer::Parked { slot: None, .. }
            | Answer::Bridged { slot: None, .. }
            | Answer::Unclear { .. } => {}
        }
    }

    /// Applies a message that a call entered or left a slot.
    pub(in crate::mirror) fn observe_move(&mut self, at: Moment, moved: &Move, source: &Source) {
        let uuid = moved.call.uuid().clone();
        if let Some(reason) = moved.left {
            let exit = Exit { reason, taken_by: moved.taken_by.clone() };
            self.apply_departure(at, moved.slot, Some(&uuid), source, exit);
        } else {
            let since = Time::from_ms(at.now.as_ms().saturating_sub(moved.ago.as_ms()));
            let seen = Observation::Parked { uuid, by: moved.extension.clone(), since };
            self.apply(at, moved.slot, source, &seen, Exit::UNKNOWN);
        }
    }

    /// Records that a call left a slot.
    ///
    /// If the belief shows another call in the slot, or none, the call first enters the slot. So
    /// the departure is reported with the right call.
    fn apply_departure(
        &mut self,
        at: Moment,
        slot: Slot,
        uuid: Option<&CallUuid>,
        source: &Source,
        exit: Exit,
    ) {
        if source.is_second_hand {
            // A list of free slots can arrive before the answer to the bridge that emptied a slot.
            if let Some(uuid) = uuid
                && self.has_left(slot, uuid)
                && exit.reason != Reason::Unknown
                && self.explain_departure(uuid, &exit)
            {
                return;
            }
            let is_outdated = self.cell(slot).is_none_or(|cell| cell.is_newer_than(source));
            if is_outdated || uuid.is_some_and(|uuid| self.knows_departure(slot, uuid, &exit)) {
                return;
            }
        }
        // The report is new, so `apply` must not compare it with the slot again.
        let mut source = Source { is_second_hand: false, ..*source };
        let believed = self.cell(slot).and_then(Cell::uuid);
        if let Some(uuid) = uuid.filter(|uuid| Some(*uuid) != believed) {
            let seen = Observation::Held { uuid: uuid.clone() };
            self.apply(at, slot, &Source { order: None, ..source }, &seen, Exit::UNKNOWN);
            // The departure comes from the same report, so it must not count as older than the
            // arrival that was just applied.
            if self.cell(slot).and_then(Cell::uuid) == Some(uuid) {
                source.step = at.step;
            }
        }
        self.apply(at, slot, &source, &Observation::Vacant, exit);
    }

    /// Returns true if this departure is known already. A feed can report one bridge twice: as a
    /// move, and as the answer that another client got.
    fn knows_departure(&self, slot: Slot, uuid: &CallUuid, exit: &Exit) -> bool {
        let is_vacant = self.cell(slot).is_some_and(Cell::is_vacant);
        let latest = self.departures.iter().find(|departure| departure.slot == slot);
        let is_known = |reason: Reason| exit.reason == Reason::Unknown || exit.reason == reason;
        is_vacant && latest.is_some_and(|left| left.uuid == *uuid && is_known(left.reason))
    }

    /// Returns true if the latest departure of a call is from this slot, and the call waits in no
    /// slot now.
    fn has_left(&self, slot: Slot, uuid: &CallUuid) -> bool {
        let latest = self.departures.latest(uuid);
        self.slot_of(uuid).is_none() && latest.is_some_and(|left| left.slot == slot)
    }

    /// Sets the reason of the latest departure of a call, and reports the departure again. Returns
    /// false if the call has no departure, or if the reason is known already.
    pub(super) fn explain_departure(&mut self, uuid: &CallUuid, exit: &Exit) -> bool {
        let is_news = self.departures.explain(uuid, exit);
        if is_news {
            self.news.extend(self.departures.latest(uuid).cloned().map(News::Explained));
        }
        is_news
    }

    fn observe_refusal(
        &mut self,
        at: Moment,
        asked: &Question,
        source: &Source,
        refusal: &Refusal,
    ) {
        let own = asked.call.uuid().clone();
        let observation = match (refusal.code, refusal.slot) {
            (RefusalCode::Taken, Some(slot)) => Some((slot, Observation::Occupied)),
            (RefusalCode::AlreadyParked | RefusalCode::SameCall, Some(slot)) => {
                Some((slot, Observation::Held { uuid: own.clone() }))
            }
            (RefusalCode::Vacant, Some(slot)) => Some((slot, Observation::Vacant)),
            _ => None,
        };
        if let Some((slot, seen)) = observation {
            return self.apply(at, slot, source, &seen, Exit::UNKNOWN);
        }
        match refusal.code {
            RefusalCode::LotFull => self.apply_to_all(at, source, &Observation::Occupied),
            RefusalCode::NobodyWaiting => self.apply_to_all(at, source, &Observation::Vacant),
            RefusalCode::NoSuchSlot => {
                if let Some(slot) = refusal.slot.or(asked.slot) {
                    self.mark_absent(at, slot);
                }
            }
            // The slot counts as held only because a list of free slots left it out. The refusal
            // shows that the switch does not have the slot.
            RefusalCode::BadRequest if asked.action == Action::Slots => {
                if let Some(slot) = asked.slot.filter(|slot| self.may_be_absent(*slot)) {
                    self.mark_absent(at, slot);
                }
            }
            RefusalCode::NoSuchCall if !source.is_second_hand => {
                self.news.push(News::NoSuchCall(asked.extension.clone(), own));
            }
            _ => {}
        }
    }

    fn apply_to_all(&mut self, at: Moment, source: &Source, seen: &Observation) {
        for slot in self.slots() {
            self.apply(at, slot, source, seen, Exit::UNKNOWN);
        }
    }

    /// Returns true if the slot is held only because a list of free slots left it out.
    fn may_be_absent(&self, slot: Slot) -> bool {
        let cell = self.cell(slot);
        cell.is_some_and(|cell| cell.occupant().is_some() && cell.named_at.is_none())
    }

    /// Applies a 404 without an explanation. The slot is vacant, or the call that the question
    /// named has ended.
    ///
    /// One such answer proves nothing. After the second one the slot becomes vacant, if the call of
    /// the second question has not ended.
    fn observe_not_found(&mut self, at: Moment, asked: &Question, source: &Source) {
        let (Action::Slots, Some(slot)) = (asked.action, asked.slot) else { return };
        let is_alive = source.is_asker_alive;
        let may_be_absent = self.may_be_absent(slot);
        let Some(cell) = self.cell(slot) else { return };
        match cell.not_found {
            Some(before) if before <= source.step && is_alive && may_be_absent => {
                self.mark_absent(at, slot);
            }
            Some(before) if before <= source.step && is_alive => {
                self.apply(at, slot, source, &Observation::Vacant, Exit::UNKNOWN);
            }
            before if source.step >= cell.applied_step => {
                self.change(slot, |cell| cell.not_found = Some(at.step));
                if before.is_none() && is_alive {
                    self.news.push(News::Check(slot));
                }
            }
            _ => {}
        }
    }

    /// Applies one observation to one slot and reports the consequences.
    pub(in crate::mirror) fn apply(
        &mut self,
        at: Moment,
        slot: Slot,
        source: &Source,
        seen: &Observation,
        exit: Exit,
    ) {
        let Some(cell) = self.cell(slot) else {
            if !source.is_second_hand {
                self.report_size(slot);
            }
            return;
        };
        if source.is_second_hand && cell.is_newer_than(source) {
            self.change(slot, |cell| cell.confirm_again(source, seen));
            return;
        }
        if source.is_second_hand && cell.conflicts_with(source, seen) {
            return self.forget_and_check(at, slot);
        }
        let other = seen.uuid().and_then(|uuid| self.slot_of(uuid)).filter(|other| *other != slot);
        let seen = self.change(slot, |cell| cell.observe(at.now, at.step, source, seen));
        let Applied { left, arrived, waits_again, is_contradictory } = seen.unwrap_or_default();
        if let Some(occupant) = left
            && let Some(uuid) = occupant.uuid.clone()
        {
            self.news.push(News::Left { slot, uuid, occupant, exit });
        }
        if waits_again {
            self.news.extend(self.cell(slot).and_then(Cell::uuid).cloned().map(News::Waits));
        }
        if arrived {
            self.report_arrival(at, slot, other, source);
        }
        if is_contradictory {
            self.forget_and_check(at, slot);
        }
    }

    /// Reports the call that arrived in a slot.
    ///
    /// Two slots never show the same call. `other` is the slot that showed the call before. The
    /// slot with the later question keeps the call, and the poller asks about the other slot again.
    fn report_arrival(&mut self, at: Moment, slot: Slot, other: Option<Slot>, source: &Source) {
        if let Some(other) = other {
            let asked_later = |cell: &Cell| cell.asked_at > source.asked_at;
            let is_outdated = self.cell(other).is_some_and(asked_later);
            let (kept, dropped) = if is_outdated { (other, slot) } else { (slot, other) };
            self.forget_and_check(at, dropped);
            // The index has one slot for each call. It may still have the dropped one.
            self.index_slot(kept, None);
            if is_outdated {
                return;
            }
        }
        if let Some(uuid) = self.cell(slot).and_then(Cell::uuid).cloned() {
            if other.is_some() {
                self.news.push(News::ParkedAgain(uuid.clone()));
            }
            self.news.push(News::Arrived { slot, uuid });
        }
    }

    /// Marks a slot as one that the switch does not have.
    fn mark_absent(&mut self, at: Moment, slot: Slot) {
        let Some(cell) = self.cell(slot) else { return };
        let left = cell.occupant().cloned();
        self.change(slot, |cell| {
            cell.forget(at.step);
            cell.is_absent = true;
        });
        if let Some(occupant) = left
            && let Some(uuid) = occupant.uuid.clone()
        {
            self.news.push(News::Left { slot, uuid, occupant, exit: Exit::UNKNOWN });
        }
        self.report_size(slot);
    }

    /// Reports, only once, that the lot of the switch has another size than the options say.
    fn report_size(&mut self, slot: Slot) {
        if !core::mem::replace(&mut self.is_size_reported, true) {
            let slots = u16::try_from(self.cells.len()).unwrap_or(u16::MAX);
            self.news.push(News::Error(Error::wrong_lot_size(slot, slots)));
        }
    }
}
