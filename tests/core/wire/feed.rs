//! Messages of a feed.

use valet_park::feed::{Message, Move, Reason};
use valet_park::wire::read_message;
use valet_park::{Answer, CallApiId, Code, ExtensionId};

use crate::support::{DESK, call, question, slot};

/// A `lot` message with these fields beside the ones that every one has.
#[track_caller]
fn moved(kind: &str, fields: &str) -> Move {
    let data = format!("kind={kind}&slot=6&call=7-ann&extension={DESK}&ago=1500&{fields}");
    match read_message("lot", &data) {
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
fn a_lot_message_names_the_slot_the_call_and_the_extension() {
    let parked = moved("parked", "number=%2B7916&name=Anna");
    assert_eq!((parked.left, parked.slot), (None, slot(6)));
    assert_eq!((&parked.call, parked.call.as_str()), (&call("ann"), "7-ann"));
    assert_eq!((parked.extension.as_str(), parked.ago.as_ms()), (DESK, 1500));
    let caller = parked.caller.unwrap();
    assert_eq!((caller.number.as_deref(), caller.name.as_deref()), (Some("+7916"), Some("Anna")));
    assert_eq!((parked.by, parked.taken_by), (None, None));
    for reason in Reason::KNOWN {
        assert_eq!(moved(reason.as_str(), "").left, Some(reason));
    }
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
fn an_unreadable_taker_is_left_out_and_the_move_still_counts() {
    for odd in ["by=&taken_by=", "by=a/b&taken_by=bob", "by=..&taken_by=@", "by=-&taken_by=%00"] {
        assert_eq!(taken(odd), (None, None), "{odd}");
    }
}

#[test]
fn a_question_of_another_client_may_be_about_any_slot() {
    let data = "path=/extension/34414/valet_park/ann&body={\"action\":\"slots\",\"slot\":\"4000\"}\
                &status=200&answer={\"UUID\":null,\"slot\":\"4000\"}";
    let answer = Answer::Vacant { slot: slot(4000) };
    let told = Message::Asked { question: question("ann", "slots 4000"), answer };
    assert_eq!(read_message("asked", data), Ok(told));
}

#[test]
fn a_message_of_an_unknown_kind_is_refused() {
    let fields = format!("slot=6&call=7-ann&extension={DESK}");
    for (kind, word) in [("other", "parked"), ("lot", "odd"), ("other", "odd")] {
        let error = read_message(kind, &format!("kind={word}&{fields}")).unwrap_err();
        assert_eq!(error.code, Code::InvalidEvent, "{kind} {word}");
    }
}
