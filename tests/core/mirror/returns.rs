//! Call events that show that a parked call returned or left.

use crate::support::{usual, watch};

/// Ann is parked in slot 4 at 0:02 by us, and her leg here has ended.
const PARKED: &str = "
        0:00  event answer ann id=a leg=1 t=0   -
        0:01  1 park ann 4                      #1 ann slots 4
        0:02  #1 vacant 4                       #2 ann park 4
        0:02  #2 parked 4 ann                   arrived 4, 1 parked 4 ann until 3:02
        0:02  event hangup ann id=a leg=1 t=2   -
        ";

#[track_caller]
fn after_parking(story: &str) {
    watch(usual(), &format!("{PARKED}\n{story}"));
}

const WARNED: &str = "
        2:02  wake                              due 4 in 60s
        2:32  wake                              due 4 in 30s
        2:52  wake                              due 4 in 10s
        ";

#[test]
fn a_call_that_rings_after_its_deadline_has_returned() {
    after_parking(&format!(
        "{WARNED}
        3:02  event dial-in ann id=a leg=2 t=182  left 4 ann returned mine
              slot 4                              free
              call ann                            ringing
        3:04  event answer ann id=a leg=2 t=184   -
              call ann                            talking
        "
    ));
}

#[test]
fn a_call_that_returns_with_another_name_is_recognised_by_its_thread() {
    after_parking(&format!(
        "{WARNED}
        3:02  event dial-in ann2 id=a leg=2 t=182  left 4 ann returned mine
              slot 4                               free
              call ann                             gone returned 3:02
              call ann2                            ringing
        3:03  2 park ann2 5                        #3 ann2 slots 5
        "
    ));
}

#[test]
fn a_thread_belongs_to_the_newest_call_that_has_it() {
    after_parking(&format!(
        "{WARNED}
        3:10  event answer ann2 leg=2 t=190        -
        3:11  2 park ann2 5                        #3 ann2 slots 5
        3:11  #3 vacant 5                          #4 ann2 park 5
        3:11  #4 parked 5 ann2                     arrived 5, 2 parked 5 ann2 until 6:11
        3:11  event hangup ann2 id=a leg=2 t=191   -
        5:11  wake                                 due 5 in 60s
        5:41  wake                                 due 5 in 30s
        6:01  wake                                 due 5 in 10s
        6:12  event dial-in ann3 id=a leg=3 t=372  left 5 ann2 returned mine
              calls                                ann parked 4, ann3 ringing from 5 after 181s
        "
    ));
}

#[test]
fn a_parked_call_that_rings_again_counts_before_a_former_call_of_its_thread() {
    after_parking(&format!(
        "{WARNED}
        3:10  2 park ann2 5                  #3 ann2 slots 5
        3:10  #3 vacant 5                    #4 ann2 park 5
        3:10  #4 parked 5 ann2               arrived 5, 2 parked 5 ann2 until 6:10
        3:10  event hangup ann2 id=a leg=2   -
        3:11  event answer bob               -
        3:11  3 inspect 4                    #5 bob slots 4
        3:11  #5 vacant 4                    left 4 ann unknown mine, 3 inspected 4
        5:10  wake                           due 5 in 60s
        5:40  wake                           due 5 in 30s
        6:00  wake                           due 5 in 10s
        6:11  event dial-in ann2 id=a leg=3  left 5 ann2 returned mine
              calls                          bob talking, ann2 ringing from 5 after 181s
        "
    ));
}

#[test]
fn a_call_that_returns_late_with_another_name_may_have_waited_elsewhere_since() {
    after_parking(&format!(
        "{WARNED}
        3:09  event dial-in ann2 id=a leg=2 t=189  left 4 ann returned mine
              calls                                ann2 ringing
        "
    ));
}

#[test]
fn a_call_that_left_for_another_reason_has_not_returned() {
    after_parking(
        "
        0:10  event answer bob t=10              -
        0:11  2 bridge bob 4                     #3 bob slots 4
        0:11  #3 held 4 ann                      #4 bob bridge 4
        0:11  #4 bridged 4 ann                   left 4 ann bridged mine, 2 bridged 4 ann
        0:30  event dial-in ann id=a leg=2 t=30  -
              calls                              bob talking, ann ringing
        ",
    );
    after_parking(
        "
        0:10  event answer bob t=10              -
        0:11  2 inspect 4                        #3 bob slots 4
        0:11  #3 vacant 4                        left 4 ann unknown mine, 2 inspected 4
        0:30  event answer ann id=a leg=2 t=30   -
              calls                              bob talking, ann talking
        ",
    );
}

