//! The check after an act: the answer of the switch is verified before the command succeeds.
//!
//! A switch can answer "done" although something else happened. A `bridge` may have parked the call
//! of the command. A `park` may have connected the call with a caller who was parked at the same
//! moment. The answer is therefore not applied until the slot was checked.

use super::act::{bridged, parked};
use super::command::{Command, CommandResult};
use super::pending::{Next, PendingCommand, Stage};
use super::{Commands, Facts, Want};
use crate::error::Outcome;
use crate::feed::{Move, Reason};
use crate::mirror::poller::{Asked, Purpose};
use crate::mirror::roster::{Asker, AskerState};
use crate::mirror::take_first;
use crate::mirror::view::Pending;
use crate::record::record;
use crate::{Action, Answer, CallUuid, Code, Error, ExtensionId, Millis, RefusalCode, Slot, Time};

/// How long after the answer the slot is checked. A switch needs up to 20 ms to remove a call from
/// its list. With a longer pause, another person could fetch a call that was parked by mistake
/// before the check sees it.
const PAUSE: Millis = Millis::new(50);
/// How long to wait for a message of an exact feed before the slot is checked.
const PAUSE_WITH_FEED: Millis = Millis::from_secs(1);
/// The pauses before an answer that contradicts the switch is asked for again.
const PAUSES_AGAIN: [Millis; 2] = [Millis::new(300), Millis::from_secs(1)];

/// An act that the switch reported as done, and what the checks have shown.
#[derive(Clone, Debug)]
pub(super) struct Confirm {
    /// When the next check starts. `None` while a check waits for its answer.
    pub(super) wakes_at: Option<Time>,
    act: Box<Asked>,
    answer: Answer,
    slot: Slot,
    /// The call to look for in the slot: the parked call, or the call that waited there before a
    /// bridge.
    uuid: Option<CallUuid>,
    /// The number of checks that contradicted the switch.
    tries: usize,
    /// True if a check showed the call of the bridge itself in the slot.
    is_asker_in_slot: bool,
}

impl Confirm {
    /// Returns the call that was connected: the one that the switch named, else the one that was
    /// seen before.
    fn connected_call(&self) -> Option<&CallUuid> {
        named_by(&self.answer).or(self.uuid.as_ref())
    }

    /// Returns true if this is a bridge with the call `uuid` that waited in `slot`.
    fn bridges(&self, slot: Slot, uuid: &CallUuid) -> bool {
        let is_bridge = self.act.question.action == Action::Bridge;
        is_bridge && self.slot == slot && self.connected_call() == Some(uuid)
    }
}

impl Commands {
    /// Returns true if the answer to an act has to be confirmed before it is applied.
    pub(in crate::mirror) fn is_deferred(
        &self,
        facts: &Facts<'_>,
        asked: &Asked,
        answer: &Answer,
    ) -> bool {
        let (Answer::Parked { slot: Some(slot), .. } | Answer::Bridged { slot: Some(slot), .. }) =
            answer
        else {
            return false;
        };
        let is_its_own = |pending: &&PendingCommand| asked.purpose == Purpose::Command(pending.id);
        let pending = self.pending.iter().find(is_its_own);
        pending.is_some_and(|pending| self.can_confirm(facts, pending, *slot))
    }

    fn can_confirm(&self, facts: &Facts<'_>, pending: &PendingCommand, slot: Slot) -> bool {
        let is_wanted = self.confirms && !pending.is_aborted && !pending.is_told_by_feed;
        let can_look = || facts.feed_is_exact || facts.asker_after(&pending.command).is_some();
        is_wanted && slot.index() < facts.belief.size() && can_look()
    }

    /// Starts to confirm an act. If that is not possible or not wanted, ends the command. `uuid` is
    /// the call to look for in the slot.
    pub(super) fn confirm(
        &mut self,
        facts: &Facts<'_>,
        pending: &PendingCommand,
        asked: &Asked,
        answer: &Answer,
        slot: Slot,
        uuid: Option<CallUuid>,
    ) -> Next {
        if !self.can_confirm(facts, pending, slot) {
            let is_confirmed = pending.is_told_by_feed;
            if self.confirms && !is_confirmed {
                self.wants.push(Want::Unconfirm(slot));
            }
            let uuid = named_by(answer).or(uuid.as_ref());
            return Next::End(Ok(result(&pending.command, slot, uuid, is_confirmed)));
        }
        let pause = if facts.feed_is_exact { PAUSE_WITH_FEED } else { PAUSE };
        Next::Stage(Stage::Confirming(Confirm {
            wakes_at: Some(facts.at.now + pause),
            act: Box::new(asked.clone()),
            answer: answer.clone(),
            slot,
            uuid,
            tries: 0,
            is_asker_in_slot: false,
        }))
    }

