//! Recordings and their replays. The simulation replays longer histories.

use std::sync::Arc;

use valet_park::feed::Stamp;
use valet_park::mirror::{Command, CommandId, Effects, Input, Recorder, Replay, Step, Ticket};
use valet_park::record::{Token, read_tokens};
use valet_park::wire::read_event;
use valet_park::{Answer, Budget, Mirror, MirrorOptions, Time};

struct Recorded {
    mirror: Mirror,
    recorder: Recorder,
    ms: u64,
    /// The ticket of the latest question.
    asked: Option<Ticket>,
}

impl Recorded {
    fn new() -> Self {
        let mirror = Mirror::new(MirrorOptions::new("34414".parse().unwrap()));
        Self { mirror, recorder: Recorder::default(), ms: 0, asked: None }
    }

    fn take(&mut self, input: Input) {
        self.ms += 1_000;
        let now = Time::from_ms(self.ms);
        self.recorder.note_input(&self.mirror, now, &input);
        let effects = self.mirror.handle(now, input);
        self.recorder.note_effects(&effects);
        self.asked = effects.questions.last().map(|(ticket, _)| *ticket).or(self.asked);
    }

    fn tokens(&self) -> Vec<Token> {
        read_tokens(&self.recorder.bytes(Some(&self.mirror))).expect("a whole recording")
    }
}

/// Replays a recording. Returns `is_same` of each state and of each input.
fn replay(tokens: &[Token]) -> (Vec<Option<bool>>, Vec<Option<bool>>) {
    let mut replay = Replay::new(tokens);
    let (mut states, mut inputs) = (Vec::new(), Vec::new());
    while let Some(step) = replay.step() {
        match step {
            Step::State { is_same } => states.push(is_same),
            Step::Input { is_same, .. } => inputs.push(is_same),
        }
    }
    assert!(replay.is_over(), "an entry cannot be read");
    (states, inputs)
}

#[test]
fn a_recording_without_inputs_has_the_present_state() {
    assert_eq!(replay(&Recorded::new().tokens()), (vec![None], vec![]));
}

#[test]
fn at_least_the_last_500_inputs_are_kept_and_at_most_1000() {
    let mut recorded = Recorded::new();
    for count in 1..=2_600 {
        recorded.take(Input::Wake);
        if count % 130 == 0 {
            let (states, inputs) = replay(&recorded.tokens());
            assert!(inputs.len() >= count.min(500) && inputs.len() <= 1_000, "{}", inputs.len());
            assert!(inputs.iter().all(|is_same| *is_same == Some(true)));
            assert_eq!(states[0], None);
            assert!(states[1..].iter().all(|is_same| *is_same == Some(true)));
        }
    }
}

#[test]
fn a_recording_ends_with_the_input_at_which_the_mirror_failed() {
    let mut recorded = Recorded::new();
    recorded.take(Input::SetWatching(true));
    recorded.recorder.note_input(&recorded.mirror, Time::from_ms(9_000), &Input::Doubt);
    let tokens = read_tokens(&recorded.recorder.bytes(None)).unwrap();
    let (states, inputs) = replay(&tokens);
    assert_eq!((states, inputs), (vec![None], vec![Some(true), None]));
    let mut replay = Replay::new(&tokens);
    while replay.step().is_some_and(|step| matches!(step, Step::State { .. })) {}
    let (now, input) = replay.next_input().expect("the input that failed");
    assert_eq!(now, Time::from_ms(9_000));
    assert!(matches!(input, Input::Doubt));
}

#[test]
fn a_second_recording_starts_again() {
    let (mut first, mut second) = (Recorded::new(), Recorded::new());
    first.take(Input::SetWatching(true));
    second.take(Input::Doubt);
    let tokens = [first.tokens(), second.tokens()].concat();
    let (states, inputs) = replay(&tokens);
    assert_eq!(states, [None, Some(true), None, Some(true)]);
    assert_eq!(inputs, [Some(true), Some(true)]);
}

#[test]
fn other_effects_and_another_state_are_found() {
    let mut recorded = Recorded::new();
    let (at, input) = (Time::from_ms(1_000), Input::SetWatching(true));
    recorded.recorder.note_input(&recorded.mirror, at, &input);
    let _ = recorded.mirror.handle(at, input);
    recorded.recorder.note_effects(&Effects::default());
    assert_eq!(replay(&recorded.tokens()).1, [Some(false)]);

    let mut recorded = Recorded::new();
    recorded.take(Input::Wake);
    let _ = recorded.mirror.handle(Time::from_ms(5_000), Input::SetWatching(true));
    assert_eq!(replay(&recorded.tokens()).0, [None, Some(false)]);
}

/// The message of an error quotes the answer. A report replaces the answer and the message by
/// stand-ins that have nothing in common.
#[test]
fn a_stand_in_for_an_answer_makes_no_other_state() {
    let mut recorded = Recorded::new();
    let call = "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0";
    let event = format!("EventType=answer&CallAPIID={call}&CalledExtensionID=34414");
    recorded.take(Input::Event(Arc::new(read_event(&event).unwrap())));
    let park = Command::Park { call: call.parse().unwrap(), slot: None };
    recorded.take(Input::Command(CommandId(1), park));
    let (found, retry_after) = ("<html>".to_owned(), None);
    recorded.take(Input::Answered {
        ticket: recorded.asked.expect("the command is sent"),
        answer: Answer::Unclear { status: 502, found, retry_after },
        budget: Budget::default(),
        stamp: Stamp::default(),
    });
    let tokens = recorded.tokens();
    let quotes = |token: &&Token| matches!(token, Token::Text(text) if text.contains("<html>"));
    assert_eq!(tokens.iter().filter(quotes).count(), 2, "the answer, and the message of the error");
    let stand_in = |token: &Token| match token {
        Token::Text(text) if text == "<html>" => Token::Text("text 1".into()),
        Token::Text(text) if text.contains("<html>") => Token::Text("text 2".into()),
        other => other.clone(),
    };
    let (states, inputs) = replay(&tokens.iter().map(stand_in).collect::<Vec<_>>());
    assert_eq!(states, [None, Some(true)]);
    assert_eq!(inputs, [Some(true); 3]);
}

#[test]
fn what_is_no_recording_is_not_read() {
    let mut recorded = Recorded::new();
    recorded.take(Input::Wake);
    let bytes = recorded.recorder.bytes(Some(&recorded.mirror));
    for length in 1..bytes.len() {
        let Some(tokens) = read_tokens(&bytes[..length]) else { continue };
        let mut replay = Replay::new(&tokens);
        while replay.step().is_some() {}
    }
    let tokens = [Token::Number(7), Token::Text("34414".into()), Token::End];
    let mut replay = Replay::new(&tokens);
    assert!(replay.step().is_none());
    assert!(!replay.is_over());
}

#[test]
fn large_numbers_keep_every_digit() {
    let seed = 0xfedc_ba98_7654_3210;
    let options = MirrorOptions { seed, ..MirrorOptions::new("34414".parse().unwrap()) };
    let mut recorded = Recorded::new();
    recorded.mirror = Mirror::new(options);
    recorded.ms = (1 << 53) + 1;
    recorded.take(Input::Wake);
    assert_eq!(replay(&recorded.tokens()), (vec![None, Some(true)], vec![Some(true)]));
}
