//! The check after a lost answer: finds out whether the act was carried out.

use super::act::parked;
use super::command::Command;
use super::pending::{Next, PendingCommand, Stage};
use super::{Commands, Facts, Want};
use crate::error::Outcome;
use crate::mirror::roster::Asker;
use crate::mirror::view::CallState;
use crate::{Action, Answer, CallApiId, CallUuid, Error, Millis, Slot};

/// The pauses before the slot is asked about again.
const PAUSES: [Millis; 3] = [Millis::from_secs(2), Millis::from_secs(3), Millis::from_secs(5)];

impl Commands {
    /// Asks about the slot of an act whose answer was lost. `uuid` is the call that waited in the
    /// slot before a bridge. `tries` is the number of earlier checks.
    pub(super) fn verify(
        &mut self,
        facts: &Facts<'_>,
        pending: &PendingCommand,
        uuid: Option<CallUuid>,
        error: Error,
        tries: usize,
    ) -> Next {
        let Some((call, slot)) = pending.command.target() else {
            return Next::End(Err(error.with_outcome(Outcome::Unknown)));
        };
        let Some(asker) = self.asker_to_verify(facts, call) else {
            return Next::End(Err(error.with_outcome(Outcome::Unknown)));
        };
        self.ask(pending.id, asker, Action::Slots, Some(slot));
        Next::Stage(Stage::Verifying { uuid, error, tries })
    }

    /// Decides from the slot whether an act with a lost answer was carried out.
    ///
    /// If the slot is unchanged, the request may still be on its way, so the slot is asked about
    /// twice. After a `bridge`, a vacant slot does not show which call took the parked call. Such a
    /// command ends with an unknown outcome.
    pub(super) fn apply_verification(
        &mut self,
        facts: &Facts<'_>,
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
                self.record_parked_by(pending, *slot, uuid);
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
                return self.asker_parked(pending, *slot, uuid);
            }
            (Command::Bridge { .. }, Some(Answer::Held { uuid: found, .. }))
                if Some(found) == uuid.as_ref() =>
            {
                true
            }
            (Command::Bridge { .. }, Some(Answer::Held { .. } | Answer::Vacant { .. })) => {
                return end(error, Outcome::Unknown);
            }
            (
                Command::Park { .. }
                | Command::Bridge { .. }
                | Command::Inspect { .. }
                | Command::FreeSlots { .. }
                | Command::Refresh,
                _,
            ) => false,
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

    /// Records that the extension in the question of the act parked the call `uuid` in a slot.
    pub(super) fn record_parked_by(
        &mut self,
        pending: &PendingCommand,
        slot: Slot,
        uuid: &CallUuid,
    ) {
        if let Some(extension) = pending.acted_by.clone() {
            self.wants.push(Want::RecordParkedBy { slot, uuid: uuid.clone(), extension });
        }
    }

    /// Returns the asker for a check if it is unknown whether `call` was parked or connected.
    pub(super) fn asker_to_verify(&self, facts: &Facts<'_>, call: &CallApiId) -> Option<Asker> {
        let Facts { belief, rosters, .. } = facts;
        rosters.asker_after_act(belief, call, self.asker_state(belief, rosters, call))
    }
}

impl Facts<'_> {
    /// Returns true if a call has ended at its extension, as a park makes it end. If the call is
    /// not in its slot, it may have been parked and may have left again.
    pub(super) fn has_left(&self, call: &CallApiId) -> bool {
        match self.rosters.live(call.uuid()) {
            Some(call) => call.state == CallState::Parked,
            None => self.rosters.ended_at(call.uuid()).is_some(),
        }
    }
}
