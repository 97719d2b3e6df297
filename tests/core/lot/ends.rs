//! How a stay ends: bridged, returned or abandoned, and only one of them.

use valet_park::lot::LotEventKind;
use valet_park::{Lot, LotOptions, Millis, Time};

use crate::support::{call, play, question, slot, uuid};

fn usual() -> LotOptions {
    LotOptions::default()
}

#[test]
fn a_caller_who_hangs_up_frees_the_slot_and_does_not_come_back() {
    play(
        usual(),
        "
        0:00  ann  park 4    parked 4 ann
        0:30  ann  hang up   abandoned 4 ann
        0:30  bob  bridge 4  refused vacant 4
        0:30  bob  park 4    parked 4 bob
        3:29  cat  slots 4   held 4 bob
        3:30                 returned 4 bob
        ",
    );
}

#[test]
fn a_late_hangup_does_not_affect_the_next_call_in_the_slot() {
    play(
        usual(),
        "
        0:00  ann  park 4    parked 4 ann
        0:10  bob  bridge 4  bridged 4 ann
        0:11  cat  park 4    parked 4 cat
        0:12  ann  hang up   nothing
        0:12  bob  hang up   nothing
        0:13  dan  slots 4   held 4 cat
        ",
    );
}

#[test]
fn at_the_deadline_a_call_returns_before_any_question_is_answered() {
    play(
        usual(),
        "
        0:00  ann  park 4    parked 4 ann
        3:00                 returned 4 ann
        3:00  bob  bridge 4  refused vacant 4
        ",
    );
    play(
        usual(),
        "
        0:00  ann  park 4    parked 4 ann
        3:00                 returned 4 ann
        3:00  ann  hang up   nothing
        3:00  ann  park 4    parked 4 ann
        6:00                 returned 4 ann
        ",
    );
}

#[test]
fn just_before_the_deadline_a_call_can_still_be_bridged() {
    play(
        usual(),
        "
        0:00      ann  park 4    parked 4 ann
        2:59.999  bob  bridge 4  bridged 4 ann
        9:00      bob  slots     free 1 2 3 4 5 6 7 8 9
        ",
    );
}

#[test]
fn returns_come_in_the_order_of_their_deadlines() {
    play(
        LotOptions { slots: 4, ..usual() },
        "
        0:00  ann  park 3    parked 3 ann
        0:10  bob  park 1    parked 1 bob
        0:10  cat  park 4    parked 4 cat
        0:20  dan  park 2    parked 2 dan
        0:30  bob  hang up   abandoned 1 bob
        0:40  eve  park 1    parked 1 eve
        3:00                 returned 3 ann
        3:10                 returned 4 cat
        3:20                 returned 2 dan
        3:30  fay  slots     free 2 3 4
        3:40                 returned 1 eve
        ",
    );
}

#[test]
fn a_call_that_returned_can_be_parked_again_for_three_minutes() {
    play(
        usual(),
        "
        0:00  ann  park 4   parked 4 ann
        3:00                returned 4 ann
        3:05  ann  park 4   parked 4 ann
        6:04  bob  slots 4  held 4 ann
        6:05                returned 4 ann
        ",
    );
}

#[test]
fn a_slot_whose_call_returns_takes_another_at_once() {
    play(
        usual(),
        "
        0:00  ann  park 6   parked 6 ann
        3:00                returned 6 ann
        3:00  bob  park 6   parked 6 bob
        3:01  ann  park 6   refused taken 6
        3:01  ann  park     parked 1 ann
        ",
    );
}

#[test]
fn a_bridged_call_can_be_parked_again() {
    play(
        usual(),
        "
        0:00  ann  park 7    parked 7 ann
        0:10  bob  bridge 7  bridged 7 ann
        0:20  ann  park 7    parked 7 ann
        3:19  bob  slots 7   held 7 ann
        3:20                 returned 7 ann
        ",
    );
}

#[test]
fn without_patience_a_call_waits_for_ever() {
    play(
        LotOptions { patience: Millis::ZERO, ..usual() },
        "
        0:00            ann  park 4   parked 4 ann
        99999999999:00  bob  slots 4  held 4 ann
        ",
    );
    let mut lot = Lot::new(LotOptions { patience: Millis::ZERO, ..usual() });
    lot.ask(Time::from_ms(5), &question("ann", "park 4"));
    assert_eq!(lot.next_deadline(), None);
    assert!(lot.stalls().all(|(_, _, returns_at)| returns_at.is_none()));
}

#[test]
fn a_deadline_saturates_at_the_highest_time() {
    let mut lot = Lot::new(LotOptions { patience: Millis::new(u64::MAX), ..usual() });
    lot.ask(Time::from_ms(u64::MAX - 1), &question("ann", "park 4"));
    assert_eq!(lot.next_deadline(), Some(Time::from_ms(u64::MAX)));
}

#[test]
fn a_clock_set_back_counts_as_the_latest_time_seen() {
    let mut lot = Lot::new(usual());
    lot.ask(Time::from_ms(500_000), &question("ann", "park 4"));
    lot.ask(Time::from_ms(0), &question("bob", "park 5"));
    assert_eq!(lot.next_deadline(), Some(Time::from_ms(680_000)));
    lot.advance(Time::from_ms(679_999));
    assert_eq!(lot.stalls().count(), 2);
    lot.advance(Time::from_ms(680_000));
    assert_eq!(lot.stalls().count(), 0);
}

#[test]
fn a_late_return_has_the_time_of_its_deadline() {
    let mut lot = Lot::new(usual());
    lot.ask(Time::from_ms(1000), &question("ann", "park 4"));
    lot.advance(Time::from_ms(999_000));
    let returned = lot.take_events().pop().unwrap();
    assert_eq!((returned.kind, returned.at), (LotEventKind::Returned, Time::from_ms(181_000)));
    assert!(lot.take_events().is_empty(), "events are taken out once");
}

#[test]
fn a_call_returns_to_the_extension_that_parked_it() {
    let mut lot = Lot::new(usual());
    let by = |extension: &str, who, asks| valet_park::Question {
        extension: extension.parse().unwrap(),
        ..question(who, asks)
    };
    lot.ask(Time::from_ms(0), &by("@101", "ann", "park 4"));
    lot.ask(Time::from_ms(1), &by("@102", "ann", "park 4"));
    let (held, stay, returns_at) = lot.stalls().next().unwrap();
    assert_eq!((held, &stay.call), (slot(4), &call("ann")));
    assert_eq!((stay.extension.as_str(), stay.parked_at), ("@101", Time::from_ms(0)));
    assert_eq!(returns_at, Some(Time::from_ms(180_000)));
    lot.hangup(Time::from_ms(2), &uuid("ann"));
    let extensions: Vec<String> =
        lot.take_events().into_iter().map(|event| event.extension.to_string()).collect();
    assert_eq!(extensions, ["@101", "@101"]);
}
