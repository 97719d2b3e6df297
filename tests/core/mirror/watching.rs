//! Asking in the background: how often, for what, and when not at all.

use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 3, ..usual() }
}

fn without_list() -> MirrorOptions {
    MirrorOptions { free_list: false, ..small() }
}

#[test]
fn nothing_is_asked_while_the_lot_is_not_watched() {
    watch(
        small(),
        "
        0:00  event answer bob  -
        0:10  wake              -
              asks              never
              sync              idle
        0:20  looks             #1 bob slots
              sync              asking
        0:20  #1 free 1 2 3     -
              asks              0:26
        0:21  leaves            -
              asks              never
              sync              idle
        0:40  wake              -
        ",
    );
}

#[test]
fn without_a_call_the_mirror_is_blind_until_a_call_starts() {
    watch(
        small(),
        "
        0:00  looks               -
              sync                blind
              asks                never
        0:30  event dial-in bob   #1 bob slots
              sync                asking
        0:30  #1 free 1 2 3       -
        0:31  event hangup bob    -
              sync                blind
        1:00  wake                -
        ",
    );
}

#[test]
fn each_round_asks_for_the_list_and_only_for_new_calls() {
    watch(
        small(),
        "
        0:00  event answer bob  -
        0:00  looks             #1 bob slots
        0:00  #1 free 1 2 3     -
        0:06  wake              #2 bob slots
        0:06  #2 free 1 3       #3 bob slots 2
        0:06  #3 held 2 ann     arrived 2
        0:12  wake              #4 bob slots
        0:12  #4 free 1 3       -
        0:18  wake              #5 bob slots
        0:18  #5 free 1 2 3     left 2 ann unknown
        ",
    );
}

#[test]
fn every_held_slot_is_checked_from_time_to_time() {
    watch(
        small(),
        "
        0:00  event answer bob  -
        0:00  looks             #1 bob slots
        0:00  #1 free 1 3       #2 bob slots 2
        0:00  #2 held 2 ann     arrived 2
        0:06  wake              #3 bob slots
        0:06  #3 free 1 3       -
        0:12  wake              #4 bob slots
        0:12  #4 free 1 3       -
        0:18  wake              #5 bob slots
        0:18  #5 free 1 3       -
        0:24  wake              #6 bob slots
        0:24  #6 free 1 3       -
        0:30  wake              #7 bob slots 2
        0:30  #7 held 2 cat     left 2 ann unknown, arrived 2
        ",
    );
}

#[test]
fn without_a_list_each_round_asks_for_the_oldest_slot() {
    watch(
        without_list(),
        "
        0:00  event answer bob  -
        0:00  looks             #1 bob slots 1, #2 bob slots 2
        0:00  #1 vacant 1       #3 bob slots 3
        0:01  #2 vacant 2       -
        0:01  #3 vacant 3       -
        0:06  wake              #4 bob slots 1
        0:06  #4 vacant 1       -
        0:12  wake              #5 bob slots 2
        0:12  #5 vacant 2       -
        0:18  wake              #6 bob slots 3
        0:18  #6 vacant 3       -
        0:24  wake              #7 bob slots 1
        ",
    );
}

#[test]
fn a_refused_list_is_asked_for_once() {
    watch(
        small(),
        "
        0:00  event answer bob          -
        0:00  looks                     #1 bob slots
        0:00  #1 refused slot-required  #2 bob slots 1, #3 bob slots 2
        0:00  #2 vacant 1               #4 bob slots 3
        0:00  #3 vacant 2               -
        0:00  #4 vacant 3               -
        0:06  wake                      #5 bob slots 1
        ",
    );
}

#[test]
fn a_slot_is_checked_twice_after_a_command() {
    watch(
        small(),
        "
        0:00  event answer ann   -
        0:00  event answer bob   -
        0:00  looks              #1 bob slots
        0:00  #1 free 1 2 3      -
        0:02  1 park ann 2       #2 ann slots 2
        0:02  #2 vacant 2        #3 ann park 2
        0:02  #3 parked 2 ann    arrived 2, 1 parked 2 ann until 3:02
        0:03  wake               #4 bob slots 2
        0:03  #4 held 2 ann      -
        0:05  wake               #5 bob slots 2
        0:05  #5 held 2 ann      -
              asks               0:06
        ",
    );
}

