//! The list of current calls, beside call events.

use std::sync::Arc;

use valet_park::feed::{Message, Move};
use valet_park::mirror::{Input, SlotState};
use valet_park::wire::{read_current_calls, read_event};
use valet_park::{Budget, Millis, Mirror, Time};

use crate::support::{DESK, call, slot, usual};

struct Setup {
    mirror: Mirror,
}

impl Setup {
    fn new() -> Self {
        Self { mirror: Mirror::new(usual()) }
    }

    fn hear(&mut self, at: u64, kind: &str, name: &str, fields: &str) {
        let text = format!("EventType={kind}&CallAPIID={name}&CallFlow=in&{fields}");
        let event = Arc::new(read_event(&text).unwrap());
        drop(self.mirror.handle(Time::from_ms(at), Input::Event(event)));
    }

    /// Lets a feed report at 0.1 s that ann was parked in slot 4.
    fn park(&mut self) {
        self.park_in(4, 100);
    }

    /// Lets a feed report at `at` that ann was parked in a slot.
    fn park_in(&mut self, number: u32, at: u64) {
        let moved = Move {
            left: None,
            slot: slot(number),
            call: call("ann"),
            caller: None,
            extension: DESK.parse().unwrap(),
            by: None,
            taken_by: None,
            ago: Millis::ZERO,
        };
        let asked_at = Time::from_ms(at);
        let message = Message::Move(moved);
        drop(self.mirror.handle(asked_at, Input::Told { message, order: None, asked_at }));
    }

    /// Applies a list that was asked for at `asked_at` and arrives at `at`.
    fn list(&mut self, asked_at: u64, at: u64, entries: &[(&str, Option<&str>)]) {
        let entries = entries.iter().map(|(name, answered)| {
            let answered = answered.map_or("null".to_owned(), |time| format!("\"{time}\""));
            format!(
                "{{\"call_api_id\":\"{name}\",\"call_flow\":\"in\",\
                 \"caller_id_number\":\"100\",\"init_time_gmt\":\"1970-01-01 00:00:02,00\",\
                 \"answer_time_gmt\":{answered}}}"
            )
        });
        let body = format!("{{\"call_list\":[{}]}}", entries.collect::<Vec<_>>().join(","));
        let desk = DESK.parse().unwrap();
        let listed = read_current_calls(&desk, &body).unwrap();
        let events = self.mirror.compare_listed(&desk, listed, Time::from_ms(asked_at));
        let budget = Budget { remaining: Some(7), ..Budget::default() };
        drop(self.mirror.handle(Time::from_ms(at), Input::Listed { events, budget }));
    }

    fn calls(&self) -> String {
        let views = self.mirror.call_views();
        let calls = views.map(|view| format!("{} {}", view.call, view.state.as_str()));
        calls.collect::<Vec<_>>().join(", ")
    }
}

const ANSWERED: Option<&str> = Some("1970-01-01 00:00:03,00");

#[test]
fn the_calls_of_a_list_are_live() {
    let mut setup = Setup::new();
    setup.list(1_000, 1_100, &[("ann", None), ("bob", ANSWERED)]);
    assert_eq!(setup.calls(), "ann ringing, bob talking");
    let view = setup.mirror.call_views().next().unwrap();
    assert_eq!(view.caller.unwrap().number.as_deref(), Some("100"));
    assert_eq!(setup.mirror.sync_view().remaining, Some(7), "the list counts in the budget");
}

#[test]
fn a_call_that_is_in_no_list_has_ended() {
    let mut setup = Setup::new();
    setup.hear(0, "answer", "ann", "");
    setup.hear(0, "dial-in", "bob", "");
    setup.list(1_000, 1_100, &[("bob", ANSWERED)]);
    assert_eq!(setup.calls(), "bob talking");
}

