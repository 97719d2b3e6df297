//! A recording of a mirror, for bug reports: a state, and the inputs that came after the state.
//!
//! A mirror is deterministic. So a [`Replay`] of a recording shows what the recorded mirror showed,
//! at every input.

use super::{Effects, Input, Mirror};
use crate::Time;
use crate::record::{Reader, Record, Token, Writer, read_tokens};

/// The smallest number of inputs in a full part.
const SIZE: usize = 500;

/// A part has at least one input for so many bytes of its state. So a long state is written rarely,
/// and writing it costs little per input.
const BYTES_PER_INPUT: usize = 80;

/// Keeps the latest inputs of one mirror.
///
/// A recorder has two parts. Each part begins with the state of the mirror, and then lists inputs.
/// When the newer part is full, it becomes the older one and the older one is dropped.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    older: Part,
    newer: Part,
}

#[derive(Clone, Debug, Default)]
struct Part {
    state: Writer,
    /// The entries of the inputs. An entry ends with a digest of the effects. The mirror failed at
    /// an input without a digest.
    inputs: Writer,
    /// The number of inputs.
    count: usize,
}

impl Part {
    fn is_full(&self) -> bool {
        self.count >= SIZE.max(self.state.len() / BYTES_PER_INPUT)
    }
}

/// The kinds of entries: the state of a mirror with which a recording starts, the state of the same
/// mirror later, and an input.
const START: u64 = 0;
const STATE: u64 = 1;
const INPUT: u64 = 2;

impl Recorder {
    /// Notes an input that `mirror` is about to handle. If the mirror panics, the recording ends
    /// with this input.
    pub fn note_input(&mut self, mirror: &Mirror, now: Time, input: &Input) {
        if self.newer.is_full() {
            core::mem::swap(&mut self.older, &mut self.newer);
            self.newer.count = 0;
        }
        let Part { state, inputs, count } = &mut self.newer;
        if *count == 0 {
            state.clear();
            inputs.clear();
            mirror.write(state);
        }
        *count += 1;
        inputs.number(INPUT);
        now.write(inputs);
        input.write(inputs);
    }

    /// Notes the effects of the input that was noted last.
    pub fn note_effects(&mut self, effects: &Effects) {
        digest(effects).write(&mut self.newer.inputs);
        self.newer.inputs.end();
    }

    /// Returns the recording, with the state of `mirror` at its end. `None`: the mirror has failed.
    ///
    /// [`read_tokens`](crate::record::read_tokens) reads the recording.
    pub fn bytes(&self, mirror: Option<&Mirror>) -> Vec<u8> {
        let mut writer = Writer::default();
        let mut kind = START;
        for part in [&self.older, &self.newer] {
            if part.count == 0 {
                continue;
            }
            writer.number(kind);
            kind = STATE;
            writer.append(&part.state);
            writer.end();
            writer.append(&part.inputs);
        }
        if let Some(mirror) = mirror {
            writer.number(kind);
            mirror.write(&mut writer);
            writer.end();
        }
        writer.into_bytes()
    }
}

/// One step of a [`Replay`].
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
pub enum Step {
    /// The recording has a state here. `is_same`: the replay has arrived at the same state. `None`
    /// where a recording starts. It continues from this state in any case.
    State {
        /// See above.
        is_same: Option<bool>,
    },
    /// The mirror handled an input. `is_same`: what changed is what the recording says. `None`
    /// where the recorded mirror failed.
    Input {
        /// When the input came.
        now: Time,
        /// The input.
        input: Input,
        /// The effects of the input.
        effects: Effects,
        /// See above.
        is_same: Option<bool>,
    },
}

/// Plays a recording into a new mirror.
#[derive(Debug)]
pub struct Replay<'a> {
    rest: Reader<'a>,
    mirror: Option<Mirror>,
}

impl<'a> Replay<'a> {
    /// Returns a replay that is at the beginning of a recording.
    pub fn new(tokens: &'a [Token]) -> Self {
        Self { rest: Reader::new(tokens), mirror: None }
    }

    /// Returns the mirror; `None` before the first state.
    pub fn mirror(&self) -> Option<&Mirror> {
        self.mirror.as_ref()
    }

    /// Returns the input that comes next, and its time. `None` where a state comes, or nothing.
    pub fn next_input(&self) -> Option<(Time, Input)> {
        let mut rest = self.rest;
        if rest.number()? != INPUT {
            return None;
        }
        Some((Record::read(&mut rest)?, Record::read(&mut rest)?))
    }

    /// Plays one entry. Returns `None` at the end, and for an entry that cannot be read; then
    /// [`is_over`](Self::is_over) is false.
    pub fn step(&mut self) -> Option<Step> {
        let mut rest = self.rest;
        let step = match rest.number()? {
            START => self.read_state(&mut rest, false)?,
            STATE => self.read_state(&mut rest, true)?,
            INPUT => {
                let (now, input) = (Time::read(&mut rest)?, Input::read(&mut rest)?);
                let mirror = self.mirror.as_mut()?;
                let effects = mirror.handle(now, input.clone());
                let recorded = rest.number();
                let is_same = recorded.map(|recorded| recorded == digest(&effects).into());
                Step::Input { now, input, effects, is_same }
            }
            _ => return None,
        };
        let is_complete = rest.is_end() || rest.is_empty();
        self.rest = rest;
        is_complete.then_some(step)
    }

    /// Returns true at the end of the recording.
    pub fn is_over(&self) -> bool {
        self.rest.is_empty()
    }

    fn read_state(&mut self, rest: &mut Reader<'a>, is_later: bool) -> Option<Step> {
        let state = Mirror::read(rest)?;
        let before = self.mirror.as_ref().filter(|_| is_later);
        let is_same = before.map(|mirror| numbers(mirror) == numbers(&state));
        self.mirror = Some(state);
        Some(Step::State { is_same })
    }
}

/// The numbers of a state. Its texts are left out, because a message can contain a text of an
/// answer, and a recording has a stand-in for the one or for the other.
fn numbers(mirror: &Mirror) -> Option<Vec<Token>> {
    let mut writer = Writer::default();
    mirror.write(&mut writer);
    let mut tokens = read_tokens(&writer.into_bytes())?;
    tokens.retain(|token| matches!(token, Token::Number(_)));
    Some(tokens)
}

/// Returns a number that depends on the effects, but on no text: the texts of a recording are
/// replaced.
fn digest(effects: &Effects) -> u32 {
    let mut digest = Digest(0x811c_9dc5);
    digest.add(effects.wake_at.map_or(0, Time::as_ms));
    digest.add(effects.questions.len() as u64);
    digest.add(effects.notices.len() as u64);
    for slot in &effects.changes.slots {
        digest.add(slot.number().into());
    }
    digest.add(effects.changes.calls.len() as u64);
    digest.add(effects.changes.departures.into());
    digest.add(effects.changes.sync.into());
    digest.0
}

/// A sum of numbers in which their order counts (FNV-1a).
struct Digest(u32);

impl Digest {
    #[allow(clippy::cast_possible_truncation, reason = "the upper half of a time changes rarely")]
    fn add(&mut self, number: u64) {
        self.0 = (self.0 ^ number as u32).wrapping_mul(0x0100_0193);
    }
}
