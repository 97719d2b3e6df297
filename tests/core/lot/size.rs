//! Lots of every size, and random choices of slots.

use std::collections::BTreeSet;

use valet_park::lot::{Allocate, BridgeAny};
use valet_park::{Answer, Lot, LotOptions, Slot, Time};

use crate::support::{parse_answer, play, question, slot};

const START: Time = Time::from_ms(0);

#[test]
fn a_lot_of_one_slot_takes_one_call_after_the_other() {
    play(
        LotOptions { slots: 1, ..LotOptions::default() },
        "
        0:00  ann  park      parked 1 ann
        0:00  bob  park      refused lot-full
        0:00  bob  park 1    refused taken 1
        0:00  ann  park      parked 1 ann again
        0:10  bob  bridge 1  bridged 1 ann
        0:20  bob  park      parked 1 bob
        3:20                 returned 1 bob
        ",
    );
}

#[test]
fn a_lot_with_zero_slots_has_one() {
    let mut lot = Lot::new(LotOptions { slots: 0, ..LotOptions::default() });
    assert_eq!(lot.ask(START, &question("ann", "slots")), parse_answer("free 1"));
}

/// Tests the sizes at which the sets of slots need one more word or one more level.
#[test]
fn the_last_slot_of_a_lot_of_any_size_works_like_the_first() {
    for slots in [1, 2, 9, 63, 64, 65, 127, 128, 4095, 4096, 4097, 65_535] {
        let mut lot = Lot::new(LotOptions { slots, ..LotOptions::default() });
        for number in 1..=slots {
            let who = format!("call{number}");
            let answer = lot.ask(START, &question(&who, "park"));
            assert_eq!(answer, parse_answer(&format!("parked {number} {who}")), "of {slots}");
        }
        assert_eq!(lot.ask(START, &question("ann", "park")), parse_answer("refused lot-full"));
        assert_eq!(lot.ask(START, &question("ann", "slots")), parse_answer("free"));
        let last = format!("bridge {slots}");
        let told = format!("bridged {slots} call{slots}");
        assert_eq!(lot.ask(START, &question("ann", &last)), parse_answer(&told));
        assert_eq!(
            lot.ask(START, &question("ann", "slots")),
            parse_answer(&format!("free {slots}"))
        );
        let told = format!("parked {slots} bob");
        assert_eq!(lot.ask(START, &question("bob", "park")), parse_answer(&told));
    }
}

#[test]
fn the_free_slots_are_listed_in_ascending_order() {
    let mut lot = Lot::new(LotOptions { slots: 200, ..LotOptions::default() });
    for number in 1..=200 {
        lot.ask(START, &question(&format!("call{number}"), "park"));
    }
    for number in [199, 3, 64, 65, 1, 130] {
        lot.ask(START, &question("ann", &format!("bridge {number}")));
    }
    assert_eq!(lot.ask(START, &question("ann", "slots")), parse_answer("free 1 3 64 65 130 199"));
}

/// Returns the slots that a seed chooses for one call after the other.
fn chosen(seed: u64, slots: u16, allocate: Allocate) -> Vec<Slot> {
    let mut lot = Lot::new(LotOptions { slots, allocate, seed, ..LotOptions::default() });
    let mut park = |number: u16| match lot.ask(START, &question(&format!("call{number}"), "park")) {
        Answer::Parked { slot: Some(slot), .. } => slot,
        other => panic!("{other:?}"),
    };
    (0..slots).map(&mut park).collect()
}

/// The slots follow from the published generator `SplitMix64`, computed by another program.
#[test]
fn a_seed_gives_the_same_slots_in_every_version() {
    let numbers = |seed| -> Vec<u16> {
        chosen(seed, 20, Allocate::Random).into_iter().map(Slot::number).collect()
    };
    let of_seed_0 = [18, 10, 3, 20, 6, 2, 9, 1, 11, 4, 14, 8, 17, 13, 19, 12, 16, 5, 15, 7];
    let of_seed_1 = [12, 16, 20, 11, 1, 17, 19, 14, 5, 18, 15, 6, 2, 9, 8, 13, 7, 3, 10, 4];
    assert_eq!(numbers(0), of_seed_0);
    assert_eq!(numbers(1), of_seed_1);
}

#[test]
fn a_seed_decides_random_slots_and_each_is_used_once() {
    let slots = |seed| chosen(seed, 9, Allocate::Random);
    let all: BTreeSet<Slot> = Slot::first(9).collect();
    assert_eq!(slots(1), slots(1), "equal seeds give equal choices");
    assert!((0..20).any(|seed| slots(seed) != slots(seed + 1)), "another seed gives other choices");
    for seed in 0..50 {
        assert_eq!(slots(seed).into_iter().collect::<BTreeSet<_>>(), all, "seed {seed}");
    }
    let first: BTreeSet<Slot> = (0..200).map(|seed| slots(seed)[0]).collect();
    assert_eq!(first, all, "some seed chooses each slot first");
}

#[test]
fn a_random_bridge_can_take_every_parked_call() {
    let mut taken = BTreeSet::new();
    for seed in 0..100 {
        let bridge_any = BridgeAny::Random;
        let mut lot = Lot::new(LotOptions { bridge_any, seed, ..LotOptions::default() });
        for (who, place) in [("ann", "park 2"), ("bob", "park 5"), ("cat", "park 9")] {
            lot.ask(START, &question(who, place));
        }
        lot.ask(START, &question("dan", "bridge 5"));
        match lot.ask(START, &question("eve", "bridge")) {
            Answer::Bridged { slot: Some(slot), .. } => taken.insert(slot),
            other => panic!("{other:?}"),
        };
    }
    assert_eq!(taken, BTreeSet::from([slot(2), slot(9)]));
}
