//! What crosses to JavaScript and back: plain values, one after the other.

use core::str::FromStr;

use js_sys::Array;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::{Error, Millis, Slot, Time};

/// Plain values, one after the other, in an order that both sides know.
///
/// Put in at the end, taken from the beginning. Before each item of a list stands `true`, after the
/// last one `false`. The client has looked at the types of what it hands over; a value of another
/// type is taken for an empty one and never for an address.
pub(super) struct Row(Array);

impl Row {
    pub(super) fn new() -> Self {
        Self(Array::new())
    }

    pub(super) fn from_array(values: Array) -> Self {
        Self(values)
    }

    pub(super) fn into_array(self) -> Array {
        self.0
    }

    /// The next value, a text; null and nothing at all are none.
    pub(super) fn take_text(&self) -> Option<String> {
        self.0.shift().as_string()
    }

    /// The next value, a text; nothing at all is an empty one.
    pub(super) fn take_string(&self) -> String {
        self.take_text().unwrap_or_default()
    }

    /// The next value, a text with a meaning of its own; none where there is no text.
    pub(super) fn take_maybe<T: FromStr<Err: Into<Error>>>(&self) -> Result<Option<T>, Error> {
        match self.take_text() {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(Into::into),
        }
    }

    /// The next value, a text with a meaning of its own.
    pub(super) fn take<T: FromStr<Err: Into<Error>>>(&self) -> Result<T, Error> {
        self.take_string().parse().map_err(Into::into)
    }

    pub(super) fn take_flag(&self) -> bool {
        self.take_whole() > 0
    }

    /// The next value, a number; for JavaScript nothing at all is a number that is none.
    pub(super) fn take_number(&self) -> Option<f64> {
        let number = self.0.shift().unchecked_into_f64();
        (!number.is_nan()).then_some(number)
    }

    /// The next value, a length of time in milliseconds.
    pub(super) fn take_length(&self) -> Option<Millis> {
        self.take_number().map(|ms| Millis::new(whole(ms)))
    }

    fn take_whole(&self) -> u64 {
        self.take_number().map_or(0, whole)
    }

    #[allow(clippy::cast_possible_truncation, reason = "the client counts in whole numbers")]
    pub(super) fn take_count(&self) -> u32 {
        self.take_whole() as u32
    }

    #[allow(clippy::cast_possible_truncation, reason = "the client looks at what is a slot")]
    pub(super) fn take_short(&self) -> u16 {
        self.take_whole() as u16
    }

    pub(super) fn take_time(&self) -> Time {
        Time::from_ms(self.take_whole())
    }

    /// The next value, the number of a slot; 0 stands for none.
    pub(super) fn take_slot(&self) -> Option<Slot> {
        self.take_count().try_into().ok()
    }

    /// Puts one value after the others: a text, a number or a flag, null for `None`.
    pub(super) fn put(&self, value: impl Plain) {
        value.put_into(self);
    }

    /// Puts what is a plain value in serde's eyes, too: one of few types, each has its own code.
    fn push(&self, value: impl Serialize) {
        // There is no plain value that JavaScript does not have.
        let value = value.serialize(&Serializer::json_compatible());
        self.0.push(&value.unwrap_or(JsValue::NULL));
    }
}

/// What a row can hold.
pub(super) trait Plain {
    /// Puts it after the other values of a row.
    fn put_into(self, row: &Row);
}

impl Plain for bool {
    fn put_into(self, row: &Row) {
        row.push(self);
    }
}

impl Plain for f64 {
    fn put_into(self, row: &Row) {
        row.push(self);
    }
}

impl Plain for u16 {
    fn put_into(self, row: &Row) {
        row.push(f64::from(self));
    }
}

impl Plain for u32 {
    fn put_into(self, row: &Row) {
        row.push(f64::from(self));
    }
}

impl Plain for &str {
    fn put_into(self, row: &Row) {
        row.push(self);
    }
}

impl<P: Plain> Plain for Option<P> {
    fn put_into(self, row: &Row) {
        match self {
            Some(value) => row.put(value),
            None => row.push(()),
        }
    }
}

/// A whole number, cut off after the point: clocks with microseconds are common.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the client lets nothing pass but numbers from zero on, and the cast saturates"
)]
pub(super) fn whole(number: f64) -> u64 {
    number as u64
}

/// A moment in milliseconds, as JavaScript has it.
pub(super) fn ms(time: Time) -> f64 {
    length(time.since(Time::default()))
}

/// A length of time in milliseconds. Beyond 2^53, in 287,000 years, it loses its last digit.
#[allow(clippy::cast_precision_loss, reason = "see above")]
pub(super) fn length(length: Millis) -> f64 {
    length.as_ms() as f64
}

/// Puts all that is known of a error.
pub(super) fn put_error(row: &Row, error: &Error) {
    row.put(error.code.as_str());
    row.put(error.code.kind().as_str());
    row.put(error.outcome.as_str());
    row.put(error.is_retryable());
    row.put(error.slot.map(Slot::number));
    row.put(error.status);
    row.put(error.retry_after.map(length));
    row.put(error.message.as_str());
}

/// Runs an entry point on the row that JavaScript passed. Returns the row for JavaScript: `true`
/// and the result, or `false` and the error.
pub(super) fn answer_row(
    given: Array,
    handle: impl FnOnce(&Row, &Row) -> Result<(), Error>,
) -> Array {
    let (given, mut row) = (Row::from_array(given), Row::new());
    row.put(true);
    if let Err(error) = handle(&given, &row) {
        row = Row::new();
        row.put(false);
        put_error(&row, &error);
    }
    row.into_array()
}
