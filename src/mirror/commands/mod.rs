//! Commands on their way: look, act, confirm; and find out what became of a lost answer.
//!
//! ```text
//!  another command           vacant, or the            answered          seen, told, or
//!  has the slot              call expected             as done           no clear answer
//!      Queued ─────▶ Precheck ──────────────▶ Sent ──────────────▶ Confirming ─────────▶ settled
//!                     │ ▲ outdated             │ lost, or unclear     ▲ │ contradicted        ▲
//!                     │ └──┘                   ▼                      └─┘                     │
//!                     ▼                    Verifying ◀──▶ RetryWait ──────────────────────────┤
//!              settled, nothing done         Locating (parked, but where?) ───────────────────┘
//! ```
//!
//! A `bridge` without a slot first learns who waits (`Listing` or `Sweeping`). It then goes on to
//! `Queued` with the slot of the call that has waited longest. A `park` or a `bridge` is sent once.
//! What became of it is asked for, and it is never sent again.
//!
//! [`Commands`] reads the other parts through [`Facts`], and tells what it wants of them as
//! [`Want`]s.

mod act;
mod choose;
mod command;
mod confirm;
mod locate;
mod pending;
mod step;
#[cfg(test)]
mod tests;
mod turns;
mod verify;

pub use self::command::{Choose, Command, CommandId, CommandResult, Settled};

use self::pending::{Next, PendingCommand, Stage};
use self::turns::Turns;
use super::belief::Belief;
use super::poller::Asked;
use super::roster::{Asker, AskerState, CallState, Rosters};
use super::view::Pending;
use super::{Moment, take_first};
use crate::error::Outcome;
use crate::{Action, Answer, CallApiId, CallUuid, Code, Error, ExtensionId, Slot, Time};

/// The commands of one lot that have not ended.
#[derive(Clone, Debug)]
pub(super) struct Commands {
    /// Whether an act is confirmed by a look after it, where no exact feed tells.
    confirms: bool,
    /// The commands at work. Those that wait for another one are in `turns`.
    pending: Vec<PendingCommand>,
    turns: Turns,
    wants: Vec<Want>,
}

/// What the commands read of the other parts.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) at: Moment,
    pub(super) belief: &'a Belief,
    pub(super) rosters: &'a Rosters,
    /// A feed tells of every call that enters or leaves a slot.
    pub(super) feed_is_exact: bool,
    /// The switch can be asked which slots are free.
    pub(super) has_free_list: bool,
}

/// What a command wants of the other parts. Wants are carried out in their order.
#[derive(Clone, Debug)]
pub(super) enum Want {
    /// A question is to be asked.
    Ask { command: CommandId, asker: Asker, action: Action, slot: Option<Slot> },
    /// All that is not known freshly is to be asked for.
    Sweep { command: CommandId, with: Option<Asker> },
    /// The switch cannot be asked which slots are free.
    NoFreeList,
    /// The name of a call is to be remembered.
    Name(CallApiId),
    /// An answer tells something of the slots after all.
    Observe { asked: Box<Asked>, answer: Answer },
    /// The call in a slot was parked by a command of `extension`.
    Own { slot: Slot, uuid: CallUuid, extension: ExtensionId },
    /// A call left, and it is not known from which slot.
    ForgetHeld,
    /// An act in a slot is over, so what is seen there counts.
    DropIntent(Slot),
    /// A slot is to be shown as not confirmed.
    Unconfirm(Slot),
    /// A call does not wait in a slot, against what the switch said.
    NotParked(CallUuid),
    /// A command is over. `is_unknown`: nobody knows what the act has done.
    EndAct { command: CommandId, is_unknown: bool },
    /// A slot is to be looked at later; `is_sure` where the act was confirmed.
    LookLater { slot: Slot, is_sure: bool },
    /// A command has ended.
    Settle(CommandId, Settled),
}

impl Facts<'_> {
    /// Returns true if every call that waits is known without a question.
    fn knows_who_waits(&self) -> bool {
        self.feed_is_exact && self.belief.knows_every_slot()
    }
}

