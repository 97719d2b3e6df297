//! Finding the call of a SIP dialog.

use std::fmt::Write;
use std::sync::Arc;

use valet_park::event::Direction;
use valet_park::feed::{Message, Move};
use valet_park::mirror::{Dialog, Input};
use valet_park::wire::read_event;
use valet_park::{Millis, Mirror, MirrorOptions, Time};

use crate::support::{DESK, call, rows, slot};

/// Plays call events, and then compares the call of each dialog.
///
/// ```text
///   0 dial-in 1 from=+79161112233       an event at 0 ms, about the call 1
///   in 89161112233                      1    a dialog, and its call
/// ```
#[track_caller]
pub(super) fn matches(story: &str) {
    matches_at(60_000, story);
}

#[track_caller]
fn matches_at(now: u64, story: &str) {
    let mut mirror = Mirror::new(MirrorOptions::new(DESK.parse().unwrap()));
    let mut dialogs = Vec::new();
    for row in rows(story) {
        match row.cells.as_slice() {
            [line] => {
                let (at, fields) = line.split_once(' ').unwrap();
                let event = read_event(&event(fields)).unwrap();
                let at = Time::from_ms(at.parse().unwrap());
                drop(mirror.handle(at, Input::Event(Arc::new(event))));
            }
            [line, expected] => dialogs.push((dialog(line), (*expected).to_owned())),
            _ => panic!("{row}: expected an event, or a dialog and its call"),
        }
    }
    for (place, (one, expected)) in dialogs.iter().enumerate() {
        let others = dialogs.iter().enumerate().filter(|(other, _)| *other != place);
        let mut all = vec![one.clone()];
        all.extend(others.map(|(_, (other, _))| other.clone()));
        let found = mirror.call_of(Time::from_ms(now), &all);
        let found = found.map_or_else(|| "none".to_owned(), |call| short(call.as_str()));
        assert_eq!(found, *expected, "{one:?}");
    }
}

/// Writes an event such as `dial-in 1 from=100 leg=7`. The call 1 has a name that ends with 1.
fn event(fields: &str) -> String {
    let mut words = fields.split(' ');
    let (kind, number) = (words.next().unwrap(), words.next().unwrap());
    let flow = if kind == "dial-out" { "out" } else { "in" };
    let mut text = format!("EventType={kind}&CallAPIID={}&CallFlow={flow}", name(number));
    for word in words {
        let (field, value) = word.split_once('=').unwrap();
        let field = match field {
            "from" => "CallerIDNum",
            "to" => "CalledNumber",
            "by" => "CallerExtension",
            "flow" => "CallFlow",
            "id" => "CallID",
            "leg" => "SubCallID",
            "sip" => "SipCallID",
            "t" => "EventTime",
            other => other,
        };
        let value = value.replace('+', "%2B");
        write!(text, "&{field}={value}").unwrap();
    }
    text
}

/// Reads a dialog such as `in 89161112233 since=100 id=…`. `-` means that no number is known.
fn dialog(line: &str) -> Dialog {
    let mut words = line.split(' ');
    let direction = Direction::from_word(words.next().unwrap()).unwrap();
    let number = Some(words.next().unwrap()).filter(|word| *word != "-").map(str::to_owned);
    let (mut names, mut since, mut is_ringing) = (Vec::new(), None, false);
    for word in words {
        match word.split_once('=') {
            Some(("name", name)) => names.push(name.to_owned()),
            Some(("since", at)) => since = Some(Time::from_ms(at.parse().unwrap())),
            _ => is_ringing = word == "rings",
        }
    }
    Dialog { direction, number, names, since, is_ringing }
}

fn name(number: &str) -> String {
    format!("3232240860-37b98fb2-a66c-11ea-ae69-00000000000{number}")
}

fn short(name: &str) -> String {
    call(name).as_str().chars().last().unwrap().to_string()
}

// C4, E7 to E10.

