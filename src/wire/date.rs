//! Dates in HTTP headers, and in the list of current calls.

use crate::text::number;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

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
    let month = 1 + MONTHS.iter().zip(0..).find(|(name, _)| **name == month)?.1;
    let first = days_before(year, month, 1);
    let length = days_before(year, month + 1, 1) - first;
    let day = number(day).filter(|day| (1..=length).contains(day))?;
    Some((first + day - 1) * 86_400 + read_time(time)?)
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
    let seconds = days_before(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Some(seconds * 1_000_000 + micros)
}

/// Returns the number of days from 1970 to a day from then on. Month 13 is the next January.
fn days_before(year: u64, month: u64, day: u64) -> u64 {
    // The year begins in March here, so that a leap day is its last day.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = year * 365 + year / 4 - year / 100 + year / 400;
    days + (153 * month + 2) / 5 + day - 719_469
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
