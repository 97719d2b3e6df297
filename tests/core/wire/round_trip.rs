//! Requests and replies: what is written is read again, without a difference.

use valet_park::answer::Refusal;
use valet_park::wire::{
    Dialect, Headers, SlotFormat, read_answer, read_request, write_answer, write_request,
};
use valet_park::{Answer, Millis, Question, RefusalCode, Slot};

use super::UUID;
use crate::support::{question, slot, uuid};

/// All combinations of the options, with the default and the largest number of slots.
fn dialects() -> impl Iterator<Item = Dialect> {
    let formats = [SlotFormat::Text, SlotFormat::Integer].into_iter();
    formats.flat_map(|slot_format| {
        [(9, false), (9, true), (u16::MAX, false), (u16::MAX, true)]
            .map(|(slots, slot_required)| Dialect { slots, slot_format, slot_required })
    })
}

/// Writes the answer in each dialect and reads it again.
#[track_caller]
fn returns(question: &Question, answer: &Answer) {
    for dialect in dialects() {
        assert_eq!(&sent(question, answer, dialect), answer, "{question:?} in {dialect:?}");
    }
}

fn sent(question: &Question, answer: &Answer, dialect: Dialect) -> Answer {
    let reply = write_answer(answer, dialect);
    let headers: Vec<(String, String)> =
        reply.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    read_answer(question.asked(), reply.status, &reply.body, Headers(&headers))
}

#[test]
fn every_question_returns() {
    let names = [&format!("3232240860-{UUID}"), UUID, "ann", "a b+c", "я~:;&=", "\"{}'", "1"];
    let mut asked = 0;
    for dialect in dialects() {
        for (name, extension) in names
            .iter()
            .flat_map(|name| ["34414", "@101", "@1844*101"].map(|extension| (*name, extension)))
        {
            for asks in ["park", "bridge", "slots", "park 1", "bridge 9", "slots 9", "park 9"] {
                let mut question = question(name, asks);
                question.extension = extension.parse().unwrap();
                let Ok(request) = write_request(&question, dialect) else {
                    assert!(dialect.slot_required && question.slot.is_none(), "{question:?}");
                    continue;
                };
                let path = format!("/api/ver1.0{}", request.path);
                let read = read_request(request.method, &path, &request.body, dialect).unwrap();
                assert_eq!(read, question);
                assert_eq!(read.call.as_str(), name, "the name keeps its spelling");
                asked += 1;
            }
        }
    }
    assert_eq!(asked, 7 * 3 * (4 * 7 + 4 * 5));
}

#[test]
fn every_fact_returns() {
    let uuids = [UUID, "ann", "a\"b", "звонок", "a\u{2028}b"].map(uuid);
    for number in [1, 9, 65_535] {
        let named = slot(number);
        for uuid in &uuids {
            let (place, who) = (Some(named), Some(uuid.clone()));
            for slot in [None, Some(number)] {
                let asks = |action: &str| match slot {
                    Some(number) => question("bob", &format!("{action} {number}")),
                    None => question("bob", action),
                };
                let uuid = who.clone();
                returns(&asks("park"), &Answer::Parked { slot: place, uuid: uuid.clone() });
                returns(&asks("bridge"), &Answer::Bridged { slot: place, uuid });
                returns(&asks("park"), &Answer::Parked { slot: place, uuid: None });
                returns(&asks("bridge"), &Answer::Bridged { slot: place, uuid: None });
            }
            let look = question("bob", &format!("slots {number}"));
            returns(&look, &Answer::Held { slot: named, uuid: uuid.clone() });
            returns(&look, &Answer::Vacant { slot: named });
        }
    }
    returns(&question("bob", "park"), &Answer::Parked { slot: None, uuid: None });
    returns(&question("bob", "bridge"), &Answer::Bridged { slot: None, uuid: Some(uuid("ann")) });
}

#[test]
fn every_list_of_free_slots_returns() {
    let look = question("bob", "slots");
    for mask in 0..512_u32 {
        let slots = Slot::first(9).filter(|slot| mask >> slot.index() & 1 == 1).collect();
        returns(&look, &Answer::Free { slots });
    }
    returns(&look, &Answer::Free { slots: Slot::first(u16::MAX).collect() });
}

#[test]
fn every_refusal_returns() {
    for code in RefusalCode::ALL {
        for (asks, slot) in [("park 4", Some(slot(4))), ("bridge 4", Some(slot(4)))] {
            let refusal = Refusal::new(*code, slot);
            returns(&question("bob", asks), &Answer::Refused(refusal));
        }
        for asks in ["park", "bridge", "slots"] {
            returns(&question("bob", asks), &Answer::Refused(Refusal::new(*code, None)));
        }
        let retry_after = Some(Millis::from_secs(90));
        let refusal = Refusal { retry_after, ..Refusal::new(*code, None) };
        // The documented sentence for a taken slot says everything that the reader keeps.
        if *code != RefusalCode::Taken {
            returns(&question("bob", "bridge"), &Answer::Refused(refusal));
        }
    }
    let elsewhere = Refusal::new(RefusalCode::AlreadyParked, Some(slot(4)));
    returns(&question("bob", "park 6"), &Answer::Refused(elsewhere));
    let message = "\"нет\" \u{2028}".to_owned();
    let own_words = Refusal { message, ..Refusal::new(RefusalCode::Forbidden, None) };
    returns(&question("bob", "park"), &Answer::Refused(own_words));
}

#[test]
fn every_unclear_answer_returns() {
    for asks in ["park", "park 4", "bridge", "bridge 4", "slots", "slots 4"] {
        for found in ["out of order", "no slot is free", "", "{}"] {
            let unclear = |status, retry_after| Answer::Unclear {
                status,
                found: found.to_owned(),
                retry_after,
            };
            for status in [400, 401, 404, 409, 429, 500, 599] {
                returns(&question("bob", asks), &unclear(status, None));
                returns(&question("bob", asks), &unclear(status, Some(Millis::from_secs(30))));
            }
            // A status that is no error would contradict the body.
            for status in [0, 200, 302, 600] {
                for dialect in dialects() {
                    let read = sent(&question("bob", asks), &unclear(status, None), dialect);
                    assert_eq!(read, unclear(500, None), "{status}");
                }
            }
        }
    }
}

#[test]
fn replies_have_the_documented_form() {
    let reply = |answer: &Answer| write_answer(answer, Dialect::default());
    let held = reply(&Answer::Held { slot: slot(6), uuid: uuid(UUID) });
    assert_eq!(held.status, 200);
    assert_eq!(held.body, format!(r#"{{"slot":"6","UUID":"{UUID}"}}"#));
    assert_eq!(held.headers, [("Content-Type", "application/json".to_owned())]);
    let vacant = reply(&Answer::Vacant { slot: slot(6) });
    assert_eq!((vacant.status, vacant.body.as_str()), (200, r#"{"slot":"6","UUID":null}"#));
    let free = reply(&Answer::Free { slots: vec![slot(1), slot(2)] });
    assert_eq!((free.status, free.body.as_str()), (200, r#"{"slots":["1","2"]}"#));
    let taken = reply(&Answer::Refused(Refusal::new(RefusalCode::Taken, Some(slot(6)))));
    assert_eq!(taken.status, 409);
    assert_eq!(
        taken.body,
        r#"{"message":"slot already have parked member, slot is full","status":"taken","slot":"6"}"#
    );
    assert_eq!(reply(&Answer::Parked { slot: None, uuid: None }).body, "{}");
}
