//! On whose behalf a call is parked.

use core::fmt;
use core::str::FromStr;
use std::sync::Arc;

use crate::{Code, Error};

/// The longest extension that is believed to be one, in bytes.
const LONGEST: usize = 64;

/// On whose behalf a call is parked: the telephone it returns to.
///
/// Either the numeric id of the extension (`34414`), or its number (`@101`), or the number with
/// that of the client it belongs to (`@1844*101`). The three are not the same text even where they
/// name the same telephone, and only the switch knows which do.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ExtensionId(Arc<String>);

impl ExtensionId {
    /// The text as it came; what a request puts into its path.
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

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::read(text).ok_or_else(|| {
            let expected = "an extension like `34414`, `@101` or `@1844*101`";
            Error::unexpected(Code::InvalidExtension, expected, text)
        })
    }
}

impl ExtensionId {
    /// The extension that `text` names, as [`from_str`](Self::from_str) has it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut stars = usize::from(text.starts_with('@'));
        let mut after_digit = false;
        for (place, byte) in text.bytes().enumerate() {
            match byte {
                b'0'..=b'9' => after_digit = true,
                b'@' if place == 0 => {}
                b'*' if after_digit && stars == 1 => {
                    stars = 0;
                    after_digit = false;
                }
                _ => return None,
            }
        }
        (after_digit && text.len() <= LONGEST).then(|| Self(Arc::new(text.to_owned())))
    }
}
