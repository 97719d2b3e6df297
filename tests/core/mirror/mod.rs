//! What a mirror believes and does, as scenarios.

mod abort;
mod belief;
mod choose;
mod commands;
mod confirm;
mod hearsay;
mod known;
mod laws;
mod legs;
mod lost;
mod returns;
mod sweep;
mod watching;
