//! Which views differ from those that were shown before.

use super::Mirror;
use crate::{CallUuid, ExtensionId, Slot};

/// The views that differ since the last input.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Changes {
    /// The slots whose view changed, in ascending order.
    pub slots: Vec<Slot>,
    /// The calls whose view changed, appeared or is gone. New calls come last, oldest first.
    pub calls: Vec<CallKey>,
    /// True if the list of departures changed.
    pub departures: bool,
    /// True if the view of the connection changed.
    pub sync: bool,
}

/// Names one call of one extension.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallKey {
    /// The extension whose call it is.
    pub extension: ExtensionId,
    /// The call.
    pub uuid: CallUuid,
}

/// What was shown last, as text.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    slots: Vec<String>,
    calls: Vec<(CallKey, String)>,
    departures: String,
    sync: String,
}

impl Mirror {
    /// Compares what may be shown now with what was shown before.
    pub(super) fn changes(&mut self) -> Changes {
        let before = core::mem::take(&mut self.shown);
        let now = Shown {
            slots: self.slot_views().map(|view| format!("{view:?}")).collect(),
            calls: self
                .call_views()
                .map(|view| {
                    let (extension, uuid) = (view.extension.clone(), view.call.uuid().clone());
                    (CallKey { extension, uuid }, format!("{view:?}"))
                })
                .collect(),
            departures: format!("{:?}", self.departures),
            sync: format!("{:?}", self.sync_view()),
        };
        let slots = self
            .slots()
            .filter(|slot| before.slots.get(slot.index()) != now.slots.get(slot.index()))
            .collect();
        let gone = before.calls.iter().filter(|(key, _)| !now.calls.iter().any(|(k, _)| k == key));
        let changed = now.calls.iter().filter(|call| !before.calls.contains(call));
        let calls = gone.chain(changed).map(|(key, _)| key.clone()).collect();
        let departures = before.departures != now.departures;
        let sync = before.sync != now.sync;
        self.shown = now;
        Changes { slots, calls, departures, sync }
    }
}
