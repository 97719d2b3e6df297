//! Randomness from the host.

use crate::{Code, Error};

/// Draws an unpredictable seed from `crypto.getRandomValues`.
///
/// # Errors
///
/// Fails with `not-loaded` in a host that has no `crypto.getRandomValues`.
pub(super) fn draw_seed() -> Result<u64, Error> {
    getrandom::u64().map_err(|_| {
        let expected = "expected `crypto.getRandomValues` to draw a seed with; \
                        give a `seed` where there is none";
        Error::new(Code::NotLoaded, expected)
    })
}
