//! The belief about one slot, and the rules that decide which observation wins.

use super::notes::Noted;
use super::observation::{Applied, Observation, Source};
use crate::mirror::CommandId;
use crate::record::record;
use crate::{CallApiId, CallUuid, ExtensionId, Millis, Time};

/// The belief about one slot.
///
/// The [`Occupancy`] comes only from answers, messages and events. A command of ours that still
/// acts in the slot is a separate value, the [`Intent`]. So a view can tell what was observed from
/// what a command is expected to do.
///
/// Two observations can arrive in the wrong order. These values show which one is newer:
///
/// - `step` counts the inputs of this mirror. An answer is late if its question was sent before
///   `applied_step`.
/// - `order` counts the answers of the switch. The higher `order` is newer, even if its answer is
///   late. A call event without a feed has no `order`. After such an event only `step` counts.
/// - `since` is the highest `order` when the question was sent. If the cell has an `order` above
///   it, `order` does not show which one is newer.
/// - `asked_at` is the time of the question. It compares answers without an `order`, and answers
///   about two slots.
#[derive(Clone, Debug, Default)]
pub(in crate::mirror) struct Cell {
    pub(in crate::mirror) occupancy: Occupancy,
    pub(in crate::mirror) intent: Option<Intent>,
    /// When the last answer, message or event about this slot arrived.
    pub(in crate::mirror) checked_at: Option<Time>,
    /// When the question of that answer was sent.
    pub(in crate::mirror) asked_at: Time,
    /// When the last question was sent whose answer named the call in the slot, or said that the
    /// slot is vacant.
    pub(in crate::mirror) named_at: Option<Time>,
    /// The step in which the cell last changed.
    ///
    /// INVARIANT (newest wins): an answer to a question of an earlier step changes nothing, unless
    /// its `order` shows that the answer is newer.
    pub(in crate::mirror) applied_step: u64,
    /// The `order` of the last observation that named the call, or said that the slot is vacant.
    pub(in crate::mirror) order: Option<u64>,
    /// The `order` of the last observation.
    last_order: Option<u64>,
    /// True if the switch does not have this slot.
    pub(in crate::mirror) is_absent: bool,
    /// The step in which a question about this slot got a 404 without an explanation.
    pub(in crate::mirror) not_found: Option<u64>,
    /// True if a change since the last observation may have gone unnoticed.
    pub(in crate::mirror) is_lapsed: bool,
    /// Set if the call in the slot rings or talks at an extension again, and no answer has said
    /// that it left. True if the event is surely newer than the park.
    pub(super) reappeared: Option<bool>,
    /// The latest note of a call in this slot.
    pub(super) noted: Option<Noted>,
}

/// Whether a call waits in a slot, as far as is known.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::mirror) enum Occupancy {
    #[default]
    Unknown,
    Vacant,
    Held(Occupant),
}

/// The call that waits in a slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::mirror) struct Occupant {
    /// The name of the call. `None`: the slot is held, but no answer has named the call.
    pub(in crate::mirror) uuid: Option<CallUuid>,
    /// The extension that parked the call. `None` if unknown; the extension is never guessed.
    pub(in crate::mirror) parked_by: Option<ExtensionId>,
    /// The call has waited since then, or longer.
    pub(in crate::mirror) since: Time,
    /// True if the time of the park is known, so that `since` is exact.
    pub(in crate::mirror) exact: bool,
    /// The number of [`WARNINGS`] that were given for the call.
    pub(in crate::mirror) warned: usize,
}

/// The warnings before a return, as the time that is left. The last warning is the return itself.
const WARNINGS: [Millis; 4] =
    [Millis::from_secs(60), Millis::from_secs(30), Millis::from_secs(10), Millis::ZERO];

/// A command of ours that acts in a slot and has not ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::mirror) enum Intent {
    Park { call: CallApiId, extension: ExtensionId, command: CommandId, sent_at: Time },
    Bridge { command: CommandId },
}

impl Intent {
    pub(in crate::mirror) fn command(&self) -> CommandId {
        match self {
            Self::Park { command, .. } | Self::Bridge { command } => *command,
        }
    }
}

