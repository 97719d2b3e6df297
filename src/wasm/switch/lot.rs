//! The lot, for JavaScript.

use crate::lot::{Allocate, BridgeAny, Lot, LotEventKind, LotOptions};
use crate::wasm::row::{Row, ms};
use crate::wasm::seed::draw_seed;
use crate::wasm::words::{put_answer, take_question};
use crate::{CallApiId, Error};

/// Makes a lot: slots, patience, whether it allocates at random, whom it bridges, seed.
pub(super) fn new_lot(given: &Row) -> Result<Lot, Error> {
    Ok(Lot::new(LotOptions {
        slots: given.take_short(),
        patience: given.take_length().unwrap_or_default(),
        allocate: if given.take_flag() { Allocate::Random } else { Allocate::First },
        bridge_any: match given.take_text().as_deref() {
            Some("longest") => BridgeAny::Longest,
            Some("first") => BridgeAny::First,
            _ => BridgeAny::Random,
        },
        seed: given.take_number().map_or_else(draw_seed, |seed| Ok(seed.to_bits()))?,
    }))
}

/// Has the lot do what is asked of it: what, and what belongs to it → what that tells.
pub(super) fn handle_lot(lot: &mut Lot, given: &Row, row: &Row) -> Result<(), Error> {
    match given.take_text().as_deref() {
        Some("ask") => {
            let now = given.take_time();
            put_answer(row, &lot.ask(now, &take_question(given)?));
        }
        Some("hangup") => {
            let now = given.take_time();
            lot.hangup(now, given.take::<CallApiId>()?.uuid());
        }
        Some("advance") => lot.advance(given.take_time()),
        Some("events") => put_events(lot, row),
        Some("deadline") => row.put(lot.next_deadline().map(ms)),
        _ => put_stalls(lot, row),
    }
    Ok(())
}

/// Takes the events and puts them: kind, time, slot, call, extension, with whom it was bridged.
fn put_events(lot: &mut Lot, row: &Row) {
    for event in lot.take_events() {
        let (kind, by) = match &event.kind {
            LotEventKind::Parked => ("parked", None),
            LotEventKind::Bridged { by } => ("bridged", Some(by)),
            LotEventKind::Returned => ("returned", None),
            LotEventKind::Abandoned => ("abandoned", None),
        };
        row.put(true);
        row.put(kind);
        row.put(ms(event.at));
        row.put(event.slot.number());
        row.put(event.call.as_str());
        row.put(event.extension.as_str());
        row.put(by.map(CallApiId::as_str));
    }
    row.put(false);
}

/// Puts the held stalls: slot, call, its uuid, extension, since when, until when.
fn put_stalls(lot: &Lot, row: &Row) {
    for (slot, stay, returns_at) in lot.stalls() {
        row.put(true);
        row.put(slot.number());
        row.put(stay.call.as_str());
        row.put(stay.call.uuid().as_str());
        row.put(stay.extension.as_str());
        row.put(ms(stay.parked_at));
        row.put(returns_at.map(ms));
    }
    row.put(false);
}
