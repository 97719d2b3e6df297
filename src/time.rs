//! A moment, told by somebody else's clock, and the time between two of them.

use core::ops::{Add, Sub};

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
/// The standard `Duration` counts nanoseconds, which nothing here needs, and brings 128-bit
/// arithmetic into a module that a browser has to load.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Millis(u64);

impl Millis {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    pub const fn new(ms: u64) -> Self {
        Self(ms)
    }

    /// So many seconds.
    pub const fn from_secs(secs: u32) -> Self {
        Self(secs as u64 * 1000)
    }

    /// The number of milliseconds.
    pub const fn as_ms(self) -> u64 {
        self.0
    }

    /// Whole seconds, rounded up: who comes back too early is sent away again.
    pub const fn as_secs_up(self) -> u64 {
        self.0.div_ceil(1000)
    }
}

/// How long a call may wait where nobody says otherwise: three minutes.
pub const PATIENCE: Millis = Millis::from_secs(180);
