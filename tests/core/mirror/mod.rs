//! Scenarios of a mirror: what it shows, asks and reports.

mod abort;
mod alone;
mod askers;
mod belief;
mod calls;
mod choose;
mod commands;
mod confirm;
mod decide;
mod evidence;
mod extensions;
mod found;
mod known;
mod lapse;
mod laws;
mod legs;
mod lost;
mod pace;
mod patience;
mod queue;
mod returns;
mod second_hand;
mod sense;
mod size;
mod sweep;
mod watching;
