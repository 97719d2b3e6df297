//! The belief: what a panel may show, and what has to be asked to know more.
//!
//! A [`Mirror`] is told what happens, in one place and in one form: [`handle`](Mirror::handle)
//! takes an [`Input`] and gives back [`Effects`], everything that has to be done because of it. It
//! never asks by itself, waits, or calls back.
//!
//! What it holds can be asked for again, except when a call arrived and who was calling. So
//! throwing a mirror away and starting with a new one is always a correct recovery.

mod act;
mod askers;
mod calls;
mod cell;
mod changes;
mod choose;
mod command;
mod conclude;
mod confirm;
mod departure;
mod errand;
mod event;
mod input;
mod lapse;
mod legs;
mod observe;
mod outbox;
mod patience;
mod sweep;
mod sync;
mod turns;
mod view;
mod watch;

use self::askers::Askers;
use self::calls::Calls;
use self::cell::{Belief, Cell, Intent};
use self::changes::Shown;
use self::departure::Departures;
use self::errand::Errand;
use self::outbox::{Asked, Outbox, Purpose};
use self::patience::Patience;
use self::sweep::Sweep;
use self::sync::Sync;
use self::turns::Turns;
use self::watch::Watch;
use crate::feed::Message;
use crate::time::PATIENCE;
use crate::{
    Action, Answer, CallApiId, CallUuid, Code, Error, ExtensionId, Millis, Question, Slot, Time,
};

pub use self::calls::CallState;
pub use crate::feed::Reason;

pub use self::askers::AskWithParked;
pub use self::changes::{CallKey, Changes};
pub use self::command::{Choose, Command, CommandId, CommandResult, Settled};
pub use self::departure::Departure;
pub use self::input::{Effects, Feed, Input, Notice};
pub use self::outbox::{IN_FLIGHT, Ticket};
pub use self::sync::{SyncState, SyncView};
pub use self::view::{CallView, Pending, SlotState, SlotView, Whereabouts};

/// For how long what was seen is as good as seen just now.
const FRESH: Millis = Millis::from_secs(5);

/// What a mirror is told once.
#[derive(Clone, Debug)]
pub struct MirrorOptions {
    /// The extensions whose calls are parked and bridged, at least one.
    pub extensions: Vec<ExtensionId>,
    /// How many slots the lot has.
    pub slots: u16,
    /// False where the switch cannot be asked which slots are free.
    pub free_list: bool,
    /// How long a call may wait; zero: for ever.
    pub patience: Millis,
    /// Whether a parked call may be asked with where no other is live.
    pub ask_with_parked: AskWithParked,
    /// Whether a command is confirmed by a look after it, where no exact feed tells.
    pub confirm: bool,
    /// Whether this mirror takes the place of one that was lost, until it has seen all slots.
    pub recovers: bool,
    /// What random choices come from: how long to keep quiet after a failure.
    pub seed: u64,
}

impl MirrorOptions {
    /// The usual lot, seen by `extension`.
    pub fn new(extension: ExtensionId) -> Self {
        Self {
            extensions: vec![extension],
            slots: 9,
            free_list: true,
            patience: PATIENCE,
            ask_with_parked: AskWithParked::Auto,
            confirm: true,
            recovers: false,
            seed: 0,
        }
    }
}

/// What slots may have in common.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Any,
    Vacant,
    /// It is known who waits there.
    Named,
    /// To be asked for in a sweep.
    Stale {
        only_held: bool,
    },
}

/// One extension's belief about the lot.
#[derive(Clone, Debug)]
pub struct Mirror {
    options: MirrorOptions,
    own: ExtensionId,
    shown: Shown,
    cells: Vec<Cell>,
    calls: Calls,
    departures: Departures,
    askers: Askers,
    patience: Patience,
    /// The commands that are at work. Those that wait for another one are in `turns`.
    errands: Vec<Errand>,
    turns: Turns,
    outbox: Outbox,
    sweep: Sweep,
    sync: Sync,
    watch: Watch,
    /// It was reported that the lot has another size than the options say.
    is_size_reported: bool,
    /// The latest time seen; it does not run backwards.
    now: Time,
    /// Counts inputs: the order in which things were asked and applied.
    step: u64,
    /// What has to be done because of the input at hand.
    effects: Effects,
}

