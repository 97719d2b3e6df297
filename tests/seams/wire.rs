//! Proves that `src/wire` uses neither of the other two machines.
//!
//! This crate contains the words and `wire`, and no other module. So a path from `wire` to
//! another machine does not compile. It makes no difference whether the path starts with
//! `crate::` or `super::`, and whether it goes through a glob or a re-export.

#![allow(warnings, reason = "the library's own build checks these sources")]

mod words;

use words::*;

#[path = "../../src/wire/mod.rs"]
pub mod wire;

#[test]
fn it_compiles_with_the_words_alone() {}
