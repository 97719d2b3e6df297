//! The truth: what a switch does with the calls that wait.
//!
//! A [`Lot`] answers [`Question`]s. It has no clock and no telephone: it is told the time with
//! every question, and tells what happened as [`LotEvent`]s. Parking into a held stall is refused
//! and never connects anybody; bridging with a vacant one is refused and never parks who asked.
//!
//! No operation costs more as the lot fills or grows: there is an index by slot, by call, by
//! arrival (which, with one patience for all, is the order of the deadlines), and of what is free.

mod occupancy;
mod stall;
mod tally;

use self::occupancy::Occupancy;
use crate::answer::{Answer, Refusal, RefusalCode};
use crate::choice::Choice;
use crate::time::PATIENCE;
use crate::{Action, CallApiId, CallUuid, ExtensionId, Millis, Question, Slot, Time};

pub use self::stall::Stay;

/// The size and the habits of a lot.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LotOptions {
    /// How many slots there are; at least one.
    pub slots: u16,
    /// How long a call may wait; zero: for ever.
    pub patience: Millis,
    /// Where a call is parked that may be parked anywhere.
    pub allocate: Allocate,
    /// Who is bridged when anybody may be.
    pub bridge_any: BridgeAny,
    /// From which every random choice follows.
    pub seed: u64,
}

impl Default for LotOptions {
    fn default() -> Self {
        Self {
            slots: 9,
            patience: PATIENCE,
            allocate: Allocate::First,
            bridge_any: BridgeAny::Random,
            seed: 0,
        }
    }
}

/// Where a call is parked that may be parked anywhere. The specification says both.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Allocate {
    /// In the lowest free slot, as the text of the page has it.
    First,
    /// In any free slot, as its table has it.
    Random,
}

/// Who is bridged when anybody may be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BridgeAny {
    /// Anybody, as the page has it.
    Random,
    /// Whoever has waited longest.
    Longest,
    /// Whoever waits in the lowest slot.
    First,
}

/// What became of a call in the lot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LotEvent {
    /// What.
    pub kind: LotEventKind,
    /// When: for a return the moment its patience ended, however late the lot was told the time.
    pub at: Time,
    /// Where.
    pub slot: Slot,
    /// Whose.
    pub call: CallApiId,
    /// Who parked it, and so where it returns to.
    pub extension: ExtensionId,
}

/// The ways into and out of a stall. Exactly one of the last three ends a stay.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LotEventKind {
    /// It began to wait.
    Parked,
    /// It was connected with another call.
    Bridged {
        /// That call.
        by: CallApiId,
    },
    /// Nobody took it in time; it goes back to whoever parked it.
    Returned,
    /// The caller hung up.
    Abandoned,
}

/// One lot: the stalls of a switch and the calls that wait in them.
#[derive(Clone, Debug)]
pub struct Lot {
    options: LotOptions,
    occupancy: Occupancy,
    choice: Choice,
    events: Vec<LotEvent>,
    now: Time,
}

impl Lot {
    /// A lot in which nobody waits.
    pub fn new(options: LotOptions) -> Self {
        let options = LotOptions { slots: options.slots.max(1), ..options };
        Self {
            occupancy: Occupancy::new(options.slots),
            choice: Choice::new(options.seed),
            events: Vec::new(),
            now: Time::default(),
            options,
        }
    }

    /// Answers `question`, after letting run out whatever patience has ended by `now`.
    ///
    /// Time does not run backwards here: an earlier `now` counts as the latest one seen.
    pub fn ask(&mut self, now: Time, question: &Question) -> Answer {
        self.advance(now);
        if let Some(slot) = question.slot.filter(|slot| slot.number() > self.options.slots) {
            return refuse(RefusalCode::NoSuchSlot, slot);
        }
        match question.action {
            Action::Park => self.park(question),
            Action::Bridge => self.bridge(question),
            Action::Slots => self.slots(question.slot),
        }
    }

    /// Takes note that the caller of `call` hung up; nothing happens if it does not wait.
    pub fn hangup(&mut self, now: Time, call: &CallUuid) {
        self.advance(now);
        if let Some(slot) = self.occupancy.slot_of(call) {
            self.leave(slot, self.now, LotEventKind::Abandoned);
        }
    }

    /// Returns every call whose patience has ended by `now`.
    pub fn advance(&mut self, now: Time) {
        self.now = self.now.max(now);
        while let Some(deadline) = self.next_deadline().filter(|deadline| *deadline <= self.now) {
            if let Some(slot) = self.occupancy.longest() {
                self.leave(slot, deadline, LotEventKind::Returned);
            }
        }
    }

