//! [`World`]: users, panels, the lot, and the faults of the network between them.

mod calls;
mod feed;
mod list;
mod switch;

use valet_park::error::Outcome;
use valet_park::feed::{Message, Move};
use valet_park::lot::{LotEventKind, LotOptions};
use valet_park::mirror::{Choose, Command, Input, Notice, Reason, SlotState};
use valet_park::{Budget, CallApiId, Code, Error, Lot, Millis, MirrorOptions, Slot, Time};

use super::call::{Call, Keeps, Telling, extension_id};
use super::chance::Chance;
use super::engine::carry_out;
use super::history::History;
use super::network::{Network, Packet};
use super::panel::Panel;

const TIMEOUT_MS: u64 = 10_000;
/// The shortest time that calls wait in a lot, in ms.
const SHORTEST_PATIENCE_MS: u64 = 15_000;
/// The longest time from the last sweep of a world to the end, in ms.
const LAST_SWEEP_MS: u64 = 8_000;

/// The shares of lost, garbled and repeated packets in percent, and the longest trip in ms.
struct Faults {
    lost: u64,
    garbled: u64,
    repeated: u64,
    trip_ms: u64,
}

pub(super) struct World {
    chance: Chance,
    faults: Faults,
    now: Time,
    slots: u16,
    lot: Lot,
    history: History,
    network: Network,
    panels: Vec<Panel>,
    calls: Vec<Call>,
    telling: Telling,
    /// How often a user does something, in percent of the steps.
    haste: u64,
    call_count: u64,
    /// The number of messages that the feed has sent. `None` if the switch has no feed.
    order: Option<u64>,
    /// The number of notes so far.
    notes: u64,
    /// The panels ask through a relay, which numbers each answer when the answer reaches the relay.
    is_relay: bool,
    /// The switch checks first and acts a moment later. Another command can act in between.
    is_hasty: bool,
    /// The switch refuses questions asked with a call that is parked or has left.
    refuses_parked: bool,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let slots = 2 + u16::try_from(chance.below(4)).unwrap();
        let faults = Faults {
            lost: chance.below(30),
            garbled: chance.below(15),
            repeated: chance.below(30),
            trip_ms: 1 + chance.below(4_000),
        };
        let patience = match chance.below(10) {
            0 => Millis::ZERO,
            _ => Millis::new(SHORTEST_PATIENCE_MS + chance.below(45_000)),
        };
        // The options of some panels do not fit the switch.
        let halves = if chance.percent(80) { 2 } else { 1 + 2 * chance.below(2) };
        let configured = Millis::new(patience.as_ms() / 2 * halves);
        let telling = Telling {
            has_times: chance.percent(85),
            has_legs: chance.percent(50),
            keeps: match chance.below(3) {
                0 => Keeps::Name,
                1 => Keeps::Thread,
                _ => Keeps::Number,
            },
        };
        let options = LotOptions { slots, patience, seed, ..LotOptions::default() };
        let panels = (0..3).map(|number| {
            let mut extensions = vec![extension_id(100 + number)];
            if chance.percent(40) {
                extensions.push(extension_id(200 + number));
            }
            let lines = u64::try_from(extensions.len()).unwrap();
            let free_list = chance.percent(70);
            let options = MirrorOptions::new(extensions[0].clone());
            let options = MirrorOptions { slots, free_list, patience: configured, ..options };
            Panel::new(MirrorOptions { extensions, ..options }, lines)
        });
        let panels = panels.collect();
        let order = chance.percent(60).then_some(0);
        Self {
            faults,
            now: Time::from_ms(1_000_000),
            slots,
            lot: Lot::new(options),
            history: History::default(),
            network: Network::default(),
            panels,
            telling,
            haste: 5 + chance.below(96),
            calls: Vec::new(),
            call_count: 0,
            order,
            notes: 0,
            is_relay: order.is_some() && chance.percent(40),
            refuses_parked: chance.percent(50),
            is_hasty: order.is_none() && chance.percent(60),
            chance,
        }
    }

    /// Runs `steps` steps with faults. Then stops the faults and compares the panels with the lot.
    /// Returns how calls go back in this world, and the number of returned calls that the panels
    /// have shown.
    pub(super) fn run(mut self, steps: u64) -> (Keeps, usize) {
        for _ in 0..steps {
            if self.chance.percent(self.haste) {
                self.act();
            }
            self.pass_time();
        }
        self.faults = Faults { lost: 0, garbled: 0, repeated: 0, trip_ms: 20 };
        while !self.panels.iter().all(Panel::is_idle) || self.network.next_at().is_some() {
            self.pass_time();
        }
        for panel in 0..self.panels.len() {
            // From now on no relay asks for the panels.
            self.drive(panel, Input::OtherTabLeads(false));
            self.set_watching(panel, false);
            let name = self.ring(panel);
            self.answer(&name);
        }
        self.settle_down();
        // A call that goes back during the last sweep would change what the panels have to show.
        while self.lot.next_deadline().is_some_and(|at| at.since(self.now).as_ms() < LAST_SWEEP_MS)
        {
            self.pass_time();
        }
        // A panel that starts to watch asks about every slot, as a refresh does.
        self.command(0, Command::Refresh);
        self.command(1, Command::Refresh);
        self.set_watching(2, true);
        self.settle_down();
        self.compare();
        self.panels.iter().for_each(Panel::check_recording);
        (self.telling.keeps, self.panels.iter().map(|panel| panel.returned.len()).sum())
    }

    /// Waits until every packet has arrived and no observation counts as fresh.
    fn settle_down(&mut self) {
        let still = self.now + Millis::from_secs(6);
        while self.now < still {
            self.pass_time();
        }
    }

    /// LAW: after the last fault, one sweep is enough for a panel to show what the lot holds.
    fn compare(&self) {
        for panel in &self.panels {
            for view in panel.mirror.slot_views() {
                let stay = self.lot.stalls().find(|(slot, ..)| *slot == view.slot);
                let held = stay.as_ref().map(|(_, stay, _)| stay.call.uuid().clone());
                assert_eq!(view.uuid, held, "slot {}", view.slot);
                // The mirror may have estimated a deadline that has passed since the sweep.
                let shown = match view.state {
                    SlotState::Returning => SlotState::Held,
                    state => state,
                };
                let expected = if held.is_some() { SlotState::Held } else { SlotState::Free };
                assert_eq!(shown, expected, "slot {}", view.slot);
                assert_eq!(view.pending, None, "slot {}", view.slot);
                // The mirror never guesses who parked a call.
                let parked_by = stay.map(|(_, stay, _)| &stay.extension);
                let shown_by = view.parked_by.as_ref();
                let is_so = shown_by.is_none() || shown_by == parked_by;
                assert!(is_so, "slot {}: {parked_by:?} is shown as {shown_by:?}", view.slot);
            }
        }
    }

    /// Lets a random user do one random thing. Does nothing if that thing is not possible.
    fn act(&mut self) {
        let panel = usize::try_from(self.chance.below(3)).unwrap();
        let slot = Slot::from_index(usize::try_from(self.chance.below(self.slots.into())).unwrap());
        let own: Vec<CallApiId> = self.free_calls(panel);
        let call = self.chance.pick(&own).cloned();
        match (self.chance.below(22), call) {
            (0..=2, _) if own.len() < 4 => {
                let name = self.ring(panel);
                if self.chance.percent(80) {
                    self.answer(&name);
                }
            }
            (3..=6, Some(call)) => self.command(panel, Command::Park { call, slot }),
            (7, Some(call)) => self.command(panel, Command::Park { call, slot: None }),
            (8..=10, Some(call)) => {
                self.command(
                    panel,
                    Command::Bridge { call, slot, expect: None, choose: Choose::Longest },
                );
            }
            (11, Some(call)) => {
                let choose = if self.chance.percent(50) { Choose::Longest } else { Choose::Switch };
                self.command(panel, Command::Bridge { call, slot: None, expect: None, choose });
            }
            (12, _) => self.command(panel, Command::Refresh),
            (13, _) => {
                let slot = slot.unwrap();
                self.command(panel, Command::Inspect { slot, call: None });
            }
            (14, _) => self.command(panel, Command::FreeSlots { call: None }),
            (15, Some(call)) => self.hang_up(&call),
            (16, _) => {
                if let Some(id) = self.panels[panel].oldest_command() {
                    self.drive(panel, Input::Abort(id));
                }
            }
            (17, _) => {
                let waiting: Vec<CallApiId> =
                    self.lot.stalls().map(|(_, stay, _)| stay.call.clone()).collect();
                if let Some(call) = self.chance.pick(&waiting).cloned() {
                    self.lot.hangup(self.now, call.uuid());
                    self.report_lot_events();
                }
            }
            (18, _) if self.chance.percent(50) => self.note_something(),
            (18, _) => self.set_watching(panel, !self.panels[panel].is_watching),
            (19, _) if self.order.is_some() => self.toggle_feed(panel),
            (20, _) => self.ask_for_calls(panel),
            (21, Some(call)) => self.answer(&call),
            _ => {}
        }
    }

    /// Sets whether a user watches the panel.
    fn set_watching(&mut self, panel: usize, is_watching: bool) {
        self.panels[panel].is_watching = is_watching;
        self.drive(panel, Input::SetWatching(is_watching));
    }

    /// Sends a packet that needs no answer. The packet can be lost or repeated.
    fn post(&mut self, packet: &Packet) {
        let copies = 1 + u64::from(self.chance.percent(self.faults.repeated));
        for _ in 0..copies {
            if !self.chance.percent(self.faults.lost) {
                let at = self.arrival();
                self.network.send(at, packet.clone());
            }
        }
    }

    /// Records what happened in the lot, and sends messages and call events about it.
    fn report_lot_events(&mut self) {
        for event in self.lot.take_events() {
            self.history.record(&event);
            let left = match &event.kind {
                LotEventKind::Parked => None,
                LotEventKind::Bridged { .. } => Some(Reason::Bridged),
                LotEventKind::Returned => Some(Reason::Returned),
                LotEventKind::Abandoned => Some(Reason::Abandoned),
            };
            // A relay does not see what happens in the lot.
            if !self.is_relay {
                self.send_to_feeds(&Message::Move(Move {
                    left,
                    slot: event.slot,
                    call: event.call.clone(),
                    caller: None,
                    extension: event.extension.clone(),
                    by: None,
                    taken_by: None,
                    ago: Millis::ZERO,
                }));
            }
            let extension = event.extension.as_str().parse().unwrap();
            match event.kind {
                LotEventKind::Parked => self.leave_extension(&event.call, extension),
                LotEventKind::Returned => self.give_back(&event.call, extension),
                LotEventKind::Bridged { .. } | LotEventKind::Abandoned => {
                    self.calls.retain(|call| call.name != event.call);
                }
            }
        }
    }

    fn command(&mut self, panel: usize, command: Command) {
        let id = self.panels[panel].start_command(self.now, &command);
        self.drive(panel, Input::Command(id, command));
    }

    fn arrival(&mut self) -> Time {
        self.now + Millis::new(1 + self.chance.below(self.faults.trip_ms))
    }

    /// Gives an input to a panel, carries out the effects, and checks the laws.
    fn drive(&mut self, panel: usize, input: Input) {
        let effects = self.panels[panel].handle(self.now, input);
        self.panels[panel].wake_at = effects.wake_at;
        for (ticket, question) in effects.questions {
            self.panels[panel].in_flight.push(ticket);
            self.panels[panel].check_extension(&question);
            if self.chance.percent(self.faults.lost) {
                let at = self.now + Millis::new(TIMEOUT_MS);
                self.network.send(at, Packet::Failure { panel, ticket });
                continue;
            }
            let answer_is_lost = self.chance.percent(self.faults.lost);
            let at = self.arrival();
            let packet = Packet::Request { panel, ticket, question, answer_is_lost };
            self.network.send(at, packet);
        }
        for notice in effects.notices {
            if let Notice::Settled(id, end) = notice {
                self.panels[panel].settle(self.now, id, &end, &self.history, self.is_hasty);
            }
        }
        self.panels[panel].check(&self.history);
        self.panels[panel].check_departures(&self.history);
        self.panels[panel].check_order(self.now, &self.history);
        self.panels[panel].check_notes(&self.history);
        self.panels[panel].check_calls(&self.history);
    }

    /// Moves the time to the next packet, deadline or wake-up, and handles it.
    fn pass_time(&mut self) {
        let wakes = self.panels.iter().filter_map(|panel| panel.wake_at);
        let next = wakes.chain(self.network.next_at()).chain(self.lot.next_deadline()).min();
        let step = self.now + Millis::new(1 + self.chance.below(1_500));
        self.now = next.map_or(step, |next| next.min(step)).max(self.now);
        self.lot.advance(self.now);
        self.report_lot_events();
        while let Some(packet) = self.network.take_due(self.now) {
            self.deliver(packet);
        }
        for panel in 0..self.panels.len() {
            if self.panels[panel].wake_at.is_some_and(|at| at <= self.now) {
                self.drive(panel, Input::Wake);
            }
        }
    }

    fn deliver(&mut self, packet: Packet) {
        match packet {
            // A call that has ended cannot act any more.
            Packet::Act { question } if !self.is_live(&question.call) => {}
            Packet::Act { question } => {
                carry_out(&mut self.lot, self.now, &question);
                self.report_lot_events();
            }
            Packet::Event { panel, event } => self.drive(panel, Input::Event(event)),
            Packet::ListRequest { extension, asked_at } => self.list_calls(extension, asked_at),
            Packet::List { extension, asked_at, listed } => {
                self.apply_list(extension, asked_at, listed);
            }
            Packet::Request { .. } if self.is_relay => {
                let (since, request) = (self.order, Box::new(packet));
                self.pass_on(Packet::Upstream { since, request });
            }
            Packet::Request { ref question, .. } => {
                let answer = self.answer_to(question);
                self.report_lot_events();
                self.reply(packet, answer, None);
            }
            Packet::Upstream { since, request } => self.answer_relay(since, request),
            Packet::Downstream { since, answer, request } => self.reply(*request, answer, since),
            Packet::Told { panel, message, order } => {
                let (order, asked_at) = (Some(order), self.now);
                self.drive(panel, Input::Told { message, order, asked_at });
            }
            Packet::Reply { panel, ticket, answer, stamp } => {
                self.panels[panel].in_flight.retain(|known| *known != ticket);
                let budget = Budget::default();
                self.drive(panel, Input::Answered { ticket, answer, budget, stamp });
            }
            Packet::Failure { panel, ticket } => {
                self.panels[panel].in_flight.retain(|known| *known != ticket);
                let error = Error::new(Code::TimedOut, "no answer in time");
                let error = error.with_outcome(Outcome::Unknown);
                self.drive(panel, Input::Failed { ticket, error });
            }
        }
    }
}
