//! [`Poller`]: which question to ask, and when.

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
use super::roster::{Asker, AskerState};
use super::{CommandId, MirrorOptions, Moment};
use crate::feed::Stamp;
use crate::record::record;
use crate::{Action, Answer, Budget, Code, Error, Millis, Question, Slot, Time};

/// Asks the switch, within its budget.
#[derive(Clone, Debug)]
pub(super) struct Poller {
    /// The number of slots of the lot.
    slots: u16,
    /// True if the switch has a list of free slots.
    has_free_list: bool,
    outbox: Outbox,
    rounds: Rounds,
    sweep: Sweep,
    sync: Sync,
    wants: Vec<Want>,
}

/// A request of the poller to the other parts.
#[derive(Clone, Debug)]
pub(super) enum Want {
    /// Continue the commands that waited for the sweep. `error` is the reason why the sweep failed.
    SweepEnded { commands: Vec<CommandId>, error: Option<Error> },
    /// Expect no list of free slots from the switch any more.
    NoFreeList,
    /// Report an error that belongs to no command.
    Error(Error),
}

impl Poller {
    /// Creates a poller that has asked nothing yet.
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

    /// Returns the requests since the last call.
    pub(super) fn take_wants(&mut self) -> Vec<Want> {
        core::mem::take(&mut self.wants)
    }

    /// Returns true if the switch has a list of free slots.
    pub(super) fn has_free_list(&self) -> bool {
        self.has_free_list
    }

    /// Notes that the switch has no list of free slots.
    pub(super) fn set_no_free_list(&mut self) {
        self.has_free_list = false;
        self.wants.push(Want::NoFreeList);
    }

    /// Returns true if a feed reports every call that enters or leaves a slot.
    pub(super) fn feed_is_exact(&self) -> bool {
        self.rounds.feed_is_exact()
    }

    /// Sets whether another tab asks for this one. The setting expires after eight seconds.
    pub(super) fn set_other_tab_leads(&mut self, now: Time, leads: bool) {
        self.rounds.set_other_tab_leads(now, leads);
    }

    /// Starts again with a complete sweep.
    pub(super) fn restart(&mut self, now: Time) {
        self.rounds.restart(now);
    }

    /// Queues a question.
    pub(super) fn ask(
        &mut self,
        purpose: Purpose,
        asker: Asker,
        action: Action,
        slot: Option<Slot>,
    ) {
        self.outbox.push(purpose, asker, action, slot);
    }

    /// Queues a question about one slot, unless there is one already. Without an asker nothing
    /// happens.
    pub(super) fn check(&mut self, slot: Slot, asker: Option<&Asker>) {
        // The dialect cannot name such a slot.
        if slot.number() > self.slots {
            return;
        }
        if let Some(asker) = asker
            && !self.outbox.is_checking(slot)
        {
            self.outbox.push(Purpose::Check, asker.clone(), Action::Slots, Some(slot));
        }
    }

    /// Sends the next question if one may be sent, and returns it.
    ///
    /// `prepare` updates the question just before it is sent, and returns the state of its asker.
    pub(super) fn send(
        &mut self,
        at: Moment,
        prepare: impl Fn(&mut Question) -> AskerState,
    ) -> Option<(Ticket, Asked)> {
        self.outbox.send(at.now, at.step, prepare)
    }

    /// Returns true if no command waits for the answer to a question in flight.
    pub(super) fn is_background(&self, ticket: Ticket) -> bool {
        match self.outbox.asked(ticket).map(|asked| asked.purpose) {
            Some(Purpose::Sweep) => !self.sweep.is_awaited(),
            Some(Purpose::Check) => true,
            Some(Purpose::Command(_)) | None => false,
        }
    }

    /// Returns the question in flight with this ticket.
    pub(super) fn asked(&self, ticket: Ticket) -> Option<&Asked> {
        self.outbox.asked(ticket)
    }

    /// Removes a question of a command that was not sent yet. Returns false if there was none.
    pub(super) fn cancel_unsent(&mut self, command: CommandId) -> bool {
        self.outbox.cancel_unsent(command)
    }

    /// Learns from an answer that a relay got, which asks for this mirror. A refusal is about the
    /// client that asked.
    pub(super) fn note_told(&mut self, now: Time, answer: &Answer) {
        if self.rounds.is_relayed() && !matches!(answer, Answer::Refused(_)) {
            self.sync.note_answer(now, answer, Budget::default());
        }
    }

    /// Takes an answered question out of those in flight, and learns from the answer. `None` if no
    /// question with this ticket is in flight.
    pub(super) fn note_answer(
        &mut self,
        now: Time,
        ticket: Ticket,
        answer: &Answer,
        budget: Budget,
        stamp: Stamp,
    ) -> Option<Asked> {
        let asked = self.outbox.take(ticket)?;
        self.sync.note_answer(now, answer, budget);
        self.rounds.note_answer(now, answer, budget);
        // The server answers a command for itself. An age then comes from a cache on the way.
        let age = stamp.age.filter(|_| !matches!(asked.purpose, Purpose::Command(_)));
        let older = age.unwrap_or(Millis::ZERO);
        let (at, arrived_at) = (asked.at - older, now - older);
        Some(Asked { at, arrived_at, stamp: Stamp { age, ..stamp }, ..asked })
    }

    /// Learns from the answer to a request that is no question about the slots.
    pub(super) fn note_list(&mut self, now: Time, budget: Budget) {
        let answer = Answer::Free { slots: Vec::new() };
        self.sync.note_answer(now, &answer, budget);
        self.rounds.note_answer(now, &answer, budget);
    }

    /// Takes a failed question out of those in flight, and learns from the error. `None` if no
    /// question with this ticket is in flight.
    pub(super) fn note_failure(
        &mut self,
        now: Time,
        ticket: Ticket,
        error: &Error,
    ) -> Option<Asked> {
        let asked = self.outbox.take(ticket)?;
        self.sync.note_failure(error);
        self.rounds.note_failure(now);
        self.rounds.note_unanswered(asked.at);
        Some(asked)
    }

    /// Reports an error that belongs to no command, but not again while failures continue.
    pub(super) fn report_error(&mut self, error: &Error) {
        if !self.rounds.is_failing() && error.code != Code::NoLiveCall {
            self.wants.push(Want::Error(error.clone()));
        }
    }

    /// Returns the view of the connection. `has_asker` is true if there is a call that a question
    /// can name.
    pub(super) fn sync_view(&self, has_asker: bool) -> SyncView {
        let next_ask = self.next_ask(has_asker).map(|(due, _)| due);
        self.sync.view(self.state(has_asker), next_ask)
    }

    /// Returns the number of questions in flight.
    #[cfg(debug_assertions)]
    pub(super) fn in_flight(&self) -> usize {
        self.outbox.in_flight()
    }
}

record!(struct Poller { slots, has_free_list, outbox, rounds, sweep, sync; wants });
