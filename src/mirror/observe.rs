//! What an answer or a message of a feed tells of the slots.

use super::cell::{Applied, Belief, Cell, Observation, Source};
use super::outbox::Asked;
use super::{CallState, Command, Departure, Mirror, Notice, Reason};
use crate::answer::Refusal;
use crate::feed::{Message, Move};
use crate::{Action, Answer, CallUuid, Error, ExtensionId, Question, RefusalCode, Slot, Time};

/// Why the call that is no longer in a slot has left it, as far as an observation tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exit<'a> {
    pub(super) reason: Reason,
    /// The extension whose call it was connected with.
    pub(super) taken_by: Option<&'a ExtensionId>,
}

impl Exit<'_> {
    pub(super) const UNKNOWN: Self = Self::by(Reason::Unknown);

    pub(super) const fn by(reason: Reason) -> Self {
        Self { reason, taken_by: None }
    }
}

impl Mirror {
    /// Applies all that an answer tells, and nothing that it does not.
    pub(super) fn observe(&mut self, asked: &Question, source: Source, answer: &Answer) {
        match answer {
            Answer::Parked { slot: Some(slot), .. } => {
                let (uuid, by) = (asked.call.uuid().clone(), asked.extension.clone());
                let seen = Observation::Parked { uuid, by, since: source.asked_at };
                self.apply(*slot, source, &seen, Exit::UNKNOWN);
            }
            Answer::Bridged { slot: Some(slot), uuid } => {
                let exit = Exit { reason: Reason::Bridged, taken_by: Some(&asked.extension) };
                self.leave(*slot, uuid.as_ref(), source, exit);
            }
            Answer::Held { slot, uuid } => {
                let seen = Observation::Held { uuid: uuid.clone() };
                self.apply(*slot, source, &seen, Exit::UNKNOWN);
            }
            Answer::Vacant { slot } => {
                self.apply(*slot, source, &Observation::Vacant, Exit::UNKNOWN);
            }
            Answer::Free { slots } => {
                for slot in self.slots() {
                    let is_free = slots.binary_search(&slot).is_ok();
                    let seen = if is_free { Observation::Vacant } else { Observation::Somebody };
                    self.apply(slot, source, &seen, Exit::UNKNOWN);
                }
            }
            Answer::Refused(refusal) => self.observe_refusal(asked, source, refusal),
            Answer::Unclear { status: 404, .. } if !source.is_hearsay => {
                self.observe_missing(asked, source);
            }
            Answer::Parked { .. } | Answer::Bridged { .. } | Answer::Unclear { .. } => {}
        }
    }

    /// Records that a call has left a slot. It may not be the one that was believed to wait there.
    fn leave(&mut self, slot: Slot, uuid: Option<&CallUuid>, source: Source, exit: Exit<'_>) {
        if source.is_hearsay && self.cell(slot).is_none_or(|cell| cell.outdates(source)) {
            return;
        }
        if source.is_hearsay && uuid.is_some_and(|uuid| self.was_told_to_leave(slot, uuid, exit)) {
            return;
        }
        let mut source = Source { is_hearsay: false, ..source };
        let believed = self.cell(slot).and_then(Cell::uuid);
        if let Some(uuid) = uuid.filter(|uuid| Some(*uuid) != believed) {
            let seen = Observation::Held { uuid: uuid.clone() };
            self.apply(slot, Source { order: None, ..source }, &seen, Exit::UNKNOWN);
            // One answer tells both; the second half is no older than the first.
            if self.cell(slot).and_then(Cell::uuid) == Some(uuid) {
                source.step = self.step;
            }
        }
        self.apply(slot, source, &Observation::Vacant, exit);
    }

    /// Whether the slot is vacant because this very call has left it in this way. A feed tells of
    /// one bridge twice: in a message of the lot, and in the answer that somebody else got.
    fn was_told_to_leave(&self, slot: Slot, uuid: &CallUuid, exit: Exit<'_>) -> bool {
        let is_vacant = self.cell(slot).is_some_and(|cell| cell.belief == Belief::Vacant);
        let latest = self.departures.iter().find(|departure| departure.slot == slot);
        is_vacant && latest.is_some_and(|left| left.uuid == *uuid && left.reason == exit.reason)
    }

    /// Takes in a message that no question of ours has led to.
    pub(super) fn hear(&mut self, message: Message, order: Option<u64>, asked_at: Time) {
        let (step, asked_at) = (self.step, asked_at.min(self.now));
        let heard_at = self.now;
        let source = Source { step, asked_at, heard_at, command: None, order, is_hearsay: true };
        match message {
            Message::Call(event) => self.handle_event(&event, source),
            Message::Asked { question, answer } => self.observe(&question, source, &answer),
            Message::Move(told) => self.hear_move(&told, source),
        }
    }

    fn hear_move(&mut self, told: &Move, source: Source) {
        self.calls.meet(&told.call, told.caller.clone());
        self.watch.note_move();
        let uuid = told.call.uuid().clone();
        if let Some(reason) = told.left {
            let exit = Exit { reason, taken_by: told.taken_by.as_ref() };
            self.leave(told.slot, Some(&uuid), source, exit);
        } else {
            let since = Time::from_ms(self.now.as_ms().saturating_sub(told.ago.as_ms()));
            let seen = Observation::Parked { uuid, by: told.extension.clone(), since };
            self.apply(told.slot, source, &seen, Exit::UNKNOWN);
        }
        self.confirm_by_feed(told);
    }

