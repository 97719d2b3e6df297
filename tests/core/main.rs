//! Tests of the core through its public interface: words, wire, lot, mirror and source layout.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod event;
mod layering;
mod lot;
mod mirror;
mod model;
mod simulation;
mod spelling;
mod support;
mod wire;
