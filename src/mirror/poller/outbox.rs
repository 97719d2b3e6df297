//! [`Outbox`]: the questions in flight, and the questions that wait to be sent.

use std::collections::VecDeque;

use crate::feed::Stamp;
use crate::mirror::CommandId;
use crate::mirror::belief::Source;
use crate::mirror::roster::{Asker, AskerState};
use crate::mirror::take_first;
use crate::record::record;
use crate::{Action, Question, Slot, Time};

/// The largest number of questions in flight at once.
///
/// Switches are known to refuse concurrent requests with the HTTP status 429. Two questions keep
/// the line busy and rarely disturb each other.
pub const IN_FLIGHT: usize = 2;

/// The number of a question in flight. Pass it back with the answer or the error.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ticket(pub u32);

/// The reason why a question is asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::mirror) enum Purpose {
    /// A command needs the answer, or the question is its `park` or `bridge`.
    Command(CommandId),
    /// The question belongs to a sweep.
    Sweep,
    /// A single slot is checked.
    Check,
}

/// A question that was sent.
#[derive(Clone, Debug)]
pub(in crate::mirror) struct Asked {
    pub(in crate::mirror) question: Question,
    pub(in crate::mirror) purpose: Purpose,
    /// The step in which the question was sent.
    pub(in crate::mirror) step: u64,
    /// When the question was sent. If the server had the answer already: when that answer was
    /// asked for, or earlier.
    pub(in crate::mirror) at: Time,
    /// The state of the asker when the question was sent.
    pub(in crate::mirror) asker_state: AskerState,
    /// When the answer arrived at the first client. Before that, when the question was sent.
    pub(in crate::mirror) arrived_at: Time,
    /// The place of the answer among the messages of a feed.
    pub(in crate::mirror) stamp: Stamp,
    /// True if the asker talked or rang when the answer arrived.
    pub(in crate::mirror) is_asker_alive: bool,
}

impl Asked {
    /// Returns the origin of what the answer says.
    pub(in crate::mirror) fn source(&self) -> Source {
        let command = match self.purpose {
            Purpose::Command(id) if self.question.action.is_act() => Some(id),
            _ => None,
        };
        let Self { step, at: asked_at, arrived_at, stamp, is_asker_alive, .. } = *self;
        let Stamp { order, since, age } = stamp;
        let is_second_hand = age.is_some();
        Source { step, asked_at, arrived_at, command, order, since, is_second_hand, is_asker_alive }
    }
}

/// The questions in flight, and the questions that wait to be sent.
#[derive(Clone, Debug, Default)]
pub(in crate::mirror) struct Outbox {
    /// The acts of commands whose slot was checked. They go first, because a check is soon
    /// outdated.
    acts: VecDeque<(Question, Purpose)>,
    /// The other questions of commands.
    commands: VecDeque<(Question, Purpose)>,
    /// The questions of sweeps and single checks.
    background: VecDeque<(Question, Purpose)>,
    in_flight: Vec<(Ticket, Asked)>,
    next: u32,
}

impl Outbox {
    /// Queues a question.
    pub(in crate::mirror) fn push(
        &mut self,
        purpose: Purpose,
        asker: Asker,
        action: Action,
        slot: Option<Slot>,
    ) {
        let Asker { extension, call } = asker;
        let question = Question { extension, call, action, slot };
        let waiting = match purpose {
            Purpose::Command(_) if question.slot.is_some() && question.action.is_act() => {
                &mut self.acts
            }
            Purpose::Command(_) => &mut self.commands,
            Purpose::Sweep | Purpose::Check => &mut self.background,
        };
        waiting.push_back((question, purpose));
    }

