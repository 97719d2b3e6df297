//! The words of the crate, under the same paths as in `src/lib.rs`, and nothing else.
//!
//! The tests in this folder compile `wire`, `lot` and `mirror` each beside these names. List a new
//! module of words here, too.

#[path = "../../../src/answer.rs"]
pub mod answer;
#[path = "../../../src/budget.rs"]
pub mod budget;
#[path = "../../../src/call.rs"]
pub mod call;
#[path = "../../../src/choice.rs"]
pub(crate) mod choice;
#[path = "../../../src/defaults.rs"]
pub mod defaults;
#[path = "../../../src/error.rs"]
pub mod error;
#[path = "../../../src/event.rs"]
pub mod event;
#[path = "../../../src/extension.rs"]
pub mod extension;
#[path = "../../../src/feed.rs"]
pub mod feed;
#[path = "../../../src/macros.rs"]
pub(crate) mod macros;
#[path = "../../../src/question.rs"]
pub mod question;
#[path = "../../../src/record/mod.rs"]
pub mod record;
#[path = "../../../src/slot.rs"]
pub mod slot;
#[path = "../../../src/slot_set.rs"]
pub(crate) mod slot_set;
#[path = "../../../src/text.rs"]
pub(crate) mod text;
#[path = "../../../src/time.rs"]
pub mod time;

pub use answer::{Answer, Refusal, RefusalCode};
pub use budget::Budget;
pub use call::{CallApiId, CallUuid};
pub use error::{Code, Error};
pub use event::{CallEvent, Party};
pub use extension::ExtensionId;
pub use question::{Action, Asked, Question};
pub use slot::Slot;
pub use time::{Millis, Time};
