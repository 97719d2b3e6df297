//! [`Sweep`]: asks about every slot without a fresh answer, with as few questions as possible.

use super::{Poller, Purpose, Want};
use crate::mirror::CommandId;
use crate::mirror::Moment;
use crate::mirror::belief::Belief;
use crate::mirror::poller::Asked;
use crate::mirror::roster::{Asker, no_live_call};
use crate::record::record;
use crate::{Action, Answer, Error, RefusalCode};

/// The sweep under way, if any.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweep {
    is_running: bool,
    /// True if slots whose call is known by name are asked about, too.
    is_thorough: bool,
    waiting: Vec<CommandId>,
    /// The asker that a command chose.
    with: Option<Asker>,
}

impl Sweep {
    /// Returns true if a command waits for the sweep.
    pub(super) fn is_awaited(&self) -> bool {
        !self.waiting.is_empty()
    }
}

impl Poller {
    /// Starts a sweep for a command. If a sweep is under way, the command waits for that one.
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

    /// Starts a sweep for no command, unless one is under way.
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
        let Some(call) = self.sweep_asker(asker) else {
            return self.end_sweep(Some(&no_live_call()));
        };
        if self.has_free_list {
            self.outbox.push(Purpose::Sweep, call, Action::Slots, None);
        } else {
            self.ask_each(at, belief, asker, false);
        }
    }

    /// Returns the asker for the sweep.
    fn sweep_asker(&self, asker: Option<&Asker>) -> Option<Asker> {
        self.sweep.with.as_ref().or(asker).cloned()
    }

    /// Asks about each slot without a fresh answer. `only_held` asks about held slots only.
    fn ask_each(&mut self, at: Moment, belief: &Belief, asker: Option<&Asker>, only_held: bool) {
        let Some(call) = self.sweep_asker(asker) else {
            return self.end_sweep(Some(&no_live_call()));
        };
        for slot in belief.stale(at.now, only_held, self.sweep.is_thorough) {
            self.outbox.push(Purpose::Sweep, call.clone(), Action::Slots, Some(slot));
        }
        self.end_sweep_if_done();
    }

    /// Continues the sweep after an answer to one of its questions. `is_asker_refused`: the switch
    /// refused the asker, and `asker` is another one.
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
                    self.rounds.note_failure(at.now);
                }
                self.outbox.drop_background();
                self.sweep.with = None;
                self.begin_sweep(at, belief, asker);
            }
            (Answer::Free { .. }, _) => self.ask_each(at, belief, asker, true),
            (answer, _) if slot.is_none() && shows_no_free_list(answer) => {
                // This switch has no list of free slots, which is not an error.
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

    /// Ends the sweep and continues the commands that waited for it. `error` is the reason why not
    /// every slot was asked about.
    pub(in crate::mirror) fn end_sweep(&mut self, error: Option<&Error>) {
        self.sweep.is_running = false;
        self.sweep.with = None;
        match error {
            Some(_) => self.outbox.drop_background(),
            None => self.sync.note_sweep(),
        }
        let commands = core::mem::take(&mut self.sweep.waiting);
        if let (Some(error), true) = (error, commands.is_empty()) {
            self.report_error(error);
        }
        if !commands.is_empty() {
            self.wants.push(Want::SweepEnded { commands, error: error.cloned() });
        }
    }
}

/// Returns true if the answer to a question without a slot shows that the switch has no list of
/// free slots. The newer documentation of the resource has no such list.
pub(in crate::mirror) fn shows_no_free_list(answer: &Answer) -> bool {
    match answer {
        Answer::Refused(refusal) => {
            matches!(refusal.code, RefusalCode::SlotRequired | RefusalCode::BadRequest)
        }
        Answer::Unclear { status, .. } => *status < 500,
        _ => false,
    }
}

record!(struct Sweep { is_running, is_thorough, waiting, with });
