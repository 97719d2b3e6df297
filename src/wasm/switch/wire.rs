//! The half of the wire that a switch uses, for JavaScript.

use js_sys::Array;
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::answer::{Refusal, RefusalCode};
use crate::wasm::read::{
    DialectInput, is_nothing, read_call, read_dialect, read_extension, read_length,
    read_optional_call, read_required_slot, read_slot, read_status, read_text, read_word,
    unexpected,
};
use crate::wasm::write::{remote, to_js, write_fields};
use crate::wire::{self, HttpReply, ListedCall, PickUp};
use crate::{Action, Answer, CallApiId, CallUuid, Code, Error, ExtensionId, Question, Slot};

#[wasm_bindgen]
extern "C" {
    /// An answer, as a copy that TypeScript made.
    #[wasm_bindgen(typescript_type = "AnswerCopy")]
    pub type AnswerInput;
    #[wasm_bindgen(method, getter)]
    fn kind(this: &AnswerInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn slot(this: &AnswerInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn uuid(this: &AnswerInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn slots(this: &AnswerInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn code(this: &AnswerInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn message(this: &AnswerInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = retryAfterMs)]
    fn retry_after_ms(this: &AnswerInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn status(this: &AnswerInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn found(this: &AnswerInput) -> JsValue;
}

remote!(Question as QuestionFields);

#[derive(Serialize)]
#[serde(remote = "Question")]
struct QuestionFields {
    extension: ExtensionId,
    call: CallApiId,
    action: Action,
    #[serde(skip_serializing_if = "Option::is_none")]
    slot: Option<Slot>,
}

remote!(HttpReply as HttpReplyFields);

#[derive(Serialize)]
#[serde(remote = "HttpReply")]
struct HttpReplyFields {
    status: u16,
    #[serde(serialize_with = "write_fields")]
    headers: Vec<(&'static str, String)>,
    body: String,
}

/// Reads a request.
#[wasm_bindgen(js_name = readRequest, unchecked_return_type = "Question")]
pub fn read_request(
    #[wasm_bindgen(unchecked_param_type = "string")] method: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] path: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] body: JsValue,
    dialect: Option<DialectInput>,
) -> Result<JsValue, Error> {
    let text = |value, expected| read_text(value, Code::InvalidOptions, expected);
    let question = wire::read_request(
        &text(&method, "`method` to be a text")?,
        &text(&path, "`path` to be a text")?,
        &text(&body, "`body` to be a text")?,
        read_dialect(dialect)?,
    )?;
    Ok(to_js(&question))
}

remote!(PickUp as PickUpFields);

#[derive(Serialize)]
#[serde(remote = "PickUp")]
struct PickUpFields {
    extension: ExtensionId,
    slot: Slot,
    expect: Option<CallApiId>,
}

/// Reads a pick-up.
#[wasm_bindgen(js_name = readPickUp, unchecked_return_type = "PickUp")]
pub fn read_pick_up(
    #[wasm_bindgen(unchecked_param_type = "string")] path: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] body: JsValue,
    dialect: Option<DialectInput>,
) -> Result<JsValue, Error> {
    let text = |value, expected| read_text(value, Code::InvalidOptions, expected);
    let pick_up = wire::read_pick_up(
        &text(&path, "`path` to be a text")?,
        &text(&body, "`body` to be a text")?,
        read_dialect(dialect)?,
    )?;
    Ok(to_js(&pick_up))
}

remote!(ListedCall as ListedCallFields);

#[derive(Serialize)]
#[serde(remote = "ListedCall")]
struct ListedCallFields {
    call: CallApiId,
    extension: ExtensionId,
    callback: Option<String>,
    #[serde(serialize_with = "write_events")]
    events: Vec<Vec<(&'static str, String)>>,
}

/// Writes each event as an object.
fn write_events<S: Serializer>(
    events: &[Vec<(&'static str, String)>],
    to: S,
) -> Result<S::Ok, S::Error> {
    struct Event<'a>(&'a [(&'static str, String)]);
    impl Serialize for Event<'_> {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            write_fields(self.0, to)
        }
    }
    to.collect_seq(events.iter().map(|fields| Event(fields)))
}

/// Reads a list of current calls. Returns null if `body` is no such list.
#[wasm_bindgen(js_name = readCallList, unchecked_return_type = "ListedCall[] | null")]
pub fn read_call_list(
    #[wasm_bindgen(unchecked_param_type = "string")] body: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string | undefined")] extension: JsValue,
) -> Result<JsValue, Error> {
    let body = read_text(&body, Code::InvalidOptions, "`body` to be a text")?;
    let extension = if is_nothing(&extension) { None } else { Some(read_extension(&extension)?) };
    let calls = wire::read_call_list(&body, extension.as_ref());
    Ok(to_js(&calls))
}

/// Writes the reply after the telephone of an extension was not answered.
#[wasm_bindgen(js_name = writeNoAnswer, unchecked_return_type = "HttpReply")]
pub fn write_no_answer(
    #[wasm_bindgen(unchecked_param_type = "number")] slot: JsValue,
    dialect: Option<DialectInput>,
) -> Result<JsValue, Error> {
    Ok(to_js(&wire::write_no_answer(read_required_slot(&slot)?, read_dialect(dialect)?)))
}

/// Writes the reply of a switch that cannot make the telephone of an extension ring.
#[wasm_bindgen(js_name = writeNoPickUp, unchecked_return_type = "HttpReply")]
pub fn write_no_pick_up(
    #[wasm_bindgen(unchecked_param_type = "number")] slot: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] message: JsValue,
    dialect: Option<DialectInput>,
) -> Result<JsValue, Error> {
    let slot = read_required_slot(&slot)?;
    let message = read_text(&message, Code::InvalidOptions, "`message` to be a text")?;
    Ok(to_js(&wire::write_no_pick_up(slot, &message, read_dialect(dialect)?)))
}

/// Writes an answer.
#[wasm_bindgen(js_name = writeAnswer, unchecked_return_type = "HttpReply")]
pub fn write_answer(answer: AnswerInput, dialect: Option<DialectInput>) -> Result<JsValue, Error> {
    let reply = wire::write_answer(&read_answer(&answer)?, read_dialect(dialect)?);
    Ok(to_js(&reply))
}

/// The kinds of answers. A missing kind counts as the first, which needs a `code`.
const KINDS: [&str; 7] = ["refused", "unclear", "parked", "bridged", "held", "vacant", "free"];

/// Reads an answer. Ignores the fields that do not belong to its kind.
pub(super) fn read_answer(answer: &AnswerInput) -> Result<Answer, Error> {
    let slot = || read_slot(&answer.slot());
    let uuid = || Ok::<_, Error>(read_optional_call(&answer.uuid())?.map(uuid_of));
    Ok(match KINDS.get(read_word(&answer.kind(), "kind", &KINDS)?).copied() {
        Some("parked") => Answer::Parked { slot: slot()?, uuid: uuid()? },
        Some("bridged") => Answer::Bridged { slot: slot()?, uuid: uuid()? },
        Some("held") => Answer::Held {
            slot: read_required_slot(&answer.slot())?,
            uuid: uuid_of(read_call(&answer.uuid())?),
        },
        Some("vacant") => Answer::Vacant { slot: read_required_slot(&answer.slot())? },
        Some("free") => Answer::Free { slots: read_slots(answer.slots())? },
        Some("unclear") => Answer::Unclear {
            status: read_status(&answer.status())?,
            found: read_message(&answer.found(), "found")?.unwrap_or_default(),
            retry_after: read_length(&answer.retry_after_ms(), "retryAfterMs")?,
        },
        _ => {
            let expected = "`code` to be the code of a refusal";
            let word = read_text(&answer.code(), Code::InvalidOptions, expected)?;
            let code = RefusalCode::from_word(&word)
                .ok_or_else(|| unexpected(Code::InvalidOptions, expected, &answer.code()))?;
            let mut refusal = Refusal::new(code, slot()?);
            if let Some(message) = read_message(&answer.message(), "message")? {
                refusal.message = message;
            }
            refusal.retry_after = read_length(&answer.retry_after_ms(), "retryAfterMs")?;
            Answer::Refused(refusal)
        }
    })
}

fn uuid_of(call: CallApiId) -> CallUuid {
    call.uuid().clone()
}

/// Reads a text. `None` if it is missing or empty.
fn read_message(value: &JsValue, name: &str) -> Result<Option<String>, Error> {
    if is_nothing(value) {
        return Ok(None);
    }
    let expected = format!("`{name}` to be a text");
    let text = read_text(value, Code::InvalidOptions, &expected)?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Reads a list of slots, at most one for each slot of the largest lot.
fn read_slots(value: JsValue) -> Result<Vec<Slot>, Error> {
    let list = value.dyn_ref::<Array>().filter(|list| list.length() <= u16::MAX.into());
    let Some(list) = list else {
        let expected = "`slots` to be a list of at most 65535 slots";
        return Err(unexpected(Code::InvalidOptions, expected, &value));
    };
    list.iter().map(|slot| read_required_slot(&slot)).collect()
}
