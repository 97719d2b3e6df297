//! Replies to a `park` or a `bridge` that the switch has carried out. The documents show none.

use super::{is_unclear, read, reads_as};
use crate::support::parse_answer;

#[test]
fn an_empty_reply_is_a_success() {
    for (asks, answer) in [("park 6", "parked 6"), ("bridge 6", "bridged 6")] {
        for body in ["", " \n", "{}", "null", "true", "None", "True"] {
            reads_as(asks, body, answer);
        }
        for status in [200, 201, 204] {
            assert_eq!(read(asks, status, ""), parse_answer(answer), "{status}");
        }
    }
    reads_as("park", "", "parked");
    reads_as("bridge", "{}", "bridged");
}

#[test]
fn an_echo_of_the_request_is_a_success() {
    reads_as("park 6", r#"{"action":"park","slot":"6"}"#, "parked 6");
    reads_as("park", r#"{"action":"park"}"#, "parked");
    reads_as("bridge", r#"{"action":"bridge","slot":null}"#, "bridged");
}

#[test]
fn a_success_may_name_the_slot_and_the_call() {
    reads_as("park", r#"{"slot":"3","UUID":"$U"}"#, "parked 3 $U");
    reads_as("park", r#"{"slot":3}"#, "parked 3");
    reads_as("park 6", r#"{"UUID":"$U"}"#, "parked 6 $U");
    reads_as("bridge", "{u'slot': u'3', u'UUID': u'$U'}", "bridged 3 $U");
    reads_as("bridge 6", r#"{"slot":"6","uuid":"$U","more":1}"#, "bridged 6 $U");
    reads_as("bridge 6", r#"{"slot":"6","uuid":null}"#, "bridged 6");
    reads_as("bridge 6", r#"{"slot":"6","uuid":""}"#, "bridged 6");
}

#[test]
fn a_success_with_another_slot_is_unclear() {
    is_unclear("park 6", r#"{"slot":"7","UUID":"$U"}"#);
    is_unclear("bridge 6", r#"{"slot":7}"#);
    is_unclear("park 6", r#"{"slot":"six"}"#);
    is_unclear("park", r#"{"slot":0}"#);
    is_unclear("park", r#"{"slot":[3]}"#);
}

/// Some switches write an `error` or a `message` into every answer.
#[test]
fn an_error_or_message_that_reports_a_success_is_no_failure() {
    for field in [
        r#""error":"""#,
        r#""error":" ""#,
        r#""error":null"#,
        r#""error":false"#,
        r#""error":"false""#,
        r#""error":0"#,
        r#""error":"0""#,
        r#""error":"None""#,
        r#""error":"no error""#,
        r#""error":[]"#,
        r#""error":{}"#,
        r#""error":"OK""#,
        r#""error":null,"message":"OK""#,
        r#""message":"OK""#,
        r#""message":"ok.""#,
        r#""message":"Okay!""#,
        r#""message":"+OK""#,
        r#""message":"Success""#,
        r#""message":"SUCCESSFUL""#,
        r#""message":"done""#,
        r#""message":"true""#,
        r#""message":true"#,
        r#""message":null"#,
        r#""message":"""#,
        r#""message":0"#,
        r#""message":"OK","status":"ok""#,
    ] {
        reads_as("slots 6", &format!(r#"{{"slot":"6","UUID":"$U",{field}}}"#), "held 6 $U");
        reads_as("slots 6", &format!(r#"{{{field},"slot":"6","UUID":null}}"#), "vacant 6");
        reads_as("slots", &format!(r#"{{{field},"slots":[1,2]}}"#), "free 1 2");
        reads_as("park 6", &format!(r#"{{"slot":"6","UUID":"$U",{field}}}"#), "parked 6 $U");
        reads_as("bridge 6", &format!(r#"{{"slot":"6","UUID":"$U",{field}}}"#), "bridged 6 $U");
        reads_as("park", &format!(r#"{{"slot":"3",{field}}}"#), "parked 3");
        // A slot without a word on a call, and nothing but a word, are no complete answers.
        is_unclear("slots 6", &format!(r#"{{"slot":"6",{field}}}"#));
        for asks in ["slots 6", "slots", "park 6", "bridge 6"] {
            is_unclear(asks, &format!("{{{field}}}"));
        }
    }
}

#[test]
fn any_other_error_or_message_is_unclear() {
    for field in [
        r#""error":"busy""#,
        r#""error":true"#,
        r#""error":"true""#,
        r#""error":1"#,
        r#""error":-1"#,
        r#""error":"not ok""#,
        r#""error":["busy"]"#,
        r#""error":{"code":7}"#,
        r#""error":"","message":"busy""#,
        r#""message":"busy""#,
        r#""message":false"#,
        r#""message":"false""#,
        r#""message":1"#,
        r#""message":"ok, but later""#,
        r#""message":"unsuccessful""#,
        r#""message":[]"#,
        r#""message":{}"#,
    ] {
        for asks in ["slots 6", "park 6", "bridge 6"] {
            is_unclear(asks, &format!(r#"{{"slot":"6","UUID":"$U",{field}}}"#));
        }
        is_unclear("slots", &format!(r#"{{"slots":[1,2],{field}}}"#));
    }
}

/// The mirror then asks the switch what happened.
#[test]
fn a_reply_that_may_be_a_failure_is_unclear() {
    for body in [
        "false",
        "0",
        "6",
        "[]",
        "\"\"",
        "\"ok\"",
        "OK",
        "<html></html>",
        "{",
        r#"{"slot":"6""#,
        r#"{"success":false}"#,
        r#"{"result":"failed"}"#,
        r#"{"message":"the switch is busy"}"#,
        r#"{"error":"busy","slot":"6"}"#,
        r#"{"slot":"6","message":"busy"}"#,
    ] {
        is_unclear("park 6", body);
        is_unclear("bridge 6", body);
    }
}
