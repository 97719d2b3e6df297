//! The wire, for JavaScript.

use std::sync::Arc;

use js_sys::{Array, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::{Thrown, call, dialect, pairs, question, slot, slot as slot_of, whole};
use super::object::{built, ms_or_null, number, slot_or_null, text_or_null};
use crate::answer::{Refusal, RefusalCode};
use crate::event::Direction;
use crate::{
    Answer, CallApiId, CallEvent, CallUuid, ExtensionId, Millis, Party, Slot, Trouble, wire,
};

#[wasm_bindgen(js_name = parseCallApiId)]
pub fn parse_call_api_id(text: &str) -> Result<JsValue, Thrown> {
    let name = call(text)?;
    Ok(built(&[
        ("text", name.as_str().into()),
        ("node", text_or_null(name.node())),
        ("uuid", name.uuid().as_str().into()),
    ]))
}

#[wasm_bindgen(js_name = sameCall)]
pub fn same_call(a: &str, b: &str) -> Result<bool, Thrown> {
    Ok(call(a)? == call(b)?)
}

#[wasm_bindgen(js_name = buildRequest)]
pub fn build_request(
    extension: &str,
    call: &str,
    action: &str,
    slot: u16,
    slots: u16,
    as_integer: bool,
    slot_required: bool,
) -> Result<JsValue, Thrown> {
    let question = question(extension, call, action, slot)?;
    let dialect = dialect(slots, as_integer, slot_required);
    Ok(request_object(&wire::write_request(&question, dialect).map_err(Trouble::from)?))
}

#[wasm_bindgen(js_name = readAnswer)]
pub fn read_answer(
    extension: &str,
    call: &str,
    action: &str,
    slot: u16,
    status: u16,
    body: &str,
    headers: Vec<String>,
) -> Result<JsValue, Thrown> {
    let question = question(extension, call, action, slot)?;
    let headers = pairs(headers);
    Ok(answer_object(&wire::read_answer(&question, status, body, wire::Headers(&headers))))
}

#[wasm_bindgen(js_name = readRequest)]
pub fn read_request(
    method: &str,
    path: &str,
    body: &str,
    slots: u16,
    as_integer: bool,
    slot_required: bool,
) -> Result<JsValue, Thrown> {
    let dialect = dialect(slots, as_integer, slot_required);
    let question = wire::read_request(method, path, body, dialect).map_err(Trouble::from)?;
    let slot = question.slot.map(|slot| ("slot", slot.number().into()));
    let fields = [
        ("extension", question.extension.as_str().into()),
        ("call", question.call.as_str().into()),
        ("action", question.action.as_str().into()),
    ];
    Ok(built(&fields.into_iter().chain(slot).collect::<Vec<_>>()))
}

#[wasm_bindgen(js_name = isRefusalCode)]
pub fn is_refusal_code(word: &str) -> bool {
    RefusalCode::from_word(word).is_some()
}

/// Writes an answer. What its kind has no use for is not looked at.
#[wasm_bindgen(js_name = writeAnswer)]
pub fn write_answer(
    kind: &str,
    code: &str,
    place: u16,
    name: Option<String>,
    free: &[u16],
    message: String,
    retry_after_ms: Option<f64>,
    status: u16,
    slots: u16,
    as_integer: bool,
    slot_required: bool,
) -> Result<JsValue, Thrown> {
    let uuid = name.as_deref().map(str::parse::<CallUuid>).transpose().map_err(Trouble::from)?;
    let answer = match (kind, slot(place), uuid) {
        ("parked", slot, uuid) => Answer::Parked { slot, uuid },
        ("bridged", slot, uuid) => Answer::Bridged { slot, uuid },
        ("held", Some(slot), Some(uuid)) => Answer::Held { slot, uuid },
        ("vacant", Some(slot), _) => Answer::Vacant { slot },
        ("free", ..) => {
            Answer::Free { slots: free.iter().filter_map(|free| slot_of(*free)).collect() }
        }
        ("unclear", ..) => Answer::Unclear { status, found: message },
        (_, slot, _) => {
            // The client has made sure that it is one of the list.
            let code = RefusalCode::from_word(code).unwrap_or(RefusalCode::BadRequest);
            let mut refusal = Refusal::new(code, slot);
            if !message.is_empty() {
                refusal.message = message;
            }
            refusal.retry_after = retry_after_ms.map(|ms| Millis::new(whole(ms)));
            Answer::Refused(refusal)
        }
    };
    let reply = wire::write_answer(&answer, dialect(slots, as_integer, slot_required));
    Ok(built(&[
        ("status", reply.status.into()),
        ("headers", headers_object(reply.headers)),
        ("body", reply.body.into()),
    ]))
}

/// Reads an event from a text, or from names and values in turn.
#[wasm_bindgen(js_name = parseCallEvent)]
pub fn parse_call_event(source: Vec<String>) -> Result<JsValue, Thrown> {
    Ok(event_object(&event(source)?))
}

pub(super) fn event(mut source: Vec<String>) -> Result<CallEvent, Trouble> {
    Ok(match source.pop() {
        Some(text) if source.is_empty() => wire::read_event(&text)?,
        last => {
            source.extend(last);
            CallEvent::from_fields(pairs(source))?
        }
    })
}

pub(super) fn request_object(request: &wire::HttpRequest) -> JsValue {
    built(&[
        ("method", request.method.into()),
        ("path", request.path.as_str().into()),
        ("headers", headers_object(request.headers.clone())),
        ("body", request.body.as_str().into()),
    ])
}

fn headers_object(headers: Vec<(&'static str, String)>) -> JsValue {
    entries_object(headers.into_iter())
}

/// An object whose names may be a stranger's: `__proto__` becomes a field like any other.
fn entries_object(entries: impl Iterator<Item = (impl Into<JsValue>, String)>) -> JsValue {
    let pairs: Array =
        entries.map(|(name, value)| Array::of2(&name.into(), &value.into())).collect();
    Object::from_entries(&pairs).map_or(JsValue::NULL, Into::into)
}

pub(super) fn answer_object(answer: &Answer) -> JsValue {
    let with_uuid = |kind: &str, slot: Option<Slot>, uuid: Option<&CallUuid>| {
        built(&[
            ("kind", kind.into()),
            ("slot", slot_or_null(slot)),
            ("uuid", text_or_null(uuid.map(CallUuid::as_str))),
        ])
    };
    match answer {
        Answer::Parked { slot, uuid } => with_uuid("parked", *slot, uuid.as_ref()),
        Answer::Bridged { slot, uuid } => with_uuid("bridged", *slot, uuid.as_ref()),
        Answer::Held { slot, uuid } => with_uuid("held", Some(*slot), Some(uuid)),
        Answer::Vacant { slot } => {
            built(&[("kind", "vacant".into()), ("slot", slot.number().into())])
        }
        Answer::Free { slots } => {
            let slots: Array = slots.iter().map(|slot| JsValue::from(slot.number())).collect();
            built(&[("kind", "free".into()), ("slots", slots.into())])
        }
        Answer::Refused(refusal) => built(&[
            ("kind", "refused".into()),
            ("code", refusal.code.as_str().into()),
            ("slot", slot_or_null(refusal.slot)),
            ("message", refusal.message.as_str().into()),
            ("retryAfterMs", ms_or_null(refusal.retry_after)),
        ]),
        Answer::Unclear { status, found } => built(&[
            ("kind", "unclear".into()),
            ("status", (*status).into()),
            ("found", found.as_str().into()),
        ]),
    }
}

fn event_object(event: &CallEvent) -> JsValue {
    let direction = event.direction.map(direction_word);
    let milliseconds = |us: Option<u64>| us.map_or(JsValue::NULL, |us| number(us / 1000));
    built(&[
        ("type", event.kind.as_str().into()),
        ("call", text_or_null(event.call.as_ref().map(CallApiId::as_str))),
        ("callId", text_or_null(event.call_id.as_deref())),
        ("legId", text_or_null(event.leg_id.as_deref())),
        ("extension", text_or_null(event.extension.as_ref().map(ExtensionId::as_str))),
        ("direction", text_or_null(direction)),
        ("status", text_or_null(event.status.as_deref())),
        ("caller", party_object(event.caller.as_ref())),
        ("called", party_object(event.called.as_ref())),
        ("at", milliseconds(event.at_us)),
        ("durationMs", milliseconds(event.duration_us)),
        ("raw", entries_object(event.raw.iter().map(|(name, value)| (name, value.clone())))),
    ])
}

pub(super) fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "in",
        Direction::Out => "out",
    }
}

pub(super) fn party_object(party: Option<&Arc<Party>>) -> JsValue {
    party.map_or(JsValue::NULL, |party| {
        built(&[
            ("number", text_or_null(party.number.as_deref())),
            ("name", text_or_null(party.name.as_deref())),
            ("extension", text_or_null(party.extension.as_deref())),
        ])
    })
}
