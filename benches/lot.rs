//! Whether a lot of 60,000 slots answers as fast as one of nine.
//!
//! `cargo bench` prints the time of each operation in a big lot and in a lot of nine slots. It
//! fails when a ratio is above [`LIMIT`]. Both lots carry the same traffic: four calls come and go,
//! and all other calls stay. So the ratio shows the work of the lot, and not how much of the lot
//! fits into the processor's cache. The lots take turns within one run, and the bench compares
//! medians, so that a busy machine disturbs both alike.

#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a bench may panic")]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use valet_park::{Action, Answer, CallApiId, Lot, LotOptions, Question, Slot, Time};

/// The highest ratio that passes for "no slower".
const LIMIT: f64 = 1.5;
/// The number of turns of each lot.
const TURNS: usize = 301;
/// How often one turn repeats all operations.
const TIMES: u32 = 50;
/// The number of calls that come and go.
const GUESTS: u16 = 4;

const SMALL: u16 = 9;
const BIG: u16 = 60_000;

const OPERATIONS: [&str; 5] = [
    "park, in a slot",
    "slots, of one that is held",
    "bridge, with a slot",
    "park, in the first free",
    "slots, which 4 are free",
];
/// Only lots with equally many free slots give answers of equal length.
const FREE_LIST: usize = 4;

const NOW: Time = Time::from_ms(0);

/// A lot, and the questions that each turn asks.
struct Bench {
    lot: Lot,
    questions: [Vec<Question>; OPERATIONS.len()],
}

impl Bench {
    /// A lot in which `free` slots are free, spread evenly. In the others calls wait all the time.
    fn new(slots: u16, free: u16) -> Self {
        let mut lot = Lot::new(LotOptions { slots, ..LotOptions::default() });
        let share = |index: usize| index * usize::from(free) / usize::from(slots);
        let is_free = |slot: &Slot| share(slot.index()) != share(slot.index() + 1);
        for slot in Slot::first(slots).filter(|slot| !is_free(slot)) {
            let park = question(slot.number().into(), Action::Park, Some(slot));
            assert!(matches!(lot.ask(NOW, &park), Answer::Parked { .. }), "{slot} is taken");
        }
        let seats: Vec<Slot> = Slot::first(slots).filter(is_free).collect();
        let apart = seats.len() / usize::from(GUESTS);
        let seats = seats.into_iter().step_by(apart).take(usize::from(GUESTS)).zip(0x1_0000..);
        let each = |ask: &dyn Fn(u32, Slot) -> Question| -> Vec<Question> {
            seats.clone().map(|(slot, guest)| ask(guest, slot)).collect()
        };
        let host = 0x2_0000;
        let questions = [
            each(&|guest, slot| question(guest, Action::Park, Some(slot))),
            each(&|_, slot| question(host, Action::Slots, Some(slot))),
            each(&|_, slot| question(host, Action::Bridge, Some(slot))),
            each(&|guest, _| question(guest, Action::Park, None)),
            vec![question(host, Action::Slots, None)],
        ];
        Self { lot, questions }
    }

    /// Takes a turn. Returns the time of one operation of each kind, in nanoseconds.
    fn turn(&mut self) -> [f64; OPERATIONS.len()] {
        let mut spent = [0.0; OPERATIONS.len()];
        for _ in 0..TIMES {
            for (questions, spent) in self.questions.iter().zip(&mut spent) {
                let start = Instant::now();
                for question in questions {
                    black_box(self.lot.ask(NOW, black_box(question)));
                }
                let count = u32::try_from(questions.len()).unwrap() * TIMES;
                *spent += start.elapsed().as_secs_f64() * 1e9 / f64::from(count);
                self.lot.take_events();
                if questions[0].action == Action::Park && questions[0].slot.is_none() {
                    for park in questions {
                        self.lot.hangup(NOW, park.call.uuid());
                    }
                }
            }
        }
        spent
    }
}

fn question(call: u32, action: Action, slot: Option<Slot>) -> Question {
    let call = format!("3232240860-{call:08x}-a66c-11ea-ae69-6fd86d94a0e0");
    let call: CallApiId = call.parse().unwrap();
    Question { extension: "34414".parse().unwrap(), call, action, slot }
}

fn median(turns: &[[f64; OPERATIONS.len()]], operation: usize) -> f64 {
    let mut spent: Vec<f64> = turns.iter().map(|turn| turn[operation]).collect();
    spent.sort_by(f64::total_cmp);
    spent[spent.len() / 2]
}

fn main() -> ExitCode {
    let mut is_slower = false;
    println!("{:28}{:>10}{:>10}{:>8}", "", "9 slots", "60,000", "ratio");
    for (title, free) in [("half full", BIG / 2), ("nearly full", GUESTS)] {
        let (mut small, mut big) = (Bench::new(SMALL, GUESTS), Bench::new(BIG, free));
        let (mut of_small, mut of_big) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            of_small.push(small.turn());
            of_big.push(big.turn());
        }
        println!("{title}");
        for (operation, name) in OPERATIONS.iter().enumerate() {
            if operation == FREE_LIST && free != GUESTS {
                continue;
            }
            let (small, big) = (median(&of_small, operation), median(&of_big, operation));
            let ratio = big / small;
            is_slower |= ratio > LIMIT;
            println!("  {name:26}{small:>7.0} ns{big:>7.0} ns{ratio:>8.2}");
        }
    }
    if is_slower {
        println!("expected no ratio above {LIMIT}");
    }
    ExitCode::from(u8::from(is_slower))
}
