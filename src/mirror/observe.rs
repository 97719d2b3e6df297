//! What an answer tells of the slots, whoever asked for it.

use super::cell::{Applied, Belief, Observation, Source};
use super::outbox::Asked;
use super::{CallState, Command, Departure, Mirror, Notice, Reason};
use crate::answer::Refusal;
use crate::feed::{Message, Move};
use crate::{Action, Answer, CallUuid, Question, RefusalCode, Slot, Time};

impl Mirror {
    /// Applies all that an answer tells, and nothing that it does not.
    pub(super) fn observe(&mut self, asked: &Question, source: Source, answer: &Answer) {
        let own = || asked.call.uuid().clone();
        match answer {
            Answer::Parked { slot: Some(slot), .. } => {
                let by = asked.extension.clone();
                let seen = Observation::Parked { uuid: own(), by, since: source.asked_at };
                self.apply(*slot, source, &seen, Reason::Unknown);
            }
            Answer::Bridged { slot: Some(slot), uuid } => {
                self.leave(*slot, uuid.as_ref(), source, Reason::Bridged);
            }
            Answer::Held { slot, uuid } => {
                let seen = Observation::Held { uuid: uuid.clone() };
                self.apply(*slot, source, &seen, Reason::Unknown);
            }
            Answer::Vacant { slot } => {
                self.apply(*slot, source, &Observation::Vacant, Reason::Unknown);
            }
            Answer::Free { slots } => {
                for slot in self.slots() {
                    let is_free = slots.binary_search(&slot).is_ok();
                    let seen = if is_free { Observation::Vacant } else { Observation::Somebody };
                    self.apply(slot, source, &seen, Reason::Unknown);
                }
            }
            Answer::Refused(refusal) => self.observe_refusal(asked, source, refusal),
            Answer::Unclear { status: 404, .. } if !source.is_hearsay => {
                self.observe_missing(asked, source);
            }
            Answer::Parked { .. } | Answer::Bridged { .. } | Answer::Unclear { .. } => {}
        }
    }

    /// Somebody has left a slot. It may not be who was believed to wait there.
    fn leave(&mut self, slot: Slot, uuid: Option<&CallUuid>, source: Source, why: Reason) {
        if source.is_hearsay && self.cell(slot).is_none_or(|cell| cell.outdates(source)) {
            return;
        }
        let source = Source { is_hearsay: false, ..source };
        let believed = self.cell(slot).and_then(|cell| cell.uuid());
        if let Some(uuid) = uuid.filter(|uuid| Some(*uuid) != believed) {
            let seen = Observation::Held { uuid: uuid.clone() };
            self.apply(slot, Source { order: None, ..source }, &seen, Reason::Unknown);
        }
        self.apply(slot, source, &Observation::Vacant, why);
    }

    /// Takes in what nobody here has asked for.
    pub(super) fn hear(&mut self, message: Message, order: Option<u64>, asked_at: Time) {
        let (step, asked_at) = (self.step, asked_at.min(self.now));
        let source = Source { step, asked_at, command: None, order, is_hearsay: true };
        match message {
            Message::Call(event) => self.handle_event(&event, source),
            Message::Asked { question, answer } => self.observe(&question, source, &answer),
            Message::Move(Move { left, slot, call, caller, extension, ago, .. }) => {
                self.calls.meet(&call, caller);
                let uuid = call.uuid().clone();
                if let Some(why) = left {
                    self.leave(slot, Some(&uuid), source, why);
                } else {
                    let since = Time::from_ms(self.now.as_ms().saturating_sub(ago.as_ms()));
                    let seen = Observation::Parked { uuid, by: extension, since };
                    self.apply(slot, source, &seen, Reason::Unknown);
                }
            }
        }
    }

    /// Lets go of the calls that count as parked and are in none of the slots, all of which are
    /// known: the `hangup` that was taken for a park was one.
    pub(super) fn release_unparked(&mut self) {
        if self.cells.iter().any(|cell| cell.belief == Belief::Unknown) {
            return;
        }
        while let Some(uuid) = self.first_unparked() {
            self.calls.set_parked(&uuid, false, self.now);
        }
    }

    fn first_unparked(&self) -> Option<CallUuid> {
        let mut uuids = self.calls.iter().filter_map(|call| {
            let uuid = call.name.uuid();
            (call.state == CallState::Parked && !self.is_parked(uuid)).then_some(uuid)
        });
        uuids.next().cloned()
    }

    fn observe_refusal(&mut self, asked: &Question, source: Source, refusal: &Refusal) {
        let own = asked.call.uuid().clone();
        let unknown = Reason::Unknown;
        match (refusal.code, refusal.slot) {
            (RefusalCode::Taken, Some(slot)) => {
                self.apply(slot, source, &Observation::Somebody, unknown);
            }
            (RefusalCode::AlreadyParked | RefusalCode::SameCall, Some(slot)) => {
                self.apply(slot, source, &Observation::Held { uuid: own }, unknown);
            }
            (RefusalCode::Vacant, Some(slot)) => {
                self.apply(slot, source, &Observation::Vacant, unknown);
            }
            (RefusalCode::LotFull, _) => {
                self.slots()
                    .for_each(|slot| self.apply(slot, source, &Observation::Somebody, unknown));
            }
            (RefusalCode::NobodyWaiting, _) => {
                self.slots()
                    .for_each(|slot| self.apply(slot, source, &Observation::Vacant, unknown));
            }
            (RefusalCode::NoSuchSlot, Some(slot)) => self.lose(slot),
            (RefusalCode::NoSuchCall, _) => self.calls.give_up(&own, self.now),
            _ => {}
        }
    }

