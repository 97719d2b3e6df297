//! The check after an act, if more than one call is involved.

use valet_park::mirror::MirrorOptions;

use crate::support::{confirming, usual, watch};

#[test]
fn a_bridge_chosen_by_the_switch_stays_unconfirmed_if_a_call_is_in_the_slot() {
    watch(
        confirming(),
        "
        0:00    event answer cat    -
        0:00    event answer bob    -
        0:01    1 bridge-any bob    #1 bob bridge
        0:02    #1 bridged 4        -
        0:02.1  wake                #2 cat slots 4
        0:02.2  #2 held 4 dan       arrived 4, 1 bridged 4
        ",
    );
}

#[test]
fn the_check_compares_with_the_call_seen_before_not_with_the_answer() {
    for still in ["ann", "dan"] {
        let story = format!(
            "
        0:00    event answer cat    -
        0:00    event answer bob    -
        0:01    1 bridge bob 4      #1 bob slots 4
        0:02    #1 held 4 ann       #2 bob bridge 4, arrived 4
        0:03    #2 bridged 4 dan    -
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 held 4 {still}   {}
        0:03.5  wake                #4 cat slots 4
            ",
            if still == "ann" { "-" } else { "left 4 ann unknown, arrived 4" }
        );
        watch(confirming(), &story);
    }
}

#[test]
fn a_bridge_with_a_lost_answer_reports_that_its_call_is_parked() {
    watch(
        usual(),
        "
        0:00    event answer cat    -
        0:00    event answer bob    -
        0:01    1 bridge bob 4      #1 bob slots 4
        0:02    #1 held 4 ann       #2 bob bridge 4, arrived 4
        0:12    #2 lost timed-out   #3 cat slots 4
        0:13    #3 held 4 bob       left 4 ann unknown, arrived 4, 1 fails asker-parked 4
                slot 4              held bob mine seen 0:13 until 3:13
        ",
    );
}

#[test]
fn a_bridge_reported_twice_by_a_feed_is_one_departure() {
    watch(
        usual(),
        "
        0:01  told ~5 parked 2 ann                arrived 2
        0:02  told ~6 bridged 2 ann               left 2 ann bridged mine
        0:02  told ~7 dan bridge 2: bridged 2 ann  -
        0:03  told ~8 parked 2 ann                arrived 2
        0:04  told ~9 bridged 2 ann               left 2 ann bridged mine
        0:05  told ~10 bridged 2 eve              arrived 2, left 2 eve bridged
        0:06  told ~11 parked 2 ann               arrived 2
        0:07  told ~12 abandoned 2 ann            left 2 ann abandoned mine
        0:08  told ~13 bridged 2 ann              arrived 2, left 2 ann bridged
        ",
    );
}

#[test]
fn a_bridge_reported_after_the_list_that_shows_its_slot_free_is_one_departure() {
    watch(
        MirrorOptions { slots: 3, ..usual() },
        "
        0:01  told ~5 parked 2 ann            arrived 2
        0:02  told ~6 dan slots: free 1 2 3   left 2 ann unknown mine
        0:02  told ~7 bridged 2 ann taken 900  left 2 ann bridged mine by 900
        0:02  told ~8 unknown 2 ann           -
        0:02  told ~9 bridged 2 ann           -
        0:03  told ~10 parked 2 ann           arrived 2
        0:04  told ~11 dan slots: free 1 2 3  left 2 ann unknown mine
        0:04  told ~12 parked 2 bob           arrived 2
        0:04  told ~11 bridged 2 ann          left 2 ann bridged mine
              slot 2                          held bob mine since 0:04 until 3:04
        ",
    );
}

#[test]
fn a_bridge_explains_no_departure_from_an_earlier_slot() {
    watch(
        MirrorOptions { slots: 3, ..usual() },
        "
        0:01  told ~5 parked 2 ann            arrived 2
        0:02  told ~6 dan slots: free 1 2 3   left 2 ann unknown mine
        0:03  told ~7 parked 3 ann            arrived 3
        0:04  told ~8 bridged 3 ann           left 3 ann bridged mine
              slot 3                          free
        ",
    );
}

#[test]
fn a_bridge_explains_no_departure_from_an_earlier_stay_in_the_same_slot() {
    watch(
        MirrorOptions { slots: 3, ..usual() },
        "
        0:01  told ~5 parked 2 ann            arrived 2
        0:02  told ~6 dan slots: free 1 2 3   left 2 ann unknown mine
        0:03  told ~7 parked 2 ann            arrived 2
        0:04  told ~8 bridged 2 ann           left 2 ann bridged mine
              slot 2                          free
        ",
    );
}

#[test]
fn a_404_for_a_call_that_may_have_ended_does_not_make_a_slot_absent() {
    watch(
        MirrorOptions { slots: 3, ..usual() },
        "
        0:00  1 free with bob             #1 bob slots
        0:00  #1 free 1 2                 1 free 1 2
        0:01  2 inspect 3 with bob        #2 bob slots 3
        0:01  #2 unclear 404 Not found    2 fails unclear 3
        0:02  3 inspect 3 with bob        #3 bob slots 3
        0:02  #3 unclear 404 Not found    3 fails unclear 3
              slot 3                      held somebody seen 0:00 until 3:00
        ",
    );
}
