//! The questions on their way, and those that wait for their turn.

use super::command::CommandId;
use super::take_first;
use crate::{Action, Question, Slot, Time};

/// How many questions may be in flight at once. A switch has been seen to refuse concurrent
/// requests; two keep the line busy without standing in each other's way.
pub const IN_FLIGHT: usize = 2;

/// Names one question in flight.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ticket(pub u32);

/// On whose account something is asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Purpose {
    /// A command's: its own `park` or `bridge`, or a question it needs an answer to.
    Command(CommandId),
    /// A sweep's.
    Sweep,
    /// To make sure of one slot.
    Check,
}

/// One question in flight.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) purpose: Purpose,
    /// The step in which it was sent.
    pub(super) step: u64,
    /// When it was sent.
    pub(super) at: Time,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Outbox {
    /// What waits on account of commands.
    commands: Vec<(Question, Purpose)>,
    /// What waits on account of sweeps and checks.
    background: Vec<(Question, Purpose)>,
    in_flight: Vec<(Ticket, Asked)>,
    next: u32,
}

impl Outbox {
    /// Lets a question wait for its turn; a command's goes before all others, and before those a
    /// deed in a slot that was looked at: what was seen there does not stay true for long.
    pub(super) fn push(&mut self, question: Question, purpose: Purpose) {
        match purpose {
            Purpose::Command(_) if question.slot.is_some() && question.action != Action::Slots => {
                self.commands.insert(0, (question, purpose));
            }
            Purpose::Command(_) => self.commands.push((question, purpose)),
            Purpose::Sweep | Purpose::Check => self.background.push((question, purpose)),
        }
    }

    /// Sends the next question, if one may be sent.
    pub(super) fn send(&mut self, now: Time, step: u64) -> Option<(Ticket, Asked)> {
        if self.in_flight.len() >= IN_FLIGHT {
            return None;
        }
        let waiting =
            if self.commands.is_empty() { &mut self.background } else { &mut self.commands };
        if waiting.is_empty() {
            return None;
        }
        let (question, purpose) = waiting.remove(0);
        self.next = self.next.wrapping_add(1);
        let asked = Asked { question, purpose, step, at: now };
        self.in_flight.push((Ticket(self.next), asked.clone()));
        Some((Ticket(self.next), asked))
    }

    /// The question that `ticket` names, while it is in flight.
    pub(super) fn question(&self, ticket: Ticket) -> Option<&Question> {
        let (_, asked) = self.in_flight.iter().find(|(known, _)| *known == ticket)?;
        Some(&asked.question)
    }

    /// Takes back the question that `ticket` names; `None` if it was answered already.
    pub(super) fn take(&mut self, ticket: Ticket) -> Option<Asked> {
        let (_, asked) = take_first(&mut self.in_flight, |(known, _)| *known == ticket)?;
        Some(asked)
    }

    /// Takes back what a command has not sent yet; true if there was anything.
    pub(super) fn recall(&mut self, command: CommandId) -> bool {
        let is_its_own = |(_, purpose): &(Question, Purpose)| *purpose == Purpose::Command(command);
        take_first(&mut self.commands, is_its_own).is_some()
    }

    /// Drops what a sweep or a check has not sent yet.
    pub(super) fn drop_background(&mut self) {
        self.background.clear();
    }

    /// Whether anything is on its way or about to be.
    pub(super) fn is_busy(&self) -> bool {
        !(self.in_flight.is_empty() && self.commands.is_empty() && self.background.is_empty())
    }

    /// Whether a question of a sweep is on its way or about to be.
    pub(super) fn is_sweeping(&self) -> bool {
        let sweeps = |purpose: &Purpose| *purpose == Purpose::Sweep;
        self.background.iter().any(|(_, purpose)| sweeps(purpose))
            || self.in_flight.iter().any(|(_, asked)| sweeps(&asked.purpose))
    }

    /// Whether the slot is being asked about by something else than a command.
    pub(super) fn is_checking(&self, slot: Slot) -> bool {
        let about = |question: &Question, purpose: &Purpose| {
            question.slot == Some(slot) && !matches!(purpose, Purpose::Command(_))
        };
        self.background.iter().any(|(question, purpose)| about(question, purpose))
            || self.in_flight.iter().any(|(_, asked)| about(&asked.question, &asked.purpose))
    }
}
