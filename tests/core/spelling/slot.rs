use valet_park::Slot;

use super::{accept, refuse};

#[track_caller]
fn refuse_slot(text: &str, found: &str) {
    refuse::<Slot>(text, &format!("expected a slot from 1 to 65535, found `{found}`"));
}

#[track_caller]
fn refuse_number(number: u32) {
    let message = format!("expected a slot from 1 to 65535, found `{number}`");
    assert_eq!(Slot::try_from(number).unwrap_err().to_string(), message);
}

#[test]
fn a_slot_is_a_number_from_one() {
    accept::<Slot>("1", "1");
    accept::<Slot>("6", "6");
    accept::<Slot>("10", "10");
    accept::<Slot>("65535", "65535");
}

#[test]
fn any_other_text_is_not_a_slot() {
    for text in ["", "0", "00", "65536", "99999999999999999999", "-1", "+6", "6.0", "6e0", "1_0"] {
        refuse_slot(text, text);
    }
    for text in [" 6", "6 ", "six", "0x6", "٦", "６", "null", "6,7"] {
        refuse_slot(text, text);
    }
    refuse_slot("6\n", "6 ");
}

#[test]
fn a_slot_with_a_leading_zero_is_refused() {
    refuse_slot("06", "06");
    refuse_slot("0006", "0006");
}

#[test]
fn a_long_text_is_cut_in_the_message() {
    let digits = "1234567890".repeat(5);
    refuse_slot(&digits, "1234567890123456789012345678901234567890…");
    refuse_slot(&digits[..40], "1234567890123456789012345678901234567890");
}

#[test]
fn a_number_is_a_slot_in_the_same_range() {
    assert_eq!(Slot::try_from(1).unwrap().number(), 1);
    assert_eq!(Slot::try_from(65_535).unwrap().number(), 65_535);
    refuse_number(0);
    refuse_number(65_536);
    refuse_number(u32::MAX);
}

#[test]
fn the_index_of_a_slot_starts_at_zero() {
    let six: Slot = "6".parse().unwrap();
    assert_eq!(six.index(), 5);
    assert_eq!(Slot::from_index(5), Some(six));
    assert_eq!(Slot::from_index(65_534).map(Slot::number), Some(65_535));
    assert_eq!(Slot::from_index(65_535), None);
    assert_eq!(Slot::from_index(usize::MAX), None);
}

#[test]
fn the_slots_of_a_lot_are_in_ascending_order() {
    let numbers = |count| Slot::first(count).map(Slot::number).collect::<Vec<_>>();
    assert_eq!(numbers(3), [1, 2, 3]);
    assert_eq!(numbers(0), []);
    assert_eq!(numbers(u16::MAX).last(), Some(&65_535));
}
