//! The lot of the specification, which is the default of all options.

use crate::Millis;

/// The number of slots.
pub const SLOTS: u16 = 9;

/// How long a call may wait: three minutes.
pub const PATIENCE: Millis = Millis::from_secs(180);
