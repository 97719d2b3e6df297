//! Commands on their way: look, act, and conclude after a lost answer.
//!
//! ```text
//!         ┌ no longer true ┐
//!         ▼                │ vacant, or the one expected    said how it ended
//!       Turn ──────────▶ Look ──────────────────▶ Sent ─────────────────────▶ settled
//!                          │ anything else         │ lost, or made no sense      ▲
//!                          ▼                       ▼              a clear answer │
//!               settled, nothing done           Conclude ───────────────────────┤
//!                                                │    ▲                          │
//!                                                ▼    │ again, a little later    │
//!                                                Pause             Find ─────────┘
//! ```
//!
//! A `park` or a `bridge` is sent once. What became of it is asked, never tried again.

use super::command::{Command, CommandId, Outcome, Settled};
use super::outbox::{Asked, Purpose};
use super::sweep::shows_no_free_list;
use super::{Kind, Mirror, Notice, take_first};
use crate::trouble::Outcome as Done;
use crate::{Action, Answer, CallApiId, CallUuid, Code, RefusalCode, Slot, Time, Trouble};

/// One command on its way.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    pub(super) id: CommandId,
    pub(super) command: Command,
    stage: Stage,
    /// Nobody wants to hear of it any more, but its end must still be known.
    aborted: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// Another command of ours is at work in the slot, and goes first.
    Turn,
    /// A question is asked before, or instead of, the act.
    Look,
    /// The act itself is asked for; a bridge with this call.
    Sent { uuid: Option<CallUuid> },
    /// What became of it is asked, for as many times as it was already.
    Conclude { uuid: Option<CallUuid>, trouble: Trouble, tries: usize },
    /// It will be asked again.
    Pause { until: Time, uuid: Option<CallUuid>, trouble: Trouble, tries: usize },
    /// The call is looked for, slot by slot; after a lost answer with the trouble it was.
    Find { rest: Vec<Slot>, trouble: Option<Trouble> },
    /// The sweep will tell.
    Sweep,
}

/// What comes next for a command.
pub(super) enum Next {
    Stage(Stage),
    End(Settled),
}

impl Errand {
    /// Whether the errand brings this call into a slot, or may have.
    pub(super) fn parks(&self, uuid: &CallUuid) -> bool {
        let is_on_its_way = !matches!(self.stage, Stage::Turn | Stage::Look | Stage::Sweep);
        matches!(&self.command, Command::Park { call, .. } if call.uuid() == uuid) && is_on_its_way
    }

    pub(super) fn wakes_at(&self) -> Option<Time> {
        match &self.stage {
            Stage::Pause { until, .. } => Some(*until),
            _ => None,
        }
    }
}

impl Mirror {
    /// Takes up a command.
    pub(super) fn begin(&mut self, id: CommandId, command: Command) {
        if let Err(trouble) = self.check_command(&command) {
            self.effects.notices.push(Notice::Settled(id, Err(trouble)));
            return;
        }
        let mut command = command;
        let next = match &mut command {
            Command::Park { call, slot } => {
                self.calls.meet(call, None);
                match (*slot, self.slot_of(call.uuid())) {
                    (Some(_), _) => Next::Stage(Stage::Turn),
                    (None, Some(slot)) => {
                        let asker = self.asker_for(call);
                        self.look(id, asker, Some(slot))
                    }
                    (None, None) => self.act(id, call, Action::Park, None, None),
                }
            }
            Command::Bridge { call, slot: Some(slot), expect } => {
                self.calls.meet(call, None);
                *expect = expect
                    .take()
                    .or_else(|| self.slot_view(*slot).and_then(|view| view.uuid.cloned()));
                Next::Stage(Stage::Turn)
            }
            Command::Bridge { call, slot: None, .. } => {
                self.act(id, call, Action::Bridge, None, None)
            }
            Command::Inspect { slot, call } => match call.take().or_else(|| self.asker()) {
                Some(call) => self.look(id, call, Some(*slot)),
                None => Next::End(Err(no_live_call())),
            },
            Command::FreeSlots { call } if self.options.free_list => {
                match call.clone().or_else(|| self.asker()) {
                    Some(call) => self.look(id, call, None),
                    None => Next::End(Err(no_live_call())),
                }
            }
            Command::FreeSlots { .. } | Command::Refresh => Next::Stage(Stage::Sweep),
        };
        self.go_on(Errand { id, command, stage: Stage::Look, aborted: false }, next);
    }