/// Takes the first item of a kind out of a list.
fn take_first<T>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> Option<T> {
    let at = list.iter().position(is_it)?;
    Some(list.remove(at))
}

impl Mirror {
    /// Returns a mirror that knows nothing yet.
    ///
    /// # Panics
    ///
    /// Panics if `options` name no extension.
    pub fn new(options: MirrorOptions) -> Self {
        let mut cells = Vec::new();
        for _ in 0..options.slots {
            cells.push(Cell::default());
        }
        #[allow(clippy::expect_used, reason = "the options name at least one")]
        let own = options.extensions.first().cloned().expect("an extension");
        Self {
            own,
            shown: Shown::default(),
            cells,
            sync: Sync::new(options.recovers),
            watch: Watch::new(options.seed),
            patience: Patience::new(options.patience),
            options,
            calls: Calls::default(),
            departures: Departures::default(),
            askers: Askers::default(),
            errands: Vec::new(),
            turns: Turns::default(),
            is_size_reported: false,
            outbox: Outbox::default(),
            sweep: Sweep::default(),
            now: Time::default(),
            step: 0,
            effects: Effects::default(),
        }
    }

    /// Takes in what happened and says what has to be done because of it.
    pub fn handle(&mut self, now: Time, input: Input) -> Effects {
        self.now = self.now.max(now);
        self.step += 1;
        self.lapse();
        match input {
            Input::Command(id, command) => self.begin(id, command),
            Input::Abort(id) => self.abort(id),
            Input::Answered { ticket, answer, budget, order } => {
                if let Some(mut asked) = self.outbox.take(ticket) {
                    asked.heard_at = self.now;
                    asked.order = order;
                    self.sync.heard(self.now, &answer, budget);
                    self.watch.heard(self.now, &answer, budget);
                    self.answered(&asked, &answer);
                }
            }
            Input::Failed { ticket, error } => {
                if let Some(asked) = self.outbox.take(ticket) {
                    self.sync.failed(&error);
                    self.watch.failed(self.now);
                    self.watch.note_unanswered(asked.at);
                    self.failed(&asked, &error);
                }
            }
            Input::Event(event) => self.hear(Message::Call(event), None, self.now),
            Input::Told { message, order, asked_at } => self.hear(message, order, asked_at),
            Input::SetWatching(looks) => self.set_looks(looks),
            Input::Feed(feed) => self.set_feed(feed),
            Input::Led(is_led) => self.watch.set_led(self.now, is_led),
            Input::Doubt => self.doubt_all(),
            Input::Wake => {}
        }
        self.resume_errands();
        self.release_unparked();
        self.warn_of_returns();
        self.keep_watch();
        self.send();
        self.note_awareness();
        let mut effects = core::mem::take(&mut self.effects);
        effects.wake_at = self.next_wake();
        effects.changes = self.changes();
        effects
    }

    fn own_extension(&self) -> &ExtensionId {
        &self.own
    }

    /// The question in flight that `ticket` names; an answer is understood by its question.
    pub fn question(&self, ticket: Ticket) -> Option<&Question> {
        self.outbox.question(ticket)
    }

    fn answered(&mut self, asked: &Asked, answer: &Answer) {
        let is_asker_refused = self.note_asker(asked, answer);
        // Refused for the call it was asked with, a question tells nothing of the slots.
        if !is_asker_refused && !self.is_deferred(asked, answer) {
            self.observe(&asked.question, asked.source(), answer);
        }
        match asked.purpose {
            Purpose::Command(id) => self.step_errand(id, asked, Ok(answer)),
            Purpose::Sweep => self.step_sweep(asked, answer, is_asker_refused),
            Purpose::Check => {}
        }
    }

    fn failed(&mut self, asked: &Asked, error: &Error) {
        match asked.purpose {
            Purpose::Command(id) => self.step_errand(id, asked, Err(error)),
            Purpose::Sweep => self.end_sweep(Some(error)),
            Purpose::Check => self.tell_error(error),
        }
    }

    /// Tells of error that no command is to blame for, unless it goes on and on.
    fn tell_error(&mut self, error: &Error) {
        if !self.watch.is_failing() && error.code != Code::NoLiveCall {
            self.effects.notices.push(Notice::Error(error.clone()));
        }
    }

