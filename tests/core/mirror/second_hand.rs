//! Second-hand observations: messages of a feed and of other tabs.

use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 3, ..usual() }
}

#[test]
fn an_exact_feed_reports_arrivals_extensions_and_reasons() {
    watch(
        small(),
        "
        0:10  feed up                           -
              sync                              live
        0:10  told ~5 parked 2 ann by 200 ago 4s  arrived 2
              slot 2                            held ann by 200 since 0:06 until 3:06
        0:10  told ~5 dan slots: free 1 3       -
              slot 1                            free
              slot 2                            held ann by 200 since 0:06 until 3:06
        0:20  told ~6 bridged 2 ann by 200      left 2 ann bridged
              slot 2                            free
        0:30  told ~7 parked 1 cat              arrived 1
        0:40  told ~8 abandoned 1 cat           left 1 cat abandoned mine
        0:50  feed down                         -
              sync                              idle
        ",
    );
}

#[test]
fn late_and_repeated_messages_change_nothing() {
    watch(
        small(),
        "
        0:00  told ~5 parked 2 ann    arrived 2
        0:01  told ~7 bridged 2 ann   left 2 ann bridged mine
        0:01  told ~7 bridged 2 ann   -
        0:02  told ~5 parked 2 ann    -
        0:02  told ~6 dan slots 2: held 2 ann  -
              slot 2                  free
        ",
    );
}

#[test]
fn a_departure_may_name_another_call_than_the_believed_one() {
    watch(
        small(),
        "
        0:00  told ~5 parked 2 ann   arrived 2
        0:05  told ~9 returned 2 cat  left 2 ann unknown mine, arrived 2, left 2 cat returned
              slot 2                 free
        ",
    );
}

#[test]
fn own_answers_and_messages_have_one_order() {
    watch(
        small(),
        "
        0:00  event answer ann       -
        0:00  event answer bob       -
        0:01  1 inspect 2 with bob   #1 bob slots 2
        0:02  told ~8 parked 2 cat   arrived 2
        0:03  #1 vacant 2 ~7         1 inspected 2
              slot 2                 held cat mine since 0:02 until 3:02
        0:04  2 inspect 2 with bob   #2 bob slots 2
        0:05  told ~9 bridged 2 cat  left 2 cat bridged mine
        0:06  #2 held 2 dan ~11      arrived 2, 2 inspected 2
              slot 2                 held dan seen 0:06 until 3:06
        0:07  told ~10 parked 2 dan  -
        ",
    );
}

#[test]
fn an_answer_to_an_act_that_the_feed_reported_first_changes_nothing() {
    watch(
        small(),
        "
        0:00  event answer ann       -
        0:00  told ~4 dan slots 2: vacant 2  -
        0:01  1 park ann 2           #1 ann slots 2
        0:01  #1 vacant 2 ~5         #2 ann park 2
              slot 2                 held ann unconfirmed parking mine seen 0:01 until 3:01
        0:02  told ~6 parked 2 ann   arrived 2
              slot 2                 held ann parking mine since 0:02 until 3:02
        0:03  #2 parked 2 ann ~7     1 parked 2 ann until 3:02 for sure
        ",
    );
}

#[test]
fn an_answer_from_another_tab_counts_from_the_time_of_its_question() {
    watch(
        small(),
        "
        0:00  event answer bob                          -
        0:05  1 inspect 2                               #1 bob slots 2
        0:06  #1 held 2 ann                             arrived 2, 1 inspected 2
        0:07  told dan slots 2: vacant 2 asked 0:03     -
              slot 2                                    held ann seen 0:06 until 3:06
        0:09  told dan slots 2: vacant 2 asked 0:08     left 2 ann unknown
        0:10  told 3 park 3: parked 3 asked 0:09        arrived 3
        ",
    );
}

#[test]
fn with_a_feed_only_open_questions_are_asked() {
    watch(
        MirrorOptions { patience: valet_park::Millis::from_secs(8), ..small() },
        "
        0:00  event answer bob           -
        0:00  told ~3 dan slots: free 1 2 3  -
        0:00  feed up                    -
        0:00  looks                      #1 bob slots
        0:00  #1 free 1 2 3 ~4           -
              asks                       5:00
        0:10  told ~5 parked 2 ann       arrived 2, due 2 in 10s
        0:18  wake                       -
              slot 2                     returning ann unconfirmed mine since 0:10 until 0:18
        0:18.200  told ~6 returned 2 ann  left 2 ann returned mine
        0:18.400  wake                   -
        0:20  wake                       -
        5:00  wake                       #2 bob slots
        ",
    );
}

#[test]
fn a_message_that_contradicts_an_event_confirms_nothing() {
    watch(
        small(),
        "
        0:00  event answer ann id=a t=0         -
        0:01  told ~5 parked 2 ann              arrived 2
        0:01  event hangup ann id=a t=1         -
        3:05  event dial-in ann id=a leg=2 t=185  left 2 ann returned mine
              slot 2                            free
        3:06  told ~6 dan slots 2: held 2 ann   #1 ann slots 2
              slot 2                            unknown
        3:06  #1 vacant 2 ~8                    -
              slot 2                            free
        3:07  told ~7 dan slots 2: held 2 ann   -
        ",
    );
}

