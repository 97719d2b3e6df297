//! Tests of [`Poller`] without a mirror: a test gives times and answers, and compares questions.

use super::*;
use crate::mirror::belief::Belief;
use crate::mirror::timers::{Timers, Wake};
use crate::{Millis, Refusal, RefusalCode};

/// The poller of a test, the belief that it reads, and the call that its questions name.
struct Setup {
    poller: Poller,
    belief: Belief,
    asker: Asker,
    at: Moment,
}

impl Setup {
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

    /// Sends the questions that may be sent now. Returns the ticket and the slot of each, with
    /// `all` for a question about the list of free slots.
    fn send(&mut self) -> Vec<(Ticket, String)> {
        let mut sent = Vec::new();
        while let Some((ticket, asked)) = self.poller.send(self.at, |_| AskerState::Live) {
            let slot = asked.question.slot.map_or("all".to_owned(), |slot| slot.to_string());
            sent.push((ticket, slot));
        }
        sent
    }

    /// Sends the questions that may be sent now. Returns the slot of each.
    fn send_and_list_slots(&mut self) -> Vec<String> {
        self.send().into_iter().map(|(_, slot)| slot).collect()
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
    let mut setup = Setup::new(9, true);
    setup.poll();
    assert!(setup.send_and_list_slots().is_empty());
    assert_eq!(setup.poller.next_ask(true), None);
    setup.poller.set_watching(setup.at.now, true);
    assert_eq!(setup.poller.next_ask(false), None, "no call to ask with");
    assert_eq!(setup.poller.state(false), SyncState::Blind);
    setup.poll();
    assert_eq!(setup.send_and_list_slots(), ["all"]);
}

#[test]
fn a_round_asks_for_the_list_and_then_for_the_calls_without_a_name() {
    let mut setup = Setup::new(4, true);
    setup.poller.set_watching(setup.at.now, true);
    setup.poll();
    let ticket = setup.send()[0].0;
    let free = [1, 2].map(|number| Slot::try_from(number).unwrap());
    setup.answer(ticket, &Answer::Free { slots: free.into() });
    assert_eq!(setup.send_and_list_slots(), ["3", "4"]);
}

#[test]
fn the_number_of_questions_in_flight_is_limited() {
    let mut setup = Setup::new(9, false);
    setup.poller.set_watching(setup.at.now, true);
    setup.poll();
    assert_eq!(setup.send_and_list_slots().len(), IN_FLIGHT);
    assert!(setup.send_and_list_slots().is_empty());
    assert_eq!(setup.poller.in_flight(), IN_FLIGHT);
}

#[test]
fn after_a_switch_refuses_the_list_every_slot_is_asked_about() {
    let mut setup = Setup::new(2, true);
    setup.poller.set_watching(setup.at.now, true);
    setup.poll();
    let ticket = setup.send()[0].0;
    let refusal = Refusal::new(RefusalCode::SlotRequired, None);
    setup.answer(ticket, &Answer::Refused(refusal));
    assert!(!setup.poller.has_free_list());
    assert_eq!(setup.send_and_list_slots(), ["1", "2"]);
    assert!(matches!(setup.poller.take_wants()[..], [Want::NoFreeList]));
}

#[test]
fn no_question_is_sent_before_the_time_that_the_switch_names() {
    let mut setup = Setup::new(9, true);
    setup.poller.set_watching(setup.at.now, true);
    setup.poll();
    let ticket = setup.send()[0].0;
    let mut refusal = Refusal::new(RefusalCode::RateLimited, None);
    refusal.retry_after = Some(Millis::from_secs(60));
    setup.answer(ticket, &Answer::Refused(refusal));
    let until = setup.at.now + Millis::from_secs(60);
    assert_eq!(setup.poller.next_ask(true), Some((until, Wake::Quiet)));
    assert_eq!(setup.poller.sync_view(true).state, SyncState::Limited);
}

#[test]
fn a_question_can_be_cancelled_before_it_is_sent() {
    let mut setup = Setup::new(9, true);
    let (command, asker) = (CommandId(1), setup.asker.clone());
    setup.poller.ask(Purpose::Command(command), asker, Action::Park, None);
    assert!(setup.poller.cancel_unsent(command));
    assert!(!setup.poller.cancel_unsent(command));
    assert!(setup.send_and_list_slots().is_empty());
}

#[test]
fn the_timers_return_the_earliest_time_and_its_reason() {
    let mut timers = Timers::default();
    let at = |seconds| Time::default() + Millis::from_secs(seconds);
    assert_eq!(timers.next(at(0)), None);
    timers.set(Wake::Lapse, Some(at(9)));
    timers.set(Wake::Round, Some(at(5)));
    timers.set(Wake::Retry, Some(at(5)));
    assert_eq!(timers.next(at(0)), Some((at(5), Wake::Round)));
    assert_eq!(
        timers.next(at(5)),
        Some((at(9), Wake::Lapse)),
        "a time that has passed does not count"
    );
    timers.set(Wake::Lapse, None);
    assert_eq!(timers.next(at(5)), None);
}
