//! Bodies as JSON, and as Python prints them.

use valet_park::Answer;
use valet_park::wire::{Dialect, read_request};

use super::{UUID, read, tells, tells_nothing};
use crate::support::parse_answer;

/// The text with which a slot is told to be held, as it stands in the body.
#[track_caller]
fn names(quoted: &str, call: &str) {
    tells("slots 6", &format!(r#"{{"UUID":{quoted}}}"#), &format!("held 6 {call}"));
}

#[test]
fn every_escape_of_json_is_undone() {
    names(r#""a\u006e\u006E""#, "ann");
    names(r#""\u0437\u0432""#, "зв");
    names(r#""\ud83d\ude00""#, "😀");
    names(r#""a\"b""#, "a\"b");
    tells("slots 6", r#"{"\u0073lot":"\u0036","UUID":"$U"}"#, "held 6 $U");
}

#[test]
fn half_a_surrogate_is_no_letter_and_no_disaster() {
    names(r#""a\ud83d""#, "a\u{fffd}");
    names(r#""a\ud83db""#, "a\u{fffd}b");
    names(r#""a\ude00b""#, "a\u{fffd}b");
    names(r#""a\ud83d\u0062""#, "a\u{fffd}b");
    names(r#""a\ud83d\ud83d\ude00""#, "a\u{fffd}😀");
}

#[test]
fn a_wrong_escape_makes_no_sense() {
    for text in [r#""a\u00""#, r#""a\u00g0""#, r#""a\u+041""#, r#""a\q""#, r#""a\""#, r#""a"#] {
        tells_nothing("slots 6", &format!(r#"{{"UUID":{text}}}"#));
    }
}

#[test]
fn blanks_and_a_byte_order_mark_say_nothing() {
    tells("slots 6", "\u{feff}{\"slot\":\"6\",\"UUID\":\"$U\"}", "held 6 $U");
    tells("slots 6", " {\r\n\t\"slot\" : \"6\" ,\n \"UUID\" : \"$U\" } \n", "held 6 $U");
}

#[test]
fn of_two_fields_with_one_name_the_last_counts() {
    tells("slots 6", r#"{"UUID":null,"UUID":"$U"}"#, "held 6 $U");
    tells("slots 6", r#"{"UUID":"$U","uuid":null}"#, "vacant 6");
}

#[test]
fn python_has_its_own_quotation_marks_and_words() {
    tells("slots 6", "{'UUID': u\"$U\"}", "held 6 $U");
    tells("slots 6", "{b'UUID': b'$U'}", "held 6 $U");
    tells("slots 6", "{\"UUID\": '$U'}", "held 6 $U");
    tells("slots", "{1: True, 2: False, 3: None}", "free 1 3");
}

#[test]
fn what_is_neither_notation_makes_no_sense() {
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
        tells_nothing("slots 6", body);
    }
    for body in ["[01]", "[1e]", "[.5]", "[1.]", "[+1]", "[0x1]", "[1 2]", "[1,]", "[,1]"] {
        tells_nothing("slots", body);
    }
}

#[test]
fn a_body_that_nests_without_end_is_given_up() {
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

/// A body that names a call and has `value` in another field.
fn beside(value: &str) -> String {
    format!(r#"{{"UUID":"{UUID}","x":{value}}}"#)
}

#[test]
fn every_short_escape_is_read() {
    for text in
        [r#""\b""#, r#""\f""#, r#""\n""#, r#""\r""#, r#""\t""#, r#""\/""#, r#""\\""#, r#""\"""#]
    {
        tells("slots 6", &beside(text), "held 6 $U");
    }
}

#[test]
fn python_escapes_its_own_quotation_mark_and_letters_by_two_digits() {
    for text in [r"'it\'s'", r"'\x41'"] {
        tells("slots 6", &beside(text), "held 6 $U");
    }
    let body = r#"{"action":"park","x":"\x41"}"#;
    let path = "/extension/34414/valet_park/ann";
    assert!(read_request("PUT", path, body, Dialect::default()).is_err());
}

#[test]
fn a_number_is_one_of_json() {
    for number in ["0", "7", "10", "-1", "-0", "0.5", "1.25", "1e5", "1E+5", "12.5e-10", "0e0"] {
        tells("slots 6", &beside(number), "held 6 $U");
    }
    for odd in
        ["", "-", "--1", "01", "01.5", "01e5", "1.", "1.e5", ".5", "1e", "1e+", "1.5.5", "1x"]
    {
        tells_nothing("slots 6", &beside(odd));
    }
}

#[test]
fn a_raw_control_character_makes_no_sense() {
    for text in ["\"a\nb\"", "\"\u{1f}\"", "'\t'"] {
        tells_nothing("slots 6", &beside(text));
    }
}
