//! `Poller` alone: time and answers in, questions out.

use super::*;
use crate::mirror::belief::Belief;
use crate::mirror::timers::{Timers, Wake};
use crate::{Millis, Refusal, RefusalCode};

struct Line {
    poller: Poller,
    belief: Belief,
    asker: Asker,
    at: Moment,
}

impl Line {
    fn new(slots: u16, free_list: bool) -> Self {
        let options = MirrorOptions::new("34414".parse().unwrap());
        let options = MirrorOptions { slots, free_list, ..options };
        let asker = Asker::new(&options.extensions[0], &"bob".parse().unwrap());
        Self {
            poller: Poller::new(&options),
            belief: Belief::new(&options),
            asker,
            at: Moment { now: Time::from_ms(1_000), step: 1 },
        }
    }

    /// The questions that may be sent now, in short.
    fn sent(&mut self) -> Vec<(Ticket, String)> {
        let mut sent = Vec::new();
        while let Some((ticket, asked)) = self.poller.send(self.at, |_| AskerState::Live) {
            let slot = asked.question.slot.map_or("all".to_owned(), |slot| slot.to_string());
            sent.push((ticket, slot));
        }
        sent
    }

    fn slots(&mut self) -> Vec<String> {
        self.sent().into_iter().map(|(_, slot)| slot).collect()
    }

    fn poll(&mut self) {
        self.poller.poll(self.at, &self.belief, Some(&self.asker));
    }

    fn answer(&mut self, ticket: Ticket, answer: &Answer) {
        self.at.step += 1;
        let now = self.at.now;
        let budget = Budget::default();
        let asked = self.poller.note_answer(now, ticket, answer, budget, Stamp::default()).unwrap();
        self.belief.observe(self.at, &asked.question, &asked.source(), answer);
        if asked.purpose == Purpose::Sweep {
            let asker = Some(&self.asker);
            self.poller.step_sweep(self.at, &self.belief, asker, &asked, answer, false);
        }
    }
}

#[test]
fn nothing_is_asked_while_the_lot_is_not_watched() {
    let mut line = Line::new(9, true);
    line.poll();
    assert_eq!(line.slots(), [""; 0]);
    assert_eq!(line.poller.next_ask(true), None);
    line.poller.set_watching(line.at.now, true);
    assert_eq!(line.poller.next_ask(false), None, "no call to ask with");
    assert_eq!(line.poller.state(false), SyncState::Blind);
    line.poll();
    assert_eq!(line.slots(), ["all"]);
}

#[test]
fn a_round_asks_for_the_list_and_then_for_the_calls_without_a_name() {
    let mut line = Line::new(4, true);
    line.poller.set_watching(line.at.now, true);
    line.poll();
    let ticket = line.sent()[0].0;
    let free = [1, 2].map(|number| Slot::try_from(number).unwrap());
    line.answer(ticket, &Answer::Free { slots: free.into() });
    assert_eq!(line.slots(), ["3", "4"]);
}

#[test]
fn at_most_so_many_questions_are_in_flight() {
    let mut line = Line::new(9, false);
    line.poller.set_watching(line.at.now, true);
    line.poll();
    assert_eq!(line.slots().len(), IN_FLIGHT);
    assert_eq!(line.slots(), [""; 0]);
    assert_eq!(line.poller.in_flight(), IN_FLIGHT);
}

#[test]
fn a_switch_without_a_list_is_asked_slot_by_slot_from_then_on() {
    let mut line = Line::new(2, true);
    line.poller.set_watching(line.at.now, true);
    line.poll();
    let ticket = line.sent()[0].0;
    let refusal = Refusal::new(RefusalCode::SlotRequired, None);
    line.answer(ticket, &Answer::Refused(refusal));
    assert!(!line.poller.has_free_list());
    assert_eq!(line.slots(), ["1", "2"]);
    assert!(matches!(line.poller.take_wants()[..], [Want::NoFreeList]));
}

#[test]
fn the_switch_is_left_alone_for_as_long_as_it_says() {
    let mut line = Line::new(9, true);
    line.poller.set_watching(line.at.now, true);
    line.poll();
    let ticket = line.sent()[0].0;
    let mut refusal = Refusal::new(RefusalCode::RateLimited, None);
    refusal.retry_after = Some(Millis::from_secs(60));
    line.answer(ticket, &Answer::Refused(refusal));
    let until = line.at.now + Millis::from_secs(60);
    assert_eq!(line.poller.next_ask(true), Some((until, Wake::Quiet)));
    assert_eq!(line.poller.sync_view(true).state, SyncState::Limited);
}

#[test]
fn a_question_that_was_not_sent_can_be_taken_back() {
    let mut line = Line::new(9, true);
    let (command, asker) = (CommandId(1), line.asker.clone());
    line.poller.ask(Purpose::Command(command), asker, Action::Park, None);
    assert!(line.poller.cancel_unsent(command));
    assert!(!line.poller.cancel_unsent(command));
    assert_eq!(line.slots(), [""; 0]);
}

#[test]
fn the_table_of_timers_tells_when_to_wake_and_why() {
    let mut timers = Timers::default();
    let at = |seconds| Time::default() + Millis::from_secs(seconds);
    assert_eq!(timers.next(at(0)), None);
    timers.set(Wake::Lapse, Some(at(9)));
    timers.set(Wake::Round, Some(at(5)));
    timers.set(Wake::Retry, Some(at(5)));
    assert_eq!(timers.next(at(0)), Some((at(5), Wake::Round)));
    assert_eq!(timers.next(at(5)), Some((at(9), Wake::Lapse)), "a time that has come is over");
    timers.set(Wake::Lapse, None);
    assert_eq!(timers.next(at(5)), None);
}
