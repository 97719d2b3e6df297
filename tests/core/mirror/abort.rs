//! Commands that are called off.

use crate::support::{usual, watch};

#[test]
fn a_command_that_only_looked_ends_with_nothing_done() {
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
fn a_command_that_was_not_sent_yet_is_not_sent() {
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
fn what_was_sent_may_have_been_done_and_its_answer_is_believed() {
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
fn what_was_sent_is_followed_to_its_end_when_its_answer_is_lost() {
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
fn a_command_ends_once_however_often_it_is_called_off() {
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
fn one_of_two_who_wait_for_a_sweep_may_leave() {
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
