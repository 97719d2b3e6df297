//! Parking and bridging: look, act, and look again.

use crate::support::{confirming, usual, watch};

#[test]
fn a_slot_is_looked_at_before_every_park_however_lately_it_was_seen_vacant() {
    watch(
        usual(),
        "
        at    what happens        what has to be done
        0:00  event answer ann    -
        0:01  1 inspect 4         #1 ann slots 4
        0:02  #1 vacant 4         1 inspected 4
        0:02  2 park ann 4        #2 ann slots 4
        0:03  #2 vacant 4         #3 ann park 4
        0:04  #3 parked 4 ann     arrived 4, 2 parked 4 ann until 3:03
        ",
    );
}

#[test]
fn a_slot_that_is_seen_taken_is_not_parked_into() {
    watch(
        usual(),
        "
        0:00  event answer ann  -
        0:01  1 park ann 4      #1 ann slots 4
        0:02  #1 held 4 cat     arrived 4, 1 fails taken 4
              slot 4            held cat seen 0:02 until 3:02
              call ann          talking
        ",
    );
}

#[test]
fn a_call_that_waits_there_already_is_parked() {
    watch(
        usual(),
        "
        0:00  event answer ann  -
        0:01  1 park ann 4      #1 ann slots 4
        0:02  #1 held 4 ann     arrived 4, 1 parked 4 ann until 3:02 for sure
        ",
    );
}

#[test]
fn parking_anywhere_needs_no_look() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:01  1 park ann          #1 ann park
        0:02  #1 parked 3 ann     arrived 3, 1 parked 3 ann until 3:01
              slot 3              held ann mine since 0:01 until 3:01
        ",
    );
}

#[test]
fn a_switch_that_does_not_say_where_is_asked_slot_by_slot() {
    watch(
        usual(),
        "
        0:00  event answer ann      -
        0:00  event answer bob      -
        0:01  1 park ann            #1 ann park
        0:02  #1 parked             #2 bob slots
        0:03  #2 free 2 4 5 6 7 8 9  #3 bob slots 1
        0:04  #3 held 1 cat         #4 bob slots 3, arrived 1
        0:05  #4 held 3 ann         arrived 3, 1 parked 3 ann until 3:03 for sure
        ",
    );
}

#[test]
fn a_call_that_is_parked_and_not_found_is_told_as_such() {
    watch(
        usual(),
        "
        0:00  event answer ann      -
        0:01  1 park ann            #1 ann park
        0:02  #1 parked             #2 ann slots
        0:03  #2 free 1 2 3 4 5 6 7 8  #3 ann slots 9
        0:04  #3 held 9 cat         arrived 9, 1 fails not-there unknown
        ",
    );
}

#[test]
fn a_full_lot_tells_of_every_slot() {
    watch(
        usual(),
        "
        0:00  event answer ann      -
        0:01  1 park ann            #1 ann park
        0:02  #1 refused lot-full   1 fails lot-full
              slot 1                held somebody seen 0:02 until 3:02
              slot 9                held somebody seen 0:02 until 3:02
              call ann              talking
        ",
    );
}

#[test]
fn a_call_that_waits_elsewhere_stays_there() {
    watch(
        usual(),
        "
        0:00  event answer ann              -
        0:01  1 park ann 4                  #1 ann slots 4
        0:02  #1 vacant 4                   #2 ann park 4
        0:03  #2 refused already-parked 6   arrived 6, 1 fails already-parked 6
              slot 4                        free
              slot 6                        held ann seen 0:03 until 3:03
        ",
    );
}

#[test]
fn before_a_bridge_the_slot_is_looked_at_and_after_it_again() {
    watch(
        confirming(),
        "
        0:00    event answer bob    -
        0:01    1 bridge bob 4      #1 bob slots 4
        0:02    #1 held 4 ann       #2 bob bridge 4, arrived 4
        0:03    #2 bridged 4 ann    -
        0:03.1  wake                #3 bob slots 4
        0:03.2  #3 vacant 4         left 4 ann bridged, 1 bridged 4 ann for sure
                slot 4              free
        ",
    );
}

#[test]
fn another_call_than_the_one_shown_is_not_bridged() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 inspect 4         #1 bob slots 4
        0:02  #1 held 4 ann       arrived 4, 1 inspected 4
        0:30  2 bridge bob 4      #2 bob slots 4
        0:31  #2 held 4 cat       left 4 ann unknown, arrived 4, 2 fails different-call 4
              slot 4              held cat seen 0:31 until 3:31
        0:40  3 bridge bob 4 expecting ann  #3 bob slots 4
        0:41  #3 held 4 cat       3 fails different-call 4
        0:50  4 bridge bob 4 expecting cat  #4 bob slots 4
        0:51  #4 held 4 cat       #5 bob bridge 4
        ",
    );
}

#[test]
fn a_slot_that_is_seen_empty_is_not_bridged_with() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 bridge bob 4      #1 bob slots 4
        0:02  #1 vacant 4         1 fails vacant 4
              slot 4              free
        ",
    );
}

#[test]
fn a_call_is_not_bridged_with_itself() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 bridge bob 4      #1 bob slots 4
        0:02  #1 held 4 bob       arrived 4, 1 fails same-call 4
        ",
    );
}

