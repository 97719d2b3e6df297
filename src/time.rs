//! [`Time`], a moment on the caller's clock, and [`Millis`], a length of time.

use core::ops::{Add, Sub};

/// A moment on the caller's clock, in whole milliseconds since an origin that the caller chooses.
///
/// The core never reads a clock. Browsers have no clock behind `std::time::Instant`, and a plain
/// number lets a test skip three minutes. Additions and subtractions saturate at the ends of the
/// range, so a wrong clock cannot cause an overflow.
///
/// ```
/// use valet_park::{Millis, Time};
///
/// let parked_at = Time::from_ms(5_000);
/// let deadline = parked_at + Millis::from_secs(180);
/// assert_eq!(deadline.as_ms(), 185_000);
/// assert_eq!(deadline.since(parked_at), Millis::from_secs(180));
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Time(u64);

impl Time {
    /// Creates the moment `ms` milliseconds after the origin.
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms)
    }

    /// Returns the milliseconds since the origin.
    pub const fn as_ms(self) -> u64 {
        self.0
    }

    /// Returns the length of time from `earlier` to `self`. Returns zero if `earlier` is later.
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Millis> for Time {
    type Output = Self;

    fn add(self, length: Millis) -> Self {
        Self(self.0.saturating_add(length.0))
    }
}

impl Sub<Millis> for Time {
    type Output = Self;

    fn sub(self, length: Millis) -> Self {
        Self(self.0.saturating_sub(length.0))
    }
}

/// A length of time in whole milliseconds.
///
/// `std::time::Duration` counts nanoseconds with 128-bit arithmetic, which makes the WebAssembly
/// module larger. The core needs neither.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Millis(u64);

impl Millis {
    /// Zero milliseconds.
    pub const ZERO: Self = Self(0);

    /// Creates a length of `ms` milliseconds.
    pub const fn new(ms: u64) -> Self {
        Self(ms)
    }

    /// Creates a length of `secs` seconds.
    pub const fn from_secs(secs: u32) -> Self {
        Self(secs as u64 * 1000)
    }

    /// Returns the number of milliseconds.
    pub const fn as_ms(self) -> u64 {
        self.0
    }

    /// Returns the number of seconds, rounded up.
    ///
    /// A client that waits for this long does not come back before the time has passed.
    pub const fn as_secs_up(self) -> u64 {
        self.0.div_ceil(1000)
    }
}
