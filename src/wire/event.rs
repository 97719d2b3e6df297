//! A call event as the switch delivers it: the fields of a form, in a query or in a body.

use super::cut;
use super::percent::{Plus, decode};
use crate::{CallEvent, Trouble};

/// Reads a call event from a query string or a form body.
///
/// One report has it that a `POST` comes with everything in the query; whoever receives both joins
/// them with `&` and hands them over as one.
///
/// # Errors
///
/// Where there is no `EventType`.
pub fn read_event(text: &str) -> Result<CallEvent, Trouble> {
    CallEvent::from_fields(read_fields(text))
}

/// The names and values of a form.
pub(super) fn read_fields(text: &str) -> Vec<(String, String)> {
    let text = text.trim_ascii();
    let mut fields = Vec::new();
    let mut rest = Some(text.strip_prefix('?').unwrap_or(text));
    while let Some(text) = rest {
        let (field, after) = cut(text, b'&');
        if !field.is_empty() {
            let (name, value) = cut(field, b'=');
            let value = value.unwrap_or_default();
            fields.push((decode(name, Plus::Blank).0, decode(value, Plus::Blank).0));
        }
        rest = after;
    }
    fields
}
