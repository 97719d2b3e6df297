//! How questions, answers, call events and feed messages are written in HTTP messages.
//!
//! This module is the only place that knows JSON, URLs and forms. It writes and reads each format,
//! so that tests can compare both directions. An HTTP message is a plain value here: an
//! [`HttpRequest`] or an [`HttpReply`]. The caller sends it.
//!
//! | format | written by | read by |
//! | --- | --- | --- |
//! | `PUT /extension/{extension_id}/valet_park/…` | [`write_request`] | [`read_request`] |
//! | the same with `/note` at the end | [`write_note_request`] | a server that keeps notes |
//! | `POST /extension/{extension_id}/valet_park/pick_up` | [`write_pick_up`] | [`read_pick_up`] |
//! | the reply to a pick-up | [`write_answer`] | [`read_pick_up_answer`] |
//! | the reply to one that failed | [`write_no_answer`], [`write_no_pick_up`] | the same |
//! | the reply to a question | [`write_answer`] | [`read_answer`] |
//! | a call event | the switch | [`read_event`] |
//! | a message of a feed | [`write_message`] | [`read_message`] |
//!
//! Writing is strict. Reading is lenient, because the answers of real switches are mostly
//! undocumented. Where a lenient reader could turn nonsense into a fact, the answer is
//! [`Unclear`](crate::Answer::Unclear).

mod answer;
mod charset;
mod current_calls;
mod date;
mod event;
mod feed;
mod form;
mod headers;
mod notation;
mod percent;
mod phrase;
mod pick_up;
mod reply;
mod request;

use crate::Action;
use crate::defaults::SLOTS;

pub use answer::read_answer;
pub use charset::Fallback;
pub use current_calls::{
    ListedCall, read_call_list, read_current_calls, write_current_calls_request,
};
pub use event::{read_event, read_event_with};
pub use feed::{read_message, write_message};
pub use headers::Headers;
pub use pick_up::{
    PickUp, read_pick_up, read_pick_up_answer, write_no_answer, write_no_pick_up, write_pick_up,
};
pub use reply::write_answer;
pub use request::{read_request, slot_required, write_note_request, write_request};

/// The longest body or form that is read, in bytes: one mebibyte.
///
/// The list of free slots of the largest lot takes 382 KB. All other answers take less than 1 KB.
pub const LONGEST_BODY: usize = 1 << 20;

/// The variant of the `valet_park` resource that a switch implements.
///
/// The page that documents the resource exists in two versions, which differ in these points.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Dialect {
    /// The highest slot number. The default is 9, as documented.
    pub slots: u16,
    /// How a slot is written into a body.
    pub slot_format: SlotFormat,
    /// True if `park` and `slots` must name a slot. The free slots cannot be listed then.
    pub slot_required: bool,
}

impl Dialect {
    /// Returns true if a request with this action must name a slot.
    pub const fn needs_slot(self, action: Action) -> bool {
        match action {
            Action::Park | Action::Slots => self.slot_required,
            Action::Bridge => false,
        }
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Self { slots: SLOTS, slot_format: SlotFormat::Text, slot_required: false }
    }
}

/// How a slot is written into a body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SlotFormat {
    /// A JSON string, as in every documented sample: `"6"`.
    Text,
    /// A JSON number, as in the documented table of parameters: `6`.
    Integer,
}

/// A request to the switch.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HttpRequest {
    /// The method: `PUT`, `POST` for a pick-up, or `GET` for a list.
    pub method: &'static str,
    /// The path, from `/extension/` on. Each segment is percent-encoded.
    pub path: String,
    /// The headers that describe the body. The caller adds others, such as `Authorization`.
    pub headers: [(&'static str, &'static str); 2],
    /// The body, as JSON.
    pub body: String,
}

/// A reply of the switch.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HttpReply {
    /// The HTTP status.
    pub status: u16,
    /// The headers: `Content-Type` and, for some refusals, `Retry-After`.
    pub headers: Vec<(&'static str, String)>,
    /// The body, as JSON.
    pub body: String,
}
