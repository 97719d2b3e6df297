//! Two calls that want the same slot or call at the same time: exactly one gets it.

use valet_park::LotOptions;

use crate::support::play;

fn usual() -> LotOptions {
    LotOptions::default()
}

#[test]
fn of_two_parks_into_one_slot_the_first_gets_it() {
    play(
        usual(),
        "
        0:00  ann  park 6   parked 6 ann
        0:00  bob  park 6   refused taken 6
        0:00  cat  slots 6  held 6 ann
        ",
    );
}

#[test]
fn two_parks_without_a_slot_get_two_slots() {
    play(
        usual(),
        "
        0:00  ann  park  parked 1 ann
        0:00  bob  park  parked 2 bob
        ",
    );
}

#[test]
fn of_two_bridges_the_first_gets_the_call_and_the_other_is_not_parked() {
    play(
        usual(),
        "
        0:00  ann  park 6    parked 6 ann
        0:10  bob  bridge 6  bridged 6 ann
        0:10  cat  bridge 6  refused vacant 6
        0:10  cat  slots 6   vacant 6
        ",
    );
    play(
        usual(),
        "
        0:00  ann  park 6  parked 6 ann
        0:10  bob  bridge  bridged 6 ann
        0:10  cat  bridge  refused nobody-waiting
        ",
    );
}

#[test]
fn a_slot_can_be_reused_in_the_moment_it_becomes_vacant() {
    play(
        usual(),
        "
        0:00  ann  park 6    parked 6 ann
        0:10  bob  bridge 6  bridged 6 ann
        0:10  cat  slots     free 1 2 3 4 5 6 7 8 9
        0:10  cat  park 6    parked 6 cat
        0:10  cat  hang up   abandoned 6 cat
        0:10  dan  park 6    parked 6 dan
        ",
    );
}

#[test]
fn a_caller_who_hangs_up_first_is_not_bridged() {
    play(
        usual(),
        "
        0:00  ann  park 6    parked 6 ann
        0:10  ann  hang up   abandoned 6 ann
        0:10  bob  bridge 6  refused vacant 6
        ",
    );
}

#[test]
fn a_hangup_of_a_call_that_is_not_parked_changes_nothing() {
    play(
        usual(),
        "
        0:00  ann  park 6   parked 6 ann
        0:10  bob  hang up  nothing
        0:10  cat  slots 6  held 6 ann
        ",
    );
}