#[test]
fn a_slot_that_was_held_without_a_name_is_checked_after_a_return() {
    after_parking(&format!(
        "{WARNED}
        3:01  event answer bob t=181              -
        3:01  2 free                              #3 bob slots
        3:02  #3 free 1 2 3 5 6 7 8 9             2 free 1 2 3 5 6 7 8 9
        3:03  event dial-in ann id=a leg=2 t=182  #4 bob slots 4, left 4 ann returned mine
              slot 4                              free unconfirmed
        3:03  #4 held 4 cat                       arrived 4
        "
    ));
}

#[test]
fn a_return_slightly_before_the_deadline_counts() {
    after_parking(&format!(
        "{WARNED}
        2:58  event dial-in ann id=a leg=2 t=178  left 4 ann returned mine
        "
    ));
}

#[test]
fn a_call_that_rings_where_it_was_parked_has_returned_however_early() {
    after_parking(
        "
        1:00  event dial-in ann id=a leg=2 t=60  left 4 ann returned mine
              slot 4                             free
              call ann                           ringing
        ",
    );
}

#[test]
fn the_slot_of_a_call_that_talks_long_before_its_deadline_is_checked() {
    after_parking(
        "
        1:00  event answer ann id=a leg=2 t=60  #3 ann slots 4
        1:01  #3 vacant 4                       left 4 ann unknown mine
              slot 4                            free
              call ann                          talking
        ",
    );
}

#[test]
fn an_event_explains_a_return_that_a_question_found_first() {
    after_parking(&format!(
        "{WARNED}
        3:02  event answer bob id=b t=182         -
        3:02  2 inspect 4                         #3 bob slots 4
        3:03  #3 vacant 4                         left 4 ann unknown mine, 2 inspected 4
        3:03  event dial-in ann id=a leg=2 t=182  left 4 ann returned mine
              call ann                            ringing
              calls                               bob talking, ann ringing from 4 after 181s
        "
    ));
}

#[test]
fn an_answer_to_a_question_from_before_the_return_is_late_whatever_its_order() {
    watch(
        usual(),
        &format!(
            "
        0:00  event answer ann id=a leg=1 t=0     -
        0:00  event answer bob t=0                -
        0:01  1 park ann 4                        #1 ann slots 4
        0:02  #1 vacant 4 ~1                      #2 ann park 4
        0:02  #2 parked 4 ann ~2                  arrived 4, 1 parked 4 ann until 3:02
        0:02  event hangup ann id=a leg=1 t=2     -
        {WARNED}
        3:01  2 inspect 4                         #3 bob slots 4
        3:02  event dial-in ann id=a leg=2 t=182  left 4 ann returned mine
        3:03  #3 held 4 ann ~3                    2 inspected 4
              slot 4                              free
              calls                               ann ringing from 4 after 180s, bob talking
        "
        ),
    );
}

#[test]
fn a_late_or_repeated_event_changes_nothing() {
    after_parking(
        "
        0:10  event answer ann id=a leg=1 t=0    -
        0:11  event dial-in ann id=a leg=1 t=0   -
        0:12  event hangup ann id=a leg=1 t=2    -
              slot 4                             held ann unconfirmed mine since 0:02 until 3:02
              call ann                           parked 4 unconfirmed
        ",
    );
}

#[test]
fn a_repeated_event_without_a_time_is_recognised_by_its_leg() {
    after_parking(
        "
        0:10  event answer ann id=a leg=1    -
        0:11  event dial-in ann id=a leg=1   -
              slot 4                         held ann unconfirmed mine since 0:02 until 3:02
              calls                          ann parked 4
        ",
    );
}

#[test]
fn a_late_answer_does_not_revive_a_call_that_is_over() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1 t=1   -
        0:01  event hangup ann id=a leg=1 t=9    -
        0:02  event answer ann id=a leg=1 t=5    -
        0:03  event dial-in ann id=a leg=1       -
              calls                              none
              call ann                           gone unknown 0:01
        ",
    );
}

#[test]
fn a_hangup_that_overtakes_the_answer_ends_the_call_all_the_same() {
    watch(
        usual(),
        "
        0:01  event hangup ann id=a leg=1 t=9    -
        0:02  event dial-in ann id=a leg=1 t=1   -
              calls                              none
        0:03  event dial-in ann id=a leg=2 t=20  -
              calls                              ann ringing
        ",
    );
}

