//! The words and statuses that stand for a refusal.

use crate::RefusalCode;

/// The documented sentence for a taken slot, without the part after the comma. The documents do not
/// say with which status it comes.
const TAKEN: &str = "slot already have parked member";

/// The word in `status` with which this crate writes an answer that it did not understand.
pub(super) const UNCLEAR: &str = "unclear";

/// Returns true if `body` has the documented sentence for a taken slot anywhere, in any letter
/// case.
pub(super) fn says_taken(body: &str) -> bool {
    body.as_bytes().windows(TAKEN.len()).any(|part| part.eq_ignore_ascii_case(TAKEN.as_bytes()))
}

/// Returns the refusal that a word such as `lot-full` or `rate_limit_exceeded` stands for.
pub(super) fn from_word(word: &str) -> Option<RefusalCode> {
    let word = word.to_ascii_lowercase().replace('_', "-");
    RefusalCode::from_word(&word).or(match word.as_str() {
        "rate-limit-exceeded" => Some(RefusalCode::RateLimited),
        "invalid-grant" | "invalid-token" => Some(RefusalCode::Unauthorized),
        "app-access-type-deny" => Some(RefusalCode::Forbidden),
        _ => None,
    })
}

/// Returns true if the text of an `error` or a `message` reports a success.
///
/// These texts are: an empty text, and words such as `OK`, in any letter case and with any
/// punctuation around them.
pub(super) fn is_fine(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_ascii_punctuation() || c.is_ascii_whitespace());
    ["", "ok", "okay", "success", "successful", "done", "none", "null", "no error", "0"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns the refusal for which the lot of this crate has this message.
pub(super) fn from_message(message: &str) -> Option<RefusalCode> {
    RefusalCode::ALL.iter().copied().find(|code| code.message() == message)
}

/// Returns the refusal that a status alone stands for.
///
/// 404 is missing here, because it can mean an empty slot, a call that is gone, or a wrong address.
pub(super) fn from_status(status: u16) -> Option<RefusalCode> {
    match status {
        400 | 405 | 413 | 415 | 422 => Some(RefusalCode::BadRequest),
        401 => Some(RefusalCode::Unauthorized),
        403 => Some(RefusalCode::Forbidden),
        429 => Some(RefusalCode::RateLimited),
        _ => None,
    }
}

/// Returns the status with which this crate writes a refusal.
pub(super) fn status(code: RefusalCode) -> u16 {
    match code {
        RefusalCode::BadRequest | RefusalCode::SlotRequired | RefusalCode::NoSuchSlot => 400,
        RefusalCode::Unauthorized => 401,
        RefusalCode::Forbidden => 403,
        RefusalCode::NoSuchCall | RefusalCode::NoSuchExtension => 404,
        RefusalCode::RateLimited => 429,
        RefusalCode::Taken
        | RefusalCode::LotFull
        | RefusalCode::AlreadyParked
        | RefusalCode::Vacant
        | RefusalCode::NobodyWaiting
        | RefusalCode::DifferentCall
        | RefusalCode::SameCall => 409,
    }
}