#[test]
fn an_event_after_the_request_wins() {
    let mut setup = Setup::new();
    setup.hear(0, "answer", "ann", "");
    setup.hear(1_050, "hangup", "ann", "");
    setup.hear(1_060, "dial-in", "bob", "");
    setup.list(1_000, 1_100, &[("ann", ANSWERED)]);
    assert_eq!(setup.calls(), "bob ringing");
}

#[test]
fn an_answer_of_the_list_that_is_older_than_the_end_of_the_call_is_ignored() {
    let mut setup = Setup::new();
    setup.hear(0, "answer", "ann", "EventTime=3000000");
    setup.hear(900, "hangup", "ann", "EventTime=4000000");
    setup.list(1_000, 1_100, &[("ann", ANSWERED)]);
    assert_eq!(setup.calls(), "");
}

#[test]
fn a_parked_call_stays_parked_whether_the_list_has_it_or_not() {
    for entries in [&[("ann", ANSWERED)][..], &[]] {
        let mut setup = Setup::new();
        setup.hear(0, "answer", "ann", "");
        setup.park();
        setup.list(1_000, 1_100, entries);
        assert_eq!(setup.calls(), "ann parked");
        let view = setup.mirror.slot_view(slot(4)).unwrap();
        assert_eq!(view.state, SlotState::Held);
    }
}

#[test]
fn a_parked_call_has_returned_if_the_list_has_a_later_ring() {
    for (rang, shown) in [("2000000", "ann parked"), ("1000000", "ann talking")] {
        let mut setup = Setup::new();
        setup.hear(0, "dial-in", "ann", &format!("EventTime={rang}"));
        setup.park();
        setup.list(1_000, 1_100, &[("ann", ANSWERED)]);
        assert_eq!(setup.calls(), shown, "the list says that ann rang at 2 s");
    }
}

#[test]
fn a_ring_before_the_latest_park_is_no_return() {
    let mut setup = Setup::new();
    setup.hear(0, "dial-in", "ann", "EventTime=1000000");
    setup.park();
    // The events of the return at 2 s, and of the second park, were lost.
    setup.park_in(5, 3_000);
    setup.list(4_000, 4_100, &[("ann", None)]);
    assert_eq!(setup.calls(), "ann parked", "the list says that ann rang at 2 s");
    assert_eq!(setup.mirror.slot_view(slot(5)).unwrap().state, SlotState::Held);
    assert_eq!(setup.mirror.departures().count(), 0);
}

#[test]
fn a_ring_before_an_event_without_a_time_is_no_return() {
    let mut setup = Setup::new();
    setup.hear(0, "dial-in", "ann", "EventTime=1000000");
    setup.hear(2_500, "answer", "ann", "");
    setup.park_in(4, 3_000);
    setup.list(4_000, 4_100, &[("ann", None)]);
    assert_eq!(setup.calls(), "ann parked", "the list says that ann rang at 2 s");
}

#[test]
fn a_slot_that_a_listed_call_has_left_may_hold_another_call() {
    let mut setup = Setup::new();
    setup.hear(0, "dial-in", "ann", "EventTime=1000000");
    setup.park();
    setup.list(200_000, 200_100, &[("ann", ANSWERED)]);
    let view = setup.mirror.slot_view(slot(4)).unwrap();
    assert_eq!((view.state, view.is_confirmed), (SlotState::Free, false));
}

#[test]
fn another_answer_is_no_list() {
    let desk = DESK.parse().unwrap();
    for body in ["", "[]", "{}", "{\"call_list\":null}", "{\"message\":\"Not found\"}"] {
        assert!(read_current_calls(&desk, body).is_none(), "{body}");
    }
    let odd = "{\"call_list\":[1,{},{\"call_api_id\":\"\"},{\"call_api_id\":\"a/b\"}]}";
    let mut setup = Setup::new();
    let listed = read_current_calls(&desk, odd).unwrap();
    let events = setup.mirror.compare_listed(&desk, listed, Time::default());
    assert!(events.is_empty());
    setup.list(0, 1, &[]);
    assert_eq!(setup.calls(), "");
}
