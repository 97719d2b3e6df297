//! Each rule of the lot, in the order in which the lot applies them.

use valet_park::LotOptions;
use valet_park::lot::{Allocate, BridgeAny};

use crate::support::play;

fn usual() -> LotOptions {
    LotOptions::default()
}

fn small(slots: u16) -> LotOptions {
    LotOptions { slots, ..usual() }
}

#[test]
fn a_vacant_slot_takes_a_call_for_three_minutes() {
    play(
        usual(),
        "
        at        who  asks      answer
        0:00      ann  park 4    parked 4 ann
        2:59.999  bob  slots 4   held 4 ann
        3:00                     returned 4 ann
        3:00      bob  slots 4   vacant 4
        ",
    );
}

#[test]
fn parking_a_call_again_in_its_slot_keeps_its_deadline() {
    play(
        usual(),
        "
        0:00  ann  park 4   parked 4 ann
        2:00  ann  park 4   parked 4 ann again
        2:00  ann  park     parked 4 ann again
        3:00                returned 4 ann
        ",
    );
}

#[test]
fn a_taken_slot_refuses_and_never_connects_two_callers() {
    play(
        usual(),
        "
        0:00  ann  park 4   parked 4 ann
        0:10  bob  park 4   refused taken 4
        0:20  cat  slots 4  held 4 ann
        0:20  cat  slots    free 1 2 3 5 6 7 8 9
        3:00                returned 4 ann
        3:00  bob  park 4   parked 4 bob
        ",
    );
}

#[test]
fn a_parked_call_cannot_be_moved() {
    play(
        usual(),
        "
        0:00  ann  park 4   parked 4 ann
        0:00  bob  park 5   parked 5 bob
        0:10  ann  park 6   refused already-parked 4
        0:10  ann  park 5   refused already-parked 4
        0:20  cat  slots    free 1 2 3 6 7 8 9
        ",
    );
}

#[test]
fn a_full_lot_refuses_until_one_has_left() {
    play(
        small(2),
        "
        0:00  ann  park     parked 1 ann
        0:00  bob  park     parked 2 bob
        0:10  cat  park     refused lot-full
        0:10  ann  park     parked 1 ann again
        0:20  cat  slots    free
        0:30  bob  hang up  abandoned 2 bob
        0:30  cat  slots    free 2
        0:30  cat  park     parked 2 cat
        ",
    );
}

#[test]
fn parking_without_a_slot_takes_the_lowest_free_slot() {
    play(
        small(4),
        "
        0:00  ann  park 1    parked 1 ann
        0:00  bob  park 3    parked 3 bob
        0:01  cat  park      parked 2 cat
        0:02  dan  park      parked 4 dan
        0:03  eve  bridge 3  bridged 3 bob
        0:04  fay  bridge 1  bridged 1 ann
        0:05  gus  park      parked 1 gus
        ",
    );
}

#[test]
fn bridging_frees_the_slot_and_names_the_parked_call() {
    play(
        usual(),
        "
        0:00  ann  park 4    parked 4 ann
        1:00  bob  bridge 4  bridged 4 ann
        1:00  bob  slots 4   vacant 4
        1:00  cat  park 4    parked 4 cat
        1:01  bob  park 5    parked 5 bob
        3:30  ann  park 6    parked 6 ann
        4:00                 returned 4 cat
        4:01                 returned 5 bob
        6:30                 returned 6 ann
        ",
    );
}

#[test]
fn bridging_with_a_vacant_slot_is_refused_and_parks_no_call() {
    play(
        usual(),
        "
        0:00  bob  bridge 4  refused vacant 4
        0:00  bob  slots 4   vacant 4
        0:00  bob  slots     free 1 2 3 4 5 6 7 8 9
        0:01  bob  park 4    parked 4 bob
        ",
    );
}

#[test]
fn a_parked_call_cannot_bridge() {
    play(
        usual(),
        "
        0:00  ann  park 4    parked 4 ann
        0:00  bob  park 5    parked 5 bob
        0:10  ann  bridge 4  refused same-call 4
        0:10  ann  bridge 5  refused already-parked 4
        0:10  ann  bridge 6  refused already-parked 4
        0:10  ann  bridge    refused already-parked 4
        0:20  cat  slots 4   held 4 ann
        0:20  cat  slots 5   held 5 bob
        ",
    );
}

#[test]
fn bridging_without_a_slot_needs_a_parked_call() {
    play(
        usual(),
        "
        0:00  bob  bridge  refused nobody-waiting
        0:00  ann  park 9  parked 9 ann
        0:00  bob  bridge  bridged 9 ann
        0:00  bob  bridge  refused nobody-waiting
        ",
    );
}

#[test]
fn bridging_without_a_slot_can_take_the_longest_waiting_call() {
    play(
        LotOptions { bridge_any: BridgeAny::Longest, ..usual() },
        "
        0:00  ann  park 4    parked 4 ann
        0:10  bob  park 2    parked 2 bob
        0:20  cat  park 9    parked 9 cat
        0:30  bob  hang up   abandoned 2 bob
        0:40  dan  park 1    parked 1 dan
        0:50  ann  park 4    parked 4 ann again
        1:00  eve  bridge    bridged 4 ann
        1:00  fay  bridge    bridged 9 cat
        1:00  gus  bridge    bridged 1 dan
        ",
    );
}

#[test]
fn bridging_without_a_slot_can_take_the_lowest_slot() {
    play(
        LotOptions { bridge_any: BridgeAny::First, ..usual() },
        "
        0:00  ann  park 4  parked 4 ann
        0:10  bob  park 2  parked 2 bob
        0:20  cat  park 9  parked 9 cat
        1:00  dan  bridge  bridged 2 bob
        1:00  eve  bridge  bridged 4 ann
        1:00  fay  bridge  bridged 9 cat
        ",
    );
}

#[test]
fn a_slot_beyond_the_lot_is_refused_for_every_action() {
    play(
        small(5),
        "
        0:00  ann  park 6      refused no-such-slot 6
        0:00  ann  bridge 6    refused no-such-slot 6
        0:00  ann  slots 6     refused no-such-slot 6
        0:00  ann  park 65535  refused no-such-slot 65535
        0:00  ann  park 5      parked 5 ann
        0:00  ann  park 6      refused no-such-slot 6
        ",
    );
}

#[test]
fn parking_in_random_slots_still_fills_the_lot() {
    play(
        LotOptions { allocate: Allocate::Random, ..small(1) },
        "
        0:00  ann  park    parked 1 ann
        0:00  bob  park    refused lot-full
        0:01  bob  bridge  bridged 1 ann
        0:02  bob  park    parked 1 bob
        ",
    );
}
