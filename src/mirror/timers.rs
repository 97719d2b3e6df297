//! [`Wake`]: the reasons for a wake-up, and the times for each.

use crate::Time;

/// The reason why a mirror needs a wake-up.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Wake {
    /// A round of background questions starts.
    Round,
    /// A slot is checked after a command or after a deadline.
    Check,
    /// The pause after a failure or a refusal is over.
    Quiet,
    /// A call goes back soon, or must have gone back.
    Warning,
    /// A slot is no longer confirmed.
    Lapse,
    /// A command checks its slot again.
    Retry,
}

impl Wake {
    const ALL: [Self; 6] =
        [Self::Round, Self::Check, Self::Quiet, Self::Warning, Self::Lapse, Self::Retry];
}

/// The next time for each reason. A mirror has no other timers.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers([Option<Time>; Wake::ALL.len()]);

impl Timers {
    /// Sets or removes the next time for a reason.
    pub(super) fn set(&mut self, wake: Wake, time: Option<Time>) {
        if let Some(entry) = self.0.get_mut(wake as usize) {
            *entry = time;
        }
    }

    /// Returns the first time after `now` and its reason. If several reasons have that time,
    /// returns the first one in the order of [`Wake`].
    pub(super) fn next(&self, now: Time) -> Option<(Time, Wake)> {
        let entries = Wake::ALL.iter().zip(&self.0);
        let times = entries.filter_map(|(wake, time)| Some(((*time)?, *wake)));
        times.filter(|(time, _)| *time > now).min()
    }
}
