//! The headers that are read.

use valet_park::feed::Stamp;
use valet_park::wire::{Headers, read_answer};
use valet_park::{Answer, Budget, Error, Millis};

use crate::support::question;

fn headers(text: &str) -> Vec<(String, String)> {
    let pair = |line: &str| {
        let (name, value) = line.trim().split_once(':').unwrap();
        (name.to_owned(), value.to_owned())
    };
    text.split(';').filter(|line| !line.trim().is_empty()).map(pair).collect()
}

#[track_caller]
fn retries(text: &str, after: Option<u32>) {
    let headers = headers(text);
    let after = after.map(Millis::from_secs);
    assert_eq!(Headers(&headers).retry_after(), after, "{text}");
    match read_answer(question("ann", "slots").asked(), 429, "", Headers(&headers)) {
        Answer::Refused(refusal) => assert_eq!(refusal.retry_after, after, "{text}"),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn budgets(text: &str, limit: Option<u32>, remaining: Option<u32>, resets_in: Option<u32>) {
    let headers = headers(text);
    let resets_in = resets_in.map(Millis::from_secs);
    assert_eq!(Headers(&headers).budget(), Budget { limit, remaining, resets_in }, "{text}");
}

#[test]
fn retry_after_holds_seconds() {
    retries("Retry-After: 30", Some(30));
    retries("RETRY-AFTER:30 ", Some(30));
    retries("Retry-After: 30; retry-after: 60", Some(30));
    retries("Retry-After: 0", Some(0));
    retries("", None);
    for odd in ODD {
        retries(&format!("Retry-After: {odd}"), None);
    }
}

/// Texts that are no whole number.
const ODD: [&str; 14] = [
    "", " ", "soon", "-1", "+1", "1.5", "1e3", "0x10", "1 2", "1_000", "٣", "null", ", 30",
    "\u{a0}30",
];

#[test]
fn the_first_of_several_values_in_one_header_counts() {
    retries("Retry-After: 30, 60", Some(30));
    retries("Retry-After: 30,", Some(30));
    retries("X-RateLimit-Reset: 60, 1740", Some(60));
    retries("X-RateLimit-Remaining: 12, 0; X-RateLimit-Reset: 60", None);
    budgets(
        "X-RateLimit-Limit: 10, 20; X-RateLimit-Remaining: 7 , 0; X-RateLimit-Reset: 60,61",
        Some(10),
        Some(7),
        Some(60),
    );
}

/// A time in 2017, as a date and in seconds since 1970.
const NOW: &str = "Date: Thu, 17 Aug 2017 12:01:26 GMT";
const EPOCH: u64 = 1_502_971_286;

#[test]
fn a_date_in_retry_after_is_compared_with_the_date_of_the_reply() {
    for at in [
        "Thu, 17 Aug 2017 12:03:26 GMT",
        "Thursday, 17-Aug-17 12:03:26 GMT",
        "Thu Aug 17 12:03:26 2017",
        " Thu, 17 Aug 2017 12:03:26 GMT ",
        "Thu, 17 Aug 2017 12:03:26 GMT, Thu, 17 Aug 2017 12:09:26 GMT",
        "Thursday, 17-Aug-17 12:03:26 GMT, 60",
        "Thu Aug 17 12:03:26 2017, 60",
    ] {
        retries(&format!("Retry-After: {at}; {NOW}"), Some(120));
        retries(&format!("{NOW}; retry-after: {at}"), Some(120));
        retries(&format!("Retry-After: {at}; date: Thursday, 17-Aug-17 12:01:26 GMT"), Some(120));
        retries(&format!("Retry-After: {at}; DATE: Thu Aug 17 12:01:26 2017"), Some(120));
        retries(&format!("Retry-After: {at}"), None);
        retries(&format!("Retry-After: {at}; Date: today"), None);
    }
    retries(&format!("Retry-After: Mon Aug  7 12:03:26 2017; {NOW}"), Some(0));
    retries(&format!("Retry-After: Thu, 17 Aug 2017 12:01:26 GMT; {NOW}"), Some(0));
    retries(&format!("Retry-After: Thu, 17 Aug 2017 13:01:26 GMT; {NOW}"), Some(3600));
    retries(&format!("Retry-After: Thu, 17 Aug 2017 13:01:27 GMT; {NOW}"), Some(3600));
    retries(&format!("Retry-After: Sun, 17 Aug 2087 12:01:26 GMT; {NOW}"), Some(3600));
}

/// The time 60 seconds after each date is 60 seconds away.
#[test]
fn leap_years_and_centuries_are_counted() {
    for (date, seconds) in [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777),
        ("Thursday, 01-Jan-70 00:00:00 GMT", 0),
        ("Thursday, 31-Dec-69 23:59:59 GMT", 3_155_759_999),
        ("Mon, 28 Feb 2000 23:59:59 GMT", 951_782_399),
        ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
        ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
        ("Thu, 01 Mar 2001 00:00:00 GMT", 983_404_800),
        ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
        ("Wed, 31 Dec 2025 23:59:60 GMT", 1_767_225_600),
        ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
    ] {
        // A number up to 3,600 is a number of seconds and no time.
        if seconds > 3600 {
            let reset = format!("X-RateLimit-Reset: {}; Date: {date}", seconds + 60_u64);
            budgets(&reset, None, None, Some(60));
        }
        retries(&format!("Retry-After: {date}; Date: {date}"), Some(0));
    }
    for none in [
        "Wed, 31 Dec 1969 23:59:59 GMT",
        "Wed, 29 Feb 2023 00:00:00 GMT",
        "Mon, 29 Feb 2100 00:00:00 GMT",
        "Sun, 30 Feb 2000 00:00:00 GMT",
        "Mon, 31 Apr 2023 00:00:00 GMT",
        "Sun, 32 Jan 2023 00:00:00 GMT",
        "Sat, 01 Jan 10000 00:00:00 GMT",
        "Sat, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Sun, 01 Jan 2023 00:00:61 GMT",
        "Sun, 01 Jan 2023 00:00 GMT",
        "Sun, 01 Jan 2023 -1:00:00 GMT",
        "Sun, 01 jan 2023 00:00:00 GMT",
    ] {
        retries(&format!("Retry-After: {none}; Date: {none}"), None);
    }
}

#[test]
fn a_text_that_is_no_date_is_ignored() {
    for at in [
        "Thu, 17 Aug 2017 12:03:26 CET",
        "Thu, 17 Aug 2017 12:03:26",
        "Thu, 17 Aug 2017 24:03:26 GMT",
        "Thu, 17 Aug 2017 12:60:26 GMT",
        "Thu, 00 Aug 2017 12:03:26 GMT",
        "Thu, 17 Agu 2017 12:03:26 GMT",
        "Thu, 17 Aug 1817 12:03:26 GMT",
        "2017-08-17T12:03:26Z",
        "17 Aug 2017 12:03:26 GMT",
        "GMT",
        "GMTGMT, ",
    ] {
        retries(&format!("Retry-After: {at}; {NOW}"), None);
    }
}

#[test]
fn the_longest_wait_is_one_hour() {
    retries("Retry-After: 3600", Some(3600));
    for long in ["3601", "86400", "4294967295", "4294967296", "99999999999999999999999999"] {
        retries(&format!("Retry-After: {long}"), Some(3600));
        retries(&format!("Retry-After: {long}; {NOW}"), Some(3600));
        retries(&format!("X-RateLimit-Reset: {long}; X-RateLimit-Remaining: 0"), None);
        retries(&format!("X-RateLimit-Reset: {long}; {NOW}"), None);
        budgets(&format!("X-RateLimit-Reset: {long}"), None, None, None);
        budgets(&format!("X-RateLimit-Reset: {long}; {NOW}"), None, None, None);
    }
    let everything = format!(
        "X-RateLimit-Reset: {}; X-RateLimit-Remaining: 0; Retry-After: 4294967295",
        EPOCH + 60
    );
    retries(&everything, Some(3600));
}

/// Some switches send the seconds until the end of the hour, and others send the time of its end.
#[test]
fn a_reset_may_be_a_time_within_the_next_hour() {
    for (ahead, resets_in) in [(0, Some(0)), (1, Some(1)), (1800, Some(1800)), (3600, Some(3600))] {
        for reset in [(EPOCH + ahead).to_string(), ((EPOCH + ahead) * 1000).to_string()] {
            budgets(
                &format!("X-RateLimit-Remaining: 500; X-RateLimit-Reset: {reset}; {NOW}"),
                None,
                Some(500),
                resets_in,
            );
            let spent = format!("X-RateLimit-Remaining: 0; X-RateLimit-Reset: {reset}");
            retries(&format!("{spent}; {NOW}"), resets_in);
            retries(&spent, None);
            retries(&format!("{spent}; Date: soon"), None);
            retries(&format!("Retry-After: {reset}; {NOW}"), resets_in);
            retries(&format!("Retry-After: {reset}"), Some(3600));
        }
    }
    budgets(&format!("X-RateLimit-Reset: {}; {NOW}", EPOCH * 1000 + 500), None, None, Some(1));
    for reset in [EPOCH - 1, EPOCH + 3601, EPOCH * 1000 - 1000, (EPOCH + 3600) * 1000 + 1] {
        budgets(&format!("X-RateLimit-Reset: {reset}; {NOW}"), None, None, None);
    }
}

#[test]
fn an_invalid_number_is_ignored_and_a_huge_one_is_the_largest() {
    for odd in ODD {
        budgets(
            &format!(
                "X-RateLimit-Limit:{odd}; X-RateLimit-Remaining:{odd}; X-RateLimit-Reset:{odd}"
            ),
            None,
            None,
            None,
        );
    }
    for huge in ["4294967295", "4294967296", "99999999999999999999999999"] {
        let all = Some(u32::MAX);
        budgets(
            &format!("X-RateLimit-Limit: {huge}; X-RateLimit-Remaining: {huge}"),
            all,
            all,
            None,
        );
        retries(&format!("X-RateLimit-Remaining: {huge}; X-RateLimit-Reset: 1740"), None);
    }
}

#[test]
fn the_id_of_the_feed_message_is_read() {
    let order = |value: &str| Headers(&headers(&format!("x-feed-ID: {value}"))).stamp().order;
    assert_eq!(order("1764000000017"), Some(1_764_000_000_017));
    assert_eq!(order(" 0 "), Some(0));
    assert_eq!(order("7, 8"), Some(7));
    assert_eq!(Headers::default().stamp(), Stamp::default());
    let all = headers("X-Feed-Id: 17; X-Feed-Since: 12; Age: 4");
    let age = Some(Millis::from_secs(4));
    assert_eq!(Headers(&all).stamp(), Stamp { order: Some(17), since: Some(12), age });
    let odd = headers("X-Feed-Since: soon; Age: 99999999999999999999");
    let age = Some(Millis::from_secs(3600));
    assert_eq!(Headers(&odd).stamp(), Stamp { order: None, since: None, age });
    for odd in ODD {
        assert_eq!(order(odd), None, "{odd}");
    }
    // JavaScript cannot count beyond this number. A higher id would outrank all later ids.
    assert_eq!(order("9007199254740991"), Some(9_007_199_254_740_991));
    for huge in ["9007199254740992", "18446744073709551615", "99999999999999999999"] {
        assert_eq!(order(huge), None, "{huge}");
    }
}

#[test]
fn the_reset_counts_as_retry_after_only_if_no_requests_are_left() {
    retries("X-RateLimit-Reset: 1740", Some(1740));
    retries("X-RateLimit-Remaining: 0; X-RateLimit-Reset: 1740", Some(1740));
    retries("X-RateLimit-Remaining: 12; X-RateLimit-Reset: 1740", None);
    retries("X-RateLimit-Reset: 1740; Retry-After: 30", Some(30));
}

#[test]
fn the_budget_is_read_from_three_headers() {
    budgets(
        "X-RateLimit-Limit: 1000; x-ratelimit-remaining: 0; X-RATELIMIT-RESET: 60",
        Some(1000),
        Some(0),
        Some(60),
    );
    budgets("X-RateLimit-Remaining: 7", None, Some(7), None);
    budgets("", None, None, None);
    budgets("X-RateLimit-Remaining: many; X-RateLimit-Limit: -1", None, None, None);
}

#[test]
fn an_unclear_answer_keeps_its_retry_after() {
    let asked = question("ann", "slots");
    let retry_after = |text: &str| {
        let answer = read_answer(asked.asked(), 503, "<html>busy</html>", Headers(&headers(text)));
        let error = Error::from_answer(&asked, &answer);
        match answer {
            Answer::Unclear { retry_after, .. } => {
                assert_eq!(error.retry_after, retry_after, "{text}");
                retry_after
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(retry_after("Retry-After: 30"), Some(Millis::from_secs(30)));
    assert_eq!(retry_after("Retry-After: 86400"), Some(Millis::from_secs(3600)));
    assert_eq!(retry_after(""), None);
    // The budget of requests says nothing about a switch that fails.
    assert_eq!(retry_after("X-RateLimit-Remaining: 0; X-RateLimit-Reset: 60"), None);
}
