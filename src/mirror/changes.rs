//! [`Changes`]: the views that changed with an input.

use super::roster::Call;
use super::{CallView, Mirror, SlotView, SyncView};
use crate::{CallUuid, ExtensionId, Slot};

/// The views that changed with an input.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Changes {
    /// The slots whose view changed, in ascending order.
    pub slots: Vec<Slot>,
    /// The calls whose view changed, appeared or disappeared. New calls come last, oldest first.
    pub calls: Vec<CallKey>,
    /// True if the list of departures changed.
    pub departures: bool,
    /// True if the view of the connection changed.
    pub sync: bool,
}

/// Identifies a call of an extension. Two extensions can have a call with the same UUID.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallKey {
    /// The extension.
    pub extension: ExtensionId,
    /// The call.
    pub uuid: CallUuid,
}

impl CallView {
    /// Returns the key of the call.
    pub(super) fn key(&self) -> CallKey {
        CallKey { extension: self.extension.clone(), uuid: self.call.uuid().clone() }
    }
}

/// The views that were current after the last input.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    slots: Vec<SlotView>,
    calls: Vec<CallView>,
    departures: u32,
    sync: SyncView,
}

impl Mirror {
    /// Records the views of a new mirror.
    pub(super) fn note_shown(&mut self) {
        self.shown.slots = self.slot_views().collect();
        self.shown.calls = self.call_views().collect();
        self.shown.departures = self.belief.departures_revision();
        self.shown.sync = self.sync_view();
        drop(self.belief.take_changed());
    }

    /// Returns the views that changed since the last input, and records the new ones.
    pub(super) fn take_changes(&mut self, has_asker: bool) -> Changes {
        let mut touched = self.belief.take_changed();
        for slot in self.commands.take_changed() {
            touched.set(slot, true);
        }
        let mut slots = Vec::new();
        for slot in touched.iter() {
            let view = self.slot_view(slot);
            if let (Some(view), Some(shown)) = (view, self.shown.slots.get_mut(slot.index()))
                && *shown != view
            {
                *shown = view;
                slots.push(slot);
            }
        }
        let departures = self.belief.departures_revision();
        let sync = self.sync_view_with(has_asker);
        let changes = Changes {
            slots,
            calls: self.take_call_changes(),
            departures: self.shown.departures != departures,
            sync: self.shown.sync != sync,
        };
        self.shown.departures = departures;
        self.shown.sync = sync;
        changes
    }

    fn take_call_changes(&mut self) -> Vec<CallKey> {
        let mut shown = core::mem::take(&mut self.shown.calls).into_iter().peekable();
        let mut calls = Vec::new();
        let mut keys = Vec::new();
        for (extension, call) in self.calls_by_arrival() {
            let is_another =
                |view: &CallView| view.extension != *extension || view.call != call.name;
            // The views keep their order and new ones come last, so the calls of these views have
            // ended.
            while let Some(gone) = shown.next_if(is_another) {
                keys.push(gone.key());
            }
            match shown.next() {
                Some(view) if self.is_up_to_date(&view, call) => calls.push(view),
                _ => {
                    let view = self.view_call(extension, call);
                    keys.push(view.key());
                    calls.push(view);
                }
            }
        }
        keys.extend(shown.map(|gone| gone.key()));
        self.shown.calls = calls;
        keys
    }

    /// Returns true if a view still matches its call.
    fn is_up_to_date(&self, view: &CallView, now: &Call) -> bool {
        // Every field is named, so that the compiler asks for a comparison of a new field.
        let CallView {
            call,
            call_id,
            sip_call_id,
            extension: _,
            direction,
            caller,
            called,
            state,
            since,
            slot,
            returned_from,
            pending,
        } = view;
        *state == now.state
            && *since == now.since
            && *direction == now.direction
            && *caller == now.caller
            && *called == now.called
            && *call_id == now.call_id
            && *sip_call_id == now.sip_call_id
            && call.as_str() == now.name.as_str()
            && *slot == self.slot_of_parked(now)
            && *returned_from == now.returned_from
            && *pending == self.commands.pending_with(now.name.uuid())
    }
}
