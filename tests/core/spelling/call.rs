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

/// `text` keeps its letters as the name of a call, and is compared by `uuid`.
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
fn what_would_leave_its_place_in_a_path_is_no_name() {
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
fn nothing_at_all_is_no_name() {
    refuse_call("", "");
    refuse_call(" ", " ");
    refuse_call("-", "-");
    refuse_call("---", "---");
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
