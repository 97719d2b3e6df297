//! Commands on their way: look, act, confirm; and ask what became of a lost answer.
//!
//! ```text
//!  another command           vacant, or the            answered          seen, told, or
//!  has the slot              call expected             as done           no clear answer
//!       Turn ──────▶ Look ──────────────────▶ Sent ──────────────▶ Confirm ─────────────▶ settled
//!                     │ ▲ outdated             │ lost, or unclear     ▲ │ contradicted        ▲
//!                     │ └──┘                   ▼                      └─┘                     │
//!                     ▼                     Conclude ◀──▶ Pause ──────────────────────────────┤
//!              settled, nothing done           Find (parked, but where?) ─────────────────────┘
//! ```
//!
//! A `bridge` without a slot first learns who waits (`List` or `Sweep`). It then goes to `Turn`
//! with the slot of the call that has waited longest. A `park` or a `bridge` is sent once. Its end
//! is asked for, and it is never sent again.

use super::choose::{Search, has_gone};
use super::command::{Choose, Command, CommandId, CommandResult, Settled};
use super::confirm::Confirm;
use super::outbox::{Asked, Purpose};
use super::{Mirror, Notice, take_first};
use crate::error::Outcome;
use crate::{Action, Answer, CallApiId, CallUuid, Code, Error, Slot, Time};

/// One command on its way.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    pub(super) id: CommandId,
    pub(super) command: Command,
    pub(super) stage: Stage,
    /// The caller gave the command up. Its end must still be known, but is not reported.
    pub(super) aborted: bool,
    /// The slot in which no other command may act meanwhile.
    pub(super) turn: Option<Slot>,
    /// The search for a slot of a `bridge` without one.
    pub(super) search: Option<Search>,
    /// An exact feed told that the act was carried out.
    pub(super) was_told: bool,
}

/// Where a command stands. Each stage is left by the answer to its question, but for those that say
/// otherwise.
#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// Another command of ours acts in the slot and goes first. Left when that one ends.
    Turn,
    /// A question is asked before, or instead of, the act.
    Look,
    /// The free slots are asked for, to choose the slot of a `bridge`.
    List,
    /// The act itself is asked for; a bridge with this call.
    Sent { uuid: Option<CallUuid> },
    /// The switch said that it is done. The slot is looked at to make sure; left by an exact feed,
    /// too.
    Confirm(Confirm),
    /// The slot is asked about after a lost answer; `tries` counts the earlier questions.
    Conclude { uuid: Option<CallUuid>, error: Error, tries: usize },
    /// It will be asked again. Left when the time has come.
    Pause { until: Time, uuid: Option<CallUuid>, error: Error, tries: usize },
    /// The call is looked for, slot by slot; after a lost answer with the error it was.
    Find { rest: Vec<Slot>, error: Option<Error> },
    /// Left when the sweep ends.
    Sweep,
}

/// The step that follows for a command.
pub(super) enum Next {
    Stage(Stage),
    /// It acts in this slot as soon as no other command does.
    Turn(Slot),
    End(Settled),
}

impl Errand {
    fn new(id: CommandId, command: Command) -> Self {
        let search = match &command {
            Command::Bridge { slot: None, choose: Choose::Longest, expect, .. } => {
                Some(Search::new(expect.clone()))
            }
            _ => None,
        };
        Self {
            id,
            command,
            stage: Stage::Look,
            aborted: false,
            turn: None,
            search,
            was_told: false,
        }
    }

    /// True if the command brings this call into a slot, or may have done so.
    pub(super) fn parks(&self, uuid: &CallUuid) -> bool {
        let is_on_its_way = !matches!(self.stage, Stage::Turn | Stage::Look | Stage::Sweep);
        matches!(&self.command, Command::Park { call, .. } if call.uuid() == uuid) && is_on_its_way
    }

    /// True if the switch said that this command has connected the call.
    pub(super) fn has_bridged(&self, uuid: &CallUuid) -> bool {
        let is_about = matches!(&self.command, Command::Bridge { call, .. } if call.uuid() == uuid);
        is_about && matches!(self.stage, Stage::Confirm(_))
    }

    /// The time at which the command goes on by itself.
    pub(super) fn wakes_at(&self) -> Option<Time> {
        match &self.stage {
            Stage::Pause { until, .. } => Some(*until),
            Stage::Confirm(confirm) => confirm.wakes_at,
            _ => None,
        }
    }
}

