//! The look after an act: a command that resolves is a claim about the telephone system, so it is
//! checked.
//!
//! A switch that looks before it parks may still be overtaken, and says "done" then, too. A bridge
//! may have parked the call that was to be connected. A park may have connected it with a caller
//! who was parked in the same moment. Until the look has spoken, the answer changes nothing that is
//! shown as confirmed.

use super::act::bridged;
use super::command::{Command, CommandResult};
use super::errand::{Errand, Next, Stage};
use super::outbox::{Asked, Purpose};
use super::{Mirror, take_first};
use crate::error::Outcome;
use crate::feed::{Move, Reason};
use crate::{Action, Answer, CallUuid, Code, Error, Millis, RefusalCode, Slot, Time};

/// How long after the answer the slot is looked at. An engine needs up to 20 ms to let go of a row.
/// Each further millisecond is one in which another person can fetch a call that was parked by
/// mistake, and a look then shows nothing of it.
const PAUSE: Millis = Millis::new(50);
/// How long an exact feed has to tell of it, before the slot is looked at all the same.
const PAUSE_WITH_FEED: Millis = Millis::from_secs(1);
/// How long until an answer that contradicts is asked for again, each time.
const PAUSES_AGAIN: [Millis; 2] = [Millis::new(300), Millis::from_secs(1)];

/// An act that the switch said is done, and what was seen of it since.
#[derive(Clone, Debug)]
pub(super) struct Confirm {
    /// When the slot is looked at; `None` while the question is on its way.
    pub(super) wakes_at: Option<Time>,
    act: Asked,
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

impl Mirror {
    /// Whether what the switch said to an act waits for a look before it is believed.
    pub(super) fn is_deferred(&self, asked: &Asked, answer: &Answer) -> bool {
        let (Answer::Parked { slot: Some(slot), .. } | Answer::Bridged { slot: Some(slot), .. }) =
            answer
        else {
            return false;
        };
        let errand =
            self.errands.iter().find(|errand| asked.purpose == Purpose::Command(errand.id));
        errand.is_some_and(|errand| self.can_confirm(errand, *slot))
    }

    fn can_confirm(&self, errand: &Errand, slot: Slot) -> bool {
        let is_wanted = self.options.confirm && !errand.aborted && !errand.was_told;
        let can_look = || self.watch.feed_is_exact() || self.asker_after(&errand.command).is_some();
        is_wanted && slot.number() <= self.options.slots && can_look()
    }

    /// Has the end of an act confirmed, where that is possible and wanted. `uuid` is the call whose
    /// presence in the slot decides.
    pub(super) fn confirm(
        &mut self,
        errand: &Errand,
        asked: &Asked,
        answer: &Answer,
        slot: Slot,
        uuid: Option<CallUuid>,
    ) -> Next {
        if !self.can_confirm(errand, slot) {
            let is_told = errand.was_told;
            if self.options.confirm && !is_told {
                self.leave_unconfirmed(slot);
            }
            let uuid = named_by(answer).or(uuid.as_ref());
            return Next::End(Ok(self.outcome(&errand.command, slot, uuid, is_told)));
        }
        let pause = if self.watch.feed_is_exact() { PAUSE_WITH_FEED } else { PAUSE };
        Next::Stage(Stage::Confirm(Confirm {
            wakes_at: Some(self.now + pause),
            act: asked.clone(),
            answer: answer.clone(),
            slot,
            uuid,
            tries: 0,
            asker_seen: false,
        }))
    }

    /// Looks at the slot of an act.
    pub(super) fn look_to_confirm(&mut self, errand: &Errand, confirm: Confirm) -> Next {
        match self.asker_after(&errand.command) {
            Some(asker) => {
                self.ask(Purpose::Command(errand.id), asker, Action::Slots, Some(confirm.slot));
                Next::Stage(Stage::Confirm(Confirm { wakes_at: None, ..confirm }))
            }
            None => self.end_as_said(errand, &confirm),
        }
    }

    /// Decides by what the look after an act has shown.
    pub(super) fn confirmed(
        &mut self,
        errand: &Errand,
        mut confirm: Confirm,
        asked: &Asked,
        result: Result<&Answer, &Error>,
    ) -> Next {
        let Some((call, _)) = errand.command.acts_on() else {
            return self.end_as_said(errand, &confirm);
        };
        let Ok(answer) = result else { return self.end_as_said(errand, &confirm) };
        let seen = match answer {
            Answer::Held { uuid, .. } => Some(uuid),
            Answer::Vacant { .. } => None,
            Answer::Refused(refusal) if refusal.code == RefusalCode::Vacant => None,
            _ => return self.end_as_said(errand, &confirm),
        };
        let parks = matches!(errand.command, Command::Park { .. });
        confirm.asker_seen |= !parks && seen == Some(call.uuid());
        let is_so = match seen {
            Some(uuid) if parks || uuid == call.uuid() => parks && uuid == call.uuid(),
            // Which call was there before is not known, and so not whether it has left.
            Some(_) if confirm.uuid.is_none() => {
                let outcome = self.outcome(&errand.command, confirm.slot, None, false);
                return Next::End(Ok(outcome));
            }
            Some(uuid) => confirm.uuid.as_ref() != Some(uuid) && confirm.taken() != Some(uuid),
            None => !parks,
        };
        if is_so && !confirm.asker_seen {
            if parks {
                self.own(confirm.slot, call.uuid());
            }
            let uuid = confirm.taken();
            return Next::End(Ok(self.outcome(&errand.command, confirm.slot, uuid, true)));
        }
        if let Some(pause) = PAUSES_AGAIN.get(confirm.tries) {
            let wakes_at = Some(self.now + *pause);
            let tries = confirm.tries + 1;
            return Next::Stage(Stage::Confirm(Confirm { wakes_at, tries, ..confirm }));
        }
        self.contradict(errand, &confirm, asked, answer)
    }

