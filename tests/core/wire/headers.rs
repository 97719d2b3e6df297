//! The few headers that mean something.

use valet_park::wire::{Headers, read_answer};
use valet_park::{Answer, Budget, Millis};

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
    match read_answer(&question("ann", "slots"), 429, "", Headers(&headers)) {
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
fn when_to_try_again_is_told_in_seconds() {
    retries("Retry-After: 30", Some(30));
    retries("RETRY-AFTER:30 ", Some(30));
    retries("Retry-After: 30; retry-after: 60", Some(30));
    retries("Retry-After: 0", Some(0));
    retries("", None);
    for odd in ["soon", "-1", "1.5", "Wed, 21 Oct 2015 07:28:00 GMT", "99999999999", ""] {
        retries(&format!("Retry-After: {odd}"), None);
    }
}

#[test]
fn a_spent_budget_tells_when_to_try_again_and_one_that_is_not_does_not() {
    retries("X-RateLimit-Reset: 1740", Some(1740));
    retries("X-RateLimit-Remaining: 0; X-RateLimit-Reset: 1740", Some(1740));
    retries("X-RateLimit-Remaining: 12; X-RateLimit-Reset: 1740", None);
    retries("X-RateLimit-Reset: 1740; Retry-After: 30", Some(30));
}

#[test]
fn what_is_left_is_told_by_three_headers_and_absent_is_not_zero() {
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
