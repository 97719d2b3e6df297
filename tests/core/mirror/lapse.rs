//! How long a slot stays confirmed: as long as the mirror would notice a change.

use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 2, ..usual() }
}

/// Ann waits in slot 1, slot 2 is free, and the lot is watched in rounds with bob.
const WATCHED: &str = "
        0:00    event answer bob    -
        0:00    looks               #1 bob slots
        0:00    #1 free 2           #2 bob slots 1
        0:00    #2 held 1 ann       arrived 1
                slot 1              held ann seen 0:00 until 3:00
                slot 2              free
        ";

#[track_caller]
fn watched(story: &str) {
    watch(small(), &format!("{WATCHED}\n{story}"));
}

#[test]
fn slots_checked_in_every_round_stay_confirmed() {
    watched(
        "
        0:06    wake                #3 bob slots
        0:06    #3 free 2           -
        0:12    wake                #4 bob slots
        0:12    #4 free 2           -
                slot 1              held ann seen 0:00 until 3:00
                slot 2              free
        ",
    );
}

#[test]
fn confirmation_lapses_five_seconds_after_the_last_call_ends() {
    watched(
        "
        0:04    event hangup bob    -
                wakes               0:09
        0:08.9  wake                -
                slot 2              free
        0:09    wake                -
                slot 1              held ann unconfirmed seen 0:00 until 3:00
                slot 2              free unconfirmed
                sync                blind
                wakes               2:00
        ",
    );
}

#[test]
fn confirmation_lapses_when_a_round_is_missed() {
    // The machine slept, or the browser froze the page.
    watched(
        "
        1:00    event answer cat    #3 cat slots
                slot 1              held ann unconfirmed seen 0:00 until 3:00
                slot 2              free unconfirmed
        1:00    #3 free 2           #4 cat slots 1
                slot 1              held ann unconfirmed seen 0:00 until 3:00
                slot 2              free
        1:01    #4 held 1 ann       -
                slot 1              held ann seen 0:00 until 3:00
        ",
    );
}

#[test]
fn confirmation_lapses_while_an_answer_is_late() {
    watched(
        "
        0:06    wake                #3 bob slots
                wakes               0:11
        0:10.9  wake                -
                slot 2              free
        0:11    wake                -
                slot 2              free unconfirmed
        0:12    #3 free 2           #4 bob slots 1
                slot 2              free
        ",
    );
}

#[test]
fn confirmation_lapses_five_seconds_after_the_network_is_lost() {
    watched(
        "
        0:06    wake                    #3 bob slots
        0:06    #3 fails unreachable    error unreachable
                slot 2                  free
        0:10    event dial-in cat       #4 bob slots
        0:10    #4 fails unreachable    -
        0:11    event dial-in dan       -
                slot 1                  held ann unconfirmed seen 0:00 until 3:00
                slot 2                  free unconfirmed
        ",
    );
}

#[test]
fn confirmation_lapses_when_the_budget_is_used_up() {
    watched(
        "
        0:06    wake                             #3 bob slots
        0:06    #3 refused rate-limited after 600s  error rate-limited
        0:11    event dial-in cat                -
                slot 2                           free unconfirmed
        ",
    );
    watched(
        "
        0:06    wake                             #3 bob slots
        0:06    #3 free 2 left 20 for 600s       -
                slot 2                           free
        0:11    event dial-in cat                -
                slot 2                           free unconfirmed
        ",
    );
}

#[test]
fn a_round_slowed_by_the_budget_still_confirms() {
    watched(
        "
        0:06    wake                             #3 bob slots
        0:06    #3 free 2 left 120 for 600s      -
        0:15    event dial-in cat                -
                slot 2                           free
        ",
    );
}

#[test]
fn confirmation_lapses_five_seconds_after_the_page_is_hidden() {
    watched(
        "
        0:03    leaves              -
        0:08    wake                -
                slot 1              held ann unconfirmed seen 0:00 until 3:00
                slot 2              free unconfirmed
                sync                idle
        ",
    );
}

#[test]
fn a_slot_checked_later_lapses_later() {
    watch(
        small(),
        "
        0:00    event answer bob    -
        0:00    1 inspect 1         #1 bob slots 1
        0:00    #1 held 1 ann       arrived 1, 1 inspected 1
        0:03    2 inspect 2         #2 bob slots 2
        0:03    #2 vacant 2         2 inspected 2
        0:05    wake                -
                slot 1              held ann unconfirmed seen 0:00 until 3:00
                slot 2              free
                wakes               0:08
        0:08    wake                -
                slot 2              free unconfirmed
        ",
    );
}

