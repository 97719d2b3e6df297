//! The few headers of a reply that mean something here.

use crate::trouble::number;
use crate::{Budget, Millis};

/// The headers of a reply: names in any letter case, the first of equal names counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<'a>(pub &'a [(String, String)]);

impl Headers<'_> {
    fn seconds(&self, name: &str) -> Option<Millis> {
        // Whole seconds only: the other documented form of `Retry-After`, a date, would need a
        // clock that agrees with the switch's.
        self.count(name).map(Millis::from_secs)
    }

    fn number(&self, name: &str) -> Option<u64> {
        let (_, value) = self.0.iter().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        number(value.trim_ascii())
    }

    fn count(&self, name: &str) -> Option<u32> {
        u32::try_from(self.number(name)?).ok()
    }

    /// When the switch is ready to be asked again, where it said so.
    pub fn retry_after(&self) -> Option<Millis> {
        self.seconds("retry-after").or_else(|| {
            let spent = self.count("x-ratelimit-remaining").unwrap_or(0) == 0;
            self.seconds("x-ratelimit-reset").filter(|_| spent)
        })
    }

    /// The id of the feed's message that tells of this answer, where there is a feed. Ids count up
    /// in the order in which the switch answered.
    pub fn order(&self) -> Option<u64> {
        self.number("x-feed-id")
    }

    /// What is left of the hourly budget.
    pub fn budget(&self) -> Budget {
        Budget {
            limit: self.count("x-ratelimit-limit"),
            remaining: self.count("x-ratelimit-remaining"),
            resets_in: self.seconds("x-ratelimit-reset"),
        }
    }
}
