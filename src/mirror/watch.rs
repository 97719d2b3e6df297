//! Asking in the background: how often, for what, and when not at all.
//!
//! The budget of requests is shared with everything else that the customer runs. So while nobody
//! looks, nothing is asked; while somebody does, one question at a time, in rounds. A list of the
//! free slots tells of all of them at once; without one, each round asks for the slot that was
//! asked for longest ago. Between the rounds a slot is looked at when something is about to happen
//! in it: after our own doings, and when patience ends.

use super::cell::Cell;
use super::{Feed, Mirror, SyncState, take_first};
use crate::choice::Choice;
use crate::{Answer, Budget, Millis, RefusalCode, Slot, Time};

/// How long a round takes: at most 600 requests an hour, which leaves room for what is asked in
/// between.
const ROUND: Millis = Millis::from_secs(6);
/// How long it takes while a feed tells of everything: only to find out where the feed is wrong.
const ROUND_WITH_FEED: Millis = Millis::from_secs(300);
/// One round in so many looks who is where it was: a list of free slots does not tell when one
/// caller took the place of another.
const LOOK_CLOSER: u32 = 6;
/// Who could not ask for so long, because the machine slept or there was no call to ask with, looks
/// anew.
const LONG_AGO: Millis = Millis::from_secs(20);
/// When a slot is looked at after we did something with it, and after that was confirmed.
const AFTER_DOING: &[Millis] = &[Millis::from_secs(1), Millis::from_secs(3)];
const AFTER_CONFIRMING: &[Millis] = &[Millis::from_secs(3)];
/// When it is looked at after the patience of whoever waits there has ended.
const AFTER_DEADLINE: &[Millis] = &[Millis::new(400), Millis::from_secs(2)];
/// How long to keep quiet after a failure, at first and at most.
const FIRST_PAUSE: u16 = 1_000;
const LONGEST_PAUSE: u16 = 60_000;
/// How much longer than usual a round may take, for lack of budget, before what it renews counts as
/// not looked at any more.
const STRETCHED: u64 = 2;
/// The longest time for which a switch is left alone: its budget is hourly.
const LONGEST_QUIET: Millis = Millis::from_secs(3600);
/// How long another tab counts as looking after the lot since it was last heard. It says so every
/// two seconds.
const LED_FOR: Millis = Millis::from_secs(8);
/// How many answers in a row may make no sense before the slots count as not looked at. Two in a
/// row are usual where a switch has no list of free slots.
const MOST_SENSELESS: u32 = 2;
/// How many slots may wait to be looked at.
const LOOKS: usize = 32;

/// Why a slot is looked at by itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Why {
    /// We did something with it.
    Deed,
    /// Whoever waited there should have gone back.
    Deadline,
}

/// How fast the budget lets rounds follow each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Pace {
    Usual,
    /// Slower than usual.
    Slow,
    /// So slow that the slots are out of date before the next round.
    TooSlow,
}

/// The watch over the lot.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    /// Somebody looks.
    looks: bool,
    feed: Feed,
    /// Until when another tab counts as looking after the lot.
    led_until: Option<Time>,
    /// Since when a change of a slot would not be noticed; see `lapse`.
    pub(super) unaware_since: Option<Time>,
    /// When the next round begins.
    round_at: Time,
    rounds: u32,
    /// The slots to look at by themselves, when, and why.
    soon: Vec<(Time, Slot, Why)>,
    /// Nothing is asked before then.
    quiet_until: Time,
    failures: u32,
    /// How many answers in a row made no sense.
    senseless: u32,
    pace: Pace,
    choice: Choice,
}

