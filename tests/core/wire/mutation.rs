//! Recordings, damaged in every simple way.
//!
//! The goal: whatever arrives, nothing panics, and no damage turns one fact into another. The
//! method: cut each body at every letter, and put something else in the place of each. What comes
//! out must be the fact that was recorded, or a refusal, or nothing certain. Damage within the name
//! of a call or the number of a slot gives another name or number; nobody could notice that.

use core::mem::discriminant;

use valet_park::Answer;

use super::recordings::{Exchange, exchanges};

/// No fact but the one that was recorded is made of `body`.
#[track_caller]
fn survives(exchange: &Exchange, recorded: &Answer, body: &str) {
    let answer = exchange.answer(body);
    let is_fact = !matches!(answer, Answer::Refused(_) | Answer::Unclear { .. });
    let is_same = discriminant(&answer) == discriminant(recorded);
    assert!(!is_fact || is_same, "{}: {body:?} tells {answer:?}", exchange.title);
    // Of whom and of where a fact speaks is not made up.
    match (&answer, recorded) {
        (Answer::Held { slot, .. }, Answer::Held { slot: asked, .. })
        | (Answer::Vacant { slot }, Answer::Vacant { slot: asked }) => {
            assert_eq!(slot, asked, "{}: {body:?}", exchange.title);
        }
        _ => {}
    }
}

/// The body, before and after each of its letters.
fn splits(body: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    body.char_indices().map(|(at, letter)| {
        let (before, rest) = body.split_at(at);
        let (letter, after) = rest.split_at(letter.len_utf8());
        (before, letter, after)
    })
}

/// Nothing at all is a success for some; but half of something never is.
#[test]
fn a_truncated_body_tells_nothing_else() {
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
fn a_damaged_letter_tells_nothing_else() {
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
fn a_damaged_body_is_survived_with_every_status() {
    for mut exchange in exchanges() {
        let body = exchange.body.clone();
        for status in (0..600).step_by(7) {
            exchange.status = status;
            for (before, _, after) in splits(&body) {
                let answer = exchange.answer(&format!("{before}{after}"));
                let is_success = (200..300).contains(&status);
                let is_fact = !matches!(answer, Answer::Refused(_) | Answer::Unclear { .. });
                assert!(is_success || !is_fact, "{status} {before}{after} tells {answer:?}");
            }
        }
    }
}
