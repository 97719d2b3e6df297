//! The two names of a call: [`CallApiId`] in requests, [`CallUuid`] in slots.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;
use std::sync::Arc;

use uuid::Uuid;

use crate::{Code, Error};

/// The longest accepted name of a call, in bytes. The documented form has 47.
pub const MAX_LENGTH: usize = 256;

/// The full name of a call (`call_api_id`). Events contain it, and a request puts it into its URL.
///
/// The documented form is the number of the switch that holds the call, a hyphen and a UUID. Some
/// switches leave the number out. So this type keeps the text as it was read, and compares only
/// the [`uuid`](Self::uuid): two different texts can name the same call.
///
/// A clone costs no allocation.
///
/// ```
/// use valet_park::CallApiId;
///
/// let call: CallApiId = "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0".parse()?;
/// assert_eq!(call.node(), Some("3232240860"));
/// assert_eq!(call.uuid().as_str(), "37b98fb2-a66c-11ea-ae69-6fd86d94a0e0");
///
/// let bare: CallApiId = "37B98FB2A66C11EAAE696FD86D94A0E0".parse()?;
/// assert_eq!(bare, call);
/// # Ok::<(), valet_park::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CallApiId(CallUuid);

impl CallApiId {
    /// Returns the text as it was read. A request puts this text into its path.
    pub fn as_str(&self) -> &str {
        &self.0.0.text
    }

    /// Returns the number of the switch that holds the call: the digits before the first hyphen.
    ///
    /// Returns `None` if the text does not start with such a number. The first eight digits of a
    /// bare UUID are not a number of a switch.
    pub fn node(&self) -> Option<&str> {
        split(self.as_str()).0
    }

    /// Returns the part of the name that identifies the call.
    pub fn uuid(&self) -> &CallUuid {
        &self.0
    }
}

impl fmt::Display for CallApiId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CallApiId {
    type Err = Error;

    /// Reads the full name of a call.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::InvalidCall`] if `text`
    ///
    /// - is empty, longer than [`MAX_LENGTH`] bytes, or consists of hyphens and spaces;
    /// - starts or ends with whitespace;
    /// - contains a control character, `/`, `\`, `?`, `#` or `%`, or is `.` or `..`: these would
    ///   change the path of a request.
    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self)
    }
}

/// The part of a [`CallApiId`] that identifies the call. A slot answers with this name.
///
/// If the name has 32 hexadecimal digits, it is a UUID in lower case with hyphens. Any other name
/// is kept in lower case, without hyphens and without spaces at its ends. So equal calls have equal
/// texts. The text of a `CallUuid` can be parsed again and gives the same `CallUuid`.
///
/// A clone costs no allocation.
///
/// ```
/// use valet_park::CallUuid;
///
/// let seen: CallUuid = "37b98fb2a66c11eaae696fd86d94a0e0".parse()?;
/// assert_eq!(seen.as_str(), "37b98fb2-a66c-11ea-ae69-6fd86d94a0e0");
/// # Ok::<(), valet_park::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CallUuid(Arc<Name>);

impl CallUuid {
    /// Returns the name as text. Names of the same call have the same text.
    pub fn as_str(&self) -> &str {
        &self.0.uuid
    }
}

impl fmt::Display for CallUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CallUuid {
    type Err = Error;

    /// Reads either name of a call. The number of the switch, hyphens and letter case make no
    /// difference.
    ///
    /// # Errors
    ///
    /// Fails for the same texts as [`CallApiId`].
    fn from_str(text: &str) -> Result<Self, Error> {
        let uuid = if is_harmful(text) { String::new() } else { normalize(split(text).1) };
        if uuid.is_empty() {
            let expected = "a `call_api_id` like `3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0`";
            return Err(Error::unexpected(Code::InvalidCall, expected, text));
        }
        // Without its hyphen `.-` would be `.`, which is harmful in a path. It keeps the hyphen.
        let uuid = if matches!(&*uuid, "." | "..") { text.to_owned() } else { uuid };
        Ok(Self(Arc::new(Name { text: text.to_owned(), digest: digest(&uuid), uuid })))
    }
}

/// Both forms of a call's name, shared by all clones. Only `uuid` is compared.
#[derive(Debug)]
struct Name {
    text: String,
    uuid: String,
    /// A number computed from `uuid`. Names with different numbers name different calls, so most
    /// comparisons need not read the text.
    digest: u64,
}

/// Computes the FNV-1a hash of a text.
fn digest(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest && self.uuid == other.uuid
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
        self.digest.hash(state);
    }
}

/// Splits `text` into the number of the switch, if there is one, and the name of the call.
///
/// A UUID can start with eight decimal digits and a hyphen. They are part of the UUID.
fn split(text: &str) -> (Option<&str>, &str) {
    match text.split_once('-') {
        Some((node, name))
            if !node.is_empty()
                && node.bytes().all(|byte| byte.is_ascii_digit())
                && name.bytes().any(|byte| !matches!(byte, b'-' | b' '))
                && read_uuid(text).is_none() =>
        {
            (Some(node), name)
        }
        _ => (None, text),
    }
}

/// Returns the text by which names are compared. See [`CallUuid`].
fn normalize(name: &str) -> String {
    match read_uuid(name) {
        Some(uuid) => uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()).to_owned(),
        None => name.replace('-', "").trim_ascii().to_ascii_lowercase(),
    }
}

/// Reads a text of 32 hexadecimal digits, with hyphens anywhere and spaces around it.
fn read_uuid(text: &str) -> Option<Uuid> {
    let (mut number, mut count) = (0, 0);
    for byte in text.trim_matches(['-', ' ']).bytes().filter(|byte| *byte != b'-') {
        number = number << 4 | u128::from(char::from(byte).to_digit(16)?);
        count += 1;
    }
    (count == 32).then(|| Uuid::from_u128(number))
}

/// Returns true if `text` cannot be one segment of a path, or is empty, too long or surrounded by
/// spaces.
///
/// A URL parser treats `.` and `..` as steps between folders, even if they are percent-encoded.
fn is_harmful(text: &str) -> bool {
    let is_harmful = |byte| matches!(byte, 0..32 | b'/' | b'\\' | b'?' | b'#' | b'%' | 0x7f);
    text.len() > MAX_LENGTH
        || matches!(text, "" | "." | "..")
        || text.bytes().any(is_harmful)
        || text.trim_ascii() != text
        || !text.is_ascii() && text.chars().any(char::is_control)
}

impl CallApiId {
    /// Returns the name that a recording holds.
    pub(crate) fn recorded(name: CallUuid) -> Self {
        Self(name)
    }
}

impl CallUuid {
    /// Returns the name exactly as it arrived, without any change.
    pub(crate) fn text(&self) -> &str {
        &self.0.text
    }

    /// Returns the name that a recording holds. The texts may be stand-ins and are not checked.
    pub(crate) fn recorded(text: String, uuid: String) -> Self {
        Self(Arc::new(Name { digest: digest(&uuid), text, uuid }))
    }
}
