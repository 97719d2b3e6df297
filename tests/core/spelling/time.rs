use valet_park::defaults::PATIENCE;
use valet_park::{Millis, Time};

#[test]
fn a_time_plus_or_minus_a_length_is_a_time() {
    let noon = Time::from_ms(1000);
    assert_eq!(noon + Millis::from_secs(2), Time::from_ms(3000));
    assert_eq!(noon - Millis::new(1), Time::from_ms(999));
    assert_eq!(Time::from_ms(3000).since(noon), Millis::new(2000));
    assert_eq!(PATIENCE.as_ms(), 180_000);
}

#[test]
fn arithmetic_saturates_at_both_ends() {
    let end = Time::from_ms(u64::MAX);
    assert_eq!(end + Millis::new(1), end);
    assert_eq!(Time::from_ms(5) - Millis::new(6), Time::from_ms(0));
    assert_eq!(Time::from_ms(5).since(end), Millis::ZERO);
}

#[test]
fn seconds_are_rounded_up() {
    let up = |ms| Millis::new(ms).as_secs_up();
    assert_eq!([up(0), up(1), up(999), up(1000), up(1001)], [0, 1, 1, 1, 2]);
}
