//! [`Error`]: why something was not done, in the one shape that all errors have.

use core::fmt;
use core::ops::Deref;

use crate::answer::{Answer, Refusal, RefusalCode};
use crate::macros::words;
use crate::text::quoted;
use crate::{Millis, Question, Slot};

/// Why something was not done: a code for programs and a message for people.
///
/// The message is one line in lower case without a full stop. Foreign text in a message is quoted
/// in backticks and cut at 40 characters.
///
/// The fields are in [`Details`], which an `Error` dereferences to. They are boxed so that a
/// `Result` with an `Error` stays small.
///
/// ```
/// use valet_park::error::{Kind, Outcome};
/// use valet_park::{Action, Answer, Code, Error, Question, Refusal, RefusalCode, Slot};
///
/// let question = Question {
///     extension: "34414".parse()?,
///     call: "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0".parse()?,
///     action: Action::Park,
///     slot: Some(Slot::try_from(6)?),
/// };
/// let answer = Answer::Refused(Refusal::new(RefusalCode::Taken, question.slot));
/// let error = Error::from_answer(&question, &answer);
/// match error.code {
///     Code::Refused(RefusalCode::Taken) => println!("choose another slot"),
///     _ if error.outcome == Outcome::Unknown => println!("ask before you try again"),
///     _ => println!("{error}"),
/// }
/// assert_eq!(error.kind(), Kind::Refusal);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error(Box<Details>);

/// The fields of an [`Error`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Details {
    /// The reason as a code.
    pub code: Code,
    /// Whether the requested action was carried out in spite of the error.
    pub outcome: Outcome,
    /// The reason for people, in English.
    pub message: String,
    /// The slot that the error is about, if it is about one.
    pub slot: Option<Slot>,
    /// The HTTP status of the answer, if there was an answer.
    pub status: Option<u16>,
    /// How long to wait before the next attempt, if the switch says so.
    pub retry_after: Option<Millis>,
}

impl Deref for Error {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl Error {
    /// Creates an error with the outcome [`Outcome::NotDone`].
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

    /// Creates the error for a text that has not the expected form.
    pub(crate) fn unexpected(code: Code, expected: &str, found: &str) -> Self {
        Self::new(code, format!("expected {expected}, found {}", quoted(found)))
    }

    /// Creates the error for a slot beyond the last slot of the lot.
    pub(crate) fn slot_beyond_lot(slot: Slot, slots: u16) -> Self {
        let expected = format!("a slot from 1 to {slots}");
        Self::unexpected(Code::InvalidSlot, &expected, &slot.to_string()).or_slot(Some(slot))
    }

    /// Creates the error for a lot whose size differs from the option `slots`.
    ///
    /// `slot` shows the difference. Either the switch has a slot with a number above `slots`, or it
    /// does not have a slot with a number up to `slots`.
    pub(crate) fn wrong_lot_size(slot: Slot, slots: u16) -> Self {
        let found = if slot.number() > slots {
            format!("found slot {slot}; set `dialect.slots` higher")
        } else {
            format!("but the switch has no slot {slot}; set `dialect.slots` lower")
        };
        Self::new(Code::InvalidOptions, format!("expected slots from 1 to {slots}, {found}"))
            .or_slot(Some(slot))
    }

    /// Creates the error for parked calls that return after another time than the options say.
    pub(crate) fn wrong_patience(expected: Millis, found: Millis) -> Self {
        let (expected, found) = (expected.as_ms(), found.as_ms());
        let message = format!(
            "expected calls to come back after {expected} ms, \
             found that they come back after {found} ms; set `patienceMs`"
        );
        Self::new(Code::InvalidOptions, message)
    }

    /// Creates the error for an `answer` that does not do what `question` asks.
    ///
    /// After a refusal the outcome is [`Outcome::NotDone`]. After any other answer it is
    /// [`Outcome::Unknown`], because a switch that answers nonsense may still have parked or
    /// connected the call.
    pub fn from_answer(question: &Question, answer: &Answer) -> Self {
        Self::from_answer_to(question.action.as_str(), question.slot, answer)
    }

