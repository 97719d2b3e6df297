//! How questions, answers and events are spelled over HTTP.
//!
//! HTTP is a value here: a [`HttpRequest`] to be sent by somebody, a [`HttpReply`] that somebody
//! got. This is the only place that knows JSON and URLs, and it knows them in both directions: the
//! client's encoder and the switch's decoder are one module and are tested as a round trip.
//!
//! Writing is strict, reading is lenient, because half of what a real switch answers is
//! undocumented. Where leniency could turn nonsense into a fact, the answer is
//! [`Unclear`](crate::Answer::Unclear).

mod answer;
mod charset;
mod date;
mod event;
mod feed;
mod headers;
mod notation;
mod percent;
mod phrase;
mod reply;
mod request;

pub use answer::read_answer;
pub use charset::Fallback;
pub use event::{read_event, read_event_with};
pub use feed::read_message;
pub use headers::Headers;
pub use reply::write_answer;
pub use request::{read_request, slot_required, write_request};

/// The longest body or form that is read, in bytes: one mebibyte.
///
/// The free slots of the largest lot take 382 KB, everything else less than one.
pub const LONGEST_BODY: usize = 1 << 20;

/// How the switch at the other end speaks. The page that documents the resource has two versions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Dialect {
    /// The highest slot number, 9 where the page says so.
    pub slots: u16,
    /// How a slot is written into a body.
    pub slot_format: SlotFormat,
    /// True where `park` and `slots` must name a slot, and so the free ones cannot be asked for.
    pub slot_required: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { slots: 9, slot_format: SlotFormat::Text, slot_required: false }
    }
}

/// How a slot is written into a body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SlotFormat {
    /// `"6"`, as in every documented sample.
    Text,
    /// `6`, as one table of the page has it.
    Integer,
}

/// A request, ready to be sent by whoever can.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HttpRequest {
    /// The method; always `PUT`.
    pub method: &'static str,
    /// The path from `/extension/` on, each segment percent-encoded.
    pub path: String,
    /// The headers the request needs, beside those of whoever sends it.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// A reply, as somebody got it or will send it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HttpReply {
    /// The status.
    pub status: u16,
    /// The headers that mean something here.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// What stands before the first `mark`, and after it if there is one. The library's own way to
/// split a text is made for any pattern, and weighs as much as a module here.
fn cut(text: &str, mark: u8) -> (&str, Option<&str>) {
    let at = text.bytes().take_while(|byte| *byte != mark).count();
    (text.get(..at).unwrap_or_default(), text.get(at + 1..))
}
