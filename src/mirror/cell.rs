//! What is believed of one slot, and what overrules what.

use super::command::CommandId;
use crate::{CallApiId, CallUuid, ExtensionId, Millis, Time};

/// What is believed of one slot.
///
/// The belief comes from answers alone. Our own unfinished business lies over it as an intent, so
/// that a picture which rests on a request is never taken for one that rests on an answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) belief: Belief,
    pub(super) intent: Option<Intent>,
    /// When an answer or an event last spoke of this slot.
    pub(super) checked_at: Option<Time>,
    /// When the question was asked to which that was the answer.
    pub(super) asked_at: Time,
    /// When the last question was sent whose answer named the call that waits, or none.
    pub(super) named_at: Option<Time>,
    /// The step in which something was last applied.
    ///
    /// INVARIANT (newest wins): an answer to a question asked in an earlier step changes nothing.
    pub(super) applied: u64,
    /// The place in the order in which the switch answered of what said who waits here, or that
    /// nobody does.
    pub(super) order: Option<u64>,
    /// What was applied last had that place.
    is_ordered: bool,
    /// The switch said that it has no such slot.
    pub(super) is_absent: bool,
    /// The step in which a question about this slot was asked that got a bare 404.
    pub(super) missing: Option<u64>,
    /// A change since the last observation may have gone unnoticed.
    pub(super) is_lapsed: bool,
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) enum Belief {
    #[default]
    Unknown,
    Vacant,
    Held(Occupant),
}

/// Whoever waits in a slot, as far as it is known.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Occupant {
    /// `None`: somebody, by what a list of free slots left out.
    pub(super) uuid: Option<CallUuid>,
    /// Who parked it, if known; never guessed.
    pub(super) parked_by: Option<ExtensionId>,
    /// It has waited at least since then.
    pub(super) since: Time,
    /// We saw it arrive: it has waited since then exactly.
    pub(super) exact: bool,
    /// How many of the [`WARNINGS`] were given for it.
    pub(super) warned: usize,
}

/// How long before a return somebody is warned of it, and the return itself.
const WARNINGS: [Millis; 4] =
    [Millis::from_secs(60), Millis::from_secs(30), Millis::from_secs(10), Millis::ZERO];

/// Our own unfinished business with a slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Intent {
    Park { call: CallApiId, command: CommandId, sent_at: Time },
    Bridge { command: CommandId },
}

impl Intent {
    pub(super) fn command(&self) -> CommandId {
        match self {
            Self::Park { command, .. } | Self::Bridge { command } => *command,
        }
    }
}

/// What an answer says of one slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Observation {
    Vacant,
    /// Somebody waits there; the answer does not say who.
    Somebody,
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

/// Where an observation comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    /// The step in which the question was asked.
    pub(super) step: u64,
    /// When it was asked.
    pub(super) asked_at: Time,
    /// When the answer came in.
    pub(super) heard_at: Time,
    /// The command whose own `park` or `bridge` this is the answer to.
    pub(super) command: Option<CommandId>,
    /// Its place in the order in which the switch answered, where that is known.
    pub(super) order: Option<u64>,
    /// Somebody else asked.
    pub(super) is_hearsay: bool,
}

/// What an observation did to a cell.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Applied {
    /// Who was there, and is no longer.
    pub(super) left: Option<Occupant>,
    /// Somebody is there who was not, by name.
    pub(super) arrived: bool,
    /// The order of events cannot be told from this: it takes another question.
    pub(super) doubtful: bool,
}

