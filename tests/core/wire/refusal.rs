//! Refusals.

use valet_park::answer::Refusal;
use valet_park::{Answer, RefusalCode};

use super::{read, reads_as};
use crate::support::{parse_answer, slot};

/// The reply is read as a refusal with this code and message, about the slot of the question.
#[track_caller]
fn refuses(asks: &str, status: u16, body: &str, code: &str, message: &str) {
    let code = RefusalCode::from_word(code).unwrap();
    let asked = asks.split_once(' ').map(|(_, number)| number.parse().unwrap());
    let refusal = Refusal { message: message.to_owned(), ..Refusal::new(code, asked) };
    assert_eq!(read(asks, status, body), Answer::Refused(refusal), "{asks}: {status} {body}");
}

#[test]
fn the_documented_sentence_means_taken_with_any_status_and_letter_case() {
    for body in [
        "slot already have parked member, slot is full",
        "SLOT ALREADY HAVE PARKED MEMBER",
        r#"{"message":"slot already have parked member, slot is full","status":"error"}"#,
        r#"{"error":{"text":["-ERR slot already have parked member"]}}"#,
        "{u'message': u'Slot already have parked member'",
        "\u{fffd}slot already have parked member\u{fffd}",
    ] {
        for status in [0, 200, 204, 400, 403, 404, 409, 429, 500, 503] {
            assert_eq!(
                read("park 6", status, body),
                parse_answer("refused taken 6"),
                "{status} {body}"
            );
        }
    }
    reads_as("park", "slot already have parked member", "refused taken");
}

#[test]
fn another_sentence_about_a_full_slot_does_not_mean_taken() {
    refuses("park 6", 400, "slot is full", "bad-request", "the request is malformed");
    assert_eq!(
        read("park 6", 409, "slot already parked"),
        parse_answer("unclear 409 slot already parked")
    );
}

#[test]
fn some_statuses_stand_for_a_refusal() {
    refuses("park 6", 400, "", "bad-request", "the request is malformed");
    refuses("park 6", 401, "", "unauthorized", "a valid token is required");
    refuses("park 6", 403, "", "forbidden", "this is not allowed");
    refuses("park 6", 422, "<html></html>", "bad-request", "the request is malformed");
    refuses("park 6", 429, "", "rate-limited", "too many requests");
    for status in [300, 402, 409, 418, 500, 503, 599] {
        assert_eq!(
            read("park 6", status, ""),
            parse_answer(&format!("unclear {status} ")),
            "{status}"
        );
    }
}

#[test]
fn the_message_of_the_switch_is_kept() {
    refuses("slots", 401, r#"{"message":"No token"}"#, "unauthorized", "No token");
    refuses("slots", 403, "{u'message': u'No way', u'status': 403}", "forbidden", "No way");
    for blank in ["", " "] {
        let body = format!(r#"{{"message":"{blank}"}}"#);
        refuses("slots", 403, &body, "forbidden", "this is not allowed");
    }
    let long = "x".repeat(500);
    let body = format!(r#"{{"message":"{long}"}}"#);
    refuses("slots", 403, &body, "forbidden", &long[..120]);
}

#[test]
fn a_known_word_in_the_body_overrules_the_status() {
    for word in ["rate_limit_exceeded", "rate-limited", "RATE_LIMITED"] {
        let body = format!(r#"{{"message":"Slow down","status":"{word}"}}"#);
        refuses("slots", 400, &body, "rate-limited", "Slow down");
    }
    let denied = r#"{"message":"No","status":"app_access_type_deny"}"#;
    refuses("slots", 400, denied, "forbidden", "No");
    let grant = r#"{"error":"invalid_grant"}"#;
    refuses("slots", 400, grant, "unauthorized", "a valid token is required");
    let full = r#"{"message":"Full","code":"lot_full"}"#;
    refuses("park", 409, full, "lot-full", "Full");
    refuses("park", 200, full, "lot-full", "Full");
}

#[test]
fn the_messages_of_this_crate_are_understood_without_a_word() {
    for code in RefusalCode::ALL.iter().filter(|code| **code != RefusalCode::Taken) {
        let body = format!(r#"{{"message":"{}"}}"#, code.message());
        refuses("bridge 6", 409, &body, code.as_str(), code.message());
    }
}

#[test]
fn a_refusal_may_name_another_slot_than_the_question() {
    let body = r#"{"message":"this call is parked in another slot","slot":4}"#;
    let refusal = Refusal::new(RefusalCode::AlreadyParked, Some(slot(4)));
    assert_eq!(read("park 6", 409, body), Answer::Refused(refusal));
}

#[test]
fn a_404_means_a_dead_call_unless_it_may_mean_an_empty_slot() {
    let missing = r#"{"message":"Not found"}"#;
    for asks in ["slots", "bridge", "park", "park 6"] {
        refuses(asks, 404, missing, "no-such-call", "Not found");
        refuses(asks, 404, "", "no-such-call", "there is no such call");
    }
    for asks in ["slots 6", "bridge 6"] {
        assert_eq!(read(asks, 404, missing), parse_answer(&format!("unclear 404 {missing}")));
        assert_eq!(read(asks, 404, ""), parse_answer("unclear 404 "));
    }
}

#[test]
fn an_unclear_answer_keeps_the_beginning_of_the_body_in_one_line() {
    let body = format!("  line one\r\nline two\t{}", "я".repeat(200));
    let Answer::Unclear { status: 500, found, .. } = read("slots 6", 500, &body) else {
        panic!("expected an unclear answer");
    };
    assert_eq!(found.chars().count(), 120);
    assert!(found.starts_with("line one  line two я"), "{found}");
}
