//! The questions on their way, and those that wait for their turn.

use std::collections::VecDeque;

use crate::mirror::belief::Source;
use crate::mirror::commands::CommandId;
use crate::mirror::roster::{Asker, AskerState};
use crate::mirror::take_first;
use crate::{Action, Question, Slot, Time};

/// How many questions may be in flight at once. A switch has been seen to refuse concurrent
/// requests; two keep the line busy without standing in each other's way.
pub const IN_FLIGHT: usize = 2;

/// Names one question in flight.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ticket(pub u32);

/// On whose account something is asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::mirror) enum Purpose {
    /// A command's: its own `park` or `bridge`, or a question it needs an answer to.
    Command(CommandId),
    /// A sweep's.
    Sweep,
    /// To make sure of one slot.
    Check,
}

/// One question in flight.
#[derive(Clone, Debug)]
pub(in crate::mirror) struct Asked {
    pub(in crate::mirror) question: Question,
    pub(in crate::mirror) purpose: Purpose,
    /// The step in which it was sent.
    pub(in crate::mirror) step: u64,
    /// When it was sent.
    pub(in crate::mirror) at: Time,
    /// How the call stood then that it is asked with.
    pub(in crate::mirror) asker_state: AskerState,
    /// When its answer came in; until then, when it was sent.
    pub(in crate::mirror) arrived_at: Time,
    /// The place of its answer in the order in which the switch answered, where that is known.
    pub(in crate::mirror) order: Option<u64>,
    /// The call that it was asked with talked or rang when its answer came in.
    pub(in crate::mirror) is_asker_alive: bool,
}

impl Asked {
    /// What an answer to it is worth.
    pub(in crate::mirror) fn source(&self) -> Source {
        let command = match self.purpose {
            Purpose::Command(id) if self.question.action != Action::Slots => Some(id),
            _ => None,
        };
        let Self { step, at, arrived_at, order, is_asker_alive, .. } = *self;
        let is_second_hand = false;
        Source { step, asked_at: at, arrived_at, command, order, is_second_hand, is_asker_alive }
    }
}

/// The questions in flight, and those that wait for their turn.
#[derive(Clone, Debug, Default)]
pub(in crate::mirror) struct Outbox {
    /// The acts of commands in slots that were looked at. They go first, because what was seen does
    /// not stay true for long.
    acts: VecDeque<(Question, Purpose)>,
    /// What else waits on account of commands.
    commands: VecDeque<(Question, Purpose)>,
    /// What waits on account of sweeps and checks.
    background: VecDeque<(Question, Purpose)>,
    in_flight: Vec<(Ticket, Asked)>,
    next: u32,
}

impl Outbox {
    /// Lets a question wait for its turn. Acts go first, then the other questions of commands.
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
            Purpose::Command(_) if question.slot.is_some() && question.action != Action::Slots => {
                &mut self.acts
            }
            Purpose::Command(_) => &mut self.commands,
            Purpose::Sweep | Purpose::Check => &mut self.background,
        };
        waiting.push_back((question, purpose));
    }

    /// Sends the next question, if one may be sent. `prepare` brings the question up to date and
    /// returns the state of the call it is asked with.
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
        let (at, arrived_at, order) = (now, now, None);
        let is_asker_alive = asker_state == AskerState::Live;
        let asked =
            Asked { question, purpose, step, at, asker_state, arrived_at, order, is_asker_alive };
        self.in_flight.push((Ticket(self.next), asked.clone()));
        Some((Ticket(self.next), asked))
    }

    /// The question that `ticket` names, while it is in flight.
    pub(in crate::mirror) fn question(&self, ticket: Ticket) -> Option<&Question> {
        let (_, asked) = self.in_flight.iter().find(|(known, _)| *known == ticket)?;
        Some(&asked.question)
    }

    /// Takes back the question that `ticket` names; `None` if it was answered already.
    pub(in crate::mirror) fn take(&mut self, ticket: Ticket) -> Option<Asked> {
        let (_, asked) = take_first(&mut self.in_flight, |(known, _)| *known == ticket)?;
        Some(asked)
    }

    /// Takes back what a command has not sent yet; true if there was anything.
    pub(in crate::mirror) fn cancel_unsent(&mut self, command: CommandId) -> bool {
        let is_its_own = |(_, purpose): &(Question, Purpose)| *purpose == Purpose::Command(command);
        let queues = [&mut self.acts, &mut self.commands];
        queues.into_iter().any(|queue| {
            let place = queue.iter().position(is_its_own);
            place.and_then(|place| queue.remove(place)).is_some()
        })
    }

    /// Drops what a sweep or a check has not sent yet.
    pub(in crate::mirror) fn drop_background(&mut self) {
        self.background.clear();
    }

    /// When the question was sent that has waited longest for its answer.
    pub(in crate::mirror) fn oldest_in_flight(&self) -> Option<Time> {
        self.in_flight.iter().map(|(_, asked)| asked.at).min()
    }

    /// Returns how many questions are in flight.
    #[cfg(debug_assertions)]
    pub(in crate::mirror) fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// Whether anything is on its way or about to be.
    pub(in crate::mirror) fn is_busy(&self) -> bool {
        let queues = [&self.acts, &self.commands, &self.background];
        !self.in_flight.is_empty() || queues.iter().any(|queue| !queue.is_empty())
    }

    /// Whether a question of a sweep is on its way or about to be.
    pub(in crate::mirror) fn is_sweeping(&self) -> bool {
        let sweeps = |purpose: &Purpose| *purpose == Purpose::Sweep;
        self.background.iter().any(|(_, purpose)| sweeps(purpose))
            || self.in_flight.iter().any(|(_, asked)| sweeps(&asked.purpose))
    }

    /// Whether the slot is being asked about by something else than a command.
    pub(in crate::mirror) fn is_checking(&self, slot: Slot) -> bool {
        let about = |question: &Question, purpose: &Purpose| {
            question.slot == Some(slot) && !matches!(purpose, Purpose::Command(_))
        };
        self.background.iter().any(|(question, purpose)| about(question, purpose))
            || self.in_flight.iter().any(|(_, asked)| about(&asked.question, &asked.purpose))
    }
}
