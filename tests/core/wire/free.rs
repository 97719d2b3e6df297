//! Which slots are free. No answer to that is documented, so every plausible one is read.

use valet_park::{Answer, Slot};

use super::{read, tells, tells_nothing};
use crate::support::parse_answer;

#[test]
fn an_array_of_texts_or_numbers() {
    tells("slots", r#"["1","2","9"]"#, "free 1 2 9");
    tells("slots", "[1, 2, 9]", "free 1 2 9");
    tells("slots", r#"[1, "2"]"#, "free 1 2");
    tells("slots", "[u'1', u'2']", "free 1 2");
    tells("slots", "[]", "free");
}

#[test]
fn an_object_with_such_an_array() {
    for name in ["slots", "free", "free_slots", "slot", "Slots", "FREE"] {
        tells("slots", &format!(r#"{{"{name}":["3","4"]}}"#), "free 3 4");
        tells("slots", &format!(r#"{{"{name}":[]}}"#), "free");
    }
    tells("slots", "{u'slots': [u'3', u'4']}", "free 3 4");
    tells("slots", r#"{"status":"ok","slots":[3,4]}"#, "free 3 4");
    tells("slots", r#"{"slots":"3, 4"}"#, "free 3 4");
    tells("slots", r#"{"slot":"7"}"#, "free 7");
    tells("slots", r#"{"slots":{"3":true,"4":false}}"#, "free 3");
}

#[test]
fn an_object_keyed_by_slot() {
    tells("slots", r#"{"1":null,"2":"$U","3":null}"#, "free 1 3");
    tells("slots", r#"{"1":true,"2":false}"#, "free 1");
    tells("slots", r#"{"1":"","2":"None","3":"$U","4":"free"}"#, "free 1 2 4");
    tells("slots", r#"{"4":4,"5":"5"}"#, "free 4 5");
    tells("slots", "{1: None, 2: u'$U'}", "free 1");
}

#[test]
fn a_text_with_commas() {
    tells("slots", r#""1,2,9""#, "free 1 2 9");
    tells("slots", r#""1, 2, 9""#, "free 1 2 9");
    tells("slots", "1,2,9", "free 1 2 9");
    tells("slots", "7", "free 7");
    tells("slots", r#""""#, "free");
}

#[test]
fn the_slots_come_in_order_each_once() {
    tells("slots", "[9,1,3,1]", "free 1 3 9");
    tells("slots", r#"{"3":null,"1":null}"#, "free 1 3");
    let descending: Vec<String> = (1..=65_535).rev().map(|slot| slot.to_string()).collect();
    let all = Answer::Free { slots: Slot::first(u16::MAX).collect() };
    let twice = [descending.clone(), descending].concat().join(",");
    assert!(read("slots", 200, &format!("[{twice}]")) == all, "all slots are free");
}

#[test]
fn a_list_with_anything_else_in_it_tells_nothing() {
    for body in [
        "[0]",
        "[1,null]",
        "[1,true]",
        "[1,[2]]",
        r#"["1","two"]"#,
        r#"["06"]"#,
        "[1.0]",
        "[-1]",
        "[65536]",
        "[1,2",
        "1;2",
        "1,,2",
        "1 2",
    ] {
        tells_nothing("slots", body);
    }
}

#[test]
fn nothing_and_anything_else_tell_nothing() {
    for body in ["", " ", "null", "{}", "true", "none", r#"{"result":"ok"}"#, "<html></html>"] {
        tells_nothing("slots", body);
    }
    tells_nothing("slots", r#"{"1":null,"message":"x"}"#);
    tells_nothing("slots", r#"{"1":null,"two":null}"#);
    tells_nothing("slots", r#"{"1":{},"2":null}"#);
    tells_nothing("slots", r#"{"message":"slots are not available"}"#);
    assert_eq!(read("slots", 204, ""), parse_answer("unclear 204 "));
}
