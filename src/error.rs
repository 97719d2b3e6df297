//! Why something was not done, and whose doing that is.

use core::fmt;
use core::ops::Deref;

use crate::answer::{Answer, Refusal, RefusalCode};
use crate::{Millis, Question, Slot};

/// Why something was not done: a code to branch on, and a sentence for the log.
///
/// One pointer wide, because every result carries the room for one. The message is one line in
/// lower case without a full stop. Text that came from elsewhere stands in backticks, cut at 40
/// characters.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error(Box<Details>);

/// What there is to know of a error.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Details {
    /// The reason, in a word that never changes.
    pub code: Code,
    /// Whether the thing asked for was done all the same.
    pub outcome: Outcome,
    /// The reason, for a person.
    pub message: String,
    /// The slot it is about, if any.
    pub slot: Option<Slot>,
    /// The HTTP status it came with, if any.
    pub status: Option<u16>,
    /// When to try again at the earliest, if known.
    pub retry_after: Option<Millis>,
}

impl Deref for Error {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl Error {
    /// A error that stopped the thing before it was done.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            code,
            outcome: Outcome::NotDone,
            message: message.into(),
            slot: None,
            status: None,
            retry_after: None,
        }))
    }

    /// The error of a text that is not what was expected of it.
    pub(crate) fn unexpected(code: Code, expected: &str, found: &str) -> Self {
        Self::new(code, sentence(&["expected ", expected, ", found ", &quoted(found)]))
    }

    /// The error of a slot beyond the last of `slots`.
    pub(crate) fn beyond(slot: Slot, slots: u16) -> Self {
        let expected = sentence(&["a slot from 1 to ", &digits(slots.into())]);
        let found = digits(slot.number().into());
        Self::unexpected(Code::InvalidSlot, &expected, &found).at(Some(slot))
    }

    /// The error of a lot whose last slot is not what the options say: `slot` is beyond it and
    /// exists, or is one of the lot and does not.
    pub(crate) fn other_size(slot: Slot, slots: u16) -> Self {
        let is_beyond = slot.number() > slots;
        let message = sentence(&[
            "expected slots from 1 to ",
            &digits(slots.into()),
            if is_beyond { ", found slot " } else { ", but the switch has no slot " },
            &digits(slot.number().into()),
            if is_beyond { "; set `dialect.slots` higher" } else { "; set `dialect.slots` lower" },
        ]);
        Self::new(Code::InvalidOptions, message).at(Some(slot))
    }

    /// The error of calls that wait for another time than the options say.
    pub(crate) fn other_patience(told: Millis, seen: Millis) -> Self {
        let message = sentence(&[
            "expected calls to come back after ",
            &digits(told.as_ms()),
            " ms, found that they come back after ",
            &digits(seen.as_ms()),
            " ms; set `patienceMs`",
        ]);
        Self::new(Code::InvalidOptions, message)
    }

    /// The error that an answer is to whoever wanted something else.
    ///
    /// An answer that makes no sense leaves open whether a `park` or a `bridge` was carried out.
    pub fn from_answer(question: &Question, answer: &Answer) -> Self {
        let (status, found) = match answer {
            Answer::Refused(refusal) => return refusal.clone().into(),
            Answer::Unclear { status, found } => (Some(*status), quoted(found)),
            _ => (None, "that of another question".to_owned()),
        };
        let mut error = if status.is_some_and(|status| status >= 500) {
            Self::new(Code::ServerError, sentence(&["the switch failed: ", &found]))
        } else {
            let action = question.action.as_str();
            let message = sentence(&["expected an answer to `", action, "`, found ", &found]);
            Self::new(Code::Unclear, message)
        };
        error.0.status = status;
        error.at(question.slot).with_outcome(Outcome::Unknown)
    }

    /// The same error, about `slot` if it was about none.
    #[must_use]
    pub fn at(mut self, slot: Option<Slot>) -> Self {
        self.0.slot = self.0.slot.or(slot);
        self
    }

    /// The same error, with what is known of whether the thing was done.
    #[must_use]
    pub fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    /// Whether the very same request may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.outcome == Outcome::NotDone
            && matches!(
                self.code,
                Code::Unreachable
                    | Code::TimedOut
                    | Code::ServerError
                    | Code::Refused(RefusalCode::RateLimited | RefusalCode::LotFull)
            )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let mut error = Self::new(Code::Refused(refusal.code), refusal.message);
        error.0.slot = refusal.slot;
        error.0.retry_after = refusal.retry_after;
        error
    }
}

