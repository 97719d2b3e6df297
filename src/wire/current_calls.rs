//! Lists of current calls: of an extension, or of all extensions of a customer.

use std::sync::Arc;

use super::HttpRequest;
use super::date::read_gmt;
use super::notation::{Notation, Value};
use super::percent::encode_segment;
use crate::{CallApiId, CallEvent, ExtensionId};

/// Writes the request for the current calls: `GET /extension/{extension_id}/current_calls/`.
pub fn write_current_calls_request(extension: &ExtensionId) -> HttpRequest {
    let mut path = String::from("/extension/");
    encode_segment(&mut path, extension.as_str());
    path.push_str("/current_calls/");
    super::request::request("GET", path, String::new())
}

/// A call in a list of current calls.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ListedCall {
    /// The name of the call.
    pub call: CallApiId,
    /// The extension at which the call rings or talks.
    pub extension: ExtensionId,
    /// The callback that the call belongs to (`callback_id`). `None` for other calls.
    pub callback: Option<String>,
    /// The fields of the call events that must have happened: the call has begun to ring, and may
    /// be answered.
    pub events: Vec<Vec<(&'static str, String)>>,
}

/// Reads a list of current calls. Calls without a name or an extension are left out.
///
/// `extension` is the one that the list was asked for. `None`: the list is of all extensions, and
/// each entry names its own (`extension_id`). Returns `None` if the text is no such list.
pub fn read_call_list(body: &str, extension: Option<&ExtensionId>) -> Option<Vec<ListedCall>> {
    let list = Value::read(body, Notation::JsonOrPython)?;
    let Value::List(entries) = list.field("call_list")? else { return None };
    Some(entries.iter().filter_map(|entry| read_entry(entry, extension)).collect())
}

fn read_entry(entry: &Value, extension: Option<&ExtensionId>) -> Option<ListedCall> {
    let field = |name| entry.field(name).and_then(Value::as_text).filter(|text| !text.is_empty());
    let call: CallApiId = field("call_api_id")?.parse().ok()?;
    let extension = match extension {
        Some(extension) => extension.clone(),
        None => field("extension_id")?.parse().ok()?,
    };
    let is_out = field("call_flow").is_some_and(|flow| flow.eq_ignore_ascii_case("out"));
    let other = || entry.field("caller_extension")?.field("id")?.as_text();
    let (ring, flow, called, caller) = if is_out {
        ("dial-out", "out", None, Some(extension.as_str()))
    } else {
        ("dial-in", "in", Some(extension.as_str()), other())
    };
    let event = |kind, status, time: Option<&str>| {
        let time = time.and_then(read_gmt).map(|us| us.to_string());
        let fields = [
            ("EventType", Some(kind)),
            ("CallStatus", Some(status)),
            ("CallAPIID", Some(call.as_str())),
            ("CallFlow", Some(flow)),
            ("CalledExtensionID", called),
            ("CallerExtensionID", caller),
            ("CallerIDNum", field("caller_id_number")),
            ("CallerIDName", field("caller_id_name")),
            ("CalledNumber", field("called_number")),
            ("CalledDID", field("called_did")),
            ("EventTime", time.as_deref()),
        ];
        fields.iter().filter_map(|&(name, value)| Some((name, value?.to_owned()))).collect()
    };
    let answered = field("answer_time_gmt").map(|time| event("answer", "ANSWER", Some(time)));
    let mut events = vec![event(ring, "CALLING", field("init_time_gmt"))];
    events.extend(answered);
    let callback = field("callback_id").map(str::to_owned);
    Some(ListedCall { call, extension, callback, events })
}

/// Reads the current calls of an extension, as the call events that must have happened: each call
/// has begun to ring, and may be answered. Calls without a name are left out.
///
/// `None` if the text is no such list.
///
/// # Examples
///
/// ```
/// use valet_park::wire::read_current_calls;
///
/// let list = r#"{"call_list":[{"call_api_id":"1-37b98fb2a66c11eaae696fd86d94a0e0",
///     "call_flow":"in","caller_id_number":"+79161112233","answer_time_gmt":null}]}"#;
/// let events = read_current_calls(&"34414".parse()?, list).unwrap();
/// assert_eq!(events.len(), 1);
/// assert_eq!(events[0].kind.as_str(), "dial-in");
/// # Ok::<(), valet_park::Error>(())
/// ```
pub fn read_current_calls(extension: &ExtensionId, body: &str) -> Option<Vec<Arc<CallEvent>>> {
    let calls = read_call_list(body, Some(extension))?;
    let events = calls.into_iter().flat_map(|call| call.events);
    let own = |(name, value): (&str, String)| (name.to_owned(), value);
    let read = |fields: Vec<_>| CallEvent::from_fields(fields.into_iter().map(own).collect());
    Some(events.filter_map(|fields| read(fields).ok().map(Arc::new)).collect())
}
