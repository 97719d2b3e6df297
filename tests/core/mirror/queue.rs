//! Commands that wait, are aborted, or find that their slot changed.

use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn without_list() -> MirrorOptions {
    MirrorOptions { free_list: false, slots: 2, ..usual() }
}

#[test]
fn a_command_that_waits_for_its_slot_can_be_aborted() {
    watch(
        usual(),
        "
        0:00  event answer ann   -
        0:00  event answer bob   -
        0:00  event answer cat   -
        0:01  1 park ann 4       #1 ann slots 4
        0:02  2 park bob 4       -
        0:02  9 park eve 5       #2 cat slots 5
        0:02  9 abort            9 fails aborted
        0:02  9 abort            -
        0:03  #2 vacant 5        -
        0:03  3 park cat 4       -
        0:04  2 abort            2 fails aborted
              calls              ann talking parking, bob talking, cat talking parking
        0:05  #1 held 4 dan      #3 cat slots 4, arrived 4, 1 fails taken 4
        ",
    );
}

#[test]
fn a_sent_command_is_aborted_once() {
    watch(
        usual(),
        "
        0:00  event answer ann   -
        0:00  event answer bob   -
        0:01  1 park ann 4       #1 ann slots 4
        0:01  2 park bob 5       #2 bob slots 5
        0:02  #1 vacant 4        #3 ann park 4
        0:03  1 abort            1 fails aborted unknown
        0:04  1 abort            -
              calls              ann talking, bob talking parking
        ",
    );
}

#[test]
fn the_end_of_one_park_leaves_another_one_pending() {
    watch(
        usual(),
        "
        0:00  event answer ann   -
        0:00  event answer bob   -
        0:01  1 park ann 4       #1 ann slots 4
        0:01  2 park bob 5       #2 bob slots 5
        0:02  #2 held 5 dan      arrived 5, 2 fails taken 5
              calls              ann talking parking, bob talking
        ",
    );
}

#[test]
fn a_sweep_asks_with_the_call_that_the_command_names() {
    watch(
        without_list(),
        "
        0:01  1 free with bob    #1 bob slots 1, #2 bob slots 2
        0:02  #1 vacant 1        -
        0:03  #2 held 2 ann      arrived 2, 1 free 1
        0:10  2 bridge cat       #3 cat slots 1, #4 cat slots 2
        ",
    );
}

#[test]
fn a_sweep_that_is_refused_asks_no_more() {
    watch(
        MirrorOptions { slots: 4, ..without_list() },
        "
        0:00  event answer bob         -
        0:01  1 refresh                #1 bob slots 1, #2 bob slots 2
        0:02  #1 refused unauthorized  1 fails unauthorized
        0:03  #2 vacant 2              -
        ",
    );
}

#[test]
fn a_slot_seen_five_seconds_ago_is_asked_for_again() {
    watch(
        MirrorOptions { slots: 1, ..without_list() },
        "
        0:00      event answer bob  -
        0:01      1 refresh         #1 bob slots 1
        0:02      #1 vacant 1       1 refreshed
        0:05.999  2 refresh         2 refreshed
        0:06      3 refresh         #2 bob slots 1
        ",
    );
}

#[test]
fn a_slot_that_is_being_checked_is_not_checked_twice() {
    watch(
        usual(),
        "
        0:00  event answer eve                    -
        0:00  event answer ann id=a leg=1 t=0     -
        0:01  1 inspect 4 with eve                #1 eve slots 4
        0:01  #1 held 4 ann                       arrived 4, 1 inspected 4
        0:01  2 inspect 5 with eve                #2 eve slots 5
        0:01  #2 held 5 bob                       arrived 5, 2 inspected 5
        0:10  event answer ann id=a leg=2 t=10    #3 ann slots 4
        0:11  told ~9 dan slots 4: vacant 4       -
        0:11  told ~10 dan slots 5: vacant 5      #4 ann slots 5
        0:12  #3 vacant 4                         -
        0:12  #4 vacant 5                         -
        ",
    );
}

#[test]
fn the_precheck_of_a_command_does_not_replace_a_scheduled_check() {
    watch(
        usual(),
        "
        0:00  event answer eve                    -
        0:01  1 inspect 4                         #1 eve slots 4
        0:01  #1 held 4 ann                       arrived 4, 1 inspected 4
        0:02  2 inspect 4                         #2 eve slots 4
        0:03  told ~9 dan slots 4: vacant 4       #3 eve slots 4
        ",
    );
}

#[test]
fn if_two_slots_show_one_call_the_earlier_one_is_doubted() {
    watch(
        usual(),
        "
        0:00  event answer bob   -
        0:01  1 inspect 2        #1 bob slots 2
        0:01  2 inspect 3        #2 bob slots 3
        0:02  #1 held 2 ann      arrived 2, 1 inspected 2
        0:03  #2 held 3 ann      #3 bob slots 2, arrived 3, 2 inspected 3
              slot 2             unknown
              slot 3             held ann seen 0:03 until 3:03
        ",
    );
}

#[test]
fn a_precheck_that_shows_a_call_refuses_the_park_even_if_the_call_moved_on() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 park bob 4        #1 bob slots 4
        0:02  told parked 5 cat   arrived 5
        0:03  #1 held 4 cat       #2 bob slots 4, 1 fails taken 4
              slot 5              held cat mine since 0:02 until 3:02
        ",
    );
}

#[test]
fn a_late_404_does_not_affect_a_slot_with_newer_news() {
    watch(
        usual(),
        "
        0:00  event answer bob         -
        0:01  1 inspect 2              #1 bob slots 2
        0:02  told ~5 parked 2 cat     arrived 2
        0:03  #1 unclear 404 Not found  1 fails unclear 2
              slot 2                   held cat mine since 0:02 until 3:02
        ",
    );
}

#[test]
fn a_404_for_a_call_of_unknown_state_causes_no_check() {
    watch(
        usual(),
        "
        0:00  event answer cat         -
        0:01  1 inspect 2 with bob     #1 bob slots 2
        0:03  #1 unclear 404 Not found  1 fails unclear 2
        ",
    );
}

#[test]
fn a_park_refused_as_a_bad_request_does_not_affect_the_slot() {
    watch(
        MirrorOptions { slots: 2, ..usual() },
        "
        0:00  event answer bob       -
        0:01  1 free                 #1 bob slots
        0:01  #1 free 1              1 free 1
        0:02  2 park bob 2           #2 bob slots 2
        0:03  #2 unclear 404 Not found  #3 bob park 2, #4 bob slots 2
        0:04  #3 refused bad-request  2 fails bad-request
              slot 2                 held somebody seen 0:01 until 3:01
        ",
    );
}

#[test]
fn a_precheck_answered_for_another_slot_is_not_repeated() {
    watch(
        usual(),
        "
        0:00  event answer ann   -
        0:01  1 inspect 4        #1 ann slots 4
        0:01  2 inspect 6        #2 ann slots 6
        0:01  3 park ann 4       -
        0:02  #1 vacant 4        #3 ann slots 4, 1 inspected 4
        0:03  #3 held 5 dan      #4 ann park 4, arrived 5
        ",
    );
}

#[test]
fn a_call_stays_pending_while_any_command_acts_on_it() {
    watch(
        usual(),
        "
        0:00  event answer ann   -
        0:01  1 park ann 4       #1 ann slots 4
        0:01  2 bridge ann 5     #2 ann slots 5
        0:01  3 park ann 6       -
        0:02  3 abort            3 fails aborted
              calls              ann talking parking
        0:03  2 abort            2 fails aborted
              calls              ann talking parking
        ",
    );
}
