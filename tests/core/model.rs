//! Compares the lot with a small model in every short history.
//!
//! The lot has two slots and three calls. The test tries every possible next step, up to a fixed
//! number of steps, and compares all answers, events and slots with the model. Calls without a step
//! so far are interchangeable, so the test tries only the first of them.

use valet_park::lot::{Allocate, BridgeAny, LotEventKind};
use valet_park::{
    Action, Answer, CallApiId, ExtensionId, Lot, LotOptions, Millis, Question, Slot, Time,
};

use crate::support::{DESK, call, slot};

const SLOTS: usize = 2;
const CALLS: usize = 3;
const PATIENCE: u64 = 10;

/// An answer or an event, in the form that both sides share: kind, slot and call.
type Told = (&'static str, Option<usize>, Option<usize>);

/// One step of a history.
#[derive(Clone, Copy, Debug)]
enum Step {
    Ask(usize, Action, Option<usize>),
    Hangup(usize),
    Pass(u64),
}

fn steps() -> Vec<Step> {
    let places = || [None, Some(0), Some(1)].into_iter();
    let asks = |call| {
        let acts = [Action::Park, Action::Bridge].into_iter();
        acts.flat_map(move |act| places().map(move |place| Step::Ask(call, act, place)))
    };
    let calls = (0..CALLS).flat_map(|call| asks(call).chain([Step::Hangup(call)]));
    calls.chain([1, PATIENCE - 1, PATIENCE].map(Step::Pass)).collect()
}

/// The rules of a lot in their simplest form, without any index.
#[derive(Clone, Debug, Default)]
struct Model {
    now: u64,
    /// The call in each slot, and the time of its arrival.
    stalls: [Option<(usize, u64)>; SLOTS],
    /// The parked calls in the order of their arrival.
    line: Vec<usize>,
    events: Vec<(u64, Told)>,
}

impl Model {
    fn place_of(&self, call: usize) -> Option<usize> {
        self.stalls.iter().position(|stall| stall.is_some_and(|(who, _)| who == call))
    }

    fn leave(&mut self, place: usize, at: u64, how: &'static str) -> Option<usize> {
        let (who, _) = self.stalls[place].take()?;
        self.line.retain(|waits| *waits != who);
        self.events.push((at, (how, Some(place), Some(who))));
        Some(who)
    }

    fn pass(&mut self, ms: u64) {
        self.now += ms;
        while let Some(place) = self.line.first().and_then(|who| self.place_of(*who))
            && let Some((_, since)) = self.stalls[place]
            && since + PATIENCE <= self.now
        {
            self.leave(place, since + PATIENCE, "returned");
        }
    }

    /// `any` is the slot for a question without a slot.
    fn ask(&mut self, who: usize, act: Action, place: Option<usize>, any: Option<usize>) -> Told {
        match (act, self.place_of(who), place.or(any)) {
            (Action::Park, Some(here), _) if place.is_none_or(|place| place == here) => {
                ("parked", Some(here), Some(who))
            }
            (Action::Bridge, Some(here), _) if place == Some(here) => ("same-call", place, None),
            (_, Some(here), _) => ("already-parked", Some(here), None),
            (Action::Park, None, None) => ("lot-full", None, None),
            (Action::Park, None, Some(there)) if self.stalls[there].is_some() => {
                ("taken", place, None)
            }
            (Action::Park, None, Some(there)) => {
                self.stalls[there] = Some((who, self.now));
                self.line.push(who);
                self.events.push((self.now, ("parked", Some(there), Some(who))));
                ("parked", Some(there), Some(who))
            }
            (_, None, None) => ("nobody-waiting", None, None),
            (_, None, Some(there)) => match self.leave(there, self.now, "bridged") {
                Some(taken) => ("bridged", Some(there), Some(taken)),
                None => ("vacant", place, None),
            },
        }
    }

    /// Returns the slot for a question without a slot. For random choices the model follows the
    /// lot, if its choice in `told` is possible.
    fn any(&self, options: &LotOptions, act: Action, told: &Told) -> Option<usize> {
        let mut free = (0..SLOTS).filter(|place| self.stalls[*place].is_none());
        let mut held = (0..SLOTS).filter(|place| self.stalls[*place].is_some());
        match (act, options.allocate, options.bridge_any) {
            (Action::Park, Allocate::First, _) => free.next(),
            (Action::Park, Allocate::Random, _) => free.find(|at| told.1 == Some(*at)),
            (_, _, BridgeAny::First) => held.next(),
            (_, _, BridgeAny::Longest) => self.line.first().and_then(|who| self.place_of(*who)),
            (_, _, BridgeAny::Random) => held.find(|at| told.1 == Some(*at)),
        }
    }
}

struct Walk {
    options: LotOptions,
    extension: ExtensionId,
    calls: Vec<CallApiId>,
    steps: Vec<Step>,
    histories: u64,
}

impl Walk {
    /// Continues the history `path` with every possible sequence of `left` steps. Only the first
    /// `named` calls have had a step so far.
    fn go_on(&mut self, lot: &Lot, model: &Model, path: &mut Vec<Step>, named: usize, left: u8) {
        self.histories += 1;
        if left == 0 {
            return;
        }
        for at in 0..self.steps.len() {
            let step = self.steps[at];
            let mut now_named = named;
            if let Step::Ask(who, ..) | Step::Hangup(who) = step {
                if who > named {
                    continue;
                }
                now_named = named.max(who + 1).min(CALLS);
            }
            let (mut lot, mut model) = (lot.clone(), model.clone());
            path.push(step);
            self.take(&mut lot, &mut model, step, path);
            self.compare(&mut lot, &mut model, path);
            self.go_on(&lot, &model, path, now_named, left - 1);
            path.pop();
        }
    }

    fn take(&self, lot: &mut Lot, model: &mut Model, step: Step, path: &[Step]) {
        let now = Time::from_ms(model.now);
        match step {
            Step::Ask(who, act, place) => {
                let told = self.tell(&lot.ask(now, &self.question(who, act, place)));
                let any = model.any(&self.options, act, &told);
                assert_eq!(told, model.ask(who, act, place, any), "after {path:?}");
            }
            Step::Hangup(who) => {
                lot.hangup(now, self.calls[who].uuid());
                if let Some(place) = model.place_of(who) {
                    model.leave(place, model.now, "abandoned");
                }
            }
            Step::Pass(ms) => {
                model.pass(ms);
                lot.advance(Time::from_ms(model.now));
            }
        }
    }

    /// Compares the events, slots and deadlines of the lot and the model.
    fn compare(&self, lot: &mut Lot, model: &mut Model, path: &[Step]) {
        let events: Vec<(u64, Told)> = lot
            .take_events()
            .iter()
            .map(|event| {
                let how = match event.kind {
                    LotEventKind::Parked => "parked",
                    LotEventKind::Bridged { .. } => "bridged",
                    LotEventKind::Returned => "returned",
                    LotEventKind::Abandoned => "abandoned",
                };
                let told = (how, Some(event.slot.index()), self.index(&event.call));
                (event.at.as_ms(), told)
            })
            .collect();
        assert_eq!(events, core::mem::take(&mut model.events), "events after {path:?}");
        let now = Time::from_ms(model.now);
        let mut free = Vec::new();
        for (place, stall) in model.stalls.iter().enumerate() {
            let told = self.tell(&lot.ask(now, &self.question(0, Action::Slots, Some(place))));
            let expected = match stall {
                Some((who, _)) => ("held", Some(place), Some(*who)),
                None => ("free", Some(place), None),
            };
            assert_eq!(told, expected, "after {path:?}");
            free.extend(stall.is_none().then(|| slot_at(place)));
        }
        let told = lot.ask(now, &self.question(0, Action::Slots, None));
        assert_eq!(told, Answer::Free { slots: free }, "after {path:?}");
        let deadlines = model.stalls.iter().flatten().map(|(_, since)| since + PATIENCE);
        let next = lot.next_deadline().map(Time::as_ms);
        assert_eq!(next, deadlines.min(), "deadline after {path:?}");
        let held = lot.stalls().filter_map(|(slot, stay, _)| {
            Some((slot.index(), (self.index(&stay.call)?, stay.parked_at.as_ms())))
        });
        let expected = model.stalls.iter().enumerate();
        let expected = expected.filter_map(|(place, stall)| Some((place, (*stall)?)));
        assert!(held.eq(expected), "stalls after {path:?}");
    }

    fn question(&self, who: usize, action: Action, place: Option<usize>) -> Question {
        let (extension, call) = (self.extension.clone(), self.calls[who].clone());
        Question { extension, call, action, slot: place.map(slot_at) }
    }

    fn index(&self, call: &CallApiId) -> Option<usize> {
        self.calls.iter().position(|known| known == call)
    }

    fn tell(&self, answer: &Answer) -> Told {
        let who = |uuid| self.calls.iter().position(|call| Some(call.uuid()) == uuid);
        let place = |slot: &Option<Slot>| slot.map(Slot::index);
        match answer {
            Answer::Parked { slot, uuid } => ("parked", place(slot), who(uuid.as_ref())),
            Answer::Bridged { slot, uuid } => ("bridged", place(slot), who(uuid.as_ref())),
            Answer::Held { slot, uuid } => ("held", Some(slot.index()), who(Some(uuid))),
            Answer::Vacant { slot } => ("free", Some(slot.index()), None),
            Answer::Refused(refusal) => (refusal.code.as_str(), place(&refusal.slot), None),
            other => panic!("{other:?} is no answer of a lot"),
        }
    }
}

fn slot_at(place: usize) -> Slot {
    slot(u32::try_from(place).unwrap() + 1)
}

/// Tries every history of up to `depth` steps and returns their number.
fn walk(allocate: Allocate, bridge_any: BridgeAny, depth: u8) -> u64 {
    let options = LotOptions {
        slots: SLOTS.try_into().unwrap(),
        patience: Millis::new(PATIENCE),
        allocate,
        bridge_any,
        seed: 7,
    };
    let calls = ["ann", "bob", "cat"].map(call).to_vec();
    let extension = DESK.parse().unwrap();
    let mut walk = Walk { options, extension, calls, steps: steps(), histories: 0 };
    walk.go_on(&Lot::new(options), &Model::default(), &mut Vec::new(), 0, depth);
    println!("{allocate:?}, {bridge_any:?}: {} histories", walk.histories);
    walk.histories
}

#[test]
fn every_short_history_of_a_small_lot_agrees_with_the_model() {
    let histories = walk(Allocate::First, BridgeAny::Longest, 5);
    assert!(histories >= 1_000_000, "only {histories} histories were walked");
}

#[test]
fn every_short_history_agrees_for_all_other_options() {
    for allocate in [Allocate::First, Allocate::Random] {
        for bridge_any in [BridgeAny::First, BridgeAny::Longest, BridgeAny::Random] {
            walk(allocate, bridge_any, 4);
        }
    }
}
