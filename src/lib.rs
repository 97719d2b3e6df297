//! Valet parking of telephone calls, without the telephone.
//!
//! A hosted switch lets a call wait in one of a few numbered slots until somebody is connected
//! with it, and says very little about it: no list, no time, no event. This crate holds what can
//! be decided about that with a clear head.
//!
//! **The one rule: it decides, it never acts.** No module outside [`wasm`](self#modules) reads a
//! clock, draws a random number, opens a connection or holds a global. The time is the first
//! argument, a random choice comes from a seed, and what has to be done leaves as a return value.
//!
//! # Modules
//!
//! | module | what it knows |
//! | --- | --- |
//! | [`slot`], [`call`], [`extension`] | the words, and the one shape of all errors |
//! | [`time`], [`budget`], [`error`] | moments, what is left to ask with, what went wrong |
//! | [`question`], [`answer`], [`event`] | what is asked, what was said, what befell a call |
//! | [`feed`] | what is told of all that without having been asked |
//! | [`wire`] | how all of that is spelled over HTTP, in both directions |
//! | [`lot`] | the truth: what a switch does |
//! | [`mirror`] | the belief: what a panel may show, and what it must ask to know more |
//! | `wasm` | JavaScript's side of it all, on `wasm32` only |
//!
//! `wire`, `lot` and `mirror` do not know each other. The lot answers a [`Question`], the mirror
//! asks one, the wire carries it; any two of them can be put together in a test.
//!
//! ```
//! use valet_park::{Action, Answer, Lot, LotOptions, Question, Slot, Time};
//!
//! let mut lot = Lot::new(LotOptions::default());
//! let park = Question {
//!     extension: "34414".parse()?,
//!     call: "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0".parse()?,
//!     action: Action::Park,
//!     slot: Some(Slot::try_from(6)?),
//! };
//! assert!(matches!(lot.ask(Time::from_ms(0), &park), Answer::Parked { .. }));
//! assert_eq!(lot.next_deadline(), Some(Time::from_ms(180_000)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod answer;
pub mod budget;
pub mod call;
mod choice;
pub mod error;
pub mod event;
pub mod extension;
pub mod feed;
pub mod lot;
pub mod mirror;
pub mod question;
pub mod slot;
pub mod time;
pub mod wire;

#[cfg(target_arch = "wasm32")]
mod wasm;

pub use answer::{Answer, Refusal, RefusalCode};
pub use budget::Budget;
pub use call::{CallApiId, CallUuid};
pub use error::{Code, Error};
pub use event::{CallEvent, Party};
pub use extension::ExtensionId;
pub use lot::{Lot, LotOptions};
pub use mirror::{Mirror, MirrorOptions};
pub use question::{Action, Question};
pub use slot::Slot;
pub use time::{Millis, Time};
