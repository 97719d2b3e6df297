//! JavaScript's side of it all: the only place that knows there is such a thing.
//!
//! What is exported here is private to the package. Every argument is a `JsValue` that is looked
//! at before it is believed: wasm-bindgen would read a number that stands where a text belongs as
//! an address. Every method takes `&self`, and none calls back into JavaScript while it works.

#![allow(unreachable_pub, reason = "wasm-bindgen exports only what says `pub`")]

mod convert;
mod error;
mod lot;
mod mirror;
mod object;
mod view;
mod wire;
