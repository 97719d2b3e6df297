//! The live calls of each extension, and which of them can be asked with.
//!
//! A [`Roster`] holds the calls of one extension. [`Rosters`] holds one for each extension of the
//! mirror, and knows with which calls the switch answers questions.

mod askers;
mod calls;
mod legs;
#[cfg(test)]
mod tests;

pub use self::askers::AskWithParked;
pub use self::calls::CallState;

pub(super) use self::askers::{Asker, AskerNote, Standing};
pub(super) use self::calls::Call;

use self::askers::Askers;
use self::calls::Calls;
use super::belief::Known;
use crate::event::EventType;
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
    /// Counts call events, to number calls in the order in which they were first heard of.
    events: u64,
}

/// What a call event tells beyond the state of the call.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// The name of the call, and who calls.
    pub(super) known: Option<Known>,
    /// The call had left the extension and is back.
    pub(super) back: Option<Back>,
}

/// A call that had left its extension and rings or talks there again.
#[derive(Debug)]
pub(super) struct Back {
    pub(super) uuid: CallUuid,
    /// How long the call was away by the clock of the switch, in microseconds.
    pub(super) away_us: Option<u64>,
    /// The event is known to be later than those before, by its time or by a new leg.
    pub(super) is_later: bool,
    /// What happened.
    pub(super) kind: EventType,
}

impl Rosters {
    /// Returns a roster without calls for each extension.
    pub(super) fn new(extensions: Vec<ExtensionId>, ask_with_parked: AskWithParked) -> Self {
        let roster = |extension| Roster { extension, calls: Calls::default() };
        Self {
            all: extensions.into_iter().map(roster).collect(),
            askers: Askers::new(ask_with_parked),
            events: 0,
        }
    }

    /// Applies a call event to the extension it belongs to. Returns the extension and what the
    /// event tells; `None` for an event of another extension.
    ///
    /// `is_parked` tells whether a call waits in a slot or is on its way into one.
    pub(super) fn handle(
        &mut self,
        now: Time,
        event: &CallEvent,
        is_parked: impl Fn(&CallUuid) -> bool,
    ) -> Option<(ExtensionId, Heard)> {
        let place = self.place_of(event)?;
        let roster = self.all.get_mut(place)?;
        self.events += 1;
        let heard = roster.calls.handle(now, self.events, event, is_parked);
        Some((roster.extension.clone(), heard))
    }

    /// Finds the roster an event belongs to. An extension like `@101` may be written in a form in
    /// which events never name it: the event then belongs to the extension that has the call.
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

    /// Returns the live calls of all extensions, the oldest of each first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&ExtensionId, &Call)> {
        self.all.iter().flat_map(|roster| roster.calls.iter().map(|call| (&roster.extension, call)))
    }

    /// Returns a live call. Where two extensions have the call, the one counts at which it is not
    /// parked.
    pub(super) fn live(&self, uuid: &CallUuid) -> Option<&Call> {
        let calls = || self.all.iter().filter_map(|roster| roster.calls.live(uuid));
        calls().find(|call| call.state != CallState::Parked).or_else(|| calls().next())
    }

    /// Returns true if a call talks or rings at one of the extensions.
    pub(super) fn is_alive(&self, uuid: &CallUuid) -> bool {
        self.live(uuid).is_some_and(|call| call.state != CallState::Parked)
    }

    /// When a call ended at an extension, if it did.
    pub(super) fn ended_at(&self, uuid: &CallUuid) -> Option<Time> {
        self.all.iter().filter_map(|roster| roster.calls.ended_at(uuid)).max()
    }

    /// Returns the extension on whose behalf a call is asked with: the one that has the call, or
    /// had it, else the first one.
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

    /// Records that a call waits in a slot now, or no longer.
    pub(super) fn set_parked(&mut self, uuid: &CallUuid, parked: bool, now: Time) {
        for roster in &mut self.all {
            roster.calls.set_parked(uuid, parked, now);
        }
    }

    /// Drops a call that the switch does not know.
    pub(super) fn drop_call(&mut self, extension: &ExtensionId, uuid: &CallUuid, now: Time) {
        for roster in self.all.iter_mut().filter(|roster| roster.extension == *extension) {
            roster.calls.give_up(uuid, now);
        }
    }

    /// Drops the calls that count as parked and are in none of the slots, all of which are known:
    /// the `hangup` that was taken for a park was a hangup.
    pub(super) fn release_unparked(&mut self, now: Time, is_parked: impl Fn(&CallUuid) -> bool) {
        for roster in &mut self.all {
            while let Some(uuid) = roster.calls.first_unparked(&is_parked) {
                roster.calls.set_parked(&uuid, false, now);
            }
        }
    }

    /// Returns the call to ask with among those that talk or ring, apart from the call `but`.
    fn live_asker(&self, but: Option<&CallUuid>) -> Option<Asker> {
        let latest = |state| {
            self.all.iter().find_map(|roster| {
                let call = roster.calls.latest(state, but)?;
                Some(Asker::new(&roster.extension, call))
            })
        };
        latest(CallState::Talking).or_else(|| latest(CallState::Ringing))
    }

    /// Returns a call as one to ask with, on behalf of the extension that has it.
    pub(super) fn asker_with(&self, call: &CallApiId) -> Option<Asker> {
        Some(Asker::new(self.extension_of(call.uuid())?, call))
    }
}
