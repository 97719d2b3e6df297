//! The look after an act: a command that resolves is a claim about the telephone system, so the
//! claim is checked.
//!
//! A switch that looks before it parks may still be overtaken, and says "done" then, too. A bridge
//! may have parked the call that was to be connected. A park may have connected it with a caller
//! who was parked in the same moment. Until the look has spoken, the answer changes nothing that is
//! shown as confirmed.

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
use crate::{
    Action, Answer, CallApiId, CallUuid, Code, Error, ExtensionId, Millis, RefusalCode, Slot, Time,
};

/// How long after the answer the slot is looked at. An engine needs up to 20 ms to let go of a row.
/// Each further millisecond is one in which another person can fetch a call that was parked by
/// mistake, and a look then shows nothing of it.
const PAUSE: Millis = Millis::new(50);
/// How long an exact feed has to tell of the act, before the slot is looked at all the same.
const PAUSE_WITH_FEED: Millis = Millis::from_secs(1);
/// How long until an answer that contradicts is asked for again, each time.
const PAUSES_AGAIN: [Millis; 2] = [Millis::new(300), Millis::from_secs(1)];

/// An act that the switch said is done, and what was seen of it since.
#[derive(Clone, Debug)]
pub(super) struct Confirm {
    /// When the slot is looked at; `None` while the question is on its way.
    pub(super) wakes_at: Option<Time>,
    act: Box<Asked>,
    answer: Answer,
    slot: Slot,
    /// The call whose presence decides: the one that was parked, or was seen before the bridge.
    uuid: Option<CallUuid>,
    /// How often the slot was looked at.
    tries: usize,
    /// A look showed the call that was to be connected in the slot.
    asker_seen: bool,
}

impl Confirm {
    /// The call that was connected: by the switch's own word, else the one that was seen before.
    fn taken(&self) -> Option<&CallUuid> {
        named_by(&self.answer).or(self.uuid.as_ref())
    }

    /// Whether this is a bridge with `uuid`, waiting in `slot` until then.
    fn bridges(&self, slot: Slot, uuid: &CallUuid) -> bool {
        let is_bridge = self.act.question.action == Action::Bridge;
        is_bridge && self.slot == slot && self.taken() == Some(uuid)
    }
}

