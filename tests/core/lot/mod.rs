//! What a lot does, as scenarios.

mod ends;
mod rules;
mod size;
mod together;
