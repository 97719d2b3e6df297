//! Replies about one slot.

use super::{UUID, is_unclear, read, reads_as};
use crate::support::parse_answer;

#[test]
fn a_held_slot_names_the_call() {
    reads_as("slots 6", r#"{"slot":"6","UUID":"$U"}"#, "held 6 $U");
    reads_as("slots 6", r#"{"slot":6,"UUID":"$U"}"#, "held 6 $U");
    reads_as("slots 6", r#"{"slot":" 6 ","uuid":"$U"}"#, "held 6 $U");
    reads_as("slots 6", r#"{"UUID":"$U"}"#, "held 6 $U");
    reads_as("slots 6", r#"{"slot":null,"Uuid":"$U"}"#, "held 6 $U");
    reads_as("slots 6", "{u'slot': u'6', u'UUID': u'$U'}", "held 6 $U");
    reads_as("slots 6", "{'slot': 6, 'UUID': '$U'}", "held 6 $U");
}

#[test]
fn unknown_fields_are_ignored_beside_a_uuid() {
    reads_as("slots 6", r#"{"node":"a","slot":"6","since":[1,{}],"UUID":"$U"}"#, "held 6 $U");
    reads_as("slots 6", r#"{"slot":"6","UUID":null,"since":null}"#, "vacant 6");
}

#[test]
fn the_uuid_may_have_a_prefix_or_no_hyphens() {
    reads_as("slots 6", r#"{"slot":"6","UUID":"3232240860-$U"}"#, "held 6 $U");
    reads_as("slots 6", r#"{"slot":"6","UUID":"37B98FB2A66C11EAAE696FD86D94A0E0"}"#, "held 6 $U");
}

#[test]
fn an_empty_slot_has_many_forms() {
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
        reads_as("slots 6", body, "vacant 6");
    }
}

#[test]
fn a_reply_about_another_slot_is_unclear() {
    is_unclear("slots 6", r#"{"slot":"7","UUID":"$U"}"#);
    is_unclear("slots 6", r#"{"slot":7,"UUID":null}"#);
    is_unclear("slots 6", r#"{"slot":"06","UUID":"$U"}"#);
    is_unclear("slots 6", r#"{"slot":6.0,"UUID":"$U"}"#);
    is_unclear("slots 6", r#"{"slot":["6"],"UUID":"$U"}"#);
    is_unclear("slots 6", r#"{"slot":true,"UUID":"$U"}"#);
}

/// A slot counts as empty only if no field in the reply can be the name of a call.
#[test]
fn a_reply_that_may_name_a_call_is_unclear() {
    is_unclear("slots 6", r#"{"slot":"6","call":"$U"}"#);
    is_unclear("slots 6", r#"{"slot":"6","status":"busy"}"#);
    is_unclear("slots 6", r#"{"result":"ok"}"#);
    is_unclear("slots 6", r#"{"6":"$U"}"#);
    is_unclear("slots 6", r#"{"slot":"6","UUID":7}"#);
    is_unclear("slots 6", r#"{"slot":"6","UUID":false}"#);
    is_unclear("slots 6", r#"{"slot":"6","UUID":["$U"]}"#);
    is_unclear("slots 6", r#"{"slot":"6","UUID":"a/b"}"#);
    is_unclear("slots 6", r#"{"message":"Not found"}"#);
    is_unclear("slots 6", r#"{"error":"something","slot":"6"}"#);
}

#[test]
fn an_empty_or_cut_reply_is_unclear() {
    for body in ["", " \n", "6", "\"\"", "true", "false", "[]", "[null]", "{", r#"{"slot":"6""#] {
        is_unclear("slots 6", body);
    }
    is_unclear("slots 6", "<html>busy</html>");
}

#[test]
fn every_status_from_200_to_299_is_a_success() {
    let body = format!(r#"{{"slot":"6","UUID":"{UUID}"}}"#);
    for status in [200, 201, 202, 299] {
        assert_eq!(
            read("slots 6", status, &body),
            parse_answer(&format!("held 6 {UUID}")),
            "{status}"
        );
    }
    for status in [0, 100, 199, 300, 302, 304, 404, 500] {
        let unclear = parse_answer(&format!("unclear {status} {body}"));
        assert_eq!(read("slots 6", status, &body), unclear, "{status}");
    }
}
