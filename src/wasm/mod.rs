//! JavaScript's side of it all: the only place that knows there is such a thing.
//!
//! What crosses, in either direction, is a [`Row`](row::Row) of plain values in an order that both
//! sides know. The names of the fields live in the client, where they weigh a fifth. The one
//! function exported here is private to the package, and calls nothing back while it works.

#![allow(clippy::needless_pass_by_value, reason = "what crosses the boundary arrives by value")]
#![allow(unreachable_pub, reason = "wasm-bindgen exports only what says `pub`")]

mod lot;
mod machine;
mod mirror;
mod row;
mod view;
mod wire;

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();
