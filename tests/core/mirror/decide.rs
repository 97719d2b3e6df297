//! What a look after an act decides, where more than one call is in question.

use valet_park::mirror::MirrorOptions;

use crate::support::{confirming, usual, watch};

#[test]
fn a_bridge_of_the_switchs_choice_tells_nothing_where_a_call_waits_afterwards() {
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
fn the_call_that_was_seen_before_contradicts_whatever_call_the_switch_names() {
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
fn a_bridge_whose_answer_is_lost_and_that_parked_the_asker_says_so() {
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
fn one_bridge_that_a_feed_tells_of_twice_is_one_departure() {
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
fn a_slot_is_not_absent_by_the_word_of_a_call_that_may_be_dead() {
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
