//! Tests of [`Rosters`] without a mirror: a test gives call events, and compares which call a
//! question names.

use super::*;
use crate::mirror::MirrorOptions;
use crate::mirror::belief::Belief;
use crate::{Action, Answer, Millis, Question, Refusal, RefusalCode};

fn rosters(ask_with_parked: AskWithParked) -> Rosters {
    let extensions = ["34414", "34415"].map(|extension| extension.parse().unwrap());
    Rosters::new(extensions.into(), ask_with_parked)
}

fn belief() -> Belief {
    Belief::new(&MirrorOptions::new("34414".parse().unwrap()))
}

fn call(name: &str) -> CallApiId {
    name.parse().unwrap()
}

/// Handles a call event of an extension. `parked` is true if the call waits in a slot.
fn hear(rosters: &mut Rosters, kind: &str, name: &str, extension: &str, parked: bool) -> CallNews {
    let fields = [
        ("EventType", kind),
        ("CallAPIID", name),
        ("CallFlow", "in"),
        ("CalledExtensionID", extension),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let event = CallEvent::from_fields(fields.into()).unwrap();
    rosters.handle(Time::default(), &event, |_| parked).unwrap().1
}

#[test]
fn a_question_names_a_talking_call_rather_than_a_ringing_one() {
    let mut rosters = rosters(AskWithParked::No);
    assert_eq!(rosters.asker(&belief()), None);
    hear(&mut rosters, "dial-in", "ann", "34414", false);
    assert_eq!(rosters.asker(&belief()).unwrap().call, call("ann"));
    hear(&mut rosters, "answer", "bob", "34415", false);
    let asker = rosters.asker(&belief()).unwrap();
    assert_eq!((asker.call, asker.extension.as_str()), (call("bob"), "34415"));
}

#[test]
fn a_hangup_of_a_call_that_is_being_parked_means_that_it_is_parked() {
    let mut rosters = rosters(AskWithParked::No);
    hear(&mut rosters, "answer", "ann", "34414", false);
    hear(&mut rosters, "hangup", "ann", "34414", true);
    assert_eq!(rosters.live(call("ann").uuid()).unwrap().state, CallState::Parked);
    assert!(!rosters.is_alive(call("ann").uuid()));
    let back = hear(&mut rosters, "dial-in", "ann", "34414", true).reappeared;
    assert!(back.is_some() || rosters.is_alive(call("ann").uuid()));
}

#[test]
fn a_call_that_hung_up_and_is_not_parked_has_ended() {
    let mut rosters = rosters(AskWithParked::No);
    hear(&mut rosters, "answer", "ann", "34414", false);
    hear(&mut rosters, "hangup", "ann", "34414", true);
    rosters.drop_unparked(Time::from_ms(9), |_| false);
    assert!(rosters.live(call("ann").uuid()).is_none());
    assert_eq!(rosters.ended_at(call("ann").uuid()), Some(Time::from_ms(9)));
}

#[test]
fn parked_calls_are_asked_with_until_the_switch_refuses_one() {
    let mut rosters = rosters(AskWithParked::Auto);
    hear(&mut rosters, "answer", "ann", "34414", false);
    rosters.set_parked(call("ann").uuid(), true, Time::default());
    let asker = rosters.asker(&belief()).unwrap();
    assert_eq!(asker.call, call("ann"));
    let Asker { extension, call } = asker;
    let asked = Question { extension, call, action: Action::Slots, slot: None };
    let refusal = Answer::Refused(Refusal::new(RefusalCode::NoSuchCall, None));
    let note = rosters.note_asker(Time::default(), &asked, AskerState::Parked, &refusal);
    assert_eq!(note, AskerNote::Refused);
    assert_eq!(rosters.asker(&belief()), None);
}

#[test]
fn a_refused_call_has_left_its_slot_where_others_are_answered() {
    let mut rosters = rosters(AskWithParked::Auto);
    let extension: ExtensionId = "34414".parse().unwrap();
    let ask = |name: &str| Question {
        extension: extension.clone(),
        call: call(name),
        action: Action::Slots,
        slot: None,
    };
    let free = Answer::Free { slots: Vec::new() };
    let now = Time::default() + Millis::from_secs(1);
    let note = rosters.note_asker(now, &ask("ann"), AskerState::Parked, &free);
    assert_eq!(note, AskerNote::Served);
    let refusal = Answer::Refused(Refusal::new(RefusalCode::NoSuchCall, None));
    let note = rosters.note_asker(now, &ask("bob"), AskerState::Parked, &refusal);
    assert_eq!(note, AskerNote::NoLongerParked);
}

#[test]
fn an_event_goes_to_the_extension_that_it_names() {
    let mut rosters = rosters(AskWithParked::No);
    hear(&mut rosters, "dial-in", "ann", "34415", false);
    assert_eq!(rosters.extension_of(call("ann").uuid()).unwrap().as_str(), "34415");
    let extension = rosters.extension_of(call("stranger").uuid()).unwrap();
    assert_eq!(extension.as_str(), "34414", "the first one stands for calls nobody told of");
    let fields = [("EventType", "dial-in"), ("CallAPIID", "bob"), ("CalledExtensionID", "9")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let event = CallEvent::from_fields(fields.into()).unwrap();
    assert!(rosters.handle(Time::default(), &event, |_| false).is_none());
}
