//! Who waits in one slot.

use super::{UUID, read, tells, tells_nothing};
use crate::support::parse_answer;

#[test]
fn a_held_slot_names_the_call() {
    tells("slots 6", r#"{"slot":"6","UUID":"$U"}"#, "held 6 $U");
    tells("slots 6", r#"{"slot":6,"UUID":"$U"}"#, "held 6 $U");
    tells("slots 6", r#"{"slot":" 6 ","uuid":"$U"}"#, "held 6 $U");
    tells("slots 6", r#"{"UUID":"$U"}"#, "held 6 $U");
    tells("slots 6", r#"{"slot":null,"Uuid":"$U"}"#, "held 6 $U");
    tells("slots 6", "{u'slot': u'6', u'UUID': u'$U'}", "held 6 $U");
    tells("slots 6", "{'slot': 6, 'UUID': '$U'}", "held 6 $U");
}

#[test]
fn fields_nobody_has_heard_of_make_no_difference() {
    tells("slots 6", r#"{"node":"a","slot":"6","since":[1,{}],"UUID":"$U"}"#, "held 6 $U");
    tells("slots 6", r#"{"slot":"6","UUID":null,"since":null}"#, "vacant 6");
}

#[test]
fn the_call_may_be_named_in_full_or_without_hyphens() {
    tells("slots 6", r#"{"slot":"6","UUID":"3232240860-$U"}"#, "held 6 $U");
    tells("slots 6", r#"{"slot":"6","UUID":"37B98FB2A66C11EAAE696FD86D94A0E0"}"#, "held 6 $U");
}

#[test]
fn an_empty_slot_has_many_spellings() {
    for body in [
        "{}",
        "null",
        "None",
        r#"{"slot":"6"}"#,
        r#"{"slot":6,"UUID":null}"#,
        r#"{"slot":"6","UUID":""}"#,
        r#"{"slot":"6","UUID":" "}"#,
        r#"{"UUID":null}"#,
        "{u'slot': u'6', u'UUID': None}",
        "{u'slot': u'6', u'UUID': u'None'}",
        r#"{"slot":"6","UUID":"null"}"#,
    ] {
        tells("slots 6", body, "vacant 6");
    }
}

#[test]
fn an_answer_about_another_slot_tells_nothing() {
    tells_nothing("slots 6", r#"{"slot":"7","UUID":"$U"}"#);
    tells_nothing("slots 6", r#"{"slot":7,"UUID":null}"#);
    tells_nothing("slots 6", r#"{"slot":"06","UUID":"$U"}"#);
    tells_nothing("slots 6", r#"{"slot":6.0,"UUID":"$U"}"#);
    tells_nothing("slots 6", r#"{"slot":["6"],"UUID":"$U"}"#);
    tells_nothing("slots 6", r#"{"slot":true,"UUID":"$U"}"#);
}

/// A slot counts as empty only where nothing in the answer could be the name of a call.
#[test]
fn an_answer_that_may_mean_something_else_frees_nothing() {
    tells_nothing("slots 6", r#"{"slot":"6","call":"$U"}"#);
    tells_nothing("slots 6", r#"{"slot":"6","status":"busy"}"#);
    tells_nothing("slots 6", r#"{"result":"ok"}"#);
    tells_nothing("slots 6", r#"{"6":"$U"}"#);
    tells_nothing("slots 6", r#"{"slot":"6","UUID":7}"#);
    tells_nothing("slots 6", r#"{"slot":"6","UUID":false}"#);
    tells_nothing("slots 6", r#"{"slot":"6","UUID":["$U"]}"#);
    tells_nothing("slots 6", r#"{"slot":"6","UUID":"a/b"}"#);
    tells_nothing("slots 6", r#"{"message":"Not found"}"#);
    tells_nothing("slots 6", r#"{"error":"something","slot":"6"}"#);
}

#[test]
fn no_answer_or_half_of_one_frees_nothing() {
    for body in ["", " \n", "6", "\"\"", "true", "false", "[]", "[null]", "{", r#"{"slot":"6""#] {
        tells_nothing("slots 6", body);
    }
    tells_nothing("slots 6", "<html>busy</html>");
}

#[test]
fn every_success_is_as_good_as_a_200() {
    let body = format!(r#"{{"slot":"6","UUID":"{UUID}"}}"#);
    for status in [200, 201, 202, 299] {
        assert_eq!(
            read("slots 6", status, &body),
            parse_answer(&format!("held 6 {UUID}")),
            "{status}"
        );
    }
    for status in [0, 100, 199, 300, 302, 304, 404, 500] {
        let told = parse_answer(&format!("unclear {status} {body}"));
        assert_eq!(read("slots 6", status, &body), told, "{status}");
    }
}
