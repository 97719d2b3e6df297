//! Lost answers. The mirror never repeats a command, but finds out whether it was done.

use valet_park::mirror::{AskWithParked, MirrorOptions};

use crate::support::{usual, watch};

#[test]
fn a_park_with_a_lost_answer_is_found_in_its_slot() {
    watch(
        usual(),
        "
        at    what happens        what has to be done
        0:00  event answer ann    -
        0:01  1 park ann 4        #1 ann slots 4
        0:02  #1 vacant 4         #2 ann park 4
        0:12  #2 lost timed-out   #3 ann slots 4
              slot 4              held ann unconfirmed parking mine seen 0:02 until 3:02
        0:13  #3 held 4 ann       arrived 4, 1 parked 4 ann until 3:02 for sure
              slot 4              held ann mine since 0:02 until 3:02
        ",
    );
}

#[test]
fn a_park_not_found_by_two_checks_was_not_done() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:01  1 park ann 4        #1 ann slots 4
        0:02  #1 vacant 4         #2 ann park 4
        0:12  #2 lost timed-out   #3 ann slots 4
        0:13  #3 vacant 4         -
              wakes               0:15
              slot 4              held ann unconfirmed parking mine seen 0:02 until 3:02
        0:15  wake                #4 ann slots 4
        0:16  #4 vacant 4         1 fails timed-out
              slot 4              free unconfirmed
              call ann            talking
        ",
    );
}

#[test]
fn a_park_was_not_done_if_another_call_is_in_the_slot() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:01  1 park ann 4        #1 ann slots 4
        0:02  #1 vacant 4         #2 ann park 4
        0:12  #2 lost timed-out   #3 ann slots 4
        0:13  #3 held 4 cat       arrived 4, 1 fails timed-out
              slot 4              held cat seen 0:13 until 3:13
        ",
    );
}

#[test]
fn a_park_stays_unknown_without_a_clear_check() {
    watch(
        usual(),
        "
        0:00  event answer ann            -
        0:01  1 park ann 4                #1 ann slots 4
        0:02  #1 vacant 4                 #2 ann park 4
        0:12  #2 unclear 502 Bad gateway  #3 ann slots 4
        0:13  #3 lost timed-out           -
              wakes                       0:15
        0:15  wake                        #4 ann slots 4
        0:16  #4 unclear 502 Bad gateway  -
              wakes                       0:19
        0:19  wake                        #5 ann slots 4
        0:20  #5 fails unreachable        -
              wakes                       0:25
        0:25  wake                        #6 ann slots 4
        0:26  #6 fails unreachable        1 fails server-error 4 unknown
              slot 4                      unknown
        ",
    );
}

#[test]
fn a_park_that_was_never_sent_fails_at_once() {
    watch(
        usual(),
        "
        0:00  event answer ann      -
        0:01  1 park ann 4          #1 ann slots 4
        0:02  #1 vacant 4           #2 ann park 4
        0:03  #2 fails unreachable  1 fails unreachable
              slot 4                free
        ",
    );
}

#[test]
fn the_check_is_asked_with_another_live_call_after_its_own_ended() {
    watch(
        usual(),
        "
        0:00  event answer ann t=1  -
        0:00  event answer bob t=1  -
        0:01  1 park ann 4          #1 ann slots 4
        0:02  #1 vacant 4           #2 ann park 4
        0:03  event hangup ann t=4  -
        0:12  #2 lost timed-out     #3 bob slots 4
        0:13  #3 held 4 ann         arrived 4, 1 parked 4 ann until 3:02 for sure
        ",
    );
}

#[test]
fn the_check_is_asked_with_its_own_call_if_there_is_no_other() {
    watch(
        MirrorOptions { ask_with_parked: AskWithParked::Auto, ..usual() },
        "
        0:00  event answer ann t=1  -
        0:01  1 park ann 4          #1 ann slots 4
        0:02  #1 vacant 4           #2 ann park 4
        0:03  event hangup ann t=4  -
        0:12  #2 lost timed-out     #3 ann slots 4
        ",
    );
}