    /// Ends a command of which every look said otherwise than the switch.
    fn contradict(
        &mut self,
        errand: &Errand,
        confirm: &Confirm,
        asked: &Asked,
        answer: &Answer,
    ) -> Next {
        // While our own act counted as under way, what was seen was not taken for certain.
        if let Some(cell) = self.cells.get_mut(confirm.slot.index()) {
            cell.intent = None;
        }
        self.observe(&asked.question, asked.source(), answer);
        let error = match &errand.command {
            _ if confirm.asker_seen => return self.end_as_said(errand, confirm),
            Command::Park { call, .. } => {
                self.calls.set_parked(call.uuid(), false, self.now);
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
    fn end_as_said(&mut self, errand: &Errand, confirm: &Confirm) -> Next {
        let uuid = confirm.taken();
        let act = &confirm.act;
        if confirm.asker_seen {
            return self.asker_parked(confirm.slot, act.question.call.uuid());
        }
        self.observe(&act.question, act.source(), &confirm.answer);
        self.leave_unconfirmed(confirm.slot);
        Next::End(Ok(self.outcome(&errand.command, confirm.slot, uuid, false)))
    }

    /// Ends a bridge after which the call that was to be connected waits in the slot.
    pub(super) fn asker_parked(&mut self, slot: Slot, uuid: &CallUuid) -> Next {
        self.own(slot, uuid);
        let message = "nobody waited in the slot any more, so the call was parked there";
        Next::End(Err(Error::new(Code::AskerParked, message).at(Some(slot))))
    }

    /// Shows a slot as unconfirmed: the switch's own word of an act is all that is known of it.
    fn leave_unconfirmed(&mut self, slot: Slot) {
        if let Some(cell) = self.cells.get_mut(slot.index()) {
            cell.is_lapsed = true;
        }
    }

    fn outcome(
        &self,
        command: &Command,
        slot: Slot,
        uuid: Option<&CallUuid>,
        is_confirmed: bool,
    ) -> CommandResult {
        match command {
            Command::Park { call, .. } => self.parked(slot, call.uuid(), is_confirmed),
            _ => bridged(Some(slot), uuid, is_confirmed),
        }
    }

    /// The outcome of an act that an exact feed has told of, while its own answer was lost.
    pub(super) fn told_outcome(
        &self,
        errand: &Errand,
        uuid: Option<&CallUuid>,
    ) -> Option<CommandResult> {
        let (call, _) = errand.command.acts_on().filter(|_| errand.was_told)?;
        let slot = errand.turn.or_else(|| self.slot_of(call.uuid()))?;
        Some(self.outcome(&errand.command, slot, uuid, true))
    }

    /// Whether a command is being confirmed that connected the call which waited in the slot.
    pub(super) fn is_bridged_by_us(&self, slot: Slot, uuid: &CallUuid) -> bool {
        self.errands.iter().any(|errand| match &errand.stage {
            Stage::Confirm(confirm) => confirm.bridges(slot, uuid),
            _ => false,
        })
    }

    /// Takes note of what an exact feed tells of an act of ours.
    pub(super) fn confirm_by_feed(&mut self, told: &Move) {
        let tells_of = |errand: &Errand| match (&errand.command, told.left) {
            (Command::Park { call, slot }, None) => {
                *call == told.call && slot.is_none_or(|slot| slot == told.slot)
            }
            (Command::Bridge { call, slot, .. }, Some(Reason::Bridged)) => {
                told.by.as_ref() == Some(call) && slot.is_none_or(|slot| slot == told.slot)
            }
            _ => false,
        };
        for errand in &mut self.errands {
            errand.was_told |= matches!(errand.stage, Stage::Sent { .. }) && tells_of(errand);
        }
        let is_confirmed = |errand: &Errand| match &errand.stage {
            Stage::Confirm(confirm) => confirm.slot == told.slot && tells_of(errand),
            _ => false,
        };
        while let Some(mut errand) = take_first(&mut self.errands, is_confirmed) {
            let stage = core::mem::replace(&mut errand.stage, Stage::Sweep);
            let Stage::Confirm(confirm) = stage else { return };
            let uuid = confirm.taken();
            let outcome = self.outcome(&errand.command, confirm.slot, uuid, true);
            self.go_on(errand, Next::End(Ok(outcome)));
        }
    }
}

/// The call that the switch says it has connected.
fn named_by(answer: &Answer) -> Option<&CallUuid> {
    match answer {
        Answer::Bridged { uuid, .. } => uuid.as_ref(),
        _ => None,
    }
}