impl Commands {
    /// Whether what the switch said to an act waits for a look before it is believed.
    pub(in crate::mirror) fn is_deferred(
        &self,
        facts: Facts<'_>,
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

    fn can_confirm(&self, facts: Facts<'_>, pending: &PendingCommand, slot: Slot) -> bool {
        let is_wanted = self.confirms && !pending.is_aborted && !pending.was_told;
        let can_look = || facts.feed_is_exact || facts.asker_after(&pending.command).is_some();
        is_wanted && slot.index() < facts.belief.size() && can_look()
    }

    /// Has the end of an act confirmed, where that is possible and wanted. `uuid` is the call whose
    /// presence in the slot decides.
    pub(super) fn confirm(
        &mut self,
        facts: Facts<'_>,
        pending: &PendingCommand,
        asked: &Asked,
        answer: &Answer,
        slot: Slot,
        uuid: Option<CallUuid>,
    ) -> Next {
        if !self.can_confirm(facts, pending, slot) {
            let is_told = pending.was_told;
            if self.confirms && !is_told {
                self.wants.push(Want::Unconfirm(slot));
            }
            let uuid = named_by(answer).or(uuid.as_ref());
            return Next::End(Ok(result(&pending.command, slot, uuid, is_told)));
        }
        let pause = if facts.feed_is_exact { PAUSE_WITH_FEED } else { PAUSE };
        Next::Stage(Stage::Confirming(Confirm {
            wakes_at: Some(facts.at.now + pause),
            act: Box::new(asked.clone()),
            answer: answer.clone(),
            slot,
            uuid,
            tries: 0,
            asker_seen: false,
        }))
    }

    /// Looks at the slot of an act.
    pub(super) fn look_to_confirm(
        &mut self,
        facts: Facts<'_>,
        pending: &PendingCommand,
        confirm: Confirm,
    ) -> Next {
        match facts.asker_after(&pending.command) {
            Some(asker) => {
                self.ask(pending.id, asker, Action::Slots, Some(confirm.slot));
                Next::Stage(Stage::Confirming(Confirm { wakes_at: None, ..confirm }))
            }
            None => self.end_as_said(facts, pending, &confirm),
        }
    }

    /// Decides by what the look after an act has shown.
    pub(super) fn apply_confirmation(
        &mut self,
        facts: Facts<'_>,
        pending: &PendingCommand,
        mut confirm: Confirm,
        asked: &Asked,
        result_of_look: Result<&Answer, &Error>,
    ) -> Next {
        let (Some((call, _)), Ok(answer)) = (pending.command.acts_on(), result_of_look) else {
            return self.end_as_said(facts, pending, &confirm);
        };
        let seen = match answer {
            Answer::Held { uuid, .. } => Some(uuid),
            Answer::Vacant { .. } => None,
            Answer::Refused(refusal) if refusal.code == RefusalCode::Vacant => None,
            _ => return self.end_as_said(facts, pending, &confirm),
        };
        let parks = matches!(pending.command, Command::Park { .. });
        confirm.asker_seen |= !parks && seen == Some(call.uuid());
        let is_so = match seen {
            Some(uuid) if parks || uuid == call.uuid() => parks && uuid == call.uuid(),
            // Which call was there before is not known, and so not whether that call has left.
            Some(_) if confirm.uuid.is_none() => {
                return Next::End(Ok(result(&pending.command, confirm.slot, None, false)));
            }
            Some(uuid) => confirm.uuid.as_ref() != Some(uuid) && confirm.taken() != Some(uuid),
            None => !parks,
        };
        if is_so && !confirm.asker_seen {
            if parks {
                self.own(facts, confirm.slot, call);
            }
            let uuid = confirm.taken();
            return Next::End(Ok(result(&pending.command, confirm.slot, uuid, true)));
        }
        if let Some(pause) = PAUSES_AGAIN.get(confirm.tries) {
            let wakes_at = Some(facts.at.now + *pause);
            let tries = confirm.tries + 1;
            return Next::Stage(Stage::Confirming(Confirm { wakes_at, tries, ..confirm }));
        }
        self.contradict(facts, pending, &confirm, asked, answer)
    }

    /// Ends a command of which every look said otherwise than the switch.
    fn contradict(
        &mut self,
        facts: Facts<'_>,
        pending: &PendingCommand,
        confirm: &Confirm,
        asked: &Asked,
        answer: &Answer,
    ) -> Next {
        // While our own act counted as under way, what was seen was not taken for certain.
        self.wants.push(Want::DropIntent(confirm.slot));
        self.wants.push(Want::Observe { asked: Box::new(asked.clone()), answer: answer.clone() });
        let error = match &pending.command {
            _ if confirm.asker_seen => return self.end_as_said(facts, pending, confirm),
            Command::Park { call, .. } => {
                self.wants.push(Want::NotParked(call.uuid().clone()));
                let message = "the switch said that the call is parked, but it is not in the slot";
                Error::new(Code::NotThere, message).with_outcome(Outcome::Unknown)
            }
            _ => {
                let message =
                    "the switch said that the calls are connected, but the caller still waits";
                Error::new(Code::Unclear, message)
            }
        };
        Next::End(Err(error.at(Some(confirm.slot))))
    }

    /// Ends a command about which no look says anything new: as the switch said, unless the call
    /// that was to be connected was seen in the slot.
    fn end_as_said(
        &mut self,
        facts: Facts<'_>,
        pending: &PendingCommand,
        confirm: &Confirm,
    ) -> Next {
        let Confirm { act, answer, slot, .. } = confirm;
        if confirm.asker_seen {
            return self.asker_parked(facts, *slot, &act.question.call);
        }
        self.wants.push(Want::Observe { asked: act.clone(), answer: answer.clone() });
        self.wants.push(Want::Unconfirm(*slot));
        Next::End(Ok(result(&pending.command, *slot, confirm.taken(), false)))
    }

    /// Ends a bridge after which the call that was to be connected waits in the slot.
    pub(super) fn asker_parked(&mut self, facts: Facts<'_>, slot: Slot, call: &CallApiId) -> Next {
        self.own(facts, slot, call);
        let message = "no call waited in the slot any more, so the call was parked there";
        Next::End(Err(Error::new(Code::AskerParked, message).at(Some(slot))))
    }

    /// Returns the extension of the command that is being confirmed and has connected the call
    /// which waited in the slot.
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

    /// Applies what an exact feed tells of an act of ours.
    pub(in crate::mirror) fn confirm_by_feed(&mut self, facts: Facts<'_>, told: &Move) {
        let tells_of = |pending: &PendingCommand| match (&pending.command, told.left) {
            (Command::Park { call, slot }, None) => {
                *call == told.call && slot.is_none_or(|slot| slot == told.slot)
            }
            (Command::Bridge { call, slot, .. }, Some(Reason::Bridged)) => {
                told.by.as_ref() == Some(call) && slot.is_none_or(|slot| slot == told.slot)
            }
            _ => false,
        };
        for pending in &mut self.pending {
            pending.was_told |= matches!(pending.stage, Stage::Sent { .. }) && tells_of(pending);
        }
        let is_confirmed = |pending: &PendingCommand| match &pending.stage {
            Stage::Confirming(confirm) => confirm.slot == told.slot && tells_of(pending),
            _ => false,
        };
        while let Some(pending) = take_first(&mut self.pending, is_confirmed) {
            let Stage::Confirming(confirm) = &pending.stage else { return };
            let result = result(&pending.command, confirm.slot, confirm.taken(), true);
            self.transition(facts, pending, Next::End(Ok(result)));
        }
    }
}

impl Facts<'_> {
    /// Returns the call to ask with after a command has acted.
    fn asker_after(&self, command: &Command) -> Option<Asker> {
        let (call, pending) = command.acts_on()?;
        let asker_state = match pending {
            Pending::Parking => AskerState::Parked,
            Pending::Bridging => AskerState::Left,
        };
        self.rosters.asker_after_act(self.belief, call, asker_state)
    }

    /// The result of an act that an exact feed has told of, while its own answer was lost.
    pub(super) fn told_result(
        &self,
        pending: &PendingCommand,
        uuid: Option<&CallUuid>,
    ) -> Option<CommandResult> {
        let (call, _) = pending.command.acts_on().filter(|_| pending.was_told)?;
        let slot = pending.turn.or_else(|| self.belief.slot_of(call.uuid()))?;
        Some(result(&pending.command, slot, uuid, true))
    }
}

/// The call that the switch says it has connected.
fn named_by(answer: &Answer) -> Option<&CallUuid> {
    match answer {
        Answer::Bridged { uuid, .. } => uuid.as_ref(),
        _ => None,
    }
}

fn result(
    command: &Command,
    slot: Slot,
    uuid: Option<&CallUuid>,
    is_confirmed: bool,
) -> CommandResult {
    match command {
        Command::Park { call, .. } => parked(slot, call.uuid(), is_confirmed),
        _ => bridged(Some(slot), uuid, is_confirmed),
    }
}
