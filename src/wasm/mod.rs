//! The exports for JavaScript. The only part of the crate that knows about JavaScript.
//!
//! The cargo features choose what is exported: `browser` exports the mirror and the client's half
//! of the wire, `switch` exports the lot and the switch's half. The package builds one WebAssembly
//! module of each. Without these features nothing is exported, and the program that uses the
//! crate keeps its own allocator.
//!
//! A [`Row`](row::Row) of plain values crosses the boundary, in an order that both sides know.

#![allow(clippy::needless_pass_by_value, reason = "what crosses the boundary arrives by value")]
#![allow(unreachable_pub, reason = "wasm-bindgen exports only what says `pub`")]

#[cfg(feature = "browser")]
mod browser;
#[cfg(feature = "switch")]
mod switch;

mod machines;
mod panic;
mod row;
mod seed;
mod words;

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();
