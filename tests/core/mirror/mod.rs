//! What a mirror believes and does, as scenarios.

mod abort;
mod belief;
mod commands;
mod known;
mod laws;
mod lost;
mod returns;
mod sweep;
