//! What the lot said.

use core::fmt;

use crate::{CallUuid, Millis, Slot};

/// What the lot said to a [`Question`](crate::Question). A refusal is an answer, too.
///
/// `None` inside an answer means that the switch did not say, never that there is none.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Answer {
    /// The call waits now.
    Parked {
        /// Where.
        slot: Option<Slot>,
        /// Who waits there.
        uuid: Option<CallUuid>,
    },
    /// The call is connected with one that waited; its slot is vacant.
    Bridged {
        /// Where it waited.
        slot: Option<Slot>,
        /// Who waited there.
        uuid: Option<CallUuid>,
    },
    /// Somebody waits in the slot.
    Held {
        /// Where.
        slot: Slot,
        /// Who.
        uuid: CallUuid,
    },
    /// Nobody waits in the slot.
    Vacant {
        /// Where.
        slot: Slot,
    },
    /// These slots are free, and the others of the lot are not.
    Free {
        /// In ascending order, each once.
        slots: Vec<Slot>,
    },
    /// Nothing was done, and this is why.
    Refused(Refusal),
    /// The answer made no sense, or says nothing certain.
    Unclear {
        /// The HTTP status.
        status: u16,
        /// How it begins, in one line.
        found: String,
    },
}

/// Why the lot did nothing. An answer, not an accident: the panel shows it and carries on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refusal {
    /// The reason, in a word.
    pub code: RefusalCode,
    /// The slot it is about, if the reason has one.
    pub slot: Option<Slot>,
    /// The reason in the switch's own words.
    pub message: String,
    /// When to try again at the earliest, if the switch said so.
    pub retry_after: Option<Millis>,
}

impl Refusal {
    /// A refusal in the words of this crate.
    pub fn new(code: RefusalCode, slot: Option<Slot>) -> Self {
        Self { code, slot, message: code.message().to_owned(), retry_after: None }
    }
}

macro_rules! refusal_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $message:literal;)+) => {
        /// The reasons a switch has for refusing, in one stable list.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum RefusalCode {
            $($(#[doc = $doc])+ $name,)+
        }

        impl RefusalCode {
            /// Every reason, in the order in which they are documented.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word that names the reason in code, the same in every language.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The reason as the lot of this crate puts it to a person.
            pub const fn message(self) -> &'static str {
                match self { $(Self::$name => $message),+ }
            }
        }
    };
}

refusal_codes! {
    /// Another call waits in the slot. The message is the documented one, to the letter.
    Taken = "taken", "slot already have parked member, slot is full";
    /// Parking anywhere, and no slot is free.
    LotFull = "lot-full", "no slot is free";
    /// The call waits already, in another slot.
    AlreadyParked = "already-parked", "this call is parked in another slot";
    /// Bridging with a slot in which nobody waits.
    Vacant = "vacant", "nobody is parked in this slot";
    /// Bridging with anybody, and nobody waits.
    NobodyWaiting = "nobody-waiting", "nobody is parked";
    /// Another call waits in the slot than the one that was expected.
    DifferentCall = "different-call", "another call is parked in this slot";
    /// A call cannot be connected with itself.
    SameCall = "same-call", "a call cannot be bridged with itself";
    /// The lot has no such slot.
    NoSuchSlot = "no-such-slot", "there is no such slot";
    /// This switch wants to be told which slot.
    SlotRequired = "slot-required", "this action needs a slot";
    /// The call that was asked with is not up, or not the extension's.
    NoSuchCall = "no-such-call", "there is no such call";
    /// There is no such extension.
    NoSuchExtension = "no-such-extension", "there is no such extension";
    /// The token is missing, expired or wrong.
    Unauthorized = "unauthorized", "a valid token is required";
    /// The token is good, and still this is not allowed.
    Forbidden = "forbidden", "this is not allowed";
    /// The hourly budget is spent, or too much was asked at once.
    RateLimited = "rate-limited", "too many requests";
    /// The switch did not understand the request.
    BadRequest = "bad-request", "the request is malformed";
}

impl RefusalCode {
    /// The reason that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == word)
    }
}

impl fmt::Display for RefusalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