impl Cell {
    /// Applies an observation in step `now_step` at `now`. Returns the effect.
    pub(in crate::mirror) fn observe(
        &mut self,
        now: Time,
        now_step: u64,
        source: &Source,
        seen: &Observation,
    ) -> Applied {
        let is_own_answer =
            self.intent.as_ref().is_some_and(|intent| Some(intent.command()) == source.command);
        let is_comparable = self.last_order.is_some() && !self.has_changed_since(source);
        let orders = source.order.zip(self.order).filter(|_| is_comparable);
        let is_later = orders.map(|(new, old)| new > old);
        // A list of free slots also leaves out a slot that the switch does not have.
        if self.is_absent && *seen == Observation::Occupied {
            return Applied::default();
        }
        if source.step < self.applied_step && is_later != Some(true) {
            // No other answer tells who parked the call, so a late one is used, too.
            if let (Occupancy::Held(occupant), Observation::Parked { uuid, by, .. }) =
                (&mut self.occupancy, seen)
                && occupant.uuid.as_ref() == Some(uuid)
            {
                occupant.parked_by = Some(by.clone());
            }
            // The answer to our own command arrived after the answer to a later question. If the
            // two disagree and have no `order`, it is unknown which one is newer.
            let is_undecided = source.command.is_some() && is_later.is_none();
            let is_contradictory = is_undecided && !self.agrees(seen);
            return Applied { is_contradictory, ..Applied::default() };
        }
        if !is_own_answer && !self.is_conclusive(seen) {
            return Applied::default();
        }
        let was = core::mem::take(&mut self.occupancy);
        let known = match (&was, seen) {
            (Occupancy::Held(old), Observation::Held { uuid })
                if old.uuid.as_ref() == Some(uuid) =>
            {
                Some(old.clone())
            }
            (Occupancy::Held(old), Observation::Occupied) => Some(old.clone()),
            _ => None,
        };
        self.occupancy = match seen {
            Observation::Vacant => Occupancy::Vacant,
            _ => Occupancy::Held(known.unwrap_or_else(|| self.new_occupant(now, &was, seen))),
        };
        self.asked_at = source.asked_at;
        // `Occupied` does not name the call.
        if *seen != Observation::Occupied {
            self.named_at = Some(source.asked_at);
            self.order = source.order.or(self.order);
        }
        self.checked_at = Some(source.arrived_at);
        self.applied_step = now_step;
        self.last_order = source.order;
        self.is_absent = false;
        self.not_found = None;
        // `Occupied` does not show that the same call still waits in the slot.
        let says_who = *seen != Observation::Occupied || self.uuid().is_none();
        self.is_lapsed &= !says_who;
        self.end_intent(is_own_answer, seen);
        let is_same = |old: &Occupant| match &self.occupancy {
            Occupancy::Held(new) => old.uuid.is_none() || old.uuid == new.uuid,
            _ => false,
        };
        let arrived = match (&was, self.uuid()) {
            (Occupancy::Held(old), Some(uuid)) => old.uuid.as_ref() != Some(uuid),
            (_, uuid) => uuid.is_some(),
        };
        let left = match was {
            Occupancy::Held(old) if !is_same(&old) => Some(old),
            _ => None,
        };
        self.drop_note(source, seen, left.as_ref());
        let is_named_again = left.is_none() && !arrived && says_who;
        let waits_again = is_named_again && self.reappeared == Some(false);
        if waits_again || !is_named_again && says_who {
            self.reappeared = None;
        }
        Applied { left, arrived, waits_again, is_contradictory: false }
    }

    /// Sets the slot to unknown. The next answer about the slot applies again.
    pub(in crate::mirror) fn forget(&mut self, now_step: u64) {
        self.occupancy = Occupancy::Unknown;
        self.applied_step = now_step;
        self.not_found = None;
        self.reappeared = None;
    }

    /// Ends a lapse if a feed repeats the known state with the same `order`: nothing has happened
    /// since.
    pub(in crate::mirror) fn confirm_again(&mut self, source: &Source, seen: &Observation) {
        if source.order.is_some() && source.order == self.order && self.agrees(seen) {
            self.is_lapsed = false;
            self.checked_at = self.checked_at.max(Some(source.asked_at));
        }
    }

    /// Returns true if the cell is newer than a second-hand observation.
    pub(in crate::mirror) fn is_newer_than(&self, source: &Source) -> bool {
        self.has_changed_since(source)
            || match (source.order, self.order) {
                (Some(new), Some(old)) => new <= old,
                (Some(_), None) => false,
                (None, _) => self.checked_at.is_some_and(|at| source.asked_at < at),
            }
    }

