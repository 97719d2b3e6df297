//! Lists of free slots. The documents show no such reply, so each likely form is read.

use valet_park::{Answer, Slot};

use super::{is_unclear, read, reads_as};
use crate::support::parse_answer;

#[test]
fn an_array_of_texts_or_numbers_is_read() {
    reads_as("slots", r#"["1","2","9"]"#, "free 1 2 9");
    reads_as("slots", "[1, 2, 9]", "free 1 2 9");
    reads_as("slots", r#"[1, "2"]"#, "free 1 2");
    reads_as("slots", "[u'1', u'2']", "free 1 2");
    reads_as("slots", "[]", "free");
}

#[test]
fn an_object_with_such_an_array_is_read() {
    for name in ["slots", "free", "free_slots", "slot", "Slots", "FREE"] {
        reads_as("slots", &format!(r#"{{"{name}":["3","4"]}}"#), "free 3 4");
        reads_as("slots", &format!(r#"{{"{name}":[]}}"#), "free");
    }
    reads_as("slots", "{u'slots': [u'3', u'4']}", "free 3 4");
    reads_as("slots", r#"{"status":"ok","slots":[3,4]}"#, "free 3 4");
    reads_as("slots", r#"{"slots":"3, 4"}"#, "free 3 4");
    reads_as("slots", r#"{"slot":"7"}"#, "free 7");
    reads_as("slots", r#"{"slots":{"3":true,"4":false}}"#, "free 3");
}

#[test]
fn an_object_with_slots_as_names_is_read() {
    reads_as("slots", r#"{"1":null,"2":"$U","3":null}"#, "free 1 3");
    reads_as("slots", r#"{"1":true,"2":false}"#, "free 1");
    reads_as("slots", r#"{"1":"","2":"None","3":"$U","4":"free"}"#, "free 1 2 4");
    reads_as("slots", r#"{"4":4,"5":"5"}"#, "free 4 5");
    reads_as("slots", "{1: None, 2: u'$U'}", "free 1");
}

#[test]
fn a_text_with_commas_is_read() {
    reads_as("slots", r#""1,2,9""#, "free 1 2 9");
    reads_as("slots", r#""1, 2, 9""#, "free 1 2 9");
    reads_as("slots", "1,2,9", "free 1 2 9");
    reads_as("slots", "7", "free 7");
    reads_as("slots", r#""""#, "free");
}

#[test]
fn the_slots_are_sorted_and_each_comes_once() {
    reads_as("slots", "[9,1,3,1]", "free 1 3 9");
    reads_as("slots", r#"{"3":null,"1":null}"#, "free 1 3");
    let descending: Vec<String> = (1..=65_535).rev().map(|slot| slot.to_string()).collect();
    let all = Answer::Free { slots: Slot::first(u16::MAX).collect() };
    let twice = [descending.clone(), descending].concat().join(",");
    assert!(read("slots", 200, &format!("[{twice}]")) == all, "the answer has all slots in order");
}

#[test]
fn a_list_with_anything_but_slots_is_unclear() {
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
        is_unclear("slots", body);
    }
}

#[test]
fn an_empty_reply_and_any_other_value_are_unclear() {
    for body in ["", " ", "null", "{}", "true", "none", r#"{"result":"ok"}"#, "<html></html>"] {
        is_unclear("slots", body);
    }
    is_unclear("slots", r#"{"1":null,"message":"x"}"#);
    is_unclear("slots", r#"{"1":null,"two":null}"#);
    is_unclear("slots", r#"{"1":{},"2":null}"#);
    is_unclear("slots", r#"{"message":"slots are not available"}"#);
    assert_eq!(read("slots", 204, ""), parse_answer("unclear 204 "));
}
