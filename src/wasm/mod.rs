//! The exports for JavaScript. No other part of the crate knows about JavaScript.
//!
//! Two cargo features choose the exports. `browser` exports the mirror and the half of the wire
//! that a client uses. `switch` exports the lot and the other half. The package builds one
//! WebAssembly module with each feature. Without these features the crate exports nothing and sets
//! no allocator.
//!
//! **Out**: plain JavaScript objects. A struct with `#[derive(Serialize)]` spells each one, and the
//! TypeScript type of the same name documents it. A test compares the two.
//!
//! **In**: plain values, and objects with typed getters ([`read`]). The TypeScript side copies the
//! objects of an application first, so no code of the application runs while the core works. An
//! error names the value and says what would be right.

#![allow(clippy::needless_pass_by_value, reason = "wasm-bindgen passes JavaScript values by value")]
#![allow(unreachable_pub, reason = "wasm-bindgen exports only items that are `pub`")]

#[cfg(feature = "browser")]
mod browser;
#[cfg(feature = "switch")]
mod switch;

mod answer;
mod error;
mod panic;
mod read;
mod seed;
mod write;

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();
