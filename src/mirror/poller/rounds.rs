//! Asking in the background: how often, for what, and when not at all.
//!
//! The budget of requests is shared with everything else that the customer runs. So while nobody
//! looks, nothing is asked; while somebody does, one question at a time, in rounds. A list of the
//! free slots tells of all of them at once; without one, each round asks for the slot that was
//! asked for longest ago. Between the rounds a slot is looked at when something is about to happen
//! in it: after our own doings, and when patience ends.

use super::{Poller, SyncState};
use crate::choice::Choice;
use crate::mirror::belief::Belief;
use crate::mirror::roster::Asker;
use crate::mirror::take_first;
use crate::mirror::timers::Wake;
use crate::mirror::{Feed, Moment};
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
const AFTER_COMMAND: &[Millis] = &[Millis::from_secs(1), Millis::from_secs(3)];
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
    /// A command of ours acted in it.
    AfterCommand,
    /// The call that waited there must have gone back.
    AfterDeadline,
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
pub(in crate::mirror) struct Rounds {
    /// The lot is being watched: a page shows it.
    is_watching: bool,
    feed: Feed,
    /// Until when another tab counts as looking after the lot.
    led_until: Option<Time>,
    /// Since when a change of a slot would not be noticed; see `lapse`.
    pub(in crate::mirror) unaware_since: Option<Time>,
    /// When the next round begins.
    round_at: Time,
    /// How many rounds began since the last restart.
    count: u32,
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

impl Rounds {
    pub(in crate::mirror) fn new(seed: u64) -> Self {
        Self {
            is_watching: false,
            feed: Feed::Down,
            led_until: None,
            unaware_since: Some(Time::default()),
            round_at: Time::default(),
            count: 0,
            soon: Vec::new(),
            quiet_until: Time::default(),
            failures: 0,
            senseless: 0,
            pace: Pace::Usual,
            choice: Choice::new(seed),
        }
    }

    /// Whether a feed tells of every call that enters or leaves a slot.
    pub(in crate::mirror) fn feed_is_exact(&self) -> bool {
        self.feed == Feed::Exact
    }

    /// Takes note of whether another tab looks after the lot.
    pub(in crate::mirror) fn set_led(&mut self, now: Time, is_led: bool) {
        self.led_until = is_led.then(|| now + LED_FOR);
    }

    /// Until when another tab counts as looking after the lot.
    pub(in crate::mirror) fn led_until(&self) -> Option<Time> {
        self.led_until
    }

    /// Takes note that a call was told to have entered or left a slot: a feed that tells of that
    /// tells of all.
    pub(in crate::mirror) fn note_move(&mut self) {
        if self.feed == Feed::Partial {
            self.feed = Feed::Exact;
        }
    }

    /// Takes note that a question got no answer: since it was sent, no change was noticed.
    pub(in crate::mirror) fn note_unanswered(&mut self, sent_at: Time) {
        self.unaware_since = Some(self.unaware_since.map_or(sent_at, |since| since.min(sent_at)));
    }

    /// Begins to ask for everything.
    pub(in crate::mirror) fn restart(&mut self, now: Time) {
        self.count = 0;
        self.round_at = now;
    }

    /// Whether rounds go on at about their usual pace.
    pub(in crate::mirror) fn is_steady(&self) -> bool {
        self.failures == 0 && self.senseless <= MOST_SENSELESS && self.pace != Pace::TooSlow
    }

    /// How long a round takes at most while rounds count as steady.
    pub(in crate::mirror) fn slowest_round(&self) -> Millis {
        let stretched = if self.pace == Pace::Slow { STRETCHED } else { 1 };
        Millis::new(self.length().as_ms() * stretched)
    }

    /// How long a round takes.
    fn length(&self) -> Millis {
        if self.feed_is_exact() { ROUND_WITH_FEED } else { ROUND }
    }

    /// Takes note of an answer: whether the switch wants to be left alone, and how long.
    pub(in crate::mirror) fn heard(&mut self, now: Time, answer: &Answer, budget: Budget) {
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
        let usual = self.length();
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
    pub(in crate::mirror) fn failed(&mut self, now: Time) {
        let longest = FIRST_PAUSE.saturating_mul(1 << self.failures.min(6)).min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        let pause = longest / 2 + self.choice.below(longest / 2);
        self.quiet_until = self.quiet_until.max(now + Millis::new(pause.into()));
        // The next round may be far away, and until then nobody knows whether the switch is back.
        self.round_at = self.round_at.min(self.quiet_until);
    }

    /// Whether this failure is one of several in a row, of which somebody knows already.
    pub(in crate::mirror) fn is_failing(&self) -> bool {
        self.failures > 1
    }

    /// When the next question is due, and why then.
    fn due_at(&self) -> (Time, Wake) {
        let soon = self.soon.iter().map(|(at, ..)| (*at, Wake::Check)).min();
        let due = soon
            .map_or((self.round_at, Wake::Round), |soon| soon.min((self.round_at, Wake::Round)));
        due.max((self.quiet_until, Wake::Quiet))
    }
}

impl Poller {
    /// Sets whether the lot is being watched. Passing `true` again restarts the round, for example
    /// when a tab becomes visible.
    pub(in crate::mirror) fn set_watching(&mut self, now: Time, is_watching: bool) {
        let rounds = &mut self.rounds;
        if is_watching {
            rounds.restart(now);
            rounds.quiet_until = rounds.quiet_until.min(self.sync.limited_until(now));
        }
        rounds.is_watching = is_watching;
    }

