//! Valet parking of telephone calls: requests, answers, a simulated lot, and a model for panels.
//!
//! A hosted telephone switch parks a call in one of a few numbered slots, and connects the call
//! with another one later. The switch offers one REST resource, `valet_park`, and reports little:
//! no list of parked calls, no waiting times, no events. This crate contains everything that can
//! be decided about parked calls without a network and without a telephone.
//!
//! # The core decides, the caller acts
//!
//! Outside the JavaScript boundary no module reads a clock, draws a random number, performs I/O or
//! holds a global. The current [`Time`] is an argument, a seed decides random choices, and every
//! request to send is a return value.
//!
//! # Modules
//!
//! | module | content |
//! | --- | --- |
//! | [`slot`], [`call`], [`extension`] | names of slots, calls and extensions |
//! | [`time`], [`budget`], [`error`] | moments, request limits, the error type |
//! | [`defaults`] | the lot of the specification |
//! | [`question`], [`answer`], [`event`] | requests to the lot, replies, call events |
//! | [`feed`] | messages that a server pushes |
//! | [`wire`] | reads and writes all of these as HTTP and JSON |
//! | [`lot`] | a lot: the switch's side, with its rules |
//! | [`mirror`] | a panel's side: what it knows of a lot, and what to ask next |
//! | [`record`] | the numbers and texts of a recording |
//! | `wasm` | the JavaScript boundary, with the feature `browser` or `switch`, on `wasm32` only |
//!
//! `wire`, `lot` and `mirror` never use each other. They share the other modules, the *words*: a
//! mirror asks a [`Question`], the wire carries it, a lot gives the [`Answer`].
//!
//! # Example
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
//!
//! // The call returns to its extension after three minutes.
//! assert_eq!(lot.next_deadline(), Some(Time::from_ms(180_000)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod answer;
pub mod budget;
pub mod call;
mod choice;
pub mod defaults;
pub mod error;
pub mod event;
pub mod extension;
pub mod feed;
pub mod lot;
mod macros;
pub mod mirror;
pub mod question;
pub mod record;
pub mod slot;
mod slot_set;
mod text;
pub mod time;
pub mod wire;

#[cfg(all(target_arch = "wasm32", any(feature = "browser", feature = "switch")))]
mod wasm;

pub use answer::{Answer, Refusal, RefusalCode};
pub use budget::Budget;
pub use call::{CallApiId, CallUuid};
pub use error::{Code, Error};
pub use event::{CallEvent, Party};
pub use extension::ExtensionId;
pub use lot::{Lot, LotOptions};
pub use mirror::{Mirror, MirrorOptions};
pub use question::{Action, Asked, Question};
pub use slot::Slot;
pub use time::{Millis, Time};
