//! How true what a panel shows is, and what that costs: a table of figures.
//!
//! One lot is in use for two hundred hours, and one panel shows it: with a feed, watching with and
//! without a list of free slots, as one that asks for all nine slots every five seconds, and with
//! no panel open. A question needs a live call, so each setting is measured with a desk that is in a
//! call all the time, and 40 and 10 percent of the time. It parks half of its calls itself.
//!
//! Two figures belong together: which share of what is shown as confirmed is false, and which share
//! of the time of all slots is confirmed at all (the coverage). The bench also measures how long a
//! change goes unseen, and how many requests are sent. Time is virtual, so the figures are the same
//! on any machine; the bench fails where they are worse than promised.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a bench may stop")]
#![allow(clippy::cast_precision_loss, reason = "figures, not accounts")]

use std::collections::BTreeMap;
use std::process::ExitCode;

use valet_park::feed::{Message, Move, Reason};
use valet_park::lot::{LotEventKind, LotOptions};
use valet_park::mirror::{AskWithParked, Command, CommandId, Feed, Input, SlotState, Ticket};
use valet_park::{
    Action, Answer, Budget, CallApiId, CallEvent, CallUuid, Lot, Millis, Mirror, MirrorOptions,
    Question, Refusal, RefusalCode, Slot, Time,
};

const HOURS: u64 = 200;
/// Half of the way there and back again.
const ONE_WAY: Millis = Millis::new(100);
const SLOTS: u16 = 9;
/// A call comes to be parked every so many ms, on average, and waits for so long.
const BETWEEN_PARKS: u64 = 40_000;
const WAITS: u64 = 90_000;
/// How often the naive poller asks for every slot.
const NAIVE_ROUND: Millis = Millis::from_secs(5);
/// The extension of the desk, and how long its calls take on average.
const DESK: &str = "34414";
const TALK: u64 = 60_000;
/// The shares of time in which the desk is in a call, in percent.
const SHARES: [u64; 3] = [100, 40, 10];

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Setting {
    Feed,
    Watched,
    WatchedWithParked,
    WatchedWithoutList,
    Naive,
    NobodyLooks,
}

impl Setting {
    const ALL: [Self; 6] = [
        Self::Feed,
        Self::Watched,
        Self::WatchedWithParked,
        Self::WatchedWithoutList,
        Self::Naive,
        Self::NobodyLooks,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Feed => "with a feed",
            Self::Watched => "watched, free list",
            Self::WatchedWithParked => "the same, asked with parked",
            Self::WatchedWithoutList => "watched, slot by slot",
            Self::Naive => "naive, 9 slots every 5 s",
            Self::NobodyLooks => "nobody looks",
        }
    }
}

/// What is on its way, or about to happen.
enum Event {
    Park,
    Bridge(CallApiId),
    /// A call comes to the desk, or its call is over.
    Talk,
    EndTalk,
    Ask(Ticket, Question),
    Hear(Ticket, Answer, u64),
    Feed(Message, u64),
    Wake,
    NaiveRound,
}

/// How a slot is, or is shown to be.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Fact {
    Unknown,
    Free,
    Held(CallUuid),
    /// A call waits there; which one is not known.
    Taken,
}

struct Figures {
    /// The share of what was shown as confirmed that was false.
    false_share: f64,
    /// The share of the time of all slots that was shown as confirmed.
    coverage: f64,
    unseen: Vec<u64>,
    per_hour: f64,
}

struct World {
    setting: Setting,
    /// How much of the time the desk is in a call, in percent.
    share: u64,
    /// The call of the desk, if there is one.
    desk: Option<CallApiId>,
    commands: u32,
    now: Time,
    lot: Lot,
    mirror: Mirror,
    /// What the naive poller shows.
    naive: Vec<Fact>,
    agenda: BTreeMap<(Time, u64), Event>,
    wake_at: Option<Time>,
    sequence: u64,
    born: u64,
    order: u64,
    state: u64,
    asked: u64,
    false_ms: u64,
    confirmed_ms: u64,
    /// When each slot last changed, until that is seen.
    unseen_since: Vec<Option<Time>>,
    unseen: Vec<u64>,
}

impl World {
    fn new(setting: Setting, share: u64) -> Self {
        let options = MirrorOptions {
            slots: SLOTS,
            free_list: setting != Setting::WatchedWithoutList,
            ask_with_parked: AskWithParked::Auto,
            ..MirrorOptions::new(DESK.parse().unwrap())
        };
        Self {
            setting,
            share,
            desk: None,
            commands: 0,
            now: Time::from_ms(1_000_000),
            lot: Lot::new(LotOptions { slots: SLOTS, ..LotOptions::default() }),
            mirror: Mirror::new(options),
            naive: vec![Fact::Unknown; SLOTS.into()],
            agenda: BTreeMap::new(),
            wake_at: None,
            sequence: 0,
            born: 0,
            order: 0,
            state: 42,
            asked: 0,
            false_ms: 0,
            confirmed_ms: 0,
            unseen_since: vec![None; SLOTS.into()],
            unseen: Vec::new(),
        }
    }

