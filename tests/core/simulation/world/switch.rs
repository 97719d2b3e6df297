//! The switch of a [`World`]: its calls and its answers.

use valet_park::feed::{Message, Stamp};
use valet_park::{Action, Answer, Millis, Question, Refusal, RefusalCode};

use super::super::engine::{HASTE_MS, promise};
use super::super::network::Packet;
use super::{TIMEOUT_MS, World};

impl World {
    /// Answers a question as the switch of this world does.
    pub(super) fn answer_to(&mut self, question: &Question) -> Answer {
        let is_known = self.is_live(&question.call);
        let is_parked = self.lot.stalls().any(|(_, stay, _)| stay.call == question.call);
        let is_live = is_known && !(self.refuses_parked && is_parked);
        if !is_live && (self.refuses_parked || question.action != Action::Slots) {
            return Answer::Refused(Refusal::new(RefusalCode::NoSuchCall, None));
        }
        self.history.note_question(question);
        match promise(&self.lot, question).filter(|_| self.is_hasty) {
            Some(answer) => {
                if !matches!(answer, Answer::Refused(_)) {
                    self.history.note_promise(question);
                    let at = self.now + Millis::new(1 + self.chance.below(HASTE_MS));
                    self.network.send(at, Packet::Act { question: question.clone() });
                }
                answer
            }
            None => self.lot.ask(self.now, question),
        }
    }

    /// Lets the switch answer a question of a relay.
    pub(super) fn answer_relay(&mut self, since: Option<u64>, request: Box<Packet>) {
        let Packet::Request { question, .. } = &*request else { unreachable!() };
        let answer = self.answer_to(question);
        self.report_lot_events();
        self.pass_on(Packet::Downstream { since, answer, request });
    }

    /// Sends a packet between a relay and the switch. Packets can overtake each other.
    pub(super) fn pass_on(&mut self, packet: Packet) {
        let at = self.arrival();
        self.network.send(at, packet);
    }

    /// Reports an answer in the feeds, and sends the answer to the panel that asked.
    pub(super) fn reply(&mut self, request: Packet, answer: Answer, since: Option<u64>) {
        let Packet::Request { panel, ticket, question, answer_is_lost } = request else {
            unreachable!()
        };
        let order = self.send_to_feeds(&Message::Asked { question, answer: answer.clone(), since });
        let packet = if answer_is_lost {
            Packet::Failure { panel, ticket }
        } else if self.chance.percent(self.faults.garbled) {
            let found = "<!doctype html>".to_owned();
            let answer = Answer::Unclear { status: 502, found, retry_after: None };
            Packet::Reply { panel, ticket, answer, stamp: Stamp::default() }
        } else {
            Packet::Reply { panel, ticket, answer, stamp: Stamp { order, since, age: None } }
        };
        let late = if answer_is_lost { TIMEOUT_MS } else { 0 };
        let at = self.arrival() + Millis::new(late);
        self.network.send(at, packet);
    }
}
