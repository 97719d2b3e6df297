//! What the client hands over. It has looked at the types; what the texts mean is looked at here.

use wasm_bindgen::JsValue;

use crate::wire::{Dialect, SlotFormat};
use crate::{Action, CallApiId, ExtensionId, Question, Slot, Time, Trouble};

pub(super) fn call(text: &str) -> Result<CallApiId, Trouble> {
    Ok(text.parse()?)
}

pub(super) fn call_maybe(text: Option<&str>) -> Result<Option<CallApiId>, Trouble> {
    text.map(call).transpose()
}

/// A slot by its number; 0 stands for none.
pub(super) fn slot(number: u16) -> Option<Slot> {
    Slot::try_from(u32::from(number)).ok()
}

pub(super) fn question(
    extension: &str,
    name: &str,
    action: &str,
    number: u16,
) -> Result<Question, Trouble> {
    let extension: ExtensionId = extension.parse()?;
    let action: Action = action.parse()?;
    Ok(Question { extension, call: call(name)?, action, slot: slot(number) })
}

pub(super) fn dialect(slots: u16, as_integer: bool, slot_required: bool) -> Dialect {
    let slot_format = if as_integer { SlotFormat::Integer } else { SlotFormat::Text };
    Dialect { slots, slot_format, slot_required }
}

/// A time in milliseconds, cut off after the point: clocks with microseconds are common.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the client lets nothing pass but finite numbers from zero on, and the cast saturates"
)]
pub(super) fn whole(ms: f64) -> u64 {
    ms as u64
}

pub(super) fn time(ms: f64) -> Time {
    Time::from_ms(whole(ms))
}

/// Names and values in turn, as pairs.
pub(super) fn pairs(flat: Vec<String>) -> Vec<(String, String)> {
    let mut pairs = Vec::with_capacity(flat.len() / 2);
    let mut flat = flat.into_iter();
    while let (Some(name), Some(value)) = (flat.next(), flat.next()) {
        pairs.push((name, value));
    }
    pairs
}

/// What an exported function throws: a plain object, from which the client makes its `ValetError`.
pub(super) type Thrown = JsValue;
