//! What a switch may say to a `park` or a `bridge` that it has carried out. None of it is
//! documented.

use super::{read, tells, tells_nothing};
use crate::support::parse_answer;

#[test]
fn nothing_is_enough() {
    for (asks, told) in [("park 6", "parked 6"), ("bridge 6", "bridged 6")] {
        for body in ["", " \n", "{}", "null", "true", "None", "True"] {
            tells(asks, body, told);
        }
        for status in [200, 201, 204] {
            assert_eq!(read(asks, status, ""), parse_answer(told), "{status}");
        }
    }
    tells("park", "", "parked");
    tells("bridge", "{}", "bridged");
}

#[test]
fn an_echo_of_the_request_says_nothing_new() {
    tells("park 6", r#"{"action":"park","slot":"6"}"#, "parked 6");
    tells("park", r#"{"action":"park"}"#, "parked");
    tells("bridge", r#"{"action":"bridge","slot":null}"#, "bridged");
}

#[test]
fn the_slot_and_the_call_may_be_named() {
    tells("park", r#"{"slot":"3","UUID":"$U"}"#, "parked 3 $U");
    tells("park", r#"{"slot":3}"#, "parked 3");
    tells("park 6", r#"{"UUID":"$U"}"#, "parked 6 $U");
    tells("bridge", "{u'slot': u'3', u'UUID': u'$U'}", "bridged 3 $U");
    tells("bridge 6", r#"{"slot":"6","uuid":"$U","more":1}"#, "bridged 6 $U");
    tells("bridge 6", r#"{"slot":"6","uuid":null}"#, "bridged 6");
    tells("bridge 6", r#"{"slot":"6","uuid":""}"#, "bridged 6");
}

#[test]
fn another_slot_than_the_one_asked_for_is_not_acted_upon() {
    tells_nothing("park 6", r#"{"slot":"7","UUID":"$U"}"#);
    tells_nothing("bridge 6", r#"{"slot":7}"#);
    tells_nothing("park 6", r#"{"slot":"six"}"#);
    tells_nothing("park", r#"{"slot":0}"#);
    tells_nothing("park", r#"{"slot":[3]}"#);
}

/// Some switches write an `error` or a `message` into every answer.
#[test]
fn a_word_that_says_all_is_well_is_no_failure() {
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
        tells("slots 6", &format!(r#"{{"slot":"6","UUID":"$U",{field}}}"#), "held 6 $U");
        tells("slots 6", &format!(r#"{{{field},"slot":"6","UUID":null}}"#), "vacant 6");
        tells("slots", &format!(r#"{{{field},"slots":[1,2]}}"#), "free 1 2");
        tells("park 6", &format!(r#"{{"slot":"6","UUID":"$U",{field}}}"#), "parked 6 $U");
        tells("bridge 6", &format!(r#"{{"slot":"6","UUID":"$U",{field}}}"#), "bridged 6 $U");
        tells("park", &format!(r#"{{"slot":"3",{field}}}"#), "parked 3");
        // A slot without a word on a call, and nothing but a word, are no complete answers.
        tells_nothing("slots 6", &format!(r#"{{"slot":"6",{field}}}"#));
        for asks in ["slots 6", "slots", "park 6", "bridge 6"] {
            tells_nothing(asks, &format!("{{{field}}}"));
        }
    }
}

#[test]
fn any_other_word_may_be_about_a_failure() {
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
            tells_nothing(asks, &format!(r#"{{"slot":"6","UUID":"$U",{field}}}"#));
        }
        tells_nothing("slots", &format!(r#"{{"slots":[1,2],{field}}}"#));
    }
}

/// What is not known to be a success is none: the mirror asks what became of it.
#[test]
fn what_may_be_a_failure_is_no_success() {
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
        tells_nothing("park 6", body);
        tells_nothing("bridge 6", body);
    }
}
