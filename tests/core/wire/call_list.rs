//! Lists of current calls.

use valet_park::wire::{ListedCall, read_call_list, read_current_calls};

const ANNA: &str = r#"{"call_api_id":"1-anna","extension_id":85219,"call_flow":"in",
    "caller_id_number":"+79161112233","caller_id_name":"Anna","called_number":"341",
    "called_did":null,"called_extension":{"id":85219,"name":"341@example"},"caller_extension":null,
    "init_time_gmt":"2017-08-23 15:57:56,60","answer_time_gmt":"2017-08-23 15:58:00,00"}"#;
const OUT: &str = r#"{"call_api_id":"1-out","extension_id":"85220","call_flow":"OUT",
    "called_number":"+49301234567","callback_id":"cb-7","init_time_gmt":"soon",
    "answer_time_gmt":null}"#;

fn list(entries: &[&str]) -> String {
    format!("{{\"call_list\":[{}]}}", entries.join(","))
}

fn read(entries: &[&str]) -> Vec<ListedCall> {
    read_call_list(&list(entries), None).unwrap()
}

/// Writes the fields of an event as a form.
fn form(fields: &[(&str, String)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_answered_call_has_two_events() {
    let [anna] = &read(&[ANNA])[..] else { panic!("one call") };
    assert_eq!(anna.call.as_str(), "1-anna");
    assert_eq!(anna.extension.as_str(), "85219");
    assert_eq!(anna.callback, None);
    let events: Vec<String> = anna.events.iter().map(|fields| form(fields)).collect();
    let rest = "CallAPIID=1-anna CallFlow=in CalledExtensionID=85219 CallerIDNum=+79161112233 \
                CallerIDName=Anna CalledNumber=341";
    assert_eq!(
        events,
        [
            format!("EventType=dial-in CallStatus=CALLING {rest} EventTime=1503503876600000"),
            format!("EventType=answer CallStatus=ANSWER {rest} EventTime=1503503880000000"),
        ]
    );
}

#[test]
fn an_outgoing_call_names_its_extension_as_the_caller_and_its_callback() {
    let [out] = &read(&[OUT])[..] else { panic!("one call") };
    assert_eq!(out.callback.as_deref(), Some("cb-7"));
    let [dialled] = &out.events[..] else { panic!("one event") };
    assert_eq!(
        form(dialled),
        "EventType=dial-out CallStatus=CALLING CallAPIID=1-out CallFlow=out \
         CallerExtensionID=85220 CalledNumber=+49301234567",
        "a time that cannot be read is left out"
    );
}

#[test]
fn a_call_from_another_extension_names_it() {
    let internal = r#"{"call_api_id":"1-x","extension_id":85219,"call_flow":"in",
        "caller_extension":{"id":85220,"name":"342@example"}}"#;
    let [call] = &read(&[internal])[..] else { panic!("one call") };
    let caller = ("CallerExtensionID", "85220".to_owned());
    assert!(call.events[0].contains(&caller), "{:?}", call.events);
}

#[test]
fn the_extension_that_was_asked_for_wins() {
    let own = "34414".parse().unwrap();
    let calls = read_call_list(&list(&[ANNA]), Some(&own)).unwrap();
    assert_eq!(calls[0].extension, own);
    let events = read_current_calls(&own, &list(&[ANNA])).unwrap();
    assert!(events.iter().all(|event| event.extension.as_ref() == Some(&own)));
}

#[test]
fn an_entry_without_a_call_or_an_extension_is_left_out() {
    for entry in [
        "1",
        "{}",
        r#"{"call_api_id":"","extension_id":1}"#,
        r#"{"call_api_id":"a/b","extension_id":1}"#,
        r#"{"call_api_id":"1-a"}"#,
        r#"{"call_api_id":"1-a","extension_id":""}"#,
    ] {
        assert_eq!(read(&[entry]), [], "{entry}");
    }
    for body in ["", "[]", "{}", r#"{"call_list":null}"#] {
        assert_eq!(read_call_list(body, None), None, "{body}");
    }
}
