//! A call event as the switch delivers it: the fields of a form, in a query or in a body.

use super::charset::{Fallback, read_text};
use super::percent::decode_field;
use super::{LONGEST_BODY, cut};
use crate::error::{digits, sentence};
use crate::{CallEvent, Code, Error};

/// Reads a call event from a query string or a form body, and guesses the charset of fields that
/// are no UTF-8.
///
/// One report says that a `POST` comes with all fields in the query. A receiver of a query and a
/// body joins them with `&`.
///
/// # Errors
///
/// If there is no `EventType`, or the text is longer than [`LONGEST_BODY`].
pub fn read_event(text: &str) -> Result<CallEvent, Error> {
    read_event_with(text, Fallback::default())
}

/// Reads a call event as [`read_event`] does; `fallback` is the charset of fields that are no
/// UTF-8.
///
/// # Errors
///
/// If there is no `EventType`, or the text is longer than [`LONGEST_BODY`].
pub fn read_event_with(text: &str, fallback: Fallback) -> Result<CallEvent, Error> {
    CallEvent::from_fields(read_fields(text, fallback)?)
}

/// The names and values of a form.
///
/// # Errors
///
/// If the form is longer than [`LONGEST_BODY`].
pub(super) fn read_fields(text: &str, fallback: Fallback) -> Result<Vec<(String, String)>, Error> {
    if text.len() > LONGEST_BODY {
        let (longest, found) = (digits(LONGEST_BODY as u64), digits(text.len() as u64));
        let parts = ["expected at most ", &longest, " bytes of fields, found ", &found];
        return Err(Error::new(Code::InvalidEvent, sentence(&parts)));
    }
    let text = text.trim_ascii();
    let mut fields = Vec::new();
    let mut rest = Some(text.strip_prefix('?').unwrap_or(text));
    while let Some(text) = rest {
        let (field, after) = cut(text, b'&');
        if !field.is_empty() {
            let (name, value) = cut(field, b'=');
            let [name, value] = [name, value.unwrap_or_default()]
                .map(|part| read_text(decode_field(part), fallback));
            fields.push((name, value));
        }
        rest = after;
    }
    Ok(fields)
}
