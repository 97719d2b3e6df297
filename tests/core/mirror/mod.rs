//! What a mirror believes and does, as scenarios.

mod abort;
mod belief;
mod commands;
mod hearsay;
mod known;
mod laws;
mod lost;
mod returns;
mod sweep;
mod watching;
