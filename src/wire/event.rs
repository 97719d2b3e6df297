//! A call event as the switch delivers it: the fields of a form, in a query or in a body.

use super::cut;
use super::request::unescape;
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
    let text = text.trim();
    let mut fields = Vec::new();
    let mut rest = Some(text.strip_prefix('?').unwrap_or(text));
    while let Some(text) = rest {
        let (field, after) = cut(text, b'&');
        if !field.is_empty() {
            let (name, value) = cut(field, b'=');
            fields.push((decode(name), decode(value.unwrap_or_default())));
        }
        rest = after;
    }
    CallEvent::from_fields(fields)
}

/// Undoes what a form does to its fields. What is no escape stays as it is: a half-encoded name
/// is worth more than no event.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    unescape(&text.replace('+', " "), &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