    /// What has happened since it was last taken, oldest first. It is kept until then.
    pub fn take_events(&mut self) -> Vec<LotEvent> {
        core::mem::take(&mut self.events)
    }

    /// When [`advance`](Self::advance) next has something to do.
    pub fn next_deadline(&self) -> Option<Time> {
        let stay = self.occupancy.stay(self.occupancy.longest()?)?;
        self.returns_at(stay)
    }

    /// Who waits where, in the order of the slots, and when each goes back.
    pub fn stalls(&self) -> impl Iterator<Item = (Slot, &Stay, Option<Time>)> {
        self.occupancy.tally().all(true).filter_map(|slot| {
            let stay = self.occupancy.stay(slot)?;
            Some((slot, stay, self.returns_at(stay)))
        })
    }

    fn returns_at(&self, stay: &Stay) -> Option<Time> {
        let patience = self.options.patience;
        (patience != Millis::ZERO).then(|| stay.parked_at + patience)
    }

    fn park(&mut self, question: &Question) -> Answer {
        let call = question.call.uuid();
        let here = self.occupancy.slot_of(call);
        let slot = match (question.slot, here) {
            (asked, Some(here)) if asked.is_none_or(|asked| asked == here) => {
                return Answer::Parked { slot: Some(here), uuid: Some(call.clone()) };
            }
            (_, Some(here)) => return refuse(RefusalCode::AlreadyParked, here),
            (Some(asked), None) if self.occupancy.stay(asked).is_some() => {
                return refuse(RefusalCode::Taken, asked);
            }
            (Some(asked), None) => asked,
            (None, None) => {
                let free = match self.options.allocate {
                    Allocate::First => self.occupancy.tally().all(false).next(),
                    Allocate::Random => self.any(false),
                };
                match free {
                    Some(slot) => slot,
                    None => return Answer::Refused(Refusal::new(RefusalCode::LotFull, None)),
                }
            }
        };
        self.occupancy.enter(
            slot,
            Stay {
                call: question.call.clone(),
                extension: question.extension.clone(),
                parked_at: self.now,
            },
        );
        self.events.push(LotEvent {
            kind: LotEventKind::Parked,
            at: self.now,
            slot,
            call: question.call.clone(),
            extension: question.extension.clone(),
        });
        Answer::Parked { slot: Some(slot), uuid: Some(call.clone()) }
    }

    fn bridge(&mut self, question: &Question) -> Answer {
        let call = question.call.uuid();
        match self.occupancy.slot_of(call) {
            Some(here) if question.slot == Some(here) => {
                return refuse(RefusalCode::SameCall, here);
            }
            Some(here) => return refuse(RefusalCode::AlreadyParked, here),
            None => {}
        }
        let slot = question.slot.or_else(|| match self.options.bridge_any {
            BridgeAny::Random => self.any(true),
            BridgeAny::Longest => self.occupancy.longest(),
            BridgeAny::First => self.occupancy.tally().all(true).next(),
        });
        let Some(slot) = slot else {
            return Answer::Refused(Refusal::new(RefusalCode::NobodyWaiting, None));
        };
        let by = question.call.clone();
        match self.leave(slot, self.now, LotEventKind::Bridged { by }) {
            Some(uuid) => Answer::Bridged { slot: Some(slot), uuid: Some(uuid) },
            None => refuse(RefusalCode::Vacant, slot),
        }
    }

    fn slots(&self, slot: Option<Slot>) -> Answer {
        match slot {
            None => {
                let mut slots = Vec::new();
                for slot in self.occupancy.tally().all(false) {
                    slots.push(slot);
                }
                Answer::Free { slots }
            }
            Some(slot) => match self.occupancy.stay(slot) {
                Some(stay) => Answer::Held { slot, uuid: stay.call.uuid().clone() },
                None => Answer::Vacant { slot },
            },
        }
    }

    /// Any slot that is held, or any that is free.
    fn any(&mut self, is_held: bool) -> Option<Slot> {
        let tally = self.occupancy.tally();
        let held = tally.held();
        let (from, to) = if is_held { (0, held) } else { (held, self.options.slots) };
        (from < to).then(|| from + self.choice.below(to - from)).and_then(|at| tally.any(at))
    }

    /// Ends the stay in `slot`, if there is one: the only way out of a stall.
    fn leave(&mut self, slot: Slot, at: Time, kind: LotEventKind) -> Option<CallUuid> {
        let Stay { call, extension, .. } = self.occupancy.leave(slot)?;
        let uuid = call.uuid().clone();
        self.events.push(LotEvent { kind, at, slot, call, extension });
        Some(uuid)
    }
}

fn refuse(code: RefusalCode, slot: Slot) -> Answer {
    Answer::Refused(Refusal::new(code, Some(slot)))
}
