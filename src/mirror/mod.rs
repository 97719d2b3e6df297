//! The belief: what a panel may show, and what has to be asked to know more.
//!
//! A [`Mirror`] is told what happens in one place and in one form: [`handle`](Mirror::handle) takes
//! an [`Input`] and returns [`Effects`], everything that has to be done because of the input. A
//! mirror never asks by itself, waits, or calls back.
//!
//! A mirror has four parts, and only passes on what one part wants of another:
//!
//! | part | what it holds |
//! | --- | --- |
//! | `Belief` | what is believed of each slot, and which observation overrules which |
//! | `Rosters` | the live calls of each extension, and which of them can be asked with |
//! | `Commands` | the commands on their way |
//! | `Poller` | the questions in flight, and when what is asked in the background |
//!
//! What a mirror holds can be asked for again, except when a call arrived and who was calling. So
//! throwing a mirror away and starting with a new one is always a correct recovery.

mod belief;
mod changes;
mod commands;
mod input;
#[cfg(debug_assertions)]
mod invariants;
mod poller;
mod roster;
mod route;
mod timers;
mod view;

pub use self::belief::Departure;
pub use self::changes::{CallKey, Changes};
pub use self::commands::{Choose, Command, CommandId, CommandResult, Settled};
pub use self::input::{Effects, Feed, Input, Notice};
pub use self::poller::{IN_FLIGHT, SyncState, SyncView, Ticket};
pub use self::roster::{AskWithParked, CallState};
pub use self::timers::Wake;
pub use self::view::{CallView, Pending, SlotState, SlotView, Whereabouts};
pub use crate::feed::Reason;

use self::belief::Belief;
use self::changes::Shown;
use self::commands::Commands;
use self::poller::Poller;
use self::roster::Rosters;
use self::timers::Timers;
use crate::time::PATIENCE;
use crate::{ExtensionId, Millis, Question, Time};

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
    /// Returns the options of the usual lot: nine slots and three minutes, seen by `extension`.
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

/// What one or several extensions believe about the lot.
#[derive(Clone, Debug)]
pub struct Mirror {
    belief: Belief,
    rosters: Rosters,
    commands: Commands,
    poller: Poller,
    timers: Timers,
    at: Moment,
    /// What was shown last.
    shown: Shown,
    /// What has to be done because of the input at hand.
    effects: Effects,
}

/// The time of an input, and its place among the inputs.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Moment {
    /// The latest time seen. It does not run backwards.
    now: Time,
    /// Counts inputs: the order in which things were asked and applied.
    step: u64,
}

impl Mirror {
    /// Returns a mirror that knows nothing yet.
    pub fn new(options: MirrorOptions) -> Self {
        let mut mirror = Self {
            belief: Belief::new(&options),
            commands: Commands::new(options.confirm),
            poller: Poller::new(&options),
            rosters: Rosters::new(options.extensions, options.ask_with_parked),
            timers: Timers::default(),
            at: Moment::default(),
            shown: Shown::default(),
            effects: Effects::default(),
        };
        mirror.note_shown();
        mirror
    }

    /// Takes in what happened and returns what has to be done because of it.
    pub fn handle(&mut self, now: Time, input: Input) -> Effects {
        self.at = Moment { now: self.at.now.max(now), step: self.at.step + 1 };
        self.lapse();
        self.apply(input);
        self.route();
        self.go_on();
        self.send();
        let has_asker = self.asker().is_some();
        self.poller.note_awareness(self.at.now, has_asker);
        self.set_timers(has_asker);
        let mut effects = core::mem::take(&mut self.effects);
        if let Some((time, wake)) = self.timers.next(self.at.now) {
            effects.wake_at = Some(time);
            effects.wakes_for = Some(wake);
        }
        effects.changes = self.take_changes(has_asker);
        #[cfg(debug_assertions)]
        self.assert_invariants(&effects);
        effects
    }

    /// Returns the question in flight that `ticket` names. An answer is understood by its question.
    pub fn question(&self, ticket: Ticket) -> Option<&Question> {
        self.poller.question(ticket)
    }

    /// Shows those slots as not confirmed whose change would not have been noticed.
    fn lapse(&mut self) {
        if let Some(awareness) = self.poller.awareness(self.asker().is_some()) {
            self.belief.lapse(self.at.now, awareness);
        }
    }

    fn set_timers(&mut self, has_asker: bool) {
        let awareness = self.poller.awareness(has_asker);
        let lapse = awareness.and_then(|awareness| self.belief.next_lapse(awareness));
        let poll = self.poller.next_ask(has_asker);
        for wake in [Wake::Round, Wake::Check, Wake::Quiet] {
            let time = poll.filter(|(_, why)| *why == wake).map(|(time, _)| time);
            self.timers.set(wake, time);
        }
        self.timers.set(Wake::Warning, self.belief.next_warning());
        self.timers.set(Wake::Lapse, lapse);
        self.timers.set(Wake::Retry, self.commands.next_wake(self.at.now));
    }
}

/// Takes the first item of a kind out of a list.
fn take_first<T>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> Option<T> {
    let at = list.iter().position(is_it)?;
    Some(list.remove(at))
}

/// Adds an item to a list that forgets its oldest beyond `bound`.
fn push_bounded<T>(list: &mut Vec<T>, item: T, bound: usize) {
    if list.len() >= bound {
        list.remove(0);
    }
    list.push(item);
}
