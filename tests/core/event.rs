//! Call events, as a web hook delivers them.

use valet_park::event::{Direction, EventType};
use valet_park::wire::read_event;
use valet_park::{CallApiId, CallEvent, ExtensionId, Party};

use crate::support::{call, uuid};

#[track_caller]
fn event(text: &str) -> CallEvent {
    read_event(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn party(number: &str, name: Option<&str>, extension: Option<&str>) -> Party {
    let (name, extension) = (name.map(str::to_owned), extension.map(str::to_owned));
    Party { number: Some(number.to_owned()), name, extension }
}

fn recorded() -> Vec<&'static str> {
    let lines = include_str!("../fixtures/events.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[test]
fn the_recording_of_an_incoming_call_is_read() {
    let event = event(recorded()[0]);
    assert_eq!((&event.kind, event.direction), (&EventType::DialIn, Some(Direction::In)));
    let name = "3584709739-262077ef-325f-4868-aa49-bf22309229f7";
    assert_eq!(event.call.as_ref().map(CallApiId::as_str), Some(name));
    assert_eq!(event.call_id.as_deref(), Some("262077ef325f4868aa49bf22309229f7"));
    assert_eq!(event.leg_id.as_deref(), Some("85219-e6bd7bb2622b424392a012e28473f91a"));
    assert_eq!(event.extension.as_ref().map(ExtensionId::as_str), Some("85219"));
    assert_eq!(event.status.as_deref(), Some("CALLING"));
    assert_eq!(event.caller.as_deref(), Some(&party("+79161112233", None, Some("96857"))));
    assert_eq!(event.called.as_deref(), Some(&party("2566*102", None, Some("85219"))));
    assert_eq!((event.at_us, event.duration_us), (Some(1_502_985_686_478_202), None));
    assert_eq!(event.raw.len(), 15);
    assert_eq!(event.raw[0], ("EventType".to_owned(), "dial-in".to_owned()));
}

#[test]
fn the_recordings_of_an_outgoing_call_are_read() {
    let [out, answer, hangup] = [1, 2, 3].map(|line| event(recorded()[line]));
    let kinds = [&out, &answer, &hangup].map(|event| &event.kind);
    assert_eq!(kinds, [&EventType::DialOut, &EventType::Answer, &EventType::Hangup]);
    for event in [&out, &answer, &hangup] {
        assert_eq!(event.direction, Some(Direction::Out));
        assert_eq!(event.extension.as_ref().map(ExtensionId::as_str), Some("85219"));
        assert_eq!(event.caller.as_deref(), Some(&party("2566*102", None, Some("85219"))));
        assert_eq!(event.called.as_deref(), Some(&party("+79161112233", None, None)));
        let expected = uuid("b5187f38a9cc43f2ba068bce983a513e");
        assert_eq!(event.call.as_ref().map(CallApiId::uuid), Some(&expected));
    }
    assert_eq!(hangup.duration_us, Some(11_420_018));
    assert!(hangup.raw.iter().any(|(name, _)| name == "RecID"), "unknown fields are kept");
}

#[test]
fn an_event_without_direction_and_call_is_read() {
    let event = event(recorded()[4]);
    assert_eq!((&event.kind, event.direction), (&EventType::Answer, None));
    assert_eq!((&event.call, &event.leg_id, &event.at_us), (&None, &None, &None));
    assert_eq!(event.call_id.as_deref(), Some("c69226e0a64e11eaa0086fd86d94a0e0"));
    // Both ends are extensions, and no field says which one the event belongs to.
    assert_eq!(event.extension, None);
    let caller = party("000117443", Some("via200t"), Some("32494"));
    assert_eq!(event.caller.as_deref(), Some(&caller));
    assert_eq!(event.called.as_deref(), Some(&party("78", None, Some("34414"))));
}

/// An event with these fields belongs to this extension.
#[track_caller]
fn belongs(text: &str, extension: Option<&str>) {
    let event = event(&format!("EventType=answer&{text}"));
    assert_eq!(event.extension.as_ref().map(ExtensionId::as_str), extension, "{text}");
}

#[test]
fn the_direction_decides_which_extension_an_event_belongs_to() {
    let ends = "CallerExtensionID=1&CalledExtensionID=2";
    belongs(&format!("CallFlow=in&{ends}"), Some("2"));
    belongs(&format!("CallFlow=out&{ends}"), Some("1"));
    belongs("CallFlow=in&CallerExtensionID=1", None);
    belongs("CallFlow=out&CalledExtensionID=2", None);
}

#[test]
fn without_a_direction_the_leg_or_the_only_extension_decides() {
    let ends = "CallerExtensionID=1&CalledExtensionID=2";
    belongs(ends, None);
    belongs(&format!("{ends}&SubCallID=1-abc"), Some("1"));
    belongs(&format!("{ends}&SubCallID=2-abc"), Some("2"));
    belongs(&format!("{ends}&SubCallID=3-abc"), None);
    belongs("CallerExtensionID=1", Some("1"));
    belongs("CalledExtensionID=2&SubCallID=9-abc", Some("2"));
    belongs("CalledExtensionID=oops", None);
    belongs("CallerIDNum=1", None);
}

#[test]
fn the_type_decides_the_direction_if_no_field_does() {
    let direction = |text: &str| event(text).direction;
    assert_eq!(direction("EventType=dial-in"), Some(Direction::In));
    assert_eq!(direction("EventType=dial-out"), Some(Direction::Out));
    assert_eq!(direction("EventType=hangup"), None);
    assert_eq!(direction("EventType=dial-in&CallFlow=out"), Some(Direction::Out));
    for (flow, expected) in [("IN", Direction::In), ("Out", Direction::Out)] {
        assert_eq!(direction(&format!("EventType=answer&CallFlow={flow}")), Some(expected));
    }
    assert_eq!(direction("EventType=answer&CallFlow=sideways"), None);
}

/// An event with these fields has a caller with this number.
#[track_caller]
fn has_number(fields: &str, number: Option<&str>) {
    let event = event(&format!("EventType=dial-in&{fields}"));
    let caller = event.caller.as_ref().and_then(|caller| caller.number.as_deref());
    assert_eq!(caller, number, "{fields}");
}

#[test]
fn a_plus_that_became_a_blank_is_restored() {
    has_number("CallerIDNum=%2B79161112233", Some("+79161112233"));
    has_number("CallerIDNum=+79161112233", Some("+79161112233"));
    has_number("CallerIDNum=%2079161112233", Some("+79161112233"));
    has_number("CallerIDNum=79161112233+", Some("79161112233"));
    has_number("CallerIDNum=2566*102", Some("2566*102"));
    has_number("CallerIDNum=+anonymous", Some("anonymous"));
    has_number("CallerIDNum=", None);
    has_number("CallerIDNum=+", None);
    let event = event("EventType=dial-out&CalledNumber=+7916");
    assert_eq!(event.called.as_deref(), Some(&party("+7916", None, None)));
}

/// The name of a caller with the number +79161112233 is read as `expected`.
#[track_caller]
fn has_name(name: &str, expected: Option<&str>) {
    let text = format!("EventType=dial-in&CallerIDNum=%2B79161112233&CallerIDName={name}");
    let caller = event(&text).caller.unwrap();
    assert_eq!(caller.name.as_deref(), expected, "{name}");
}

#[test]
fn a_name_is_any_text_that_does_not_repeat_the_number() {
    has_name("%D0%90%D0%BD%D0%BD%D0%B0+%F0%9F%98%80", Some("Анна 😀"));
    has_name("%3Cscript%3E", Some("<script>"));
    has_name("Ann%26Bob%3D1", Some("Ann&Bob=1"));
    has_name("%D0%90%D0", Some("А"));
    has_name("%C0%ED%ED%E0", Some("Анна"));
    has_name("Jos%E9+M%FCller", Some("José Müller"));
    has_name("%2B79161112233", None);
    has_name("79161112233", None);
    has_name("+79161112233", None);
    has_name("+", None);
    has_name("", None);
}

#[test]
fn a_type_has_any_letter_case_and_an_unknown_type_is_kept() {
    let kind = |word: &str| event(&format!("EventType={word}")).kind;
    assert_eq!(kind("DIAL-IN"), EventType::DialIn);
    assert_eq!(kind("Hangup"), EventType::Hangup);
    assert_eq!(kind("Voicemail"), EventType::Other("Voicemail".to_owned()));
    assert_eq!(kind("Voicemail").as_str(), "Voicemail");
    for word in ["dial-in", "dial-out", "answer", "hangup"] {
        assert_eq!(kind(word).as_str(), word);
    }
    let event = event("EventType=hangup&CallStatus=SOMETHING_NEW&Mood=fine");
    assert_eq!(event.status.as_deref(), Some("SOMETHING_NEW"));
    assert_eq!(event.raw.last(), Some(&("Mood".to_owned(), "fine".to_owned())));
}

#[test]
fn values_that_cannot_be_read_are_left_out() {
    let text = "EventType=hangup&CallAPIID=a/b&EventTime=soon&Duration=-1&CallID=+&SubCallID=";
    let event = event(text);
    assert_eq!((event.call, event.at_us, event.duration_us), (None, None, None));
    assert_eq!((event.call_id, event.leg_id, event.caller), (None, None, None));
    assert_eq!(event.raw.len(), 6, "raw has all fields");
    let text = "EventType=hangup&EventTime=99999999999999999999&Duration=1.5";
    assert_eq!(self::event(text).at_us, None);
}

#[test]
fn the_public_number_stands_in_for_a_missing_called_number() {
    let called = |fields: &str| event(&format!("EventType=dial-in&{fields}")).called;
    let line = called("CalledDID=74959998877");
    assert_eq!(line.as_deref(), Some(&party("74959998877", None, None)));
    let both = called("CalledDID=1&CalledNumber=2&CalledExtension=2@pbx.example");
    assert_eq!(both.as_deref(), Some(&party("2", None, Some("2@pbx.example"))));
    assert_eq!(called("CallerIDNum=1"), None);
}

#[test]
fn an_event_is_read_from_a_query_or_a_form() {
    let ann = call("ann");
    let with_ann = |text: &str| event(text).call == Some(ann.clone());
    assert!(with_ann("?EventType=answer&CallAPIID=ann"));
    assert!(with_ann("EventType=answer&CallAPIID=ann\n"));
    assert!(with_ann("&&EventType=answer&&CallAPIID=ann&"));
    assert!(with_ann("EventType=answer&CallAPIID=bob&CallAPIID=ann"), "the last value counts");
    assert!(with_ann("EventType=answer&CallAPIID=%61nn&flag"));
    assert!(with_ann("EventType=answer&CallAPIID=ann&x=%zz&%"));
}

#[test]
fn fields_without_a_type_are_refused() {
    let refuses = |text: &str, found: &str| {
        let message =
            format!("expected a call event with a field `EventType`, found the fields `{found}`");
        assert_eq!(read_event(text).unwrap_err().to_string(), message);
    };
    refuses("", "");
    refuses("?", "");
    refuses("EventType=", "EventType");
    refuses("EventType=+", "EventType");
    refuses("CallID=1&CallFlow=in", "CallID CallFlow");
    refuses("{\"EventType\":\"answer\"}", "{\"EventType\":\"answer\"}");
}

/// A damaged event is read or refused. The reader does not panic.
#[test]
fn a_damaged_event_does_not_panic() {
    for text in recorded() {
        let whole = event(text);
        for (at, letter) in text.char_indices() {
            let (before, after) = (&text[..at], &text[at + letter.len_utf8()..]);
            for other in ["", "%", "&", "=", "+", "\0", "é", "%ff", "%%", "?"] {
                let damaged = format!("{before}{other}{after}");
                let Ok(event) = read_event(&damaged) else { continue };
                assert!(event.raw.len() <= whole.raw.len() + 1, "{damaged}");
            }
            let Ok(cut) = read_event(before) else { continue };
            assert!(cut.at_us <= whole.at_us && cut.raw.len() <= whole.raw.len(), "{before}");
        }
    }
}
