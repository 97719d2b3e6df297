//! Requests as the client writes them and as a switch reads them.

use valet_park::Code;
use valet_park::wire::{Dialect, SlotFormat, read_request, write_request};

use super::UUID;
use crate::support::{question, slot};

const PATH: &str = "/extension/34414/valet_park/ann";

fn classic() -> Dialect {
    Dialect::default()
}

/// The newer version of the documents: more slots, as numbers, and always named.
fn current() -> Dialect {
    Dialect { slots: 100, slot_format: SlotFormat::Integer, slot_required: true }
}

#[track_caller]
fn writes(asks: &str, dialect: Dialect, body: &str) {
    let request = write_request(&question("ann", asks), dialect).unwrap();
    assert_eq!((request.method, request.path.as_str()), ("PUT", PATH));
    assert_eq!(request.body, body);
    let json = "application/json";
    assert_eq!(request.headers, [("Accept", json), ("Content-Type", json)]);
}

#[track_caller]
fn reads(path: &str, body: &str, dialect: Dialect, asks: &str) {
    assert_eq!(read_request("PUT", path, body, dialect), Ok(question("ann", asks)), "{body}");
}

/// The reader refuses the request with exactly this message.
#[track_caller]
fn refuses(path: &str, body: &str, dialect: Dialect, code: Code, message: &str) {
    let error = read_request("PUT", path, body, dialect).unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(error.code, code);
}

