//! What is believed of one slot, and which observation overrules which.

use crate::mirror::CommandId;
use crate::{CallApiId, CallUuid, ExtensionId, Millis, Time};

/// What is believed of one slot.
///
/// The belief comes from answers alone. Our own unfinished business lies over it as an intent, so
/// that a picture which rests on a request is never taken for one that rests on an answer.
#[derive(Clone, Debug, Default)]
pub(in crate::mirror) struct Cell {
    pub(in crate::mirror) belief: Belief,
    pub(in crate::mirror) intent: Option<Intent>,
    /// When an answer or an event last spoke of this slot.
    pub(in crate::mirror) checked_at: Option<Time>,
    /// When the question was asked to which that was the answer.
    pub(in crate::mirror) asked_at: Time,
    /// When the last question was sent whose answer named the call that waits, or none.
    pub(in crate::mirror) named_at: Option<Time>,
    /// The step in which something was last applied.
    ///
    /// INVARIANT (newest wins): an answer to a question asked in an earlier step changes nothing.
    pub(in crate::mirror) applied: u64,
    /// The place in the order in which the switch answered of what said who waits here, or that
    /// nobody does.
    pub(in crate::mirror) order: Option<u64>,
    /// What was applied last had that place.
    is_ordered: bool,
    /// The switch said that it has no such slot.
    pub(in crate::mirror) is_absent: bool,
    /// The step in which a question about this slot was asked that got a bare 404.
    pub(in crate::mirror) not_found: Option<u64>,
    /// A change since the last observation may have gone unnoticed.
    pub(in crate::mirror) is_lapsed: bool,
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::mirror) enum Belief {
    #[default]
    Unknown,
    Vacant,
    Held(Occupant),
}

/// Whoever waits in a slot, as far as it is known.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::mirror) struct Occupant {
    /// `None`: somebody, by what a list of free slots left out.
    pub(in crate::mirror) uuid: Option<CallUuid>,
    /// Who parked it, if known; never guessed.
    pub(in crate::mirror) parked_by: Option<ExtensionId>,
    /// It has waited at least since then.
    pub(in crate::mirror) since: Time,
    /// We saw it arrive: it has waited since then exactly.
    pub(in crate::mirror) exact: bool,
    /// How many of the [`WARNINGS`] were given for it.
    pub(in crate::mirror) warned: usize,
}

/// How long before a return somebody is warned of it, and the return itself.
const WARNINGS: [Millis; 4] =
    [Millis::from_secs(60), Millis::from_secs(30), Millis::from_secs(10), Millis::ZERO];

/// Our own unfinished business with a slot.
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

/// What an answer says of one slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::mirror) enum Observation {
    Vacant,
    /// A call waits there. The answer does not say which.
    Occupied,
    Held {
        uuid: CallUuid,
    },
    /// Our own `park` was confirmed.
    Parked {
        uuid: CallUuid,
        by: ExtensionId,
        since: Time,
    },
}

impl Observation {
    /// The call that was seen in the slot.
    pub(in crate::mirror) fn uuid(&self) -> Option<&CallUuid> {
        match self {
            Self::Held { uuid } | Self::Parked { uuid, .. } => Some(uuid),
            Self::Occupied | Self::Vacant => None,
        }
    }
}

/// Where an observation comes from.
#[derive(Clone, Copy, Debug)]
pub(in crate::mirror) struct Source {
    /// The step in which the question was asked.
    pub(in crate::mirror) step: u64,
    /// When it was asked.
    pub(in crate::mirror) asked_at: Time,
    /// When the answer came in.
    pub(in crate::mirror) heard_at: Time,
    /// The command whose own `park` or `bridge` this is the answer to.
    pub(in crate::mirror) command: Option<CommandId>,
    /// Its place in the order in which the switch answered, where that is known.
    pub(in crate::mirror) order: Option<u64>,
    /// Another client or a feed told of this. `false`: an answer to a question of ours.
    pub(in crate::mirror) is_second_hand: bool,
    /// The call that the question was asked with talked or rang when its answer came in.
    pub(in crate::mirror) is_asker_alive: bool,
}

/// What an observation did to a cell.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::mirror) struct Applied {
    /// Who was there, and is no longer.
    pub(in crate::mirror) left: Option<Occupant>,
    /// Somebody is there who was not, by name.
    pub(in crate::mirror) arrived: bool,
    /// The order of events cannot be told from this: it takes another question.
    pub(in crate::mirror) doubtful: bool,
}

