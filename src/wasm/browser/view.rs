//! What may be shown, for JavaScript. What changed since the last time the client finds out.

use super::wire::{direction_word, put_party};
use crate::mirror::{Departure, Pending, Whereabouts};
use crate::wasm::row::{Row, length, ms};
use crate::{CallApiId, CallUuid, ExtensionId, Mirror, Slot};

/// Puts all that may be shown: slots, calls, departures and the sync.
pub(super) fn put_views(row: &Row, mirror: &Mirror) {
    for view in mirror.slot_views() {
        row.put(true);
        row.put(view.slot.number());
        row.put(view.state.as_str());
        row.put(view.pending.map(Pending::as_str));
        row.put(view.is_confirmed);
        row.put(view.checked_at.map(ms));
        row.put(view.uuid.as_ref().map(CallUuid::as_str));
        row.put(view.call.as_ref().map(CallApiId::as_str));
        put_party(row, view.caller.as_ref());
        row.put(view.parked_by.as_ref().map(ExtensionId::as_str));
        row.put(view.is_mine);
        row.put(view.held_since.map(ms));
        row.put(view.is_exact);
        row.put(view.returns_at.map(ms));
    }
    row.put(false);
    for view in mirror.call_views() {
        row.put(true);
        row.put(view.call.as_str());
        row.put(view.call_id.as_deref());
        row.put(view.call.uuid().as_str());
        row.put(view.direction.map(direction_word));
        put_party(row, view.caller.as_ref());
        put_party(row, view.called.as_ref());
        row.put(view.state.as_str());
        row.put(ms(view.since));
        row.put(view.slot.map(Slot::number));
        row.put(view.pending.map(Pending::as_str));
    }
    row.put(false);
    for departure in mirror.departures() {
        row.put(true);
        put_departure(row, departure);
    }
    row.put(false);
    let sync = mirror.sync_view();
    row.put(sync.state.as_str());
    row.put(sync.checked_at.map(ms));
    row.put(sync.next_ask_at.map(ms));
    row.put(sync.limit);
    row.put(sync.remaining);
    row.put(sync.resets_at.map(ms));
    row.put(length(sync.patience));
    row.put(sync.seen_patience.map(length));
}

pub(super) fn put_departure(row: &Row, departure: &Departure) {
    row.put(departure.slot.number());
    row.put(departure.uuid.as_str());
    row.put(departure.call.as_ref().map(CallApiId::as_str));
    put_party(row, departure.caller.as_ref());
    row.put(ms(departure.at));
    row.put(departure.reason.as_str());
    row.put(departure.mine);
    row.put(departure.parked_by.as_ref().map(ExtensionId::as_str));
    row.put(departure.taken_by.as_ref().map(ExtensionId::as_str));
}

/// Puts where a call is: the state, and what the state has.
pub(super) fn put_whereabouts(row: &Row, whereabouts: Whereabouts) {
    match whereabouts {
        Whereabouts::Parked { slot, is_confirmed } => {
            row.put("parked");
            row.put(slot.number());
            row.put(is_confirmed);
        }
        Whereabouts::Live(state) => row.put(state.as_str()),
        Whereabouts::Gone { reason, at } => {
            row.put("gone");
            row.put(reason.as_str());
            row.put(ms(at));
        }
        Whereabouts::Unknown => row.put("unknown"),
    }
}