#[test]
fn a_late_return_message_does_not_free_a_slot_that_was_asked_about_since() {
    watch(
        small(),
        "
        0:01  told ~5 parked 2 ann                      arrived 2
        0:01  told ~6 event hangup ann id=a t=1         -
        3:01  told ~9 dan slots 2: held 2 ann           -
        3:02  told ~7 event dial-in ann id=a leg=2 t=181  -
              slot 2                                    held ann mine since 0:01 until 3:01
        3:03  told ~10 event dial-in ann id=a leg=3 t=182  left 2 ann returned mine
              slot 2                                    free
        ",
    );
}

#[test]
fn a_list_without_names_does_not_block_a_later_return() {
    watch(
        small(),
        "
        0:01  told ~5 parked 2 ann                        arrived 2
        0:01  told ~6 event hangup ann id=a t=1           -
        3:01  told ~9 dan slots: free 1 3                 -
        3:01  told ~8 event dial-in ann id=a leg=2 t=181  left 2 ann returned mine
              call ann                                    ringing
        3:01  told ~9 dan slots: free 1 3                 -
              slot 2                                      held somebody seen 3:01 until 6:01
        ",
    );
}

#[test]
fn a_bridge_in_two_messages_is_one_departure() {
    watch(
        small(),
        "
        0:00  event answer ann                        -
        0:00  told ~5 parked 2 ann                    arrived 2
        0:01  told ~6 bridged 2 ann                   left 2 ann bridged mine
        0:01  told ~7 dan bridge 2: bridged 2 ann     -
              slot 2                                  free
        ",
    );
}

#[test]
fn an_answer_changes_nothing_that_was_told_after_its_question_was_sent() {
    watch(
        small(),
        "
        0:00  told ~10 dan slots: free 1 2 3      -
        0:01  told ~12 cat park 2: parked 2       arrived 2
        0:02  told ~13>10 dan slots: free 1 2     -
              slot 2                              held cat mine since 0:01 until 3:01
              slot 3                              held somebody seen 0:02 until 3:02
        0:02  told ~14>12 dan slots: free 1 2 3   left 2 cat unknown mine
              slot 2                              free
        ",
    );
}

#[test]
fn a_list_without_names_counts_as_told_for_answers_that_were_asked_before() {
    watch(
        small(),
        "
        0:01  told ~11 dan slots: free 1 3          -
        0:01  told ~12>10 dan slots 2: vacant 2     -
              slot 2                                held somebody seen 0:01 until 3:01
        0:02  told ~13>11 dan slots 2: vacant 2     -
              slot 2                                free
        ",
    );
}

#[test]
fn a_bridge_that_was_sent_before_the_slot_was_told_changes_nothing() {
    watch(
        small(),
        "
        0:01  told ~11 dan slots 2: held 2 ann      arrived 2
        0:02  told ~12>10 dan bridge 2: bridged 2 ann  -
              slot 2                                held ann seen 0:01 until 3:01
        0:03  told ~13>12 dan bridge 2: bridged 2 ann  left 2 ann bridged
        ",
    );
}

#[test]
fn an_own_answer_changes_nothing_that_was_told_after_its_question_was_sent() {
    watch(
        small(),
        "
        0:00  event answer bob                 -
        0:01  1 inspect 2                      #1 bob slots 2
        0:02  told ~12 dan park 2: parked 2    arrived 2
        0:03  #1 vacant 2 ~13>10               1 inspected 2
              slot 2                           held dan mine since 0:02 until 3:02
        0:04  2 inspect 2                      #2 bob slots 2
        0:05  told ~14 cat slots 2: held 2 dan  -
        0:06  #2 vacant 2 ~16>14               left 2 dan unknown mine, 2 inspected 2
        ",
    );
}

#[test]
fn an_own_act_that_cannot_be_ordered_is_asked_about() {
    watch(
        small(),
        "
        0:00  event answer ann                 -
        0:01  1 park ann 2                     #1 ann slots 2
        0:01  #1 vacant 2 ~10                  #2 ann park 2
        0:02  told ~12 dan slots 2: held 2 cat  arrived 2
        0:03  #2 parked 2 ann ~13>10           #3 ann slots 2, 1 parked 2 ann
              slot 2                           unknown
        ",
    );
}

#[test]
fn an_aged_answer_is_as_old_as_the_server_says() {
    watch(
        small(),
        "
        0:00  event answer bob         -
        0:10  looks                    #1 bob slots
        0:10  #1 free 1 3 ~5 aged 4s   #2 bob slots 2
        0:11  told ~7 parked 2 ann     arrived 2
        0:12  #2 vacant 2 ~6 aged 1s   -
              slot 2                   held ann mine since 0:11 until 3:11
        ",
    );
}

#[test]
fn a_404_that_another_client_got_does_not_count() {
    watch(
        small(),
        "
        0:00  event answer ann                            -
        0:01  told ~5 parked 2 bob                        arrived 2
        0:02  told ~6 dan slots 2: unclear 404 Not found  -
        0:03  1 inspect 2                                 #1 ann slots 2
        0:03  #1 unclear 404 Not found                    #2 ann slots 2, 1 fails unclear 2
              slot 2                                      held bob mine since 0:01 until 3:01
        ",
    );
}
