//! The simulation of a lot in use and of one panel.

mod desk;

use std::collections::BTreeMap;

use valet_park::feed::{Message, Move, Reason, Stamp};
use valet_park::lot::{LotEventKind, LotOptions};
use valet_park::mirror::{AskWithParked, Feed, Input, SlotState, Ticket};
use valet_park::{
    Action, Answer, Budget, CallApiId, CallUuid, Lot, Millis, Mirror, MirrorOptions, Question,
    Slot, Time,
};

const HOURS: u64 = 200;
/// How long a message travels in one direction.
pub(crate) const ONE_WAY: Millis = Millis::new(100);
const SLOTS: u16 = 9;
/// The mean time between two parks at the other desk, in ms.
const BETWEEN_PARKS: u64 = 40_000;
/// The mean time that a call waits, in ms.
const WAITS: u64 = 90_000;
/// How often the naive poller asks for every slot.
const NAIVE_ROUND: Millis = Millis::from_secs(5);
/// The extension of the desk.
const DESK: &str = "34414";
/// The mean length of a call of the desk, in ms.
const TALK: u64 = 60_000;
/// The shares of time in which the desk is in a call, in percent.
pub(crate) const SHARES: [u64; 3] = [100, 40, 10];

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Setting {
    Feed,
    Watched,
    WatchedWithParked,
    WatchedWithoutList,
    Naive,
    Closed,
}

impl Setting {
    pub(crate) const ALL: [Self; 6] = [
        Self::Feed,
        Self::Watched,
        Self::WatchedWithParked,
        Self::WatchedWithoutList,
        Self::Naive,
        Self::Closed,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Feed => "with a feed",
            Self::Watched => "watched, free list",
            Self::WatchedWithParked => "the same, asked with parked",
            Self::WatchedWithoutList => "watched, slot by slot",
            Self::Naive => "naive, 9 slots every 5 s",
            Self::Closed => "closed",
        }
    }
}

/// An event of the simulation, planned for some time.
enum Event {
    Park,
    Bridge(CallApiId),
    /// A call comes to the desk.
    Talk,
    /// The desk parks its call, or the call is over.
    EndTalk,
    Ask(Ticket, Question),
    Hear(Ticket, Answer, u64),
    Feed(Message, u64),
    Wake,
    NaiveRound,
}

/// The state of a slot, true or shown.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Fact {
    Unknown,
    Free,
    Held(CallUuid),
    /// A call waits there, and the panel does not know which.
    Taken,
}

pub(crate) struct Figures {
    /// The share of confirmed time in which the confirmed fact was false.
    pub(crate) false_share: f64,
    /// The share of the time of all slots in which the slot was confirmed.
    pub(crate) coverage: f64,
    unseen: Vec<u64>,
    pub(crate) per_hour: f64,
}

pub(crate) struct World {
    setting: Setting,
    /// The share of time in which the desk is in a call, in percent.
    share: u64,
    /// The live call of the desk, if any.
    desk: Option<CallApiId>,
    commands: u32,
    now: Time,
    lot: Lot,
    mirror: Mirror,
    /// The slots as the naive poller shows them, by index.
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
    /// When each slot changed, for changes that the panel has not shown yet.
    unseen_since: Vec<Option<Time>>,
    unseen: Vec<u64>,
}

impl World {
    pub(crate) fn new(setting: Setting, share: u64) -> Self {
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

    pub(crate) fn run(mut self) -> Figures {
        self.happen(Event::Talk);
        match self.setting {
            Setting::Feed => {
                self.drive(Input::Feed(Feed::Exact));
                self.drive(Input::SetWatching(true));
            }
            Setting::Watched | Setting::WatchedWithParked | Setting::WatchedWithoutList => {
                self.drive(Input::SetWatching(true));
            }
            Setting::Naive => self.plan(Millis::ZERO, Event::NaiveRound),
            Setting::Closed => {}
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

    /// Moves time to the next planned event and lets all events happen that are due.
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

    /// Moves time forward and adds up how long slots were confirmed, and confirmed falsely.
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

    /// The state of a slot that the panel shows as a fact.
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

    /// Notes which changes the panel shows now.
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
                let stamp = Stamp { order: Some(order), ..Stamp::default() };
                self.drive(Input::Answered { ticket, answer, budget, stamp });
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

    fn ask(&mut self, extension: &str, call: &CallApiId, action: Action, slot: Option<Slot>) {
        let extension = extension.parse().unwrap();
        let question = Question { extension, call: call.clone(), action, slot };
        self.lot.ask(self.now, &question);
        self.tell_of_lot();
    }

    fn tell_of_lot(&mut self) {
        for event in self.lot.take_events() {
            // The panel never showed the change before this one. Count how long it lasted.
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

    /// Draws a length of time from the exponential distribution with this mean, in ms.
    fn about(&mut self, mean: u64) -> Millis {
        self.state = self.state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767);
        let share = ((self.state >> 33) as f64 + 1.0) / f64::from(1_u32 << 31);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "small and positive"
        )]
        Millis::new((-share.ln() * mean as f64) as u64 + 1)
    }
}

impl Figures {
    /// The time within which this share of all changes was shown, in seconds.
    pub(crate) fn rank(&self, share: f64) -> f64 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
        let place = (self.unseen.len() as f64 * share) as usize;
        self.unseen.get(place).map_or(f64::INFINITY, |ms| *ms as f64 / 1000.0)
    }

    pub(crate) fn asked_nothing(&self) -> bool {
        self.per_hour == 0.0
    }
}
