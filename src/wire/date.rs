//! Dates in headers. HTTP has three forms of them.

use super::cut;
use crate::error::number;

/// The months and the days that each has in a leap year.
const MONTHS: [(&str, u64); 12] = [
    ("Jan", 31),
    ("Feb", 29),
    ("Mar", 31),
    ("Apr", 30),
    ("May", 31),
    ("Jun", 30),
    ("Jul", 31),
    ("Aug", 31),
    ("Sep", 30),
    ("Oct", 31),
    ("Nov", 30),
    ("Dec", 31),
];

/// Reads the date at the beginning of `text`, in seconds since 1970.
///
/// ```text
/// Sun, 06 Nov 1994 08:49:37 GMT     today's form
/// Sunday, 06-Nov-94 08:49:37 GMT    RFC 850; years from 70 on are of the last century
/// Sun Nov  6 08:49:37 1994          asctime()
/// ```
///
/// The name of the day counts for nothing. `None` for anything else, and for a date before 1970.
pub(super) fn read_date(text: &str) -> Option<u64> {
    let mut parts = text.split([' ', ',']).filter(|part| !part.is_empty());
    let (day, month, year, time) = match [(); 6].map(|()| parts.next().unwrap_or_default()) {
        [_, day, month, year, time, "GMT"] => (day, month, year, time),
        [_, date, time, "GMT", ..] => {
            let (day, rest) = cut(date, b'-');
            let (month, year) = cut(rest?, b'-');
            (day, month, year?, time)
        }
        [_, month, day, time, year, _] => (day, month, year, time),
    };
    let year = match number(year)? {
        short @ ..70 => 2000 + short,
        short @ ..100 => 1900 + short,
        year => year,
    };
    let years = year.checked_sub(1970).filter(|_| year < 10_000)?;
    let month = MONTHS.iter().position(|(name, _)| *name == month)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut days = years * 365 + leap_years_before(year) - leap_years_before(1970);
    for (place, (_, length)) in MONTHS.iter().enumerate().take(month + 1) {
        let length = if place == 1 && !is_leap { length - 1 } else { *length };
        if place < month {
            days += length;
        } else {
            let day = number(day).filter(|day| (1..=length).contains(day))?;
            days += day - 1;
        }
    }
    Some(days * 86_400 + read_time(time)?)
}

/// How many years before `year` had a 29th of February.
fn leap_years_before(year: u64) -> u64 {
    let before = year - 1;
    before / 4 - before / 100 + before / 400
}

/// The seconds since midnight of a time such as `08:49:37`; a minute may have a leap second.
fn read_time(time: &str) -> Option<u64> {
    let (hour, rest) = cut(time, b':');
    let (minute, second) = cut(rest?, b':');
    let read = |text, most| number(text).filter(|number| *number <= most);
    Some(read(hour, 23)? * 3600 + read(minute, 59)? * 60 + read(second?, 60)?)
}
