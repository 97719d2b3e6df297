//! Asking for all that is not known freshly, with as few questions as the switch allows.

use super::{Poller, Purpose, Want};
use crate::mirror::Moment;
use crate::mirror::belief::Belief;
use crate::mirror::commands::{CommandId, no_live_call};
use crate::mirror::poller::Asked;
use crate::mirror::roster::Asker;
use crate::{Action, Answer, Error, RefusalCode};

/// The sweep that is under way, if any, and the commands that wait for its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweep {
    is_running: bool,
    /// Every held slot is asked about, not only those whose call has no name.
    is_thorough: bool,
    waiting: Vec<CommandId>,
    /// The call that a command named to ask with.
    with: Option<Asker>,
}

impl Poller {
    /// Starts a sweep for a command, or lets the command wait for the sweep under way.
    pub(in crate::mirror) fn sweep_for(
        &mut self,
        at: Moment,
        belief: &Belief,
        asker: Option<&Asker>,
        command: CommandId,
        with: Option<Asker>,
    ) {
        self.sweep.waiting.push(command);
        self.sweep.with = with.or(self.sweep.with.take());
        self.sweep.is_thorough = true;
        if !core::mem::replace(&mut self.sweep.is_running, true) {
            self.begin_sweep(at, belief, asker);
        }
    }

    /// Starts a sweep for which no command waits, unless one is under way.
    pub(super) fn sweep_in_background(
        &mut self,
        at: Moment,
        belief: &Belief,
        asker: Option<&Asker>,
        is_thorough: bool,
    ) {
        if !core::mem::replace(&mut self.sweep.is_running, true) {
            self.sweep.is_thorough = is_thorough;
            self.begin_sweep(at, belief, asker);
        }
    }

    fn begin_sweep(&mut self, at: Moment, belief: &Belief, asker: Option<&Asker>) {
        let Some(call) = self.sweeper(asker) else { return self.end_sweep(Some(&no_live_call())) };
        if self.has_free_list {
            self.outbox.push(Purpose::Sweep, call, Action::Slots, None);
        } else {
            self.ask_each(at, belief, asker, false);
        }
    }

    /// Returns the call to ask with in a sweep.
    fn sweeper(&self, asker: Option<&Asker>) -> Option<Asker> {
        self.sweep.with.as_ref().or(asker).cloned()
    }

    /// Asks about each slot, or about the held ones alone, unless it was asked about just now.
    fn ask_each(&mut self, at: Moment, belief: &Belief, asker: Option<&Asker>, only_held: bool) {
        let Some(call) = self.sweeper(asker) else { return self.end_sweep(Some(&no_live_call())) };
        for slot in belief.stale(at.now, only_held, self.sweep.is_thorough) {
            self.outbox.push(Purpose::Sweep, call.clone(), Action::Slots, Some(slot));
        }
        self.end_sweep_if_done();
    }

    /// Goes on with the sweep after one of its questions was answered. `is_asker_refused`: the
    /// switch refused the call it was asked with, so `asker` is another one.
    pub(in crate::mirror) fn step_sweep(
        &mut self,
        at: Moment,
        belief: &Belief,
        asker: Option<&Asker>,
        asked: &Asked,
        answer: &Answer,
        is_asker_refused: bool,
    ) {
        let refusal = match answer {
            Answer::Refused(refusal) => Some(refusal.code),
            _ => None,
        };
        let slot = asked.question.slot;
        let is_absent = || {
            let cell = slot.and_then(|slot| belief.cell(slot));
            cell.is_some_and(|cell| cell.is_absent)
        };
        match (answer, refusal) {
            _ if is_asker_refused || refusal == Some(RefusalCode::NoSuchCall) => {
                if is_asker_refused {
                    self.rounds.failed(at.now);
                }
                self.outbox.drop_background();
                self.sweep.with = None;
                self.begin_sweep(at, belief, asker);
            }
            (Answer::Free { .. }, _) => self.ask_each(at, belief, asker, true),
            (answer, _) if slot.is_none() && shows_no_free_list(answer) => {
                // This switch cannot be asked for all slots at once. That is no error.
                self.set_no_free_list();
                self.begin_sweep(at, belief, asker);
            }
            (Answer::Unclear { status: 500.., .. }, _) => {
                self.end_sweep(Some(&Error::from_answer(&asked.question, answer)));
            }
            (_, Some(code)) if code != RefusalCode::Vacant && !is_absent() => {
                self.end_sweep(Some(&Error::from_answer(&asked.question, answer)));
            }
            _ => self.end_sweep_if_done(),
        }
    }

    fn end_sweep_if_done(&mut self) {
        if !self.outbox.is_sweeping() {
            self.end_sweep(None);
        }
    }

    /// Ends the sweep and tells the commands that waited for the end. `error` says why not every
    /// slot was asked about.
    pub(in crate::mirror) fn end_sweep(&mut self, error: Option<&Error>) {
        self.sweep.is_running = false;
        self.sweep.with = None;
        match error {
            Some(_) => self.outbox.drop_background(),
            None => self.sync.swept(),
        }
        let commands = core::mem::take(&mut self.sweep.waiting);
        if let (Some(error), true) = (error, commands.is_empty()) {
            self.tell_error(error);
        }
        if !commands.is_empty() {
            self.wants.push(Want::Swept { commands, error: error.cloned() });
        }
    }
}

/// Whether a switch that was asked for all free slots shows that it cannot be asked so.
pub(in crate::mirror) fn shows_no_free_list(answer: &Answer) -> bool {
    match answer {
        Answer::Refused(refusal) => {
            matches!(refusal.code, RefusalCode::SlotRequired | RefusalCode::BadRequest)
        }
        Answer::Unclear { status, .. } => *status < 500,
        _ => false,
    }
}
