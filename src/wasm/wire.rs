//! The wire, for JavaScript.

use std::sync::Arc;

use js_sys::{Array, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::{
    Given, call, dialect, exact, items, pairs, parsed, question, slot as slot_number, slot_maybe,
};
use super::error::{Thrown, invalid};
use super::object::{built, ms_or_null, number, slot_or_null, text_or_null};
use crate::answer::{Refusal, RefusalCode};
use crate::event::{Direction, InvalidEvent};
use crate::{
    Answer, Budget, CallApiId, CallEvent, CallUuid, Code, ExtensionId, Party, Question, Slot,
    Trouble, wire,
};

#[wasm_bindgen(js_name = parseCallApiId)]
pub fn parse_call_api_id(text: &JsValue) -> Result<JsValue, Thrown> {
    let name = call(text)?;
    Ok(built(&[
        ("text", name.as_str().into()),
        ("node", text_or_null(name.node())),
        ("uuid", name.uuid().as_str().into()),
    ]))
}

#[wasm_bindgen(js_name = sameCall)]
pub fn same_call(a: &JsValue, b: &JsValue) -> Result<bool, Thrown> {
    Ok(uuid(a)? == uuid(b)?)
}

#[wasm_bindgen(js_name = buildRequest)]
pub fn build_request(asked: &JsValue, spoken: &JsValue) -> Result<JsValue, Thrown> {
    let request =
        wire::write_request(&question(asked)?, dialect(spoken)?).map_err(Trouble::from)?;
    Ok(request_object(&request))
}

#[wasm_bindgen(js_name = readAnswer)]
pub fn read_answer(
    asked: &JsValue,
    status: &JsValue,
    body: &JsValue,
    headers: &JsValue,
) -> Result<JsValue, Thrown> {
    let reply = Reply::new(status, body, headers)?;
    Ok(answer_object(&reply.answer(&question(asked)?)))
}

/// A reply as `fetch` gave it.
pub(super) struct Reply {
    status: u16,
    body: String,
    headers: Vec<(String, String)>,
}

impl Reply {
    pub(super) fn new(
        status: &JsValue,
        body: &JsValue,
        headers: &JsValue,
    ) -> Result<Self, Trouble> {
        let bad = |expected, found| invalid(Code::InvalidOptions, expected, found);
        Ok(Self {
            status: http_status(status)
                .ok_or_else(|| bad("`status` to be an HTTP status", status))?,
            body: body.as_string().ok_or_else(|| bad("`body` to be a text", body))?,
            headers: pairs(headers, Code::InvalidOptions)?,
        })
    }

    pub(super) fn answer(&self, question: &Question) -> Answer {
        wire::read_answer(question, self.status, &self.body, wire::Headers(&self.headers))
    }

    pub(super) fn budget(&self) -> Budget {
        wire::Headers(&self.headers).budget()
    }
}

#[wasm_bindgen(js_name = readRequest)]
pub fn read_request(
    method: &JsValue,
    path: &JsValue,
    body: &JsValue,
    spoken: &JsValue,
) -> Result<JsValue, Thrown> {
    let text = |value: &JsValue, name: &str| {
        value
            .as_string()
            .ok_or_else(|| invalid(Code::InvalidOptions, &format!("`{name}` to be a text"), value))
    };
    let question = wire::read_request(
        &text(method, "method")?,
        &text(path, "path")?,
        &text(body, "body")?,
        dialect(spoken)?,
    )
    .map_err(Trouble::from)?;
    let object = built(&[
        ("extension", question.extension.as_str().into()),
        ("call", question.call.as_str().into()),
        ("action", question.action.as_str().into()),
    ]);
    if let Some(slot) = question.slot {
        // As in `built`: setting a field of a fresh plain object cannot fail.
        let _ = js_sys::Reflect::set(&object, &"slot".into(), &slot.number().into());
    }
    Ok(object)
}

#[wasm_bindgen(js_name = writeAnswer)]
pub fn write_answer(said: &JsValue, spoken: &JsValue) -> Result<JsValue, Thrown> {
    let reply = wire::write_answer(&answer(said)?, dialect(spoken)?);
    Ok(built(&[
        ("status", reply.status.into()),
        ("headers", headers_object(reply.headers)),
        ("body", reply.body.into()),
    ]))
}

/// Reads an event from a text, or from pairs of texts.
#[wasm_bindgen(js_name = parseCallEvent)]
pub fn parse_call_event(source: &JsValue) -> Result<JsValue, Thrown> {
    Ok(event_object(&event(source)?))
}

pub(super) fn event(source: &JsValue) -> Result<CallEvent, Trouble> {
    let read = |result: Result<CallEvent, InvalidEvent>| result.map_err(Trouble::from);
    match source.as_string() {
        Some(text) => read(wire::read_event(&text)),
        None => read(CallEvent::from_fields(pairs(source, Code::InvalidEvent)?)),
    }
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

fn answer(value: &JsValue) -> Result<Answer, Trouble> {
    let given = Given::new(value, Code::InvalidOptions, "an answer")?;
    let kind = given.text("kind")?.unwrap_or_default();
    let slot = slot_maybe(&given.value("slot")?)?;
    let needed = || {
        slot.ok_or_else(|| Trouble::new(Code::InvalidOptions, "expected an answer with a `slot`"))
    };
    let name = given.value("uuid")?;
    let named = if name.is_null() || name.is_undefined() { None } else { Some(uuid(&name)?) };
    Ok(match kind.as_str() {
        "parked" => Answer::Parked { slot, uuid: named },
        "bridged" => Answer::Bridged { slot, uuid: named },
        "held" => Answer::Held { slot: needed()?, uuid: uuid(&name)? },
        "vacant" => Answer::Vacant { slot: needed()? },
        "free" => {
            let slots = given.value("slots")?;
            let all =
                items(&slots).ok_or_else(|| given.expected("slots", "a list of slots", &slots))?;
            Answer::Free { slots: all.iter().map(slot_number).collect::<Result<_, _>>()? }
        }
        "refused" => {
            let codes: Vec<(&str, RefusalCode)> =
                RefusalCode::ALL.iter().map(|code| (code.as_str(), *code)).collect();
            let code = given.word("code", &codes)?.unwrap_or(RefusalCode::BadRequest);
            let usual = Refusal::new(code, slot);
            Answer::Refused(Refusal {
                message: given.text("message")?.unwrap_or(usual.message),
                retry_after: given.length("retryAfterMs")?,
                ..Refusal::new(code, slot)
            })
        }
        "unclear" => Answer::Unclear {
            status: given.maybe("status", "an HTTP status", http_status)?.unwrap_or(500),
            found: given.text("found")?.unwrap_or_default(),
        },
        _ => {
            return Err(invalid(
                Code::InvalidOptions,
                "`kind` to be that of an answer",
                &kind.into(),
            ));
        }
    })
}

fn uuid(value: &JsValue) -> Result<CallUuid, Trouble> {
    parsed(value, Code::InvalidCall, "a `call_api_id` or a UUID as a text")
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

fn http_status(value: &JsValue) -> Option<u16> {
    exact(value).and_then(|status| u16::try_from(status).ok())
}
