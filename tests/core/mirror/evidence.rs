//! Tests which answers and messages count as evidence about a slot.

use valet_park::Millis;
use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 3, ..usual() }
}

#[test]
fn a_bare_404_that_another_client_got_is_no_evidence() {
    watch(
        small(),
        "
        0:00  event answer ann                          -
        0:01  told ~5 ann slots 2: unclear 404 Not found  -
        0:02  told ~6 ann slots 2: unclear 404 Not found  -
              slot 2                                    unknown
        ",
    );
}

#[test]
fn a_refusal_to_another_client_does_not_end_a_call_here() {
    watch(
        small(),
        "
        0:00  event answer ann                         -
        0:01  told ~5 ann slots 2: refused no-such-call  -
              calls                                    ann talking
        ",
    );
}

#[test]
fn a_call_that_counts_as_parked_but_is_in_no_slot_is_removed() {
    watch(
        small(),
        "
        0:00  event answer ann    -
        0:01  1 park ann          #1 ann park
        0:02  event hangup ann    -
              calls               ann parked parking
        0:03  #1 refused lot-full  1 fails lot-full
              calls               none
        ",
    );
}

#[test]
fn a_call_that_counts_as_parked_is_kept_while_any_slot_is_unknown() {
    watch(
        small(),
        "
        0:00  event answer ann        -
        0:01  1 park ann 2            #1 ann slots 2
        0:02  #1 vacant 2             #2 ann park 2
        0:03  event hangup ann        -
        0:04  #2 refused no-such-slot 2  error invalid-options 2, 1 fails no-such-slot 2
              calls                   ann parked
        ",
    );
}

#[test]
fn an_answer_about_another_slot_does_not_refuse_a_park() {
    watch(
        usual(),
        "
        0:00  event answer ann  -
        0:01  1 park ann 4      #1 ann slots 4
        0:02  #1 held 5 dan     #2 ann park 4, arrived 5
        ",
    );
}

#[test]
fn a_list_of_free_slots_that_fails_for_another_reason_is_asked_for_again() {
    watch(
        small(),
        "
        0:00  event answer bob                    -
        0:01  1 free                              #1 bob slots
        0:02  #1 refused rate-limited after 30s   1 fails rate-limited
        0:40  2 free                              #2 bob slots
        0:41  #2 unclear 500 Oops                 2 fails server-error
        0:50  3 free                              #3 bob slots
        ",
    );
}

#[test]
fn the_refusal_vacant_to_a_check_shows_that_the_slot_is_empty() {
    watch(
        small(),
        "
        0:00  event answer bob      -
        0:01  1 inspect 2           #1 bob slots 2
        0:02  #1 refused vacant 2   1 inspected 2
              slot 2                free
        ",
    );
}

#[test]
fn an_answer_with_the_order_of_a_known_message_changes_nothing() {
    watch(
        small(),
        "
        0:00  event answer bob       -
        0:01  1 inspect 2            #1 bob slots 2
        0:02  told ~8 parked 2 cat   arrived 2
        0:03  #1 vacant 2 ~8         1 inspected 2
              slot 2                 held cat mine since 0:02 until 3:02
        ",
    );
}

#[test]
fn a_question_of_another_tab_in_the_moment_of_our_answer_is_newer() {
    watch(
        usual(),
        "
        0:00  event answer bob                       -
        0:05  1 inspect 2                            #1 bob slots 2
        0:06  #1 held 2 ann                          arrived 2, 1 inspected 2
        0:07  told dan slots 2: vacant 2 asked 0:06  left 2 ann unknown
        ",
    );
}

#[test]
fn a_bridge_answer_that_names_an_unseen_call_causes_a_check() {
    watch(
        small(),
        "
        0:00  event answer bob       -
        0:01  told ~5 parked 2 ann   arrived 2
        0:02  1 bridge bob 2         #1 bob slots 2
        0:03  #1 held 2 ann ~6       #2 bob bridge 2
        0:04  told ~7 returned 2 ann  left 2 ann returned mine
        0:05  #2 bridged 2 cat ~8    #3 bob slots 2, 1 bridged 2 cat
              slot 2                 free
        ",
    );
}

