//! [`Patience`]: how long a call may wait before it goes back.

use crate::Millis;
use crate::record::record;

/// The largest difference between a wait and the patience that still counts as the same. The switch
/// counts frames of sound, not seconds.
pub(in crate::mirror) const SLACK: Millis = Millis::from_secs(5);
/// The largest difference between two waits that still count as the same.
const NEAR: Millis = Millis::from_secs(2);

/// How long a call may wait before it goes back. Zero means for ever.
#[derive(Clone, Debug)]
pub(in crate::mirror) struct Patience {
    configured: Millis,
    /// The wait of the call that came back last.
    latest: Option<Millis>,
    /// The wait of two calls in a row that waited equally long.
    observed: Option<Millis>,
    is_reported: bool,
}

impl Patience {
    pub(in crate::mirror) fn new(configured: Millis) -> Self {
        Self { configured, latest: None, observed: None, is_reported: false }
    }

    /// Returns the patience of the options.
    pub(in crate::mirror) fn configured(&self) -> Millis {
        self.configured
    }

    /// Returns the patience that was observed twice. `None` before.
    pub(in crate::mirror) fn observed(&self) -> Option<Millis> {
        self.observed
    }

    /// Returns the patience to count down from: the observed one if it differs from the options.
    pub(in crate::mirror) fn length(&self) -> Millis {
        self.observed
            .filter(|observed| !self.is_as_configured(*observed))
            .unwrap_or(self.configured)
    }

    /// Notes the wait of a call that came back. Returns the observed patience if it differs from
    /// the options, but only the first time.
    pub(in crate::mirror) fn note(&mut self, waited: Millis) -> Option<Millis> {
        let before = self.latest.replace(waited);
        if before.is_none_or(|before| distance(before, waited) > NEAR) {
            return None;
        }
        self.observed = Some(waited);
        let is_news = !self.is_as_configured(waited) && !self.is_reported;
        self.is_reported |= is_news;
        is_news.then_some(waited)
    }

    fn is_as_configured(&self, observed: Millis) -> bool {
        self.configured != Millis::ZERO && distance(observed, self.configured) <= SLACK
    }
}

fn distance(a: Millis, b: Millis) -> Millis {
    Millis::new(a.as_ms().abs_diff(b.as_ms()))
}

record!(struct Patience { configured, latest, observed, is_reported });
