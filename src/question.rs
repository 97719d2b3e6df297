//! [`Question`]: one request to the lot, and its [`Action`].

use core::fmt;
use core::str::FromStr;

use crate::{CallApiId, Code, Error, ExtensionId, Slot};

macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal;)+) => {
        /// The task that a question gives to the lot.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum Action {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Action {
            /// Every action, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the word that stands for the action in a request.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

actions! {
    /// Park the call in a slot.
    Park = "park";
    /// Connect the call with a parked call. This frees the slot of the parked call.
    Bridge = "bridge";
    /// Change nothing. Report which call waits in a slot, or which slots are free.
    Slots = "slots";
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
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
        Self::ALL.iter().copied().find(|action| action.as_str() == text).ok_or_else(|| {
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