#[test]
fn the_latest_talking_call_is_asked_with() {
    watch(
        usual(),
        "
        0:00  event answer ann           -
        0:01  event answer bob           -
        0:02  event dial-in cat          -
        0:03  1 inspect 4                #1 bob slots 4
        0:04  #1 vacant 4                1 inspected 4
        0:05  event hangup bob           -
        0:06  2 inspect 4                #2 ann slots 4
        0:07  #2 vacant 4                2 inspected 4
        0:08  event hangup ann           -
        0:09  3 inspect 4                #3 cat slots 4
        ",
    );
}

#[test]
fn events_of_another_extension_change_nothing() {
    watch(
        usual(),
        "
        0:00  event answer ann at=32494   -
              calls                       none
        0:01  event answer bob            -
        0:02  event hangup bob at=32494   -
              calls                       bob talking
        ",
    );
}

#[test]
fn a_call_parked_by_another_extension_that_rings_here_left_its_slot() {
    watch(
        usual(),
        "
        0:00  event answer bob                   -
        0:01  1 inspect 4                        #1 bob slots 4
        0:02  #1 held 4 ann                      arrived 4, 1 inspected 4
        0:10  event dial-in ann id=a leg=1 t=10  #2 bob slots 4
              slot 4                             returning ann unconfirmed seen 0:02 until 3:02
              calls                              bob talking, ann ringing
              call ann                           ringing
        0:11  #2 vacant 4                        left 4 ann unknown
              call ann                           ringing
        ",
    );
}

#[test]
fn warnings_come_at_sixty_thirty_and_ten_seconds_each_once() {
    after_parking(
        "
              wakes      0:07
        2:01  wake       -
              wakes      2:02
        2:02  wake       due 4 in 60s
              wakes      2:32
        2:02  wake       -
        2:32  wake       due 4 in 30s
        2:52  wake       due 4 in 10s
              wakes      3:02
        3:02  wake       -
              slot 4     returning ann unconfirmed mine since 0:02 until 3:02
              wakes      never
        ",
    );
}

#[test]
fn after_a_sleep_only_the_last_missed_warning_is_given() {
    after_parking("2:40  wake  due 4 in 30s");
    after_parking("2:59  wake  due 4 in 10s");
    after_parking("3:05  wake  -");
}

#[test]
fn a_call_that_returns_shows_where_it_waited() {
    after_parking(&format!(
        "{WARNED}
        3:02  event dial-in ann id=a leg=2 t=182  left 4 ann returned mine
              calls                               ann ringing from 4 after 180s
        3:04  event answer ann id=a leg=2 t=184   -
              calls                               ann talking from 4 after 180s
        3:05  2 park ann 5                        #3 ann slots 5
        3:05  #3 vacant 5                         #4 ann park 5
        3:05  #4 parked 5 ann                     arrived 5, 2 parked 5 ann until 6:05
              calls                               ann parked 5
        "
    ));
}

#[test]
fn a_return_that_a_feed_told_first_shows_where_the_call_waited() {
    after_parking(&format!(
        "{WARNED}
        3:02  told ~9 returned 4 ann              left 4 ann returned mine
        3:02  event dial-in ann id=a leg=2 t=182  -
              calls                               ann ringing from 4 after 180s
        "
    ));
}

#[test]
fn a_call_that_rings_and_whose_slot_is_uncertain_does_not_wait() {
    after_parking(
        "
        1:00  event answer ann id=a leg=2 t=60  #3 ann slots 4
              slot 4                            returning ann unconfirmed mine since 0:02 until 3:02
              calls                             ann talking
              call ann                          talking
        1:01  #3 held 4 ann                     -
              slot 4                            returning ann unconfirmed mine since 0:02 until 3:02
              calls                             ann talking
        1:02  2 inspect 4                       #4 ann slots 4
        1:03  #4 vacant 4                       left 4 ann unknown mine, 2 inspected 4
              call ann                          talking
        ",
    );
}

#[test]
fn a_call_of_which_an_old_event_says_that_it_talks_waits_again() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:01  1 park ann 4        #1 ann slots 4
        0:02  #1 vacant 4         #2 ann park 4
        0:02  #2 parked 4 ann     arrived 4, 1 parked 4 ann until 3:02
        0:03  event answer ann    #3 ann slots 4
              slot 4              returning ann unconfirmed mine since 0:02 until 3:02
              calls               ann talking
        0:04  #3 held 4 ann       -
              slot 4              held ann mine since 0:02 until 3:02
              calls               ann parked 4
        ",
    );
}
