//! How long a call may wait: as the options say, and as calls were seen to come back.

use crate::Millis;

/// How far a call's wait may be from its patience and still count as that: the switch counts frames
/// of sound, not seconds.
pub(in crate::mirror) const SLACK: Millis = Millis::from_secs(5);
/// How far two waits may be apart and still count as the same.
const NEAR: Millis = Millis::from_secs(2);

/// How long a call may wait before it goes back; zero: for ever.
#[derive(Clone, Debug)]
pub(in crate::mirror) struct Patience {
    told: Millis,
    /// How long the call waited that came back last.
    latest: Option<Millis>,
    /// How long two calls in a row have waited.
    seen: Option<Millis>,
    is_reported: bool,
}

impl Patience {
    pub(in crate::mirror) fn new(told: Millis) -> Self {
        Self { told, latest: None, seen: None, is_reported: false }
    }

    /// As the options say.
    pub(in crate::mirror) fn told(&self) -> Millis {
        self.told
    }

    /// As it was seen twice.
    pub(in crate::mirror) fn seen(&self) -> Option<Millis> {
        self.seen
    }

    /// The length to count down from: as seen, where that differs from the options.
    pub(in crate::mirror) fn length(&self) -> Millis {
        self.seen.filter(|seen| !self.is_as_told(*seen)).unwrap_or(self.told)
    }

    /// Takes note of how long a call waited that has come back. Returns what was seen, once, where
    /// the options say something else.
    pub(in crate::mirror) fn note(&mut self, waited: Millis) -> Option<Millis> {
        let before = self.latest.replace(waited);
        if before.is_none_or(|before| distance(before, waited) > NEAR) {
            return None;
        }
        self.seen = Some(waited);
        let is_news = !self.is_as_told(waited) && !self.is_reported;
        self.is_reported |= is_news;
        is_news.then_some(waited)
    }

    fn is_as_told(&self, seen: Millis) -> bool {
        self.told != Millis::ZERO && distance(seen, self.told) <= SLACK
    }
}

fn distance(a: Millis, b: Millis) -> Millis {
    Millis::new(a.as_ms().abs_diff(b.as_ms()))
}
