//! [`Answer`]: the reply of the lot to a question.

use core::fmt;

use crate::{CallUuid, Millis, Slot};

/// The reply of the lot to a [`Question`](crate::Question). A refusal is a reply, too.
///
/// A field is `None` if the switch did not report the value. `None` does not mean that there is no
/// such slot or call. The specification does not document the answers to `park` and `bridge`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Answer {
    /// The call of the question is parked.
    Parked {
        /// The slot in which the call waits.
        slot: Option<Slot>,
        /// The parked call.
        uuid: Option<CallUuid>,
    },
    /// The call of the question is connected with a call that was parked. Its slot is vacant.
    Bridged {
        /// The slot in which the other call waited.
        slot: Option<Slot>,
        /// The call that waited there.
        uuid: Option<CallUuid>,
    },
    /// A call waits in the slot.
    Held {
        /// The slot in question.
        slot: Slot,
        /// The call that waits there.
        uuid: CallUuid,
    },
    /// No call waits in the slot.
    Vacant {
        /// The slot in question.
        slot: Slot,
    },
    /// The list of free slots. A call waits in every other slot of the lot.
    Free {
        /// The free slots, in ascending order, each once.
        slots: Vec<Slot>,
    },
    /// The lot did nothing, and says why.
    Refused(Refusal),
    /// The answer could not be understood with certainty.
    Unclear {
        /// The HTTP status.
        status: u16,
        /// The beginning of the answer, on one line.
        found: String,
        /// How long to wait before the next request, if the header `Retry-After` says so.
        retry_after: Option<Millis>,
    },
}

/// The reason why the lot did nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refusal {
    /// The reason as a code.
    pub code: RefusalCode,
    /// The slot that the refusal is about, if it is about one.
    pub slot: Option<Slot>,
    /// The reason in the words of the switch.
    pub message: String,
    /// How long to wait before the next attempt, if the switch says so.
    pub retry_after: Option<Millis>,
}

impl Refusal {
    /// Creates a refusal with the [message](RefusalCode::message) that belongs to `code`.
    pub fn new(code: RefusalCode, slot: Option<Slot>) -> Self {
        Self { code, slot, message: code.message().to_owned(), retry_after: None }
    }
}

macro_rules! refusal_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $message:literal;)+) => {
        /// The reasons why a switch refuses a question.
        ///
        /// The specification documents only the text of [`RefusalCode::Taken`].
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum RefusalCode {
            $($(#[doc = $doc])+ $name,)+
        }

        impl RefusalCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the stable word for the code. JavaScript uses the same word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// Returns the message that the [`Lot`](crate::Lot) gives with this code.
            pub const fn message(self) -> &'static str {
                match self { $(Self::$name => $message),+ }
            }
        }
    };
}

refusal_codes! {
    /// Another call waits in the slot. The message is the documented one, letter by letter.
    Taken = "taken", "slot already have parked member, slot is full";
    /// `park` without a slot, and no slot is free.
    LotFull = "lot-full", "no slot is free";
    /// The call is parked already, in another slot.
    AlreadyParked = "already-parked", "this call is parked in another slot";
    /// `bridge` with a slot in which no call waits.
    Vacant = "vacant", "nobody is parked in this slot";
    /// `bridge` without a slot, and no call waits in the lot.
    NobodyWaiting = "nobody-waiting", "nobody is parked";
    /// A call waits in the slot, but not the expected one.
    DifferentCall = "different-call", "another call is parked in this slot";
    /// `bridge` of a call with itself.
    SameCall = "same-call", "a call cannot be bridged with itself";
    /// The lot does not have this slot.
    NoSuchSlot = "no-such-slot", "there is no such slot";
    /// The action needs a slot on this switch.
    SlotRequired = "slot-required", "this action needs a slot";
    /// The call of the question has ended, or belongs to another extension.
    NoSuchCall = "no-such-call", "there is no such call";
    /// The extension of the question does not exist.
    NoSuchExtension = "no-such-extension", "there is no such extension";
    /// The token is missing, expired or wrong.
    Unauthorized = "unauthorized", "a valid token is required";
    /// The token is valid, but does not allow this action.
    Forbidden = "forbidden", "this is not allowed";
    /// The hourly limit is used up, or too many requests came at once.
    RateLimited = "rate-limited", "too many requests";
    /// The switch did not understand the request.
    BadRequest = "bad-request", "the request is malformed";
}

impl RefusalCode {
    /// Returns the code for `word`, or `None` if `word` is not the word of a code.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == word)
    }
}

impl fmt::Display for RefusalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
