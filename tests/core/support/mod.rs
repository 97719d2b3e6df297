//! What the tests share: a few words for short, and two notations for scenarios.

mod answer;
mod lot_table;
mod mirror_table;
mod mirror_words;
mod rows;

use valet_park::{CallApiId, CallUuid, Slot};

pub(crate) use answer::hear;
pub(crate) use lot_table::{play, question};
pub(crate) use mirror_table::{confirming, usual, watch};
pub(crate) use rows::moment;
use rows::{Row, rows};

/// The extension on whose behalf everything is asked where no other is named.
pub(crate) const DESK: &str = "34414";

/// A call by any name: scenarios call them ann and bob, the switch by number and UUID.
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