    /// Asks about the slot of an act.
    pub(super) fn ask_to_confirm(
        &mut self,
        facts: &Facts<'_>,
        pending: &PendingCommand,
        confirm: Confirm,
    ) -> Next {
        match facts.asker_after(&pending.command) {
            Some(asker) => {
                self.ask(pending.id, asker, Action::Slots, Some(confirm.slot));
                Next::Stage(Stage::Confirming(Confirm { wakes_at: None, ..confirm }))
            }
            None => self.end_unconfirmed(pending, &confirm),
        }
    }

    /// Decides from the check after an act.
    pub(super) fn apply_confirmation(
        &mut self,
        facts: &Facts<'_>,
        pending: &PendingCommand,
        mut confirm: Confirm,
        asked: &Asked,
        result_of_look: Result<&Answer, &Error>,
    ) -> Next {
        let (Some((call, act)), Ok(answer)) = (pending.command.acts_on(), result_of_look) else {
            return self.end_unconfirmed(pending, &confirm);
        };
        let seen = match answer {
            Answer::Held { uuid, .. } => Some(uuid),
            Answer::Vacant { .. } => None,
            Answer::Refused(refusal) if refusal.code == RefusalCode::Vacant => None,
            _ => return self.end_unconfirmed(pending, &confirm),
        };
        let parks = match act {
            Pending::Parking => true,
            Pending::Bridging => false,
        };
        confirm.is_asker_in_slot |= !parks && seen == Some(call.uuid());
        let is_so = match seen {
            Some(uuid) if parks || uuid == call.uuid() => parks && uuid == call.uuid(),
            // It is unknown which call waited here before, so the check proves nothing.
            Some(_) if confirm.uuid.is_none() => {
                return Next::End(Ok(result(&pending.command, confirm.slot, None, false)));
            }
            Some(uuid) => {
                confirm.uuid.as_ref() != Some(uuid) && confirm.connected_call() != Some(uuid)
            }
            None => !parks,
        };
        if is_so && !confirm.is_asker_in_slot {
            if parks {
                self.record_parked_by(pending, confirm.slot, call.uuid());
            }
            let uuid = confirm.connected_call();
            return Next::End(Ok(result(&pending.command, confirm.slot, uuid, true)));
        }
        if let Some(pause) = PAUSES_AGAIN.get(confirm.tries) {
            let wakes_at = Some(facts.at.now + *pause);
            let tries = confirm.tries + 1;
            return Next::Stage(Stage::Confirming(Confirm { wakes_at, tries, ..confirm }));
        }
        self.end_contradicted(pending, &confirm, asked, answer)
    }

    /// Ends a command after every check contradicted the switch.
    fn end_contradicted(
        &mut self,
        pending: &PendingCommand,
        confirm: &Confirm,
        asked: &Asked,
        answer: &Answer,
    ) -> Next {
        // The answer does not apply while the slot shows the act.
        self.wants.push(Want::DropIntent(confirm.slot));
        self.wants.push(Want::Observe { asked: Box::new(asked.clone()), answer: answer.clone() });
        let error = match pending.command.acts_on() {
            _ if confirm.is_asker_in_slot => return self.end_unconfirmed(pending, confirm),
            None => return self.end_unconfirmed(pending, confirm),
            Some((call, Pending::Parking)) => {
                self.wants.push(Want::NotParked(call.uuid().clone()));
                let message = "the switch said that the call is parked, but it is not in the slot";
                Error::new(Code::NotThere, message).with_outcome(Outcome::Unknown)
            }
            Some((_, Pending::Bridging)) => {
                let message =
                    "the switch said that the calls are connected, but the other call still waits";
                Error::new(Code::Unclear, message)
            }
        };
        Next::End(Err(error.or_slot(Some(confirm.slot))))
    }

