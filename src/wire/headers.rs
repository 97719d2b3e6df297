//! The headers of a reply.

use super::date::read_date;
use crate::feed::Stamp;
use crate::text::number;
use crate::{Budget, Millis};

/// The longest wait that is taken from a header, in seconds. The budget of requests is per hour, so
/// a longer wait is a mistake.
const LONGEST_WAIT: u64 = 3600;

/// The highest id of a feed message: the largest whole number that JavaScript represents exactly.
const HIGHEST_ID: u64 = (1 << 53) - 1;

/// The headers of a reply, as pairs of a name and a value.
///
/// The letter case of a name does not matter. If a name comes twice, the first value counts. If a
/// value is a list with commas, the first item counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<'a>(pub &'a [(String, String)]);

impl<'a> Headers<'a> {
    /// Returns the time until the switch accepts the next request, at most one hour. `None` if the
    /// headers do not say.
    ///
    /// `Retry-After` counts first. It holds seconds or a date. A date is compared with the header
    /// `Date`. Otherwise `X-RateLimit-Reset` counts, unless `X-RateLimit-Remaining` says that
    /// requests are left.
    pub fn retry_after(&self) -> Option<Millis> {
        self.retry_after_alone().or_else(|| {
            let is_spent = self.count("x-ratelimit-remaining").unwrap_or(0) == 0;
            self.reset().filter(|_| is_spent)
        })
    }

    /// Returns the time in `Retry-After`, at most one hour.
    pub(super) fn retry_after_alone(&self) -> Option<Millis> {
        self.wait("retry-after").map(seconds)
    }

    /// Returns the place of the answer among the messages of a feed, from the headers `X-Feed-Id`,
    /// `X-Feed-Since` and `Age` (seconds, at most one hour counts).
    pub fn stamp(&self) -> Stamp {
        let id = |name| self.number(name).filter(|id| *id <= HIGHEST_ID);
        let age = self.number("age").map(|age| seconds(age.min(LONGEST_WAIT)));
        Stamp { order: id("x-feed-id"), since: id("x-feed-since"), age }
    }

    /// Returns the state of the hourly budget of requests, from the headers `X-RateLimit-Limit`,
    /// `X-RateLimit-Remaining` and `X-RateLimit-Reset`.
    pub fn budget(&self) -> Budget {
        Budget {
            limit: self.count("x-ratelimit-limit"),
            remaining: self.count("x-ratelimit-remaining"),
            resets_in: self.reset(),
        }
    }

    /// Returns the time until the budget is renewed.
    ///
    /// Up to 3600 the header holds seconds. A larger number is a time since 1970. If that time is
    /// not within the next hour, the header is ignored.
    fn reset(&self) -> Option<Millis> {
        let number = self.number("x-ratelimit-reset")?;
        let wait = if number <= LONGEST_WAIT { Some(number) } else { self.until(number) };
        wait.map(seconds)
    }

    /// Returns the seconds that the header `name` asks the client to wait, at most one hour.
    fn wait(&self, name: &str) -> Option<u64> {
        if let Some(number) = self.number(name) {
            let until = if number <= LONGEST_WAIT { None } else { self.until(number) };
            return Some(until.unwrap_or(number.min(LONGEST_WAIT)));
        }
        let (at, now) = (self.date(name)?, self.date("date")?);
        Some(at.saturating_sub(now).min(LONGEST_WAIT))
    }

    /// Returns the seconds from the header `Date` until `time`, which is in seconds or milliseconds
    /// since 1970. `None` without that header, and if `time` is not within the hour after it.
    fn until(&self, time: u64) -> Option<u64> {
        let now = self.date("date")?;
        [time, time.div_ceil(1000)]
            .into_iter()
            .filter_map(|at| at.checked_sub(now))
            .find(|ahead| *ahead <= LONGEST_WAIT)
    }

    /// Returns the date in the header `name`, in seconds since 1970.
    fn date(&self, name: &str) -> Option<u64> {
        read_date(self.text(name)?)
    }

    fn count(&self, name: &str) -> Option<u32> {
        self.number(name).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// Returns the whole number in the header `name`. A number that is too large counts as
    /// `u64::MAX`.
    fn number(&self, name: &str) -> Option<u64> {
        let digits = self.text(name)?.split(',').next()?.trim_ascii();
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| number(digits).unwrap_or(u64::MAX))
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.0.iter().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        Some(value.trim_ascii())
    }
}

/// Converts at most an hour of seconds.
fn seconds(seconds: u64) -> Millis {
    Millis::new(seconds * 1000)
}
