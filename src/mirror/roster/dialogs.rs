//! Finds the call of a SIP dialog.
//!
//! A SIP library and the switch name the same call differently. So each dialog is compared with
//! each call by three kinds of evidence, the strongest first: names, then direction and number,
//! then the order of ringing.

use super::call::Began;
use super::matching::{Board, Fit, MOST, Row};
use super::{Call, Rosters};
use crate::event::Direction;
use crate::mirror::view::CallState;
use crate::{CallApiId, Millis, Party, Time};

/// A call event arrives at most this much earlier than the INVITE of the same call.
const EARLY: Millis = Millis::from_secs(2);
/// The event that a call rings arrives at most this much later than the INVITE.
const LATE: Millis = Millis::from_secs(30);
/// A dialog learns that its call is answered at most this much later than the client.
const ANSWERING: Millis = Millis::from_secs(1);
/// Two numbers of at least this many digits are equal if this many digits at their ends are equal.
/// The national and the international form of a number differ only before these digits.
const SAME_DIGITS: usize = 9;
/// Names with fewer characters are ignored, because they may be equal by chance.
const SHORTEST_NAME: usize = 8;
/// A name of at least this many characters may be the end of another name.
const LONG_NAME: usize = 16;

/// A SIP dialog, as a SIP library describes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dialog {
    /// The direction of the call.
    pub direction: Direction,
    /// The number, the user or the SIP address of the other end. `None` if unknown.
    pub number: Option<String>,
    /// The SIP Call-ID, and the values of the headers of the INVITE.
    pub names: Vec<String>,
    /// When the dialog began to ring. `None` if unknown.
    pub since: Option<Time>,
    /// True if the dialog is known not to be answered yet.
    pub is_ringing: bool,
}

impl Rosters {
    pub(in crate::mirror) fn call_of(&self, now: Time, dialogs: &[Dialog]) -> Option<CallApiId> {
        let mut board = Board::default();
        let mut names = Vec::new();
        let calls = self.iter().map(|(_, call)| call);
        let calls: Vec<&Call> = calls.filter(|call| call.state != CallState::Parked).collect();
        if calls.len() > MOST || dialogs.len() > MOST {
            return None;
        }
        for call in &calls {
            let began = call.began;
            board.rang.push(began.is_ring.then(|| began.at.as_ms()));
            board.rang_exactly.push(began.rang_us.map(|us| us / 1000));
            names.push(call.plain_names());
        }
        for dialog in dialogs {
            let mut row = Row { rang: dialog.since.map(Time::as_ms), ..Row::default() };
            let own: Vec<String> = dialog.names.iter().map(|name| plain_name(name)).collect();
            for (place, (call, names)) in calls.iter().zip(&names).enumerate() {
                let is_named = own.iter().any(|a| names.iter().any(|b| are_same_names(a, b)));
                if let Some(fit) = fit(now, dialog, call, is_named)
                    && let Some(fitting) = row.calls.get_mut(fit as usize)
                {
                    *fitting |= 1 << place;
                }
            }
            board.rows.push(row);
        }
        let (dialog, place) = (dialogs.first()?, board.match_first()?);
        let call = *calls.get(place)?;
        let [own, other] = [dialog.plain_number(), call.plain_number(dialog.direction)];
        let is_half_known =
            board.rows.first()?.calls.last()? >> place & 1 == 1 && own.is_some() != other.is_some();
        let is_with = dialog.since.is_some_and(|since| call.began.is_with(since));
        (!is_half_known || is_with).then(|| call.name.clone())
    }
}

impl Began {
    /// Returns true if the call cannot be that of a dialog that began at `since`.
    fn excludes(self, since: Time) -> bool {
        self.at + EARLY < since || self.is_ring && since + LATE < self.at
    }

    /// Returns true if a dialog and the call began to ring at the same time.
    fn is_with(self, since: Time) -> bool {
        self.is_ring && self.at.since(since).max(since.since(self.at)) <= EARLY
    }
}

