//! Background questions: when to ask, and about which slots.
//!
//! All applications of an account share one hourly budget of requests. The mirror therefore asks
//! nothing while the lot is not watched. While the lot is watched, it asks one question at a time,
//! in rounds.
//!
//! One question for the list of free slots covers the whole lot. If the switch has no such list,
//! each round asks about the slot whose call was named longest ago. Between the rounds the mirror
//! checks single slots: after a command, and after the patience of a call has ended. While a relay
//! asks for all clients, the mirror asks no background questions.

use super::{Poller, SyncState};
use crate::choice::Choice;
use crate::mirror::belief::Belief;
use crate::mirror::roster::Asker;
use crate::mirror::take_first;
use crate::mirror::timers::Wake;
use crate::mirror::{Feed, Moment};
use crate::record::record;
use crate::{Answer, Budget, Millis, RefusalCode, Slot, Time};

/// The length of a round. At most 600 requests an hour leave room for other questions.
const ROUND_LENGTH: Millis = Millis::from_secs(6);
/// The length of a round while an exact feed is up. These rounds only find mistakes of the feed.
const ROUND_LENGTH_WITH_FEED: Millis = Millis::from_secs(300);
/// Every sixth round checks one held slot by name. A list of free slots does not show that another
/// call has taken the place of the first one.
const SINGLE_CHECK_EVERY: u32 = 6;
/// A round that starts this much too late, for example after a sleep, starts with a complete sweep.
const RESTART_AFTER: Millis = Millis::from_secs(20);
/// The pauses before a slot is checked after a command, without and with a confirmed result.
const AFTER_COMMAND: &[Millis] = &[Millis::from_secs(1), Millis::from_secs(3)];
const AFTER_CONFIRMING: &[Millis] = &[Millis::from_secs(3)];
/// The pauses before a slot is checked after the deadline of its call.
const AFTER_DEADLINE: &[Millis] = &[Millis::new(400), Millis::from_secs(2)];
/// The first and the longest pause after a failure, in milliseconds.
const FIRST_PAUSE: u16 = 1_000;
const LONGEST_PAUSE: u16 = 60_000;
/// For lack of budget a round may take this many times its length. Beyond that the slots lapse.
const MAX_STRETCH: u64 = 2;
/// The longest pause that a switch can impose. Its budget is hourly.
const LONGEST_QUIET: Millis = Millis::from_secs(3600);
/// How long another tab counts as asking after its last sign of life. It gives one every two
/// seconds.
const LEADER_TIMEOUT: Millis = Millis::from_secs(8);
/// How many unusable answers in a row do not make the slots lapse. Two in a row are usual if the
/// switch has no list of free slots.
const MAX_UNUSABLE_ANSWERS: u32 = 2;
/// The largest number of scheduled checks.
const MAX_CHECKS: usize = 32;

/// The reason why a single slot is checked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum CheckReason {
    /// A command of ours acted in the slot.
    AfterCommand,
    /// The call in the slot must have gone back.
    AfterDeadline,
}

/// How fast the budget lets rounds follow each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Pace {
    Usual,
    /// Slower than usual.
    Slow,
    /// Too slow to keep slots confirmed.
    TooSlow,
}

/// The schedule of background questions.
#[derive(Clone, Debug)]
pub(in crate::mirror) struct Rounds {
    /// True if the lot is watched: a page shows it.
    is_watching: bool,
    feed: Feed,
    /// Until when another tab counts as asking for this one.
    other_tab_leads_until: Option<Time>,
    /// Since when changes go unnoticed. `None` if they are noticed. See `lapse`.
    pub(in crate::mirror) unaware_since: Option<Time>,
    /// When the next round starts.
    round_at: Time,
    /// The number of rounds since the last restart.
    count: u32,
    /// The scheduled checks of single slots.
    checks: Vec<(Time, Slot, CheckReason)>,
    /// No background question is asked before this time.
    quiet_until: Time,
    failures: u32,
    /// The number of unusable answers in a row.
    unusable_answers: u32,
    pace: Pace,
    choice: Choice,
}

impl Rounds {
    pub(in crate::mirror) fn new(seed: u64) -> Self {
        Self {
            is_watching: false,
            feed: Feed::Down,
            other_tab_leads_until: None,
            unaware_since: Some(Time::default()),
            round_at: Time::default(),
            count: 0,
            checks: Vec::new(),
            quiet_until: Time::default(),
            failures: 0,
            unusable_answers: 0,
            pace: Pace::Usual,
            choice: Choice::new(seed),
        }
    }

    /// Returns true if a feed reports every call that enters or leaves a slot.
    pub(in crate::mirror) fn feed_is_exact(&self) -> bool {
        self.feed == Feed::Exact
    }

