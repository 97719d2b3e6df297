use std::collections::HashSet;

use valet_park::{CallApiId, CallUuid};

use super::{accept, refuse};

const UUID: &str = "37b98fb2-a66c-11ea-ae69-6fd86d94a0e0";

#[track_caller]
fn refuse_call(text: &str, found: &str) {
    let message = format!(
        "expected a `call_api_id` like `3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0`, \
         found `{found}`"
    );
    refuse::<CallApiId>(text, &message);
    refuse::<CallUuid>(text, &message);
}

/// Asserts that `text` is a name of a call that keeps its letters and is compared by `uuid`.
#[track_caller]
fn accept_call(text: &str, node: Option<&str>, uuid: &str) {
    let call: CallApiId = text.parse().unwrap();
    assert_eq!(call.as_str(), text);
    assert_eq!(call.to_string(), text);
    assert_eq!(call.node(), node);
    assert_eq!(call.uuid().to_string(), uuid);
    accept::<CallUuid>(text, uuid);
}

#[test]
fn the_documented_name_is_a_switch_and_a_uuid() {
    accept_call(&format!("3232240860-{UUID}"), Some("3232240860"), UUID);
    let random = "262077ef-325f-4868-aa49-bf22309229f7";
    accept_call(&format!("3584709739-{random}"), Some("3584709739"), random);
    accept_call(&format!("0-{UUID}"), Some("0"), UUID);
}

#[test]
fn a_name_may_come_without_the_switch_or_the_hyphens() {
    accept_call(UUID, None, UUID);
    accept_call("37b98fb2a66c11eaae696fd86d94a0e0", None, UUID);
    accept_call("3232240860-37b98fb2a66c11eaae696fd86d94a0e0", Some("3232240860"), UUID);
    accept_call("37B98FB2-A66C-11EA-AE69-6FD86D94A0E0", None, UUID);
}

#[test]
fn a_bare_uuid_that_starts_with_eight_digits_has_no_switch() {
    accept_call(
        "12345678-a66c-11ea-ae69-6fd86d94a0e0",
        None,
        "12345678-a66c-11ea-ae69-6fd86d94a0e0",
    );
    accept_call(
        "1-12345678-a66c-11ea-ae69-6fd86d94a0e0",
        Some("1"),
        "12345678-a66c-11ea-ae69-6fd86d94a0e0",
    );
    accept_call("12345678123412341234123456789012", None, "12345678-1234-1234-1234-123456789012");
}

#[test]
fn an_opaque_name_is_compared_without_hyphens_and_case() {
    accept_call("ann", None, "ann");
    accept_call("Leg-A-1", None, "lega1");
    accept_call("77-Leg-A", Some("77"), "lega");
    accept_call("7", None, "7");
    accept_call("77-", None, "77");
    accept_call("77---", None, "77");
    accept_call("звонок", None, "звонок");
    accept_call("a b", None, "a b");
    accept_call("a~b.c@d*e:f", None, "a~b.c@d*e:f");
}

#[test]
fn the_normalized_name_is_a_valid_name() {
    accept_call("body -", None, "body");
    accept_call("- body", None, "body");
    accept_call("7- body -", Some("7"), "body");
    accept_call("- a - b -", None, "a  b");
    accept_call("7- -", None, "7");
    let bare = UUID.replace('-', "");
    accept_call(&format!("{bare} -"), None, UUID);
    accept_call(&format!("7- {bare}"), Some("7"), UUID);
    // A name of dots alone would change the path, so the hyphens stay.
    for dots in ["..--", "-.-", "--..", ".-.", ".-", "- ."] {
        accept_call(dots, None, dots);
    }
    accept_call("7-..", Some("7"), "7-..");
    accept_call("..-.", None, "...");
}

/// Returns all texts of up to six letters that have a meaning in a name, and some UUIDs.
fn odd_names() -> Vec<String> {
    let letters = ["-", ".", " ", "0", "7", "a", "F", "Я"];
    let mut names = vec![String::new()];
    let mut start = 0;
    for _ in 0..6 {
        let end = names.len();
        for at in start..end {
            names.extend(letters.map(|letter| names[at].clone() + letter));
        }
        start = end;
    }
    let bare = UUID.replace('-', "");
    let digits = "12345678901234567890123456789012";
    let hexadecimal = [UUID, bare.as_str(), digits, &digits[1..], "é-İß-ﬀ-\u{a0}"];
    let around = ["", "-", "7-", "7-8-", " ", "- ", "7- ", "--", ".-", "0"];
    for middle in hexadecimal {
        for before in around {
            names.extend(around.map(|after| format!("{before}{middle}{after}")));
            names.push(format!("{before}{}", middle.to_uppercase()));
            names.push(format!("{before}{}-", middle.replace('1', "-1")));
        }
    }
    names.extend([255, 256].map(|length| "a-".repeat(128)[..length].to_owned()));
    names
}

#[test]
fn every_uuid_that_is_shown_names_the_same_call() {
    let mut read = 0;
    for name in odd_names() {
        let Ok(call) = name.parse::<CallApiId>() else { continue };
        read += 1;
        let shown = call.uuid().as_str();
        let again: CallUuid = shown.parse().unwrap_or_else(|error| panic!("{name:?}: {error}"));
        assert_eq!(again.as_str(), shown, "{name:?}");
        assert_eq!(&again, call.uuid(), "{name:?}");
        let full: CallApiId = shown.parse().unwrap();
        assert_eq!(full, call, "{name:?}");
    }
    assert!(read > 200_000, "only {read} names were read");
}

#[test]
fn a_name_that_would_change_the_path_is_refused() {
    for text in ["a/b", "a\\b", "a?b", "a#b", "a%2fb", "..", ".", "/", "%"] {
        refuse_call(text, text);
    }
    refuse_call("a\0b", "a b");
    refuse_call("a\r\nb", "a  b");
    refuse_call("a\u{7f}b", "a b");
    refuse_call("a\u{85}b", "a b");
    accept_call("...", None, "...");
}

#[test]
fn an_empty_name_is_refused() {
    refuse_call("", "");
    refuse_call(" ", " ");
    refuse_call("-", "-");
    refuse_call("---", "---");
    refuse_call("- -", "- -");
    refuse_call(" ann", " ann");
    refuse_call("ann ", "ann ");
    refuse_call("ann\t", "ann ");
}

#[test]
fn a_name_has_at_most_256_bytes() {
    let longest = "a".repeat(256);
    accept_call(&longest, None, &longest);
    refuse_call(&"a".repeat(257), &format!("{}…", "a".repeat(40)));
    refuse_call(&"я".repeat(129), &format!("{}…", "я".repeat(40)));
}

#[test]
fn names_of_one_call_are_equal() {
    let names = [
        "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0",
        "1-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0",
        "37b98fb2-a66c-11ea-ae69-6fd86d94a0e0",
        "37B98FB2A66C11EAAE696FD86D94A0E0",
    ];
    let calls: HashSet<CallApiId> = names.iter().map(|name| name.parse().unwrap()).collect();
    assert_eq!(calls.len(), 1, "{calls:?}");
    let other: CallApiId = "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e1".parse().unwrap();
    assert!(!calls.contains(&other));
}

#[test]
fn names_are_ordered_by_the_name_of_the_call() {
    let call = |text: &str| text.parse::<CallApiId>().unwrap();
    assert!(call("2-ann") < call("1-bob"));
    assert_eq!(call("2-ann").cmp(&call("1-ann")), core::cmp::Ordering::Equal);
    assert!(call("ann").uuid() < call("bob").uuid());
}
