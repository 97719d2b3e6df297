//! Random numbers from the host.

use crate::{Code, Error};

/// Returns an unpredictable seed from `crypto.getRandomValues`.
///
/// # Errors
///
/// Fails with `not-loaded` in a host that has no `crypto.getRandomValues`.
pub(super) fn draw_seed() -> Result<u64, Error> {
    getrandom::u64().map_err(|_| {
        let expected =
            "expected a host with `crypto.getRandomValues`, found none; pass the option `seed`";
        Error::new(Code::NotLoaded, expected)
    })
}
