//! When to ask what: which questions are in flight, and what is asked in the background.

mod lapse;
mod outbox;
mod rounds;
mod sweep;
mod sync;
#[cfg(test)]
mod tests;

pub use self::outbox::{IN_FLIGHT, Ticket};
pub use self::sync::{SyncState, SyncView};

pub(super) use self::outbox::{Asked, Purpose};
pub(super) use self::sweep::shows_no_free_list;

use self::outbox::Outbox;
use self::rounds::Rounds;
use self::sweep::Sweep;
use self::sync::Sync;
use super::commands::CommandId;
use super::roster::{Asker, AskerState};
use super::{MirrorOptions, Moment};
use crate::{Action, Answer, Budget, Code, Error, Question, Slot, Time};

/// Asks the switch, within its budget.
#[derive(Clone, Debug)]
pub(super) struct Poller {
    /// How many slots the lot has.
    slots: u16,
    /// The switch can be asked which slots are free.
    has_free_list: bool,
    outbox: Outbox,
    rounds: Rounds,
    sweep: Sweep,
    sync: Sync,
    wants: Vec<Want>,
}

/// What the poller wants of the other parts.
#[derive(Clone, Debug)]
pub(super) enum Want {
    /// The sweep for which commands waited has ended; with an error where not every slot could be
    /// asked about.
    Swept { commands: Vec<CommandId>, error: Option<Error> },
    /// The switch cannot be asked which slots are free.
    NoFreeList,
    /// Something went wrong that no command is to blame for.
    Error(Error),
}

impl Poller {
    /// Returns a poller that has asked nothing yet.
    pub(super) fn new(options: &MirrorOptions) -> Self {
        Self {
            slots: options.slots,
            has_free_list: options.free_list,
            outbox: Outbox::default(),
            rounds: Rounds::new(options.seed),
            sweep: Sweep::default(),
            sync: Sync::new(options.recovers),
            wants: Vec::new(),
        }
    }

    /// Returns what is wanted of the other parts.
    pub(super) fn take_wants(&mut self) -> Vec<Want> {
        core::mem::take(&mut self.wants)
    }

    /// Returns true if the switch can be asked which slots are free.
    pub(super) fn has_free_list(&self) -> bool {
        self.has_free_list
    }

    /// Notes that the switch cannot be asked which slots are free.
    pub(super) fn set_no_free_list(&mut self) {
        self.has_free_list = false;
        self.wants.push(Want::NoFreeList);
    }

    /// Returns true if a feed tells of every call that enters or leaves a slot.
    pub(super) fn feed_is_exact(&self) -> bool {
        self.rounds.feed_is_exact()
    }

    /// Notes that a feed told of a call that entered or left a slot.
    pub(super) fn note_move(&mut self) {
        self.rounds.note_move();
    }

    /// Sets whether another tab looks after the lot. It counts for a few seconds.
    pub(super) fn set_led(&mut self, now: Time, is_led: bool) {
        self.rounds.set_led(now, is_led);
    }

    /// Begins to ask for everything.
    pub(super) fn restart(&mut self, now: Time) {
        self.rounds.restart(now);
    }

    /// Lets a question wait for its turn.
    pub(super) fn ask(
        &mut self,
        purpose: Purpose,
        asker: Asker,
        action: Action,
        slot: Option<Slot>,
    ) {
        self.outbox.push(purpose, asker, action, slot);
    }

    /// Has one slot asked about, unless that is under way. Without a call to ask with the slot
    /// stays as it is.
    pub(super) fn check(&mut self, slot: Slot, asker: Option<&Asker>) {
        // The dialect cannot name a slot beyond the lot.
        if slot.number() > self.slots {
            return;
        }
        if let Some(asker) = asker
            && !self.outbox.is_checking(slot)
        {
            self.outbox.push(Purpose::Check, asker.clone(), Action::Slots, Some(slot));
        }
    }

    /// Returns the next question to be sent, if one may be sent.
    ///
    /// `prepare` brings the question up to date. It returns the state of the call that the question
    /// is asked with.
    pub(super) fn send(
        &mut self,
        at: Moment,
        prepare: impl Fn(&mut Question) -> AskerState,
    ) -> Option<(Ticket, Asked)> {
        self.outbox.send(at.now, at.step, prepare)
    }

    /// Returns the question in flight that `ticket` names.
    pub(super) fn question(&self, ticket: Ticket) -> Option<&Question> {
        self.outbox.question(ticket)
    }

    /// Takes back the question of a command that was not sent yet. Returns true if there was one.
    pub(super) fn cancel_unsent(&mut self, command: CommandId) -> bool {
        self.outbox.cancel_unsent(command)
    }

    /// Takes the question that was answered out of those in flight. `None` if it was answered
    /// before.
    pub(super) fn heard(
        &mut self,
        now: Time,
        ticket: Ticket,
        answer: &Answer,
        budget: Budget,
        order: Option<u64>,
    ) -> Option<Asked> {
        let asked = self.outbox.take(ticket)?;
        self.sync.heard(now, answer, budget);
        self.rounds.heard(now, answer, budget);
        Some(Asked { arrived_at: now, order, ..asked })
    }

    /// Takes the question that got no answer out of those in flight.
    pub(super) fn failed(&mut self, now: Time, ticket: Ticket, error: &Error) -> Option<Asked> {
        let asked = self.outbox.take(ticket)?;
        self.sync.failed(error);
        self.rounds.failed(now);
        self.rounds.note_unanswered(asked.at);
        Some(asked)
    }

    /// Tells of an error that no command is to blame for, unless failures go on and on.
    pub(super) fn tell_error(&mut self, error: &Error) {
        if !self.rounds.is_failing() && error.code != Code::NoLiveCall {
            self.wants.push(Want::Error(error.clone()));
        }
    }

    /// Returns how the mirror stands with the switch. `has_asker`: there is a call to ask with.
    pub(super) fn sync_view(&self, has_asker: bool) -> SyncView {
        let next_ask = self.next_ask(has_asker).map(|(due, _)| due);
        self.sync.view(self.state(has_asker), next_ask)
    }

    /// Returns how many questions are in flight.
    #[cfg(debug_assertions)]
    pub(super) fn in_flight(&self) -> usize {
        self.outbox.in_flight()
    }
}
