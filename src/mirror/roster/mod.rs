//! [`Rosters`]: the live calls of each extension, and which of them a question may name.
//!
//! A [`Roster`] holds the calls of one extension. [`Rosters`] holds one roster for each extension
//! of the mirror, and knows which calls the switch accepts in questions.

mod askers;
mod call;
mod calls;
mod dialogs;
mod legs;
mod listed;
mod matching;
#[cfg(test)]
mod tests;

pub use self::askers::AskWithParked;
pub use self::dialogs::Dialog;

pub(super) use self::askers::{Asker, AskerNote, AskerState, no_live_call};
pub(super) use self::call::Call;

use self::askers::Askers;
use self::calls::Calls;
use super::belief::{Known, Reappearance};
use super::view::{CallState, ReturnedFrom};
use crate::record::record;
use crate::{CallApiId, CallEvent, CallUuid, ExtensionId, Time};

/// The live calls of one extension.
#[derive(Clone, Debug)]
struct Roster {
    extension: ExtensionId,
    calls: Calls,
}

/// The live calls of all extensions of a mirror.
#[derive(Clone, Debug)]
pub(super) struct Rosters {
    all: Vec<Roster>,
    askers: Askers,
    /// The number of call events so far. It numbers the calls in the order of their first event.
    events: u64,
}

/// The consequences of a call event for the other parts.
#[derive(Debug, Default)]
pub(super) struct CallNews {
    /// The name and the other party of a call.
    pub(super) known: Option<Known>,
    /// The event is the first one of an incoming call that rings.
    pub(super) is_new_ring: bool,
    /// A call that had left the extension is there again.
    pub(super) reappeared: Option<Reappearance>,
}

impl Rosters {
    /// Creates a roster without calls for each extension.
    pub(super) fn new(extensions: Vec<ExtensionId>, ask_with_parked: AskWithParked) -> Self {
        let roster = |extension| Roster { extension, calls: Calls::default() };
        Self {
            all: extensions.into_iter().map(roster).collect(),
            askers: Askers::new(ask_with_parked),
            events: 0,
        }
    }

    /// Applies a call event to the extension that it belongs to. Returns the extension and the
    /// consequences. `None` if the event belongs to no extension of this mirror.
    ///
    /// `is_parked` returns true for a call that is parked or being parked.
    pub(super) fn handle(
        &mut self,
        now: Time,
        event: &CallEvent,
        is_parked: impl Fn(&CallUuid) -> bool,
    ) -> Option<(ExtensionId, CallNews)> {
        let place = self.place_of(event)?;
        let roster = self.all.get_mut(place)?;
        self.events += 1;
        let news = roster.calls.handle(now, self.events, event, is_parked);
        Some((roster.extension.clone(), news))
    }

    /// Returns the position of the roster that an event belongs to.
    ///
    /// Events never use the short form of an extension, like `@101`. An extension in this form gets
    /// the events of the calls that it has, and the events that no other extension gets.
    fn place_of(&self, event: &CallEvent) -> Option<usize> {
        let place = |is_it: &dyn Fn(&Roster) -> bool| self.all.iter().position(is_it);
        let named = |roster: &Roster| event.extension.as_ref() == Some(&roster.extension);
        let may_be = |roster: &Roster| {
            event.extension.is_none() || roster.extension.as_str().starts_with('@')
        };
        place(&named)
            .or_else(|| place(&|roster| may_be(roster) && roster.calls.has(event)))
            .or_else(|| place(&may_be))
    }