    /// As [`Self::from_answer`], for a request with the name `asked` that is about `slot`.
    pub(crate) fn from_answer_to(asked: &str, slot: Option<Slot>, answer: &Answer) -> Self {
        let (status, found, retry_after) = match answer {
            Answer::Refused(refusal) => return refusal.clone().into(),
            Answer::Unclear { status, found, retry_after } => {
                (Some(*status), quoted(found), *retry_after)
            }
            Answer::Parked { .. }
            | Answer::Bridged { .. }
            | Answer::Held { .. }
            | Answer::Vacant { .. }
            | Answer::Free { .. } => (None, "that of another question".to_owned(), None),
        };
        let mut error = if status.is_some_and(|status| status >= 500) {
            Self::new(Code::ServerError, format!("the switch failed: {found}"))
        } else {
            Self::new(Code::Unclear, format!("expected an answer to `{asked}`, found {found}"))
        };
        error.0.status = status;
        error.0.retry_after = retry_after;
        error.or_slot(slot).with_outcome(Outcome::Unknown)
    }

    /// Returns who caused the error. This is the kind of its code.
    pub fn kind(&self) -> Kind {
        self.code.kind()
    }

    /// Sets the slot, unless the error has one already.
    #[must_use]
    pub fn or_slot(mut self, slot: Option<Slot>) -> Self {
        self.0.slot = self.0.slot.or(slot);
        self
    }

    /// Sets the outcome.
    #[must_use]
    pub fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    /// Returns true if the same request, sent again later, may succeed and cannot be carried out
    /// twice.
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

words! {
    /// Who caused an error.
    Kind {
        /// The caller asked for something impossible.
        Invalid = "invalid",
        /// The lot refused.
        Refusal = "refusal",
        /// The network or the switch failed.
        Failure = "failure",
        /// The switch answered, but the answer does not say what happened.
        Unclear = "unclear",
        /// This library has a bug.
        Bug = "bug",
    }
}

words! {
    /// Whether the requested action was carried out.
    Outcome {
        /// It was certainly not carried out.
        NotDone = "not-done",
        /// It was carried out, and something else failed.
        Done = "done",
        /// It may have been carried out. Ask the lot before you try again.
        Unknown = "unknown",
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal, $kind:ident;)+) => {
        /// Every reason for an error.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum Code {
            /// The lot refused, for this reason.
            Refused(RefusalCode),
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code that is not a refusal.
            pub const OTHERS: &'static [Self] = &[$(Self::$name),+];

            /// Returns the stable word for the code. JavaScript uses the same word.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::Refused(code) => code.as_str(),
                    $(Self::$name => $word,)+
                }
            }

            /// Returns who causes errors with this code.
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
    /// A text is not a slot, or the lot does not have this slot.
    InvalidSlot = "invalid-slot", Invalid;
    /// A text is not the name of a call.
    InvalidCall = "invalid-call", Invalid;
    /// A text is not an extension.
    InvalidExtension = "invalid-extension", Invalid;
    /// A text is not an action.
    InvalidAction = "invalid-action", Invalid;
    /// An option has an impossible value.
    InvalidOptions = "invalid-options", Invalid;
    /// A text or an object is not a call event.
    InvalidEvent = "invalid-event", Invalid;
    /// The core is not loaded yet, or could not be loaded.
    NotLoaded = "not-loaded", Invalid;
    /// The object was used after `dispose()`.
    Disposed = "disposed", Invalid;
    /// The caller aborted the command.
    Aborted = "aborted", Invalid;
    /// No answer arrived: the network or the server is down, or the browser blocked the request.
    Unreachable = "unreachable", Failure;
    /// No answer arrived in time.
    TimedOut = "timed-out", Failure;
    /// The switch reported an internal failure (HTTP status 500 or higher).
    ServerError = "server-error", Failure;
    /// The answer could not be understood.
    Unclear = "unclear", Unclear;
    /// The extension has no live call, so no question can be asked.
    NoLiveCall = "no-live-call", Invalid;
    /// A `bridge` connected no calls. The call of the command is parked in the slot instead.
    AskerParked = "asker-parked", Refusal;
    /// The call is not in the slot in which it was parked.
    NotThere = "not-there", Unclear;
    /// The server has not announced that it keeps notes.
    NoNotes = "no-notes", Invalid;
    /// Neither the server nor the program can connect the telephone of the extension.
    NoPickUp = "no-pick-up", Invalid;
    /// The telephone of the extension rang for a pick-up and was not answered.
    NoAnswer = "no-answer", Refusal;
    /// The core failed and was replaced.
    Lost = "lost", Bug;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

crate::record::record!(struct Error(details));
