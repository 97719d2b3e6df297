//! What is asked of a lot.

use core::fmt;
use core::str::FromStr;

use crate::{CallApiId, Code, Error, ExtensionId, Slot};

/// What can be done with a call and a slot.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Action {
    /// Let the call wait in a slot.
    Park,
    /// Connect the call with one that waits.
    Bridge,
    /// Change nothing; tell who waits in a slot, or which slots are free.
    Slots,
}

impl Action {
    /// The word that names the action in a request.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Park => "park",
            Self::Bridge => "bridge",
            Self::Slots => "slots",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Action {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "park" => Ok(Self::Park),
            "bridge" => Ok(Self::Bridge),
            "slots" => Ok(Self::Slots),
            _ => {
                let expected = "the action `park`, `bridge` or `slots`";
                Err(Error::unexpected(Code::InvalidAction, expected, text))
            }
        }
    }
}

/// One question to the lot.
///
/// Every question names a call, even one that only wants to know: with no live call there is
/// nothing to ask with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Question {
    /// On whose behalf it is asked.
    pub extension: ExtensionId,
    /// The call it is asked with; for `park` and `bridge` the one it is about.
    pub call: CallApiId,
    /// What is wanted.
    pub action: Action,
    /// Where. Without it `park` lets the switch choose, `bridge` takes any call that waits, and
    /// `slots` asks which slots are free.
    pub slot: Option<Slot>,
}
