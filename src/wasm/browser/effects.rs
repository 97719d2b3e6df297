//! The effects of an input, for JavaScript.

use serde::{Serialize, Serializer};

use super::view::OwnSync;
use crate::feed::{Message, MessageKind};
use crate::mirror::{
    self, CallKey, CallView, CommandId, CommandResult, Departure, Mirror, SlotView, Ticket,
};
use crate::wasm::error::ErrorDetails;
use crate::wasm::write::remote;
use crate::wire::{HttpRequest, write_message};
use crate::{Action, CallUuid, Millis, Slot, Time};

/// The consequences of one input. JavaScript carries them out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Effects<'a> {
    pub(super) wake_at: Option<Time>,
    pub(super) requests: Vec<TicketedRequest>,
    pub(super) notices: Vec<Notice<'a>>,
    pub(super) changes: Changes<'a>,
    /// The messages for other tabs. Empty if the input causes none, or if this client shares none.
    pub(super) messages: Vec<TabMessage>,
}

/// A message for other tabs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TabMessage {
    kind: MessageKind,
    data: String,
    asked_at: Option<Time>,
}

impl TabMessage {
    pub(super) fn new(message: &Message, asked_at: Option<Time>) -> Self {
        Self { kind: message.kind(), data: write_message(message), asked_at }
    }
}

/// A request to send. JavaScript passes the answer and the ticket back.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TicketedRequest {
    ticket: u32,
    request: HttpRequest,
    /// True if the request parks or connects a call.
    is_act: bool,
    /// True if no command waits for the answer.
    is_background: bool,
}

impl TicketedRequest {
    pub(super) fn new(
        mirror: &Mirror,
        ticket: Ticket,
        action: Action,
        request: HttpRequest,
    ) -> Self {
        let is_background = mirror.is_background(ticket);
        Self { ticket: ticket.0, request, is_act: action.is_act(), is_background }
    }
}

/// The views that the input changed.
#[derive(Serialize)]
pub(super) struct Changes<'a> {
    slots: Vec<SlotView>,
    calls: CallChanges<'a>,
    /// All departures; `None` if no departure changed.
    departures: Option<Vec<&'a Departure>>,
    /// `None` if the sync did not change.
    sync: Option<OwnSync>,
}

/// The calls that are new or changed, and those that are gone.
#[derive(Serialize)]
struct CallChanges<'a> {
    changed: Vec<CallView>,
    gone: Vec<&'a CallKey>,
}

impl<'a> Changes<'a> {
    /// Collects the present views of everything that `changes` lists.
    pub(super) fn read(mirror: &'a Mirror, changes: &'a mirror::Changes) -> Self {
        let mut calls = CallChanges { changed: Vec::new(), gone: Vec::new() };
        for key in &changes.calls {
            match mirror.call_view(key) {
                Some(view) => calls.changed.push(view),
                None => calls.gone.push(key),
            }
        }
        Self {
            slots: changes.slots.iter().filter_map(|slot| mirror.slot_view(*slot)).collect(),
            calls,
            departures: changes.departures.then(|| mirror.departures().collect()),
            sync: changes.sync.then(|| mirror.sync_view().into()),
        }
    }
}

/// A notice for the application.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Notice<'a> {
    /// The command `id` succeeded.
    Settled {
        id: u32,
        result: &'a CommandResult,
    },
    /// The command `id` failed.
    Failed {
        id: u32,
        error: ErrorDetails<'a>,
    },
    Parked {
        slot: Slot,
    },
    Departed {
        departure: &'a Departure,
    },
    /// The call in the slot goes back to its extension in `left_ms`.
    Due {
        slot: Slot,
        left_ms: Millis,
    },
    /// An error that belongs to no command.
    Trouble {
        error: ErrorDetails<'a>,
    },
}

impl<'a> From<&'a mirror::Notice> for Notice<'a> {
    fn from(notice: &'a mirror::Notice) -> Self {
        match notice {
            mirror::Notice::Settled(CommandId(id), Ok(result)) => Self::Settled { id: *id, result },
            mirror::Notice::Settled(CommandId(id), Err(error)) => {
                Self::Failed { id: *id, error: error.into() }
            }
            mirror::Notice::Parked(slot) => Self::Parked { slot: *slot },
            mirror::Notice::Departed(departure) => Self::Departed { departure },
            mirror::Notice::Due(slot, left) => Self::Due { slot: *slot, left_ms: *left },
            mirror::Notice::Error(error) => Self::Trouble { error: error.into() },
        }
    }
}

remote!(CommandResult as CommandResultFields);

/// The result of a command that succeeded.
#[derive(Serialize)]
#[serde(remote = "CommandResult", tag = "kind")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(dead_code, reason = "only the names of the fields are used")]
enum CommandResultFields {
    Parked {
        slot: Slot,
        uuid: CallUuid,
        returns_at: Option<Time>,
        #[serde(rename = "confirmed")]
        is_confirmed: bool,
    },
    Bridged {
        slot: Option<Slot>,
        uuid: Option<CallUuid>,
        #[serde(rename = "confirmed")]
        is_confirmed: bool,
    },
    Inspected {
        slot: Slot,
    },
    Free {
        slots: Vec<Slot>,
    },
    Refreshed,
}
