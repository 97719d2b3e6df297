use valet_park::answer::Refusal;
use valet_park::error::{Kind, Outcome};
use valet_park::{Code, Error, Millis, RefusalCode, Slot};

use crate::support::{parse_answer, question, slot};

#[track_caller]
fn about(asks: &str, answer: &str) -> Error {
    Error::from_answer(&question("ann", asks), &parse_answer(answer))
}

#[test]
fn every_code_has_a_unique_word() {
    let refusals = RefusalCode::ALL.iter().map(|code| Code::Refused(*code));
    let words: Vec<&str> = refusals.chain(Code::OTHERS.iter().copied()).map(Code::as_str).collect();
    let mut distinct = words.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), words.len());
    for word in words {
        let parts = || word.split('-');
        assert!(parts().all(|part| !part.is_empty()), "{word}");
        assert!(parts().all(|part| part.bytes().all(|b| b.is_ascii_lowercase())), "{word}");
        assert!(Code::OTHERS.iter().all(|code| code.to_string() == code.as_str()));
    }
}

#[test]
fn a_refusal_code_is_read_by_its_exact_word() {
    for code in RefusalCode::ALL {
        assert_eq!(RefusalCode::from_word(code.as_str()), Some(*code));
        assert_eq!(code.to_string(), code.as_str());
    }
    for word in ["", "Taken", "TAKEN", "taken ", "slot-taken", "unclear"] {
        assert_eq!(RefusalCode::from_word(word), None, "{word}");
    }
}

#[test]
fn every_refusal_message_is_one_line_in_lower_case_without_a_full_stop() {
    for code in RefusalCode::ALL {
        let message = code.message();
        assert!(message.chars().all(|c| c.is_ascii_lowercase() || " ,".contains(c)), "{message}");
    }
    assert_eq!(RefusalCode::Taken.message(), "slot already have parked member, slot is full");
}

#[test]
fn kinds_and_outcomes_have_fixed_words() {
    let kinds = [Kind::Invalid, Kind::Refusal, Kind::Failure, Kind::Unclear, Kind::Bug];
    let words = ["invalid", "refusal", "failure", "unclear", "bug"];
    assert_eq!(kinds.map(Kind::as_str), words);
    let outcomes = [Outcome::NotDone, Outcome::Done, Outcome::Unknown];
    assert_eq!(outcomes.map(Outcome::as_str), ["not-done", "done", "unknown"]);
}

#[test]
fn every_code_has_a_kind() {
    let of = |kind: Kind| -> Vec<&str> {
        let codes = Code::OTHERS.iter().filter(|code| code.kind() == kind);
        codes.map(|code| code.as_str()).collect()
    };
    assert_eq!(of(Kind::Failure), ["unreachable", "timed-out", "server-error"]);
    assert_eq!(of(Kind::Unclear), ["unclear", "not-there"]);
    assert_eq!(of(Kind::Bug), ["lost"]);
    assert_eq!(of(Kind::Refusal), ["asker-parked", "no-answer"]);
    assert!(RefusalCode::ALL.iter().all(|code| Code::Refused(*code).kind() == Kind::Refusal));
}

#[test]
fn an_invalid_slot_gives_an_error_that_quotes_the_text() {
    let error = "06".parse::<Slot>().unwrap_err();
    assert_eq!((error.code, error.code.kind()), (Code::InvalidSlot, Kind::Invalid));
    assert_eq!(error.outcome, Outcome::NotDone);
    assert_eq!(error.to_string(), "expected a slot from 1 to 65535, found `06`");
}

#[test]
fn a_refusal_becomes_an_error_with_all_its_fields() {
    let retry_after = Some(Millis::from_secs(30));
    let refusal = Refusal { retry_after, ..Refusal::new(RefusalCode::RateLimited, Some(slot(4))) };
    let error = Error::from(refusal);
    assert_eq!(error.code, Code::Refused(RefusalCode::RateLimited));
    assert_eq!((error.slot, error.retry_after), (Some(slot(4)), retry_after));
    assert_eq!(error.message, "too many requests");
    assert_eq!(error.outcome, Outcome::NotDone);
    assert!(error.is_retryable());
}

#[test]
fn after_an_unclear_answer_the_outcome_is_unknown() {
    let error = about("park 4", "unclear 404 Not found");
    assert_eq!((error.code, error.outcome), (Code::Unclear, Outcome::Unknown));
    assert_eq!((error.status, error.slot), (Some(404), Some(slot(4))));
    assert_eq!(error.message, "expected an answer to `park`, found `Not found`");
    let error = about("bridge", "unclear 502 Bad gateway");
    assert_eq!((error.code, error.code.kind()), (Code::ServerError, Kind::Failure));
    assert_eq!((error.status, error.outcome), (Some(502), Outcome::Unknown));
    assert_eq!(error.message, "the switch failed: `Bad gateway`");
    let error = about("slots 4", "parked 4 ann");
    assert_eq!(error.message, "expected an answer to `slots`, found that of another question");
    assert_eq!(error.outcome, Outcome::Unknown);
}

#[test]
fn an_action_that_may_have_been_done_is_not_retryable() {
    let retryable = |code| Error::new(code, "").is_retryable();
    assert!(retryable(Code::Unreachable) && retryable(Code::TimedOut));
    assert!(retryable(Code::ServerError) && retryable(Code::Refused(RefusalCode::LotFull)));
    assert!(!retryable(Code::Refused(RefusalCode::Taken)) && !retryable(Code::NoLiveCall));
    assert!(!retryable(Code::InvalidSlot) && !retryable(Code::Lost));
    for outcome in [Outcome::Unknown, Outcome::Done] {
        assert!(!Error::new(Code::TimedOut, "").with_outcome(outcome).is_retryable());
    }
}

#[test]
fn the_first_slot_of_an_error_stays() {
    let error =
        Error::new(Code::Unclear, "").or_slot(None).or_slot(Some(slot(4))).or_slot(Some(slot(5)));
    assert_eq!(error.slot, Some(slot(4)));
}