#[test]
fn a_slot_that_nobody_can_tell_of_is_not_bridged_with() {
    watch(
        usual(),
        "
        0:00  event answer bob            -
        0:01  1 bridge bob 4              #1 bob slots 4
        0:02  #1 unclear 200 gibberish    1 fails unclear 4
        0:03  2 bridge bob 4              #2 bob slots 4
        0:04  #2 fails timed-out          2 fails timed-out
        0:05  3 bridge bob 4              #3 bob slots 4
        0:06  #3 lost timed-out           3 fails timed-out
        ",
    );
}

#[test]
fn a_call_that_left_before_the_bridge_is_told_by_its_refusal() {
    watch(
        usual(),
        "
        0:00  event answer bob      -
        0:01  1 bridge bob 4        #1 bob slots 4
        0:02  #1 held 4 ann         #2 bob bridge 4, arrived 4
        0:03  #2 refused vacant 4   left 4 ann unknown, 1 fails vacant 4
              slot 4                free
              call bob              talking
        ",
    );
}

#[test]
fn bridging_with_anybody_frees_the_slot_that_is_named() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 inspect 4         #1 bob slots 4
        0:02  #1 held 4 ann       arrived 4, 1 inspected 4
        0:03  2 bridge-any bob    #2 bob bridge
        0:04  #2 bridged 4 ann    left 4 ann bridged, 2 bridged 4 ann
        ",
    );
}

#[test]
fn bridging_with_nobody_knows_whom_puts_every_held_slot_in_doubt() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 inspect 4         #1 bob slots 4
        0:02  #1 held 4 ann       arrived 4, 1 inspected 4
        0:03  2 inspect 5         #2 bob slots 5
        0:04  #2 vacant 5         2 inspected 5
        0:05  3 bridge-any bob    #3 bob bridge
        0:06  #3 bridged          #4 bob slots 4, 3 bridged
              slot 4              unknown
              slot 5              free
        0:07  #4 vacant 4         -
              slot 4              free
        ",
    );
}

#[test]
fn where_nobody_waits_every_slot_is_free() {
    watch(
        usual(),
        "
        0:00  event answer bob            -
        0:01  1 inspect 4                 #1 bob slots 4
        0:02  #1 held 4 ann               arrived 4, 1 inspected 4
        0:03  2 bridge-any bob            #2 bob bridge
        0:04  #2 refused nobody-waiting   left 4 ann unknown, 2 fails nobody-waiting
              slot 4                      free
              slot 9                      free
        ",
    );
}

#[test]
fn whoever_is_told_not_to_be_up_is_given_up() {
    watch(
        usual(),
        "
        0:00  event answer bob            -
        0:01  1 park bob                  #1 bob park
        0:02  #1 refused no-such-call     1 fails no-such-call
              calls                       none
        0:03  2 inspect 4                 2 fails no-live-call
        ",
    );
}

#[test]
fn nobody_acts_upon_a_look_when_something_newer_says_otherwise() {
    watch(
        usual(),
        "
        0:00  event answer ann       -
        0:00  event answer bob       -
        0:01  1 bridge ann 4         #1 ann slots 4
        0:02  2 inspect 4 with bob   #2 bob slots 4
        0:03  #2 vacant 4            2 inspected 4
        0:04  #1 held 4 cat          #3 ann slots 4
        0:05  #3 vacant 4            1 fails vacant 4
        0:06  3 park ann 4           #4 ann slots 4
        0:07  told bob slots 4: held 4 dan asked 0:07  arrived 4
        0:08  #4 vacant 4            #5 ann slots 4
        0:09  #5 held 4 dan          3 fails taken 4
        ",
    );
}

#[test]
fn two_commands_on_one_slot_act_one_after_the_other() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:00  event answer bob    -
        0:01  1 park ann 4        #1 ann slots 4
        0:01  2 park bob 4        -
        0:02  #1 vacant 4         #2 ann park 4
        0:03  #2 parked 4 ann     #3 bob slots 4, arrived 4, 1 parked 4 ann until 3:02
        0:04  #3 held 4 ann       2 fails taken 4
        ",
    );
}

#[test]
fn a_command_given_while_another_acts_on_its_slot_waits() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:00  event answer bob    -
        0:01  1 park ann 4        #1 ann slots 4
        0:02  #1 vacant 4         #2 ann park 4
        0:02  2 bridge bob 4      -
        0:03  #2 lost timed-out   #3 bob slots 4
        0:04  #3 held 4 ann       #4 bob slots 4, arrived 4, 1 parked 4 ann until 3:02 for sure
        0:05  #4 held 4 ann       #5 bob bridge 4
        ",
    );
}

#[test]
fn a_deed_follows_its_look_at_once_whatever_waits() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:00  event answer bob    -
        0:00  event answer cat    -
        0:01  1 park ann 4        #1 ann slots 4
        0:01  2 inspect 5         #2 cat slots 5
        0:01  3 park bob          -
        0:01  4 park cat          -
        0:02  #1 vacant 4         #3 ann park 4
        0:02  #2 vacant 5         #4 bob park, 2 inspected 5
        ",
    );
}

#[test]
fn a_slot_that_shows_a_deed_done_is_left_alone_until_its_answer_came() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:00  event answer bob    -
        0:01  1 park ann 4        #1 ann slots 4
        0:02  #1 vacant 4         #2 ann park 4
        0:02  3 inspect 4         #3 bob slots 4
        0:03  #3 held 4 ann       arrived 4, 3 inspected 4
        0:03  2 bridge bob 4      -
        0:04  #2 parked 4 ann     #4 bob slots 4, 1 parked 4 ann until 3:02
        ",
    );
}
