//! When a mirror wakes by itself, and why.

use crate::Time;

/// Why a mirror wakes by itself.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Wake {
    /// A round of questions about the lot begins.
    Round,
    /// A slot is looked at: after a command of ours, or after a deadline.
    Check,
    /// The time ends in which the switch wants to be left alone.
    Quiet,
    /// A call goes back soon, or must have gone back.
    Warning,
    /// A slot stops to count as confirmed.
    Lapse,
    /// A command looks again what became of its act.
    Retry,
}

impl Wake {
    const ALL: [Self; 6] =
        [Self::Round, Self::Check, Self::Quiet, Self::Warning, Self::Lapse, Self::Retry];
}

/// The next time for each reason to wake. The one table of all times of a mirror.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers([Option<Time>; Wake::ALL.len()]);

impl Timers {
    /// Sets the next time for one reason.
    pub(super) fn set(&mut self, wake: Wake, time: Option<Time>) {
        if let Some(entry) = self.0.get_mut(wake as usize) {
            *entry = time;
        }
    }

    /// Returns the first time after `now`, and the reason to wake then. Of several reasons the one
    /// that comes first in [`Wake`] counts.
    pub(super) fn next(&self, now: Time) -> Option<(Time, Wake)> {
        let entries = Wake::ALL.iter().zip(&self.0);
        let times = entries.filter_map(|(wake, time)| Some(((*time)?, *wake)));
        times.filter(|(time, _)| *time > now).min()
    }
}
