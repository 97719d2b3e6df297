//! [`Question`]: one request to the lot, and its [`Action`].

use core::str::FromStr;

use crate::macros::words;
use crate::{CallApiId, Code, Error, ExtensionId, Slot};

words! {
    /// The task that a question gives to the lot.
    Action {
        /// Park the call in a slot.
        Park = "park",
        /// Connect the call with a parked call. This frees the slot of the parked call.
        Bridge = "bridge",
        /// Change nothing. Report which call waits in a slot, or which slots are free.
        Slots = "slots",
    }
}

impl Action {
    /// Returns true for an act: an action that parks or connects a call. Returns false for an
    /// action that only asks.
    pub const fn is_act(self) -> bool {
        match self {
            Self::Park | Self::Bridge => true,
            Self::Slots => false,
        }
    }
}

impl FromStr for Action {
    type Err = Error;

    /// Reads the word of an action.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::InvalidAction`] if `text` is not exactly `park`, `bridge` or `slots`.
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::from_word(text).ok_or_else(|| {
            let expected = "the action `park`, `bridge` or `slots`";
            Error::unexpected(Code::InvalidAction, expected, text)
        })
    }
}

/// One question to the lot: who asks, with which call, and for what.
///
/// Every question names a call, because the specification puts a call into the path of every
/// request. An extension without a live call cannot ask, not even for the free slots.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Question {
    /// The extension that asks.
    pub extension: ExtensionId,
    /// The call to park or to connect. For [`Action::Slots`] any live call of the extension.
    pub call: CallApiId,
    /// The task for the lot.
    pub action: Action,
    /// The slot in question.
    ///
    /// Without a slot, the switch chooses a free slot for [`Action::Park`] and a parked call for
    /// [`Action::Bridge`], and lists the free slots for [`Action::Slots`].
    pub slot: Option<Slot>,
}

impl Question {
    /// Returns what the question asks for, without the names of who asks.
    pub const fn asked(&self) -> Asked {
        Asked { action: self.action, slot: self.slot }
    }
}

/// The part of a question that decides the meaning of its answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Asked {
    /// See [`Question::action`].
    pub action: Action,
    /// See [`Question::slot`].
    pub slot: Option<Slot>,
}
