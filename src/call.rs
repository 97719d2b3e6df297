//! The two names of a call: the one it is asked by, and the one a slot answers with.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;
use std::sync::Arc;

use uuid::Uuid;

use crate::trouble::quoted;

/// The longest name of a call that is believed to be one, in bytes.
///
/// The documented form takes 47. Anything much longer is a mistake, and would only be cut off by
/// a proxy on its way.
pub const LONGEST: usize = 256;

/// The full name of a call, as events give it and as a request names it.
///
/// Documented as the number of the switch that carries the call, a hyphen and a UUID, but seen
/// without the number, too. So the text is kept as it came, and only [`uuid`](Self::uuid) is
/// compared: two texts can name one call.
#[derive(Clone, Debug)]
pub struct CallApiId(Arc<Name>);

#[derive(Debug)]
struct Name {
    text: Box<str>,
    uuid: CallUuid,
}

impl CallApiId {
    /// The text as it came; what a request puts into its path.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The digits before the first hyphen: the switch that holds the call, as a number.
    ///
    /// `None` where the text has no such head, or is a bare UUID that happens to start with eight
    /// digits.
    pub fn node(&self) -> Option<&str> {
        split(&self.0.text).0
    }

    /// The part that a slot answers with, and by which calls are compared.
    pub fn uuid(&self) -> &CallUuid {
        &self.0.uuid
    }
}

impl fmt::Display for CallApiId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

/// Two names are equal when they name the same call, whatever their prefix, hyphens and case.
impl PartialEq for CallApiId {
    fn eq(&self, other: &Self) -> bool {
        self.0.uuid == other.0.uuid
    }
}

impl Eq for CallApiId {}

impl Hash for CallApiId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.uuid.hash(state);
    }
}

impl FromStr for CallApiId {
    type Err = InvalidCall;

    fn from_str(text: &str) -> Result<Self, InvalidCall> {
        Ok(Self(Arc::new(Name { uuid: text.parse()?, text: text.into() })))
    }
}

/// The name of a call as a slot gives it: the part of the [`CallApiId`] after the switch's number.
///
/// Lower case and hyphenated where it holds 32 hexadecimal digits, as documented. Anything else is
/// opaque, and compared in lower case without hyphens.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CallUuid(Arc<str>);

impl CallUuid {
    /// The name as text, the same for the same call.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CallUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads either name of a call; the switch's number, hyphens and letter case make no difference.
impl FromStr for CallUuid {
    type Err = InvalidCall;

    fn from_str(text: &str) -> Result<Self, InvalidCall> {
        check(text)?;
        let (_, compared) = split(text);
        let plain: String =
            compared.chars().filter(|&c| c != '-').map(|c| c.to_ascii_lowercase()).collect();
        match Uuid::try_parse(&plain) {
            Ok(uuid) if plain.len() == 32 => {
                Ok(Self((&*uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer())).into()))
            }
            _ if plain.is_empty() => Err(InvalidCall::new(text)),
            _ => Ok(Self(plain.into())),
        }
    }
}

/// Parts the number of the switch from what names the call on it.
///
/// A bare UUID may begin with eight decimal digits; it is recognised by its length and left whole,
/// or the same call would have two names.
fn split(text: &str) -> (Option<&str>, &str) {
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    let bare = digits == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    match text.split_once('-') {
        Some((head, tail))
            if !bare
                && !head.is_empty()
                && head.bytes().all(|byte| byte.is_ascii_digit())
                && tail.bytes().any(|byte| byte != b'-') =>
        {
            (Some(head), tail)
        }
        _ => (None, text),
    }
}

/// Refuses whatever would leave its path segment, or is no name at all.
///
/// `.` and `..` are refused because a URL parser steps out of the segment for them, even when
/// they are percent-encoded.
fn check(text: &str) -> Result<(), InvalidCall> {
    let harmful = |c: char| c.is_control() || matches!(c, '/' | '\\' | '?' | '#' | '%');
    if text.is_empty()
        || text.len() > LONGEST
        || matches!(text, "." | "..")
        || text.contains(harmful)
        || text.trim() != text
    {
        return Err(InvalidCall::new(text));
    }
    Ok(())
}

/// Why something is not the name of a call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidCall {
    found: String,
}

impl InvalidCall {
    fn new(found: &str) -> Self {
        Self { found: quoted(found) }
    }
}

impl fmt::Display for InvalidCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected a `call_api_id` like `3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0`, \
             found {}",
            self.found
        )
    }
}

impl core::error::Error for InvalidCall {}