    /// Lets go of a command. What was not sent is not sent; what was is followed to its end.
    pub(super) fn abort(&mut self, id: CommandId) {
        let Some(errand) = self.errands.iter_mut().find(|errand| errand.id == id) else { return };
        if core::mem::replace(&mut errand.aborted, true) {
            return;
        }
        let is_harmless = match errand.stage {
            Stage::Turn | Stage::Look | Stage::Sweep => true,
            // The act itself may still wait for its turn. What is asked about it later may not be
            // taken back: its end must be known.
            Stage::Sent { .. } => self.outbox.recall(id),
            _ => false,
        };
        let outcome = if is_harmless { Done::NotDone } else { Done::Unknown };
        let trouble = Trouble::new(Code::Aborted, "it was called off");
        let settled = Err(trouble.with_outcome(outcome));
        self.effects.notices.push(Notice::Settled(id, settled));
        if outcome == Done::NotDone {
            self.take_errand(|errand| errand.id == id);
        }
    }

    /// Goes on with a command after one of its questions was answered, or was not.
    pub(super) fn step_errand(
        &mut self,
        id: CommandId,
        asked: &Asked,
        result: Result<&Answer, &Trouble>,
    ) {
        let Some(mut errand) = self.take_errand(|errand| errand.id == id) else { return };
        let stage = core::mem::replace(&mut errand.stage, Stage::Look);
        let next = match (stage, result) {
            (Stage::Look, Ok(answer)) => self.looked(&errand, asked, answer),
            (Stage::Look, Err(trouble)) => {
                Next::End(Err(trouble.clone().with_outcome(Done::NotDone)))
            }
            (Stage::Sent { uuid }, result) => self.acted(&errand, asked, uuid, result),
            (Stage::Conclude { uuid, trouble, tries }, result) => {
                self.concluded(&errand, uuid, trouble, tries, result.ok())
            }
            (Stage::Find { rest, trouble }, result) => self.found(&errand, rest, trouble, result),
            (stage @ (Stage::Turn | Stage::Pause { .. } | Stage::Sweep), _) => Next::Stage(stage),
        };
        self.go_on(errand, next);
    }

    /// Goes on with the commands whose pause is over, or whose turn has come.
    pub(super) fn resume_errands(&mut self) {
        while let Some(at) = self.errands.iter().position(|errand| match errand.stage {
            Stage::Pause { until, .. } => until <= self.now,
            Stage::Turn => !self.is_changing(&errand.command),
            _ => false,
        }) {
            let mut errand = self.errands.remove(at);
            let stage = core::mem::replace(&mut errand.stage, Stage::Look);
            let next = if let Stage::Pause { uuid, trouble, tries, .. } = stage {
                self.conclude(&errand, uuid, trouble, tries)
            } else {
                let Some((call, slot)) = errand.command.deed() else { return };
                let asker = self.asker_for(call);
                self.look(errand.id, asker, Some(slot))
            };
            self.go_on(errand, next);
        }
    }

    /// Whether another command of ours is at work where this one wants to do something. Even where
    /// the slot shows that it is done, its request may still be on its way; and of two looks at
    /// once nobody knows which of them saw what is newer.
    fn is_changing(&self, command: &Command) -> bool {
        let place = |command: &Command| command.deed().map(|(_, slot)| slot);
        self.errands.iter().any(|other| {
            !matches!(other.stage, Stage::Turn) && place(&other.command) == place(command)
        })
    }

    fn take_errand(&mut self, is_it: impl Fn(&Errand) -> bool) -> Option<Errand> {
        take_first(&mut self.errands, is_it)
    }

