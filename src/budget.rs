//! What is left of the requests that the customer's applications share.

use crate::Millis;

/// What is left of the hourly budget of requests, as an answer told it.
///
/// `None` is what the switch did not say; absent is not zero.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Budget {
    /// How many requests an hour may have (`X-RateLimit-Limit`).
    pub limit: Option<u32>,
    /// How many are left (`X-RateLimit-Remaining`).
    pub remaining: Option<u32>,
    /// When it starts anew (`X-RateLimit-Reset`).
    pub resets_in: Option<Millis>,
}
