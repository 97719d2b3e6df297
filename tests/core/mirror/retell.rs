//! Messages with which one mirror informs another.

use std::sync::Arc;

use valet_park::answer::Refusal;
use valet_park::feed::{Message, Move, Note, Reason};
use valet_park::mirror::{Input, MirrorOptions, Retold, SlotState};
use valet_park::wire::read_event;
use valet_park::{Answer, Millis, Mirror, RefusalCode, Time};

use crate::support::{DESK, call, moment, parse_answer, question, slot, usual};

const UUID: &str = "37b98fb2-a66c-11ea-ae69-6fd86d94a0e0";

fn small() -> MirrorOptions {
    MirrorOptions { slots: 5, ..usual() }
}

/// Extension 200 has parked a call, some seconds ago.
fn parked(number: u32, name: &str, seconds: u32) -> Message {
    Message::Move(Move {
        left: None,
        slot: slot(number),
        call: call(name),
        caller: None,
        extension: "200".parse().unwrap(),
        by: None,
        taken_by: None,
        ago: Millis::from_secs(seconds),
    })
}

/// A mirror that has heard of the slots of a small lot at 0:10.
fn informed() -> Mirror {
    let mut mirror = Mirror::new(small());
    let now = moment("0:10");
    let mut tell = |message| {
        let _ = mirror.handle(now, Input::Told { message, order: None, asked_at: now });
    };
    tell(parked(2, &format!("7-{UUID}"), 4));
    for (asks, answer) in [
        ("slots 1", parse_answer("vacant 1")),
        ("slots 3", parse_answer("held 3 cat")),
        // The slot is taken, and the call is not known.
        ("park 4", Answer::Refused(Refusal::new(RefusalCode::Taken, Some(slot(4))))),
    ] {
        tell(Message::Asked { question: question("dan", asks), answer, since: None });
    }
    // This call was there before, so its time of arrival is not exact.
    tell(parked(3, "cat", 0));
    let name = "Anna";
    let event = format!("EventType=hangup&CallFlow=in&CalledExtensionID={DESK}&CallAPIID=7-{UUID}");
    let event = read_event(&format!("{event}&CallerIDName={name}&CallerIDNum=1")).unwrap();
    tell(Message::Call(Arc::new(event)));
    mirror
}

#[test]
fn a_mirror_retells_its_confirmed_slots() {
    let retold: Vec<Retold> = informed().retell(moment("0:15")).collect();
    assert!(retold.iter().all(|one| one.asked_at == Some(moment("0:10"))));
    let messages: Vec<&Message> = retold.iter().map(|one| &one.message).collect();
    let [vacant, arrival, held] = messages[..] else { panic!("{messages:?}") };
    let answer = parse_answer("vacant 1");
    assert_eq!(
        *vacant,
        Message::Asked { question: question("any", "slots 1"), answer, since: None }
    );
    let answer = parse_answer("held 3 cat");
    assert_eq!(*held, Message::Asked { question: question("cat", "slots 3"), answer, since: None });
    let Message::Move(moved) = arrival else { panic!("{arrival:?}") };
    assert_eq!((moved.slot, moved.left, moved.ago), (slot(2), None, Millis::from_secs(9)));
    assert_eq!(moved.call.as_str(), format!("7-{UUID}"));
    assert_eq!(moved.extension.as_str(), "200");
    let caller = moved.caller.as_deref().unwrap();
    assert_eq!(caller.name.as_deref(), Some("Anna"));
}

#[test]
fn a_new_mirror_shows_the_same_as_the_one_that_retells() {
    let old = informed();
    let mut new = Mirror::new(small());
    let now = moment("0:15");
    for Retold { message, asked_at } in old.retell(now) {
        let asked_at = asked_at.unwrap();
        let _ = new.handle(now, Input::Told { message, order: None, asked_at });
    }
    for number in [1, 2, 3] {
        let [before, after] = [&old, &new].map(|mirror| mirror.slot_view(slot(number)).unwrap());
        assert_eq!((before.state, &before.uuid), (after.state, &after.uuid), "{number}");
        assert_eq!((before.is_exact, before.caller), (after.is_exact, after.caller));
        assert!(after.is_confirmed, "{number}");
        if before.is_exact {
            assert_eq!(before.parked_by, after.parked_by);
            assert_eq!(
                (before.held_since, before.returns_at),
                (after.held_since, after.returns_at)
            );
        }
    }
    for number in [4, 5] {
        assert_eq!(new.slot_view(slot(number)).unwrap().state, SlotState::Unknown);
    }
}

#[test]
fn a_mirror_does_not_retell_what_is_not_confirmed() {
    let mut mirror = informed();
    let _ = mirror.handle(moment("0:11"), Input::Doubt);
    assert_eq!(mirror.retell(moment("0:15")).count(), 0);
    assert_eq!(Mirror::new(small()).retell(Time::default()).count(), 0);
    let mut mirror = informed();
    let Message::Move(arrival) = parked(2, &format!("7-{UUID}"), 0) else { unreachable!() };
    let message = Message::Move(Move { left: Some(Reason::Abandoned), ..arrival });
    let now = moment("0:12");
    let _ = mirror.handle(now, Input::Told { message, order: None, asked_at: now });
    let retold = mirror.retell(now).nth(1).unwrap();
    let answer = parse_answer("vacant 2");
    assert_eq!(
        retold.message,
        Message::Asked { question: question("any", "slots 2"), answer, since: None }
    );
}

#[test]
fn a_note_is_told_after_the_slot_of_its_call() {
    let mut mirror = informed();
    let now = moment("0:12");
    let note = |number, name: &str, text: Option<&str>| Note {
        call: call(name),
        slot: slot(number),
        note: text.map(str::to_owned),
        for_whom: Some("eve".to_owned()).filter(|_| text.is_none()),
        by: None,
    };
    let notes = [note(2, UUID, Some("vip")), note(3, "cat", None)];
    for note in notes.clone() {
        let message = Message::Note(Arc::new(note));
        let _ = mirror.handle(now, Input::Told { message, order: None, asked_at: now });
    }
    let told: Vec<Retold> = mirror.retell(now).collect();
    let at = |wanted: &Note| {
        told.iter()
            .position(|told| told.message == Message::Note(Arc::new(wanted.clone())))
            .unwrap()
    };
    assert!(
        matches!(&told[at(&notes[0]) - 1].message, Message::Move(moved) if moved.slot == slot(2))
    );
    assert!(matches!(&told[at(&notes[1]) - 1].message, Message::Asked { .. }));
    let mut another = Mirror::new(small());
    for Retold { message, .. } in told {
        let _ = another.handle(now, Input::Told { message, order: None, asked_at: now });
    }
    let shown = |number| another.slot_view(slot(number)).unwrap();
    assert_eq!(shown(2).note.as_deref(), Some(&notes[0]));
    assert_eq!(shown(3).note.as_deref(), Some(&notes[1]));
}
