//! What a mirror believes and does, as scenarios.

mod abort;
mod askers;
mod belief;
mod choose;
mod commands;
mod confirm;
mod hearsay;
mod known;
mod lapse;
mod laws;
mod legs;
mod lost;
mod patience;
mod returns;
mod size;
mod sweep;
mod watching;
