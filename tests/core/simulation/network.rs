//! [`Network`]: packets on their way. They can be late, lost, repeated or overtaken.

use std::sync::Arc;

use valet_park::feed::{Message, Stamp};
use valet_park::mirror::Ticket;
use valet_park::{Answer, CallEvent, Question, Time};

/// A packet on its way.
#[derive(Clone)]
pub(super) enum Packet {
    /// A question of a panel.
    Request { panel: usize, ticket: Ticket, question: Question, answer_is_lost: bool },
    /// The answer to the question with this ticket.
    Reply { panel: usize, ticket: Ticket, answer: Answer, stamp: Stamp },
    /// A question that a relay passes to the switch. `since` is the order of the latest message.
    Upstream { since: Option<u64>, request: Box<Self> },
    /// The answer of the switch on its way to the relay.
    Downstream { since: Option<u64>, answer: Answer, request: Box<Self> },
    /// The end of a question that got no answer in time.
    Failure { panel: usize, ticket: Ticket },
    /// A call event for a panel without a feed.
    Event { panel: usize, event: Arc<CallEvent> },
    /// A message of a feed.
    Told { panel: usize, message: Message, order: u64 },
    /// A question for the current calls of an extension.
    ListRequest { extension: usize, asked_at: Time },
    /// The current calls of an extension, as the events that the list reports.
    List { extension: usize, asked_at: Time, listed: Vec<Arc<CallEvent>> },
    /// An act that the switch has answered and now carries out.
    Act { question: Question },
}

/// The packets on their way. The packet that arrives earliest is delivered first. If two packets
/// arrive at the same time, the one that was sent first is delivered first.
#[derive(Default)]
pub(super) struct Network(Vec<(Time, u64, Packet)>, u64);

impl Network {
    pub(super) fn send(&mut self, at: Time, packet: Packet) {
        self.1 += 1;
        self.0.push((at, self.1, packet));
    }

    pub(super) fn next_at(&self) -> Option<Time> {
        self.0.iter().map(|(at, ..)| *at).min()
    }

    pub(super) fn take_due(&mut self, now: Time) -> Option<Packet> {
        let due = self.0.iter().enumerate().filter(|(_, (at, ..))| *at <= now);
        let (place, _) = due.min_by_key(|(_, (at, order, _))| (*at, *order))?;
        Some(self.0.swap_remove(place).2)
    }
}