    /// Ends a command from outside.
    pub(super) fn end_errand(&mut self, id: CommandId, settled: Settled) {
        if let Some(errand) = self.take_errand(|errand| errand.id == id) {
            self.go_on(errand, Next::End(settled));
        }
    }

    /// Whether a command waits for the free slots.
    pub(super) fn wants_free_slots(&self, id: CommandId) -> bool {
        let wants = |errand: &Errand| matches!(errand.command, Command::FreeSlots { .. });
        self.errands.iter().any(|errand| errand.id == id && wants(errand))
    }

    fn go_on(&mut self, mut errand: Errand, next: Next) {
        match next {
            Next::Stage(stage) => {
                let id = errand.id;
                let sweeps = matches!(stage, Stage::Sweep);
                let with = match &errand.command {
                    Command::FreeSlots { call } => call.clone(),
                    _ => None,
                };
                errand.stage = stage;
                self.errands.push(errand);
                if sweeps {
                    self.sweep_for(id, with);
                }
            }
            Next::End(settled) => {
                self.end_intent(errand.id, &settled);
                if let Some(slot) = errand.command.touched(&settled) {
                    self.look_after_doing(slot);
                }
                if !errand.aborted {
                    self.effects.notices.push(Notice::Settled(errand.id, settled));
                }
            }
        }
    }

    /// Ends the intent of a command that is over. Where nobody knows how it ended, nobody knows
    /// what is in the slot.
    fn end_intent(&mut self, id: CommandId, settled: &Settled) {
        let step = self.step;
        let is_own = |intent: &super::Intent| intent.command() == id;
        for cell in self.cells.iter_mut().filter(|cell| cell.intent.as_ref().is_some_and(is_own)) {
            cell.intent = None;
            if settled.as_ref().is_err_and(|trouble| trouble.outcome == Done::Unknown) {
                cell.forget(step);
            }
        }
    }

    fn check_command(&self, command: &Command) -> Result<(), Trouble> {
        let (Command::Park { slot: Some(slot), .. }
        | Command::Bridge { slot: Some(slot), .. }
        | Command::Inspect { slot, .. }) = command
        else {
            return Ok(());
        };
        if slot.number() <= self.options.slots {
            return Ok(());
        }
        Err(Trouble::beyond(*slot, self.options.slots))
    }

    pub(super) fn look(&mut self, id: CommandId, call: CallApiId, slot: Option<Slot>) -> Next {
        self.ask(Purpose::Command(id), call, Action::Slots, slot);
        Next::Stage(Stage::Look)
    }

    fn act(
        &mut self,
        id: CommandId,
        call: &CallApiId,
        action: Action,
        slot: Option<Slot>,
        uuid: Option<CallUuid>,
    ) -> Next {
        self.ask(Purpose::Command(id), call.clone(), action, slot);
        Next::Stage(Stage::Sent { uuid })
    }

