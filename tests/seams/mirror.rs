//! Proves that `src/mirror` uses neither of the other two machines.
//!
//! This crate contains the words and `mirror`, and no other module. So a path from `mirror` to
//! another machine does not compile. It makes no difference whether the path starts with
//! `crate::` or `super::`, and whether it goes through a glob or a re-export.

#![allow(warnings, reason = "the library's own build checks these sources")]

mod words;

use words::*;

#[path = "../../src/mirror/mod.rs"]
pub mod mirror;

#[test]
fn it_compiles_with_the_words_alone() {}