    /// Sets whether another tab asks for this one, or the relay whose feed is up.
    pub(in crate::mirror) fn set_other_tab_leads(&mut self, now: Time, leads: bool) {
        let until =
            if self.feed == Feed::Down { now + LEADER_TIMEOUT } else { Time::from_ms(u64::MAX) };
        self.other_tab_leads_until = leads.then_some(until);
    }

    /// Returns true if a relay asks for this mirror, and its feed is up.
    pub(in crate::mirror) fn is_relayed(&self) -> bool {
        self.feed != Feed::Down && self.other_tab_leads_until.is_some()
    }

    /// Returns until when another tab counts as asking for this one.
    pub(in crate::mirror) fn other_tab_leads_until(&self) -> Option<Time> {
        self.other_tab_leads_until
    }

    /// Notes that a question got no answer. Changes since `sent_at` went unnoticed.
    pub(in crate::mirror) fn note_unanswered(&mut self, sent_at: Time) {
        self.unaware_since = Some(self.unaware_since.map_or(sent_at, |since| since.min(sent_at)));
    }

    /// Starts again with a complete sweep.
    pub(in crate::mirror) fn restart(&mut self, now: Time) {
        self.count = 0;
        self.round_at = now;
    }

    /// Returns true if rounds are frequent enough to keep slots confirmed.
    pub(in crate::mirror) fn is_steady(&self) -> bool {
        self.failures == 0
            && self.unusable_answers <= MAX_UNUSABLE_ANSWERS
            && self.pace != Pace::TooSlow
    }

    /// Returns the longest time that a round may take without making slots lapse.
    pub(in crate::mirror) fn slowest_round(&self) -> Millis {
        let stretched = if self.pace == Pace::Slow { MAX_STRETCH } else { 1 };
        Millis::new(self.length().as_ms() * stretched)
    }

    /// Returns the usual length of a round.
    fn length(&self) -> Millis {
        if self.feed_is_exact() { ROUND_LENGTH_WITH_FEED } else { ROUND_LENGTH }
    }

    /// Learns from an answer: the pause that the switch wants, and how fast rounds may follow each
    /// other.
    pub(in crate::mirror) fn note_answer(&mut self, now: Time, answer: &Answer, budget: Budget) {
        let is_usable = match answer {
            Answer::Refused(refusal) => refusal.code != RefusalCode::BadRequest,
            // Some switches say with a 404 without an explanation that a slot is vacant.
            Answer::Unclear { status, .. } => *status == 404,
            _ => true,
        };
        self.unusable_answers = if is_usable { 0 } else { self.unusable_answers.saturating_add(1) };
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
                ) => self.note_failure(now),
                _ => self.failures = 0,
            },
            Answer::Unclear { status: 500.., .. } => self.note_failure(now),
            _ => self.failures = 0,
        }
        // Half of the remaining requests are kept for commands.
        let round = budget.remaining.zip(budget.resets_in).map(|(remaining, resets_in)| {
            let resets_in = resets_in.min(LONGEST_QUIET).as_ms();
            Millis::new(resets_in / u64::from(remaining / 2).max(1))
        });
        let usual = self.length();
        self.pace = match round {
            _ if is_limited => Pace::TooSlow,
            Some(round) if round.as_ms() > usual.as_ms() * MAX_STRETCH => Pace::TooSlow,
            Some(round) if round > usual => Pace::Slow,
            _ => Pace::Usual,
        };
        if let Some(round) = round.filter(|round| *round > usual) {
            self.round_at = self.round_at.max(now + round);
        }
    }

    /// Pauses after a failure. Each further failure in a row doubles the pause, up to a limit. The
    /// pause is random, so that many panels do not ask at the same moment.
    pub(in crate::mirror) fn note_failure(&mut self, now: Time) {
        let longest = FIRST_PAUSE.saturating_mul(1 << self.failures.min(6)).min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        let pause = longest / 2 + self.choice.below(longest / 2);
        self.quiet_until = self.quiet_until.max(now + Millis::new(pause.into()));
        // The next round may be far away, but the mirror has to find out whether the switch is
        // back.
        self.round_at = self.round_at.min(self.quiet_until);
    }

    /// Returns true if an earlier failure of the same series was reported already.
    pub(in crate::mirror) fn is_failing(&self) -> bool {
        self.failures > 1
    }

    /// Returns when the next background question is due, and the reason to wake then.
    fn due_at(&self) -> (Time, Wake) {
        let check = self.checks.iter().map(|(at, ..)| (*at, Wake::Check)).min();
        let round = (self.round_at, Wake::Round);
        let due = check.map_or(round, |check| check.min(round));
        due.max((self.quiet_until, Wake::Quiet))
    }
}

