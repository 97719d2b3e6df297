//! What became of a command whose answer was lost.

use super::act::parked;
use super::command::Command;
use super::pending::{Next, PendingCommand, Stage};
use super::{Commands, Facts, Want};
use crate::error::Outcome;
use crate::mirror::roster::{Asker, CallState};
use crate::{Action, Answer, CallApiId, CallUuid, Error, Millis, Slot};

/// How long to wait before asking again what became of a command, by how often it was asked.
const PAUSES: [Millis; 3] = [Millis::from_secs(2), Millis::from_secs(3), Millis::from_secs(5)];

impl Commands {
    /// Asks what became of a command. `uuid` is the call that was seen before a bridge, `tries` how
    /// often it was asked before.
    pub(super) fn verify(
        &mut self,
        facts: Facts<'_>,
        pending: &PendingCommand,
        uuid: Option<CallUuid>,
        error: Error,
        tries: usize,
    ) -> Next {
        let Some((call, slot)) = pending.command.target() else {
            return Next::End(Err(error.with_outcome(Outcome::Unknown)));
        };
        let Some(asker) = self.asker_in_doubt(facts, call) else {
            return Next::End(Err(error.with_outcome(Outcome::Unknown)));
        };
        self.ask(pending.id, asker, Action::Slots, Some(slot));
        Next::Stage(Stage::Verifying { uuid, error, tries })
    }

    /// Decides by what the slot shows of a command whose own answer was lost.
    ///
    /// A slot that looks as before may only mean that the request is still on its way, so the slot
    /// is asked about twice. And a vacant slot says nothing about who took the call: a success is
    /// claimed only where the switch confirms one.
    pub(super) fn apply_verification(
        &mut self,
        facts: Facts<'_>,
        pending: &PendingCommand,
        uuid: Option<CallUuid>,
        error: Error,
        tries: usize,
        answer: Option<&Answer>,
    ) -> Next {
        let end = |error: Error, outcome| Next::End(Err(error.with_outcome(outcome)));
        let is_as_before = match (&pending.command, answer) {
            (Command::Park { call, .. }, Some(Answer::Held { slot, uuid }))
                if uuid == call.uuid() =>
            {
                self.own(facts, *slot, call);
                return Next::End(Ok(parked(*slot, uuid, true)));
            }
            (Command::Park { call, .. }, Some(Answer::Held { .. } | Answer::Vacant { .. }))
                if facts.has_left(call) =>
            {
                return end(error, Outcome::Unknown);
            }
            (Command::Park { .. }, Some(Answer::Held { .. })) => {
                return end(error, Outcome::NotDone);
            }
            (Command::Park { .. }, Some(Answer::Vacant { .. })) => true,
            (Command::Bridge { call, .. }, Some(Answer::Held { slot, uuid }))
                if uuid == call.uuid() =>
            {
                return self.asker_parked(facts, *slot, call);
            }
            (Command::Bridge { .. }, Some(Answer::Held { uuid: found, .. }))
                if Some(found) == uuid.as_ref() =>
            {
                true
            }
            (Command::Bridge { .. }, Some(Answer::Held { .. } | Answer::Vacant { .. })) => {
                return end(error, Outcome::Unknown);
            }
            _ => false,
        };
        match PAUSES.get(tries) {
            Some(pause) if !is_as_before || tries == 0 => {
                let until = facts.at.now + *pause;
                Next::Stage(Stage::RetryWait { until, uuid, error, tries: tries + 1 })
            }
            _ if is_as_before => end(error, Outcome::NotDone),
            _ => end(error, Outcome::Unknown),
        }
    }

    /// Records that the call in the slot was parked by a command of ours.
    pub(super) fn own(&mut self, facts: Facts<'_>, slot: Slot, call: &CallApiId) {
        let uuid = call.uuid().clone();
        if let Some(extension) = facts.rosters.extension_of(&uuid).cloned() {
            self.wants.push(Want::Own { slot, uuid, extension });
        }
    }

    /// Returns the call to ask with where it is not known whether a command has acted on `call`.
    pub(super) fn asker_in_doubt(&self, facts: Facts<'_>, call: &CallApiId) -> Option<Asker> {
        let Facts { belief, rosters, .. } = facts;
        rosters.asker_after_act(belief, call, self.asker_state(belief, rosters, call))
    }
}

impl Facts<'_> {
    /// Whether a call has ended at its extension, as a park makes it end. A call that is not in its
    /// slot may then have been parked, and have left again. The switch may have forgotten the call.
    pub(super) fn has_left(&self, call: &CallApiId) -> bool {
        match self.rosters.live(call.uuid()) {
            Some(call) => call.state == CallState::Parked,
            None => self.rosters.ended_at(call.uuid()).is_some(),
        }
    }
}
