//! Short texts for answers, for scenarios.

use valet_park::answer::Refusal;
use valet_park::{Answer, Millis, RefusalCode, Slot};

use super::uuid;

/// Reads an answer in the notation of scenarios:
///
/// ```text
/// parked 4 ann    bridged 4 ann    held 4 ann    vacant 4    free 1 2 3
/// refused taken 4    refused rate-limited after 30s    unclear 404 Not found
/// ```
///
/// After `parked` and `bridged` the slot and the call are optional, because a switch may omit them.
#[track_caller]
pub(crate) fn parse_answer(text: &str) -> Answer {
    let words: Vec<&str> = text.split(' ').collect();
    let slot = |place: usize| words.get(place).map(|word| word.parse::<Slot>().unwrap());
    let who = |place: usize| words.get(place).map(|word| uuid(word));
    match words[0] {
        "parked" => Answer::Parked { slot: slot(1), uuid: who(2) },
        "bridged" => Answer::Bridged { slot: slot(1), uuid: who(2) },
        "held" => Answer::Held { slot: slot(1).unwrap(), uuid: who(2).unwrap() },
        "vacant" => Answer::Vacant { slot: slot(1).unwrap() },
        "free" => Answer::Free { slots: (1..words.len()).filter_map(slot).collect() },
        "refused" => {
            let code = RefusalCode::from_word(words[1]).expect(text);
            let (slot, retry_after) = match words.get(2) {
                Some(&"after") => (None, Some(seconds(words[3]))),
                _ => (slot(2), None),
            };
            Answer::Refused(Refusal { retry_after, ..Refusal::new(code, slot) })
        }
        "unclear" => {
            let (status, found) = (words[1].parse().unwrap(), words[2..].join(" "));
            Answer::Unclear { status, found, retry_after: None }
        }
        _ => panic!("`{text}` is no answer"),
    }
}

#[track_caller]
fn seconds(text: &str) -> Millis {
    Millis::from_secs(text.strip_suffix('s').unwrap().parse().unwrap())
}
