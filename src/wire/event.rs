//! Call events, as a web hook delivers them.

use super::charset::Fallback;
use super::form::read_form;
use crate::{CallEvent, Error};

/// Reads a call event from the query of a `GET` or the body of a `POST`.
///
/// The fields are those of the call events of the switch, such as `EventType`, `CallAPIID` and
/// `CallFlow`. Some switches send a `POST` with fields in its query. To read such an event, join
/// the query and the body with `&`.
///
/// Fields that are not UTF-8 are read as Windows-1251 or Windows-1252, whichever fits better.
///
/// # Errors
///
/// `invalid-event` if the field `EventType` is missing, or the text is longer than
/// [`LONGEST_BODY`](super::LONGEST_BODY).
///
/// # Examples
///
/// ```
/// use valet_park::event::EventType;
/// use valet_park::wire::read_event;
///
/// let event = read_event("EventType=dial-in&CallFlow=in&CallerIDNum=%2B79161112233")?;
/// assert_eq!(event.kind, EventType::DialIn);
/// let caller = event.caller.unwrap();
/// assert_eq!(caller.number.as_deref(), Some("+79161112233"));
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn read_event(text: &str) -> Result<CallEvent, Error> {
    read_event_with(text, Fallback::default())
}

/// Reads a call event as [`read_event`] does. Fields that are not UTF-8 are read as `fallback`.
///
/// # Errors
///
/// As [`read_event`].
pub fn read_event_with(text: &str, fallback: Fallback) -> Result<CallEvent, Error> {
    CallEvent::from_fields(read_form(text, fallback)?)
}