#[test]
fn a_picked_up_call_is_found_by_its_slot_and_by_its_caller() {
    matches(
        "
        0 dial-in 1 from=6 PickUpSlot=6
        9 answer 1 from=+79161112233 PickUpSlot=6
        in 6                                      1
        ",
    );
    matches(
        "
        0 dial-in 1 from=6 PickUpSlot=6
        9 answer 1 from=+79161112233 PickUpSlot=6
        in 89161112233                            1
        ",
    );
}

#[test]
fn a_national_number_is_the_international_one() {
    matches(
        "
        0 dial-in 1 from=+79161112233
        in 89161112233                  1
        ",
    );
}

#[test]
fn two_calls_of_one_number_are_told_apart_by_the_order_of_ringing() {
    matches(
        "
        100 dial-in 1 from=+74950001122
        1100 dial-in 2 from=+74950001122
        in +74950001122 since=120          1
        in +74950001122 since=1120         2
        ",
    );
}

#[test]
fn a_withheld_number_is_the_only_call_without_a_number() {
    matches(
        "
        0 dial-in 1
        in anonymous                     1
        ",
    );
    matches(
        "
        0 dial-in 1 from=anonymous
        0 dial-in 2 from=+74950001122
        in -                             1
        in +74950001122                  2
        ",
    );
}

#[test]
fn two_withheld_numbers_that_ring_together_are_never_guessed() {
    matches(
        "
        0 dial-in 1
        300 dial-in 2
        in anonymous since=10            none
        in anonymous since=310           none
        ",
    );
}

#[test]
fn an_exact_name_beats_a_number() {
    matches(
        "
        0 dial-in 1 from=100 leg=34414-e6bd7bb2622b424392a012e28473f91a
        0 dial-in 2 from=200
        in 200 name=E6BD7BB2-622B-4243-92A0-12E28473F91A    1
        ",
    );
}

// Names.

#[test]
fn every_name_of_a_call_is_compared() {
    for (event, header) in [
        ("id=c69226e0a64e11eaa0086fd86d94a0e0", "c69226e0-a64e-11ea-a008-6fd86d94a0e0"),
        ("sip=b86ca3a4@10.0.0.1", "b86ca3a4@10.0.0.1"),
        ("sip=b86ca3a4", "b86ca3a4@10.0.0.1"),
        ("leg=34414-not-a-uuid-but-very-long", "Not-A-Uuid-But-Very-Long"),
        ("", "3232240860-37b98fb2-a66c-11ea-ae69-000000000001"),
        ("", "<37b98fb2a66c11eaae69000000000001>;purpose=call"),
    ] {
        let story = format!(
            "
            0 dial-in 1 from=100 {event}
            0 dial-in 2 from=100
            in 100 name=sip:100@pbx.example name={header}   1
            in 100                                          2
            "
        );
        matches(&story.replace(" \n", "\n"));
    }
}

#[test]
fn short_names_are_not_compared() {
    matches(
        "
        0 dial-in 1 from=100 id=70
        0 dial-in 2 from=200
        in 200 name=70                   2
        ",
    );
}

#[test]
fn names_that_differ_in_their_first_digits_differ() {
    matches(
        "
        0 dial-in 1 from=100 sip=1-55667788990
        in 200 name=2-55667788990        none
        ",
    );
}

#[test]
fn two_dialogs_with_the_name_of_one_call_get_no_call() {
    matches(
        "
        0 dial-in 1 from=100 sip=b86ca3a4
        0 dial-in 2 from=200
        in 100 name=b86ca3a4             none
        in 300 name=b86ca3a4             none
        in 200                           2
        ",
    );
}

#[test]
fn each_of_two_devices_has_a_leg_of_the_call() {
    matches(
        "
        0 dial-in 1 leg=34414-aaaaaaaa sip=11111111
        5 dial-in 1 leg=34414-bbbbbbbb sip=22222222
        10 dial-in 2 leg=34414-cccccccc
        in - name=11111111               1
        in - name=cccccccc               2
        ",
    );
}