impl Cell {
    /// Applies what an answer says, in step `now_step` at `now`.
    pub(super) fn observe(
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
        if self.is_absent && *seen == Observation::Somebody {
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
            (Belief::Held(old), Observation::Somebody) => Some(old.clone()),
            _ => None,
        };
        self.belief = match seen {
            Observation::Vacant => Belief::Vacant,
            _ => Belief::Held(known.clone().unwrap_or_else(|| self.newcomer(now, &was, seen))),
        };
        self.asked_at = source.asked_at;
        // That somebody is here says nothing newer of who it is.
        if *seen != Observation::Somebody {
            self.named_at = Some(source.asked_at);
            self.order = source.order.or(self.order);
        }
        self.checked_at = Some(source.heard_at);
        self.applied = now_step;
        self.is_ordered = source.order.is_some();
        self.is_absent = false;
        self.missing = None;
        // That a slot is held does not tell that the same call still waits there.
        let says_who = *seen != Observation::Somebody || self.uuid().is_none();
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
    pub(super) fn forget(&mut self, now_step: u64) {
        self.belief = Belief::Unknown;
        self.applied = now_step;
        self.missing = None;
    }

    /// Ends a lapse where a feed that begins again tells the same once more, at the same place in
    /// the order: nothing has happened in between.
    pub(super) fn confirm_again(&mut self, source: Source, seen: &Observation) {
        if source.order.is_some() && source.order == self.order && self.agrees(seen) {
            self.is_lapsed = false;
        }
    }

    /// Whether what somebody else heard is older than what is known here.
    pub(super) fn outdates(&self, source: Source) -> bool {
        match (source.order, self.order) {
            (Some(new), Some(old)) => new <= old,
            (Some(_), None) => false,
            (None, _) => self.checked_at.is_some_and(|at| source.asked_at < at),
        }
    }

    /// Whether what somebody else heard contradicts something that has no place in the same order,
    /// so that nobody knows which of the two is newer.
    pub(super) fn is_at_odds(&self, source: Source, seen: &Observation) -> bool {
        let is_comparable = self.is_ordered || source.order.is_none();
        !is_comparable && self.belief != Belief::Unknown && !self.agrees(seen)
    }

    /// The call that waits here, by an answer.
    pub(super) fn occupant(&self) -> Option<&Occupant> {
        match &self.belief {
            Belief::Held(occupant) => Some(occupant),
            Belief::Unknown | Belief::Vacant => None,
        }
    }

    /// The name of the call that waits here, by an answer.
    pub(super) fn uuid(&self) -> Option<&CallUuid> {
        self.occupant()?.uuid.as_ref()
    }

    /// The extension that parked the call that waits here, if known.
    pub(super) fn parked_by(&self) -> Option<&ExtensionId> {
        self.occupant()?.parked_by.as_ref()
    }

    /// When the call that waits here goes back, if anything is known of it.
    pub(super) fn returns_at(&self, patience: Millis) -> Option<Time> {
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
    pub(super) fn is_returning(&self, now: Time, patience: Millis) -> bool {
        let held = matches!(self.belief, Belief::Held(_)) && self.intent.is_none();
        held && self
            .returns_at(patience)
            .is_some_and(|at| at <= now && self.named_at.is_none_or(|named_at| named_at < at))
    }

    /// When the next warning is due, or else the return itself.
    pub(super) fn next_warning(&self, patience: Millis) -> Option<Time> {
        let returns_at = self.returns_at(patience)?;
        let Belief::Held(occupant) = &self.belief else { return Some(returns_at) };
        let before = WARNINGS.get(occupant.warned).copied().unwrap_or(Millis::ZERO);
        Some(returns_at - before)
    }

    /// The warning that is due now, once; zero for the return itself. Of several that time has run
    /// past only the last counts.
    pub(super) fn warn(&mut self, now: Time, patience: Millis) -> Option<Millis> {
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
            (Some(Intent::Park { .. }), Observation::Vacant | Observation::Somebody) => false,
            (Some(Intent::Bridge { .. }), Observation::Held { uuid }) => self.uuid() != Some(uuid),
            (Some(Intent::Bridge { .. }), Observation::Somebody) => false,
            _ => true,
        }
    }

    fn agrees(&self, seen: &Observation) -> bool {
        match seen {
            Observation::Vacant => self.belief == Belief::Vacant,
            Observation::Somebody => matches!(self.belief, Belief::Held(_)),
            Observation::Held { uuid } | Observation::Parked { uuid, .. } => {
                self.uuid() == Some(uuid)
            }
        }
    }

    /// Whoever is seen here and was not believed to be.
    fn newcomer(&self, now: Time, was: &Belief, seen: &Observation) -> Occupant {
        let uuid = match seen {
            Observation::Held { uuid } | Observation::Parked { uuid, .. } => Some(uuid.clone()),
            Observation::Somebody | Observation::Vacant => None,
        };
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
