//! Messages that arrive without a question, from a feed of the switch or from another browser tab.

use std::sync::Arc;

use crate::macros::words;
use crate::record::record;
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
        /// The newest id of the feed that the server knew when the question was sent. `None` if
        /// unknown.
        since: Option<u64>,
    },
    /// A call entered a slot or left it. Only a switch that knows its lot sends this message.
    Move(Move),
    /// A person changed what is noted of a parked call.
    Note(Arc<Note>),
}

impl Message {
    /// Returns the kind of this message.
    pub const fn kind(&self) -> MessageKind {
        match self {
            Self::Call(_) => MessageKind::Call,
            Self::Asked { .. } => MessageKind::Asked,
            Self::Move(_) => MessageKind::Lot,
            Self::Note(_) => MessageKind::Note,
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
        /// A [`Message::Note`].
        Note = "note",
    }
}

/// The place of an answer among the messages of a feed.
///
/// The server of this project numbers its answers, a hosted PBX does not.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Stamp {
    /// The id of the feed message about the answer. `None` if unknown.
    pub order: Option<u64>,
    /// The newest id of the feed that the server knew when it sent the question. `None` if
    /// unknown.
    pub since: Option<u64>,
    /// How long the server has had the answer. `None` if the server asked for this client.
    pub age: Option<Millis>,
}

record!(struct Stamp { order, since, age });

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

/// The note on a parked call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    /// The parked call.
    pub call: CallApiId,
    /// The slot in which the call waits.
    pub slot: Slot,
    /// The note, at most [`LONGEST_NOTE`] characters. `None` if there is no note.
    pub note: Option<String>,
    /// The name of the person who should take the call, with the same limit. `None` if the note
    /// names no person.
    pub for_whom: Option<String>,
    /// The extension that changed the note. `None` if unknown.
    pub by: Option<ExtensionId>,
}

record!(struct Note { call, slot, note, for_whom, by });

/// The largest number of characters of a note, and of the name of the person for whom a call waits.
pub const LONGEST_NOTE: usize = 200;

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
