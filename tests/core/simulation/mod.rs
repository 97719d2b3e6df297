//! Simulates several panels, one lot, a bad network, and users who act at random.
//!
//! No panel may show a false fact, whatever the network does. The simulation runs in one thread,
//! and its seed decides everything. It checks the laws after every step. At the end the faults stop
//! and every panel asks about every slot once. Then each panel must show what the lot holds.
//!
//! `SIM_SEED=7 cargo test simulation` runs one seed. `SIM_SEEDS=10000 SIM_STEPS=2000` runs many
//! seeds with many steps, and `SIM_FIRST=2000` leaves out the seeds below 2,000. `--nocapture`
//! prints how far the run is.

mod call;
pub(crate) mod chance;
mod engine;
mod history;
mod network;
mod panel;
mod recording;
mod world;

use world::World;

/// The number of seeds in a test run.
const SEEDS: u64 = 60;
/// The number of steps for each seed.
const STEPS: u64 = 600;
/// The number of seeds between two lines that say how far the run is.
const SEEDS_PER_LINE: u64 = 100;

#[test]
fn no_network_faults_make_a_panel_show_false_facts() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let steps = number("SIM_STEPS").unwrap_or(STEPS);
    let seeds = match number("SIM_SEED") {
        Some(seed) => seed..seed + 1,
        None => number("SIM_FIRST").unwrap_or(0)..number("SIM_SEEDS").unwrap_or(SEEDS),
    };
    // The laws about returned calls hold for nothing if no panel ever shows one.
    let mut returned = [0; 3];
    let is_long = seeds.end - seeds.start >= SEEDS;
    for seed in seeds {
        let found = std::panic::catch_unwind(|| World::new(seed).run(steps));
        let Ok((keeps, count)) = found else {
            panic!("rerun with SIM_SEED={seed} SIM_STEPS={steps} cargo test simulation");
        };
        returned[keeps as usize] += count;
        if (seed + 1).is_multiple_of(SEEDS_PER_LINE) {
            println!("the seeds up to {seed} passed");
        }
    }
    println!("returned calls with the same name, thread and number: {returned:?}");
    let has_each = returned.iter().all(|count| *count > 0);
    assert!(!is_long || has_each, "the panels show no return of one kind: {returned:?}");
}
