//! Lots of one slot, of all there are, and what a seed decides in between.

use std::collections::BTreeSet;

use valet_park::lot::{Allocate, BridgeAny};
use valet_park::{Answer, Lot, LotOptions, Slot, Time};

use crate::support::{hear, play, question, slot};

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
fn a_lot_without_slots_has_one_all_the_same() {
    let mut lot = Lot::new(LotOptions { slots: 0, ..LotOptions::default() });
    assert_eq!(lot.ask(START, &question("ann", "slots")), hear("free 1"));
}

/// Goes through a lot of every size at which one more word, or one more level, is needed.
#[test]
fn the_last_slot_of_any_lot_is_as_good_as_the_first() {
    for slots in [1, 2, 9, 63, 64, 65, 127, 128, 4095, 4096, 4097, 65_535] {
        let mut lot = Lot::new(LotOptions { slots, ..LotOptions::default() });
        for number in 1..=slots {
            let who = format!("call{number}");
            let answer = lot.ask(START, &question(&who, "park"));
            assert_eq!(answer, hear(&format!("parked {number} {who}")), "of {slots}");
        }
        assert_eq!(lot.ask(START, &question("ann", "park")), hear("refused lot-full"));
        assert_eq!(lot.ask(START, &question("ann", "slots")), hear("free"));
        let last = format!("bridge {slots}");
        let told = format!("bridged {slots} call{slots}");
        assert_eq!(lot.ask(START, &question("ann", &last)), hear(&told));
        assert_eq!(lot.ask(START, &question("ann", "slots")), hear(&format!("free {slots}")));
        let told = format!("parked {slots} bob");
        assert_eq!(lot.ask(START, &question("bob", "park")), hear(&told));
    }
}

#[test]
fn the_free_slots_come_in_ascending_order_whoever_left_first() {
    let mut lot = Lot::new(LotOptions { slots: 200, ..LotOptions::default() });
    for number in 1..=200 {
        lot.ask(START, &question(&format!("call{number}"), "park"));
    }
    for number in [199, 3, 64, 65, 1, 130] {
        lot.ask(START, &question("ann", &format!("bridge {number}")));
    }
    assert_eq!(lot.ask(START, &question("ann", "slots")), hear("free 1 3 64 65 130 199"));
}

/// Which slots a seed leads to, one call after the other.
fn chosen(seed: u64, slots: u16, allocate: Allocate) -> Vec<Slot> {
    let mut lot = Lot::new(LotOptions { slots, allocate, seed, ..LotOptions::default() });
    let mut park = |number: u16| match lot.ask(START, &question(&format!("call{number}"), "park")) {
        Answer::Parked { slot: Some(slot), .. } => slot,
        other => panic!("{other:?}"),
    };
    (0..slots).map(&mut park).collect()
}

#[test]
fn where_any_free_slot_will_do_a_seed_decides_and_each_is_used_once() {
    let slots = |seed| chosen(seed, 9, Allocate::Random);
    let all: BTreeSet<Slot> = Slot::first(9).collect();
    assert_eq!(slots(1), slots(1), "the same seed, the same choices");
    assert!((0..20).any(|seed| slots(seed) != slots(seed + 1)), "another seed, other choices");
    for seed in 0..50 {
        assert_eq!(slots(seed).into_iter().collect::<BTreeSet<_>>(), all, "seed {seed}");
    }
    let first: BTreeSet<Slot> = (0..200).map(|seed| slots(seed)[0]).collect();
    assert_eq!(first, all, "each slot is chosen first by some seed");
}

#[test]
fn a_random_bridge_takes_each_who_waits_sooner_or_later() {
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