    /// A bare 404 may mean an empty slot as well as a dead call. It takes two of them, the second
    /// with a call that its events show to be alive, before the slot counts as vacant.
    fn observe_missing(&mut self, asked: &Question, source: Source) {
        let (Action::Slots, Some(slot)) = (asked.action, asked.slot) else {
            return;
        };
        let is_alive = self.calls.live(asked.call.uuid()).is_some();
        let Some(cell) = self.cells.get_mut(slot.index()) else { return };
        match cell.missing {
            Some(before) if before <= source.step && is_alive => {
                self.apply(slot, source, &Observation::Vacant, Reason::Unknown);
            }
            _ if source.step >= cell.applied => {
                let is_first = cell.missing.replace(self.step).is_none();
                if is_first && is_alive {
                    self.check(slot, None);
                }
            }
            _ => {}
        }
    }

    /// Applies one observation to one slot, and draws the conclusions.
    pub(super) fn apply(&mut self, slot: Slot, source: Source, seen: &Observation, why: Reason) {
        let Some(cell) = self.cells.get_mut(slot.index()) else { return };
        if source.is_hearsay && cell.outdates(source) {
            return;
        }
        if source.is_hearsay && cell.is_at_odds(source, seen) {
            return self.doubt(slot);
        }
        let Applied { left, arrived, doubtful } = cell.observe(self.now, self.step, source, seen);
        if let Some(occupant) = left
            && let Some(uuid) = occupant.uuid
        {
            let mine = occupant.parked_by.as_ref() == Some(&self.options.extension);
            self.depart(slot, uuid, mine, why);
        }
        if arrived {
            self.welcome(slot, source.asked_at);
        }
        if doubtful {
            self.doubt(slot);
        }
    }

    /// The switch has no such slot, or no longer.
    fn lose(&mut self, slot: Slot) {
        let Some(cell) = self.cells.get_mut(slot.index()) else { return };
        let left = cell.uuid().cloned();
        cell.forget(self.step);
        cell.is_absent = true;
        if let Some(uuid) = left {
            self.depart(slot, uuid, false, Reason::Unknown);
        }
    }

    /// Whether an answer about the slot of a deed was passed over for something newer that says
    /// otherwise.
    pub(super) fn is_outdated(&self, command: &Command, asked: &Asked, answer: &Answer) -> bool {
        command.deed().and_then(|(_, slot)| self.cell(slot)).is_some_and(|cell| {
            let was_passed_over = asked.step < cell.applied && cell.applied < self.step;
            let says_otherwise = match answer {
                Answer::Held { uuid, .. } => cell.uuid() != Some(uuid),
                Answer::Vacant { .. } => cell.belief != Belief::Vacant,
                _ => false,
            };
            was_passed_over && says_otherwise
        })
    }

    /// Forgets a slot about which two answers disagree, and has it looked at.
    pub(super) fn doubt(&mut self, slot: Slot) {
        if let Some(cell) = self.cells.get_mut(slot.index()) {
            cell.intent = None;
            cell.forget(self.step);
        }
        self.check(slot, None);
    }

    /// Somebody is in `slot` who was not: no other slot may show that call any longer.
    fn welcome(&mut self, slot: Slot, asked_at: Time) {
        let Some(uuid) = self.cell(slot).and_then(|cell| cell.uuid()).cloned() else { return };
        for other in self.slots().filter(|other| *other != slot) {
            let Some(cell) = self.cells.get_mut(other.index()) else { continue };
            if cell.uuid() != Some(&uuid) {
                continue;
            }
            // What was asked later is nearer to the truth; the other one will have to be asked.
            let wrong = if cell.asked_at > asked_at { slot } else { other };
            self.doubt(wrong);
            if wrong == slot {
                return;
            }
        }
        self.calls.set_parked(&uuid, true, self.now);
        self.effects.notices.push(Notice::Parked(slot));
    }

    fn depart(&mut self, slot: Slot, uuid: CallUuid, mine: bool, reason: Reason) {
        self.calls.set_parked(&uuid, false, self.now);
        let known = self.calls.known(&uuid);
        let departure = Departure {
            slot,
            call: known.map(|known| known.name.clone()),
            caller: known.and_then(|known| known.caller.clone()),
            uuid,
            at: self.now,
            reason,
            mine,
            parked_by: None,
            taken_by: None,
        };
        self.departures.record(departure.clone());
        self.effects.notices.push(Notice::Departed(departure));
    }
}