#[test]
fn a_transferred_dialog_is_found_by_its_name_only() {
    matches(
        "
        0 answer 1 from=+79161112233
        in 200                           none
        ",
    );
    matches(
        "
        0 answer 1 from=+79161112233 sip=b86ca3a4
        out 200 name=b86ca3a4            1
        ",
    );
}

// The order of ringing, and the states.

#[test]
fn more_dialogs_than_calls_are_never_guessed() {
    matches(
        "
        0 dial-in 1 from=100
        in 100 since=10                  none
        in 100 since=1010                none
        in 200                           none
        ",
    );
}

#[test]
fn a_call_that_is_older_than_the_dialog_is_another_one() {
    matches(
        "
        0 answer 1 from=100
        9000 dial-in 2 from=100
        in 100 since=9050                2
        ",
    );
    matches(
        "
        0 answer 1 from=100
        in 100 since=9050                none
        ",
    );
}

#[test]
fn a_call_that_talks_on_another_device_does_not_ring_here() {
    let story = |rings: &str, other: &str| {
        format!(
            "
            0 answer 1
            0 dial-in 2
            in anonymous rings               {rings}
            in anonymous                     {other}
            "
        )
    };
    matches_at(1_500, &story("2", "1"));
    matches_at(900, &story("none", "none"));
}

#[test]
fn the_clock_of_the_switch_orders_calls_whose_events_arrive_together() {
    matches(
        "
        5000 dial-in 2 from=100 t=1000000
        5000 dial-in 1 from=100 t=2000000
        in 100 since=4000                2
        in 100 since=5000                1
        ",
    );
    matches(
        "
        5000 dial-in 2 from=100 t=1000000
        6000 dial-in 1 from=100 t=1200000
        in 100 since=4000                none
        in 100 since=5000                none
        ",
    );
    matches(
        "
        9000 dial-in 2 from=100 t=9000000
        9000 dial-in 1 from=100 t=1000000
        in 100 since=2000                1
        in 100 since=9900                2
        ",
    );
}

#[test]
fn without_the_ringing_of_both_calls_there_is_no_order() {
    matches(
        "
        0 answer 1 from=100
        1000 dial-in 2 from=100
        in 100 since=10                  none
        in 100 since=1010                none
        ",
    );
}

#[test]
fn a_parked_call_has_no_dialog_and_a_call_that_returned_has_one() {
    let mut mirror = Mirror::new(MirrorOptions::new(DESK.parse().unwrap()));
    let hear = |mirror: &mut Mirror, at: u64, fields: &str| {
        let event = read_event(&event(fields)).unwrap();
        drop(mirror.handle(Time::from_ms(at), Input::Event(Arc::new(event))));
    };
    let find = |mirror: &Mirror, line: &str| {
        let found = mirror.call_of(Time::from_ms(300_000), &[dialog(line)]);
        found.map(|call| short(call.as_str()))
    };
    hear(&mut mirror, 0, "dial-out 1 to=+79161112233 t=1");
    hear(&mut mirror, 0, "answer 1 to=+79161112233 flow=out t=2");
    assert_eq!(find(&mirror, "out 89161112233").as_deref(), Some("1"));
    let parked = Move {
        left: None,
        slot: slot(6),
        call: call(&name("1")),
        caller: None,
        extension: DESK.parse().unwrap(),
        by: None,
        taken_by: None,
        ago: Millis::ZERO,
    };
    let asked_at = Time::from_ms(1_000);
    let told = Input::Told { message: Message::Move(parked), order: None, asked_at };
    drop(mirror.handle(asked_at, told));
    assert_eq!(find(&mirror, "out 89161112233"), None);
    // The call was placed here, and now the switch calls this extension.
    hear(&mut mirror, 181_000, "dial-in 1 from=+79161112233 t=181000000");
    assert_eq!(find(&mirror, "out 89161112233"), None);
    assert_eq!(find(&mirror, "in 89161112233 since=181000").as_deref(), Some("1"));
}
