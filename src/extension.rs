//! [`ExtensionId`]: the extension that parks a call.

use core::fmt;
use core::str::FromStr;
use std::sync::Arc;

use crate::{Code, Error};

/// The longest accepted extension, in bytes.
const MAX_LENGTH: usize = 64;

/// The extension that parks a call. A parked call returns to this extension.
///
/// The specification allows three forms:
///
/// - the numeric id of the extension: `34414`
/// - the number of the extension: `@101`
/// - the number of the client, and the number of the extension: `@1844*101`
///
/// Two ids are equal if their texts are equal. Only the switch knows that two different ids mean
/// the same extension. A clone costs no allocation.
///
/// ```
/// use valet_park::ExtensionId;
///
/// let desk: ExtensionId = "@1844*101".parse()?;
/// assert_eq!(desk.as_str(), "@1844*101");
/// assert!("101a".parse::<ExtensionId>().is_err());
/// # Ok::<(), valet_park::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ExtensionId(Arc<str>);

impl ExtensionId {
    /// Returns the text as it was read.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExtensionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ExtensionId {
    type Err = Error;

    /// Reads an extension in one of the three forms.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::InvalidExtension`] if `text` has another form, or more than 64 bytes.
    fn from_str(text: &str) -> Result<Self, Error> {
        let is_number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
        let is_valid = match text.as_bytes().strip_prefix(b"@") {
            None => is_number(text.as_bytes()),
            Some(numbers) => numbers.splitn(2, |byte| *byte == b'*').all(is_number),
        };
        if is_valid && text.len() <= MAX_LENGTH {
            Ok(Self(text.into()))
        } else {
            let expected = "an extension like `34414`, `@101` or `@1844*101`";
            Err(Error::unexpected(Code::InvalidExtension, expected, text))
        }
    }
}
