//! On whose behalf a call is parked.

use core::fmt;
use core::str::FromStr;
use std::sync::Arc;

use crate::trouble::quoted;

/// The longest extension that is believed to be one, in bytes.
const LONGEST: usize = 64;

/// On whose behalf a call is parked: the telephone it returns to.
///
/// Either the numeric id of the extension (`34414`), or its number (`@101`), or the number with
/// that of the client it belongs to (`@1844*101`). The three are not the same text even where they
/// name the same telephone, and only the switch knows which do.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ExtensionId(Arc<str>);

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
    type Err = InvalidExtension;

    fn from_str(text: &str) -> Result<Self, InvalidExtension> {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let good = text.len() <= LONGEST
            && match text.strip_prefix('@') {
                None => digits(text),
                Some(number) => match number.split_once('*') {
                    None => digits(number),
                    Some((client, number)) => digits(client) && digits(number),
                },
            };
        if good { Ok(Self(text.into())) } else { Err(InvalidExtension { found: quoted(text) }) }
    }
}

/// Why something is not an extension.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidExtension {
    found: String,
}

impl fmt::Display for InvalidExtension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected an extension like `34414`, `@101` or `@1844*101`, found {}", self.found)
    }
}

impl core::error::Error for InvalidExtension {}