impl Watch {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            looks: false,
            feed: Feed::Down,
            led_until: None,
            unaware_since: Some(Time::default()),
            round_at: Time::default(),
            rounds: 0,
            soon: Vec::new(),
            quiet_until: Time::default(),
            failures: 0,
            senseless: 0,
            pace: Pace::Usual,
            choice: Choice::new(seed),
        }
    }

    /// Whether a feed tells of every call that enters or leaves a slot.
    pub(super) fn feed_is_exact(&self) -> bool {
        self.feed == Feed::Exact
    }

    /// Takes note of whether another tab looks after the lot.
    pub(super) fn set_led(&mut self, now: Time, is_led: bool) {
        self.led_until = is_led.then(|| now + LED_FOR);
    }

    /// Until when another tab counts as looking after the lot.
    pub(super) fn led_until(&self) -> Option<Time> {
        self.led_until
    }

    /// Takes note that a call was told to have entered or left a slot: a feed that tells of that
    /// tells of all.
    pub(super) fn note_move(&mut self) {
        if self.feed == Feed::Partial {
            self.feed = Feed::Exact;
        }
    }

    /// Takes note that a question got no answer: since it was sent, no change was noticed.
    pub(super) fn note_unanswered(&mut self, sent_at: Time) {
        self.unaware_since = Some(self.unaware_since.map_or(sent_at, |since| since.min(sent_at)));
    }

    /// Begins to ask for everything.
    pub(super) fn restart(&mut self, now: Time) {
        self.rounds = 0;
        self.round_at = now;
    }

    /// Whether rounds go on at about their usual pace.
    pub(super) fn is_steady(&self) -> bool {
        self.failures == 0 && self.senseless <= MOST_SENSELESS && self.pace != Pace::TooSlow
    }

    /// How long a round takes at most while rounds count as steady.
    pub(super) fn slowest_round(&self) -> Millis {
        let stretched = if self.pace == Pace::Slow { STRETCHED } else { 1 };
        Millis::new(self.round().as_ms() * stretched)
    }

    fn round(&self) -> Millis {
        if self.feed_is_exact() { ROUND_WITH_FEED } else { ROUND }
    }

    /// Takes note of an answer: whether the switch wants to be left alone, and how long.
    pub(super) fn heard(&mut self, now: Time, answer: &Answer, budget: Budget) {
        let makes_sense = match answer {
            Answer::Refused(refusal) => refusal.code != RefusalCode::BadRequest,
            // A bare 404 is how some switches say that a slot is vacant.
            Answer::Unclear { status, .. } => *status == 404,
            _ => true,
        };
        self.senseless = if makes_sense { 0 } else { self.senseless.saturating_add(1) };
        let is_limited = matches!(answer, Answer::Refused(refusal)
            if refusal.code == RefusalCode::RateLimited && refusal.retry_after.is_some());
        match answer {
            Answer::Refused(refusal) => match (refusal.code, refusal.retry_after) {
                (RefusalCode::RateLimited, Some(wait)) => {
                    self.quiet_until = now + wait.min(LONGEST_QUIET);
                }
                (
                    RefusalCode::RateLimited
                    | RefusalCode::Unauthorized
                    | RefusalCode::Forbidden
                    | RefusalCode::NoSuchExtension,
                    _,
                ) => self.failed(now),
                _ => self.failures = 0,
            },
            Answer::Unclear { status: 500.., .. } => self.failed(now),
            _ => self.failures = 0,
        }
        // Half of what is left is for whoever wants something done.
        let round = budget.remaining.zip(budget.resets_in).map(|(remaining, resets_in)| {
            let resets_in = resets_in.min(LONGEST_QUIET).as_ms();
            Millis::new(resets_in / u64::from(remaining / 2).max(1))
        });
        let usual = self.round();
        self.pace = match round {
            _ if is_limited => Pace::TooSlow,
            Some(round) if round.as_ms() > usual.as_ms() * STRETCHED => Pace::TooSlow,
            Some(round) if round > usual => Pace::Slow,
            _ => Pace::Usual,
        };
        if let Some(round) = round.filter(|round| *round > usual) {
            self.round_at = self.round_at.max(now + round);
        }
    }

    /// Takes note that nothing was heard: each time it takes longer until the next question, and
    /// never as long as elsewhere.
    pub(super) fn failed(&mut self, now: Time) {
        let longest = FIRST_PAUSE.saturating_mul(1 << self.failures.min(6)).min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        let pause = longest / 2 + self.choice.below(longest / 2);
        self.quiet_until = self.quiet_until.max(now + Millis::new(pause.into()));
        // The next round may be far away, and until then nobody knows whether the switch is back.
        self.round_at = self.round_at.min(self.quiet_until);
    }

    /// Whether this failure is one of several in a row, of which somebody knows already.
    pub(super) fn is_failing(&self) -> bool {
        self.failures > 1
    }

    /// When the next question is due.
    fn due_at(&self) -> Time {
        let soon = self.soon.iter().map(|(at, ..)| *at);
        soon.fold(self.round_at, Time::min).max(self.quiet_until)
    }
}

