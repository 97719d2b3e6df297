//! [`Departure`]: a call left its slot, and why.

use std::sync::Arc;

use super::Exit;
use crate::feed::{Note, Reason};
use crate::record::record;
use crate::{CallApiId, CallUuid, ExtensionId, Millis, Party, Slot, Time};

/// The number of departures that are remembered.
const REMEMBERED: usize = 20;

/// A call left its slot.
///
/// The specification has no event for this, so the reason comes from other evidence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Departure {
    /// The slot in which the call waited.
    pub slot: Slot,
    /// The call that left.
    pub uuid: CallUuid,
    /// The full name of the call. `None` if no event or message named it.
    pub call: Option<CallApiId>,
    /// The other party of the call. `None` if no event or message named it.
    pub caller: Option<Arc<Party>>,
    /// When the mirror noticed the departure. The call may have left earlier.
    pub at: Time,
    /// Why the call left. [`Reason::Unknown`] if there is no evidence.
    pub reason: Reason,
    /// True if one of the mirror's own extensions parked the call.
    pub mine: bool,
    /// The extension that parked the call. `None` if unknown; the extension is never guessed.
    pub parked_by: Option<ExtensionId>,
    /// The extension whose call was connected with this call. `None` if unknown, or for another
    /// reason.
    pub taken_by: Option<ExtensionId>,
    /// The note on the call when it left. `None` if no message has told of one.
    pub note: Option<Arc<Note>>,
    /// How long the call waited, or longer: from the time when the mirror saw it arrive to `at`.
    pub waited: Millis,
}

/// The latest departures, newest first.
#[derive(Clone, Debug, Default)]
pub(in crate::mirror) struct Departures {
    latest: Vec<Departure>,
    /// A number that changes whenever the list changes.
    pub(in crate::mirror) revision: u32,
}

impl Departures {
    pub(in crate::mirror) fn record(&mut self, departure: Departure) {
        self.revision = self.revision.wrapping_add(1);
        self.latest.truncate(REMEMBERED - 1);
        self.latest.insert(0, departure);
    }

    /// Sets the reason of the latest departure of a call. Returns false if the call has no
    /// departure, or if the reason is known already.
    pub(in crate::mirror) fn explain(&mut self, uuid: &CallUuid, exit: &Exit) -> bool {
        match self.latest.iter_mut().find(|departure| departure.uuid == *uuid) {
            Some(departure) if departure.reason == Reason::Unknown => {
                departure.reason = exit.reason;
                departure.taken_by.clone_from(&exit.taken_by);
                self.revision = self.revision.wrapping_add(1);
                true
            }
            _ => false,
        }
    }

    /// Returns the latest departure of a call.
    pub(in crate::mirror) fn latest(&self, uuid: &CallUuid) -> Option<&Departure> {
        self.latest.iter().find(|departure| departure.uuid == *uuid)
    }

    pub(in crate::mirror) fn iter(&self) -> impl Iterator<Item = &Departure> {
        self.latest.iter()
    }
}

record!(struct Departure {
    slot, uuid, call, caller, at, reason, mine, parked_by, taken_by, note, waited
});
record!(struct Departures { latest, revision });
