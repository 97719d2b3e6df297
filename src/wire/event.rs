//! A call event as the switch delivers it: the fields of a form, in a query or in a body.

use crate::event::{CallEvent, InvalidEvent};

/// Reads a call event from a query string or a form body.
///
/// One report has it that a `POST` comes with everything in the query; whoever receives both joins
/// them with `&` and hands them over as one.
///
/// # Errors
///
/// Where there is no `EventType`.
pub fn read_event(text: &str) -> Result<CallEvent, InvalidEvent> {
    let text = text.trim();
    let fields = text.strip_prefix('?').unwrap_or(text);
    let pair = |field: &str| {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        (decode(name), decode(value))
    };
    CallEvent::from_fields(fields.split('&').filter(|field| !field.is_empty()).map(pair).collect())
}

/// Undoes what a form does to its fields. What is no escape stays as it is: a half-encoded name
/// is worth more than no event.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let digit = |place: usize| rest.get(place).and_then(|&byte| char::from(byte).to_digit(16));
        match (byte, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = rest.get(2..).unwrap_or_default();
            }
            (b'+', ..) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
