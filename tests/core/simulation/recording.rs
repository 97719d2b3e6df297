//! A recording of a panel, and the law that a replay shows what the panel showed.

use std::hash::{DefaultHasher, Hash, Hasher};

use valet_park::mirror::{Effects, Input, Recorder, Replay, Step};
use valet_park::record::{Token, read_tokens};
use valet_park::{Mirror, Time};

#[derive(Default)]
pub(super) struct Recording {
    recorder: Recorder,
    /// A digest of all views after each input.
    shown: Vec<u64>,
}

impl Recording {
    /// Lets the mirror handle an input, and records both.
    pub(super) fn handle(&mut self, mirror: &mut Mirror, now: Time, input: Input) -> Effects {
        self.recorder.note_input(mirror, now, &input);
        let effects = mirror.handle(now, input);
        self.recorder.note_effects(&effects);
        self.shown.push(shown(mirror));
        effects
    }

    /// LAW: a replay shows at every input what the panel showed, and ends in the same state. With
    /// other texts in place of the recorded ones it does the same work.
    pub(super) fn check(&self, mirror: &Mirror) {
        let tokens = read_tokens(&self.recorder.bytes(Some(mirror))).expect("a whole recording");
        let replayed = replay(&tokens);
        let kept = &self.shown[self.shown.len() - replayed.len()..];
        assert_eq!(replayed, kept, "the replay shows something else");
        let stand_ins: Vec<Token> = tokens.iter().map(with_stand_in).collect();
        assert_ne!(stand_ins, tokens);
        assert_eq!(replay(&stand_ins).len(), replayed.len());
    }
}

/// Replays a recording and checks every step. Returns a digest of all views after each input.
fn replay(tokens: &[Token]) -> Vec<u64> {
    let mut replay = Replay::new(tokens);
    let mut digests = Vec::new();
    let mut states = 0;
    while let Some(step) = replay.step() {
        match step {
            Step::State { is_same } => {
                assert_eq!(is_same, (states > 0).then_some(true), "another state");
                states += 1;
            }
            Step::Input { input, is_same, .. } => {
                assert_eq!(is_same, Some(true), "{input:?} has other effects");
                digests.push(shown(replay.mirror().expect("a mirror")));
            }
        }
    }
    assert!(replay.is_over(), "the recording cannot be read");
    assert!(states >= 2, "the recording has a state at its beginning and at its end");
    digests
}

fn shown(mirror: &Mirror) -> u64 {
    let slots: Vec<_> = mirror.slot_views().collect();
    let calls: Vec<_> = mirror.call_views().collect();
    let departures: Vec<_> = mirror.departures().collect();
    let mut hasher = DefaultHasher::new();
    format!("{slots:?} {calls:?} {departures:?} {:?}", mirror.sync_view()).hash(&mut hasher);
    hasher.finish()
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