impl Commands {
    /// Returns a list without commands.
    pub(super) fn new(confirms: bool) -> Self {
        Self { confirms, pending: Vec::new(), turns: Turns::default(), wants: Vec::new() }
    }

    /// Returns what is wanted of the other parts, in the order in which it is to be done.
    pub(super) fn take_wants(&mut self) -> Vec<Want> {
        core::mem::take(&mut self.wants)
    }

    /// Starts a command.
    pub(super) fn start(&mut self, facts: Facts<'_>, id: CommandId, command: Command) {
        if let Err(error) = check(&command, facts.belief.size()) {
            self.wants.push(Want::Settle(id, Err(error)));
            return;
        }
        if let Some((call, pending)) = command.acts_on() {
            self.wants.push(Want::Name(call.clone()));
            self.turns.add_pending(call.uuid(), pending);
        }
        let mut command = PendingCommand::new(id, command);
        let next = self.first_step(facts, &mut command);
        self.transition(facts, command, next);
    }

    /// Gives a command up. What was not sent is not sent; what was sent is followed to its end.
    /// `recall` takes back a question of the command that was not sent yet, and returns true if
    /// there was one.
    pub(super) fn abort(&mut self, facts: Facts<'_>, id: CommandId, recall: impl FnOnce() -> bool) {
        let is_harmless = match self.pending.iter_mut().find(|command| command.id == id) {
            None if self.turns.is_waiting(id) => true,
            None => return,
            Some(command) if command.is_aborted => return,
            Some(command) => {
                command.is_aborted = true;
                match command.stage {
                    Stage::Precheck | Stage::Listing | Stage::Sweeping => true,
                    // The act itself may still wait for its turn. A question about the act may not
                    // be taken back: the end of the act must be known.
                    Stage::Sent { .. } => recall(),
                    _ => false,
                }
            }
        };
        let outcome = if is_harmless { Outcome::NotDone } else { Outcome::Unknown };
        let error = Error::new(Code::Aborted, "the command was aborted").with_outcome(outcome);
        self.wants.push(Want::Settle(id, Err(error)));
        let given_up =
            if is_harmless { self.take(id).or_else(|| self.turns.take_waiting(id)) } else { None };
        let aborted = given_up.as_ref().or(self.pending.iter().find(|command| command.id == id));
        if let Some((call, pending)) = aborted.and_then(|command| command.command.acts_on()) {
            self.turns.remove_pending(call.uuid(), pending);
        }
        if let Some(slot) = given_up.and_then(|command| command.turn) {
            self.end_turn(facts, slot);
        }
    }

    /// Goes on with a command after one of its questions was answered, or was not.
    pub(super) fn answered(
        &mut self,
        facts: Facts<'_>,
        id: CommandId,
        asked: &Asked,
        result: Result<&Answer, &Error>,
    ) {
        let Some(mut command) = self.take(id) else { return };
        let next = self.next_step(facts, &mut command, asked, result);
        // A bridge that chooses its slot goes on to the next one.
        let next = match next {
            Next::End(Err(error)) if command.search.is_some() && choose::has_gone(&error) => {
                choose::next_candidate(facts, &mut command)
            }
            next => next,
        };
        self.transition(facts, command, next);
    }

    /// Goes on with the commands whose time has come.
    pub(super) fn resume(&mut self, facts: Facts<'_>) {
        let is_due =
            |command: &PendingCommand| command.wakes_at().is_some_and(|at| at <= facts.at.now);
        while let Some(mut command) = take_first(&mut self.pending, is_due) {
            let next = match command.take_stage() {
                Stage::RetryWait { uuid, error, tries, .. } => {
                    self.verify(facts, &command, uuid, error, tries)
                }
                Stage::Confirming(confirm) => self.look_to_confirm(facts, &command, confirm),
                stage => Next::Stage(stage),
            };
            self.transition(facts, command, next);
        }
    }

