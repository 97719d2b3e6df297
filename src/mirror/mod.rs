//! [`Mirror`]: a panel's view of the lot, and the questions that keep the view current.
//!
//! The caller passes everything that happens to [`handle`](Mirror::handle), as an [`Input`].
//! `handle` returns [`Effects`]: the questions to send, the notices to report, the views that
//! changed and the time of the next wake-up. A mirror never sends, waits or calls back.
//!
//! A mirror has four parts, and passes requests from one part to another:
//!
//! | part | content |
//! | --- | --- |
//! | `Belief` | which call waits in which slot, and which observation wins |
//! | `Rosters` | the live calls of each extension, and which of them a question may name |
//! | `Poller` | the questions in flight, and the schedule of background questions |
//! | `Commands` | the commands that have not ended |
//!
//! A part uses only the parts above it.
//!
//! These words have a fixed meaning here:
//!
//! | word | meaning |
//! | --- | --- |
//! | asker | the call that a question names; the URL of every question contains a call |
//! | act | the `park` or `bridge` of a command |
//! | check | a question about one slot |
//! | sweep | questions about every slot without a fresh answer |
//! | round | one turn of the background questions |
//! | feed | the messages that a server pushes; an exact feed reports every change of a slot |
//! | confirmed | an observation shows the state, and a later change would have been noticed |
//! | patience | how long a parked call may wait before it goes back to its extension |
//!
//! A mirror can be replaced with a new one at any time. The new mirror asks about everything again.
//! Only the times of arrival and the names of callers are lost.

mod belief;
mod changes;
mod command_id;
mod commands;
mod input;
mod inspect;
#[cfg(debug_assertions)]
mod invariants;
mod poller;
mod recorder;
mod retell;
mod roster;
mod route;
mod timers;
mod view;

pub use self::belief::Departure;
pub use self::changes::{CallKey, Changes};
pub use self::command_id::CommandId;
pub use self::commands::{Choose, Command, CommandResult, Settled};
pub use self::input::{Effects, Feed, Input, Notice};
pub use self::poller::{IN_FLIGHT, SyncState, SyncView, Ticket};
pub use self::recorder::{Recorder, Replay, Step};
pub use self::retell::Retold;
pub use self::roster::{AskWithParked, Dialog};
pub use self::timers::Wake;
pub use self::view::{
    CallState, CallView, Pending, ReturnedFrom, SlotState, SlotView, Whereabouts,
};
pub use crate::feed::Reason;

use self::belief::Belief;
use self::changes::Shown;
use self::commands::Commands;
use self::poller::Poller;
use self::roster::Rosters;
use self::timers::Timers;
use crate::defaults::{PATIENCE, SLOTS};
use crate::record::{Reader, Record, Writer, record};
use crate::{ExtensionId, Millis, Question, Time};

/// The options of a [`Mirror`].
#[derive(Clone, Debug)]
pub struct MirrorOptions {
    /// The extensions whose calls the mirror parks, bridges and asks with. At least one.
    pub extensions: Vec<ExtensionId>,
    /// The number of slots of the lot. The specification names nine.
    pub slots: u16,
    /// True if the switch answers `slots` without a slot with a list of free slots. The
    /// specification describes this list, but the newer documentation does not.
    pub free_list: bool,
    /// How long a parked call may wait before it goes back. Zero means for ever. The specification
    /// says three minutes.
    pub patience: Millis,
    /// Whether a question may name a parked call if no other call is live.
    pub ask_with_parked: AskWithParked,
    /// True if the mirror checks the slot after each `park` and `bridge`. An exact feed replaces
    /// the check.
    pub confirm: bool,
    /// True if this mirror replaces one that was lost. [`SyncState::Lost`] then lasts until every
    /// slot was asked about.
    pub recovers: bool,
    /// The seed for the random length of pauses after a failure. With different seeds, panels do
    /// not all ask at the same moment.
    pub seed: u64,
}

impl MirrorOptions {
    /// Returns the options for `extension` and the lot of the specification: nine slots, three
    /// minutes.
    pub fn new(extension: ExtensionId) -> Self {
        Self {
            extensions: vec![extension],
            slots: SLOTS,
            free_list: true,
            patience: PATIENCE,
            ask_with_parked: AskWithParked::Auto,
            confirm: true,
            recovers: false,
            seed: 0,
        }
    }
}