    /// Ends a command with the answer of the switch, because no check says more. If a check saw the
    /// call of the bridge itself in the slot, the command fails.
    fn end_unconfirmed(&mut self, pending: &PendingCommand, confirm: &Confirm) -> Next {
        let Confirm { act, answer, slot, .. } = confirm;
        if confirm.is_asker_in_slot {
            return self.asker_parked(pending, *slot, act.question.call.uuid());
        }
        self.wants.push(Want::Observe { asked: act.clone(), answer: answer.clone() });
        self.wants.push(Want::Unconfirm(*slot));
        Next::End(Ok(result(&pending.command, *slot, confirm.connected_call(), false)))
    }

    /// Ends a bridge that parked its own call in the slot.
    pub(super) fn asker_parked(
        &mut self,
        pending: &PendingCommand,
        slot: Slot,
        uuid: &CallUuid,
    ) -> Next {
        self.record_parked_by(pending, slot, uuid);
        let message = "no call waited in the slot any more, so the switch parked this call there";
        Next::End(Err(Error::new(Code::AskerParked, message).or_slot(Some(slot))))
    }

    /// Returns the extension whose bridge connected the call `uuid` that waited in `slot`. `None`
    /// if no such bridge is being confirmed.
    pub(in crate::mirror) fn bridged_by(
        &self,
        slot: Slot,
        uuid: &CallUuid,
    ) -> Option<&ExtensionId> {
        self.pending.iter().find_map(|pending| match &pending.stage {
            Stage::Confirming(confirm) if confirm.bridges(slot, uuid) => {
                Some(&confirm.act.question.extension)
            }
            _ => None,
        })
    }

    /// Ends the commands that a move of an exact feed confirms.
    pub(in crate::mirror) fn confirm_by_feed(&mut self, facts: &Facts<'_>, moved: &Move) {
        let is_about = |pending: &PendingCommand| match (&pending.command, moved.left) {
            (Command::Park { call, slot }, None) => {
                *call == moved.call && slot.is_none_or(|slot| slot == moved.slot)
            }
            (Command::Bridge { call, slot, .. }, Some(Reason::Bridged)) => {
                moved.by.as_ref() == Some(call) && slot.is_none_or(|slot| slot == moved.slot)
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
        for pending in &mut self.pending {
            pending.is_told_by_feed |=
                matches!(pending.stage, Stage::Sent { .. }) && is_about(pending);
        }
        let is_confirmed = |pending: &PendingCommand| match &pending.stage {
            Stage::Confirming(confirm) => confirm.slot == moved.slot && is_about(pending),
            _ => false,
        };
        while let Some(pending) = take_first(&mut self.pending, is_confirmed) {
            let Stage::Confirming(confirm) = &pending.stage else { return };
            let result = result(&pending.command, confirm.slot, confirm.connected_call(), true);
            self.transition(facts, pending, Next::End(Ok(result)));
        }
    }
}

impl Facts<'_> {
    /// Returns the asker for the check after an act.
    fn asker_after(&self, command: &Command) -> Option<Asker> {
        let (call, pending) = command.acts_on()?;
        let asker_state = match pending {
            Pending::Parking => AskerState::Parked,
            Pending::Bridging => AskerState::Left,
        };
        self.rosters.asker_after_act(self.belief, call, asker_state)
    }

    /// Returns the result of an act whose answer was lost, if an exact feed has reported the act.
    pub(super) fn result_from_feed(
        &self,
        pending: &PendingCommand,
        uuid: Option<&CallUuid>,
    ) -> Option<CommandResult> {
        let (call, _) = pending.command.acts_on().filter(|_| pending.is_told_by_feed)?;
        let slot = pending.turn.or_else(|| self.belief.slot_of(call.uuid()))?;
        Some(result(&pending.command, slot, uuid, true))
    }
}

/// Returns the call that the switch names as connected.
fn named_by(answer: &Answer) -> Option<&CallUuid> {
    match answer {
        Answer::Bridged { uuid, .. } => uuid.as_ref(),
        _ => None,
    }
}

/// Returns the result of an act. `uuid` is the call that a bridge connected.
fn result(
    command: &Command,
    slot: Slot,
    uuid: Option<&CallUuid>,
    is_confirmed: bool,
) -> CommandResult {
    match command {
        Command::Park { call, .. } => parked(slot, call.uuid(), is_confirmed),
        // The others never act, so they have no such result.
        Command::Bridge { .. }
        | Command::Inspect { .. }
        | Command::FreeSlots { .. }
        | Command::Refresh => bridged(Some(slot), uuid, is_confirmed),
    }
}

record!(struct Confirm { wakes_at, act, answer, slot, uuid, tries, is_asker_in_slot });