impl Poller {
    /// Sets whether the lot is watched. Passing `true` again restarts the rounds, for example when
    /// a tab becomes visible.
    pub(in crate::mirror) fn set_watching(&mut self, now: Time, is_watching: bool) {
        let rounds = &mut self.rounds;
        if is_watching {
            rounds.restart(now);
            rounds.quiet_until = rounds.quiet_until.min(self.sync.limited_until(now));
        }
        rounds.is_watching = is_watching;
    }

    /// Sets what a feed reports from now on.
    pub(in crate::mirror) fn set_feed(&mut self, now: Time, feed: Feed, knows_every_slot: bool) {
        let rounds = &mut self.rounds;
        rounds.feed = feed;
        if feed == Feed::Down {
            rounds.other_tab_leads_until = None;
        }
        let is_complete = rounds.feed_is_exact() && knows_every_slot;
        rounds.round_at = if is_complete { now + ROUND_LENGTH_WITH_FEED } else { now };
    }

    /// Schedules checks of a slot after a command. `is_confirmed`: a check has shown the result
    /// already.
    pub(in crate::mirror) fn check_after_command(
        &mut self,
        now: Time,
        slot: Slot,
        is_confirmed: bool,
    ) {
        let after = if is_confirmed { AFTER_CONFIRMING } else { AFTER_COMMAND };
        self.schedule_checks(now, slot, after, CheckReason::AfterCommand);
    }

    /// Schedules checks of a slot whose call must have gone back.
    pub(in crate::mirror) fn check_after_deadline(&mut self, now: Time, slot: Slot) {
        self.schedule_checks(now, slot, AFTER_DEADLINE, CheckReason::AfterDeadline);
    }

    fn schedule_checks(&mut self, now: Time, slot: Slot, after: &[Millis], reason: CheckReason) {
        let is_wanted = self.rounds.is_watching && !self.rounds.is_relayed();
        if is_wanted && self.rounds.checks.len() < MAX_CHECKS {
            for pause in after {
                self.rounds.checks.push((now + *pause, slot, reason));
            }
        }
    }

    /// Asks the background questions that are due, one at a time.
    pub(in crate::mirror) fn poll(&mut self, at: Moment, belief: &Belief, asker: Option<&Asker>) {
        let is_due =
            |poller: &Self| poller.next_ask(asker.is_some()).is_some_and(|(due, _)| due <= at.now);
        while is_due(self) && !self.outbox.is_busy() {
            match take_first(&mut self.rounds.checks, |(due, ..)| *due <= at.now) {
                Some((_, slot, reason)) if self.is_check_needed(at, belief, slot, reason) => {
                    self.check(slot, asker);
                }
                Some(_) => {}
                None => self.begin_round(at, belief, asker),
            }
        }
    }

    /// Returns true if a scheduled check is still needed.
    fn is_check_needed(
        &self,
        at: Moment,
        belief: &Belief,
        slot: Slot,
        reason: CheckReason,
    ) -> bool {
        match reason {
            CheckReason::AfterCommand => !self.rounds.feed_is_exact(),
            CheckReason::AfterDeadline => belief.is_overdue(slot, at.now),
        }
    }

    fn begin_round(&mut self, at: Moment, belief: &Belief, asker: Option<&Asker>) {
        let rounds = &mut self.rounds;
        if at.now.since(rounds.round_at) > RESTART_AFTER {
            rounds.count = 0;
        }
        let count = rounds.count;
        rounds.count = count.wrapping_add(1);
        rounds.round_at = at.now + rounds.length();
        let lists = self.has_free_list;
        let is_about_one =
            count > 0 && (!lists || count % SINGLE_CHECK_EVERY == SINGLE_CHECK_EVERY - 1);
        match belief.next_for_rounds().filter(|_| is_about_one) {
            Some(slot) => self.check(slot, asker),
            None => self.sweep_in_background(at, belief, asker, count == 0),
        }
    }

    /// Returns when the next background question is due, and the reason to wake then. `None` while
    /// the lot is not watched, while a relay asks, or if there is no asker.
    pub(in crate::mirror) fn next_ask(&self, has_asker: bool) -> Option<(Time, Wake)> {
        let is_wanted = self.rounds.is_watching && has_asker && !self.rounds.is_relayed();
        is_wanted.then(|| self.rounds.due_at())
    }

    /// Returns the state of the connection if nothing is wrong.
    pub(in crate::mirror) fn state(&self, has_asker: bool) -> SyncState {
        if self.rounds.feed_is_exact() {
            SyncState::Live
        } else if self.rounds.is_relayed() {
            SyncState::Asking
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

record!(enum CheckReason { 0 => AfterCommand, 1 => AfterDeadline });
record!(enum Pace { 0 => Usual, 1 => Slow, 2 => TooSlow });
record!(struct Rounds {
    is_watching, feed, other_tab_leads_until, unaware_since, round_at, count, checks, quiet_until,
    failures, unusable_answers, pace, choice
});
