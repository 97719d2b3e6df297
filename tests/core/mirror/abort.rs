//! Aborted commands.

use crate::support::{usual, watch};

#[test]
fn a_command_aborted_during_its_precheck_is_not_done() {
    watch(
        usual(),
        "
        at    what happens        what has to be done
        0:00  event answer bob    -
        0:01  1 bridge bob 4      #1 bob slots 4
        0:02  1 abort             1 fails aborted
        0:03  #1 held 4 ann       arrived 4
              slot 4              held ann seen 0:03 until 3:03
              sync                idle
        ",
    );
}

#[test]
fn a_command_aborted_before_it_is_sent_is_not_sent() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 inspect 4         #1 bob slots 4
        0:01  2 inspect 5         #2 bob slots 5
        0:01  3 park bob          -
        0:02  3 abort             3 fails aborted
        0:03  #1 vacant 4         1 inspected 4
        0:04  #2 vacant 5         2 inspected 5
        ",
    );
}

#[test]
fn a_command_aborted_after_it_was_sent_has_an_unknown_outcome_and_its_answer_counts() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:01  1 park ann 4        #1 ann slots 4
        0:02  #1 vacant 4         #2 ann park 4
        0:03  1 abort             1 fails aborted unknown
              slot 4              held ann unconfirmed parking mine seen 0:02 until 3:02
        0:04  #2 parked 4 ann     arrived 4
              slot 4              held ann mine since 0:02 until 3:02
        ",
    );
}

#[test]
fn a_command_aborted_after_it_was_sent_is_verified_when_its_answer_is_lost() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:01  1 park ann 4        #1 ann slots 4
        0:02  #1 vacant 4         #2 ann park 4
        0:03  1 abort             1 fails aborted unknown
        0:12  #2 lost timed-out   #3 ann slots 4
        0:13  #3 held 4 ann       arrived 4
              slot 4              held ann mine since 0:02 until 3:02
        ",
    );
}

#[test]
fn a_command_ends_once_even_if_it_is_aborted_twice() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 inspect 4         #1 bob slots 4
        0:02  1 abort             1 fails aborted
        0:02  1 abort             -
        0:03  #1 vacant 4         -
        0:04  1 abort             -
        0:04  7 abort             -
              slot 4              free
        ",
    );
}

#[test]
fn aborting_one_of_two_refreshes_keeps_the_other() {
    watch(
        usual(),
        "
        0:00  event answer bob             -
        0:01  1 refresh                    #1 bob slots
        0:01  2 refresh                    -
        0:02  1 abort                      1 fails aborted
        0:03  #1 free 1 2 3 4 5 6 7 8 9    2 refreshed
        ",
    );
}
