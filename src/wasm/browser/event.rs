//! Call events, for JavaScript.

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::event::{Direction, Party};
use crate::wasm::read::read_pairs;
use crate::wasm::write::to_js;
use crate::{CallApiId, Error, ExtensionId, Millis, wire};

/// The fields of a call event.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CallEvent<'a> {
    r#type: &'a str,
    call: Option<&'a CallApiId>,
    call_id: Option<&'a str>,
    leg_id: Option<&'a str>,
    sip_call_id: Option<&'a str>,
    extension: Option<&'a ExtensionId>,
    direction: Option<Direction>,
    status: Option<&'a str>,
    caller: Option<&'a Party>,
    called: Option<&'a Party>,
    at: Option<Millis>,
    duration_ms: Option<Millis>,
    /// All fields as they came. Pairs, because an object cannot have a field `__proto__`.
    raw: &'a [(String, String)],
}

/// Reads a call event and returns its fields.
#[wasm_bindgen(js_name = parseCallEvent, unchecked_return_type = "CallEventFields")]
pub fn parse_call_event(
    #[wasm_bindgen(unchecked_param_type = "EventInput")] event: JsValue,
) -> Result<JsValue, Error> {
    let event = read_event(event)?;
    let in_ms = |us: u64| Millis::new(us / 1000);
    Ok(to_js(&CallEvent {
        r#type: event.kind.as_str(),
        call: event.call.as_ref(),
        call_id: event.call_id.as_deref(),
        leg_id: event.leg_id.as_deref(),
        sip_call_id: event.sip_call_id.as_deref(),
        extension: event.extension.as_ref(),
        direction: event.direction,
        status: event.status.as_deref(),
        caller: event.caller.as_deref(),
        called: event.called.as_deref(),
        at: event.at_us.map(in_ms),
        duration_ms: event.duration_us.map(in_ms),
        raw: &event.raw,
    }))
}

/// Reads a call event: a form as one text, or a list of names and values in turn.
pub(super) fn read_event(event: JsValue) -> Result<crate::CallEvent, Error> {
    match event.as_string() {
        Some(form) => wire::read_event(&form),
        None => crate::CallEvent::from_fields(read_pairs(&event.unchecked_into())),
    }
}
