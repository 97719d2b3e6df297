//! Who was in a slot and is no longer, and why, as far as there is evidence.

use std::sync::Arc;

use crate::feed::Reason;
use crate::{CallApiId, CallUuid, ExtensionId, Party, Slot, Time};

/// How many departures are remembered.
const REMEMBERED: usize = 20;

/// One call's leaving of a slot.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Departure {
    /// Where it waited.
    pub slot: Slot,
    /// Who.
    pub uuid: CallUuid,
    /// Its full name, if known.
    pub call: Option<CallApiId>,
    /// Who was calling, if known.
    pub caller: Option<Arc<Party>>,
    /// When it was noticed.
    pub at: Time,
    /// Why, by what there is evidence of.
    pub reason: Reason,
    /// Whether it was parked on behalf of this extension.
    pub mine: bool,
    /// The extension that parked it, if known; never guessed.
    pub parked_by: Option<ExtensionId>,
    /// The extension whose call it was connected with, if known.
    pub taken_by: Option<ExtensionId>,
}

/// The latest departures, newest first.
#[derive(Clone, Debug, Default)]
pub(in crate::mirror) struct Departures {
    latest: Vec<Departure>,
    /// Counts the changes of the list.
    pub(in crate::mirror) revision: u32,
}

impl Departures {
    pub(in crate::mirror) fn record(&mut self, departure: Departure) {
        self.revision = self.revision.wrapping_add(1);
        self.latest.truncate(REMEMBERED - 1);
        self.latest.insert(0, departure);
    }

    /// Gives the latest departure of a call the reason that evidence came for later, once.
    pub(in crate::mirror) fn explain(&mut self, uuid: &CallUuid, reason: Reason) -> bool {
        match self.latest.iter_mut().find(|departure| departure.uuid == *uuid) {
            Some(departure) if departure.reason == Reason::Unknown => {
                departure.reason = reason;
                self.revision = self.revision.wrapping_add(1);
                true
            }
            _ => false,
        }
    }

    /// The latest departure of a call.
    pub(in crate::mirror) fn latest(&self, uuid: &CallUuid) -> Option<&Departure> {
        self.latest.iter().find(|departure| departure.uuid == *uuid)
    }

    pub(in crate::mirror) fn iter(&self) -> impl Iterator<Item = &Departure> {
        self.latest.iter()
    }
}
