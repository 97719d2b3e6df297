//! Messages that arrive without a question, from a feed of the switch or from another browser tab.

use std::sync::Arc;

use crate::macros::words;
use crate::{Answer, CallApiId, CallEvent, ExtensionId, Millis, Party, Question, Slot};

/// One message of a feed.
///
/// The mirror treats all sources alike. An answer that another client got says as much about the
/// lot as an answer to the mirror's own question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Message {
    /// A call event, as a web hook delivers it.
    Call(Arc<CallEvent>),
    /// A client asked a question, and the switch answered.
    Asked {
        /// The question.
        question: Question,
        /// The answer of the switch.
        answer: Answer,
    },
    /// A call entered a slot or left it. Only a switch that knows its lot sends this message.
    Move(Move),
}

impl Message {
    /// The kind of this message.
    pub const fn kind(&self) -> MessageKind {
        match self {
            Self::Call(_) => MessageKind::Call,
            Self::Asked { .. } => MessageKind::Asked,
            Self::Move(_) => MessageKind::Lot,
        }
    }
}

words! {
    /// The kind of a message. Its word stands in the field `event` of a server-sent event.
    MessageKind {
        /// A [`Message::Call`].
        Call = "call",
        /// A [`Message::Asked`].
        Asked = "asked",
        /// A [`Message::Move`].
        Lot = "lot",
    }
}

/// A call entered a slot or left it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Move {
    /// Why the call left the slot. `None` if it entered the slot.
    pub left: Option<Reason>,
    /// The slot.
    pub slot: Slot,
    /// The call that entered or left.
    pub call: CallApiId,
    /// The caller, if the switch names one.
    pub caller: Option<Arc<Party>>,
    /// The extension that parked the call. The call returns there.
    pub extension: ExtensionId,
    /// The call that the parked call was connected with, if the switch names one.
    pub by: Option<CallApiId>,
    /// The extension of the call in `by`, if the switch names one.
    pub taken_by: Option<ExtensionId>,
    /// The time between the move and the sending of the message.
    pub ago: Millis,
}

words! {
    /// Why a call left its slot.
    Reason {
        /// The call was connected with another call.
        Bridged = "bridged",
        /// The call had waited for its whole patience and returned to the extension that parked it.
        Returned = "returned",
        /// The caller hung up.
        Abandoned = "abandoned",
        /// The reason is not known.
        Unknown = "unknown",
    }
}
