//! Compares the calls of a roster with the list of current calls that the switch returned.

use std::sync::Arc;

use super::Rosters;
use crate::event::EventType;
use crate::mirror::view::CallState;
use crate::{CallApiId, CallEvent, CallUuid, ExtensionId, Time};

impl Rosters {
    pub(in crate::mirror) fn compare_listed(
        &self,
        extension: &ExtensionId,
        mut listed: Vec<Arc<CallEvent>>,
        asked_at: Time,
        is_parked: impl Fn(&CallUuid) -> bool,
    ) -> Vec<Arc<CallEvent>> {
        let Some(roster) = self.all.iter().find(|roster| roster.extension == *extension) else {
            return Vec::new();
        };
        let mut ended = Vec::new();
        for call in roster.calls.iter() {
            let is_listed = listed.iter().any(|event| event.call.as_ref() == Some(&call.name));
            if !is_listed && call.state != CallState::Parked && call.heard_at < asked_at {
                ended.extend(CallEvent::hangup(&call.name, extension).map(Arc::new));
            }
        }
        let mut rings_later = false;
        listed.retain(|event| {
            let Some(uuid) = event.call.as_ref().map(CallApiId::uuid) else { return false };
            let Some(call) = roster.calls.live(uuid) else {
                let has_ended = roster.calls.ended_at(uuid).is_some_and(|at| at >= asked_at);
                return !has_ended && !is_parked(uuid);
            };
            // A list may contain parked calls. Only a later ring shows that a call has returned,
            // because its first `answer` may be lost. A list has the ring before the answer.
            if event.kind != EventType::Answer {
                rings_later = event.at_us.zip(call.at_us).is_some_and(|(new, old)| new > old);
            }
            call.heard_at < asked_at
                && match call.state {
                    CallState::Parked => rings_later,
                    CallState::Ringing => event.kind == EventType::Answer && !is_parked(uuid),
                    CallState::Talking => false,
                }
        });
        listed.append(&mut ended);
        listed
    }

    /// Notes that the calls of these events were heard of by a list, so that it is not known when
    /// they began to ring.
    pub(in crate::mirror) fn note_listed(&mut self, now: Time, events: &[Arc<CallEvent>]) {
        for roster in &mut self.all {
            for event in events {
                roster.calls.note_listed(now, event);
            }
        }
    }
}
