//! What a mirror believes and does, as scenarios.

mod belief;
mod laws;
