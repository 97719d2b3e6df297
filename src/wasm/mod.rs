//! JavaScript's side of it all: the only place that knows there is such a thing.
//!
//! What is exported here is private to the package, and believes what it is told about types: the
//! client looks at every value before it hands it over, because wasm-bindgen would read a number
//! that stands where a text belongs as an address. Every method takes `&self`, and none calls back
//! into JavaScript while it works.

#![allow(clippy::too_many_arguments, reason = "plain values cross the boundary, not objects")]
#![allow(clippy::fn_params_excessive_bools, reason = "as above")]
#![allow(clippy::needless_pass_by_value, reason = "what crosses the boundary arrives by value")]
#![allow(unreachable_pub, reason = "wasm-bindgen exports only what says `pub`")]

mod convert;
mod error;
mod lot;
mod mirror;
mod object;
mod view;
mod wire;
