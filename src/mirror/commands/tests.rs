//! `Commands` alone: answers in, wants out.

use super::*;
use crate::feed::Stamp;
use crate::mirror::MirrorOptions;
use crate::mirror::poller::Purpose;
use crate::mirror::roster::AskWithParked;
use crate::{Millis, Question};

struct Desk {
    belief: Belief,
    rosters: Rosters,
    commands: Commands,
    at: Moment,
}

impl Desk {
    fn new() -> Self {
        let options = MirrorOptions::new("34414".parse().unwrap());
        Self {
            belief: Belief::new(&options),
            rosters: Rosters::new(options.extensions, AskWithParked::Auto),
            commands: Commands::new(true),
            at: Moment { now: Time::default(), step: 1 },
        }
    }

    fn facts(&mut self) -> (&mut Commands, Facts<'_>) {
        let Self { belief, rosters, commands, at } = self;
        let facts = Facts { at: *at, belief, rosters, feed_is_exact: false, has_free_list: true };
        (commands, facts)
    }

    fn start(&mut self, id: u32, command: Command) {
        let (commands, facts) = self.facts();
        commands.start(&facts, CommandId(id), command);
    }

    /// Answers the question of a command, after so many milliseconds.
    fn answer(&mut self, id: u32, action: Action, answer: &Answer, after: u64) {
        let question = Question {
            extension: "34414".parse().unwrap(),
            call: call("ann"),
            action,
            slot: Some(slot(4)),
        };
        let asked = Asked {
            question,
            purpose: Purpose::Command(CommandId(id)),
            step: self.at.step,
            at: self.at.now,
            asker_state: AskerState::Live,
            arrived_at: self.at.now,
            stamp: Stamp::default(),
            is_asker_alive: true,
        };
        self.at = Moment { now: self.at.now + Millis::new(after), step: self.at.step + 1 };
        let (commands, facts) = self.facts();
        commands.apply_answer(&facts, CommandId(id), &asked, Ok(answer));
    }

    /// Returns the requests of the commands, in short.
    fn wants(&mut self) -> Vec<String> {
        let wants = self.commands.take_wants().into_iter();
        let shown = wants.filter_map(|want| match want {
            Want::Ask { action, slot, .. } => Some(format!("{action} {}", slot?)),
            Want::Settle(CommandId(id), Ok(_)) => Some(format!("{id} done")),
            Want::Settle(CommandId(id), Err(error)) => Some(format!("{id} {}", error.code)),
            _ => None,
        });
        shown.collect()
    }
}

fn call(name: &str) -> CallApiId {
    name.parse().unwrap()
}

fn slot(number: u32) -> Slot {
    Slot::try_from(number).unwrap()
}

fn park(name: &str) -> Command {
    Command::Park { call: call(name), slot: Some(slot(4)) }
}

#[test]
fn a_park_looks_acts_once_and_looks_again() {
    let mut desk = Desk::new();
    desk.start(1, park("ann"));
    assert_eq!(desk.wants(), ["slots 4"]);
    desk.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) }, 0);
    assert_eq!(desk.wants(), ["park 4"]);
    desk.answer(1, Action::Park, &Answer::Parked { slot: Some(slot(4)), uuid: None }, 0);
    assert_eq!(desk.wants(), [""; 0], "the look comes a moment later");
    desk.at.now = desk.commands.next_wake(desk.at.now).unwrap();
    let (commands, facts) = desk.facts();
    commands.resume(&facts);
    assert_eq!(desk.wants(), ["slots 4"]);
    let seen = Answer::Held { slot: slot(4), uuid: call("ann").uuid().clone() };
    desk.answer(1, Action::Slots, &seen, 0);
    assert_eq!(desk.wants(), ["1 done"]);
    assert!(!desk.commands.is_at_work(CommandId(1)));
}

#[test]
fn a_second_command_waits_for_the_slot() {
    let mut desk = Desk::new();
    desk.start(1, park("ann"));
    desk.start(2, park("bob"));
    assert_eq!(desk.wants(), ["slots 4"]);
    assert_eq!(desk.commands.pending_with(call("bob").uuid()), Some(Pending::Parking));
    let taken = Answer::Held { slot: slot(4), uuid: call("cat").uuid().clone() };
    desk.answer(1, Action::Slots, &taken, 0);
    assert_eq!(desk.wants(), ["1 taken", "slots 4"]);
}

#[test]
fn an_aborted_command_that_has_not_acted_never_does() {
    let mut desk = Desk::new();
    desk.start(1, park("ann"));
    let (commands, facts) = desk.facts();
    commands.abort(&facts, CommandId(1), || false);
    assert_eq!(desk.wants(), ["slots 4", "1 aborted"]);
    desk.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) }, 0);
    assert_eq!(desk.wants(), [""; 0]);
}

#[test]
fn a_command_beyond_the_lot_is_refused_at_once() {
    let mut desk = Desk::new();
    desk.start(1, Command::Inspect { slot: slot(10), call: None });
    assert_eq!(desk.wants(), ["1 invalid-slot"]);
}

#[test]
fn a_lost_answer_is_asked_about_and_the_act_is_not_repeated() {
    let mut desk = Desk::new();
    desk.start(1, park("ann"));
    desk.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) }, 0);
    desk.wants();
    let lost = Answer::Unclear { status: 502, found: String::new(), retry_after: None };
    desk.answer(1, Action::Park, &lost, 0);
    assert_eq!(desk.wants(), ["slots 4"]);
    desk.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) }, 0);
    desk.at.now = desk.commands.next_wake(desk.at.now).unwrap();
    let (commands, facts) = desk.facts();
    commands.resume(&facts);
    assert_eq!(desk.wants(), ["slots 4"]);
    desk.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) }, 0);
    assert_eq!(desk.wants(), ["1 server-error"]);
}