    fn run(mut self) -> Figures {
        self.happen(Event::Talk);
        match self.setting {
            Setting::Feed => {
                self.drive(Input::Feed(Feed::Exact));
                self.drive(Input::Looks(true));
            }
            Setting::Watched | Setting::WatchedWithParked | Setting::WatchedWithoutList => {
                self.drive(Input::Looks(true));
            }
            Setting::Naive => self.plan(Millis::ZERO, Event::NaiveRound),
            Setting::NobodyLooks => {}
        }
        self.plan(Millis::ZERO, Event::Park);
        let end = self.now + Millis::new(HOURS * 3_600_000);
        while self.now < end {
            self.step();
        }
        let slot_ms = HOURS * 3_600_000 * u64::from(SLOTS);
        self.unseen.sort_unstable();
        Figures {
            false_share: self.false_ms as f64 / self.confirmed_ms.max(1) as f64,
            coverage: self.confirmed_ms as f64 / slot_ms as f64,
            unseen: self.unseen,
            per_hour: self.asked as f64 / HOURS as f64,
        }
    }

    /// Goes to whatever happens next, and lets it happen.
    fn step(&mut self) {
        let planned = self.agenda.first_key_value().map(|((at, _), _)| *at);
        let next = [planned, self.wake_at, self.lot.next_deadline()].into_iter().flatten().min();
        self.pass_to(next.unwrap());
        self.lot.advance(self.now);
        self.tell_of_lot();
        while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 <= self.now)
        {
            let event = entry.remove();
            self.happen(event);
        }
        if self.wake_at.is_some_and(|at| at <= self.now) {
            self.happen(Event::Wake);
        }
        self.see();
    }

    /// Lets time pass, in which nothing changes but the sum of what was shown falsely.
    fn pass_to(&mut self, at: Time) {
        let ms = at.since(self.now).as_ms();
        for slot in Slot::first(SLOTS) {
            let shown = self.shown(slot);
            self.confirmed_ms += if shown == Fact::Unknown { 0 } else { ms };
            self.false_ms += if self.is_so(&shown, slot) { 0 } else { ms };
        }
        self.now = self.now.max(at);
    }

    fn truth(&self, slot: Slot) -> Fact {
        let stays = self.lot.stalls().find(|(held, ..)| *held == slot);
        stays.map_or(Fact::Free, |(_, stay, _)| Fact::Held(stay.call.uuid().clone()))
    }

    /// What is shown of a slot as a fact.
    fn shown(&self, slot: Slot) -> Fact {
        if self.setting == Setting::Naive {
            return self.naive[slot.index()].clone();
        }
        let view = self.mirror.slot_view(slot).unwrap();
        match (view.state, view.uuid) {
            (SlotState::Free, _) if view.is_confirmed => Fact::Free,
            (SlotState::Held, Some(uuid)) if view.is_confirmed => Fact::Held(uuid.clone()),
            (SlotState::Held, None) if view.is_confirmed => Fact::Taken,
            _ => Fact::Unknown,
        }
    }

    fn is_so(&self, shown: &Fact, slot: Slot) -> bool {
        match (shown, self.truth(slot)) {
            (Fact::Unknown, _) | (Fact::Taken, Fact::Held(_)) => true,
            (shown, truth) => *shown == truth,
        }
    }

    /// Takes note of the changes that are seen now.
    fn see(&mut self) {
        for slot in Slot::first(SLOTS) {
            let Some(since) = self.unseen_since[slot.index()] else { continue };
            let shown = self.shown(slot);
            if shown != Fact::Unknown && self.is_so(&shown, slot) {
                self.unseen.push(self.now.since(since).as_ms());
                self.unseen_since[slot.index()] = None;
            }
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Park => {
                self.born += 1;
                let call: CallApiId = format!("7-{:032x}", self.born).parse().unwrap();
                self.ask("200", &call, Action::Park, None);
                let (wait, pause) = (self.about(WAITS), self.about(BETWEEN_PARKS));
                self.plan(wait, Event::Bridge(call));
                self.plan(pause, Event::Park);
            }
            Event::Bridge(call) => {
                let there = self.lot.stalls().find(|(_, stay, _)| stay.call == call);
                if let Some(slot) = there.map(|(slot, ..)| slot) {
                    self.ask("200", &"1-fetch".parse().unwrap(), Action::Bridge, Some(slot));
                }
            }
            Event::Talk => {
                self.born += 1;
                let call: CallApiId = format!("1-{:032x}", self.born).parse().unwrap();
                self.tell(&call, "answer");
                self.desk = Some(call);
                if self.share < 100 {
                    let talk = self.about(TALK);
                    self.plan(talk, Event::EndTalk);
                }
            }
            Event::EndTalk => self.end_talk(),
            Event::Ask(ticket, question) => {
                let answer = self.answer(&question);
                self.order += 1;
                self.plan(ONE_WAY, Event::Hear(ticket, answer, self.order));
            }
            Event::Hear(ticket, answer, _) if self.setting == Setting::Naive => {
                let slot = usize::try_from(ticket.0).unwrap();
                self.naive[slot] = match answer {
                    Answer::Held { uuid, .. } => Fact::Held(uuid),
                    _ => Fact::Free,
                };
            }
            Event::Hear(ticket, answer, order) => {
                let budget = Budget::default();
                self.drive(Input::Answered { ticket, answer, budget, order: Some(order) });
            }
            Event::Feed(message, order) => {
                let (order, asked_at) = (Some(order), self.now);
                self.drive(Input::Told { message, order, asked_at });
            }
            Event::Wake => self.drive(Input::Wake),
            Event::NaiveRound => {
                let desk = self.desk.clone();
                for (slot, call) in
                    Slot::first(SLOTS).filter_map(|slot| Some((slot, desk.clone()?)))
                {
                    let ticket = Ticket(u32::try_from(slot.index()).unwrap());
                    let question = Question {
                        extension: DESK.parse().unwrap(),
                        call,
                        action: Action::Slots,
                        slot: Some(slot),
                    };
                    self.asked += 1;
                    self.plan(ONE_WAY, Event::Ask(ticket, question));
                }
                self.plan(NAIVE_ROUND, Event::NaiveRound);
            }
        }
    }

    /// The desk hangs up, or parks its call.
    fn end_talk(&mut self) {
        let Some(call) = self.desk.take() else { return };
        let idle = self.about(TALK * (100 - self.share) / self.share);
        self.plan(idle, Event::Talk);
        let has_panel = !matches!(self.setting, Setting::Naive | Setting::NobodyLooks);
        if self.born % 2 == 0 && has_panel {
            self.commands += 1;
            let park = Command::Park { call: call.clone(), slot: None };
            self.drive(Input::Command(CommandId(self.commands), park));
            let wait = self.about(WAITS);
            self.plan(wait, Event::Bridge(call));
        } else {
            self.tell(&call, "hangup");
        }
    }

    /// Tells the desk of one of its calls.
    fn tell(&mut self, call: &CallApiId, word: &str) {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let event = CallEvent::from_fields(vec![
            field("EventType", word),
            field("CallAPIID", call.as_str()),
            field("EventTime", &(self.now.as_ms() * 1000).to_string()),
        ]);
        self.drive(Input::Event(Box::new(event.unwrap())));
    }

    /// What the switch says to a question of the desk. A call that is parked may only be asked with
    /// in one of the settings.
    fn answer(&mut self, question: &Question) -> Answer {
        let is_parked = self.lot.stalls().any(|(_, stay, _)| stay.call == question.call);
        let is_answered = match question.action {
            Action::Park | Action::Bridge => true,
            Action::Slots if is_parked => self.setting == Setting::WatchedWithParked,
            Action::Slots => self.desk.as_ref() == Some(&question.call),
        };
        if !is_answered {
            return Answer::Refused(Refusal::new(RefusalCode::NoSuchCall, None));
        }
        let answer = self.lot.ask(self.now, question);
        if question.action == Action::Park {
            self.tell(&question.call, "hangup");
        }
        self.tell_of_lot();
        answer
    }

    fn ask(&mut self, extension: &str, call: &CallApiId, action: Action, slot: Option<Slot>) {
        let extension = extension.parse().unwrap();
        let question = Question { extension, call: call.clone(), action, slot };
        self.lot.ask(self.now, &question);
        self.tell_of_lot();
    }

    fn tell_of_lot(&mut self) {
        for event in self.lot.take_events() {
            // A change that nobody saw before the next one counts for as long as it lasted.
            if let Some(since) = self.unseen_since[event.slot.index()].replace(event.at) {
                self.unseen.push(event.at.since(since).as_ms());
            }
            let left = match event.kind {
                LotEventKind::Parked => None,
                LotEventKind::Bridged { .. } => Some(Reason::Bridged),
                LotEventKind::Returned => Some(Reason::Returned),
                LotEventKind::Abandoned => Some(Reason::Abandoned),
            };
            if left == Some(Reason::Returned) && event.extension.as_str() == DESK {
                self.tell(&event.call, "dial-in");
                self.tell(&event.call, "hangup");
            }
            self.order += 1;
            if self.setting == Setting::Feed {
                let message = Message::Move(Move {
                    left,
                    slot: event.slot,
                    call: event.call,
                    caller: None,
                    extension: event.extension,
                    by: None,
                    taken_by: None,
                    ago: Millis::ZERO,
                });
                self.plan(ONE_WAY, Event::Feed(message, self.order));
            }
        }
    }

    fn drive(&mut self, input: Input) {
        let effects = self.mirror.handle(self.now, input);
        self.wake_at = effects.wake_at;
        for (ticket, question) in effects.questions {
            self.asked += 1;
            self.plan(ONE_WAY, Event::Ask(ticket, question));
        }
    }

    fn plan(&mut self, after: Millis, event: Event) {
        self.sequence += 1;
        self.agenda.insert((self.now + after, self.sequence), event);
    }

    /// A length of time around `mean`, as arrivals that know nothing of each other have it.
    fn about(&mut self, mean: u64) -> Millis {
        self.state = self.state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767);
        let share = ((self.state >> 33) as f64 + 1.0) / f64::from(1_u32 << 31);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length")]
        Millis::new((-share.ln() * mean as f64) as u64 + 1)
    }
}