    /// Returns true if the server reported the slot after the question was sent. In this case it is
    /// unknown which of the two is newer.
    fn has_changed_since(&self, source: &Source) -> bool {
        let told = self.order.max(self.last_order);
        source.since.zip(told).is_some_and(|(since, told)| since < told)
    }

    /// Returns true if a second-hand observation contradicts the cell and it is unknown which one
    /// is newer, because only the observation has an `order`.
    pub(in crate::mirror) fn conflicts_with(&self, source: &Source, seen: &Observation) -> bool {
        let is_comparable = self.last_order.is_some() || source.order.is_none();
        !is_comparable && self.occupancy != Occupancy::Unknown && !self.agrees(seen)
    }

    /// Returns the call that waits in the slot. `None` if the slot is vacant or unknown.
    pub(in crate::mirror) fn occupant(&self) -> Option<&Occupant> {
        match &self.occupancy {
            Occupancy::Held(occupant) => Some(occupant),
            Occupancy::Unknown | Occupancy::Vacant => None,
        }
    }

    /// Returns the name of the call that waits in the slot, if known.
    pub(in crate::mirror) fn uuid(&self) -> Option<&CallUuid> {
        self.occupant()?.uuid.as_ref()
    }

    /// Returns the extension that parked the call in the slot, if known.
    pub(in crate::mirror) fn parked_by(&self) -> Option<&ExtensionId> {
        self.occupant()?.parked_by.as_ref()
    }

    /// Returns when the call in the slot goes back. `None` if no call is known there, or if
    /// `patience` is zero: the call may wait for ever.
    pub(in crate::mirror) fn returns_at(&self, patience: Millis) -> Option<Time> {
        if patience == Millis::ZERO {
            return None;
        }
        match (&self.intent, &self.occupancy) {
            (Some(Intent::Park { sent_at, .. }), _) => Some(*sent_at + patience),
            (_, Occupancy::Held(occupant)) => Some(occupant.since + patience),
            _ => None,
        }
    }

    /// Returns true if the call in the slot must have gone back: it rings at an extension again, or
    /// its deadline has passed, and no answer since then named a call. An answer that only says
    /// "held" may be about another call.
    pub(in crate::mirror) fn is_returning(&self, now: Time, patience: Millis) -> bool {
        let held = matches!(self.occupancy, Occupancy::Held(_)) && self.intent.is_none();
        let is_unnamed_since = |at: Time| self.named_at.is_none_or(|named_at| named_at < at);
        let is_over = |at: Time| at <= now && is_unnamed_since(at);
        held && (self.reappeared.is_some() || self.returns_at(patience).is_some_and(is_over))
    }

    /// Returns when the next warning is due. `None` if every warning was given.
    pub(in crate::mirror) fn next_warning(&self, patience: Millis) -> Option<Time> {
        let before = *WARNINGS.get(self.occupant()?.warned)?;
        Some(self.returns_at(patience)? - before)
    }

    pub(in crate::mirror) fn is_unknown(&self) -> bool {
        self.occupancy == Occupancy::Unknown && self.intent.is_none()
    }

    pub(in crate::mirror) fn is_vacant(&self) -> bool {
        self.occupancy == Occupancy::Vacant
    }

    /// Returns true if a sweep has to ask about the slot: no answer newer than `fresh` named the
    /// call or said that the slot is vacant. A slot whose call is known by name is asked about only
    /// if `is_thorough` is true, or if the slot is not confirmed.
    pub(in crate::mirror) fn is_stale(&self, now: Time, fresh: Millis, is_thorough: bool) -> bool {
        let is_named = self.is_vacant() || self.uuid().is_some();
        let named_at = self.named_at.unwrap_or_default();
        let is_fresh = is_named && !self.is_lapsed && now.since(named_at) < fresh;
        let is_held_by_name = matches!(self.occupancy, Occupancy::Held(_)) && is_named;
        let is_wanted = !is_held_by_name || is_thorough || self.is_lapsed;
        is_wanted && !is_fresh && self.intent.is_none() && !self.is_absent
    }

    /// Lets the return itself be reported again, after the patience has changed.
    pub(in crate::mirror) fn expect_return_again(&mut self) {
        if let Occupancy::Held(occupant) = &mut self.occupancy {
            occupant.warned = occupant.warned.min(WARNINGS.len() - 1);
        }
    }

