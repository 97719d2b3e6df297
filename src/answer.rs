//! [`Answer`]: the reply of the lot to a question.

use crate::macros::words;
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

words! {
    /// The reasons why a switch refuses a question.
    ///
    /// The specification documents only the text of [`RefusalCode::Taken`].
    RefusalCode {
        /// Another call waits in the slot.
        Taken = "taken",
        /// `park` without a slot, and no slot is free.
        LotFull = "lot-full",
        /// The call is parked already, in another slot.
        AlreadyParked = "already-parked",
        /// `bridge` with a slot in which no call waits.
        Vacant = "vacant",
        /// `bridge` without a slot, and no call waits in the lot.
        NobodyWaiting = "nobody-waiting",
        /// A call waits in the slot, but not the expected one.
        DifferentCall = "different-call",
        /// `bridge` of a call with itself.
        SameCall = "same-call",
        /// The lot does not have this slot.
        NoSuchSlot = "no-such-slot",
        /// The action needs a slot on this switch.
        SlotRequired = "slot-required",
        /// The call of the question has ended, or belongs to another extension.
        NoSuchCall = "no-such-call",
        /// The extension of the question does not exist.
        NoSuchExtension = "no-such-extension",
        /// The token is missing, expired or wrong.
        Unauthorized = "unauthorized",
        /// The token is valid, but does not allow this action.
        Forbidden = "forbidden",
        /// The hourly limit is used up, or too many requests came at once.
        RateLimited = "rate-limited",
        /// The switch did not understand the request.
        BadRequest = "bad-request",
    }
}

impl RefusalCode {
    /// Returns the message that the [`Lot`](crate::Lot) gives with this code.
    pub const fn message(self) -> &'static str {
        match self {
            // This is the documented text, letter by letter.
            Self::Taken => "slot already have parked member, slot is full",
            Self::LotFull => "no slot is free",
            Self::AlreadyParked => "this call is parked in another slot",
            Self::Vacant => "nobody is parked in this slot",
            Self::NobodyWaiting => "nobody is parked",
            Self::DifferentCall => "another call is parked in this slot",
            Self::SameCall => "a call cannot be bridged with itself",
            Self::NoSuchSlot => "there is no such slot",
            Self::SlotRequired => "this action needs a slot",
            Self::NoSuchCall => "there is no such call",
            Self::NoSuchExtension => "there is no such extension",
            Self::Unauthorized => "a valid token is required",
            Self::Forbidden => "this is not allowed",
            Self::RateLimited => "too many requests",
            Self::BadRequest => "the request is malformed",
        }
    }
}