/// Whose doing a error is; the kinds are never mixed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Kind {
    /// The caller's: it asked for what cannot be.
    Invalid,
    /// The lot's: it said no.
    Refusal,
    /// The network's, or that of a switch that fell over.
    Failure,
    /// The switch's: nobody knows what it meant.
    Unclear,
    /// Ours.
    Bug,
}

impl Kind {
    /// The word that names the kind in code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Refusal => "refusal",
            Self::Failure => "failure",
            Self::Unclear => "unclear",
            Self::Bug => "bug",
        }
    }
}

/// Whether the thing asked for was done.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// Certainly not.
    NotDone,
    /// It was, although something about it went wrong.
    Done,
    /// Nobody can tell; look before acting again.
    Unknown,
}

impl Outcome {
    /// The word that names the outcome in code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotDone => "not-done",
            Self::Done => "done",
            Self::Unknown => "unknown",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal, $kind:ident;)+) => {
        /// Every reason for which something may not be done, in one stable list.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum Code {
            /// The lot said no.
            Refused(RefusalCode),
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// The reasons that are not refusals.
            pub const OTHERS: &'static [Self] = &[$(Self::$name),+];

            /// The word that names the reason in code, the same in every language.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::Refused(code) => code.as_str(),
                    $(Self::$name => $word,)+
                }
            }

            /// Whose doing it is.
            pub const fn kind(self) -> Kind {
                match self {
                    Self::Refused(_) => Kind::Refusal,
                    $(Self::$name => Kind::$kind,)+
                }
            }
        }
    };
}

codes! {
    /// Not the number of a slot, or not one this lot has.
    InvalidSlot = "invalid-slot", Invalid;
    /// Not the name of a call.
    InvalidCall = "invalid-call", Invalid;
    /// Not an extension.
    InvalidExtension = "invalid-extension", Invalid;
    /// Not an action.
    InvalidAction = "invalid-action", Invalid;
    /// An option that cannot be.
    InvalidOptions = "invalid-options", Invalid;
    /// Not a call event.
    InvalidEvent = "invalid-event", Invalid;
    /// The core was used before it was loaded, or could not be loaded.
    NotLoaded = "not-loaded", Invalid;
    /// Used after it was disposed of.
    Disposed = "disposed", Invalid;
    /// Called off by whoever asked for it.
    Aborted = "aborted", Invalid;
    /// The request got no answer: no network, no server, or not allowed by the browser.
    Unreachable = "unreachable", Failure;
    /// The answer did not come in time.
    TimedOut = "timed-out", Failure;
    /// The switch answered that it failed.
    ServerError = "server-error", Failure;
    /// The answer made no sense.
    Unclear = "unclear", Unclear;
    /// No call is up to ask with.
    NoLiveCall = "no-live-call", Invalid;
    /// A bridge connected nobody: the call that was to be connected waits in the slot instead.
    AskerParked = "asker-parked", Refusal;
    /// The call is not in the slot in which it was parked.
    NotThere = "not-there", Unclear;
    /// The core failed and was replaced.
    Lost = "lost", Bug;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A sentence made of parts. The formatter of the standard library would weigh more than all of the
/// sentences.
pub(crate) fn sentence(parts: &[&str]) -> String {
    let mut sentence = String::new();
    for part in parts {
        sentence.push_str(part);
    }
    sentence
}

/// The number that a text of nothing but digits is, unless it is too large. The parser of the
/// standard library tells five kinds of failure apart, once for each type of number.
pub(crate) fn number(text: &str) -> Option<u64> {
    let mut number = (!text.is_empty()).then_some(0_u64)?;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number.checked_mul(10)?.checked_add(digit.into())?;
    }
    Some(number)
}

/// A number in digits, for the same reason.
pub(crate) fn digits(number: u64) -> String {
    let mut text = if number < 10 { String::new() } else { digits(number / 10) };
    text.extend(u8::try_from(number % 10).map(|digit| char::from(b'0' + digit)));
    text
}

/// Somebody else's text, fit for a message: in backticks, in one line, cut at 40 characters.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut quoted = String::from('`');
    for (place, c) in text.chars().enumerate() {
        if place == LONGEST {
            quoted.push('…');
            break;
        }
        quoted.push(if c.is_control() { ' ' } else { c });
    }
    quoted.push('`');
    quoted
}
