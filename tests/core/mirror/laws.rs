//! The laws that hold in every situation.

use valet_park::mirror::{AskWithParked, MirrorOptions};

use crate::support::{usual, watch};

#[test]
fn an_answer_to_an_older_question_changes_nothing() {
    watch(
        usual(),
        "
        0:00  event answer bob  -
        0:01  1 inspect 4       #1 bob slots 4
        0:02  2 inspect 4       #2 bob slots 4
        0:03  #2 held 4 ann     arrived 4, 2 inspected 4
        0:04  #1 vacant 4       1 inspected 4
              slot 4            held ann seen 0:03 until 3:03
        0:05  3 inspect 4       #3 bob slots 4
        0:06  4 inspect 4       #4 bob slots 4
        0:07  #4 vacant 4       left 4 ann unknown, 4 inspected 4
        0:08  #3 held 4 ann     3 inspected 4
              slot 4            free
        ",
    );
}

#[test]
fn an_old_free_list_does_not_free_a_slot_parked_into_since() {
    watch(
        usual(),
        "
        0:00  event answer ann            -
        0:00  event answer bob            -
        0:01  1 free                      #1 bob slots
        0:01  2 park ann 4                #2 ann slots 4
        0:02  #2 vacant 4                 #3 ann park 4
        0:03  #3 parked 4 ann             arrived 4, 2 parked 4 ann until 3:02
        0:04  #1 free 1 2 3 4 5 6 7 8 9   1 free 1 2 3 4 5 6 7 8 9
              slot 4                      held ann mine since 0:02 until 3:02
              slot 3                      free
        ",
    );
}

#[test]
fn a_hangup_of_the_parked_leg_frees_nothing() {
    watch(
        usual(),
        "
        0:00  event answer ann t=1  -
        0:01  1 park ann 4          #1 ann slots 4
        0:02  #1 vacant 4           #2 ann park 4
        0:03  event hangup ann t=4  -
              call ann              parked 4 unconfirmed
        0:03  #2 parked 4 ann       arrived 4, 1 parked 4 ann until 3:02
        0:04  event hangup ann t=4  -
        0:05  event hangup ann t=5  -
              slot 4                held ann mine since 0:02 until 3:02
              call ann              parked 4
              calls                 ann parked 4
        ",
    );
}

#[test]
fn a_hangup_ends_a_call_that_is_not_parked() {
    watch(
        usual(),
        "
        0:00  event answer ann t=1  -
              call ann              talking
        0:03  event hangup ann t=4  -
              call ann              gone unknown 0:03
              calls                 none
        ",
    );
}

#[test]
fn an_unclear_answer_frees_nothing() {
    watch(
        usual(),
        "
        0:00  event answer bob            -
        0:01  1 inspect 4                 #1 bob slots 4
        0:02  #1 held 4 ann               arrived 4, 1 inspected 4
        0:03  2 inspect 4                 #2 bob slots 4
        0:04  #2 unclear 200 gibberish    2 fails unclear 4
              slot 4                      held ann seen 0:02 until 3:02
        0:05  3 inspect 4                 #3 bob slots 4
        0:06  #3 unclear 503 out of order  3 fails server-error 4
              slot 4                      held ann seen 0:02 until 3:02
              sync                        offline
        0:07  4 inspect 4                 #4 bob slots 4
        0:08  #4 fails unreachable        4 fails unreachable
              slot 4                      held ann unconfirmed seen 0:02 until 3:02
        ",
    );
}

#[test]
fn a_404_frees_a_slot_only_after_a_second_one_for_a_live_call() {
    watch(
        usual(),
        "
        0:00  event answer bob            -
        0:01  1 inspect 4                 #1 bob slots 4
        0:02  #1 unclear 404 Not found    #2 bob slots 4, 1 fails unclear 4
              slot 4                      unknown
        0:03  #2 unclear 404 Not found    -
              slot 4                      free
        ",
    );
}

#[test]
fn two_404s_for_a_call_of_unknown_state_free_nothing() {
    watch(
        usual(),
        "
        0:01  1 inspect 4 with bob        #1 bob slots 4
        0:02  #1 unclear 404 Not found    1 fails unclear 4
        0:03  2 inspect 4 with bob        #2 bob slots 4
        0:04  #2 unclear 404 Not found    2 fails unclear 4
              slot 4                      unknown
        0:05  event answer cat            -
        0:06  3 inspect 4                 #3 cat slots 4
        0:07  #3 unclear 404 Not found    3 fails unclear 4
              slot 4                      free
        ",
    );
}

