//! The own parks after a reload of the page.

use std::sync::Arc;

use valet_park::feed::{Message, Note};
use valet_park::mirror::{Input, SlotState};
use valet_park::{Millis, Mirror, Party, Time};

use crate::support::{DESK, call, moment, parse_answer, question, slot, usual};

const ANN: &str = "37b98fb2-a66c-11ea-ae69-6fd86d94a0e0";

/// A mirror whose extension parked a call in slot 6 at 0:10.
fn parked() -> Mirror {
    let mut mirror = Mirror::new(usual());
    let moved = valet_park::feed::Move {
        left: None,
        slot: slot(6),
        call: call(&format!("1-{ANN}")),
        caller: Some(Arc::new(Party { name: Some("Anna".into()), ..Party::default() })),
        extension: DESK.parse().unwrap(),
        by: None,
        taken_by: None,
        ago: Millis::ZERO,
    };
    let mut tell = |message| {
        let asked_at = moment("0:10");
        drop(mirror.handle(asked_at, Input::Told { message, order: None, asked_at }));
    };
    let by_other = valet_park::feed::Move {
        slot: slot(7),
        call: call("bob"),
        extension: "200".parse().unwrap(),
        ..moved.clone()
    };
    let note = Note {
        call: moved.call.clone(),
        slot: slot(6),
        note: Some("about the invoice".into()),
        for_whom: None,
        by: None,
    };
    tell(Message::Move(moved));
    tell(Message::Note(Arc::new(note)));
    tell(Message::Move(by_other));
    mirror
}

/// Lets a new mirror recall at `now` what another one remembered at 0:40.
fn reloaded(now: Time) -> Mirror {
    let mut mirror = Mirror::new(usual());
    let age = now.since(moment("0:40"));
    for message in parked().remember(moment("0:40")) {
        drop(mirror.handle(now, Input::Recalled { message, age }));
    }
    mirror
}

#[test]
fn an_own_park_survives_and_is_not_confirmed() {
    let mirror = reloaded(moment("0:45"));
    let view = mirror.slot_view(slot(6)).unwrap();
    assert_eq!((view.state, view.is_confirmed), (SlotState::Held, false));
    assert_eq!((view.is_mine, view.is_exact), (true, true));
    assert_eq!(view.held_since, Some(moment("0:10")));
    assert_eq!(view.returns_at, Some(moment("3:10")));
    assert_eq!(view.caller.unwrap().name.as_deref(), Some("Anna"));
    assert_eq!(view.note.unwrap().note.as_deref(), Some("about the invoice"));
    let other = mirror.slot_view(slot(7)).unwrap();
    assert_eq!(other.state, SlotState::Unknown, "another extension parked that call");
}

#[test]
fn an_answer_confirms_it_or_corrects_it() {
    for (said, state) in [(format!("held 6 {ANN}"), "held"), ("vacant 6".into(), "free")] {
        let mut mirror = reloaded(moment("0:45"));
        let asked_at = moment("0:46");
        let answer = parse_answer(&said);
        let message = Message::Asked { question: question("dan", "slots 6"), answer, since: None };
        drop(mirror.handle(asked_at, Input::Told { message, order: None, asked_at }));
        let view = mirror.slot_view(slot(6)).unwrap();
        assert_eq!((view.state.as_str(), view.is_confirmed), (state, true));
        assert_eq!((view.is_mine, view.is_exact), (state == "held", state == "held"));
    }
}

#[test]
fn what_is_known_already_counts_more() {
    let mut mirror = Mirror::new(usual());
    let asked_at = moment("0:45");
    let answer = parse_answer("vacant 6");
    let message = Message::Asked { question: question("dan", "slots 6"), answer, since: None };
    drop(mirror.handle(asked_at, Input::Told { message, order: None, asked_at }));
    for message in parked().remember(moment("0:40")) {
        let age = Millis::from_secs(5);
        drop(mirror.handle(asked_at, Input::Recalled { message, age }));
    }
    assert_eq!(mirror.slot_view(slot(6)).unwrap().state, SlotState::Free);
}

#[test]
fn a_call_whose_time_is_long_over_is_not_recalled() {
    assert_eq!(reloaded(moment("4:09")).slot_view(slot(6)).unwrap().state, SlotState::Returning);
    assert_eq!(reloaded(moment("4:11")).slot_view(slot(6)).unwrap().state, SlotState::Unknown);
}
