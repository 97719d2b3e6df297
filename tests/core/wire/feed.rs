//! Feed messages: what the reader accepts and refuses.

use valet_park::feed::{Message, MessageKind, Move, Note, Reason};
use valet_park::wire::read_message;
use valet_park::{Answer, CallApiId, Code, ExtensionId, Millis};

use crate::support::{DESK, call, question, slot};

/// Reads a `lot` message with the required fields, and with `fields`.
#[track_caller]
fn moved(kind: &str, fields: &str) -> Move {
    let data = format!("kind={kind}&slot=6&call=7-ann&extension={DESK}&ago=1500&{fields}");
    match read_message(MessageKind::Lot, &data) {
        Ok(Message::Move(moved)) => moved,
        other => panic!("{data}: {other:?}"),
    }
}

/// The call and the extension that took the parked call.
#[track_caller]
fn taken(fields: &str) -> (Option<String>, Option<String>) {
    let moved = moved("bridged", fields);
    let call = moved.by.as_ref().map(CallApiId::as_str);
    let extension = moved.taken_by.as_ref().map(ExtensionId::as_str);
    (call.map(str::to_owned), extension.map(str::to_owned))
}

#[test]
fn each_kind_has_a_word() {
    let words: Vec<&str> = MessageKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(words, ["call", "asked", "lot", "note"]);
    for kind in MessageKind::ALL {
        assert_eq!(MessageKind::from_word(kind.as_str()), Some(*kind));
    }
    for word in ["", "Lot", "reset", "moved"] {
        assert_eq!(MessageKind::from_word(word), None, "{word}");
    }
}

#[test]
fn a_lot_message_names_the_slot_the_call_and_the_extension() {
    let parked = moved("parked", "number=%2B7916&name=Anna");
    assert_eq!((parked.left, parked.slot), (None, slot(6)));
    assert_eq!((&parked.call, parked.call.as_str()), (&call("ann"), "7-ann"));
    assert_eq!((parked.extension.as_str(), parked.ago), (DESK, Millis::new(1500)));
    let caller = parked.caller.unwrap();
    assert_eq!((caller.number.as_deref(), caller.name.as_deref()), (Some("+7916"), Some("Anna")));
    assert_eq!((parked.by, parked.taken_by), (None, None));
    for reason in Reason::ALL {
        assert_eq!(moved(reason.as_str(), "").left, Some(*reason));
    }
}

#[test]
fn the_caller_is_read_from_the_fields_of_the_caller_only() {
    assert_eq!(moved("parked", "number=&name=").caller, None);
    assert_eq!(moved("parked", "=odd").caller, None);
    let caller = moved("parked", "caller_extension=34415").caller.unwrap();
    assert_eq!(caller.extension.as_deref(), Some("34415"));
}

#[test]
fn a_lot_message_may_name_the_call_and_the_extension_that_took_the_caller() {
    let both = (Some("7-bob".to_owned()), Some("@101".to_owned()));
    assert_eq!(taken("by=7-bob&taken_by=@101"), both);
    assert_eq!(taken("by=7-bob&taken_by=%40101"), both);
    assert_eq!(taken("by=7-bob"), (both.0.clone(), None));
    assert_eq!(taken("taken_by=@101"), (None, both.1));
    assert_eq!(taken(""), (None, None));
}

#[test]
fn an_unreadable_taker_is_left_out_and_the_rest_is_read() {
    for odd in ["by=&taken_by=", "by=a/b&taken_by=bob", "by=..&taken_by=@", "by=-&taken_by=%00"] {
        assert_eq!(taken(odd), (None, None), "{odd}");
    }
}

#[test]
fn a_question_of_another_client_may_be_about_any_slot() {
    let data = "path=/extension/34414/valet_park/ann&body={\"action\":\"slots\",\"slot\":\"4000\"}\
                &status=200&answer={\"UUID\":null,\"slot\":\"4000\"}";
    let answer = Answer::Vacant { slot: slot(4000) };
    let asked = Message::Asked { question: question("ann", "slots 4000"), answer, since: None };
    assert_eq!(read_message(MessageKind::Asked, data), Ok(asked));
}

#[test]
fn an_answer_may_name_the_last_message_before_its_question() {
    let since = |field: &str| {
        let path = "path=/extension/34414/valet_park/ann&body={\"action\":\"slots\"}";
        match read_message(MessageKind::Asked, &format!("{path}&status=200&answer={{}}{field}")) {
            Ok(Message::Asked { since, .. }) => since,
            other => panic!("{field}: {other:?}"),
        }
    };
    assert_eq!(since("&since=1764000000017"), Some(1_764_000_000_017));
    for nothing in ["", "&since=", "&since=-1", "&since=soon", "&since=1.5"] {
        assert_eq!(since(nothing), None, "{nothing}");
    }
}

#[test]
fn a_note_is_cut_after_200_characters_and_stays_text() {
    let noted =
        |fields: &str| match read_message(MessageKind::Note, &format!("call=7-ann&slot=6{fields}"))
        {
            Ok(Message::Note(note)) => Note::clone(&note),
            other => panic!("{fields}: {other:?}"),
        };
    let long = "я".repeat(201);
    let note = noted(&format!("&note={long}&for={long}&by=bob"));
    let cut = Some("я".repeat(200));
    assert_eq!((note.note, note.for_whom, note.by), (cut.clone(), cut, None));
    let hostile = noted("&note=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%00&for=+&by=@101");
    assert_eq!(hostile.note.as_deref(), Some("<img src=x onerror=alert(1)>\0"));
    assert_eq!((hostile.for_whom, hostile.slot), (None, slot(6)));
    assert_eq!(hostile.by.as_ref().map(ExtensionId::as_str), Some("@101"));
}

#[test]
fn a_lot_message_with_an_unknown_word_is_refused() {
    let data = format!("kind=odd&slot=6&call=7-ann&extension={DESK}");
    let error = read_message(MessageKind::Lot, &data).unwrap_err();
    assert_eq!(error.code, Code::InvalidEvent);
    let expected = "expected `kind` to be `parked`, `bridged`, `returned`, `abandoned` or \
                    `unknown`, found `odd`";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_message_without_a_required_field_is_refused() {
    let lot = format!("kind=parked&slot=6&call=7-ann&extension={DESK}");
    let asked = "path=/extension/34414/valet_park/ann&body={\"action\":\"slots\"}";
    let (call, note) = ("EventType=answer", "slot=6&call=7-ann");
    for (kind, data) in [
        (MessageKind::Lot, lot.as_str()),
        (MessageKind::Asked, asked),
        (MessageKind::Call, call),
        (MessageKind::Note, note),
    ] {
        assert!(read_message(kind, data).is_ok(), "{data}");
        for field in data.split('&') {
            let rest = data.replace(field, "");
            assert!(read_message(kind, &rest).is_err(), "{kind:?} without {field}");
        }
    }
}
