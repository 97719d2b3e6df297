//! Plays scenarios of a mirror.

use std::collections::BTreeSet;
use std::sync::Arc;

use valet_park::error::Outcome;
use valet_park::feed::{Message, Move, Note, Reason, Stamp};
use valet_park::mirror::{
    AskWithParked, CallKey, CallState, Choose, Command, CommandId, Effects, Feed, IN_FLIGHT, Input,
    Mirror, MirrorOptions, Notice, SlotState, SlotView, Ticket,
};
use valet_park::{Budget, CallEvent, Code, Error, Millis, Question, Slot, Time};

use super::mirror_words::{show, tell};
use super::{DESK, Row, call, moment, parse_answer, rows, uuid};

/// Options for the usual lot and extension. The mirror does not confirm its commands.
pub(crate) fn usual() -> MirrorOptions {
    let options = MirrorOptions::new(DESK.parse().unwrap());
    MirrorOptions { confirm: false, ask_with_parked: AskWithParked::No, ..options }
}

/// Options for the usual lot and extension. The mirror confirms its commands.
pub(crate) fn confirming() -> MirrorOptions {
    MirrorOptions { confirm: true, ..usual() }
}

/// Plays a scenario, compares every effect and view, and checks the laws after each line.
///
/// ```text
///   at    input                effects
///   0:00  event answer ann     -
///   0:01  1 park ann 4         #1 ann slots 4
///   0:02  #1 vacant 4          #2 ann park 4
///         slot 4               held ann unconfirmed parking mine since 0:02 until 3:02
/// ```
///
/// | input | meaning |
/// | --- | --- |
/// | `1 park …`, `1 abort` | a command with its number, and its abortion |
/// | `#1 …` | the answer to a question |
/// | `#1 … left 10 for 60s` | an answer that reports the budget |
/// | `#1 … ~7` | an answer with its place in the order of the switch |
/// | `#1 … ~7>4` | the same, to a question that the server sent after the message 4 |
/// | `#1 … ~7 aged 3s` | an answer that the server has had for three seconds |
/// | `#1 fails …` | the question was certainly not sent |
/// | `#1 lost …` | the question may have arrived |
/// | `looks`, `leaves` | a user starts or stops watching the lot |
/// | `feed up`, `feed partial`, `feed down` | the feed changes its state |
/// | `led` | another tab asks for this one; while a feed is up: its relay asks |
/// | `told ~7 parked 4 ann by 200` | a message: a call was parked |
/// | `told ~8 bridged 4 ann with bob taken 200` | a message: a call was bridged |
/// | `told ~9 bob slots 4: held 4 cat` | a message: an answer to another client |
/// | `told ~9>7 bob slots 4: held 4 cat` | the same, to a question sent after the message 7 |
/// | `told ~10 event hangup ann` | a message: a call event |
/// | `told ~11 note 4 ann says vip for eve` | a message: something is noted of a call |
///
/// A line without a time shows a `slot`, the `caller` in a slot, the `note` of a slot or of the
/// latest departure (`note left`), a `call`, all `calls`, the time
/// `since` when a call is in its state, `sync`, `patience`, `asks` or `wakes`.
#[track_caller]
pub(crate) fn watch(options: MirrorOptions, scenario: &str) {
    let mut watch = Watch {
        slots: options.slots,
        mirror: Mirror::new(options),
        wake_at: None,
        begun: BTreeSet::new(),
        ended: BTreeSet::new(),
        open: BTreeSet::new(),
    };
    for row in rows(scenario) {
        watch.step(&row);
        watch.keep_laws(&row);
    }
}

/// LAW: the changes name every slot whose view is another one than `before`.
#[track_caller]
pub(crate) fn check_changes(before: &[SlotView], mirror: &Mirror, effects: &Effects) {
    for (old, new) in before.iter().zip(mirror.slot_views()) {
        let is_told = *old == new || effects.changes.slots.contains(&new.slot);
        assert!(is_told, "the changes leave out {new:?}, which was {old:?}");
    }
}

struct Watch {
    slots: u16,
    mirror: Mirror,
    wake_at: Option<Time>,
    begun: BTreeSet<CommandId>,
    ended: BTreeSet<CommandId>,
    open: BTreeSet<Ticket>,
}

impl Watch {
    #[track_caller]
    fn step(&mut self, row: &Row<'_>) {
        match row.cells.as_slice() {
            [looks, seen] => assert_eq!(show(&self.mirror, self.wake_at, looks), *seen, "{row}"),
            [at, happens, done] => {
                let input = self.input(happens);
                let before: Vec<_> = self.mirror.slot_views().collect();
                let effects = self.mirror.handle(moment(at), input);
                check_changes(&before, &self.mirror, &effects);
                self.note(&effects, row);
                self.wake_at = effects.wake_at;
                assert_eq!(tell(&effects), *done, "{row}");
            }
            _ => panic!("{row}: expected two columns, or three with a time"),
        }
    }

