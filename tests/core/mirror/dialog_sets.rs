//! Random sets of dialogs and calls: a dialog never gets the call of another dialog.
//!
//! `DIALOG_SETS=100000 cargo test dialog_sets` checks many sets.

use std::fmt::Write;
use std::sync::Arc;

use valet_park::event::Direction;
use valet_park::mirror::{Dialog, Input};
use valet_park::wire::read_event;
use valet_park::{Mirror, MirrorOptions, Time};

use crate::simulation::chance::Chance;
use crate::support::DESK;

/// The number of sets in a test run.
const SETS: u64 = 1_000;

/// The spellings of a number in call events, and in SIP. `-` means that the number is missing.
type Far = (&'static [&'static str], &'static [&'static str]);

const FAR: [Far; 5] = [
    (&["%2B79161112233", "79161112233"], &["89161112233", "+79161112233", "sip:89161112233@pbx"]),
    (&["%2B74950001122"], &["84950001122;user=phone", "+74950001122"]),
    (&["2566*102"], &["102", "2566*102"]),
    (&["-", "anonymous"], &["anonymous", "-"]),
    // The switch knows the number and does not show it to the telephone.
    (&["%2B78120003344"], &["anonymous"]),
];

/// The things that can be missing in a set. A dialog without a call looks like the dialog of a call
/// without a dialog. So both are missing only in sets in which the time tells them apart.
#[derive(Clone, Copy, PartialEq)]
enum Missing {
    /// Events are lost or late. Each call has a dialog.
    Events,
    /// Calls talk on another device. Each event arrives.
    Dialogs,
    /// Both, but each call begins long after the call before.
    Both,
}

/// A call, the events that the client gets, and the dialog that the softphone has.
struct Truth {
    name: String,
    flow: &'static str,
    far: Far,
    rang: u64,
    answered: Option<u64>,
    /// When the event of the ringing arrives. `None` if it is lost.
    heard: Option<u64>,
    has_dialog: bool,
    /// The event contains the time of the switch.
    is_timed: bool,
    /// The event and the INVITE contain the same name.
    is_named: bool,
}

impl Truth {
    fn new(chance: &mut Chance, number: u64, rang: u64, world: (Missing, bool)) -> Self {
        let (missing, is_timed) = world;
        let may_lose = missing != Missing::Dialogs && chance.percent(25);
        let is_elsewhere = missing != Missing::Events && chance.percent(30);
        let delay = match missing {
            Missing::Events if is_timed => chance.below(25_000),
            Missing::Events => chance.below(700),
            Missing::Dialogs | Missing::Both => chance.below(300),
        };
        let lead = if missing == Missing::Events { 0 } else { chance.below(150) };
        let is_lost = may_lose && !(missing == Missing::Both && is_elsewhere);
        Self {
            name: format!("3232240860-37b98fb2-a66c-11ea-ae69-{number:012}"),
            flow: if chance.percent(60) { "in" } else { "out" },
            far: *chance.pick(&FAR).unwrap(),
            rang,
            answered: chance.percent(60).then(|| rang + 500 + chance.below(8_000)),
            heard: (!is_lost).then(|| (rang + delay).saturating_sub(lead)),
            has_dialog: !is_elsewhere,
            is_timed,
            is_named: chance.percent(20),
        }
    }

    fn event(&self, chance: &mut Chance, kind: &str, at: u64) -> String {
        let mut text = format!("EventType={kind}&CallAPIID={}&CallFlow={}", self.name, self.flow);
        let number = *chance.pick(self.far.0).unwrap();
        if number != "-" {
            let field = if self.flow == "in" { "CallerIDNum" } else { "CalledNumber" };
            write!(text, "&{field}={number}").unwrap();
        }
        if self.is_timed {
            write!(text, "&EventTime={}", (1_000_000 + at) * 1_000).unwrap();
        }
        if self.is_named {
            write!(text, "&SipCallID={}", self.sip_call_id()).unwrap();
        }
        text
    }

    fn sip_call_id(&self) -> String {
        format!("sip{}", self.name.replace('-', ""))
    }

    fn dialog(&self, chance: &mut Chance, now: u64) -> Dialog {
        let number = *chance.pick(self.far.1).unwrap();
        let direction = Direction::from_word(self.flow).unwrap();
        Dialog {
            direction,
            number: (number != "-").then(|| number.to_owned()),
            names: if self.is_named { vec![self.sip_call_id()] } else { Vec::new() },
            since: Some(Time::from_ms(self.rang)),
            is_ringing: self.answered.is_none_or(|at| at > now),
        }
    }
}

#[test]
fn no_dialog_gets_the_call_of_another_dialog() {
    let sets = std::env::var("DIALOG_SETS").ok().and_then(|text| text.parse().ok());
    let (mut found, mut dialogs) = (0_u64, 0_u64);
    for seed in 0..sets.unwrap_or(SETS) {
        let (right, all) = check(seed);
        found += right;
        dialogs += all;
    }
    println!("{found} of {dialogs} dialogs have a call");
    assert!(found * 2 > dialogs, "only {found} of {dialogs} dialogs have a call");
}

/// Checks one set. Returns the number of dialogs with a call, and of all dialogs.
fn check(seed: u64) -> (u64, u64) {
    let mut chance = Chance::new(seed);
    let missing = *chance.pick(&[Missing::Events, Missing::Dialogs, Missing::Both]).unwrap();
    let is_timed = chance.percent(50);
    let mut rang = 10_000;
    let truths: Vec<Truth> = (0..=chance.below(6))
        .map(|number| {
            rang += match missing {
                Missing::Both => 33_000 + chance.below(30_000),
                _ if chance.percent(60) => chance.below(1_500),
                _ => chance.below(20_000),
            };
            Truth::new(&mut chance, number, rang, (missing, is_timed))
        })
        .collect();
    // Where calls are on other devices, the latest event has arrived.
    let now = match missing {
        Missing::Events => rang - chance.below(rang.min(9_000)) + chance.below(9_000),
        Missing::Dialogs | Missing::Both => rang + 1_000 + chance.below(9_000),
    };
    let mut events: Vec<(u64, String)> = Vec::new();
    for truth in &truths {
        let Some(heard) = truth.heard else { continue };
        let kind = if truth.flow == "in" { "dial-in" } else { "dial-out" };
        events.push((heard, truth.event(&mut chance, kind, truth.rang)));
        if let Some(at) = truth.answered {
            events
                .push((heard.max(at + chance.below(200)), truth.event(&mut chance, "answer", at)));
        }
    }
    events.sort();
    let mut mirror = Mirror::new(MirrorOptions::new(DESK.parse().unwrap()));
    for (at, text) in events.iter().filter(|(at, _)| *at <= now) {
        let event = read_event(text).unwrap();
        drop(mirror.handle(Time::from_ms(*at), Input::Event(Arc::new(event))));
    }
    let own: Vec<&Truth> =
        truths.iter().filter(|truth| truth.has_dialog && truth.rang <= now).collect();
    let dialogs: Vec<Dialog> = own.iter().map(|truth| truth.dialog(&mut chance, now)).collect();
    let mut right = 0;
    for (place, (truth, dialog)) in own.iter().zip(&dialogs).enumerate() {
        let mut all = dialogs.clone();
        all.swap(0, place);
        if let Some(call) = mirror.call_of(Time::from_ms(now), &all) {
            assert_eq!(call.as_str(), truth.name, "the dialog {place} of seed {seed}: {dialog:?}");
            right += 1;
        }
    }
    (right, u64::try_from(own.len()).unwrap())
}