    /// What was seen before acting decides whether there is an act at all.
    fn looked(&mut self, errand: &Errand, asked: &Asked, answer: &Answer) -> Next {
        let refuse = |code, slot| Next::End(Err(crate::Refusal::new(code, Some(slot)).into()));
        let trouble = || Trouble::from_answer(&asked.question, answer).with_outcome(Done::NotDone);
        match (&errand.command, answer) {
            // Meanwhile something newer was heard, and says otherwise: nobody acts upon that.
            (command, answer) if self.is_outdated(command, asked, answer) => {
                Next::Stage(Stage::Turn)
            }
            (Command::Park { call, .. }, Answer::Held { slot, uuid }) if uuid == call.uuid() => {
                Next::End(Ok(self.parked(*slot, uuid)))
            }
            (Command::Park { slot: Some(asked), .. }, Answer::Held { slot, .. })
                if asked == slot =>
            {
                refuse(RefusalCode::Taken, *slot)
            }
            // The switch checks, too. Where it cannot be asked, its own check has to do.
            (
                Command::Park { call, slot },
                Answer::Vacant { .. } | Answer::Held { .. } | Answer::Unclear { status: ..500, .. },
            ) => self.act(errand.id, call, Action::Park, *slot, None),
            (Command::Bridge { call, .. }, Answer::Held { slot, uuid }) if uuid == call.uuid() => {
                refuse(RefusalCode::SameCall, *slot)
            }
            (Command::Bridge { expect: Some(expected), .. }, Answer::Held { slot, uuid })
                if uuid != expected =>
            {
                refuse(RefusalCode::DifferentCall, *slot)
            }
            (Command::Bridge { call, slot, .. }, Answer::Held { uuid, .. }) => {
                self.act(errand.id, call, Action::Bridge, *slot, Some(uuid.clone()))
            }
            (Command::Bridge { .. }, Answer::Vacant { slot }) => refuse(RefusalCode::Vacant, *slot),
            (Command::Inspect { slot, .. }, Answer::Held { .. } | Answer::Vacant { .. }) => {
                Next::End(Ok(Outcome::Inspected { slot: *slot }))
            }
            (Command::FreeSlots { .. }, Answer::Free { slots }) => {
                Next::End(Ok(Outcome::Free { slots: slots.clone() }))
            }
            (Command::FreeSlots { .. }, answer) if shows_no_free_list(answer) => {
                self.options.free_list = false;
                Next::Stage(Stage::Sweep)
            }
            (Command::Inspect { slot, .. }, Answer::Refused(refusal))
                if refusal.code == RefusalCode::Vacant =>
            {
                Next::End(Ok(Outcome::Inspected { slot: *slot }))
            }
            _ => Next::End(Err(trouble())),
        }
    }

    /// What the switch said to the act itself.
    fn acted(
        &mut self,
        errand: &Errand,
        asked: &Asked,
        uuid: Option<CallUuid>,
        result: Result<&Answer, &Trouble>,
    ) -> Next {
        let trouble = match (&errand.command, result) {
            (Command::Park { call, .. }, Ok(Answer::Parked { slot: Some(slot), .. })) => {
                return Next::End(Ok(self.parked(*slot, call.uuid())));
            }
            (Command::Park { .. }, Ok(Answer::Parked { slot: None, .. })) => {
                return self.find(errand, None);
            }
            (Command::Bridge { call, .. }, Ok(Answer::Bridged { slot, uuid: said })) => {
                let uuid = said.clone().or(uuid);
                match slot {
                    // The look after: a bridge that was confirmed may still have failed.
                    Some(slot) => self.check(*slot, Some(call.clone())),
                    None => self.forget_held(),
                }
                return Next::End(Ok(Outcome::Bridged { slot: *slot, uuid }));
            }
            (_, Ok(answer @ Answer::Refused(_))) => {
                return Next::End(Err(Trouble::from_answer(&asked.question, answer)));
            }
            (_, Ok(answer)) => Trouble::from_answer(&asked.question, answer),
            (_, Err(trouble)) if trouble.outcome == Done::NotDone => {
                return Next::End(Err(trouble.clone()));
            }
            (_, Err(trouble)) => trouble.clone(),
        };
        match &errand.command {
            Command::Park { slot: None, .. } => self.find(errand, Some(trouble)),
            Command::Bridge { slot: None, .. } => {
                self.forget_held();
                Next::End(Err(trouble.with_outcome(Done::Unknown)))
            }
            _ => self.conclude(errand, uuid, trouble, 0),
        }
    }

    /// Somebody left, and nobody said from where: every slot that held a call has to be asked.
    fn forget_held(&mut self) {
        for slot in self.slots_of(Kind::Named) {
            self.doubt(slot);
        }
    }

    pub(super) fn parked(&self, slot: Slot, uuid: &CallUuid) -> Outcome {
        let returns_at = self.cell(slot).and_then(|cell| cell.returns_at(self.options.patience));
        Outcome::Parked { slot, uuid: uuid.clone(), returns_at }
    }
}

pub(super) fn no_live_call() -> Trouble {
    let expected = "expected a live call to ask with: take or make a call first, or name one";
    Trouble::new(Code::NoLiveCall, expected)
}
