//! Commands that are lost, that a feed reports, or that give up.

use valet_park::Millis;
use valet_park::mirror::MirrorOptions;

use crate::support::{confirming, usual, watch};

#[test]
fn without_a_list_a_parked_call_is_searched_slot_by_slot() {
    watch(
        MirrorOptions { slots: 2, ..usual() },
        "
        0:00  event answer bob          -
        0:00  event answer ann          -
        0:01  1 park ann                #1 ann park
        0:02  #1 parked                 #2 bob slots
        0:03  #2 unclear 404 Not found  #3 bob slots 1
        0:04  #3 unclear 404 Not found  #4 ann slots 1, 1 fails unclear unknown
        ",
    );
}

#[test]
fn a_bridge_with_a_lost_answer_stays_unknown_if_a_third_call_is_in_the_slot() {
    watch(
        usual(),
        "
        0:00  event answer bob   -
        0:01  1 bridge bob 4     #1 bob slots 4
        0:02  #1 held 4 ann      #2 bob bridge 4, arrived 4
        0:03  #2 lost timed-out  #3 bob slots 4
        0:04  #3 held 4 dan      left 4 ann unknown, arrived 4, 1 fails timed-out unknown
        ",
    );
}

#[test]
fn a_call_that_leaves_another_slot_was_not_connected_by_our_bridge() {
    watch(
        confirming(),
        "
        0:00  event answer cat   -
        0:00  event answer bob   -
        0:00  told parked 5 dan  arrived 5
        0:01  1 bridge bob 4     #1 bob slots 4
        0:02  #1 held 4 ann      #2 bob bridge 4, arrived 4
        0:03  #2 bridged 4       -
        0:03  2 inspect 5        #3 bob slots 5
        0:03  #3 vacant 5        left 5 dan unknown mine, 2 inspected 5
        ",
    );
}

#[test]
fn a_message_about_another_call_does_not_confirm_a_park() {
    watch(
        MirrorOptions { patience: Millis::ZERO, ..confirming() },
        "
        0:00  event answer ann              -
        0:00  feed up                       -
        0:01  1 park ann 4                  #1 ann slots 4
        0:02  #1 vacant 4                   #2 ann park 4
        0:02  told ~5 parked 3 eve          arrived 3
        0:02  told ~6 parked 4 dan          #3 ann slots 4
        0:03  #2 parked 4 ann ~7            -
        0:03  told ~8 abandoned 4 dan       arrived 4, left 4 dan abandoned
        0:03  told ~9 parked 4 eve          #4 ann slots 3, arrived 4
        0:03  told ~10 parked 4 ann  left 4 eve unknown mine, arrived 4, 1 parked 4 ann for sure
        ",
    );
}

#[test]
fn a_message_about_another_bridge_does_not_confirm_a_bridge() {
    watch(
        confirming(),
        "
        0:00  event answer bob                        -
        0:00  feed up                                 -
        0:00  told ~3 parked 4 ann                    arrived 4
        0:01  1 bridge bob 4                          #1 bob slots 4
        0:02  #1 held 4 ann ~4                        #2 bob bridge 4
        0:02  told ~5 bridged 4 ann with cat taken 200  left 4 ann bridged mine by 200
        0:03  #2 bridged 4 ~6                         -
        0:03  told ~7 bridged 4 ann with bob          1 bridged 4 ann for sure
        ",
    );
}

#[test]
fn a_bridge_gives_up_after_it_tried_all_slots_and_three_more() {
    watch(
        MirrorOptions { slots: 1, ..usual() },
        "
        0:00  event answer bob       -
        0:00  feed up                -
        0:00  told ~3 parked 1 ann   arrived 1
        0:01  1 bridge bob           #1 bob slots 1
        0:02  #1 held 1 cat          #2 bob slots 1, left 1 ann unknown mine, arrived 1
        0:03  #2 held 1 dan          #3 bob slots 1, left 1 cat unknown, arrived 1
        0:04  #3 held 1 eve          #4 bob slots 1, left 1 dan unknown, arrived 1
        0:05  #4 held 1 fay          left 1 eve unknown, arrived 1, 1 fails nobody-waiting
        ",
    );
}

#[test]
fn old_messages_of_a_lost_feed_give_no_candidates() {
    watch(
        MirrorOptions { slots: 1, ..usual() },
        "
        0:00  event answer bob       -
        0:00  feed up                -
        0:00  told ~3 parked 1 ann   arrived 1
        0:00  feed down              -
        0:01  1 bridge bob           #1 bob slots
        ",
    );
}

#[test]
fn a_feed_that_has_not_reported_every_slot_gives_no_candidates() {
    watch(
        MirrorOptions { slots: 2, ..usual() },
        "
        0:00  event answer bob       -
        0:00  feed up                -
        0:00  told ~3 parked 1 ann   arrived 1
        0:01  1 bridge bob           #1 bob slots
        ",
    );
}

#[test]
fn a_departure_keeps_its_first_reason() {
    watch(
        usual(),
        "
        0:01  told ~5 parked 2 ann by 200            arrived 2
        0:02  event hangup ann id=a leg=1 t=2        -
        0:09  told ~6 bridged 2 ann by 200           left 2 ann bridged
        3:05  event dial-in ann id=a leg=2 t=185     -
              call ann                               ringing
        ",
    );
}

#[test]
fn a_call_of_another_extension_counts_as_returned_near_its_deadline() {
    watch(
        usual(),
        "
        0:01  event answer ann id=a leg=1 t=1      -
        0:01  event answer eve                     -
        0:02  told parked 2 ann by 200             arrived 2
        0:02  event hangup ann id=a leg=1 t=2      -
        0:03  told parked 3 bob by 200             arrived 3
        0:09  event dial-in ann id=a leg=2 t=177   left 2 ann returned
        0:10  event hangup bob id=b leg=5 t=2      -
        0:11  event dial-in bob id=b leg=6 t=176   #1 eve slots 3
        ",
    );
}

#[test]
fn without_patience_no_call_counts_as_returned() {
    watch(
        MirrorOptions { patience: Millis::ZERO, ..usual() },
        "
        0:01  event answer eve                     -
        0:02  told parked 2 ann by 200             arrived 2
        0:02  event hangup ann id=a leg=1 t=2      -
        0:09  event dial-in ann id=a leg=2 t=182   #1 eve slots 2
        ",
    );
}

#[test]
fn a_feed_reports_a_return_from_a_slot_that_only_we_asked_about() {
    watch(
        usual(),
        "
        0:00  event answer ann id=a leg=1 t=0              -
        0:01  1 park ann 4                                 #1 ann slots 4
        0:02  #1 vacant 4                                  #2 ann park 4
        0:02  #2 parked 4 ann                              arrived 4, 1 parked 4 ann until 3:02
        0:02  event hangup ann id=a leg=1 t=2              -
        1:00  told ~9 event dial-in ann id=a leg=2 t=60    left 4 ann returned mine
        ",
    );
}

#[test]
fn a_call_that_leaves_during_its_confirmation_was_not_bridged_by_us() {
    watch(
        confirming(),
        "
        0:00    event answer cat      -
        0:00    event answer ann      -
        0:01    1 park ann 4          #1 ann slots 4
        0:02    #1 vacant 4           #2 ann park 4
        0:03    #2 parked 4 ann       -
        0:03    2 inspect 4 with cat  #3 cat slots 4
        0:03    #3 held 4 ann         arrived 4, 2 inspected 4
        0:03    3 inspect 4 with cat  #4 cat slots 4
        0:03    #4 vacant 4           left 4 ann unknown, 3 inspected 4
        ",
    );
}
