//! Writers: they turn values of the crate into JavaScript values.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use wasm_bindgen::JsValue;

use crate::answer::RefusalCode;
use crate::error::{Kind, Outcome};
use crate::event::Direction;
use crate::feed::{MessageKind, Reason};
use crate::mirror::{CallState, Pending, SlotState, SyncState};
use crate::{Action, CallApiId, CallUuid, Code, ExtensionId, Millis, Slot, Time};

/// Returns `value` as a plain JavaScript value. `None` becomes `null`.
pub(super) fn to_js(value: &impl Serialize) -> JsValue {
    let written = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    let Ok(value) = written else { unreachable!("the types of this module can all be written") };
    value
}

/// Writes names and values as the fields of an object.
pub(super) fn write_fields<S: Serializer, V: Serialize>(
    fields: &[(&'static str, V)],
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut object = to.serialize_struct("", fields.len())?;
    for (name, value) in fields {
        object.serialize_field(name, value)?;
    }
    object.end()
}

/// A text that is always the same. JavaScript gets the same string object each time, which costs
/// less than a new string.
pub(super) struct Constant(pub(super) &'static str);

impl Serialize for Constant {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit_variant("", 0, self.0)
    }
}

/// Makes a type serializable. A struct with `#[serde(remote = …)]` names its fields.
macro_rules! remote {
    ($name:ty as $fields:ty) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                <$fields>::serialize(self, to)
            }
        }
    };
}
pub(super) use remote;

/// Writes each type as the string that its `as_str` returns.
macro_rules! write_texts {
    ($($name:ty),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
    )+};
}

/// Writes each type as the word that its `as_str` returns.
macro_rules! write_words {
    ($($name:ty),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                Constant(self.as_str()).serialize(to)
            }
        }
    )+};
}

write_texts!(CallApiId, CallUuid, ExtensionId);
write_words!(Action, Code, Direction, Kind, MessageKind, Outcome, Reason, RefusalCode);
write_words!(CallState, Pending, SlotState, SyncState);

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.number().into())
    }
}

/// A time, in ms on the clock of JavaScript.
impl Serialize for Time {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(number(self.as_ms()))
    }
}

/// A length of time, in ms.
impl Serialize for Millis {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(number(self.as_ms()))
    }
}

/// Returns `ms` as a JavaScript number. Above 2^53, in 287,000 years, the last digit is inexact.
#[allow(clippy::cast_precision_loss, reason = "see above")]
fn number(ms: u64) -> f64 {
    ms as f64
}
