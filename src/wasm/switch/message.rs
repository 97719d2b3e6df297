//! Writes feed messages, for JavaScript.

use std::sync::Arc;

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::wire::{AnswerInput, read_answer};
use crate::feed::{Message, MessageKind, Move, Note, Reason};
use crate::wasm::read::{
    QuestionInput, is_nothing, read_call, read_extension, read_length, read_optional_call,
    read_pairs, read_question, read_required_slot, read_text, truncated, unexpected,
};
use crate::wasm::write::to_js;
use crate::wire::write_message;
use crate::{CallEvent, Code, Error, ExtensionId, Millis, Party};

#[wasm_bindgen]
extern "C" {
    /// A move of a call as TypeScript copied it.
    #[wasm_bindgen(typescript_type = "MoveCopy")]
    pub type MoveInput;
    #[wasm_bindgen(method, getter, js_name = move)]
    fn moved(this: &MoveInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn slot(this: &MoveInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn call(this: &MoveInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn extension(this: &MoveInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn number(this: &MoveInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn name(this: &MoveInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn by(this: &MoveInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = takenBy)]
    fn taken_by(this: &MoveInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = agoMs)]
    fn ago_ms(this: &MoveInput) -> JsValue;
}

#[wasm_bindgen]
extern "C" {
    /// A note of a parked call as TypeScript copied it.
    #[wasm_bindgen(typescript_type = "NoteCopy")]
    pub type NoteInput;
    #[wasm_bindgen(method, getter)]
    fn call(this: &NoteInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn slot(this: &NoteInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn note(this: &NoteInput) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = forWhom)]
    fn for_whom(this: &NoteInput) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn by(this: &NoteInput) -> JsValue;
}

/// A message of a feed.
#[derive(Serialize)]
struct FeedMessage {
    kind: MessageKind,
    data: String,
}

fn written(message: &Message) -> JsValue {
    to_js(&FeedMessage { kind: message.kind(), data: write_message(message) })
}

/// Writes the message about a call event. `fields` are names and values in turn.
#[wasm_bindgen(js_name = writeCallMessage, unchecked_return_type = "FeedMessage")]
pub fn write_call_message(
    #[wasm_bindgen(unchecked_param_type = "string[]")] fields: Array,
) -> Result<JsValue, Error> {
    let event = CallEvent::from_fields(read_pairs(&fields))?;
    Ok(written(&Message::Call(Arc::new(event))))
}

/// Writes the message about an answer to a question.
#[wasm_bindgen(js_name = writeAskedMessage, unchecked_return_type = "FeedMessage")]
pub fn write_asked_message(
    question: QuestionInput,
    answer: AnswerInput,
    #[wasm_bindgen(unchecked_param_type = "number | null | undefined")] since: JsValue,
) -> Result<JsValue, Error> {
    let (question, answer) = (read_question(&question)?, read_answer(&answer)?);
    Ok(written(&Message::Asked { question, answer, since: read_id(&since)? }))
}

/// Writes the message about a call that entered or left a slot.
#[wasm_bindgen(js_name = writeLotMessage, unchecked_return_type = "FeedMessage")]
pub fn write_lot_message(moved: MoveInput) -> Result<JsValue, Error> {
    Ok(written(&Message::Move(Move {
        left: read_reason(&moved.moved())?,
        slot: read_required_slot(&moved.slot())?,
        call: read_call(&moved.call())?,
        caller: read_caller(&moved)?,
        extension: read_extension(&moved.extension())?,
        by: read_optional_call(&moved.by())?,
        taken_by: read_optional_extension(&moved.taken_by())?,
        ago: read_length(&moved.ago_ms(), "agoMs")?.unwrap_or(Millis::ZERO),
    })))
}

/// Writes the message about what is noted of a call.
#[wasm_bindgen(js_name = writeNoteMessage, unchecked_return_type = "FeedMessage")]
pub fn write_note_message(note: NoteInput) -> Result<JsValue, Error> {
    Ok(written(&Message::Note(Arc::new(Note {
        call: read_call(&note.call())?,
        slot: read_required_slot(&note.slot())?,
        note: read_optional_text(&note.note(), "`note` to be a text")?,
        for_whom: read_optional_text(&note.for_whom(), "`forWhom` to be a text")?,
        by: read_optional_extension(&note.by())?,
    }))))
}

/// Reads the id of a message. `None` if the value is null or undefined.
fn read_id(value: &JsValue) -> Result<Option<u64>, Error> {
    if is_nothing(value) {
        return Ok(None);
    }
    // JavaScript represents no larger whole number exactly.
    let is_id = |id: &f64| (0.0..9_007_199_254_740_992.0).contains(id) && id.fract() == 0.0;
    let expected = "`since` to be the id of a message: a whole number, zero or more";
    let id = value.as_f64().filter(is_id).map(truncated);
    id.map(Some).ok_or_else(|| unexpected(Code::InvalidOptions, expected, value))
}

/// Reads why a call left its slot. `None` for `parked`.
fn read_reason(value: &JsValue) -> Result<Option<Reason>, Error> {
    let expected = "`move` to be 'parked', 'bridged', 'returned', 'abandoned' or 'unknown'";
    match read_text(value, Code::InvalidOptions, expected)?.as_str() {
        "parked" => Ok(None),
        word => match Reason::from_word(word) {
            None => Err(unexpected(Code::InvalidOptions, expected, value)),
            reason => Ok(reason),
        },
    }
}

/// Reads the number and the name of the caller.
fn read_caller(moved: &MoveInput) -> Result<Option<Arc<Party>>, Error> {
    let number = read_optional_text(&moved.number(), "`number` to be a text")?;
    let name = read_optional_text(&moved.name(), "`name` to be a text")?;
    let party = Party { number, name, extension: None };
    Ok((party != Party::default()).then(|| Arc::new(party)))
}

/// Reads a text. `None` for nothing and for an empty text.
fn read_optional_text(value: &JsValue, expected: &str) -> Result<Option<String>, Error> {
    if is_nothing(value) {
        return Ok(None);
    }
    let text = read_text(value, Code::InvalidOptions, expected)?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn read_optional_extension(value: &JsValue) -> Result<Option<ExtensionId>, Error> {
    if is_nothing(value) { Ok(None) } else { read_extension(value).map(Some) }
}