#[test]
fn the_body_has_the_documented_form() {
    writes("park 6", classic(), r#"{"action":"park","slot":"6"}"#);
    writes("park", classic(), r#"{"action":"park"}"#);
    writes("bridge 6", classic(), r#"{"action":"bridge","slot":"6"}"#);
    writes("bridge", classic(), r#"{"action":"bridge"}"#);
    writes("slots 6", classic(), r#"{"action":"slots","slot":"6"}"#);
    writes("slots", classic(), r#"{"action":"slots"}"#);
    writes("park 42", current(), r#"{"action":"park","slot":42}"#);
    writes("bridge", current(), r#"{"action":"bridge"}"#);
}

#[test]
fn each_name_is_one_segment_of_the_path() {
    let path = |extension: &str, call: &str| {
        let mut asked = question(call, "slots");
        asked.extension = extension.parse().unwrap();
        write_request(&asked, classic()).unwrap().path
    };
    let name = format!("3232240860-{UUID}");
    assert_eq!(path("34414", &name), format!("/extension/34414/valet_park/{name}"));
    assert_eq!(path("@1844*101", "a b+c"), "/extension/@1844*101/valet_park/a%20b%2Bc");
    assert_eq!(path("@101", "a:b;c&d=e"), "/extension/@101/valet_park/a%3Ab%3Bc%26d%3De");
    assert_eq!(path("1", "я"), "/extension/1/valet_park/%D1%8F");
    assert_eq!(path("1", "a~._-*@"), "/extension/1/valet_park/a~._-*@");
}

#[test]
fn a_slot_beyond_the_dialect_and_a_missing_slot_are_refused() {
    let refuses = |asks, dialect, message: &str| {
        let error = write_request(&question("ann", asks), dialect).unwrap_err();
        assert_eq!(error.to_string(), message);
        error
    };
    let error = refuses("park 10", classic(), "expected a slot from 1 to 9, found `10`");
    assert_eq!((error.code, error.slot), (Code::InvalidSlot, Some(slot(10))));
    refuses("slots 101", current(), "expected a slot from 1 to 100, found `101`");
    let message = "expected a slot: this switch needs a slot for `park`";
    assert_eq!(refuses("park", current(), message).code, Code::InvalidSlot);
    refuses("slots", current(), "expected a slot: this switch needs a slot for `slots`");
}

#[test]
fn documented_requests_are_read() {
    reads(PATH, r#"{"action": "park", "slot" : "6"}"#, classic(), "park 6");
    reads(PATH, r#"{"slot":6,"action":"slots"}"#, classic(), "slots 6");
    reads(PATH, r#"{"action":"bridge","slot":null}"#, classic(), "bridge");
    reads(PATH, r#"{"action":"slots","more":[{}]}"#, classic(), "slots");
    reads(PATH, "\n{\"action\":\"slots\"}\n", classic(), "slots");
    reads(PATH, r#"{"action":"park","slot":"42"}"#, current(), "park 42");
}

#[test]
fn the_path_may_have_a_prefix() {
    reads(
        "/api/ver1.0/extension/34414/valet_park/ann",
        r#"{"action":"slots"}"#,
        classic(),
        "slots",
    );
    reads("/x/extension/34414/valet_park/%61%6E%6e", r#"{"action":"slots"}"#, classic(), "slots");
}

#[test]
fn another_method_is_refused() {
    for method in ["GET", "POST", "put", ""] {
        let error = read_request(method, PATH, r#"{"action":"slots"}"#, classic()).unwrap_err();
        assert_eq!(error.to_string(), format!("expected the method `PUT`, found `{method}`"));
    }
}

#[test]
fn another_path_is_refused() {
    for path in [
        "",
        "/",
        "/extension/34414/valet_park",
        "/extension/34414/valet_park/ann/",
        "/extension/34414/park/ann",
        "/extensions/34414/valet_park/ann",
        "/valet_park/ann",
        "/extension/34414/valet_park/%4",
        "/extension/34414/valet_park/%gg",
        "/extension/34414/valet_park/%ff",
        "/extension/%d1/valet_park/ann",
    ] {
        let found: String = path.chars().take(40).collect();
        let cut = if path.chars().count() > 40 { "…" } else { "" };
        let expected = "expected a path like `/extension/34414/valet_park/…`";
        let message = format!("{expected}, found `{found}{cut}`");
        refuses(path, r#"{"action":"slots"}"#, classic(), Code::InvalidCall, &message);
    }
}

#[test]
fn a_name_that_leaves_its_segment_is_refused() {
    for (segment, found) in [("a%2Fb", "a/b"), ("%2e%2E", ".."), ("a%00", "a "), ("a?b", "a?b")] {
        let path = format!("/extension/34414/valet_park/{segment}");
        let message = format!(
            "expected a `call_api_id` like `3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0`, \
             found `{found}`"
        );
        refuses(&path, r#"{"action":"slots"}"#, classic(), Code::InvalidCall, &message);
    }
    let message = "expected an extension like `34414`, `@101` or `@1844*101`, found `..`";
    let path = "/extension/%2e./valet_park/ann";
    refuses(path, r#"{"action":"slots"}"#, classic(), Code::InvalidExtension, message);
}

#[test]
fn another_body_is_refused() {
    for body in ["", "{}", "[]", "null", r#""park""#, r#"{"action":1}"#, "{u'action': u'park'}"] {
        let expected = r#"expected a JSON object like `{"action": "park", "slot": "6"}`"#;
        let message = format!("{expected}, found `{body}`");
        refuses(PATH, body, classic(), Code::InvalidAction, &message);
    }
    let message = "expected the action `park`, `bridge` or `slots`, found `unpark`";
    refuses(PATH, r#"{"action":"unpark"}"#, classic(), Code::InvalidAction, message);
}

#[test]
fn a_text_that_is_almost_a_slot_is_refused() {
    for found in ["0", "06", "-1", "6.0", "6e0", "65536"] {
        let message = format!("expected a slot from 1 to 65535, found `{found}`");
        let body = format!(r#"{{"action":"park","slot":"{found}"}}"#);
        refuses(PATH, &body, classic(), Code::InvalidSlot, &message);
    }
    for slot in ["true", "[6]", "{}"] {
        let body = format!(r#"{{"action":"park","slot":{slot}}}"#);
        let message = format!("expected `slot` to be a text or a number, found `{body}`");
        refuses(PATH, &body, classic(), Code::InvalidSlot, &message);
    }
    let body = r#"{"action":"park","slot":"10"}"#;
    let message = "expected a slot from 1 to 9, found `10`";
    refuses(PATH, body, classic(), Code::InvalidSlot, message);
}

#[test]
fn a_request_without_a_required_slot_is_refused() {
    let message = "expected a slot: this switch needs a slot for `park`";
    refuses(PATH, r#"{"action":"park"}"#, current(), Code::InvalidSlot, message);
    let message = "expected a slot: this switch needs a slot for `slots`";
    refuses(PATH, r#"{"action":"slots","slot":null}"#, current(), Code::InvalidSlot, message);
}

#[test]
fn a_request_in_the_notation_of_python_is_refused() {
    for body in [r#"{action:"park"}"#, r#"{1:"x","action":"park"}"#, "{'action':'park'}"] {
        let error = read_request("PUT", PATH, body, classic()).unwrap_err();
        assert_eq!(error.code, Code::InvalidAction, "{body}");
    }
}