    /// Returns the warning that is due, as the time that is left; zero for the return itself.
    /// Returns each warning once. If several are due, returns only the last one.
    pub(in crate::mirror) fn warn(&mut self, now: Time, patience: Millis) -> Option<Millis> {
        let left = self.returns_at(patience)?.since(now);
        let Occupancy::Held(occupant) = &mut self.occupancy else { return None };
        let due = WARNINGS.iter().filter(|before| left <= **before).count();
        if due <= occupant.warned {
            return None;
        }
        occupant.warned = due;
        WARNINGS.get(due - 1).copied()
    }

    /// Returns true if the observation is certain although a command of ours acts in the slot.
    ///
    /// The switch may have answered before or after it carried out the command. A vacant slot does
    /// not prove that a `park` failed, and a held slot does not prove that a `bridge` failed.
    fn is_conclusive(&self, seen: &Observation) -> bool {
        match (&self.intent, seen) {
            (Some(Intent::Park { .. }), Observation::Vacant | Observation::Occupied) => false,
            (Some(Intent::Bridge { .. }), Observation::Held { uuid }) => self.uuid() != Some(uuid),
            (Some(Intent::Bridge { .. }), Observation::Occupied) => false,
            _ => true,
        }
    }

    /// Returns when the slot was last checked. `None` if the slot is not confirmed.
    pub(super) fn confirmed_at(&self) -> Option<Time> {
        let is_confirmed = !self.is_lapsed && self.occupancy != Occupancy::Unknown;
        is_confirmed.then(|| self.checked_at.unwrap_or_default())
    }

    /// Returns the time by which rounds choose the next slot: they ask about the slot with the
    /// earliest time. `None` excludes the slot. `only_held` excludes every slot without a call
    /// known by name.
    pub(super) fn round_key(&self, only_held: bool) -> Option<Time> {
        let is_candidate = !self.is_absent && (!only_held || self.uuid().is_some());
        is_candidate.then(|| self.named_at.unwrap_or_default())
    }

    fn agrees(&self, seen: &Observation) -> bool {
        match seen {
            Observation::Vacant => self.occupancy == Occupancy::Vacant,
            Observation::Occupied => matches!(self.occupancy, Occupancy::Held(_)),
            Observation::Held { uuid } | Observation::Parked { uuid, .. } => {
                self.uuid() == Some(uuid)
            }
        }
    }

    /// Creates the occupant for a call that was not known to wait in the slot.
    fn new_occupant(&self, now: Time, was: &Occupancy, seen: &Observation) -> Occupant {
        let uuid = seen.uuid().cloned();
        match (&self.intent, seen, was) {
            // The call was parked again, or seen before its park was answered. It still waits.
            (_, Observation::Parked { by, .. }, Occupancy::Held(old)) if old.uuid == uuid => {
                Occupant { parked_by: Some(by.clone()), ..old.clone() }
            }
            (_, Observation::Parked { by, since, .. }, _) => Occupant {
                uuid,
                parked_by: Some(by.clone()),
                since: *since,
                exact: true,
                warned: 0,
            },
            (Some(Intent::Park { call, sent_at, .. }), _, _)
                if uuid.as_ref() == Some(call.uuid()) =>
            {
                Occupant { uuid, parked_by: None, since: *sent_at, exact: true, warned: 0 }
            }
            // The call was known to wait here, and now it has a name.
            (_, _, Occupancy::Held(old)) if old.uuid.is_none() => Occupant { uuid, ..old.clone() },
            _ => Occupant { uuid, parked_by: None, since: now, exact: false, warned: 0 },
        }
    }

    /// Ends the intent if its own answer, or an observation that leaves no doubt, tells how it
    /// ended.
    fn end_intent(&mut self, is_own_answer: bool, seen: &Observation) {
        let ends = match (&self.intent, seen) {
            (Some(Intent::Park { .. }), Observation::Held { .. } | Observation::Parked { .. }) => {
                true
            }
            (Some(Intent::Bridge { .. }), Observation::Vacant | Observation::Held { .. }) => true,
            _ => is_own_answer,
        };
        if ends {
            self.intent = None;
        }
    }
}

record!(struct Cell {
    occupancy, intent, checked_at, asked_at, named_at, applied_step, order, last_order, is_absent,
    not_found, is_lapsed, reappeared, noted
});
record!(enum Occupancy { 0 => Unknown, 1 => Vacant, 2 => Held(occupant) });
record!(struct Occupant { uuid, parked_by, since, exact, warned });
record!(enum Intent { 0 => Park { call, extension, command, sent_at }, 1 => Bridge { command } });