    /// Records questions that were asked and commands that ended.
    #[track_caller]
    fn note(&mut self, effects: &Effects, row: &Row<'_>) {
        for (ticket, _) in &effects.questions {
            assert!(self.open.insert(*ticket), "{row}: {ticket:?} names one question");
        }
        for notice in &effects.notices {
            if let Notice::Settled(id, _) = notice {
                assert!(self.begun.contains(id), "{row}: {id:?} was never given");
                assert!(self.ended.insert(*id), "{row}: {id:?} ends once");
            }
        }
    }

    /// Checks the laws. They hold after every line of every scenario.
    #[track_caller]
    fn keep_laws(&self, row: &Row<'_>) {
        assert!(self.open.len() <= IN_FLIGHT, "{row}: {:?} are in flight", self.open);
        let views: Vec<_> = self.mirror.slot_views().collect();
        assert_eq!(views.len(), usize::from(self.slots), "{row}: every slot has a view");
        let mut named = BTreeSet::new();
        for view in views.iter().filter(|view| view.is_confirmed) {
            assert!(view.checked_at.is_some(), "{row}: {view:?} was never checked");
            let is_new = view.uuid.as_ref().is_none_or(|uuid| named.insert(uuid.clone()));
            assert!(is_new, "{row}: one call is shown in two slots: {views:#?}");
            assert!(view.state != SlotState::Unknown, "{row}: {view:?} is confirmed");
        }
        for call in self.mirror.call_views().filter(|call| call.state != CallState::Parked) {
            let waits = |view: &&SlotView| {
                view.state == SlotState::Held
                    && view.pending.is_none()
                    && view.uuid.as_ref() == Some(call.call.uuid())
            };
            assert_eq!(views.iter().find(waits), None, "{row}: {call:?} waits and does not");
            assert_eq!(call.slot, None, "{row}: {call:?} has a slot");
        }
        for view in views.iter().filter(|view| view.state == SlotState::Free) {
            assert!(view.uuid.is_none(), "{row}: {view:?}");
        }
        for view in self.mirror.call_views() {
            let key = CallKey { extension: view.extension.clone(), uuid: view.call.uuid().clone() };
            assert_eq!(self.mirror.call_view(&key), Some(view), "{row}: a key finds its call");
        }
    }

    #[track_caller]
    fn input(&mut self, happens: &str) -> Input {
        let (first, rest) = happens.split_once(' ').unwrap_or((happens, ""));
        if let Some(ticket) = first.strip_prefix('#') {
            return self.reply(Ticket(ticket.parse().unwrap()), rest);
        }
        match first {
            "event" => Input::Event(Arc::new(event(rest))),
            "wake" => Input::Wake,
            "looks" => Input::SetWatching(true),
            "leaves" => Input::SetWatching(false),
            "feed" => Input::Feed(match rest {
                "up" => Feed::Exact,
                "partial" => Feed::Partial,
                _ => Feed::Down,
            }),
            "doubt" => Input::Doubt,
            "led" => Input::OtherTabLeads(rest != "no"),
            "told" => told(rest),
            id => {
                let id = CommandId(id.parse().expect(happens));
                if rest == "abort" {
                    return Input::Abort(id);
                }
                self.begun.insert(id);
                Input::Command(id, command(rest))
            }
        }
    }

    fn reply(&mut self, ticket: Ticket, said: &str) -> Input {
        self.open.remove(&ticket);
        let failure = |word: &str, outcome| {
            let code = Code::OTHERS.iter().find(|code| code.as_str() == word).expect(word);
            let error = Error::new(*code, "the line is down").with_outcome(outcome);
            Input::Failed { ticket, error }
        };
        match said.split_once(' ') {
            Some(("fails", code)) => failure(code, Outcome::NotDone),
            Some(("lost", code)) => failure(code, Outcome::Unknown),
            _ => {
                let (said, age) = match said.split_once(" aged ") {
                    Some((said, age)) => (said, Some(seconds(age))),
                    None => (said, None),
                };
                let (said, (order, since)) = match said.split_once(" ~") {
                    Some((said, place)) => (said, place_of(place)),
                    None => (said, (None, None)),
                };
                let stamp = Stamp { order, since, age };
                let (said, budget) = match said.split_once(" left ") {
                    Some((said, left)) => (said, budget(left)),
                    None => (said, Budget::default()),
                };
                Input::Answered { ticket, answer: parse_answer(said), budget, stamp }
            }
        }
    }
}

/// Reads a budget such as `10 for 60s`: the remaining requests and the time until the reset.
#[track_caller]
fn budget(text: &str) -> Budget {
    let (remaining, secs) = text.split_once(" for ").expect(text);
    Budget {
        limit: None,
        remaining: Some(remaining.parse().unwrap()),
        resets_in: Some(seconds(secs)),
    }
}

#[track_caller]
fn seconds(text: &str) -> Millis {
    Millis::from_secs(text.strip_suffix('s').expect(text).parse().expect(text))
}

/// Reads an order, and the order after which the question was sent: `7` or `7>4`.
#[track_caller]
fn place_of(text: &str) -> (Option<u64>, Option<u64>) {
    let (order, since) = text.split_once('>').map_or((text, None), |(one, two)| (one, Some(two)));
    (Some(order.parse().expect(text)), since.map(|since| since.parse().expect(text)))
}