impl Cell {
    /// Applies what an answer says, in step `now_step` at `now`.
    pub(in crate::mirror) fn observe(
        &mut self,
        now: Time,
        now_step: u64,
        source: Source,
        seen: &Observation,
    ) -> Applied {
        let own =
            self.intent.as_ref().is_some_and(|intent| Some(intent.command()) == source.command);
        let is_later = source.order.zip(self.order).map(|(new, old)| new > old);
        // A slot that the switch does not have is not held because no list calls it free.
        if self.is_absent && *seen == Observation::Occupied {
            return Applied::default();
        }
        if source.step < self.applied && is_later != Some(true) {
            // Who parked a call is told by nothing else, so it is learned however late.
            if let (Belief::Held(occupant), Observation::Parked { uuid, by, .. }) =
                (&mut self.belief, seen)
                && occupant.uuid.as_ref() == Some(uuid)
            {
                occupant.parked_by = Some(by.clone());
            }
            // Our own answer came in after something that was asked later. If the two disagree,
            // and the switch does not say either, nobody knows which happened first.
            let doubtful = source.command.is_some() && is_later.is_none() && !self.agrees(seen);
            return Applied { doubtful, ..Applied::default() };
        }
        if !own && !self.is_conclusive(seen) {
            return Applied::default();
        }
        let was = core::mem::take(&mut self.belief);
        let known = match (&was, seen) {
            (Belief::Held(old), Observation::Held { uuid }) if old.uuid.as_ref() == Some(uuid) => {
                Some(old.clone())
            }
            (Belief::Held(old), Observation::Occupied) => Some(old.clone()),
            _ => None,
        };
        self.belief = match seen {
            Observation::Vacant => Belief::Vacant,
            _ => Belief::Held(known.clone().unwrap_or_else(|| self.new_occupant(now, &was, seen))),
        };
        self.asked_at = source.asked_at;
        // That somebody is here says nothing newer of who it is.
        if *seen != Observation::Occupied {
            self.named_at = Some(source.asked_at);
            self.order = source.order.or(self.order);
        }
        self.checked_at = Some(source.heard_at);
        self.applied = now_step;
        self.is_ordered = source.order.is_some();
        self.is_absent = false;
        self.not_found = None;
        // That a slot is held does not tell that the same call still waits there.
        let says_who = *seen != Observation::Occupied || self.uuid().is_none();
        self.is_lapsed &= !says_who;
        self.end_intent(own, seen);
        let is_same = |old: &Occupant| match &self.belief {
            Belief::Held(new) => old.uuid.is_none() || old.uuid == new.uuid,
            _ => false,
        };
        let arrived = match (&was, self.uuid()) {
            (Belief::Held(old), Some(uuid)) => old.uuid.as_ref() != Some(uuid),
            (_, uuid) => uuid.is_some(),
        };
        let left = match was {
            Belief::Held(old) if !is_same(&old) => Some(old),
            _ => None,
        };
        Applied { left, arrived, doubtful: false }
    }

    /// Forgets what was believed; somebody will have to ask.
    pub(in crate::mirror) fn forget(&mut self, now_step: u64) {
        self.belief = Belief::Unknown;
        self.applied = now_step;
        self.not_found = None;
    }

    /// Ends a lapse where a feed that begins again tells the same once more, at the same place in
    /// the order: nothing has happened in between.
    pub(in crate::mirror) fn confirm_again(&mut self, source: Source, seen: &Observation) {
        if source.order.is_some() && source.order == self.order && self.agrees(seen) {
            self.is_lapsed = false;
        }
    }

    /// Whether what somebody else heard is older than what is known here.
    pub(in crate::mirror) fn outdates(&self, source: Source) -> bool {
        match (source.order, self.order) {
            (Some(new), Some(old)) => new <= old,
            (Some(_), None) => false,
            (None, _) => self.checked_at.is_some_and(|at| source.asked_at < at),
        }
    }

    /// Whether what somebody else heard contradicts something that has no place in the same order,
    /// so that nobody knows which of the two is newer.
    pub(in crate::mirror) fn is_at_odds(&self, source: Source, seen: &Observation) -> bool {
        let is_comparable = self.is_ordered || source.order.is_none();
        !is_comparable && self.belief != Belief::Unknown && !self.agrees(seen)
    }

    /// The call that waits here, by an answer.
    pub(in crate::mirror) fn occupant(&self) -> Option<&Occupant> {
        match &self.belief {
            Belief::Held(occupant) => Some(occupant),
            Belief::Unknown | Belief::Vacant => None,
        }
    }

    /// The name of the call that waits here, by an answer.
    pub(in crate::mirror) fn uuid(&self) -> Option<&CallUuid> {
        self.occupant()?.uuid.as_ref()
    }

    /// The extension that parked the call that waits here, if known.
    pub(in crate::mirror) fn parked_by(&self) -> Option<&ExtensionId> {
        self.occupant()?.parked_by.as_ref()
    }

    /// When the call that waits here goes back, if anything is known of it.
    pub(in crate::mirror) fn returns_at(&self, patience: Millis) -> Option<Time> {
        if patience == Millis::ZERO {
            return None;
        }
        match (&self.intent, &self.belief) {
            (Some(Intent::Park { sent_at, .. }), _) => Some(*sent_at + patience),
            (_, Belief::Held(occupant)) => Some(occupant.since + patience),
            _ => None,
        }
    }

    /// The deadline has passed, and nobody was named here since. That somebody is here says little:
    /// it may be another call.
    pub(in crate::mirror) fn is_returning(&self, now: Time, patience: Millis) -> bool {
        let held = matches!(self.belief, Belief::Held(_)) && self.intent.is_none();
        held && self
            .returns_at(patience)
            .is_some_and(|at| at <= now && self.named_at.is_none_or(|named_at| named_at < at))
    }

