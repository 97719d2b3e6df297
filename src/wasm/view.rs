//! Snapshots for JavaScript: frozen, and sharing with the one before whatever did not change.

use std::sync::Arc;

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::object::{built, number, slot_or_null, text_or_null, time, time_or_null};
use super::wire::{direction_word, party_object};
use crate::mirror::{CallView, Departure, Pending, SlotView, SyncView, Whereabouts};
use crate::{CallApiId, CallUuid, ExtensionId, Mirror, Party};

/// What JavaScript was last shown, beside what it was made from.
pub(super) struct Shown {
    revision: u32,
    slots: Listed<SlotView>,
    calls: Listed<CallView>,
    departures: Listed<Departure>,
    sync: Option<(SyncView, JsValue)>,
    snapshot: JsValue,
}

impl Shown {
    /// Nothing was shown yet; the first snapshot gets the revision after `revision`.
    pub(super) fn new(revision: u32) -> Self {
        Self {
            revision,
            slots: Listed::new(slot_object),
            calls: Listed::new(call_object),
            departures: Listed::new(departure_object),
            sync: None,
            snapshot: JsValue::UNDEFINED,
        }
    }

    /// The snapshot of what may be shown now: the very same object if that is the same.
    pub(super) fn snapshot(&mut self, mirror: &Mirror) -> JsValue {
        let sync = mirror.sync_view();
        let mut changed = self.slots.renew(mirror.slot_views());
        changed |= self.calls.renew(mirror.call_views());
        changed |= self.departures.renew(mirror.departures().cloned());
        if self.sync.as_ref().is_none_or(|(shown, _)| *shown != sync) {
            self.sync = Some((sync, sync_object(&sync)));
            changed = true;
        }
        if changed {
            self.revision += 1;
            self.snapshot = frozen(&[
                ("revision", self.revision.into()),
                ("slots", self.slots.shown.clone()),
                ("calls", self.calls.shown.clone()),
                ("departures", self.departures.shown.clone()),
                ("sync", self.sync.as_ref().map_or(JsValue::NULL, |(_, shown)| shown.clone())),
            ]);
        }
        self.snapshot.clone()
    }
}

/// A list of views and the frozen objects that were made of them.
struct Listed<T> {
    views: Vec<(T, JsValue)>,
    shown: JsValue,
    build: fn(&T) -> JsValue,
}

impl<T: PartialEq> Listed<T> {
    fn new(build: fn(&T) -> JsValue) -> Self {
        Self { views: Vec::new(), shown: JsValue::UNDEFINED, build }
    }

    /// Takes over what is to be shown now; true if that is not what was shown before.
    fn renew(&mut self, views: impl Iterator<Item = T>) -> bool {
        let mut changed = self.shown.is_undefined();
        let mut renewed = Vec::with_capacity(self.views.len());
        for (place, view) in views.enumerate() {
            let same_place = self.views.get(place).filter(|(shown, _)| *shown == view);
            changed |= same_place.is_none();
            let kept = same_place.or_else(|| self.views.iter().find(|(shown, _)| *shown == view));
            let shown = kept.map_or_else(|| (self.build)(&view), |(_, shown)| shown.clone());
            renewed.push((view, shown));
        }
        changed |= renewed.len() != self.views.len();
        self.views = renewed;
        if changed {
            let list: Array = self.views.iter().map(|(_, shown)| shown.clone()).collect();
            self.shown = freeze(&list);
        }
        changed
    }
}

fn frozen(fields: &[(&str, JsValue)]) -> JsValue {
    freeze(&built(fields))
}

fn frozen_party(party: Option<&Arc<Party>>) -> JsValue {
    let object = party_object(party);
    if object.is_null() { object } else { freeze(&object) }
}

fn freeze(object: &JsValue) -> JsValue {
    Object::freeze(object.unchecked_ref::<Object>()).into()
}

pub(super) fn slot_object(view: &SlotView) -> JsValue {
    frozen(&[
        ("slot", view.slot.number().into()),
        ("state", view.state.as_str().into()),
        ("pending", text_or_null(view.pending.map(Pending::as_str))),
        ("confirmed", view.is_confirmed.into()),
        ("checkedAt", time_or_null(view.checked_at)),
        ("uuid", text_or_null(view.uuid.as_ref().map(CallUuid::as_str))),
        ("call", text_or_null(view.call.as_ref().map(CallApiId::as_str))),
        ("caller", frozen_party(view.caller.as_ref())),
        ("parkedBy", text_or_null(view.parked_by.as_ref().map(ExtensionId::as_str))),
        ("mine", view.is_mine.into()),
        ("heldSince", time_or_null(view.held_since)),
        ("exact", view.is_exact.into()),
        ("returnsAt", time_or_null(view.returns_at)),
    ])
}

fn call_object(view: &CallView) -> JsValue {
    frozen(&[
        ("call", view.call.as_str().into()),
        ("callId", text_or_null(view.call_id.as_deref())),
        ("uuid", view.call.uuid().as_str().into()),
        ("direction", text_or_null(view.direction.map(direction_word))),
        ("caller", frozen_party(view.caller.as_ref())),
        ("called", frozen_party(view.called.as_ref())),
        ("state", view.state.as_str().into()),
        ("since", time(view.since)),
        ("slot", slot_or_null(view.slot)),
    ])
}

pub(super) fn departure_object(departure: &Departure) -> JsValue {
    frozen(&[
        ("slot", departure.slot.number().into()),
        ("uuid", departure.uuid.as_str().into()),
        ("call", text_or_null(departure.call.as_ref().map(CallApiId::as_str))),
        ("caller", frozen_party(departure.caller.as_ref())),
        ("at", time(departure.at)),
        ("reason", departure.reason.as_str().into()),
        ("mine", departure.mine.into()),
    ])
}

fn sync_object(sync: &SyncView) -> JsValue {
    let count = |count: Option<u32>| count.map_or(JsValue::NULL, |count| number(count.into()));
    frozen(&[
        ("state", sync.state.as_str().into()),
        ("checkedAt", time_or_null(sync.checked_at)),
        ("nextAskAt", JsValue::NULL),
        ("role", "solo".into()),
        (
            "budget",
            frozen(&[
                ("limit", count(sync.limit)),
                ("remaining", count(sync.remaining)),
                ("resetsAt", time_or_null(sync.resets_at)),
            ]),
        ),
    ])
}

pub(super) fn whereabouts_object(whereabouts: Whereabouts) -> JsValue {
    match whereabouts {
        Whereabouts::Parked { slot, is_confirmed } => frozen(&[
            ("state", "parked".into()),
            ("slot", slot.number().into()),
            ("confirmed", is_confirmed.into()),
        ]),
        Whereabouts::Live(state) => frozen(&[("state", state.as_str().into())]),
        Whereabouts::Gone { reason, at } => frozen(&[
            ("state", "gone".into()),
            ("reason", reason.as_str().into()),
            ("at", time(at)),
        ]),
        Whereabouts::Unknown => frozen(&[("state", "unknown".into())]),
    }
}