#[test]
fn a_lapsed_slot_is_confirmed_again_only_by_the_same_observation() {
    watch(
        small(),
        "
        0:00  told ~5 parked 2 ann            arrived 2
        0:20  doubt                           -
              slot 2                          held ann unconfirmed mine since 0:00 until 3:00
        0:21  told ~4 dan slots 2: held 2 ann  -
              slot 2                          held ann unconfirmed mine since 0:00 until 3:00
        0:22  told ~5 dan slots 2: vacant 2   -
              slot 2                          held ann unconfirmed mine since 0:00 until 3:00
        0:23  told ~5 parked 2 ann            -
              slot 2                          held ann mine since 0:00 until 3:00
        ",
    );
}

#[test]
fn a_call_leaves_a_slot_that_the_switch_no_longer_has() {
    watch(
        small(),
        "
        0:00  event answer bob               -
        0:01  1 inspect 1                    #1 bob slots 1
        0:01  #1 refused no-such-slot 1      error invalid-options 1, 1 fails no-such-slot 1
        0:01  told ~5 parked 2 ann           arrived 2
        0:02  2 inspect 2                    #2 bob slots 2
        0:03  #2 refused no-such-slot 2      left 2 ann unknown mine, 2 fails no-such-slot 2
              slot 2                         unknown
        ",
    );
}

#[test]
fn a_call_that_is_being_bridged_does_not_count_as_returning() {
    watch(
        MirrorOptions { patience: Millis::from_secs(8), ..small() },
        "
        0:00  event answer bob      -
        0:01  told parked 2 ann     arrived 2, due 2 in 10s
        0:08  1 bridge bob 2        #1 bob slots 2
        0:08.5  #1 held 2 ann       #2 bob bridge 2
        0:10  wake                  -
              slot 2                held ann unconfirmed bridging mine since 0:01 until 0:09
        ",
    );
}

#[test]
fn a_list_that_shows_the_slot_as_held_does_not_affect_a_bridge_on_its_way() {
    watch(
        small(),
        "
        0:00  event answer bob    -
        0:01  told parked 2 ann   arrived 2
        0:02  1 bridge bob 2      #1 bob slots 2
        0:03  #1 held 2 ann       #2 bob bridge 2
        0:04  2 free              #3 bob slots
        0:05  #3 free 1 3         2 free 1 3
        0:06  #2 bridged 2        left 2 ann bridged mine, 1 bridged 2 ann
        ",
    );
}

#[test]
fn a_slot_seen_empty_while_a_bridge_is_on_its_way_is_free() {
    watch(
        small(),
        "
        0:00  event answer bob    -
        0:01  told parked 2 ann   arrived 2
        0:02  1 bridge bob 2      #1 bob slots 2
        0:03  #1 held 2 ann       #2 bob bridge 2
        0:04  2 inspect 2         #3 bob slots 2
        0:05  #3 vacant 2         left 2 ann unknown mine, 2 inspected 2
              slot 2              free bridging
        ",
    );
}

#[test]
fn a_call_parked_after_another_one_has_its_own_deadline() {
    watch(
        small(),
        "
        0:00  told ~5 parked 2 dan by 200  arrived 2
        0:09  told ~6 parked 2 ann         left 2 dan unknown, arrived 2
              slot 2                       held ann mine since 0:09 until 3:09
        ",
    );
}

#[test]
fn learning_who_parked_a_known_call_keeps_its_times() {
    watch(
        small(),
        "
        0:00  event answer bob             -
        0:01  1 inspect 2                  #1 bob slots 2
        0:02  #1 held 2 ann ~5             arrived 2, 1 inspected 2
        0:03  told ~6 parked 2 ann by 200  -
              slot 2                       held ann by 200 seen 0:02 until 3:02
        ",
    );
}