    /// Sends the next question if one may be sent, and returns it. `prepare` updates the question
    /// and returns the state of its asker.
    pub(in crate::mirror) fn send(
        &mut self,
        now: Time,
        step: u64,
        prepare: impl Fn(&mut Question) -> AskerState,
    ) -> Option<(Ticket, Asked)> {
        if self.in_flight.len() >= IN_FLIGHT {
            return None;
        }
        let mut waiting = [&mut self.acts, &mut self.commands, &mut self.background].into_iter();
        let (mut question, purpose) = waiting.find_map(VecDeque::pop_front)?;
        self.next = self.next.wrapping_add(1);
        let asker_state = prepare(&mut question);
        let (at, arrived_at, stamp) = (now, now, Stamp::default());
        let is_asker_alive = asker_state == AskerState::Live;
        let asked =
            Asked { question, purpose, step, at, asker_state, arrived_at, stamp, is_asker_alive };
        self.in_flight.push((Ticket(self.next), asked.clone()));
        Some((Ticket(self.next), asked))
    }

    /// Returns the question in flight with this ticket.
    pub(in crate::mirror) fn asked(&self, ticket: Ticket) -> Option<&Asked> {
        let (_, asked) = self.in_flight.iter().find(|(known, _)| *known == ticket)?;
        Some(asked)
    }

    /// Removes a question from those in flight. `None` if no question with this ticket is in
    /// flight.
    pub(in crate::mirror) fn take(&mut self, ticket: Ticket) -> Option<Asked> {
        let (_, asked) = take_first(&mut self.in_flight, |(known, _)| *known == ticket)?;
        Some(asked)
    }

    /// Removes a question of a command that was not sent yet. Returns false if there was none.
    pub(in crate::mirror) fn cancel_unsent(&mut self, command: CommandId) -> bool {
        let is_its_own = |(_, purpose): &(Question, Purpose)| *purpose == Purpose::Command(command);
        let queues = [&mut self.acts, &mut self.commands];
        queues.into_iter().any(|queue| {
            let place = queue.iter().position(is_its_own);
            place.and_then(|place| queue.remove(place)).is_some()
        })
    }

    /// Removes the questions of sweeps and checks that were not sent yet.
    pub(in crate::mirror) fn drop_background(&mut self) {
        self.background.clear();
    }

    /// Returns when the oldest question in flight was sent.
    pub(in crate::mirror) fn oldest_in_flight(&self) -> Option<Time> {
        self.in_flight.iter().map(|(_, asked)| asked.at).min()
    }

    /// Returns the number of questions in flight.
    #[cfg(debug_assertions)]
    pub(in crate::mirror) fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// Returns true if a question is in flight or waits to be sent.
    pub(in crate::mirror) fn is_busy(&self) -> bool {
        let queues = [&self.acts, &self.commands, &self.background];
        !self.in_flight.is_empty() || queues.iter().any(|queue| !queue.is_empty())
    }

    /// Returns true if a question of a sweep is in flight or waits to be sent.
    pub(in crate::mirror) fn is_sweeping(&self) -> bool {
        let sweeps = |purpose: &Purpose| *purpose == Purpose::Sweep;
        self.background.iter().any(|(_, purpose)| sweeps(purpose))
            || self.in_flight.iter().any(|(_, asked)| sweeps(&asked.purpose))
    }

    /// Returns true if a question about the slot, other than of a command, is in flight or waits to
    /// be sent.
    pub(in crate::mirror) fn is_checking(&self, slot: Slot) -> bool {
        let about = |question: &Question, purpose: &Purpose| {
            question.slot == Some(slot) && !matches!(purpose, Purpose::Command(_))
        };
        self.background.iter().any(|(question, purpose)| about(question, purpose))
            || self.in_flight.iter().any(|(_, asked)| about(&asked.question, &asked.purpose))
    }
}

record!(struct Ticket(number));
record!(enum Purpose { 0 => Command(id), 1 => Sweep, 2 => Check });
record!(struct Asked {
    question, purpose, step, at, asker_state, arrived_at, stamp, is_asker_alive
});
record!(struct Outbox { acts, commands, background, in_flight, next });
