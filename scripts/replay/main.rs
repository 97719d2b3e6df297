//! Plays a recording of a client into a new mirror and prints what each input changed.
//!
//! `npm run replay FILE` starts this program and writes the recording to its standard input. With
//! `--check` the program prints only the inputs whose effects differ from the recorded ones. With
//! `--views` it prints all views after each input as JSON, for tests.

#![allow(clippy::panic, clippy::expect_used, reason = "a tool for developers may panic")]

mod describe;
mod views;

use std::io::Read;
use std::process::ExitCode;

use valet_park::mirror::{CallView, Replay, SlotView, Step, SyncView};
use valet_park::record::read_tokens;
use valet_park::{Mirror, Time};

use self::describe::{call, input, notice, question, seconds, slot, sync};

fn main() -> ExitCode {
    let has_option = |option: &str| std::env::args().any(|argument| argument == option);
    let is_quiet = has_option("--check") || has_option("--views");
    let prints_views = has_option("--views");
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).expect("the recording on standard input");
    let Some(tokens) = read_tokens(&bytes) else {
        println!("expected a recording, found something else");
        return ExitCode::FAILURE;
    };
    let mut replay = Replay::new(&tokens);
    let mut counts = Counts::default();
    let mut shown = Views::default();
    let mut start = None;
    loop {
        // A mirror that fails does so before it returns. So the input is printed before.
        if let Some((now, next)) = replay.next_input().filter(|_| !is_quiet) {
            println!("{:>12}  {}", seconds(now, *start.get_or_insert(now)), input(&next));
        }
        let Some(step) = replay.step() else { break };
        let views = replay.mirror().map(Views::read).unwrap_or_default();
        match step {
            Step::State { is_same } => {
                counts.states += usize::from(is_same.is_some());
                if is_same == Some(false) {
                    counts.differences += 1;
                    println!("✗ the recorded state is another one");
                }
            }
            Step::Input { now, input: given, effects, is_same } => {
                if let Some(mirror) = replay.mirror().filter(|_| prints_views) {
                    println!("{}", views::json(mirror));
                }
                counts.inputs += 1;
                match is_same {
                    Some(true) => {}
                    Some(false) => {
                        counts.differences += 1;
                        let number = counts.inputs;
                        println!("✗ input {number} has other effects: {}", input(&given));
                    }
                    None => println!("✗ the recorded client failed at this input"),
                }
                if !is_quiet {
                    print(&shown, &views, start.unwrap_or_default());
                    effects.questions.iter().for_each(|(ticket, asked)| {
                        println!("              asks {}: {}", ticket.0, question(asked));
                    });
                    effects.notices.iter().for_each(|told| {
                        println!("              tells {}", notice(told));
                    });
                    if let Some(at) = effects.wake_at {
                        let wait = at.since(now).as_ms();
                        println!("              wakes in {wait} ms");
                    }
                }
            }
        }
        shown = views;
    }
    if !replay.is_over() {
        println!("expected a recording of this version, found an entry that cannot be read");
        return ExitCode::FAILURE;
    }
    if prints_views && counts.differences == 0 {
        return ExitCode::SUCCESS;
    }
    counts.print()
}

#[derive(Default)]
struct Counts {
    inputs: usize,
    /// The recorded states that were compared.
    states: usize,
    differences: usize,
}

impl Counts {
    fn print(&self) -> ExitCode {
        let Self { inputs, states, differences } = self;
        if *differences == 0 {
            println!("✓ {inputs} inputs have the recorded effects, {states} states are the same");
            return ExitCode::SUCCESS;
        }
        println!("✗ {differences} of {inputs} inputs and {states} states differ");
        ExitCode::FAILURE
    }
}

/// The views of a mirror.
#[derive(Default)]
struct Views {
    slots: Vec<SlotView>,
    calls: Vec<CallView>,
    sync: SyncView,
}

impl Views {
    fn read(mirror: &Mirror) -> Self {
        Self {
            slots: mirror.slot_views().collect(),
            calls: mirror.call_views().collect(),
            sync: mirror.sync_view(),
        }
    }
}

/// Prints the differences between two views.
fn print(before: &Views, after: &Views, start: Time) {
    let change = |what: &str, before: &str, after: &str| {
        if before != after {
            println!("              {what}: {before} → {after}");
        }
    };
    for view in &after.slots {
        let old = before.slots.get(view.slot.index());
        if old != Some(view) {
            change(&format!("slot {}", view.slot), &old.map_or("?".into(), slot), &slot(view));
        }
    }
    let find = |views: &Views, one: &CallView| -> String {
        let same = |view: &&CallView| view.extension == one.extension && view.call == one.call;
        views.calls.iter().find(same).map_or("gone".into(), call)
    };
    for view in &after.calls {
        change(&describe::name(&view.call), &find(before, view), &call(view));
    }
    for view in before.calls.iter().filter(|view| find(after, view) == "gone") {
        change(&describe::name(&view.call), &call(view), "gone");
    }
    change("sync", &sync(&before.sync, start), &sync(&after.sync, start));
}