/// Returns how well a dialog and a call fit. `None` if the dialog cannot belong to the call.
fn fit(now: Time, dialog: &Dialog, call: &Call, is_named: bool) -> Option<Fit> {
    let is_same_way = call.direction.is_none_or(|direction| direction == dialog.direction);
    if is_named {
        return Some(if is_same_way { Fit::NameAndDirection } else { Fit::Name });
    }
    let is_excluded = dialog.since.is_some_and(|since| call.began.excludes(since));
    let is_answered = call.state == CallState::Talking && call.since + ANSWERING < now;
    if !is_same_way || is_excluded || dialog.is_ringing && is_answered {
        return None;
    }
    let Some(own) = dialog.plain_number() else { return Some(Fit::Unknown) };
    let rang_as = call.rang_as.as_ref().and_then(|party| plain_number(party.number.as_deref()?));
    if rang_as.is_some_and(|other| are_same_numbers(&own, &other)) {
        return Some(Fit::Number);
    }
    let extension = call.far_end(dialog.direction).and_then(|party| party.extension.as_deref());
    if extension.and_then(plain_number).is_some_and(|other| are_same_numbers(&own, &other)) {
        return Some(Fit::Number);
    }
    match call.plain_number(dialog.direction) {
        None => Some(Fit::Unknown),
        Some(other) => are_same_numbers(&own, &other).then_some(Fit::Number),
    }
}

impl Dialog {
    fn plain_number(&self) -> Option<String> {
        plain_number(self.number.as_deref()?)
    }
}

impl Call {
    fn far_end(&self, direction: Direction) -> Option<&Party> {
        match direction {
            Direction::In => self.caller.as_deref(),
            Direction::Out => self.called.as_deref(),
        }
    }

    fn plain_number(&self, direction: Direction) -> Option<String> {
        plain_number(self.far_end(direction)?.number.as_deref()?)
    }

    /// Returns all names of the call that a SIP library may know.
    fn plain_names(&self) -> Vec<String> {
        let mut names = vec![plain_name(self.name.as_str())];
        for name in [&self.call_id, &self.leg_id, &self.sip_call_id].into_iter().flatten() {
            names.push(plain_name(name));
        }
        for name in self.legs.names() {
            names.push(plain_name(name));
        }
        names
    }
}

/// Returns the letters and digits of a name in lower case, without a host or parameters behind it.
fn plain_name(name: &str) -> String {
    let mut plain = String::new();
    for c in name.chars() {
        match c {
            '@' | ';' => break,
            '-' | '<' | '>' | '"' | ' ' => {}
            c => plain.push(c.to_ascii_lowercase()),
        }
    }
    plain
}

/// Returns true if two names are equal. One of them may have more at its beginning, such as the
/// number of the switch or the extension.
fn are_same_names(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let is_long_enough = short.len() >= if a.len() == b.len() { SHORTEST_NAME } else { LONG_NAME };
    is_long_enough && long.ends_with(short)
}

/// Returns the digits of a number or a SIP address, and the `*` before a short number. `None` if
/// the number is withheld or is a name.
fn plain_number(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut is_number = true;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' | '*' => plain.push(c),
            '+' | ' ' | '-' | '(' | ')' | '.' | '/' => {}
            // The user begins behind a name in quotation marks and `sip:`.
            ':' | '<' => {
                plain.clear();
                is_number = true;
            }
            // An encoded plus sign.
            '%' => match chars.as_str().strip_prefix("2B") {
                Some(rest) => chars = rest.chars(),
                None => is_number = false,
            },
            '@' | ';' | '>' => break,
            _ => is_number = false,
        }
    }
    (is_number && !plain.is_empty()).then_some(plain)
}

/// Returns true if two numbers name the same end.
///
/// The switch may write `2566*102` for the short number 102 of the account 2566.
fn are_same_numbers(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let before = long.strip_suffix(short);
    let end = |number: &str| Some(number.get(number.len().checked_sub(SAME_DIGITS)?..)?.to_owned());
    before.is_some_and(|before| before.is_empty() || before.ends_with('*'))
        || end(short).is_some_and(|digits| !digits.contains('*') && Some(digits) == end(long))
}
