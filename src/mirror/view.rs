//! The views: what a panel may show.

use std::sync::Arc;

use crate::event::Direction;
use crate::feed::{Note, Reason};
use crate::macros::words;
use crate::record::record;
use crate::{CallApiId, CallUuid, ExtensionId, Millis, Party, Slot, Time};

/// The view of a slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SlotView {
    /// The slot.
    pub slot: Slot,
    /// The state of the slot.
    pub state: SlotState,
    /// The act that a command of this mirror performs in the slot. `None`: no command acts there.
    pub pending: Option<Pending>,
    /// True if an observation shows this state, and a later change would have been noticed.
    pub is_confirmed: bool,
    /// When the last answer, message or event about the slot arrived. `None`: none has arrived.
    pub checked_at: Option<Time>,
    /// The call that waits in the slot. `None` if no call waits there, or its name is unknown.
    ///
    /// The specification says that a slot answers with this part of the `call_api_id`.
    pub uuid: Option<CallUuid>,
    /// The full name of the call. `None` if no event, message or command has named it.
    pub call: Option<CallApiId>,
    /// The other party of the call. `None` if no event or message has named it.
    pub caller: Option<Arc<Party>>,
    /// The extension that parked the call. `None` if unknown; the extension is never guessed.
    pub parked_by: Option<ExtensionId>,
    /// True if one of the mirror's own extensions parked the call.
    pub is_mine: bool,
    /// The call has waited since then, or longer. `None` if no call is known to wait.
    pub held_since: Option<Time>,
    /// True if `held_since` is exact, because the time of the park is known.
    pub is_exact: bool,
    /// When the call goes back to its extension, or the latest time if `is_exact` is false. This is
    /// an estimate. `None` if no call is known to wait, or if it may wait for ever.
    pub returns_at: Option<Time>,
    /// The note on the call. `None` if no message has told of one.
    pub note: Option<Arc<Note>>,
}

words! {
    /// The state of a slot.
    SlotState {
        /// No answer tells the state, or the answers contradict each other.
        Unknown = "unknown",
        /// No call waits in the slot.
        Free = "free",
        /// A call waits in the slot.
        Held = "held",
        /// A call waited in the slot until its deadline. It must have gone back, but no answer
        /// shows that yet.
        Returning = "returning",
    }
}

words! {
    /// An act that a command has not finished.
    Pending {
        /// A call is being parked.
        Parking = "parking",
        /// Two calls are being connected.
        Bridging = "bridging",
    }
}

/// The view of a live call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallView {
    /// The extension that has the call.
    pub extension: ExtensionId,
    /// The full name of the call.
    pub call: CallApiId,
    /// The `CallID` of the call, which stays the same when the call is forwarded. `None` if
    /// unknown.
    pub call_id: Option<String>,
    /// The SIP Call-ID of the leg at the extension. `None` if no event has named it.
    pub sip_call_id: Option<String>,
    /// The direction of the call. `None` if unknown.
    pub direction: Option<Direction>,
    /// The party that calls. `None` if no event has named it.
    pub caller: Option<Arc<Party>>,
    /// The party that is called. `None` if no event has named it.
    pub called: Option<Arc<Party>>,
    /// The state of the call.
    pub state: CallState,
    /// When the call entered this state.
    pub since: Time,
    /// The slot in which the call waits. `None` if the call is not parked, or no slot is known.
    pub slot: Option<Slot>,
    /// The slot from which the call came back. `None` if it did not, or if that is unknown.
    pub returned_from: Option<ReturnedFrom>,
    /// The act that a command of this mirror performs with the call. `None`: no command acts on it.
    pub pending: Option<Pending>,
}

words! {
    /// The state of a live call at its extension, from its call events and from the slots.
    CallState {
        /// The call rings, here or at the other end.
        Ringing = "ringing",
        /// The call is answered.
        Talking = "talking",
        /// The call waits in a slot.
        Parked = "parked",
    }
}

/// The slot from which a call came back to its extension.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ReturnedFrom {
    /// The slot in which the call waited.
    pub slot: Slot,
    /// How long the call waited there, as far as the mirror has seen.
    pub waited: Millis,
}

/// The place of a call, as far as is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Whereabouts {
    /// The call waits in a slot, or is being parked there.
    Parked {
        /// The slot.
        slot: Slot,
        /// True if the view of the slot is confirmed.
        is_confirmed: bool,
    },
    /// The call rings or talks at one of the mirror's extensions.
    Live(CallState),
    /// The call has left its slot, or has ended.
    Gone {
        /// The reason. [`Reason::Unknown`] if there is no evidence.
        reason: Reason,
        /// When the mirror noticed it.
        at: Time,
    },
    /// The mirror has not heard of the call, or too long ago.
    Unknown,
}

impl SlotView {
    /// Creates the view of a slot of which nothing is known.
    pub(super) fn unknown(slot: Slot) -> Self {
        Self {
            slot,
            state: SlotState::Unknown,
            pending: None,
            is_confirmed: false,
            checked_at: None,
            uuid: None,
            call: None,
            caller: None,
            parked_by: None,
            is_mine: false,
            held_since: None,
            is_exact: false,
            returns_at: None,
            note: None,
        }
    }
}

record!(struct ReturnedFrom { slot, waited });