#[test]
fn a_bridge_with_a_lost_answer_is_never_reported_as_done() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 bridge bob 4      #1 bob slots 4
        0:02  #1 held 4 ann       #2 bob bridge 4, arrived 4
        0:12  #2 lost timed-out   #3 bob slots 4
              slot 4              held ann unconfirmed bridging seen 0:02 until 3:02
        0:13  #3 vacant 4         left 4 ann unknown, 1 fails timed-out unknown
              call ann            gone unknown 0:13
        ",
    );
}

#[test]
fn a_bridge_was_not_done_if_the_call_is_still_there() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 bridge bob 4      #1 bob slots 4
        0:02  #1 held 4 ann       #2 bob bridge 4, arrived 4
        0:12  #2 lost timed-out   #3 bob slots 4
        0:13  #3 held 4 ann       -
              wakes               0:15
              slot 4              held ann unconfirmed bridging seen 0:02 until 3:02
        0:15  wake                #4 bob slots 4
        0:16  #4 held 4 ann       1 fails timed-out
              slot 4              held ann unconfirmed seen 0:02 until 3:02
        ",
    );
}

#[test]
fn a_park_without_a_slot_and_with_a_lost_answer_is_searched() {
    watch(
        usual(),
        "
        0:00  event answer ann      -
        0:01  1 park ann            #1 ann park
        0:11  #1 lost timed-out     #2 ann slots
        0:12  #2 free 1 3 4 5 6 7 8 9  #3 ann slots 2
        0:13  #3 held 2 ann         arrived 2, 1 parked 2 ann until 3:12 for sure
        ",
    );
}

#[test]
fn a_park_without_a_slot_that_is_found_nowhere_was_not_done() {
    watch(
        usual(),
        "
        0:00  event answer ann          -
        0:01  1 park ann                #1 ann park
        0:11  #1 lost timed-out         #2 ann slots
        0:12  #2 free 1 2 3 4 5 6 7 8 9  1 fails timed-out
        ",
    );
}

#[test]
fn a_bridge_without_a_slot_and_with_a_lost_answer_stays_unknown() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 inspect 4         #1 bob slots 4
        0:02  #1 held 4 ann       arrived 4, 1 inspected 4
        0:03  2 bridge-any bob    #2 bob bridge
        0:13  #2 lost timed-out   #3 bob slots 4, 2 fails timed-out unknown
              slot 4              unknown
        0:14  #3 held 4 ann       arrived 4
        ",
    );
}

#[test]
fn an_answer_that_contradicts_a_later_question_causes_a_check() {
    watch(
        usual(),
        "
        0:00  event answer ann      -
        0:00  event answer bob      -
        0:01  1 park ann 4          #1 ann slots 4
        0:02  #1 vacant 4           #2 ann park 4
        0:03  2 inspect 4           #3 bob slots 4
        0:04  #3 held 4 cat         arrived 4, 2 inspected 4
        0:05  #2 parked 4 ann       #4 bob slots 4, 1 parked 4 ann
              slot 4                unknown
        0:06  #4 held 4 ann         arrived 4
              slot 4                held ann seen 0:06 until 3:06
        ",
    );
}

#[test]
fn a_call_that_ended_and_is_not_found_may_have_been_parked() {
    watch(
        MirrorOptions { slots: 2, ..usual() },
        "
        0:00  event answer ann      -
        0:00  event answer bob      -
        0:01  1 park ann            #1 ann park
        0:02  event hangup ann      -
        0:11  #1 lost timed-out     #2 bob slots
        0:11  #2 free 1 2           1 fails timed-out unknown
        ",
    );
}

#[test]
fn a_call_unknown_to_the_switch_may_have_been_parked_and_left() {
    watch(
        usual(),
        "
        0:00  event answer ann t=1       -
        0:01  1 park ann 4               #1 ann slots 4
        0:02  #1 vacant 4                #2 ann park 4
        0:12  #2 lost timed-out          #3 ann slots 4
        0:12  event hangup ann t=12      -
        0:12  event answer bob t=12      -
        0:13  #3 refused no-such-call    -
              wakes                      0:15
        0:15  wake                       #4 bob slots 4
        0:16  #4 vacant 4                1 fails timed-out unknown
              slot 4                     unknown
        ",
    );
}