    /// Returns the live calls of all extensions. The calls of one extension come oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&ExtensionId, &Call)> {
        self.all.iter().flat_map(|roster| roster.calls.iter().map(|call| (&roster.extension, call)))
    }

    /// Returns a live call. If two extensions have the call, prefers the one where it is not
    /// parked.
    pub(super) fn live(&self, uuid: &CallUuid) -> Option<&Call> {
        let calls = || self.all.iter().filter_map(|roster| roster.calls.live(uuid));
        calls().find(|call| call.state != CallState::Parked).or_else(|| calls().next())
    }

    /// Returns true if a call talks or rings at one of the extensions.
    pub(super) fn is_alive(&self, uuid: &CallUuid) -> bool {
        self.live(uuid).is_some_and(|call| call.state != CallState::Parked)
    }

    /// Returns when a call ended. `None` if the call has not ended, or ended too long ago.
    pub(super) fn ended_at(&self, uuid: &CallUuid) -> Option<Time> {
        self.all.iter().filter_map(|roster| roster.calls.ended_at(uuid)).max()
    }

    /// Returns the extension whose question names `call`: the one that has the call, else the one
    /// that had it, else the first extension. `None` if the mirror has no extension.
    pub(super) fn extension_of(&self, call: &CallUuid) -> Option<&ExtensionId> {
        let find =
            |is_it: &dyn Fn(&Calls) -> bool| self.all.iter().find(|roster| is_it(&roster.calls));
        let is_alive = |live: &Call| live.state != CallState::Parked;
        let roster = find(&|calls| calls.live(call).is_some_and(is_alive))
            .or_else(|| find(&|calls| calls.live(call).is_some()))
            .or_else(|| find(&|calls| calls.ended_at(call).is_some()))
            .or(self.all.first());
        roster.map(|roster| &roster.extension)
    }

    /// Notes the slot from which the call of an event has come back to an extension.
    pub(super) fn set_returned(
        &mut self,
        extension: &ExtensionId,
        event: &CallEvent,
        from: ReturnedFrom,
    ) {
        for roster in self.all.iter_mut().filter(|roster| roster.extension == *extension) {
            roster.calls.set_returned(event, from);
        }
    }

    /// Marks a call as parked if `parked` is true. Otherwise ends the call if it was marked so.
    pub(super) fn set_parked(&mut self, uuid: &CallUuid, parked: bool, now: Time) {
        for roster in &mut self.all {
            roster.calls.set_parked(uuid, parked, now);
        }
    }

    /// Forgets when the last event of a parked call happened. Call this if the call returned and
    /// was parked again without an event: a later event may be older than the second park.
    pub(super) fn forget_last_event(&mut self, uuid: &CallUuid) {
        for roster in &mut self.all {
            roster.calls.forget_last_event(uuid);
        }
    }

    /// Ends a call that the switch does not know.
    pub(super) fn drop_call(&mut self, extension: &ExtensionId, uuid: &CallUuid, now: Time) {
        for roster in self.all.iter_mut().filter(|roster| roster.extension == *extension) {
            roster.calls.drop_call(uuid, now);
        }
    }

    /// Ends the calls that are marked as parked but wait in no slot. Call this only if every slot
    /// is known. The `hangup` of such a call meant its end, not a park.
    pub(super) fn drop_unparked(&mut self, now: Time, is_parked: impl Fn(&CallUuid) -> bool) {
        for roster in &mut self.all {
            while let Some(uuid) = roster.calls.first_unparked(&is_parked) {
                roster.calls.set_parked(&uuid, false, now);
            }
        }
    }

    /// Returns the asker among the calls that talk or ring, except the call `except`. Prefers a
    /// call that talks.
    fn live_asker(&self, except: Option<&CallUuid>) -> Option<Asker> {
        let latest = |state| {
            self.all.iter().find_map(|roster| {
                let call = roster.calls.latest(state, except)?;
                Some(Asker::new(&roster.extension, call))
            })
        };
        latest(CallState::Talking).or_else(|| latest(CallState::Ringing))
    }

    /// Returns `call` as the asker. `None` if the mirror has no extension.
    pub(super) fn asker_with(&self, call: &CallApiId) -> Option<Asker> {
        Some(Asker::new(self.extension_of(call.uuid())?, call))
    }
}

record!(struct Roster { extension, calls });
record!(struct Rosters { all, askers, events });
