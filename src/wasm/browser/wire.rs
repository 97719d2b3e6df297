//! The half of the wire that a client uses, for JavaScript.

use js_sys::Array;
use serde::{Serialize, Serializer};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::wasm::answer::Answer;
use crate::wasm::read::{
    DialectInput, QuestionInput, read_asked, read_call, read_dialect, read_extension, read_pairs,
    read_question, read_status, read_text,
};
use crate::wasm::write::{Constant, remote, to_js, write_fields};
use crate::wire::{Headers, HttpRequest, read_answer, write_current_calls_request, write_request};
use crate::{CallUuid, Code, Error};

remote!(HttpRequest as HttpRequestFields);

#[derive(Serialize)]
#[serde(remote = "HttpRequest")]
struct HttpRequestFields {
    #[serde(serialize_with = "write_method")]
    method: &'static str,
    path: String,
    #[serde(serialize_with = "write_headers")]
    headers: [(&'static str, &'static str); 2],
    body: String,
}

fn write_method<S: Serializer>(method: &'static str, to: S) -> Result<S::Ok, S::Error> {
    Constant(method).serialize(to)
}

fn write_headers<S: Serializer>(
    headers: &[(&'static str, &'static str); 2],
    to: S,
) -> Result<S::Ok, S::Error> {
    write_fields(&headers.map(|(name, value)| (name, Constant(value))), to)
}

/// The parts of the name of a call.
#[derive(Serialize)]
struct CallName<'a> {
    text: &'a str,
    node: Option<&'a str>,
    uuid: &'a CallUuid,
}

/// Builds the request of a question.
#[wasm_bindgen(js_name = buildRequest, unchecked_return_type = "HttpRequest")]
pub fn build_request(
    question: QuestionInput,
    dialect: Option<DialectInput>,
) -> Result<JsValue, Error> {
    let request = write_request(&read_question(&question)?, read_dialect(dialect)?)?;
    Ok(to_js(&request))
}

/// Writes the request for the current calls of an extension.
#[wasm_bindgen(js_name = writeCurrentCalls, unchecked_return_type = "SentRequest")]
pub fn write_current_calls(
    #[wasm_bindgen(unchecked_param_type = "string")] extension: JsValue,
) -> Result<JsValue, Error> {
    Ok(to_js(&write_current_calls_request(&read_extension(&extension)?)))
}

/// Reads the answer of the switch to a question. `headers` are names and values in turn.
#[wasm_bindgen(js_name = readAnswer, unchecked_return_type = "Answer")]
pub fn read_answer_to(
    question: QuestionInput,
    #[wasm_bindgen(unchecked_param_type = "number")] status: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] body: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string[]")] headers: Array,
) -> Result<JsValue, Error> {
    let asked = read_asked(&question)?;
    let status = read_status(&status)?;
    let body = read_text(&body, Code::InvalidOptions, "`body` to be a text")?;
    let headers = read_pairs(&headers);
    Ok(to_js(&Answer::from(&read_answer(asked, status, &body, Headers(&headers)))))
}

/// Splits the name of a call into its parts.
#[wasm_bindgen(js_name = parseCallApiId, unchecked_return_type = "CallName")]
pub fn parse_call_api_id(
    #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
) -> Result<JsValue, Error> {
    let call = read_call(&text)?;
    Ok(to_js(&CallName { text: call.as_str(), node: call.node(), uuid: call.uuid() }))
}

/// Returns true if both texts name the same call.
#[wasm_bindgen(js_name = sameCall)]
pub fn same_call(
    #[wasm_bindgen(unchecked_param_type = "string")] a: JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] b: JsValue,
) -> Result<bool, Error> {
    Ok(read_call(&a)? == read_call(&b)?)
}
