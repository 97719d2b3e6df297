//! Parking and bridging: check, act, and check again.

use crate::support::{confirming, usual, watch};

#[test]
fn every_park_checks_its_slot_first_even_if_it_was_just_seen_vacant() {
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
fn a_park_is_not_sent_if_the_slot_is_taken() {
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
fn a_park_succeeds_if_the_call_is_already_in_the_slot() {
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
fn a_park_without_a_slot_is_sent_without_a_check() {
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
fn if_the_answer_names_no_slot_the_call_is_searched_slot_by_slot() {
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
fn a_parked_call_that_is_not_found_is_reported() {
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
fn lot_full_shows_that_every_slot_is_held() {
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
fn already_parked_shows_the_slot_of_the_call() {
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
fn a_bridge_checks_its_slot_before_and_after() {
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
fn a_bridge_is_not_sent_if_another_call_is_in_the_slot() {
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
fn a_bridge_is_not_sent_if_the_slot_is_vacant() {
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
fn a_bridge_is_not_sent_if_the_check_is_unclear() {
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
fn a_refused_bridge_shows_that_the_call_left() {
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
fn a_bridge_without_a_slot_frees_the_slot_in_the_answer() {
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
fn a_bridge_whose_answer_names_no_slot_puts_every_held_slot_in_doubt() {
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
fn nobody_waiting_shows_that_every_slot_is_free() {
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
fn no_such_call_removes_the_call() {
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
fn a_command_does_not_act_on_a_check_that_newer_news_contradicts() {
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
fn the_act_follows_its_check_before_other_questions() {
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
fn a_slot_that_shows_the_act_as_done_stays_pending_until_the_answer() {
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
