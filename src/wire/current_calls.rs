//! The list of the current calls of an extension.

use std::sync::Arc;

use super::HttpRequest;
use super::date::read_gmt;
use super::notation::{Notation, Value};
use super::percent::encode_segment;
use crate::{CallEvent, ExtensionId};

/// Writes the request for the current calls: `GET /extension/{extension_id}/current_calls/`.
pub fn write_current_calls_request(extension: &ExtensionId) -> HttpRequest {
    let mut path = String::from("/extension/");
    encode_segment(&mut path, extension.as_str());
    path.push_str("/current_calls/");
    super::request::request("GET", path, String::new())
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
    let list = Value::read(body, Notation::JsonOrPython)?;
    let Value::List(entries) = list.field("call_list")? else { return None };
    let mut events = Vec::new();
    for entry in entries {
        let field = |name| entry.field(name).and_then(Value::as_text);
        let Some(call) = field("call_api_id") else { continue };
        let is_out = field("call_flow").is_some_and(|flow| flow.eq_ignore_ascii_case("out"));
        let [ring, flow, own] = if is_out {
            ["dial-out", "out", "CallerExtensionID"]
        } else {
            ["dial-in", "in", "CalledExtensionID"]
        };
        for (kind, time) in [(ring, "init_time_gmt"), ("answer", "answer_time_gmt")] {
            let at = field(time);
            if kind == "answer" && at.is_none() {
                continue;
            }
            let at_us = at.and_then(read_gmt).map(|us| us.to_string());
            let mut fields = Vec::new();
            for (name, value) in [
                ("EventType", Some(kind)),
                ("CallAPIID", Some(call)),
                ("CallFlow", Some(flow)),
                (own, Some(extension.as_str())),
                ("CallerIDNum", field("caller_id_number")),
                ("CallerIDName", field("caller_id_name")),
                ("CalledNumber", field("called_number")),
                ("CalledDID", field("called_did")),
                ("EventTime", at_us.as_deref()),
            ] {
                if let Some(value) = value {
                    fields.push((name.to_owned(), value.to_owned()));
                }
            }
            events.extend(CallEvent::from_fields(fields).map(Arc::new));
        }
    }
    Some(events)
}