    /// When the next warning is due, or else the return itself. `None` once all were given.
    pub(in crate::mirror) fn next_warning(&self, patience: Millis) -> Option<Time> {
        let before = *WARNINGS.get(self.occupant()?.warned)?;
        Some(self.returns_at(patience)? - before)
    }

    /// Whether the slot is known to be vacant.
    pub(in crate::mirror) fn is_vacant(&self) -> bool {
        self.belief == Belief::Vacant
    }

    /// Whether a sweep asks about the slot: what is known of it is older than `fresh`.
    /// `is_thorough`: a held slot is asked about also where the call is known by name.
    pub(in crate::mirror) fn is_stale(&self, now: Time, fresh: Millis, is_thorough: bool) -> bool {
        let is_named = self.is_vacant() || self.uuid().is_some();
        let named_at = self.named_at.unwrap_or_default();
        let is_fresh = is_named && !self.is_lapsed && now.since(named_at) < fresh;
        let is_held_by_name = matches!(self.belief, Belief::Held(_)) && is_named;
        let is_wanted = !is_held_by_name || is_thorough || self.is_lapsed;
        is_wanted && !is_fresh && self.intent.is_none() && !self.is_absent
    }

    /// Has the return told of again: it was told of for another patience.
    pub(in crate::mirror) fn expect_return_again(&mut self) {
        if let Belief::Held(occupant) = &mut self.belief {
            occupant.warned = occupant.warned.min(WARNINGS.len() - 1);
        }
    }

    /// The warning that is due now, once; zero for the return itself. Of several that time has run
    /// past only the last counts.
    pub(in crate::mirror) fn warn(&mut self, now: Time, patience: Millis) -> Option<Millis> {
        let left = self.returns_at(patience)?.since(now);
        let Belief::Held(occupant) = &mut self.belief else { return None };
        let due = WARNINGS.iter().filter(|before| left <= **before).count();
        if due <= occupant.warned {
            return None;
        }
        occupant.warned = due;
        WARNINGS.get(due - 1).copied()
    }

    /// Whether what was seen while our own command was on its way tells anything for sure.
    ///
    /// The switch may have answered before or after it carried out the command. A vacant slot does
    /// not tell that a `park` failed, nor does a held one that a `bridge` did.
    fn is_conclusive(&self, seen: &Observation) -> bool {
        match (&self.intent, seen) {
            (Some(Intent::Park { .. }), Observation::Vacant | Observation::Occupied) => false,
            (Some(Intent::Bridge { .. }), Observation::Held { uuid }) => self.uuid() != Some(uuid),
            (Some(Intent::Bridge { .. }), Observation::Occupied) => false,
            _ => true,
        }
    }

    /// When the slot was last looked at, while that counts as confirmed.
    pub(super) fn confirmed_at(&self) -> Option<Time> {
        let is_confirmed = !self.is_lapsed && self.belief != Belief::Unknown;
        is_confirmed.then(|| self.checked_at.unwrap_or_default())
    }

    /// When a question named the call in the slot, for the choice of the slot to ask about next.
    /// `None` for a slot that is not to be asked about. `only_held`: only slots in which a call is
    /// known by name are.
    pub(super) fn named_at(&self, only_held: bool) -> Option<Time> {
        let is_candidate = !self.is_absent && (!only_held || self.uuid().is_some());
        is_candidate.then(|| self.named_at.unwrap_or_default())
    }

    fn agrees(&self, seen: &Observation) -> bool {
        match seen {
            Observation::Vacant => self.belief == Belief::Vacant,
            Observation::Occupied => matches!(self.belief, Belief::Held(_)),
            Observation::Held { uuid } | Observation::Parked { uuid, .. } => {
                self.uuid() == Some(uuid)
            }
        }
    }

    /// Whoever is seen here and was not believed to be.
    fn new_occupant(&self, now: Time, was: &Belief, seen: &Observation) -> Occupant {
        let uuid = seen.uuid().cloned();
        match (&self.intent, seen, was) {
            // Parked once more, or seen on the way: its clock goes on.
            (_, Observation::Parked { by, .. }, Belief::Held(old)) if old.uuid == uuid => {
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
            // Somebody whose name is told now: it has waited at least as long as we knew of it.
            (_, _, Belief::Held(old)) if old.uuid.is_none() => Occupant { uuid, ..old.clone() },
            _ => Occupant { uuid, parked_by: None, since: now, exact: false, warned: 0 },
        }
    }

    /// Ends the intent where its own answer, or one that leaves no doubt, says how it ended.
    fn end_intent(&mut self, own: bool, seen: &Observation) {
        let ends = match (&self.intent, seen) {
            (Some(Intent::Park { .. }), Observation::Held { .. } | Observation::Parked { .. }) => {
                true
            }
            (Some(Intent::Bridge { .. }), Observation::Vacant | Observation::Held { .. }) => true,
            _ => own,
        };
        if ends {
            self.intent = None;
        }
    }
}