/// Reads a message. A message without an order comes from another tab.
#[track_caller]
fn told(text: &str) -> Input {
    let ((order, since), text) =
        match text.strip_prefix('~').map(|rest| rest.split_once(' ').unwrap()) {
            Some((place, text)) => (place_of(place), text),
            None => ((None, None), text),
        };
    let (asked_at, text) = match text.split_once(" asked ") {
        Some((text, at)) => (moment(at), text),
        None => (Time::from_ms(u64::MAX), text),
    };
    let message = if let Some(rest) = text.strip_prefix("event ") {
        Message::Call(Arc::new(event(rest)))
    } else if let Some(rest) = text.strip_prefix("note ") {
        Message::Note(Arc::new(note(rest)))
    } else if let Some((question, answer)) = text.split_once(": ") {
        let words: Vec<&str> = question.split(' ').collect();
        let question = Question {
            extension: DESK.parse().unwrap(),
            call: call(words[0]),
            action: words[1].parse().unwrap(),
            slot: words.get(2).map(|slot| slot.parse().unwrap()),
        };
        Message::Asked { question, answer: parse_answer(answer), since }
    } else {
        let words: Vec<&str> = text.split(' ').collect();
        let left = Reason::from_word(words[0]);
        assert!(left.is_some() || words[0] == "parked", "`{text}` is not a message");
        let named = |word: &str| {
            let at = words.iter().position(|found| *found == word)?;
            words.get(at + 1).copied()
        };
        let ago = named("ago").map_or(Millis::ZERO, seconds);
        Message::Move(Move {
            left,
            slot: words[1].parse().unwrap(),
            call: call(words[2]),
            caller: None,
            extension: named("by").unwrap_or(DESK).parse().unwrap(),
            by: named("with").map(call),
            taken_by: named("taken").map(|extension| extension.parse().unwrap()),
            ago,
        })
    };
    Input::Told { message, order, asked_at }
}

/// Reads what is noted of a call, such as `4 ann says vip for eve`.
#[track_caller]
fn note(text: &str) -> Note {
    let words: Vec<&str> = text.split(' ').collect();
    let named = |word: &str| {
        let at = words.iter().position(|found| *found == word)?;
        Some((*words.get(at + 1)?).to_owned())
    };
    let (slot, call) = (words[0].parse().unwrap(), call(words[1]));
    Note { call, slot, note: named("says"), for_whom: named("for"), by: None }
}

/// Reads a command such as `bridge bob 4 expecting ann` or `free with bob`.
#[track_caller]
fn command(text: &str) -> Command {
    let mut words: Vec<&str> = text.split(' ').collect();
    let mut named = |word: &str| {
        let at = words.iter().position(|found| *found == word)?;
        let name = words[at + 1];
        words.truncate(at);
        Some(name)
    };
    let (expected, with) = (named("expecting").map(uuid), named("with").map(call));
    let number = |at: usize| words.get(at).map(|number| number.parse::<Slot>().unwrap());
    match words[0] {
        "park" => Command::Park { call: call(words[1]), slot: number(2) },
        "bridge" | "bridge-any" => Command::Bridge {
            call: call(words[1]),
            slot: number(2),
            expect: expected,
            choose: if words[0] == "bridge" { Choose::Longest } else { Choose::Switch },
        },
        "inspect" => Command::Inspect { slot: number(1).unwrap(), call: with },
        "free" => Command::FreeSlots { call: with },
        "refresh" => Command::Refresh,
        _ => panic!("`{text}` is no command"),
    }
}

/// Reads a call event such as `hangup ann id=a leg=a2 t=180`.
///
/// Without other fields it is an incoming call at the usual extension. `t` is the time of the
/// switch, in seconds.
#[track_caller]
fn event(text: &str) -> CallEvent {
    let mut words = text.split(' ');
    let (kind, who) = (words.next().unwrap(), words.next().unwrap());
    let mut fields = vec![
        ("EventType", kind.to_owned()),
        ("CallAPIID", who.to_owned()),
        ("CallFlow", if kind == "dial-out" { "out" } else { "in" }.to_owned()),
    ];
    for word in words {
        match word.split_once('=').expect(word) {
            ("id", id) => fields.push(("CallID", id.to_owned())),
            ("leg", leg) => fields.push(("SubCallID", leg.to_owned())),
            ("t", seconds) => fields.push(("EventTime", format!("{seconds}000000"))),
            ("from", number) => fields.push(("CallerIDNum", number.to_owned())),
            ("to", number) => fields.push(("CalledNumber", number.to_owned())),
            ("at", extension) => fields.push(("CalledExtensionID", extension.to_owned())),
            ("flow", flow) => fields.push(("CallFlow", flow.to_owned())),
            _ => panic!("`{word}` is no field of an event"),
        }
    }
    if !fields.iter().any(|(name, _)| *name == "CalledExtensionID") {
        fields.push(("CalledExtensionID", DESK.to_owned()));
        fields.push(("CallerExtensionID", DESK.to_owned()));
    }
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
    CallEvent::from_fields(fields.collect()).unwrap()
}
