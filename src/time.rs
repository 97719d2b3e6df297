//! A moment, told by somebody else's clock.

use core::ops::{Add, Sub};
use core::time::Duration;

/// A moment on the caller's clock, in whole milliseconds since an origin of the caller's choosing.
///
/// The standard `Instant` is not used because there is no clock behind it in a browser. A plain
/// number also lets a test move through three minutes of hold music in no time at all. Arithmetic
/// saturates: a clock that is off by a century must not bring a switchboard down.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Time(u64);

impl Time {
    /// The moment `ms` milliseconds after the origin of the clock.
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the origin of the clock.
    pub const fn as_ms(self) -> u64 {
        self.0
    }

    /// How long ago `earlier` was; zero if it is yet to come.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Time {
    type Output = Self;

    fn add(self, length: Duration) -> Self {
        let ms = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(ms))
    }
}

impl Sub<Duration> for Time {
    type Output = Self;

    fn sub(self, length: Duration) -> Self {
        let ms = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_sub(ms))
    }
}
