//! Forms: `name=value&name=value`, as in a query and in the body of a `POST`.

use super::LONGEST_BODY;
use super::charset::{Fallback, read_text};
use super::percent::{decode_field, encode_field};
use crate::{Code, Error};

/// Reads the names and values of a form, in their order. A `?` before the form is left out.
///
/// # Errors
///
/// `invalid-event` if the form is longer than [`LONGEST_BODY`].
pub(super) fn read_form(text: &str, fallback: Fallback) -> Result<Vec<(String, String)>, Error> {
    if text.len() > LONGEST_BODY {
        let message =
            format!("expected at most {LONGEST_BODY} bytes of fields, found {}", text.len());
        return Err(Error::new(Code::InvalidEvent, message));
    }
    let text = text.trim_ascii();
    let fields = text.strip_prefix('?').unwrap_or(text).split('&');
    let read = |part| read_text(decode_field(part), fallback);
    Ok(fields
        .filter(|field| !field.is_empty())
        .map(|field| field.split_once('=').unwrap_or((field, "")))
        .map(|(name, value)| (read(name), read(value)))
        .collect())
}

/// A form that is being written, in UTF-8.
#[derive(Default)]
pub(super) struct Form(String);

impl Form {
    /// Appends a field.
    pub(super) fn push(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        encode_field(&mut self.0, name);
        self.0.push('=');
        encode_field(&mut self.0, value);
    }

    /// Appends the fields that have a value.
    pub(super) fn push_known(&mut self, fields: [(&str, Option<&str>); 3]) {
        for (name, value) in fields {
            if let Some(value) = value {
                self.push(name, value);
            }
        }
    }

    /// Returns the form as text.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}
