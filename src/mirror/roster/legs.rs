//! The legs of a call at one extension: one for each device that rings.

use crate::CallEvent;
use crate::event::EventType;
use crate::record::record;

/// The largest number of legs that are remembered for one call.
const MAX_LEGS: usize = 16;

/// The legs that are up. The call lives as long as one of them does.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Legs(Vec<Leg>);

#[derive(Clone, Debug, Eq, PartialEq)]
struct Leg {
    id: String,
    sip_call_id: Option<String>,
    is_answered: bool,
}

impl Legs {
    /// Adds the leg of an event, or marks it as answered.
    pub(super) fn note(&mut self, event: &CallEvent) {
        let Some(id) = &event.leg_id else { return };
        let is_answered = event.kind == EventType::Answer;
        if let Some(leg) = self.0.iter_mut().find(|leg| leg.id == *id) {
            leg.is_answered |= is_answered;
        } else if self.0.len() < MAX_LEGS && event.kind != EventType::Hangup {
            let sip_call_id = event.sip_call_id.clone();
            self.0.push(Leg { id: id.clone(), sip_call_id, is_answered });
        }
    }

    /// Removes a leg that has ended. Returns true if the call goes on.
    ///
    /// The call ends with its answered leg. If other legs still seem to ring, their `hangup` was
    /// lost.
    pub(super) fn end(&mut self, id: Option<&str>) -> bool {
        let Some(id) = id else { return false };
        let ended = self.0.iter().position(|leg| leg.id == id).map(|place| self.0.remove(place));
        let was_answered = ended.is_some_and(|leg| leg.is_answered);
        if was_answered { self.0.iter().any(|leg| leg.is_answered) } else { !self.0.is_empty() }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.0.iter().any(|leg| leg.id == id)
    }

    /// Returns the ids and the SIP Call-IDs of the legs.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|leg| [Some(&*leg.id), leg.sip_call_id.as_deref()]).flatten()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

record!(struct Legs(legs));
record!(struct Leg { id, sip_call_id, is_answered });
