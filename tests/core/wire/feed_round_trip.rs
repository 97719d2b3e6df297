//! Feed messages: what is written is read again, without a difference.

use std::sync::Arc;

use valet_park::answer::Refusal;
use valet_park::feed::{LONGEST_NOTE, Message, MessageKind, Move, Note, Reason};
use valet_park::wire::{read_message, write_message};
use valet_park::{Action, Answer, CallEvent, Millis, Party, Question, RefusalCode, Slot};

use super::UUID;
use crate::support::{call, slot, uuid};

/// Texts with the characters that forms, JSON and HTTP treat in a special way.
const TEXTS: [&str; 8] = [
    "ann",
    "a b+c",
    "a&b=c;d",
    "Zoë 😀 Анна",
    "\"quoted\" \\ 'single'",
    "a\u{2028}b\u{85}c",
    "+79161112233",
    "<b>100%</b>",
];

/// Writes the message and reads it again.
#[track_caller]
fn returns(message: &Message) {
    let data = write_message(message);
    assert_eq!(read_message(message.kind(), &data).as_ref(), Ok(message), "{data}");
    assert!(data.bytes().all(|byte| byte.is_ascii_graphic()), "one line of ASCII: {data}");
}

#[test]
fn every_recorded_message_is_read_and_written_again() {
    let (mut kinds, mut same) = (Vec::new(), 0);
    for line in include_str!("../../fixtures/feed.txt").lines().skip(2) {
        let (kind, data) = line.split_once(' ').unwrap();
        let kind = MessageKind::from_word(kind).unwrap();
        let message = read_message(kind, data).unwrap_or_else(|error| panic!("{data}: {error}"));
        returns(&message);
        same += usize::from(write_message(&message) == data);
        kinds.push(message.kind());
    }
    for kind in MessageKind::ALL {
        assert!(kinds.contains(kind), "{kind:?}");
    }
    // The others have a name that repeats the number, or a refusal that does not repeat the slot.
    assert_eq!((kinds.len(), same), (28, 24));
}

#[test]
fn every_call_event_returns() {
    let mut fields = vec![("EventType".to_owned(), "dial-in".to_owned())];
    for text in TEXTS {
        fields.push((text.to_owned(), text.to_owned()));
        fields.push(("CallerIDName".to_owned(), text.to_owned()));
        fields.push((String::new(), text.to_owned()));
        fields.push((text.to_owned(), " ".to_owned()));
        let event = CallEvent::from_fields(fields.clone()).unwrap();
        returns(&Message::Call(Arc::new(event)));
    }
}

#[test]
fn every_move_returns() {
    let mut reasons = vec![None];
    reasons.extend(Reason::ALL.iter().copied().map(Some));
    let callers =
        [(None, None, None), (Some("+7"), None, None), (None, Some("Anna"), Some("34415"))];
    let mut parties: Vec<Party> = callers
        .map(|(number, name, extension)| {
            let [number, name, extension] =
                [number, name, extension].map(|text| text.map(str::to_owned));
            Party { number, name, extension }
        })
        .to_vec();
    parties.extend(TEXTS.map(|text| Party { number: Some(text.to_owned()), ..Party::default() }));
    parties.extend(TEXTS.map(|text| Party {
        number: Some("102".to_owned()),
        name: Some(text.to_owned()),
        extension: Some("@101".to_owned()),
    }));
    for left in reasons {
        for party in &parties {
            for (number, ago) in [(1, 0), (65_535, u64::MAX)] {
                for (by, taken_by) in [(false, false), (true, false), (false, true), (true, true)] {
                    returns(&Message::Move(Move {
                        left,
                        slot: slot(number),
                        call: call(&format!("7-{UUID}")),
                        caller: (*party != Party::default()).then(|| Arc::new(party.clone())),
                        extension: "@1844*101".parse().unwrap(),
                        by: by.then(|| call("a b+c")),
                        taken_by: taken_by.then(|| "34415".parse().unwrap()),
                        ago: Millis::new(ago),
                    }));
                }
            }
        }
    }
}

#[test]
fn every_note_returns() {
    let longest = "я".repeat(LONGEST_NOTE);
    let texts = TEXTS.into_iter().chain([longest.as_str()]).map(|text| Some(text.to_owned()));
    for text in texts.chain([None]) {
        for by in [None, Some("@1844*101".parse().unwrap())] {
            let (call, slot) = (call(&format!("7-{UUID}")), slot(65_535));
            let (note, for_whom) = (text.clone(), text.clone());
            returns(&Message::Note(Arc::new(Note {
                call: call.clone(),
                slot,
                note,
                for_whom: None,
                by: None,
            })));
            returns(&Message::Note(Arc::new(Note { call, slot, note: None, for_whom, by })));
        }
    }
}

/// The answers that fit a question, of every kind.
fn answers(question: &Question) -> Vec<Answer> {
    let mut answers = Vec::new();
    let uuids = [UUID, "ann", "a\"b&c=d", "звонок"].map(|name| Some(uuid(name)));
    for uuid in uuids.into_iter().chain([None]) {
        match (question.action, question.slot, uuid) {
            (Action::Park, slot, uuid) => answers.push(Answer::Parked { slot, uuid }),
            (Action::Bridge, slot, uuid) => answers.push(Answer::Bridged { slot, uuid }),
            (Action::Slots, Some(slot), Some(uuid)) => answers.push(Answer::Held { slot, uuid }),
            (Action::Slots, Some(slot), None) => answers.push(Answer::Vacant { slot }),
            (Action::Slots, None, _) => {}
        }
    }
    if (question.action, question.slot) == (Action::Slots, None) {
        for count in [0, 1, 9, u16::MAX] {
            answers.push(Answer::Free { slots: Slot::first(count).collect() });
        }
    }
    for code in RefusalCode::ALL {
        let refusal = Refusal::new(*code, question.slot);
        answers.push(Answer::Refused(refusal.clone()));
        // The documented sentence for a taken slot says everything that the reader keeps.
        if *code != RefusalCode::Taken {
            let retry_after = Some(Millis::from_secs(90));
            answers.push(Answer::Refused(Refusal { retry_after, ..refusal.clone() }));
            let message = "\"нет\" \u{2028} & + = %".to_owned();
            answers.push(Answer::Refused(Refusal { message, slot: Some(slot(4)), ..refusal }));
        }
    }
    for status in [0, 200, 204, 302, 401, 404, 409, 503, 999] {
        for found in
            ["", "<html>busy</html>", "no slot is free", "{\"slot\":\"6\",\"UUID\":null}", "ok"]
        {
            for retry_after in [None, Some(Millis::ZERO), Some(Millis::from_secs(3600))] {
                let found = found.to_owned();
                answers.push(Answer::Unclear { status, found, retry_after });
            }
        }
    }
    answers
}

#[test]
fn every_answer_returns() {
    let mut count = 0;
    for action in [Action::Park, Action::Bridge, Action::Slots] {
        for (number, name) in [(None, UUID), (Some(6), "a b+c"), (Some(65_535), "я&~:;=\"")] {
            let question = Question {
                extension: "@1844*101".parse().unwrap(),
                call: call(name),
                action,
                slot: number.map(slot),
            };
            for answer in answers(&question) {
                for since in [None, Some(0), Some(1_764_000_000_017)] {
                    let (question, answer) = (question.clone(), answer.clone());
                    returns(&Message::Asked { question, answer, since });
                }
                count += 1;
            }
        }
    }
    assert!(count > 1_000, "only {count} messages were tried");
}
