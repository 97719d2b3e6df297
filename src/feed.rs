//! What is told without having been asked: by a feed of the switch, or by another tab.

use std::sync::Arc;

use crate::{Answer, CallApiId, CallEvent, ExtensionId, Millis, Party, Question, Slot};

/// One message of a feed.
///
/// An observation is an observation, whoever made it: what somebody else was answered tells as much
/// of the lot as an answer of our own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Message {
    /// Something befell a call.
    Call(Box<CallEvent>),
    /// Somebody asked, and was answered.
    Asked {
        /// What.
        question: Question,
        /// What the switch said.
        answer: Answer,
    },
    /// A switch that knows tells that a call came into a slot, or left it.
    Move(Move),
}

/// A call came into a slot, or left it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Move {
    /// Why it left; `None`: it came.
    pub left: Option<Reason>,
    /// Where.
    pub slot: Slot,
    /// Which call.
    pub call: CallApiId,
    /// Who is calling, if the switch says so.
    pub caller: Option<Arc<Party>>,
    /// Who parked it.
    pub extension: ExtensionId,
    /// The call that the parked call was connected with, if the switch says so.
    pub by: Option<CallApiId>,
    /// The extension of the call that the parked call was connected with, if the switch says so.
    pub taken_by: Option<ExtensionId>,
    /// How long ago, when the message was sent.
    pub ago: Millis,
}

/// Why a call left its slot.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Reason {
    /// It was connected with another call.
    Bridged,
    /// Its patience ended and it went back to whoever parked it.
    Returned,
    /// The caller hung up.
    Abandoned,
    /// Nobody can tell.
    Unknown,
}

impl Reason {
    /// The reasons that a switch can give.
    pub const KNOWN: [Self; 3] = [Self::Bridged, Self::Returned, Self::Abandoned];

    /// The word that names the reason in code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bridged => "bridged",
            Self::Returned => "returned",
            Self::Abandoned => "abandoned",
            Self::Unknown => "unknown",
        }
    }
}
