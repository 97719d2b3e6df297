//! The views of the mirror, for JavaScript.
//!
//! A struct with `remote` names the fields of a struct of the mirror. The compiler checks that the
//! fields are the same. A test compares their names with the TypeScript types.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::event::{Direction, Party};
use crate::feed::Reason;
use crate::mirror::{self, CallKey, CallState, CallView, Departure, Pending, SlotState, SlotView};
use crate::mirror::{ReturnedFrom, SyncState, SyncView};
use crate::wasm::write::remote;
use crate::{CallApiId, CallUuid, ExtensionId, Millis, Slot, Time};

remote!(SlotView as SlotViewFields);

#[derive(Serialize)]
#[serde(remote = "SlotView", rename_all = "camelCase")]
struct SlotViewFields {
    slot: Slot,
    state: SlotState,
    pending: Option<Pending>,
    #[serde(rename = "confirmed")]
    is_confirmed: bool,
    checked_at: Option<Time>,
    uuid: Option<CallUuid>,
    call: Option<CallApiId>,
    caller: Option<Arc<Party>>,
    parked_by: Option<ExtensionId>,
    #[serde(rename = "mine")]
    is_mine: bool,
    held_since: Option<Time>,
    #[serde(rename = "exact")]
    is_exact: bool,
    returns_at: Option<Time>,
    #[serde(getter = "note_of")]
    note: Option<String>,
    #[serde(getter = "whom_of")]
    for_whom: Option<String>,
}

fn note_of(view: &SlotView) -> Option<String> {
    view.note.as_ref()?.note.clone()
}

fn whom_of(view: &SlotView) -> Option<String> {
    view.note.as_ref()?.for_whom.clone()
}

remote!(CallView as CallViewFields);

#[derive(Serialize)]
#[serde(remote = "CallView", rename_all = "camelCase")]
struct CallViewFields {
    call: CallApiId,
    call_id: Option<String>,
    sip_call_id: Option<String>,
    #[serde(getter = "uuid_of")]
    uuid: CallUuid,
    extension: ExtensionId,
    direction: Option<Direction>,
    caller: Option<Arc<Party>>,
    called: Option<Arc<Party>>,
    state: CallState,
    since: Time,
    slot: Option<Slot>,
    returned_from: Option<ReturnedFrom>,
    pending: Option<Pending>,
}

remote!(ReturnedFrom as ReturnedFromFields);

#[derive(Serialize)]
#[serde(remote = "ReturnedFrom", rename_all = "camelCase")]
struct ReturnedFromFields {
    slot: Slot,
    #[serde(rename = "waitedMs")]
    waited: Millis,
}

fn uuid_of(view: &CallView) -> &CallUuid {
    view.call.uuid()
}

remote!(CallKey as CallKeyFields);

#[derive(Serialize)]
#[serde(remote = "CallKey")]
struct CallKeyFields {
    extension: ExtensionId,
    uuid: CallUuid,
}

remote!(Departure as DepartureFields);

#[derive(Serialize)]
#[serde(remote = "Departure", rename_all = "camelCase")]
struct DepartureFields {
    slot: Slot,
    uuid: CallUuid,
    call: Option<CallApiId>,
    caller: Option<Arc<Party>>,
    at: Time,
    reason: Reason,
    mine: bool,
    parked_by: Option<ExtensionId>,
    taken_by: Option<ExtensionId>,
    #[serde(getter = "departed_note")]
    note: Option<String>,
    #[serde(getter = "departed_whom")]
    for_whom: Option<String>,
    #[serde(rename = "waitedMs")]
    waited: Millis,
}

fn departed_note(departure: &Departure) -> Option<String> {
    departure.note.as_ref()?.note.clone()
}

fn departed_whom(departure: &Departure) -> Option<String> {
    departure.note.as_ref()?.for_whom.clone()
}

remote!(Party as PartyFields);

#[derive(Serialize)]
#[serde(remote = "Party")]
struct PartyFields {
    number: Option<String>,
    name: Option<String>,
    extension: Option<String>,
}

/// The connection of this client to the switch.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OwnSync {
    state: SyncState,
    checked_at: Option<Time>,
    next_ask_at: Option<Time>,
    budget: Budget,
    patience: Patience,
}

/// The hourly request budget.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Budget {
    limit: Option<u32>,
    remaining: Option<u32>,
    resets_at: Option<Time>,
}

/// How long a call may wait: as configured, and as observed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Patience {
    told_ms: Millis,
    seen_ms: Option<Millis>,
}

impl From<SyncView> for OwnSync {
    fn from(view: SyncView) -> Self {
        let SyncView { state, checked_at, next_ask_at, limit, remaining, resets_at, .. } = view;
        let budget = Budget { limit, remaining, resets_at };
        let patience = Patience { told_ms: view.patience, seen_ms: view.seen_patience };
        Self { state, checked_at, next_ask_at, budget, patience }
    }
}

/// Where a call is.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub(super) enum Whereabouts {
    Parked { slot: Slot, confirmed: bool },
    Talking,
    Ringing,
    Gone { reason: Reason, at: Time },
    Unknown,
}

impl From<mirror::Whereabouts> for Whereabouts {
    fn from(whereabouts: mirror::Whereabouts) -> Self {
        use mirror::Whereabouts as Known;
        match whereabouts {
            Known::Parked { slot, is_confirmed } => Self::Parked { slot, confirmed: is_confirmed },
            Known::Live(CallState::Talking) => Self::Talking,
            Known::Live(CallState::Ringing) => Self::Ringing,
            // The call is parked, but the mirror does not know the slot.
            Known::Live(CallState::Parked) => Self::Unknown,
            Known::Gone { reason, at } => Self::Gone { reason, at },
            Known::Unknown => Self::Unknown,
        }
    }
}
