//! Measures what a recorder adds to the time of a call event.
//!
//! `cargo bench --bench recorder` prints the time of a call event without and with a recorder: the
//! form is read, the mirror handles the event, and the changed views are read. It fails when the
//! ratio is above [`LIMIT`]. The two take turns within one run, and the bench compares medians. In
//! the client an event also crosses to JavaScript and back, so there the share is smaller.

#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a bench may panic")]

use std::hint::black_box;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use valet_park::mirror::{Input, Recorder};
use valet_park::wire::read_event;
use valet_park::{Mirror, MirrorOptions, Time};

/// The highest ratio that passes.
const LIMIT: f64 = 1.25;
/// The number of turns of each.
const TURNS: usize = 61;
/// The number of events in a turn. A recorder writes the state of the mirror once for 500 inputs.
const EVENTS: u32 = 1_500;
/// The number of live calls.
const CALLS: u32 = 8;

/// A mirror with live calls that ring, are answered and end in turn.
struct Desk {
    mirror: Mirror,
    recorder: Option<Recorder>,
    count: u32,
}

impl Desk {
    fn new(recorder: Option<Recorder>) -> Self {
        let mirror = Mirror::new(MirrorOptions::new("34414".parse().unwrap()));
        Self { mirror, recorder, count: 0 }
    }

    /// Returns the text of the next event.
    fn next_event(&mut self) -> String {
        self.count += 1;
        let (call, kind) = (self.count % CALLS, self.count / CALLS % 3);
        let (kind, round) =
            (["dial-in", "answer", "hangup"][kind as usize], self.count / CALLS / 3);
        format!(
            "EventType={kind}&EventTime={time}&CallAPIID=3232240860-{call:08x}-a66c-11ea-ae69-\
             {round:012x}&CallID={call}-{round}&SubCallID=34414-{call}-{round}&CallFlow=in&\
             CallerIDNum=%2B7916111{call:04}&CallerIDName=Anna+Petrova&CalledExtensionID=34414&\
             CalledNumber=100&CallStatus=ok",
            time = 1_500_000_000_000_000 + u64::from(self.count) * 1_000_000,
        )
    }

    /// Takes a turn. Returns the time of one event, in nanoseconds.
    fn turn(&mut self) -> f64 {
        let events: Vec<String> = (0..EVENTS).map(|_| self.next_event()).collect();
        let first = self.count - EVENTS;
        let start = Instant::now();
        for (event, number) in events.iter().zip(first..) {
            let now = Time::from_ms(u64::from(number) * 1_000);
            let input = Input::Event(Arc::new(read_event(event).unwrap()));
            if let Some(recorder) = &mut self.recorder {
                recorder.note_input(&self.mirror, now, &input);
            }
            let effects = self.mirror.handle(now, input);
            if let Some(recorder) = &mut self.recorder {
                recorder.note_effects(&effects);
            }
            for key in &effects.changes.calls {
                black_box(self.mirror.call_view(key));
            }
            black_box(self.mirror.sync_view());
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(EVENTS)
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() -> ExitCode {
    let (mut without, mut with) = (Desk::new(None), Desk::new(Some(Recorder::default())));
    let turns: Vec<(f64, f64)> = (0..TURNS).map(|_| (without.turn(), with.turn())).collect();
    let without = median(turns.iter().map(|(time, _)| *time).collect());
    let with = median(turns.iter().map(|(_, time)| *time).collect());
    let ratio = median(turns.iter().map(|(without, with)| with / without).collect());
    println!("{:28}{:>10}{:>10}{:>8}", "", "without", "with", "ratio");
    println!("{:28}{without:>7.0} ns{with:>7.0} ns{ratio:>8.2}", "a call event, recorded");
    if ratio > LIMIT {
        println!("expected no ratio above {LIMIT}");
    }
    ExitCode::from(u8::from(ratio > LIMIT))
}
