//! The few headers of a reply that mean something here.

use super::cut;
use super::date::read_date;
use crate::error::number;
use crate::{Budget, Millis};

/// The longest wait that a header can ask for, in seconds. The budget of requests is hourly, so a
/// longer wait is a mistake.
const LONGEST_WAIT: u64 = 3600;

/// The highest id of a feed's message. A feed hands its ids to JavaScript, which counts no further.
const HIGHEST_ID: u64 = (1 << 53) - 1;

/// The headers of a reply: names in any letter case.
///
/// The first of equal names counts, and of several values with commas between them the first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<'a>(pub &'a [(String, String)]);

impl<'a> Headers<'a> {
    /// The time until the switch is ready for the next request, at most one hour.
    ///
    /// `Retry-After` counts first, as seconds or as a date; a date needs the `Date` header, because
    /// the core has no clock. Otherwise `X-RateLimit-Reset` counts if the budget is spent. `None`
    /// where the switch does not say.
    pub fn retry_after(&self) -> Option<Millis> {
        self.wait("retry-after").map(in_seconds).or_else(|| {
            let is_spent = self.count("x-ratelimit-remaining").unwrap_or(0) == 0;
            self.reset().filter(|_| is_spent)
        })
    }

    /// The id of the feed's message about this answer, where there is a feed. The ids count up in
    /// the order in which the switch answers.
    pub fn order(&self) -> Option<u64> {
        self.number("x-feed-id").filter(|id| *id <= HIGHEST_ID)
    }

    /// What is left of the hourly budget.
    pub fn budget(&self) -> Budget {
        Budget {
            limit: self.count("x-ratelimit-limit"),
            remaining: self.count("x-ratelimit-remaining"),
            resets_in: self.reset(),
        }
    }

    /// The time until the budget starts again. A number of more than an hour is a moment since
    /// 1970, or a mistake and ignored.
    fn reset(&self) -> Option<Millis> {
        let number = self.number("x-ratelimit-reset")?;
        let seconds = if number <= LONGEST_WAIT { Some(number) } else { self.until(number) };
        seconds.map(in_seconds)
    }

    /// The seconds that the header `name` asks to wait, at most an hour.
    fn wait(&self, name: &str) -> Option<u64> {
        if let Some(number) = self.number(name) {
            let until = if number <= LONGEST_WAIT { None } else { self.until(number) };
            return Some(until.unwrap_or(number.min(LONGEST_WAIT)));
        }
        let (at, now) = (self.date(name)?, self.date("date")?);
        Some(at.saturating_sub(now).min(LONGEST_WAIT))
    }

    /// The seconds from the date of the answer to `moment`, which is in seconds or milliseconds
    /// since 1970. `None` without a date, and for a moment outside the hour after it.
    fn until(&self, moment: u64) -> Option<u64> {
        let now = self.date("date")?;
        [moment, moment.div_ceil(1000)]
            .into_iter()
            .filter_map(|at| at.checked_sub(now))
            .find(|ahead| *ahead <= LONGEST_WAIT)
    }

    /// The date in the header `name`, in seconds since 1970, in any of the three forms of HTTP.
    fn date(&self, name: &str) -> Option<u64> {
        read_date(self.text(name)?)
    }

    fn count(&self, name: &str) -> Option<u32> {
        self.number(name).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// A whole number; one that is too large for the type is the largest.
    fn number(&self, name: &str) -> Option<u64> {
        let digits = cut(self.text(name)?, b',').0.trim_ascii();
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| number(digits).unwrap_or(u64::MAX))
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.0.iter().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        Some(value.trim_ascii())
    }
}

/// So many seconds, of which there are at most as many as an hour has.
fn in_seconds(seconds: u64) -> Millis {
    Millis::new(seconds * 1000)
}