#[test]
fn an_exact_feed_keeps_all_slots_confirmed_without_a_call() {
    watch(
        small(),
        "
        0:00    feed up                              -
        0:00    told ~1 parked 1 ann by 200          arrived 1
        0:00    told ~1 bob slots: free 2            -
        1:00    wake                                 -
                slot 1                               held ann by 200 since 0:00 until 3:00
                slot 2                               free
        1:10    feed down                            -
        1:15    wake                                 -
              slot 1  held ann unconfirmed by 200 since 0:00 until 3:00
                slot 2                               free unconfirmed
        1:20    feed up                              -
        1:20    told ~1 parked 1 ann by 200          -
        1:20    told ~1 bob slots: free 2            -
                slot 1                               held ann by 200 since 0:00 until 3:00
                slot 2                               free
        ",
    );
}

#[test]
fn a_partial_feed_does_not_keep_slots_confirmed() {
    watch(
        small(),
        "
        0:00    feed partial                         -
        0:00    told ~1 bob slots: free 2            -
                slot 2                               free
        0:05    wake                                 -
                slot 2                               free unconfirmed
                sync                                 idle
        0:06    told ~2 parked 2 ann by 200          arrived 2
        9:00    wake                                 -
              slot 2  returning ann unconfirmed by 200 since 0:06 until 3:06
                sync                                 idle
        ",
    );
}

#[test]
fn a_doubt_ends_all_confirmations_and_causes_checks() {
    watched(
        "
        0:03    doubt               #3 bob slots
                slot 1              held ann unconfirmed seen 0:00 until 3:00
                slot 2              free unconfirmed
        0:03    #3 free 2           #4 bob slots 1
                slot 1              held ann unconfirmed seen 0:00 until 3:00
                slot 2              free
        0:04    #4 held 1 ann       -
                slot 1              held ann seen 0:00 until 3:00
        ",
    );
    watch(
        small(),
        "
        0:00    feed up                              -
        0:00    told ~1 bob slots: free 1 2          -
        0:03    doubt                                -
                slot 1                               free unconfirmed
        ",
    );
}

#[test]
fn after_a_sleep_a_feed_confirms_what_it_repeats_before_it_counts_as_up() {
    watch(
        small(),
        "
        0:00    feed up                              -
        0:00    told ~1 bob slots: free 1 2          -
        5:00    doubt                                -
                slot 1                               free unconfirmed
        5:00    feed down                            -
        5:01    told ~1 bob slots: free 1 2          -
                slot 1                               free
        5:01    feed up                              -
                slot 1                               free
        5:30    wake                                 -
                slot 1                               free
        ",
    );
}

#[test]
fn after_a_lapse_a_list_does_not_confirm_held_slots() {
    watched(
        "
        0:04    event hangup bob    -
        0:09    wake                -
        0:10    event answer cat    #3 cat slots
        0:10    #3 free 2           #4 cat slots 1
                slot 1              held ann unconfirmed seen 0:00 until 3:00
        0:11    #4 held 1 dan       left 1 ann unknown, arrived 1
                slot 1              held dan seen 0:11 until 3:11
        ",
    );
}

#[test]
fn a_tab_served_by_another_tab_keeps_its_confirmations() {
    watch(
        small(),
        "
        0:00    led                          -
        0:00    told bob slots: free 1 2     -
        0:07    led                          -
        0:10    told bob slots: free 1 2     -
        0:14    led                          -
                slot 2                       free
                wakes                        0:27
        0:27    wake                         -
                slot 2                       free unconfirmed
        ",
    );
    watch(
        small(),
        "
        0:00    led                          -
        0:00    told bob slots: free 1 2     -
        0:07    led no                       -
        0:12    wake                         -
                slot 2                       free unconfirmed
        ",
    );
}

#[test]
fn unclear_answers_renew_no_confirmation() {
    watched(
        "
        0:06    wake                     #3 bob slots
        0:06    #3 free 2                -
        0:12    wake                     #4 bob slots
        0:12    #4 free 2                -
        0:18    wake                     #5 bob slots
        0:18    #5 unclear 502 <html>    error server-error unknown
        0:23    wake                     #6 bob slots
        0:23    #6 unclear 502 <html>    -
                slot 2                   free unconfirmed
        ",
    );
    watch(
        MirrorOptions { free_list: false, ..small() },
        "
        0:00    event answer bob         -
        0:00    looks                    #1 bob slots 1, #2 bob slots 2
        0:00    #1 vacant 1              -
        0:00    #2 vacant 2              -
        0:06    wake                     #3 bob slots 1
        0:06    #3 unclear 200 <html>    -
        0:12    wake                     #4 bob slots 1
        0:12    #4 unclear 200 <html>    -
        0:18    wake                     #5 bob slots 1
        0:18    #5 unclear 200 <html>    -
                slot 2                   free
        0:23    wake                     -
                slot 1                   free unconfirmed
                slot 2                   free unconfirmed
        ",
    );
}