#[test]
fn a_slot_is_checked_after_its_deadline() {
    watch(
        MirrorOptions { patience: valet_park::Millis::from_secs(8), ..small() },
        "
        0:00      event answer ann   -
        0:00      event answer bob   -
        0:00      looks              #1 bob slots
        0:00      #1 free 1 2 3      -
        0:01      1 park ann 2       #2 ann slots 2
        0:01      #2 vacant 2        #3 ann park 2
        0:01      #3 parked 2 ann    arrived 2, 1 parked 2 ann until 0:09, due 2 in 10s
        0:02      wake               #4 bob slots 2
        0:02      #4 held 2 ann      -
        0:04      wake               #5 bob slots 2
        0:04      #5 held 2 ann      -
        0:06      wake               #6 bob slots
        0:06      #6 free 1 3        -
        0:09      wake               -
                  slot 2             returning ann unconfirmed mine since 0:01 until 0:09
                  asks               0:09.400
        0:09.400  wake               #7 bob slots 2
        0:09.400  #7 vacant 2        left 2 ann unknown mine
        0:12      wake               #8 bob slots
        ",
    );
}

#[test]
fn repeated_failures_lengthen_the_pause_and_are_reported_once() {
    watch(
        small(),
        "
        0:00      event answer bob       -
        0:00      looks                  #1 bob slots
        0:00      #1 fails unreachable   error unreachable
                  sync                   offline
        ",
    );
}

#[test]
fn a_used_up_budget_stops_questions_until_the_reset() {
    watch(
        small(),
        "
        0:00   event answer bob                    -
        0:00   looks                               #1 bob slots
        0:00   #1 refused rate-limited after 600s  error rate-limited
               sync                                limited
               asks                                10:00
        5:00   looks                               -
        10:00  wake                                #2 bob slots
        10:00  #2 free 1 2 3                       -
               sync                                asking
        ",
    );
}

#[test]
fn half_of_the_remaining_budget_sets_the_pace() {
    watch(
        small(),
        "
        0:00  event answer bob                 -
        0:00  looks                            #1 bob slots
        0:00  #1 free 1 2 3 left 120 for 600s  -
              asks                             0:10
              sync                             limited
        0:10  wake                             #2 bob slots
        0:10  #2 free 1 2 3 left 500 for 590s  -
              asks                             0:16
              sync                             asking
        0:16  wake                             #3 bob slots
        0:16  #3 free 1 2 3 left 0 for 584s    -
              asks                             10:00
        ",
    );
}

#[test]
fn a_short_rate_limit_causes_a_short_pause() {
    watch(
        small(),
        "
        0:00  event answer bob         -
        0:00  looks                    #1 bob slots
        0:00  #1 refused rate-limited  error rate-limited
              sync                     limited
        0:06  wake                     #2 bob slots
        ",
    );
}

#[test]
fn watching_again_asks_at_once() {
    watch(
        small(),
        "
        0:00  event answer bob       -
        0:00  looks                  #1 bob slots
        0:00  #1 free 1 3            #2 bob slots 2
        0:00  #2 held 2 ann          arrived 2
        0:01  leaves                 -
        5:00  looks                  #3 bob slots
        5:00  #3 free 1 3            #4 bob slots 2
        5:00  #4 held 2 cat          left 2 ann unknown, arrived 2
        5:06  wake                   #5 bob slots
        5:06  #5 fails unreachable   error unreachable
        5:06  looks                  #6 bob slots
        ",
    );
}

#[test]
fn an_absent_slot_is_not_asked_for_again() {
    watch(
        small(),
        "
        0:00  event answer bob         -
        0:00  looks                    #1 bob slots
        0:00  #1 free 1 2              #2 bob slots 3
        0:00  #2 held 3 ann            arrived 3
        0:06  wake                     #3 bob slots
        0:06  #3 free 1 2              -
        0:07  leaves                   -
        0:30  looks                    #4 bob slots
        0:30  #4 free 1 2              #5 bob slots 3
        0:30  #5 refused no-such-slot 3  left 3 ann unknown, error invalid-options 3
              slot 3                   unknown
        0:36  wake                     #6 bob slots
        0:36  #6 free 1 2              -
              slot 3                   unknown
        0:42  wake                     #7 bob slots
        0:42  #7 free 1 2 3            -
              slot 3                   free
        ",
    );
}

#[test]
fn after_a_failure_the_next_question_is_soon_even_with_a_feed() {
    watch(
        small(),
        "
        0:00  event answer bob       -
        0:00  feed up                -
        0:00  looks                  #1 bob slots
        0:00  #1 fails unreachable   error unreachable
              sync                   live
        0:02  wake                   #2 bob slots
        0:02  #2 free 1 2 3          -
              sync                   live
        ",
    );
}
