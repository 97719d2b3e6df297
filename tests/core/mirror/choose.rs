//! `bridge` without a slot: the mirror finds and bridges the call that has waited longest.

use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 3, ..usual() }
}

#[test]
fn the_call_that_has_waited_longest_is_bridged_by_its_slot() {
    watch(
        small(),
        "
        0:00  event answer bob   -
        0:01  1 inspect 3        #1 bob slots 3
        0:01  #1 held 3 ann      arrived 3, 1 inspected 3
        0:05  2 inspect 1        #2 bob slots 1
        0:05  #2 held 1 cat      arrived 1, 2 inspected 1
        0:10  3 bridge bob       #3 bob slots
              calls              bob talking bridging
        0:11  #3 free 2          #4 bob slots 3
              slot 3             held ann unconfirmed bridging seen 0:01 until 3:01
        0:12  #4 held 3 ann      #5 bob bridge 3
        0:13  #5 bridged 3       left 3 ann bridged, 3 bridged 3 ann
        ",
    );
}

#[test]
fn if_that_call_has_left_the_next_one_is_bridged() {
    watch(
        small(),
        "
        0:00  event answer bob   -
        0:01  1 bridge bob       #1 bob slots
        0:02  #1 free            #2 bob slots 1
        0:03  #2 vacant 1        #3 bob slots 2
        0:04  #3 held 2 cat      #4 bob bridge 2, arrived 2
        0:05  #4 refused vacant 2  #5 bob slots 3, left 2 cat unknown
        0:06  #5 held 3 dan      #6 bob bridge 3, arrived 3
        0:07  #6 bridged 3 dan   left 3 dan bridged, 1 bridged 3 dan
        ",
    );
}

#[test]
fn a_slot_that_changed_hands_is_tried_last() {
    watch(
        small(),
        "
        0:00  event answer bob   -
        0:01  1 inspect 1        #1 bob slots 1
        0:01  #1 held 1 cat      arrived 1, 1 inspected 1
        0:02  2 bridge bob       #2 bob slots
        0:03  #2 free 3          #3 bob slots 1
        0:04  #3 held 1 eve      #4 bob slots 2, left 1 cat unknown, arrived 1
        0:05  #4 vacant 2        #5 bob slots 1
        0:06  #5 held 1 eve      #6 bob bridge 1
        0:07  #6 bridged 1 eve   left 1 eve bridged, 2 bridged 1 eve
        ",
    );
}

#[test]
fn without_parked_calls_nothing_is_bridged() {
    watch(
        small(),
        "
        0:00  event answer bob   -
        0:01  1 bridge bob       #1 bob slots
        0:02  #1 free 1 2 3      1 fails nobody-waiting
              calls              bob talking
        ",
    );
}

#[test]
fn the_call_of_the_command_is_not_a_candidate() {
    watch(
        small(),
        "
        0:00  event answer cat    -
        0:01  1 inspect 1 with bob  #1 bob slots 1
        0:02  #1 held 1 bob       arrived 1, 1 inspected 1
        0:03  2 bridge bob        #2 cat slots
        0:04  #2 free 2 3         2 fails nobody-waiting
        ",
    );
}

#[test]
fn without_a_list_of_free_slots_a_sweep_finds_the_candidates() {
    watch(
        MirrorOptions { free_list: false, ..small() },
        "
        0:00  event answer bob   -
        0:01  1 bridge bob       #1 bob slots 1, #2 bob slots 2
        0:02  #1 vacant 1        #3 bob slots 3
        0:02  #2 held 2 ann      arrived 2
        0:03  #3 vacant 3        #4 bob slots 2
        0:04  #4 held 2 ann      #5 bob bridge 2
        ",
    );
    watch(
        small(),
        "
        0:00  event answer bob              -
        0:01  1 bridge bob                  #1 bob slots
        0:02  #1 refused slot-required      #2 bob slots 1, #3 bob slots 2
        ",
    );
}

#[test]
fn with_an_exact_feed_the_candidates_are_known() {
    watch(
        small(),
        "
        0:00  feed up                            -
        0:00  event answer bob                   -
        0:00  told ~1 parked 3 ann by 200        arrived 3
        0:00  told ~1 bob slots: free 1 2        -
        0:01  1 bridge bob                       #1 bob slots 3
        0:02  #1 held 3 ann                      #2 bob bridge 3
        ",
    );
}

#[test]
fn a_failed_list_ends_the_bridge_with_nothing_done() {
    for (said, told) in [
        ("fails unreachable", "unreachable"),
        ("lost timed-out", "timed-out"),
        ("unclear 503 busy", "server-error"),
        ("refused rate-limited", "rate-limited"),
    ] {
        let story = format!(
            "
            0:00  event answer bob   -
            0:01  1 bridge bob       #1 bob slots
            0:02  #1 {said}          1 fails {told}
            "
        );
        watch(small(), &story);
    }
}

#[test]
fn a_bridge_aborted_while_it_chooses_is_not_done() {
    watch(
        small(),
        "
        0:00  event answer bob   -
        0:01  1 bridge bob       #1 bob slots
        0:02  1 abort            1 fails aborted
        0:03  #1 free 1 2        -
              calls              bob talking
              slot 3             held somebody seen 0:03 until 3:03
        ",
    );
}

#[test]
fn the_switch_chooses_the_call_on_request() {
    watch(
        small(),
        "
        0:00  event answer bob     -
        0:01  1 bridge-any bob     #1 bob bridge
        0:02  #1 bridged 2 ann     arrived 2, left 2 ann bridged, 1 bridged 2 ann
        ",
    );
}

#[test]
fn the_bridge_waits_for_another_command_in_the_chosen_slot() {
    watch(
        small(),
        "
        0:00  event answer bob     -
        0:00  event answer cat     -
        0:01  1 inspect 2          #1 cat slots 2
        0:01  #1 held 2 ann        arrived 2, 1 inspected 2
        0:02  2 bridge cat 2       #2 cat slots 2
        0:02  3 bridge bob         #3 bob slots
        0:03  #2 held 2 ann        #4 cat bridge 2
        0:04  #3 free 1 3          -
        0:05  #4 bridged 2         #5 bob slots 2, left 2 ann bridged, 2 bridged 2 ann
        0:06  #5 vacant 2          3 fails nobody-waiting
        ",
    );
}

#[test]
fn an_expected_call_is_the_only_candidate() {
    watch(
        small(),
        "
        0:00  event answer bob           -
        0:01  1 inspect 1                #1 bob slots 1
        0:01  #1 held 1 ann              arrived 1, 1 inspected 1
        0:02  2 bridge bob expecting cat  #2 bob slots
        0:03  #2 free                    #3 bob slots 2
        0:04  #3 held 2 dan              #4 bob slots 3, arrived 2
        0:05  #4 held 3 cat              #5 bob bridge 3, arrived 3
        0:06  #5 bridged 3 cat           left 3 cat bridged, 2 bridged 3 cat
        ",
    );
    watch(
        small(),
        "
        0:00  event answer bob               -
        0:01  1 bridge bob expecting cat     #1 bob slots
        0:02  #1 free 1 3                    #2 bob slots 2
        0:03  #2 held 2 dan                  arrived 2, 1 fails nobody-waiting
        0:04  2 bridge-any bob expecting cat  2 fails invalid-options
        ",
    );
}
