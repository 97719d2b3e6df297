//! [`Budget`]: how many requests the switch still accepts.

use crate::Millis;

/// The request limit of the account, as the headers of one answer report it.
///
/// All applications of a client share one hourly limit. A field is `None` if the answer does not
/// have the header. `None` does not mean zero.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Budget {
    /// The number of requests allowed per hour (`X-RateLimit-Limit`).
    pub limit: Option<u32>,
    /// The number of requests left until the reset (`X-RateLimit-Remaining`).
    pub remaining: Option<u32>,
    /// The time until the limit is reset (`X-RateLimit-Reset`).
    pub resets_in: Option<Millis>,
}