    /// Lets a question wait for its turn.
    fn ask(&mut self, purpose: Purpose, call: CallApiId, action: Action, slot: Option<Slot>) {
        let extension = self.own_extension().clone();
        self.outbox.push(Question { extension, call, action, slot }, purpose);
    }

    /// Makes sure of one slot, unless that is under way already. Without any call to ask with it
    /// stays as it is: not known.
    fn check(&mut self, slot: Slot, with: Option<CallApiId>) {
        // The dialect cannot name a slot beyond the lot.
        if slot.number() > self.options.slots {
            return;
        }
        if let Some(call) = with.or_else(|| self.asker())
            && !self.outbox.is_checking(slot)
        {
            self.ask(Purpose::Check, call, Action::Slots, Some(slot));
        }
    }

    fn cell(&self, slot: Slot) -> Option<&Cell> {
        self.cells.get(slot.index())
    }

    fn slots(&self) -> impl Iterator<Item = Slot> + use<> {
        Slot::first(self.options.slots)
    }

    /// True once an answer or a message has told of every slot.
    fn knows_every_slot(&self) -> bool {
        self.cells.iter().all(|cell| cell.belief != Belief::Unknown)
    }

    /// The slots of a kind, in order.
    fn slots_of(&self, kind: Kind) -> Vec<Slot> {
        let mut found = Vec::new();
        for (slot, cell) in self.slots().zip(&self.cells) {
            let is_of_kind = match kind {
                Kind::Any => !cell.is_absent,
                Kind::Vacant => cell.belief == Belief::Vacant,
                Kind::Named => cell.uuid().is_some(),
                Kind::Stale { only_held } => self.is_stale(cell, only_held),
            };
            if is_of_kind {
                found.push(slot);
            }
        }
        found
    }

    /// The slot in which a call is believed to wait.
    fn slot_of(&self, uuid: &CallUuid) -> Option<Slot> {
        self.slots().find(|slot| self.cell(*slot).is_some_and(|cell| cell.uuid() == Some(uuid)))
    }

    /// Whether a call waits in a slot, or is on its way into one.
    fn is_parked(&self, uuid: &CallUuid) -> bool {
        self.slot_of(uuid).is_some() || self.errands.iter().any(|errand| errand.parks(uuid))
    }

    /// Sends what may be sent. From here on our own commands show.
    fn send(&mut self) {
        while let Some((ticket, asked)) = self.send_next() {
            let Asked { question, purpose, .. } = asked;
            if let (Purpose::Command(command), Some(slot)) = (purpose, question.slot)
                && let Some(cell) = self.cells.get_mut(slot.index())
                && question.action != Action::Slots
            {
                cell.intent = Some(match question.action {
                    Action::Park => {
                        Intent::Park { call: question.call.clone(), command, sent_at: self.now }
                    }
                    Action::Bridge | Action::Slots => Intent::Bridge { command },
                });
                cell.applied = self.step;
            }
            self.effects.questions.push((ticket, question));
        }
    }

    fn send_next(&mut self) -> Option<(Ticket, Asked)> {
        let mut outbox = core::mem::take(&mut self.outbox);
        let sent = outbox.send(self.now, self.step, |call| self.standing(call));
        self.outbox = outbox;
        sent
    }

    fn next_wake(&self) -> Option<Time> {
        let patience = self.patience.length();
        let background = [self.next_ask(), self.next_lapse()].into_iter().flatten();
        let errands = self.errands.iter().filter_map(Errand::wakes_at);
        let warnings = self.cells.iter().filter_map(|cell| cell.next_warning(patience));
        let all = background.chain(errands).chain(warnings);
        all.filter(|at| *at > self.now).min()
    }

    fn warn_of_returns(&mut self) {
        for slot in self.slots() {
            if let Some(cell) = self.cells.get_mut(slot.index())
                && let Some(left) = cell.warn(self.now, self.patience.length())
            {
                if left == Millis::ZERO {
                    self.look_after_deadline(slot);
                } else {
                    self.effects.notices.push(Notice::Due(slot, left));
                }
            }
        }
    }
}
