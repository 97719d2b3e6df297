//! The lot: the switch's side of valet parking.
//!
//! A [`Lot`] answers [`Question`]s by the rules of the specification. The caller passes the time
//! with every question and takes out what happened as [`LotEvent`]s.
//!
//! The rules differ from real switches in two points, for the safety of callers. `park` into a held
//! slot is refused and never connects two callers. `bridge` with a vacant slot is refused and never
//! parks the call of the question.
//!
//! No operation takes longer in a larger or fuller lot, except that a list has its own length.

mod arrivals;
mod occupancy;
mod partition;

use self::occupancy::Occupancy;
use crate::answer::{Answer, Refusal, RefusalCode};
use crate::choice::Choice;
use crate::defaults::{PATIENCE, SLOTS};
use crate::{Action, CallApiId, CallUuid, ExtensionId, Millis, Question, Slot, Time};

pub use self::occupancy::Stay;

/// The options of a lot.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LotOptions {
    /// The number of slots. 0 counts as 1. The default is 9, as in the specification.
    pub slots: u16,
    /// How long a call may wait before it returns. [`Millis::ZERO`] means without limit.
    pub patience: Millis,
    /// Which slot `park` without a slot uses.
    pub allocate: Allocate,
    /// Which call `bridge` without a slot takes.
    pub bridge_any: BridgeAny,
    /// The seed of all random choices. Equal seeds give equal choices.
    pub seed: u64,
}

impl Default for LotOptions {
    fn default() -> Self {
        Self {
            slots: SLOTS,
            patience: PATIENCE,
            allocate: Allocate::First,
            bridge_any: BridgeAny::Random,
            seed: 0,
        }
    }
}

/// Which slot `park` without a slot uses.
///
/// The specification contradicts itself here: its text and its table differ.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Allocate {
    /// The lowest free slot, as the text of the specification says.
    First,
    /// A random free slot, as the table of the specification says.
    Random,
}

/// Which call `bridge` without a slot takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BridgeAny {
    /// A random parked call, as the specification says.
    Random,
    /// The call that has waited longest.
    Longest,
    /// The call in the lowest held slot.
    First,
}

/// Something that happened to a call in the lot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LotEvent {
    /// The kind of the event.
    pub kind: LotEventKind,
    /// When it happened. A return happens when its patience ends, even if the lot learns the time
    /// later.
    pub at: Time,
    /// The slot of the call.
    pub slot: Slot,
    /// The parked call.
    pub call: CallApiId,
    /// The extension that parked the call.
    pub extension: ExtensionId,
}

/// The kind of a [`LotEvent`]. A stay starts with `Parked` and ends with exactly one of the others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LotEventKind {
    /// The call was parked.
    Parked,
    /// The call was connected with another call.
    Bridged {
        /// The other call.
        by: CallApiId,
    },
    /// The patience of the call ended. The call goes back to the extension that parked it.
    Returned,
    /// The caller hung up.
    Abandoned,
}

/// A lot: the slots of a switch and the calls that wait in them.
///
/// ```
/// use valet_park::lot::LotEventKind;
/// use valet_park::{Action, Answer, Lot, LotOptions, Question, Slot, Time};
///
/// let mut lot = Lot::new(LotOptions { slots: 20, ..LotOptions::default() });
/// let park = Question {
///     extension: "34414".parse()?,
///     call: "7-anna".parse()?,
///     action: Action::Park,
///     slot: None,
/// };
/// let answer = lot.ask(Time::from_ms(0), &park);
/// assert!(matches!(answer, Answer::Parked { slot: Some(slot), .. } if slot.number() == 1));
///
/// // Three minutes later the call returns.
/// lot.advance(Time::from_ms(180_000));
/// let kinds: Vec<LotEventKind> = lot.take_events().into_iter().map(|event| event.kind).collect();
/// assert_eq!(kinds, [LotEventKind::Parked, LotEventKind::Returned]);
/// # Ok::<(), valet_park::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lot {
    options: LotOptions,
    occupancy: Occupancy,
    choice: Choice,
    events: Vec<LotEvent>,
    now: Time,
}

impl Lot {
    /// Creates a lot without calls.
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

    /// Moves the time to `now`, carries out the action of `question`, and returns the answer.
    ///
    /// Time never runs backwards: an earlier `now` counts as the latest time seen.
    pub fn ask(&mut self, now: Time, question: &Question) -> Answer {
        self.advance(now);
        if let Some(slot) = question.slot.filter(|slot| slot.number() > self.options.slots) {
            return refuse(RefusalCode::NoSuchSlot, Some(slot));
        }
        match question.action {
            Action::Park => self.park(question),
            Action::Bridge => self.bridge(question),
            Action::Slots => self.slots(question.slot),
        }
    }