/// One line of the table for each setting and share.
struct Line {
    setting: Setting,
    share: u64,
    figures: Figures,
}

fn main() -> ExitCode {
    let mut lines = Vec::new();
    println!("what a panel shows of a lot in use, and what that costs");
    println!(
        "{:<30}{:>8}{:>11}{:>10}{:>10}{:>10}{:>10}",
        "", "in a", "false of", "coverage", "unseen", "unseen", "requests"
    );
    println!(
        "{:<30}{:>8}{:>11}{:>10}{:>10}{:>10}{:>10}",
        "", "call", "confirmed", "", "median", "99 in 100", "per hour"
    );
    for setting in Setting::ALL {
        for share in SHARES {
            let figures = World::new(setting, share).run();
            let name = if share == 100 { setting.name() } else { "" };
            println!(
                "{name:<30}{share:>6} %{:>9.2} %{:>8.1} %{:>8.1} s{:>8.1} s{:>10.1}",
                figures.false_share * 100.0,
                figures.coverage * 100.0,
                figures.rank(0.5),
                figures.rank(0.99),
                figures.per_hour,
            );
            lines.push(Line { setting, share, figures });
        }
    }
    let of = |setting| lines.iter().filter(move |line| line.setting == setting);
    let all = |setting, holds: fn(&Figures) -> bool| of(setting).all(|line| holds(&line.figures));
    let at_100 = |setting| &of(setting).find(|line| line.share == 100).unwrap().figures;
    let (feed, watched) = (at_100(Setting::Feed), at_100(Setting::Watched));
    let by_list = |holds| all(Setting::Watched, holds) && all(Setting::WatchedWithParked, holds);
    let round_trip = ONE_WAY.as_ms() as f64 * 2.0 / 1000.0;
    let promises = [
        ("a feed shows a change within a round trip", feed.rank(0.99) <= round_trip),
        ("and costs at most 30 requests an hour", feed.per_hour <= 30.0),
        ("at every share of time in a call it shows at most 0.1 % falsely", {
            all(Setting::Feed, |figures| figures.false_share <= 0.001)
        }),
        ("watching costs at most 720 requests an hour", by_list(|one| one.per_hour <= 720.0)),
        ("also slot by slot", all(Setting::WatchedWithoutList, |one| one.per_hour <= 720.0)),
        ("and a ninth of what the naive way does", {
            watched.per_hour * 9.0 <= at_100(Setting::Naive).per_hour
        }),
        ("it shows half of all changes within 10 s", watched.rank(0.5) < 10.0),
        ("with a list at most 3 % of what is confirmed is false", {
            by_list(|figures| figures.false_share <= 0.03)
        }),
        ("slot by slot at most 11 %", {
            all(Setting::WatchedWithoutList, |figures| figures.false_share <= 0.11)
        }),
        ("while no panel is open nothing is asked", {
            all(Setting::NobodyLooks, |figures| figures.asked_nothing())
        }),
    ];
    let mut kept = true;
    for (promise, is_kept) in promises {
        println!("{} {promise}", if is_kept { "✓" } else { "✗" });
        kept &= is_kept;
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Figures {
    /// How long this share of all changes went unseen at most, in seconds.
    fn rank(&self, share: f64) -> f64 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place")]
        let place = (self.unseen.len() as f64 * share) as usize;
        self.unseen.get(place).map_or(f64::INFINITY, |ms| *ms as f64 / 1000.0)
    }

    fn asked_nothing(&self) -> bool {
        self.per_hour == 0.0
    }
}
