//! Short names for test values, and two notations for scenarios.

mod answer;
mod lot_table;
mod mirror_table;
mod mirror_words;
mod rows;

use valet_park::{CallApiId, CallUuid, Slot};

pub(crate) use answer::parse_answer;
pub(crate) use lot_table::{play, question};
pub(crate) use mirror_table::{check_changes, confirming, usual, watch};
pub(crate) use rows::{Row, moment, rows};

/// The extension of all questions that do not name another.
pub(crate) const DESK: &str = "34414";

/// Reads a call. Scenarios use names such as `ann`, a real switch uses numbers and UUIDs.
#[track_caller]
pub(crate) fn call(name: &str) -> CallApiId {
    name.parse().unwrap()
}

#[track_caller]
pub(crate) fn uuid(name: &str) -> CallUuid {
    name.parse().unwrap()
}

#[track_caller]
pub(crate) fn slot(number: u32) -> Slot {
    Slot::try_from(number).unwrap()
}