/// A view of one lot for one extension or several.
///
/// A command takes several inputs. This one checks the slot, parks the call, and checks the slot
/// again:
///
/// ```
/// use std::sync::Arc;
///
/// use valet_park::feed::Stamp;
/// use valet_park::mirror::{Command, CommandId, CommandResult, Input, Notice};
/// use valet_park::wire::read_event;
/// use valet_park::{Action, Budget, Lot, LotOptions, Mirror, MirrorOptions, Slot, Time};
///
/// let mut mirror = Mirror::new(MirrorOptions::new("34414".parse()?));
/// let mut now = Time::from_ms(0);
///
/// // The extension answers a call.
/// let name = "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0";
/// let event = format!("EventType=answer&CallAPIID={name}&CalledExtensionID=34414");
/// let event = read_event(&event)?;
/// let _ = mirror.handle(now, Input::Event(Arc::new(event)));
///
/// // A person parks the call. This lot plays the switch and answers the questions of the mirror.
/// let mut lot = Lot::new(LotOptions::default());
/// let slot = Slot::try_from(6)?;
/// let park = Command::Park { call: name.parse()?, slot: Some(slot) };
/// let mut effects = mirror.handle(now, Input::Command(CommandId(1), park));
/// let mut actions = Vec::new();
/// let settled = loop {
///     let input = if let Some((ticket, question)) = effects.questions.pop() {
///         actions.push(question.action);
///         let answer = lot.ask(now, &question);
///         Input::Answered { ticket, answer, budget: Budget::default(), stamp: Stamp::default() }
///     } else {
///         // The switch needs a moment before the slot shows the call.
///         now = effects.wake_at.expect("the mirror waits for a time or for an answer");
///         Input::Wake
///     };
///     effects = mirror.handle(now, input);
///     if let Some(Notice::Settled(_, settled)) = effects.notices.pop() {
///         break settled?;
///     }
/// };
/// assert_eq!(actions, [Action::Slots, Action::Park, Action::Slots]);
/// assert!(matches!(settled, CommandResult::Parked { is_confirmed: true, .. }));
/// assert_eq!(mirror.slot_view(slot).and_then(|view| view.call), Some(name.parse()?));
/// # Ok::<(), valet_park::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Mirror {
    belief: Belief,
    rosters: Rosters,
    commands: Commands,
    poller: Poller,
    timers: Timers,
    at: Moment,
    /// The views that were current after the last input.
    shown: Shown,
    /// The effects of the current input.
    effects: Effects,
}

/// The time and the number of an input.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Moment {
    /// The latest time so far. It never goes back.
    now: Time,
    /// The number of the input. It tells in which order questions were sent and answers applied.
    step: u64,
}

impl Mirror {
    /// Creates a mirror that knows nothing yet.
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

    /// Applies an input at the time `now` and returns its effects.
    ///
    /// If `now` is earlier than before, the mirror uses the latest time so far. An answer to an
    /// unknown ticket changes nothing.
    ///
    /// # Panics
    ///
    /// Panics in debug builds if an invariant of the mirror is broken, which is a fault of this
    /// crate.
    pub fn handle(&mut self, now: Time, input: Input) -> Effects {
        self.at = Moment { now: self.at.now.max(now), step: self.at.step + 1 };
        self.lapse();
        self.apply(input);
        self.route();
        self.advance();
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

    /// Returns the question in flight with this ticket, which is needed to read its answer. `None`
    /// if no such question is in flight.
    pub fn question(&self, ticket: Ticket) -> Option<&Question> {
        self.poller.asked(ticket).map(|asked| &asked.question)
    }

    /// Returns true if the question in flight with this ticket is a background question: no command
    /// waits for the answer.
    pub fn is_background(&self, ticket: Ticket) -> bool {
        self.poller.is_background(ticket)
    }

    /// Returns when the question in flight with this ticket was sent. `None` if no such question
    /// is in flight.
    pub fn asked_at(&self, ticket: Ticket) -> Option<Time> {
        self.poller.asked(ticket).map(|asked| asked.at)
    }

    /// Marks the slots as not confirmed whose change would have gone unnoticed.
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

/// Removes the first item that matches from a list.
fn take_first<T>(list: &mut Vec<T>, matches: impl Fn(&T) -> bool) -> Option<T> {
    let at = list.iter().position(matches)?;
    Some(list.remove(at))
}

/// Adds an item to a list. Removes the oldest item first if the list has `bound` items.
fn push_bounded<T>(list: &mut Vec<T>, item: T, bound: usize) {
    if list.len() >= bound {
        list.remove(0);
    }
    list.push(item);
}

record!(struct Moment { now, step });

/// The timers and the effects of an input are found again with each input.
impl Record for Mirror {
    fn write(&self, to: &mut Writer) {
        self.at.write(to);
        self.belief.write(to);
        self.rosters.write(to);
        self.commands.write(to);
        self.poller.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let mut mirror = Self {
            at: Record::read(from)?,
            belief: Record::read(from)?,
            rosters: Record::read(from)?,
            commands: Record::read(from)?,
            poller: Record::read(from)?,
            timers: Timers::default(),
            shown: Shown::default(),
            effects: Effects::default(),
        };
        mirror.note_shown();
        Some(mirror)
    }
}