    /// Records that the caller of `call` hung up. Does nothing if the call is not parked.
    pub fn hangup(&mut self, now: Time, call: &CallUuid) {
        self.advance(now);
        if let Some(slot) = self.occupancy.slot_of(call) {
            self.leave(slot, self.now, LotEventKind::Abandoned);
        }
    }

    /// Moves the time to `now`. Every call whose patience has ended leaves its slot, with the event
    /// [`LotEventKind::Returned`].
    pub fn advance(&mut self, now: Time) {
        self.now = self.now.max(now);
        while let Some(deadline) = self.next_deadline().filter(|deadline| *deadline <= self.now) {
            if let Some(slot) = self.occupancy.longest() {
                self.leave(slot, deadline, LotEventKind::Returned);
            }
        }
    }

    /// Takes out the events since the last time this was called, oldest first.
    pub fn take_events(&mut self) -> Vec<LotEvent> {
        core::mem::take(&mut self.events)
    }

    /// Returns when the next call returns. Call [`advance`](Self::advance) at that time.
    ///
    /// Returns `None` if no call waits, or if calls wait without limit.
    pub fn next_deadline(&self) -> Option<Time> {
        // All calls have the same patience. So the call that arrived first returns first.
        let stay = self.occupancy.stay(self.occupancy.longest()?)?;
        self.returns_at(stay)
    }

    /// Returns every held slot in ascending order, with its stay and the time of its return.
    ///
    /// The time is `None` if calls wait without limit.
    pub fn stalls(&self) -> impl Iterator<Item = (Slot, &Stay, Option<Time>)> {
        self.occupancy.held().filter_map(|slot| {
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
        if let Some(here) = self.occupancy.slot_of(call) {
            return match question.slot {
                Some(asked) if asked != here => refuse(RefusalCode::AlreadyParked, Some(here)),
                // The call keeps its slot and its deadline.
                _ => Answer::Parked { slot: Some(here), uuid: Some(call.clone()) },
            };
        }
        let slot = match (question.slot, self.options.allocate) {
            (Some(asked), _) if self.occupancy.stay(asked).is_some() => {
                return refuse(RefusalCode::Taken, Some(asked));
            }
            (Some(asked), _) => Some(asked),
            (None, Allocate::First) => self.occupancy.free().next(),
            (None, Allocate::Random) => self.occupancy.pick_free(&mut self.choice),
        };
        let Some(slot) = slot else { return refuse(RefusalCode::LotFull, None) };
        let Question { call, extension, .. } = question.clone();
        let answer = Answer::Parked { slot: Some(slot), uuid: Some(call.uuid().clone()) };
        let stay = Stay { call, extension, parked_at: self.now };
        self.record(slot, self.now, stay.clone(), LotEventKind::Parked);
        self.occupancy.enter(slot, stay);
        answer
    }

    fn bridge(&mut self, question: &Question) -> Answer {
        if let Some(here) = self.occupancy.slot_of(question.call.uuid()) {
            let is_same = question.slot == Some(here);
            let code = if is_same { RefusalCode::SameCall } else { RefusalCode::AlreadyParked };
            return refuse(code, Some(here));
        }
        let slot = question.slot.or_else(|| match self.options.bridge_any {
            BridgeAny::Random => self.occupancy.pick_held(&mut self.choice),
            BridgeAny::Longest => self.occupancy.longest(),
            BridgeAny::First => self.occupancy.held().next(),
        });
        let Some(slot) = slot else { return refuse(RefusalCode::NobodyWaiting, None) };
        let by = question.call.clone();
        match self.leave(slot, self.now, LotEventKind::Bridged { by }) {
            Some(uuid) => Answer::Bridged { slot: Some(slot), uuid: Some(uuid) },
            None => refuse(RefusalCode::Vacant, Some(slot)),
        }
    }

    fn slots(&self, slot: Option<Slot>) -> Answer {
        let Some(slot) = slot else {
            return Answer::Free { slots: self.occupancy.free().collect() };
        };
        match self.occupancy.stay(slot) {
            Some(stay) => Answer::Held { slot, uuid: stay.call.uuid().clone() },
            None => Answer::Vacant { slot },
        }
    }

    /// Ends the stay in `slot`, if there is one, and returns the call. Every stay ends here.
    fn leave(&mut self, slot: Slot, at: Time, kind: LotEventKind) -> Option<CallUuid> {
        let stay = self.occupancy.leave(slot)?;
        let uuid = stay.call.uuid().clone();
        self.record(slot, at, stay, kind);
        Some(uuid)
    }

    fn record(&mut self, slot: Slot, at: Time, stay: Stay, kind: LotEventKind) {
        let Stay { call, extension, .. } = stay;
        self.events.push(LotEvent { kind, at, slot, call, extension });
    }
}

fn refuse(code: RefusalCode, slot: Option<Slot>) -> Answer {
    Answer::Refused(Refusal::new(code, slot))
}
