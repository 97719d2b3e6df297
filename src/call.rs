//! The two names of a call: the one it is asked by, and the one a slot answers with.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;
use std::sync::Arc;

use uuid::Uuid;

use crate::{Code, Error};

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
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct CallApiId(CallUuid);

/// A name of a call in both its forms, shared by all who know it.
#[derive(Debug)]
struct Name {
    text: String,
    uuid: String,
}

impl CallApiId {
    /// The text as it came; what a request puts into its path.
    pub fn as_str(&self) -> &str {
        &self.0.0.text
    }

    /// The call that `text` names, as [`from_str`](Self::from_str) has it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        CallUuid::read(text).map(Self)
    }

    /// The digits before the first hyphen: the switch that holds the call, as a number.
    ///
    /// `None` where the text has no such head, or is a bare UUID that happens to start with eight
    /// digits.
    pub fn node(&self) -> Option<&str> {
        split(self.as_str()).0
    }

    /// The part that a slot answers with, and by which calls are compared.
    pub fn uuid(&self) -> &CallUuid {
        &self.0
    }
}

impl fmt::Display for CallApiId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Two names are equal when they name the same call, whatever their prefix, hyphens and case.
impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl Eq for Name {}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl FromStr for CallApiId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self)
    }
}

/// The name of a call as a slot gives it: the part of the [`CallApiId`] after the switch's number.
///
/// Lower case and hyphenated where it holds 32 hexadecimal digits, as documented. Anything else is
/// opaque, and compared in lower case without hyphens and without blanks at its ends. The text can
/// be read again, and then names the same call.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CallUuid(Arc<Name>);

impl CallUuid {
    /// The name as text, the same for the same call.
    pub fn as_str(&self) -> &str {
        &self.0.uuid
    }

    /// The call that `text` names, as [`from_str`](Self::from_str) has it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if is_harmful(text) {
            return None;
        }
        let uuid = comparable(split(text).1);
        if uuid.is_empty() {
            return None;
        }
        // Nothing but dots is left: the hyphens keep the name in its path segment.
        let uuid = if is_harmful(&uuid) { text.to_owned() } else { uuid };
        Some(Self(Arc::new(Name { text: text.to_owned(), uuid })))
    }
}

impl fmt::Display for CallUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads either name of a call; the switch's number, hyphens and letter case make no difference.
impl FromStr for CallUuid {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::read(text).ok_or_else(|| {
            let expected = "a `call_api_id` like `3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0`";
            Error::unexpected(Code::InvalidCall, expected, text)
        })
    }
}

/// What names of one call have in common: the text in lower case, without hyphens and without
/// blanks at the ends; 32 hexadecimal digits in the usual form of a UUID.
fn comparable(text: &str) -> String {
    let letters: String = text.chars().filter(|c| *c != '-').collect();
    let letters = letters.trim_ascii();
    let mut digits = letters.chars().map(|c| c.to_digit(16));
    let bits = digits.try_fold(0, |bits, digit| Some(bits << 4 | u128::from(digit?)));
    match bits {
        // The formatter of the standard library would be a tenth of the module.
        Some(bits) if letters.len() == 32 => {
            let uuid = Uuid::from_u128(bits).hyphenated();
            uuid.encode_lower(&mut Uuid::encode_buffer()).to_owned()
        }
        _ => letters.to_ascii_lowercase(),
    }
}

/// Parts the number of the switch from what names the call on it.
///
/// A bare UUID may begin with eight decimal digits; it is recognised by its length and left whole,
/// or the same call would have two names.
fn split(text: &str) -> (Option<&str>, &str) {
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    let hyphens = text.bytes().filter(|byte| *byte == b'-').count();
    let is_bare = digits == 32 && digits + hyphens == text.len();
    let head = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.split_at_checked(head) {
        Some((head, tail))
            if !(is_bare || head.is_empty())
                && tail.starts_with('-')
                && tail.bytes().any(|byte| !matches!(byte, b'-' | b' ')) =>
        {
            (Some(head), tail)
        }
        _ => (None, text),
    }
}

/// Whether `text` would leave its path segment, or is no name at all.
///
/// `.` and `..` are harmful because a URL parser steps out of the segment for them, even when they
/// are percent-encoded.
fn is_harmful(text: &str) -> bool {
    let harmful = |c: char| c.is_control() || matches!(c, '/' | '\\' | '?' | '#' | '%');
    text.len() > LONGEST
        || matches!(text, "" | "." | "..")
        || text.chars().any(harmful)
        || text.trim_ascii() != text
}
