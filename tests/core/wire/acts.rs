//! What a switch may say to a `park` or a `bridge` that it has carried out. None of it is
//! documented.

use super::{read, tells, tells_nothing};
use crate::support::hear;

#[test]
fn nothing_is_enough() {
    for (asks, told) in [("park 6", "parked 6"), ("bridge 6", "bridged 6")] {
        for body in ["", " \n", "{}", "null", "true", "None", "True"] {
            tells(asks, body, told);
        }
        for status in [200, 201, 204] {
            assert_eq!(read(asks, status, ""), hear(told), "{status}");
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
