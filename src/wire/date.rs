//! Dates in HTTP headers, and in the list of current calls.

use crate::text::number;

/// The months, and the days of each in a leap year.
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

/// Reads the date at the beginning of `text`. Returns seconds since 1970.
///
/// HTTP (RFC 9110, section 5.6.7) has three forms of a date:
///
/// ```text
/// Sun, 06 Nov 1994 08:49:37 GMT     the current form
/// Sunday, 06-Nov-94 08:49:37 GMT    RFC 850; years from 70 on are of the last century
/// Sun Nov  6 08:49:37 1994          asctime()
/// ```
///
/// The day of the week is ignored. `None` for any other text, and for a date before 1970.
pub(super) fn read_date(text: &str) -> Option<u64> {
    let mut parts = text.split([' ', ',']).filter(|part| !part.is_empty());
    let (day, month, year, time) = match [(); 6].map(|()| parts.next().unwrap_or_default()) {
        [_, day, month, year, time, "GMT"] => (day, month, year, time),
        [_, date, time, "GMT", ..] => {
            let (day, rest) = date.split_once('-')?;
            let (month, year) = rest.split_once('-')?;
            (day, month, year, time)
        }
        [_, month, day, time, year, _] => (day, month, year, time),
    };
    let year = match number(year)? {
        short @ ..70 => 2000 + short,
        short @ ..100 => 1900 + short,
        year @ 1970..10_000 => year,
        _ => return None,
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_of = |(name, days): &(&str, u64)| days - u64::from(*name == "Feb" && !is_leap);
    let (place, month) = MONTHS.iter().enumerate().find(|(_, (name, _))| *name == month)?;
    let day = number(day).filter(|day| (1..=days_of(month)).contains(day))?;
    let days_before: u64 = MONTHS.iter().take(place).map(days_of).sum();
    let leap_days = leap_years_before(year) - leap_years_before(1970);
    let days = (year - 1970) * 365 + leap_days + days_before + day - 1;
    Some(days * 86_400 + read_time(time)?)
}

/// Reads a time such as `2017-08-23 15:57:56,60`. Returns microseconds since 1970. `None` for any
/// other text.
pub(super) fn read_gmt(text: &str) -> Option<u64> {
    let mut parts = text.split(|c: char| !c.is_ascii_digit());
    let mut next = |least, most| number(parts.next()?).filter(|one| (least..=most).contains(one));
    let (year, month, day) = (next(1970, 9999)?, next(1, 12)?, next(1, 31)?);
    let (hour, minute, second) = (next(0, 23)?, next(0, 59)?, next(0, 60)?);
    let fraction = parts.next().unwrap_or_default();
    let micros = number(&format!("{fraction:0<6}")).filter(|_| fraction.len() <= 6)?;
    // The year begins in March here, so that a leap day is its last day.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = year * 365 + year / 4 - year / 100 + year / 400;
    let days = days + (153 * month + 2) / 5 + day - 719_469;
    Some((days * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000_000 + micros)
}

/// Returns the number of leap years before `year`, counted from the year 1.
fn leap_years_before(year: u64) -> u64 {
    let before = year - 1;
    before / 4 - before / 100 + before / 400
}

/// Reads a time such as `08:49:37`. Returns seconds since midnight. Second 60 is a leap second.
fn read_time(time: &str) -> Option<u64> {
    let (hour, rest) = time.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    let read = |text, most| number(text).filter(|number| *number <= most);
    Some(read(hour, 23)? * 3600 + read(minute, 59)? * 60 + read(second, 60)?)
}

#[cfg(test)]
mod tests {
    use super::read_gmt;

    #[test]
    fn a_time_of_the_list_of_calls_is_in_microseconds() {
        assert_eq!(read_gmt("1970-01-01 00:00:00,00"), Some(0));
        assert_eq!(read_gmt("2017-08-23 15:57:56,60"), Some(1_503_503_876_600_000));
        assert_eq!(read_gmt("2024-02-29 23:59:59"), Some(1_709_251_199_000_000));
        assert_eq!(read_gmt("2024-03-01 00:00:00.5"), Some(1_709_251_200_500_000));
        for text in ["", "now", "2017-13-01 00:00:00", "2017-08-23", "2017-08-23 25:00:00"] {
            assert_eq!(read_gmt(text), None, "{text}");
        }
    }
}