    /// Goes on with the commands that waited for a sweep. `error` says why the sweep did not end.
    pub(super) fn swept(&mut self, facts: Facts<'_>, ids: Vec<CommandId>, error: Option<&Error>) {
        for id in ids {
            let Some(mut command) = self.take(id) else { continue };
            let next = match error {
                // A command that only asks was not done, and may be given again.
                Some(error) => Next::End(Err(error.clone().with_outcome(Outcome::NotDone))),
                None if command.search.is_some() => choose::next_candidate(facts, &mut command),
                None if matches!(command.command, Command::FreeSlots { .. }) => {
                    Next::End(Ok(CommandResult::Free { slots: facts.belief.vacant() }))
                }
                None => Next::End(Ok(CommandResult::Refreshed)),
            };
            self.transition(facts, command, next);
        }
    }

    /// When the next command goes on by itself.
    pub(super) fn next_wake(&self, now: Time) -> Option<Time> {
        self.pending.iter().filter_map(PendingCommand::wakes_at).filter(|at| *at > now).min()
    }

    /// Returns true if a call waits in a slot, or a command is bringing the call into one.
    pub(super) fn is_parked(&self, belief: &Belief, uuid: &CallUuid) -> bool {
        belief.slot_of(uuid).is_some() || self.pending.iter().any(|command| command.parks(uuid))
    }

    /// Returns the state of a call, by what our own commands did with the call and by its events.
    pub(super) fn asker_state(
        &self,
        belief: &Belief,
        rosters: &Rosters,
        call: &CallApiId,
    ) -> AskerState {
        let uuid = call.uuid();
        if self.is_parked(belief, uuid) {
            return AskerState::Parked;
        }
        if self.pending.iter().any(|command| command.has_bridged(uuid)) {
            return AskerState::Left;
        }
        match rosters.live(uuid) {
            Some(live) if live.state == CallState::Parked => AskerState::Parked,
            Some(_) => AskerState::Live,
            None if rosters.ended_at(uuid).is_some() => AskerState::Left,
            None => AskerState::Live,
        }
    }

    /// Returns what our own commands are doing in a slot.
    pub(super) fn pending_in(&self, slot: Slot) -> Option<Pending> {
        self.turns.pending_in(slot)
    }

    /// Returns what our own commands are doing with a call.
    pub(super) fn pending_with(&self, uuid: &CallUuid) -> Option<Pending> {
        self.turns.pending_with(uuid)
    }

    /// Returns the slots in which commands began or ended since the last call.
    pub(super) fn take_changed(&mut self) -> Vec<Slot> {
        self.turns.take_changed()
    }

    /// Returns true if a command has not ended.
    #[cfg(debug_assertions)]
    pub(super) fn is_at_work(&self, id: CommandId) -> bool {
        self.pending.iter().any(|command| command.id == id)
    }

    fn take(&mut self, id: CommandId) -> Option<PendingCommand> {
        take_first(&mut self.pending, |command| command.id == id)
    }

    fn ask(&mut self, command: CommandId, asker: Asker, action: Action, slot: Option<Slot>) {
        self.wants.push(Want::Ask { command, asker, action, slot });
    }
}

/// Refuses a command that could not be carried out in a lot of `slots` slots.
fn check(command: &Command, slots: usize) -> Result<(), Error> {
    let slot = match command {
        Command::Bridge { slot: None, expect: Some(_), choose: Choose::Switch, .. } => {
            let expected = "expected no `expect` where the switch chooses the call";
            return Err(Error::new(Code::InvalidOptions, expected));
        }
        Command::Park { slot, .. } | Command::Bridge { slot, .. } => *slot,
        Command::Inspect { slot, .. } => Some(*slot),
        Command::FreeSlots { .. } | Command::Refresh => None,
    };
    match slot.filter(|slot| slot.index() >= slots) {
        Some(slot) => Err(Error::beyond(slot, u16::try_from(slots).unwrap_or(u16::MAX))),
        None => Ok(()),
    }
}

/// The error of a question for which there is no call to ask with.
pub(super) fn no_live_call() -> Error {
    let expected = "expected a live call to ask with: take or make a call first, or name one";
    Error::new(Code::NoLiveCall, expected)
}
