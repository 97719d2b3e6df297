//! Pick-ups and the replies to them.

use valet_park::error::Outcome;
use valet_park::wire::{
    Dialect, Headers, PickUp, read_pick_up, read_pick_up_answer, write_answer, write_no_answer,
    write_no_pick_up, write_pick_up,
};
use valet_park::{Answer, CallApiId, Error, Refusal, RefusalCode, Slot};

const UUID: &str = "37b98fb2-a66c-11ea-ae69-6fd86d94a0e0";
const PATH: &str = "/api/extension/34414/valet_park/pick_up";

fn six() -> Slot {
    Slot::try_from(6).unwrap()
}

fn read(status: u16, body: &str) -> Result<String, Error> {
    read_pick_up_answer(six(), status, body, Headers::default()).map(|uuid| uuid.to_string())
}

fn refused(path: &str, body: &str) -> String {
    read_pick_up(path, body, Dialect::default()).unwrap_err().code.to_string()
}

#[test]
fn a_pick_up_is_read_as_it_was_written() {
    for expect in [None, Some(UUID), Some("3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0")] {
        let expect = expect.map(|text| text.parse::<CallApiId>().unwrap());
        let pick_up = PickUp { extension: "@1844*101".parse().unwrap(), slot: six(), expect };
        let request = write_pick_up(&pick_up);
        assert_eq!(request.method, "POST");
        assert_eq!(read_pick_up(&request.path, &request.body, Dialect::default()), Ok(pick_up));
    }
}

#[test]
fn a_wrong_pick_up_is_refused() {
    assert_eq!(refused("/extension/34414/valet_park/other", r#"{"slot":"6"}"#), "invalid-action");
    assert_eq!(refused("/pick_up", r#"{"slot":"6"}"#), "invalid-action");
    assert_eq!(refused("/extension/a b/valet_park/pick_up", r#"{"slot":6}"#), "invalid-extension");
    for body in ["", "[]", "{}", r#"{"slot":null}"#, r#"{"slot":[]}"#, r#"{"slot":"10"}"#] {
        assert_eq!(refused(PATH, body), "invalid-slot", "{body}");
    }
    for expect in ["5", "\"\"", "\"a/b\"", "{}"] {
        let body = format!("{{\"slot\":\"6\",\"expect\":{expect}}}");
        assert_eq!(refused(PATH, &body), "invalid-call", "{body}");
    }
}

#[test]
fn a_reply_is_read_as_it_was_written() {
    let uuid = UUID.parse::<CallApiId>().unwrap().uuid().clone();
    let bridged = Answer::Bridged { slot: Some(six()), uuid: Some(uuid) };
    let reply = write_answer(&bridged, Dialect::default());
    assert_eq!(read(reply.status, &reply.body), Ok(UUID.to_owned()));

    let reply = write_no_answer(six(), Dialect::default());
    let error = read(reply.status, &reply.body).unwrap_err();
    assert_eq!(error.code.as_str(), "no-answer");
    assert_eq!((error.slot, error.outcome), (Some(six()), Outcome::NotDone));

    let reply = write_no_pick_up(six(), "extension 34414 has no number", Dialect::default());
    let error = read(reply.status, &reply.body).unwrap_err();
    assert_eq!(error.code.as_str(), "no-pick-up");
    assert_eq!(error.message, "extension 34414 has no number");
    assert_eq!((error.slot, error.outcome), (Some(six()), Outcome::NotDone));

    for code in [RefusalCode::Vacant, RefusalCode::DifferentCall, RefusalCode::NoSuchExtension] {
        let answer = Answer::Refused(Refusal::new(code, Some(six())));
        let reply = write_answer(&answer, Dialect::default());
        let error = read(reply.status, &reply.body).unwrap_err();
        assert_eq!(error.code.as_str(), code.as_str());
        assert_eq!(error.outcome, Outcome::NotDone);
    }
}

#[test]
fn a_reply_that_names_no_call_or_another_slot_is_unclear() {
    let other = format!(r#"{{"slot":"7","UUID":"{UUID}"}}"#);
    for (status, body, code) in [
        (200, "{}", "unclear"),
        (200, other.as_str(), "unclear"),
        (200, r#"{"status":"no-answer"}"#, "unclear"),
        (200, "<html>", "unclear"),
        (503, "", "server-error"),
    ] {
        let error = read(status, body).unwrap_err();
        assert_eq!((error.code.as_str(), error.outcome), (code, Outcome::Unknown), "{body}");
    }
}
