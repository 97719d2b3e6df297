//! Tests of [`Commands`] without a mirror: a test gives answers and compares the requests.

use super::*;
use crate::Question;
use crate::feed::Stamp;
use crate::mirror::MirrorOptions;
use crate::mirror::poller::Purpose;
use crate::mirror::roster::AskWithParked;

/// The commands of a test, and the other parts that they read.
struct Setup {
    belief: Belief,
    rosters: Rosters,
    commands: Commands,
    at: Moment,
}

impl Setup {
    fn new() -> Self {
        let options = MirrorOptions::new("34414".parse().unwrap());
        Self {
            belief: Belief::new(&options),
            rosters: Rosters::new(options.extensions, AskWithParked::Auto),
            commands: Commands::new(true),
            at: Moment { now: Time::default(), step: 1 },
        }
    }

    /// Returns the commands, and the facts that they read.
    fn commands(&mut self) -> (&mut Commands, Facts<'_>) {
        let Self { belief, rosters, commands, at } = self;
        let facts = Facts { at: *at, belief, rosters, feed_is_exact: false, has_free_list: true };
        (commands, facts)
    }

    fn start(&mut self, id: u32, command: Command) {
        let (commands, facts) = self.commands();
        commands.start(&facts, CommandId(id), command);
    }

    /// Gives a command the answer to its question. The answer arrives without delay.
    fn answer(&mut self, id: u32, action: Action, answer: &Answer) {
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
        self.at.step += 1;
        let (commands, facts) = self.commands();
        commands.apply_answer(&facts, CommandId(id), &asked, Ok(answer));
    }

    /// Lets the next pause of a command pass.
    fn pass_pause(&mut self) {
        self.at.now = self.commands.next_wake(self.at.now).unwrap();
        let (commands, facts) = self.commands();
        commands.resume(&facts);
    }

    /// Returns the requests since the last call, as short texts: `park 4` for a question to the
    /// switch, `1 done` or `1 taken` for the end of command 1.
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
fn a_park_checks_the_slot_parks_once_and_checks_again() {
    let mut setup = Setup::new();
    setup.start(1, park("ann"));
    assert_eq!(setup.wants(), ["slots 4"]);
    setup.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) });
    assert_eq!(setup.wants(), ["park 4"]);
    setup.answer(1, Action::Park, &Answer::Parked { slot: Some(slot(4)), uuid: None });
    assert!(setup.wants().is_empty(), "the second check comes after a pause");
    setup.pass_pause();
    assert_eq!(setup.wants(), ["slots 4"]);
    let seen = Answer::Held { slot: slot(4), uuid: call("ann").uuid().clone() };
    setup.answer(1, Action::Slots, &seen);
    assert_eq!(setup.wants(), ["1 done"]);
    assert!(!setup.commands.is_running(CommandId(1)));
}

#[test]
fn a_second_command_waits_for_the_slot() {
    let mut setup = Setup::new();
    setup.start(1, park("ann"));
    setup.start(2, park("bob"));
    assert_eq!(setup.wants(), ["slots 4"]);
    assert_eq!(setup.commands.pending_with(call("bob").uuid()), Some(Pending::Parking));
    let taken = Answer::Held { slot: slot(4), uuid: call("cat").uuid().clone() };
    setup.answer(1, Action::Slots, &taken);
    assert_eq!(setup.wants(), ["1 taken", "slots 4"]);
}

#[test]
fn a_command_that_is_aborted_before_its_park_never_parks() {
    let mut setup = Setup::new();
    setup.start(1, park("ann"));
    let (commands, facts) = setup.commands();
    commands.abort(&facts, CommandId(1), || false);
    assert_eq!(setup.wants(), ["slots 4", "1 aborted"]);
    setup.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) });
    assert!(setup.wants().is_empty());
}

#[test]
fn a_command_for_a_slot_beyond_the_lot_is_refused_at_once() {
    let mut setup = Setup::new();
    setup.start(1, Command::Inspect { slot: slot(10), call: None });
    assert_eq!(setup.wants(), ["1 invalid-slot"]);
}

#[test]
fn after_a_lost_answer_the_slot_is_checked_and_the_park_is_not_repeated() {
    let mut setup = Setup::new();
    setup.start(1, park("ann"));
    setup.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) });
    setup.wants();
    let lost = Answer::Unclear { status: 502, found: String::new(), retry_after: None };
    setup.answer(1, Action::Park, &lost);
    assert_eq!(setup.wants(), ["slots 4"]);
    setup.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) });
    setup.pass_pause();
    assert_eq!(setup.wants(), ["slots 4"]);
    setup.answer(1, Action::Slots, &Answer::Vacant { slot: slot(4) });
    assert_eq!(setup.wants(), ["1 server-error"]);
}
