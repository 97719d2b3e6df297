//! Scenarios of a lot: its rules, and how calls leave.

mod ends;
mod rules;
mod size;
mod together;
