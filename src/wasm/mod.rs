//! The exports for JavaScript. The only part of the crate that knows about JavaScript.
//!
//! The cargo features choose what is exported: `browser` exports the mirror and the client's half
//! of the wire, `switch` exports the lot and the switch's half. The package builds one WebAssembly
//! module of each. Without these features nothing is exported, and the program that uses the
//! crate keeps its own allocator.
//!
//! **Out**: plain JavaScript objects. A struct with `#[derive(Serialize)]` spells each one, and the
//! TypeScript type of the same name documents it. A test compares the two.
//!
//! **In**: plain values, and objects with typed getters ([`read`]). The TypeScript side copies the
//! objects of an application first, so no code of the application runs while the core works. An
//! error names the value and says what would be right.

#![allow(clippy::needless_pass_by_value, reason = "wasm-bindgen passes JavaScript values by value")]
#![allow(unreachable_pub, reason = "wasm-bindgen exports only what says `pub`")]

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
