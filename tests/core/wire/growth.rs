//! The size of bodies and forms: the limits, and the cost of reading.

#![allow(clippy::disallowed_methods, reason = "the test compares times with each other")]

use std::time::{Duration, Instant};

use valet_park::Answer;
use valet_park::feed::MessageKind;
use valet_park::wire::{LONGEST_BODY, read_event, read_message};

use super::{UUID, read};
use crate::support::parse_answer;

/// The shortest time of several runs. Other programs disturb this run least.
fn cost(mut run: impl FnMut()) -> Duration {
    let mut timed = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..3).map(|_| timed()).min().unwrap()
}

/// Reading eight times as much costs about as much as reading eight times. If the cost grew with
/// the square of the length, it would be eight times as high. A busy machine may disturb a
/// comparison, so one comparison of many has to hold.
#[track_caller]
fn grows_linearly(mut small: impl FnMut(), mut large: impl FnMut()) {
    let mut eight = || (0..8).for_each(|_| small());
    let mut compared = (0..20).map(|_| (cost(&mut eight), cost(&mut large)));
    let is_linear = compared.any(|(eight, large)| large < eight * 5);
    assert!(is_linear, "reading eight times as much took more than forty times as long");
}

fn list(numbers: impl Iterator<Item = usize>) -> String {
    let items: Vec<String> = numbers.map(|number| number.to_string()).collect();
    format!("[{}]", items.join(","))
}

#[test]
fn the_cost_of_a_body_grows_with_its_length() {
    let list = |count: usize| list((1..=count).rev());
    let keyed = |count: usize| {
        let fields: Vec<String> =
            (1..=count).rev().map(|slot| format!("\"{slot}\":null")).collect();
        format!("{{{}}}", fields.join(","))
    };
    let fields = |count: usize| format!("{{{}\"UUID\":\"{UUID}\"}}", "\"more\":1,".repeat(count));
    let phrase = |count: usize| "slot already have parked membe".repeat(count);
    let nested = |count: usize| "[".repeat(count);
    let quotes = |count: usize| format!("{{\"UUID\":{}", "u".repeat(count));
    let escapes = |count: usize| format!("{{\"UUID\":\"{}\"}}", "\\ud83d".repeat(count));
    let blanks = |count: usize| " ".repeat(count);
    let bodies: [(&dyn Fn(usize) -> String, usize); 8] = [
        (&list, 2_000),
        (&keyed, 1_000),
        (&fields, 1_000),
        (&phrase, 500),
        (&nested, 10_000),
        (&quotes, 10_000),
        (&escapes, 2_000),
        (&blanks, 10_000),
    ];
    for (body, count) in bodies {
        let (small, large) = (body(count), body(count * 8));
        assert!(large.len() <= LONGEST_BODY, "{} bytes are read", large.len());
        for asks in ["slots", "slots 6", "park 6"] {
            let read = |body: &str| drop(read(asks, 200, body));
            grows_linearly(|| read(&small), || read(&large));
        }
    }
}

#[test]
fn the_cost_of_a_form_grows_with_its_length() {
    let other = |count: usize| format!("EventType=answer&{}", "Field=%41&".repeat(count));
    let empty = |count: usize| format!("{}EventType=answer", "&".repeat(count));
    let names = |count: usize| "CallerIDName=%C0&".repeat(count);
    let name = |count: usize| format!("EventType=answer&CallerIDName={}", "%C0%ED".repeat(count));
    let forms: [(&dyn Fn(usize) -> String, usize); 4] =
        [(&other, 1_000), (&empty, 10_000), (&names, 1_000), (&name, 2_000)];
    for (form, count) in forms {
        let (small, large) = (form(count), form(count * 8));
        assert!(large.len() <= LONGEST_BODY, "{} bytes are read", large.len());
        grows_linearly(|| drop(read_event(&small)), || drop(read_event(&large)));
        for kind in [MessageKind::Lot, MessageKind::Asked] {
            let read = |data: &str| drop(read_message(kind, data));
            grows_linearly(|| read(&small), || read(&large));
        }
    }
}

#[test]
fn a_body_has_at_most_one_mebibyte() {
    let body = format!("{{\"slot\":\"6\",\"UUID\":\"{UUID}\"}}");
    let padded = |length: usize| format!("{body}{}", " ".repeat(length - body.len()));
    assert_eq!(LONGEST_BODY, 1_048_576);
    assert_eq!(
        read("slots 6", 200, &padded(LONGEST_BODY)),
        parse_answer(&format!("held 6 {UUID}"))
    );
    let found = "unclear 200 a body of 1048577 bytes";
    assert_eq!(read("slots 6", 200, &padded(LONGEST_BODY + 1)), parse_answer(found));
    let taken = "slot already have parked member".repeat(40_000);
    for status in [200, 404, 409, 500] {
        let found = format!("unclear {status} a body of {} bytes", taken.len());
        assert_eq!(read("slots 6", status, &taken), parse_answer(&found));
    }
}

#[test]
fn the_status_of_a_body_that_is_too_long_counts() {
    let page = "<p>busy</p>".repeat(100_000);
    for (status, code) in [(401, "unauthorized"), (403, "forbidden"), (429, "rate-limited")] {
        assert_eq!(read("slots", status, &page), parse_answer(&format!("refused {code}")));
    }
}

#[test]
fn a_form_has_at_most_one_mebibyte() {
    let form = |length: usize| {
        let start = "EventType=answer&CallID=1&x=";
        format!("{start}{}", "a".repeat(length - start.len()))
    };
    assert!(read_event(&form(LONGEST_BODY)).is_ok());
    assert!(read_message(MessageKind::Call, &form(LONGEST_BODY)).is_ok());
    let long = form(LONGEST_BODY + 1);
    let message = "expected at most 1048576 bytes of fields, found 1048577";
    assert_eq!(read_event(&long).unwrap_err().to_string(), message);
    for kind in MessageKind::ALL.iter().copied() {
        assert_eq!(read_message(kind, &long).unwrap_err().to_string(), message, "{kind:?}");
    }
}

/// The message lists all slots of the largest lot.
#[test]
fn a_message_has_room_for_the_largest_list_of_free_slots() {
    let slots: Vec<String> = (1..=65_535).map(|slot| format!("%22{slot}%22")).collect();
    let body = "%7B%22action%22%3A%22slots%22%7D";
    let answer = format!("%7B%22slots%22%3A%5B{}%5D%7D", slots.join("%2C"));
    let path = "%2Fextension%2F34414%2Fvalet_park%2Fann";
    let data = format!("path={path}&body={body}&status=200&answer={answer}");
    match read_message(MessageKind::Asked, &data).unwrap() {
        valet_park::feed::Message::Asked { answer: Answer::Free { slots }, .. } => {
            assert_eq!(slots.len(), 65_535);
        }
        other => panic!("{other:?}"),
    }
}
