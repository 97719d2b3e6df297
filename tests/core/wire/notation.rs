//! Bodies in JSON and in the notation of Python.

use valet_park::Answer;
use valet_park::wire::{Dialect, read_request};

use super::{UUID, is_unclear, read, reads_as};
use crate::support::parse_answer;

/// A body with this text as its UUID names this call.
#[track_caller]
fn names(quoted: &str, call: &str) {
    reads_as("slots 6", &format!(r#"{{"UUID":{quoted}}}"#), &format!("held 6 {call}"));
}

#[test]
fn escapes_of_json_are_read() {
    names(r#""a\u006e\u006E""#, "ann");
    names(r#""\u0437\u0432""#, "зв");
    names(r#""\ud83d\ude00""#, "😀");
    names(r#""a\"b""#, "a\"b");
    reads_as("slots 6", r#"{"\u0073lot":"\u0036","UUID":"$U"}"#, "held 6 $U");
}

#[test]
fn a_lone_surrogate_becomes_the_replacement_character() {
    names(r#""a\ud83d""#, "a\u{fffd}");
    names(r#""a\ud83db""#, "a\u{fffd}b");
    names(r#""a\ude00b""#, "a\u{fffd}b");
    names(r#""a\ud83d\u0062""#, "a\u{fffd}b");
    names(r#""a\ud83d\ud83d\ude00""#, "a\u{fffd}😀");
}

#[test]
fn a_wrong_escape_is_unclear() {
    for text in [r#""a\u00""#, r#""a\u00g0""#, r#""a\u+041""#, r#""a\q""#, r#""a\""#, r#""a"#] {
        is_unclear("slots 6", &format!(r#"{{"UUID":{text}}}"#));
    }
}

#[test]
fn blanks_and_a_byte_order_mark_are_skipped() {
    reads_as("slots 6", "\u{feff}{\"slot\":\"6\",\"UUID\":\"$U\"}", "held 6 $U");
    reads_as("slots 6", " {\r\n\t\"slot\" : \"6\" ,\n \"UUID\" : \"$U\" } \n", "held 6 $U");
}

#[test]
fn the_last_of_two_fields_with_one_name_counts() {
    reads_as("slots 6", r#"{"UUID":null,"UUID":"$U"}"#, "held 6 $U");
    reads_as("slots 6", r#"{"UUID":"$U","uuid":null}"#, "vacant 6");
}

#[test]
fn quotation_marks_and_words_of_python_are_read() {
    reads_as("slots 6", "{'UUID': u\"$U\"}", "held 6 $U");
    reads_as("slots 6", "{b'UUID': b'$U'}", "held 6 $U");
    reads_as("slots 6", "{\"UUID\": '$U'}", "held 6 $U");
    reads_as("slots", "{1: True, 2: False, 3: None}", "free 1 3");
}

#[test]
fn a_body_in_neither_notation_is_unclear() {
    for body in [
        "{]",
        "{,}",
        "{\"UUID\"}",
        "{\"UUID\":}",
        "{\"UUID\":null,}",
        "{\"UUID\":null}x",
        "{\"UUID\":null}{}",
        "{UUID:null}",
        "{\"UUID\":nul}",
        "{\"UUID\":NULL}",
        "{\"UUID\":undefined}",
        "{'UUID': 'a\nb'}",
        "{\"UUID\":\"a\u{1f}b\"}",
        "(None,)",
    ] {
        is_unclear("slots 6", body);
    }
    for body in ["[01]", "[1e]", "[.5]", "[1.]", "[+1]", "[0x1]", "[1 2]", "[1,]", "[,1]"] {
        is_unclear("slots", body);
    }
}

#[test]
fn a_body_with_deep_nesting_is_unclear() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for depth in [14, 15, 16, 17, 100_000] {
        let body = format!(r#"{{"UUID":"{UUID}","x":{}}}"#, nested(depth));
        let answer = read("slots 6", 200, &body);
        match depth {
            ..16 => assert_eq!(answer, parse_answer(&format!("held 6 {UUID}")), "{depth} deep"),
            _ => assert!(matches!(answer, Answer::Unclear { .. }), "{depth} deep"),
        }
        read("slots 6", 200, &"[".repeat(depth));
        read("slots 6", 200, &"{\"a\":".repeat(depth));
    }
}

/// A body with a UUID, and with `value` in another field.
fn beside(value: &str) -> String {
    format!(r#"{{"UUID":"{UUID}","x":{value}}}"#)
}

#[test]
fn every_short_escape_is_read() {
    for text in
        [r#""\b""#, r#""\f""#, r#""\n""#, r#""\r""#, r#""\t""#, r#""\/""#, r#""\\""#, r#""\"""#]
    {
        reads_as("slots 6", &beside(text), "held 6 $U");
    }
}

#[test]
fn escapes_of_python_are_read() {
    for text in [r"'it\'s'", r"'\x41'"] {
        reads_as("slots 6", &beside(text), "held 6 $U");
    }
    let body = r#"{"action":"park","x":"\x41"}"#;
    let path = "/extension/34414/valet_park/ann";
    assert!(read_request("PUT", path, body, Dialect::default()).is_err());
}

#[test]
fn numbers_of_json_are_read_and_others_are_unclear() {
    for number in ["0", "7", "10", "-1", "-0", "0.5", "1.25", "1e5", "1E+5", "12.5e-10", "0e0"] {
        reads_as("slots 6", &beside(number), "held 6 $U");
    }
    for odd in
        ["", "-", "--1", "01", "01.5", "01e5", "1.", "1.e5", ".5", "1e", "1e+", "1.5.5", "1x"]
    {
        is_unclear("slots 6", &beside(odd));
    }
}

#[test]
fn a_control_character_in_a_text_is_unclear() {
    for text in ["\"a\nb\"", "\"\u{1f}\"", "'\t'"] {
        is_unclear("slots 6", &beside(text));
    }
}