#[test]
fn a_404_does_not_free_a_held_slot() {
    watch(
        usual(),
        "
        0:00  event answer bob            -
        0:01  1 inspect 4                 #1 bob slots 4
        0:02  #1 held 4 ann               arrived 4, 1 inspected 4
        0:03  2 inspect 4                 #2 bob slots 4
        0:04  #2 unclear 404 Not found    #3 bob slots 4, 2 fails unclear 4
              slot 4                      held ann seen 0:02 until 3:02
        0:05  #3 held 4 ann               -
              slot 4                      held ann seen 0:02 until 3:02
        ",
    );
}

#[test]
fn one_call_is_never_shown_in_two_slots() {
    watch(
        usual(),
        "
        0:00  event answer bob  -
        0:01  1 inspect 4       #1 bob slots 4
        0:02  #1 held 4 ann     arrived 4, 1 inspected 4
        0:03  2 inspect 5       #2 bob slots 5
        0:04  #2 held 5 ann     #3 bob slots 4, arrived 5, 2 inspected 5
              slot 4            unknown
              slot 5            held ann seen 0:04 until 3:04
        0:05  #3 vacant 4       -
              slot 4            free
        ",
    );
}

#[test]
fn if_two_slots_show_one_call_the_later_question_wins() {
    watch(
        usual(),
        "
        0:00  event answer bob  -
        0:01  1 inspect 5       #1 bob slots 5
        0:02  2 inspect 4       #2 bob slots 4
        0:03  #2 held 4 ann     arrived 4, 2 inspected 4
        0:04  #1 held 5 ann     #3 bob slots 5, 1 inspected 5
              slot 4            held ann seen 0:03 until 3:03
              slot 5            unknown
        ",
    );
}

#[test]
fn at_most_two_questions_are_in_flight_and_commands_go_first() {
    watch(
        usual(),
        "
        0:00  event answer bob                -
        0:01  1 refresh                       #1 bob slots
        0:02  #1 free 6 7 8 9                 #2 bob slots 1, #3 bob slots 2
        0:03  2 inspect 9                     -
        0:03  3 inspect 8                     -
        0:04  #3 held 2 ann                   #4 bob slots 9, arrived 2
        0:05  #2 held 1 cat                   #5 bob slots 8, arrived 1
        0:06  #5 vacant 8                     #6 bob slots 3, 3 inspected 8
        0:07  #4 vacant 9                     #7 bob slots 4, 2 inspected 9
        ",
    );
}

#[test]
fn a_question_is_answered_once_and_only_if_it_was_asked() {
    watch(
        usual(),
        "
        0:00  event answer bob  -
        0:01  #1 held 4 ann     -
        0:01  1 inspect 4       #1 bob slots 4
        0:02  #1 vacant 4       1 inspected 4
        0:03  #1 held 4 ann     -
        0:04  #7 held 4 ann     -
        0:04  #7 fails unreachable  -
              slot 4            free
              sync              idle
        ",
    );
}

#[test]
fn without_a_live_call_nothing_can_be_asked() {
    watch(
        usual(),
        "
        0:00  1 inspect 4           1 fails no-live-call
        0:00  2 free                2 fails no-live-call
        0:00  3 refresh             3 fails no-live-call
        0:01  4 inspect 4 with bob  #1 bob slots 4
        0:02  event answer ann at=32494  -
        0:02  5 inspect 4           5 fails no-live-call
        ",
    );
}

#[test]
fn a_slot_beyond_the_lot_is_not_asked_for() {
    watch(
        usual(),
        "
        0:00  event answer bob   -
        0:00  1 inspect 10       1 fails invalid-slot 10
        0:00  2 park bob 10      2 fails invalid-slot 10
        0:00  3 bridge bob 10    3 fails invalid-slot 10
        ",
    );
    let small = MirrorOptions { slots: 2, ..usual() };
    watch(small, "0:00  1 park bob 3   1 fails invalid-slot 3");
}

#[test]
fn a_parked_call_is_asked_with_only_where_allowed() {
    let story = "
        0:00  event answer ann  -
        0:01  1 park ann 4      #1 ann slots 4
        0:02  #1 vacant 4       #2 ann park 4
        0:03  #2 parked 4 ann   arrived 4, 1 parked 4 ann until 3:02
        ";
    let no = format!("{story}\n 0:10  2 inspect 5  2 fails no-live-call");
    watch(usual(), &no);
    let yes = format!("{story}\n 0:10  2 inspect 5  #3 ann slots 5");
    watch(MirrorOptions { ask_with_parked: AskWithParked::Yes, ..usual() }, &yes);
}

#[test]
fn a_clock_set_back_counts_as_the_latest_time_seen() {
    watch(
        usual(),
        "
        0:00  event answer ann  -
        5:00  1 park ann 4      #1 ann slots 4
        0:01  #1 vacant 4       #2 ann park 4
        0:02  #2 parked 4 ann   arrived 4, 1 parked 4 ann until 8:00
              wakes             5:05
        ",
    );
}
