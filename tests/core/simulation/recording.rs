//! A recording of a panel, and the law that a replay shows what the panel showed.

use std::collections::VecDeque;

use valet_park::mirror::{
    CallView, Departure, Effects, Input, Recorder, Replay, SlotView, Step, SyncView,
};
use valet_park::record::{Token, read_tokens};
use valet_park::{Mirror, Time};

use crate::support::check_changes;

/// The number of inputs after which the views are kept. A recording has fewer inputs.
const KEPT: usize = 1_200;

/// All views of a panel.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) slots: Vec<SlotView>,
    pub(super) calls: Vec<CallView>,
    pub(super) departures: Vec<Departure>,
    sync: SyncView,
}

impl Shown {
    fn by(mirror: &Mirror) -> Self {
        Self {
            slots: mirror.slot_views().collect(),
            calls: mirror.call_views().collect(),
            departures: mirror.departures().cloned().collect(),
            sync: mirror.sync_view(),
        }
    }
}

#[derive(Default)]
pub(super) struct Recording {
    recorder: Recorder,
    /// The views of the panel after each of the latest inputs.
    shown: VecDeque<Shown>,
}

impl Recording {
    /// Lets the mirror handle an input, and records both.
    pub(super) fn handle(&mut self, mirror: &mut Mirror, now: Time, input: Input) -> Effects {
        self.recorder.note_input(mirror, now, &input);
        let effects = mirror.handle(now, input);
        if let Some(shown) = self.shown.back() {
            check_changes(&shown.slots, mirror, &effects);
        }
        self.recorder.note_effects(&effects);
        if self.shown.len() == KEPT {
            self.shown.pop_front();
        }
        self.shown.push_back(Shown::by(mirror));
        effects
    }

    /// Returns what the panel shows since the last input.
    pub(super) fn shown(&self) -> &Shown {
        self.shown.back().expect("an input")
    }

    /// LAW: a replay shows at every input what the panel showed, and ends in the same state. With
    /// other texts in place of the recorded ones it does the same work.
    pub(super) fn check(&self, mirror: &Mirror) {
        let tokens = read_tokens(&self.recorder.bytes(Some(mirror))).expect("a whole recording");
        let stand_ins: Vec<Token> = tokens.iter().map(with_stand_in).collect();
        assert_ne!(stand_ins, tokens);
        let count = replay(&stand_ins, |_, _| {});
        let first = self.shown.len().checked_sub(count).expect("the views after every input");
        let replayed = replay(&tokens, |place, mirror| {
            assert_eq!(
                self.shown[first + place],
                Shown::by(mirror),
                "the replay shows another view"
            );
        });
        assert_eq!(replayed, count);
    }
}

/// Replays a recording and checks every step. Calls `look` after each input, with the number of the
/// inputs before it. Returns the number of all inputs.
fn replay(tokens: &[Token], look: impl Fn(usize, &Mirror)) -> usize {
    let mut replay = Replay::new(tokens);
    let (mut inputs, mut states) = (0, 0);
    while let Some(step) = replay.step() {
        match step {
            Step::State { is_same } => {
                assert_eq!(is_same, (states > 0).then_some(true), "another state");
                states += 1;
            }
            Step::Input { input, is_same, .. } => {
                assert_eq!(is_same, Some(true), "{input:?} has other effects");
                look(inputs, replay.mirror().expect("a mirror"));
                inputs += 1;
            }
        }
    }
    assert!(replay.is_over(), "the recording cannot be read");
    assert!(states >= 2, "the recording has a state at its beginning and at its end");
    inputs
}

/// Shifts every letter and digit, so that texts of different order stay different.
fn with_stand_in(token: &Token) -> Token {
    let Token::Text(text) = token else { return token.clone() };
    let shift = |c: char, first: u8, count: u8| {
        char::from(first + (u8::try_from(c).unwrap() - first + 3) % count)
    };
    Token::Text(
        text.chars()
            .map(|c| match c {
                '0'..='9' => shift(c, b'0', 10),
                'a'..='z' => shift(c, b'a', 26),
                other => other,
            })
            .collect(),
    )
}