impl Mirror {
    /// Sets whether the lot is being watched. Passing `true` again restarts the round, for example
    /// when a tab becomes visible.
    pub(super) fn set_looks(&mut self, looks: bool) {
        let watch = &mut self.watch;
        if looks {
            watch.restart(self.now);
            watch.quiet_until = watch.quiet_until.min(self.sync.limited_until(self.now));
        }
        watch.looks = looks;
    }

    /// Takes note of what a feed tells from now on.
    pub(super) fn set_feed(&mut self, feed: Feed) {
        let is_known = self.knows_every_slot();
        self.watch.feed = feed;
        let is_told = self.watch.feed_is_exact() && is_known;
        self.watch.round_at = if is_told { self.now + ROUND_WITH_FEED } else { self.now };
    }

    /// Has the slot of our own command looked at; `is_sure` where its end was confirmed.
    pub(super) fn look_after_doing(&mut self, slot: Slot, is_sure: bool) {
        let after = if is_sure { AFTER_CONFIRMING } else { AFTER_DOING };
        self.look_soon(slot, after, Why::Deed);
    }

    /// Has a slot looked at whose call should have gone back by now.
    pub(super) fn look_after_deadline(&mut self, slot: Slot) {
        self.look_soon(slot, AFTER_DEADLINE, Why::Deadline);
    }

    fn look_soon(&mut self, slot: Slot, after: &[Millis], why: Why) {
        if self.watch.looks && self.watch.soon.len() < LOOKS {
            for pause in after {
                self.watch.soon.push((self.now + *pause, slot, why));
            }
        }
    }

    /// Asks for what is due, one thing at a time.
    pub(super) fn keep_watch(&mut self) {
        let now = self.now;
        while self.next_ask().is_some_and(|at| at <= now) && !self.outbox.is_busy() {
            match take_first(&mut self.watch.soon, |(at, ..)| *at <= now) {
                Some((_, slot, why)) if self.is_open(slot, why) => self.check(slot, None),
                Some(_) => {}
                None => self.begin_round(),
            }
        }
    }

    /// Whether that which a slot is to be looked at for was not told already.
    fn is_open(&self, slot: Slot, why: Why) -> bool {
        let is_overdue = |cell: &Cell| cell.is_returning(self.now, self.patience.length());
        match why {
            Why::Deed => !self.watch.feed_is_exact(),
            Why::Deadline => self.cell(slot).is_some_and(is_overdue),
        }
    }

    fn begin_round(&mut self) {
        if self.now.since(self.watch.round_at) > LONG_AGO {
            self.watch.rounds = 0;
        }
        let rounds = self.watch.rounds;
        self.watch.rounds = rounds.wrapping_add(1);
        self.watch.round_at = self.now + self.watch.round();
        let lists = self.options.free_list;
        let is_about_one = rounds > 0 && (!lists || rounds % LOOK_CLOSER == LOOK_CLOSER - 1);
        match self.named_longest_ago(lists).filter(|_| is_about_one) {
            Some(slot) => self.check(slot, None),
            None => self.sweep_in_background(rounds == 0),
        }
    }

    /// The slot of which it was said longest ago who waits there; of the held ones, or of all.
    fn named_longest_ago(&self, only_held: bool) -> Option<Slot> {
        let is_asked = |cell: &Cell| !cell.is_absent && (!only_held || cell.uuid().is_some());
        let cells = self.slots().zip(&self.cells).filter(|(_, cell)| is_asked(cell));
        cells.min_by_key(|(_, cell)| cell.named_at).map(|(slot, _)| slot)
    }

    /// When something is asked next in the background, if anything is.
    pub(super) fn next_ask(&self) -> Option<Time> {
        (self.watch.looks && self.asker().is_some()).then(|| self.watch.due_at())
    }

    /// How the watch stands, where nothing worse is to be told.
    pub(super) fn watch_state(&self) -> SyncState {
        if self.watch.feed_is_exact() {
            SyncState::Live
        } else if !self.watch.looks {
            if self.outbox.is_busy() { SyncState::Asking } else { SyncState::Idle }
        } else if self.asker().is_none() {
            SyncState::Blind
        } else if self.watch.pace != Pace::Usual {
            SyncState::Limited
        } else {
            SyncState::Asking
        }
    }
}