    /// Sets what a feed tells from now on.
    pub(in crate::mirror) fn set_feed(&mut self, now: Time, feed: Feed, knows_every_slot: bool) {
        let rounds = &mut self.rounds;
        rounds.feed = feed;
        let is_told = rounds.feed_is_exact() && knows_every_slot;
        rounds.round_at = if is_told { now + ROUND_WITH_FEED } else { now };
    }

    /// Has the slot of our own command looked at; `is_confirmed` where its end was confirmed.
    pub(in crate::mirror) fn check_after_command(
        &mut self,
        now: Time,
        slot: Slot,
        is_confirmed: bool,
    ) {
        let after = if is_confirmed { AFTER_CONFIRMING } else { AFTER_COMMAND };
        self.look_soon(now, slot, after, Why::AfterCommand);
    }

    /// Has a slot looked at whose call must have gone back by now.
    pub(in crate::mirror) fn look_after_deadline(&mut self, now: Time, slot: Slot) {
        self.look_soon(now, slot, AFTER_DEADLINE, Why::AfterDeadline);
    }

    fn look_soon(&mut self, now: Time, slot: Slot, after: &[Millis], why: Why) {
        if self.rounds.is_watching && self.rounds.soon.len() < LOOKS {
            for pause in after {
                self.rounds.soon.push((now + *pause, slot, why));
            }
        }
    }

    /// Asks for what is due, one thing at a time. `asker` is the call to ask with.
    pub(in crate::mirror) fn poll(&mut self, at: Moment, belief: &Belief, asker: Option<&Asker>) {
        let is_due =
            |poller: &Self| poller.next_ask(asker.is_some()).is_some_and(|(due, _)| due <= at.now);
        while is_due(self) && !self.outbox.is_busy() {
            match take_first(&mut self.rounds.soon, |(due, ..)| *due <= at.now) {
                Some((_, slot, why)) if self.is_needed(at, belief, slot, why) => {
                    self.check(slot, asker);
                }
                Some(_) => {}
                None => self.begin_round(at, belief, asker),
            }
        }
    }

    /// Whether nothing has told yet what a slot is to be looked at for.
    fn is_needed(&self, at: Moment, belief: &Belief, slot: Slot, why: Why) -> bool {
        match why {
            Why::AfterCommand => !self.rounds.feed_is_exact(),
            Why::AfterDeadline => belief.is_overdue(slot, at.now),
        }
    }

    fn begin_round(&mut self, at: Moment, belief: &Belief, asker: Option<&Asker>) {
        let rounds = &mut self.rounds;
        if at.now.since(rounds.round_at) > LONG_AGO {
            rounds.count = 0;
        }
        let count = rounds.count;
        rounds.count = count.wrapping_add(1);
        rounds.round_at = at.now + rounds.length();
        let lists = self.has_free_list;
        let is_about_one = count > 0 && (!lists || count % LOOK_CLOSER == LOOK_CLOSER - 1);
        match belief.next_for_rounds().filter(|_| is_about_one) {
            Some(slot) => self.check(slot, asker),
            None => self.sweep_in_background(at, belief, asker, count == 0),
        }
    }

    /// When something is asked next in the background, and why then. `None` while the lot is not
    /// watched, or there is no call to ask with.
    pub(in crate::mirror) fn next_ask(&self, has_asker: bool) -> Option<(Time, Wake)> {
        (self.rounds.is_watching && has_asker).then(|| self.rounds.due_at())
    }

    /// Returns how the rounds stand, where nothing worse is to be told.
    pub(in crate::mirror) fn state(&self, has_asker: bool) -> SyncState {
        if self.rounds.feed_is_exact() {
            SyncState::Live
        } else if !self.rounds.is_watching {
            if self.outbox.is_busy() { SyncState::Asking } else { SyncState::Idle }
        } else if !has_asker {
            SyncState::Blind
        } else if self.rounds.pace != Pace::Usual {
            SyncState::Limited
        } else {
            SyncState::Asking
        }
    }
}