    /// Lets go of the calls that count as parked and are in none of the slots, all of which are
    /// known: the `hangup` that was taken for a park was one.
    pub(super) fn release_unparked(&mut self) {
        if !self.knows_every_slot() {
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
        let somebody = Observation::Somebody;
        match (refusal.code, refusal.slot) {
            (RefusalCode::Taken, Some(slot)) => self.apply(slot, source, &somebody, Exit::UNKNOWN),
            (RefusalCode::AlreadyParked | RefusalCode::SameCall, Some(slot)) => {
                self.apply(slot, source, &Observation::Held { uuid: own }, Exit::UNKNOWN);
            }
            (RefusalCode::Vacant, Some(slot)) => {
                self.apply(slot, source, &Observation::Vacant, Exit::UNKNOWN);
            }
            (RefusalCode::LotFull, _) => {
                self.slots().for_each(|slot| self.apply(slot, source, &somebody, Exit::UNKNOWN));
            }
            (RefusalCode::NobodyWaiting, _) => {
                let vacant = Observation::Vacant;
                self.slots().for_each(|slot| self.apply(slot, source, &vacant, Exit::UNKNOWN));
            }
            (RefusalCode::NoSuchSlot, slot) => {
                if let Some(slot) = slot.or(asked.slot) {
                    self.lose(slot);
                }
            }
            // A full list left the slot out, and yet there is no such slot.
            (RefusalCode::BadRequest, _) if asked.action == Action::Slots => {
                if let Some(slot) = asked.slot.filter(|slot| self.may_be_absent(*slot)) {
                    self.lose(slot);
                }
            }
            (RefusalCode::NoSuchCall, _) if !source.is_hearsay => {
                self.calls.give_up(&own, self.now);
            }
            _ => {}
        }
    }

    /// Whether all that speaks for a slot is that no list calls it free.
    fn may_be_absent(&self, slot: Slot) -> bool {
        let cell = self.cell(slot);
        cell.is_some_and(|cell| cell.occupant().is_some() && cell.named_at.is_none())
    }

    /// A bare 404 may mean an empty slot as well as a dead call. It takes two of them, the second
    /// with a call that its events show to be alive, before the slot counts as vacant.
    fn observe_missing(&mut self, asked: &Question, source: Source) {
        let (Action::Slots, Some(slot)) = (asked.action, asked.slot) else {
            return;
        };
        let asker = self.calls.live(asked.call.uuid());
        let is_alive = asker.is_some_and(|call| call.state != CallState::Parked);
        let may_be_absent = self.may_be_absent(slot);
        let Some(cell) = self.cells.get_mut(slot.index()) else { return };
        match cell.missing {
            Some(before) if before <= source.step && is_alive && may_be_absent => self.lose(slot),
            Some(before) if before <= source.step && is_alive => {
                self.apply(slot, source, &Observation::Vacant, Exit::UNKNOWN);
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
    pub(super) fn apply(&mut self, slot: Slot, source: Source, seen: &Observation, exit: Exit<'_>) {
        let believed = self.cell(slot).and_then(Cell::uuid);
        let is_ours = exit.reason == Reason::Unknown
            && believed.is_some_and(|uuid| self.is_bridged_by_us(slot, uuid));
        let ours = is_ours.then(|| self.own_extension().clone());
        let exit = match &ours {
            Some(ours) => Exit { reason: Reason::Bridged, taken_by: Some(ours) },
            None => exit,
        };
        let Some(cell) = self.cells.get_mut(slot.index()) else {
            if !source.is_hearsay {
                self.report_size(slot);
            }
            return;
        };
        if source.is_hearsay && cell.outdates(source) {
            return cell.confirm_again(source, seen);
        }
        if source.is_hearsay && cell.is_at_odds(source, seen) {
            return self.doubt(slot);
        }
        let Applied { left, arrived, doubtful } = cell.observe(self.now, self.step, source, seen);
        if let Some(occupant) = left
            && let Some(uuid) = occupant.uuid
        {
            self.depart(slot, uuid, occupant.parked_by, exit);
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
        let (uuid, parked_by) = (cell.uuid().cloned(), cell.parked_by().cloned());
        cell.forget(self.step);
        cell.is_absent = true;
        if let Some(uuid) = uuid {
            self.depart(slot, uuid, parked_by, Exit::UNKNOWN);
        }
        self.report_size(slot);
    }

    /// Reports, once, that the lot has another size than the options say.
    fn report_size(&mut self, slot: Slot) {
        if core::mem::replace(&mut self.is_size_reported, true) {
            return;
        }
        let error = Error::other_size(slot, self.options.slots);
        self.effects.notices.push(Notice::Error(error));
    }

    /// Whether an answer about the slot of a command was passed over for something newer that says
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

    /// A call is in `slot` that was not there: no other slot may show it any longer.
    fn welcome(&mut self, slot: Slot, asked_at: Time) {
        let Some(uuid) = self.cell(slot).and_then(Cell::uuid).cloned() else { return };
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

    fn depart(
        &mut self,
        slot: Slot,
        uuid: CallUuid,
        parked_by: Option<ExtensionId>,
        exit: Exit<'_>,
    ) {
        self.calls.set_parked(&uuid, false, self.now);
        let known = self.calls.known(&uuid);
        let departure = Departure {
            slot,
            call: known.map(|known| known.name.clone()),
            caller: known.and_then(|known| known.caller.clone()),
            uuid,
            at: self.now,
            reason: exit.reason,
            mine: parked_by.as_ref() == Some(self.own_extension()),
            parked_by,
            taken_by: exit.taken_by.cloned(),
        };
        self.departures.record(departure.clone());
        self.effects.notices.push(Notice::Departed(departure));
    }
}
