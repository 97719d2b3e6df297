//! The core, tested through its public face alone: words, wire, lot, mirror, and how they are laid.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that finds something else than it expects stops"
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
