//! Asking for all that is not known freshly, with as few questions as the switch allows.

use super::cell::{Belief, Cell};
use super::command::{CommandId, CommandResult};
use super::errand::{Next, no_live_call};
use super::outbox::{Asked, Purpose};
use super::{Kind, Mirror};
use crate::error::Outcome;
use crate::{Action, Answer, CallApiId, Error, RefusalCode};

/// The sweep that is under way, if any, and who waits for its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweep {
    is_running: bool,
    /// Every held slot is asked for by name, not only those that nobody has named.
    is_thorough: bool,
    waiting: Vec<CommandId>,
    /// The call that somebody named to ask with.
    with: Option<CallApiId>,
}

impl Mirror {
    /// Starts a sweep, or joins the one under way.
    pub(super) fn sweep_for(&mut self, command: CommandId, with: Option<CallApiId>) {
        self.sweep.waiting.push(command);
        self.sweep.with = with.or(self.sweep.with.take());
        self.sweep.is_thorough = true;
        if !core::mem::replace(&mut self.sweep.is_running, true) {
            self.begin_sweep();
        }
    }

    /// Starts a sweep that nobody waits for, unless one is under way.
    pub(super) fn sweep_in_background(&mut self, is_thorough: bool) {
        if !core::mem::replace(&mut self.sweep.is_running, true) {
            self.sweep.is_thorough = is_thorough;
            self.begin_sweep();
        }
    }

    fn begin_sweep(&mut self) {
        let Some(call) = self.sweeper() else { return self.end_sweep(Some(&no_live_call())) };
        if self.options.free_list {
            self.ask(Purpose::Sweep, call, Action::Slots, None);
        } else {
            self.ask_each(false);
        }
    }

    fn sweeper(&self) -> Option<CallApiId> {
        self.sweep.with.clone().or_else(|| self.asker())
    }

    /// Asks for each slot, or for the held ones alone, unless it was asked for just now.
    fn ask_each(&mut self, only_held: bool) {
        let Some(call) = self.sweeper() else { return self.end_sweep(Some(&no_live_call())) };
        for slot in self.slots_of(Kind::Stale { only_held }) {
            self.ask(Purpose::Sweep, call.clone(), Action::Slots, Some(slot));
        }
        self.end_sweep_if_done();
    }

    /// Whether a slot is to be asked for.
    pub(super) fn is_stale(&self, cell: &Cell, only_held: bool) -> bool {
        let is_named = cell.belief == Belief::Vacant || cell.uuid().is_some();
        let is_fresh = is_named
            && !cell.is_lapsed
            && self.now.since(cell.named_at.unwrap_or_default()) < super::FRESH;
        let is_wanted = match &cell.belief {
            Belief::Held(_) => {
                let is_returning = cell.is_returning(self.now, self.patience.length());
                self.sweep.is_thorough || !is_named || is_returning || cell.is_lapsed
            }
            _ => !only_held,
        };
        is_wanted && !is_fresh && cell.intent.is_none() && !cell.is_absent
    }

    /// Goes on with the sweep after one of its questions was answered.
    pub(super) fn step_sweep(&mut self, asked: &Asked, answer: &Answer, is_asker_refused: bool) {
        let refusal = match answer {
            Answer::Refused(refusal) => Some(refusal.code),
            _ => None,
        };
        let about_all = asked.question.slot.is_none();
        match (answer, refusal) {
            _ if is_asker_refused || refusal == Some(RefusalCode::NoSuchCall) => {
                if is_asker_refused {
                    self.watch.failed(self.now);
                }
                self.outbox.drop_background();
                self.sweep.with = None;
                self.begin_sweep();
            }
            (Answer::Free { .. }, _) => self.ask_each(true),
            (answer, _) if about_all && shows_no_free_list(answer) => {
                // This switch cannot be asked for all at once. Not a error, and not tried again.
                self.options.free_list = false;
                self.begin_sweep();
            }
            (Answer::Unclear { status: 500.., .. }, _) => {
                self.end_sweep(Some(&Error::from_answer(&asked.question, answer)));
            }
            (_, Some(code)) if code != RefusalCode::Vacant && !self.is_absent(asked) => {
                self.end_sweep(Some(&Error::from_answer(&asked.question, answer)));
            }
            _ => self.end_sweep_if_done(),
        }
    }

    /// Whether the question was about a slot that the switch does not have.
    fn is_absent(&self, asked: &Asked) -> bool {
        let cell = asked.question.slot.and_then(|slot| self.cell(slot));
        cell.is_some_and(|cell| cell.is_absent)
    }

    fn end_sweep_if_done(&mut self) {
        if !self.outbox.is_sweeping() {
            self.end_sweep(None);
        }
    }

    /// Ends the sweep and tells whoever waited for it.
    pub(super) fn end_sweep(&mut self, error: Option<&Error>) {
        self.sweep.is_running = false;
        self.sweep.with = None;
        match error {
            Some(_) => self.outbox.drop_background(),
            None => self.sync.swept(),
        }
        let waiting = core::mem::take(&mut self.sweep.waiting);
        if let (Some(error), true) = (error, waiting.is_empty()) {
            self.tell_error(error);
        }
        for id in waiting {
            let free = || CommandResult::Free { slots: self.slots_of(Kind::Vacant) };
            let settled = match error {
                // What only asks was not done, and may be asked again.
                Some(error) => Err(error.clone().with_outcome(Outcome::NotDone)),
                None if self.wants_free_slots(id) => Ok(free()),
                None => Ok(CommandResult::Refreshed),
            };
            let Some(mut errand) = self.take_errand(id) else { continue };
            let next = match settled {
                Ok(_) if errand.search.is_some() => self.next_candidate(&mut errand),
                settled => Next::End(settled),
            };
            self.go_on(errand, next);
        }
    }
}

/// Whether a switch that was asked for all free slots shows that it cannot be asked so.
pub(super) fn shows_no_free_list(answer: &Answer) -> bool {
    match answer {
        Answer::Refused(refusal) => {
            matches!(refusal.code, RefusalCode::SlotRequired | RefusalCode::BadRequest)
        }
        Answer::Unclear { status, .. } => *status < 500,
        _ => false,
    }
}
