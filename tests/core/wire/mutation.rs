//! Recorded replies with damage.
//!
//! The tests cut each body at every letter, and replace each letter. The reader must not panic, and
//! must not turn one fact into another: the result is the recorded fact, a refusal, or unclear.
//! There is one exception: damage inside of a UUID or a slot number gives another UUID or number.

use core::mem::discriminant;

use valet_park::Answer;

use super::recordings::{Exchange, exchanges};

/// The damaged body is read as the recorded fact, as a refusal, or is unclear.
#[track_caller]
fn survives(exchange: &Exchange, recorded: &Answer, body: &str) {
    let answer = exchange.answer(body);
    let is_fact = !matches!(answer, Answer::Refused(_) | Answer::Unclear { .. });
    let is_same = discriminant(&answer) == discriminant(recorded);
    assert!(!is_fact || is_same, "{}: {body:?} is read as {answer:?}", exchange.title);
    // The slot is the one in the question.
    match (&answer, recorded) {
        (Answer::Held { slot, .. }, Answer::Held { slot: asked, .. })
        | (Answer::Vacant { slot }, Answer::Vacant { slot: asked }) => {
            assert_eq!(slot, asked, "{}: {body:?}", exchange.title);
        }
        _ => {}
    }
}

/// The body split at each letter: the part before, the letter, the part after.
fn splits(body: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    body.char_indices().map(|(at, letter)| {
        let (before, rest) = body.split_at(at);
        let (letter, after) = rest.split_at(letter.len_utf8());
        (before, letter, after)
    })
}

/// The empty body is left out, because it is a success for some questions.
#[test]
fn a_cut_body_is_no_other_fact() {
    for exchange in exchanges() {
        let recorded = exchange.answer(&exchange.body);
        for (before, ..) in splits(&exchange.body).skip(1) {
            survives(&exchange, &recorded, before);
        }
        for (.., after) in splits(&exchange.body).filter(|(.., after)| !after.is_empty()) {
            survives(&exchange, &recorded, after);
        }
    }
}

#[test]
fn a_body_with_a_damaged_letter_is_no_other_fact() {
    let letters: Vec<char> = "{}[]\"':,\\/ \n\0%x06u-.é\u{fffd}\u{1f600}".chars().collect();
    let mut tried = 0;
    for exchange in exchanges() {
        let recorded = exchange.answer(&exchange.body);
        for (before, letter, after) in splits(&exchange.body) {
            survives(&exchange, &recorded, &format!("{before}{after}"));
            survives(&exchange, &recorded, &format!("{before}{letter}{letter}{after}"));
            for other in &letters {
                survives(&exchange, &recorded, &format!("{before}{other}{after}"));
                survives(&exchange, &recorded, &format!("{before}{other}{letter}{after}"));
                tried += 2;
            }
        }
    }
    println!("{tried} damaged bodies");
    assert!(tried > 10_000, "only {tried} bodies were tried");
}

#[test]
fn a_damaged_body_with_an_error_status_is_no_fact() {
    for mut exchange in exchanges() {
        let body = exchange.body.clone();
        for status in (0..600).step_by(7) {
            exchange.status = status;
            for (before, _, after) in splits(&body) {
                let answer = exchange.answer(&format!("{before}{after}"));
                let is_success = (200..300).contains(&status);
                let is_fact = !matches!(answer, Answer::Refused(_) | Answer::Unclear { .. });
                assert!(is_success || !is_fact, "{status} {before}{after} is read as {answer:?}");
            }
        }
    }
}
