//! Matches dialogs with calls by how well they fit, without a guess.

/// Two dialogs or calls that began to ring closer together than this have no certain order, in ms.
const APART: u64 = 500;

/// The largest number of dialogs, and of calls. With more of them nothing is certain.
pub(super) const MOST: usize = 64;

/// How a dialog and a call fit, the best first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fit {
    /// A name and the direction are equal.
    NameAndDirection,
    /// A name is equal, and the direction is not.
    Name,
    /// The numbers are equal.
    Number,
    /// The number of one side is unknown, or of both.
    Unknown,
}

/// The number of kinds of [`Fit`].
const FITS: usize = 4;

/// One dialog. Sets of calls are bits, and so are sets of dialogs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    /// The calls that fit the dialog, for each kind of fit.
    pub(super) calls: [u64; FITS],
    /// When the dialog began to ring, in ms. `None` if unknown.
    pub(super) rang: Option<u64>,
}

/// The dialogs and calls that are compared.
#[derive(Debug, Default)]
pub(super) struct Board {
    pub(super) rows: Vec<Row>,
    /// When each call began to ring, in ms. `None` if unknown.
    pub(super) rang: Vec<Option<u64>>,
    /// The same on the clock of the switch. It counts if it is known for all calls of a group.
    pub(super) rang_exactly: Vec<Option<u64>>,
}

impl Board {
    /// Returns the call of the first dialog. `None` if no call is certain.
    ///
    /// Better fits come first. Of equal fits, those dialogs and calls form a group that are
    /// connected by fits. A group is matched only if it has as many dialogs as calls. Otherwise its
    /// members have no match, and worse fits do not change that.
    pub(super) fn match_first(&self) -> Option<usize> {
        let mut calls = u64::MAX;
        let mut dialogs = u64::MAX;
        for fit in 0..FITS {
            let fitting = |row: &Row| row.calls.get(fit).copied().unwrap_or(0);
            let own = self.rows.first().map_or(0, fitting) & calls;
            if own != 0 {
                return self.match_group(fit, dialogs, calls);
            }
            let mut taken = 0;
            for (place, row) in self.rows.iter().enumerate() {
                if has(dialogs, place) && fitting(row) & calls != 0 {
                    taken |= fitting(row);
                    dialogs &= !(1 << place);
                }
            }
            calls &= !taken;
        }
        None
    }

    /// Returns the calls of `calls` that fit a dialog.
    fn fitting(&self, fit: usize, dialog: usize, calls: u64) -> u64 {
        let row = self.rows.get(dialog).and_then(|row| row.calls.get(fit));
        row.map_or(0, |fitting| fitting & calls)
    }

    /// Matches the group of the first dialog.
    fn match_group(&self, fit: usize, open: u64, calls: u64) -> Option<usize> {
        let (mut dialogs, mut group) = (1, 0);
        loop {
            let before = group;
            for dialog in 0..self.rows.len() {
                let fitting = self.fitting(fit, dialog, calls);
                if has(open, dialog) && (has(dialogs, dialog) || fitting & group != 0) {
                    dialogs |= 1 << dialog;
                    group |= fitting;
                }
            }
            if group == before {
                break;
            }
        }
        if dialogs.count_ones() != group.count_ones() {
            return None;
        }
        // A dialog with one call left, or a call with one dialog left, has no choice.
        while let Some((dialog, call)) = self.forced_pair(fit, dialogs, group) {
            if dialog == 0 {
                return Some(call);
            }
            dialogs &= !(1 << dialog);
            group &= !(1 << call);
        }
        self.match_in_order(fit, dialogs, group)
    }

    fn forced_pair(&self, fit: usize, dialogs: u64, calls: u64) -> Option<(usize, usize)> {
        let (mut once, mut more) = (0, 0);
        for dialog in 0..self.rows.len() {
            if has(dialogs, dialog) {
                let fitting = self.fitting(fit, dialog, calls);
                if fitting.is_power_of_two() {
                    return Some((dialog, place_of(fitting)));
                }
                more |= once & fitting;
                once |= fitting;
            }
        }
        let only = once & !more;
        for dialog in 0..self.rows.len() {
            let fitting = self.fitting(fit, dialog, only);
            if has(dialogs, dialog) && fitting != 0 {
                return Some((dialog, place_of(fitting)));
            }
        }
        None
    }

    /// Matches dialogs and calls in the order in which they began to ring.
    fn match_in_order(&self, fit: usize, mut dialogs: u64, mut calls: u64) -> Option<usize> {
        let is_known = |call: usize| self.rang_exactly.get(call).copied().flatten().is_some();
        let is_exact = (0..self.rang.len()).all(|call| !has(calls, call) || is_known(call));
        let times = if is_exact { &self.rang_exactly } else { &self.rang };
        let starts: Vec<_> = self.rows.iter().map(|row| row.rang).collect();
        let mut found = None;
        let (mut last, mut last_call) = (None, None);
        while dialogs != 0 {
            let dialog = next(&starts, dialogs, &mut last)?;
            let call = next(times, calls, &mut last_call)?;
            if self.fitting(fit, dialog, 1 << call) == 0 {
                return None;
            }
            if dialog == 0 {
                found = Some(call);
            }
            dialogs &= !(1 << dialog);
            calls &= !(1 << call);
        }
        found
    }
}

fn has(set: u64, place: usize) -> bool {
    set >> place & 1 == 1
}

/// Returns the first place of a set.
fn place_of(set: u64) -> usize {
    set.trailing_zeros() as usize
}

/// Returns the place of a set with the earliest time, and moves `last` to this time. `None` if a
/// time is unknown, or too close to `last`.
fn next(times: &[Option<u64>], set: u64, last: &mut Option<u64>) -> Option<usize> {
    let mut first: Option<(u64, usize)> = None;
    for (place, time) in times.iter().enumerate() {
        if has(set, place) {
            let time = (*time)?;
            if first.is_none_or(|(earliest, _)| time < earliest) {
                first = Some((time, place));
            }
        }
    }
    let (time, place) = first?;
    if last.replace(time).is_some_and(|last| time < last + APART) {
        return None;
    }
    Some(place)
}