impl Mirror {
    /// Takes up a command.
    pub(super) fn begin(&mut self, id: CommandId, command: Command) {
        if let Err(error) = self.check_command(&command) {
            self.effects.notices.push(Notice::Settled(id, Err(error)));
            return;
        }
        if let Some((call, pending)) = command.acts_on() {
            self.calls.meet(call, None);
            self.turns.add_pending(call.uuid(), pending);
        }
        let mut errand = Errand::new(id, command);
        let next = match &mut errand.command {
            _ if errand.search.is_some() => self.learn_who_waits(&mut errand),
            Command::Park { call, slot: None } => match self.slot_of(call.uuid()) {
                Some(slot) => {
                    let asker = self.asker_for(call);
                    self.look(id, asker, Some(slot))
                }
                None => self.act(id, call, Action::Park, None, None),
            },
            Command::Park { slot: Some(slot), .. } => Next::Turn(*slot),
            Command::Bridge { slot: Some(slot), expect, .. } => {
                *expect = expect
                    .take()
                    .or_else(|| self.slot_view(*slot).and_then(|view| view.uuid.cloned()));
                Next::Turn(*slot)
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
        self.go_on(errand, next);
    }

    /// Lets go of a command. What was not sent is not sent; what was is followed to its end.
    pub(super) fn abort(&mut self, id: CommandId) {
        let is_harmless = match self.errands.iter_mut().find(|errand| errand.id == id) {
            None if self.turns.is_waiting(id) => true,
            None => return,
            Some(errand) if errand.aborted => return,
            Some(errand) => {
                errand.aborted = true;
                match errand.stage {
                    Stage::Look | Stage::List | Stage::Sweep => true,
                    // The act itself may still wait for its turn. What is asked about it later may
                    // not be taken back: its end must be known.
                    Stage::Sent { .. } => self.outbox.recall(id),
                    _ => false,
                }
            }
        };
        let outcome = if is_harmless { Outcome::NotDone } else { Outcome::Unknown };
        let error = Error::new(Code::Aborted, "the command was called off");
        let settled = Err(error.with_outcome(outcome));
        self.effects.notices.push(Notice::Settled(id, settled));
        let errand = if is_harmless {
            self.take_errand(id).or_else(|| self.turns.take_waiting(id))
        } else {
            None
        };
        let given_up = errand.as_ref().or(self.errands.iter().find(|errand| errand.id == id));
        if let Some((call, pending)) = given_up.and_then(|errand| errand.command.acts_on()) {
            self.turns.remove_pending(call.uuid(), pending);
        }
        if let Some(slot) = errand.and_then(|errand| errand.turn) {
            self.end_turn(slot);
        }
    }

    /// Goes on with a command after one of its questions was answered, or was not.
    pub(super) fn step_errand(
        &mut self,
        id: CommandId,
        asked: &Asked,
        result: Result<&Answer, &Error>,
    ) {
        let Some(mut errand) = self.take_errand(id) else { return };
        let stage = core::mem::replace(&mut errand.stage, Stage::Look);
        let next = match (stage, result) {
            (Stage::Look, Ok(answer)) => self.looked(&errand, asked, answer),
            (Stage::Look, Err(error)) => {
                Next::End(Err(error.clone().with_outcome(Outcome::NotDone)))
            }
            (Stage::List, result) => self.listed(&mut errand, asked, result),
            (Stage::Sent { uuid }, result) => self.acted(&errand, asked, uuid, result),
            (Stage::Confirm(confirm), result) => self.confirmed(&errand, confirm, asked, result),
            (Stage::Conclude { uuid, error, tries }, result) => {
                self.concluded(&errand, uuid, error, tries, result.ok())
            }
            (Stage::Find { rest, error }, result) => self.found(&errand, rest, error, result),
            (stage @ (Stage::Turn | Stage::Pause { .. } | Stage::Sweep), _) => Next::Stage(stage),
        };
        // A bridge that chooses its slot goes on to the next one.
        let next = match next {
            Next::End(Err(error)) if errand.search.is_some() && has_gone(&error) => {
                self.next_candidate(&mut errand)
            }
            next => next,
        };
        self.go_on(errand, next);
    }

    /// Goes on with the commands whose pause is over.
    pub(super) fn resume_errands(&mut self) {
        let now = self.now;
        let is_due = |errand: &Errand| errand.wakes_at().is_some_and(|at| at <= now);
        while let Some(mut errand) = take_first(&mut self.errands, is_due) {
            let stage = core::mem::replace(&mut errand.stage, Stage::Look);
            let next = match stage {
                Stage::Pause { uuid, error, tries, .. } => {
                    self.conclude(&errand, uuid, error, tries)
                }
                Stage::Confirm(confirm) => self.look_to_confirm(&errand, confirm),
                stage => Next::Stage(stage),
            };
            self.go_on(errand, next);
        }
    }

    pub(super) fn take_errand(&mut self, id: CommandId) -> Option<Errand> {
        take_first(&mut self.errands, |errand| errand.id == id)
    }

    /// Whether a command waits for the free slots.
    pub(super) fn wants_free_slots(&self, id: CommandId) -> bool {
        let wants = |errand: &Errand| matches!(errand.command, Command::FreeSlots { .. });
        self.errands.iter().any(|errand| errand.id == id && wants(errand))
    }

    pub(super) fn go_on(&mut self, mut errand: Errand, next: Next) {
        match next {
            Next::Stage(stage) => {
                let id = errand.id;
                let sweeps = matches!(stage, Stage::Sweep);
                let with = match &errand.command {
                    Command::FreeSlots { call } => call.clone(),
                    Command::Bridge { call, .. } => Some(self.asker_for(call)),
                    _ => None,
                };
                errand.stage = stage;
                self.errands.push(errand);
                if sweeps {
                    self.sweep_for(id, with);
                }
            }
            Next::Turn(slot) => self.take_turn(errand, slot),
            Next::End(settled) => self.end(&errand, settled),
        }
    }

    /// Lets the command act in `slot`, or wait there behind another one.
    fn take_turn(&mut self, mut errand: Errand, slot: Slot) {
        let before = errand.turn.replace(slot);
        if before == Some(slot) {
            return self.start_look(errand, slot);
        }
        errand.stage = Stage::Turn;
        if let Some(errand) = self.turns.take(slot, errand) {
            self.start_look(errand, slot);
        }
        if let Some(slot) = before {
            self.end_turn(slot);
        }
    }

    fn start_look(&mut self, errand: Errand, slot: Slot) {
        let Some((call, _)) = errand.command.acts_on() else { return };
        let asker = self.asker_for(call);
        let next = self.look(errand.id, asker, Some(slot));
        self.go_on(errand, next);
    }

    /// Lets the next command act in `slot`.
    fn end_turn(&mut self, slot: Slot) {
        if let Some(next) = self.turns.next(slot) {
            self.start_look(next, slot);
        }
    }

    fn end(&mut self, errand: &Errand, settled: Settled) {
        self.end_intent(errand.id, &settled);
        if let Some(slot) = errand.command.touched(&settled) {
            let is_sure = matches!(
                settled,
                Ok(CommandResult::Parked { is_confirmed: true, .. }
                    | CommandResult::Bridged { is_confirmed: true, .. })
            );
            self.look_after_doing(slot, is_sure);
        }
        if !errand.aborted {
            if let Some((call, pending)) = errand.command.acts_on() {
                self.turns.remove_pending(call.uuid(), pending);
            }
            self.effects.notices.push(Notice::Settled(errand.id, settled));
        }
        if let Some(slot) = errand.turn {
            self.end_turn(slot);
        }
    }

    /// Ends the intent of a command that is over. Forgets the slot where the outcome is unknown.
    fn end_intent(&mut self, id: CommandId, settled: &Settled) {
        let step = self.step;
        let is_own = |intent: &super::Intent| intent.command() == id;
        for cell in self.cells.iter_mut().filter(|cell| cell.intent.as_ref().is_some_and(is_own)) {
            cell.intent = None;
            if settled.as_ref().is_err_and(|error| error.outcome == Outcome::Unknown) {
                cell.forget(step);
            }
        }
    }

    fn check_command(&self, command: &Command) -> Result<(), Error> {
        let slot = match command {
            Command::Bridge { slot: None, expect: Some(_), choose: Choose::Switch, .. } => {
                let expected = "expected no `expect` where the switch chooses the call";
                return Err(Error::new(Code::InvalidOptions, expected));
            }
            Command::Park { slot, .. } | Command::Bridge { slot, .. } => *slot,
            Command::Inspect { slot, .. } => Some(*slot),
            Command::FreeSlots { .. } | Command::Refresh => None,
        };
        match slot.filter(|slot| slot.number() > self.options.slots) {
            Some(slot) => Err(Error::beyond(slot, self.options.slots)),
            None => Ok(()),
        }
    }

    pub(super) fn look(&mut self, id: CommandId, call: CallApiId, slot: Option<Slot>) -> Next {
        self.ask(Purpose::Command(id), call, Action::Slots, slot);
        Next::Stage(Stage::Look)
    }

    pub(super) fn act(
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
}

pub(super) fn no_live_call() -> Error {
    let expected = "expected a live call to ask with: take or make a call first, or name one";
    Error::new(Code::NoLiveCall, expected)
}
