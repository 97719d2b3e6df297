//! Asking for every slot, with as few questions as the switch allows.

use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 3, ..usual() }
}

#[test]
fn one_list_covers_all_slots_and_only_held_slots_need_another_question() {
    watch(
        usual(),
        "
        at    what happens             what has to be done
        0:00  event answer bob         -
        0:01  1 refresh                #1 bob slots
        0:02  #1 free 1 2 3 5 6 7 8    #2 bob slots 4, #3 bob slots 9
              slot 4                   held somebody seen 0:02 until 3:02
        0:03  #2 held 4 ann            arrived 4
        0:04  #3 held 9 cat            arrived 9, 1 refreshed
              slot 4                   held ann seen 0:02 until 3:02
              slot 1                   free
        ",
    );
}

#[test]
fn an_empty_lot_needs_one_question() {
    watch(
        usual(),
        "
        0:00  event answer bob           -
        0:01  1 refresh                  #1 bob slots
        0:02  #1 free 1 2 3 4 5 6 7 8 9  1 refreshed
        ",
    );
}

#[test]
fn a_full_list_frees_nothing_and_a_missing_slot_is_taken() {
    watch(
        small(),
        "
        0:00  event answer bob  -
        0:01  1 refresh         #1 bob slots
        0:02  #1 free           #2 bob slots 1, #3 bob slots 2
        0:03  #2 held 1 ann     #4 bob slots 3, arrived 1
        0:03  #3 held 2 cat     arrived 2
        0:03  #4 held 3 dan     arrived 3, 1 refreshed
        ",
    );
}

#[test]
fn a_held_slot_is_asked_for_again_only_after_five_seconds() {
    watch(
        small(),
        "
        0:00  event answer bob  -
        0:01  1 inspect 2       #1 bob slots 2
        0:02  #1 held 2 ann     arrived 2, 1 inspected 2
        0:03  2 refresh         #2 bob slots
        0:04  #2 free 1 3       2 refreshed
        0:20  3 refresh         #3 bob slots
        0:21  #3 free 1         #4 bob slots 2, #5 bob slots 3
        0:22  #4 held 2 dan     left 2 ann unknown, arrived 2
        0:22  #5 held 3 cat     arrived 3, 3 refreshed
        ",
    );
}

#[test]
fn a_call_whose_slot_is_listed_as_free_is_gone() {
    watch(
        small(),
        "
        0:00  event answer bob  -
        0:01  1 inspect 2       #1 bob slots 2
        0:02  #1 held 2 ann     arrived 2, 1 inspected 2
        0:20  2 refresh         #2 bob slots
        0:21  #2 free 1 2 3     left 2 ann unknown, 2 refreshed
              slot 2            free
              call ann          gone unknown 0:21
        ",
    );
}

#[test]
fn without_a_free_list_each_slot_is_asked_for() {
    watch(
        MirrorOptions { free_list: false, ..small() },
        "
        0:00  event answer bob  -
        0:01  1 refresh         #1 bob slots 1, #2 bob slots 2
        0:02  #1 vacant 1       #3 bob slots 3
        0:03  #2 held 2 ann     arrived 2
        0:04  #3 vacant 3       1 refreshed
        0:05  2 free            2 free 1 3
        ",
    );
}

#[test]
fn a_switch_that_refuses_the_list_is_asked_slot_by_slot_from_then_on() {
    let rest = "
        0:03  #2 vacant 1       #4 bob slots 3
        0:03  #3 vacant 2       -
        0:04  #4 vacant 3       1 refreshed
        0:20  2 refresh         #5 bob slots 1, #6 bob slots 2
        ";
    for refusal in
        ["refused slot-required", "refused bad-request", "unclear 200 gibberish", "unclear 404 x"]
    {
        let story = format!(
            "
            0:00  event answer bob  -
            0:01  1 refresh         #1 bob slots
            0:02  #1 {refusal}  #2 bob slots 1, #3 bob slots 2
            {rest}"
        );
        watch(small(), &story);
    }
}

#[test]
fn without_a_free_list_free_slots_come_from_a_sweep() {
    watch(
        small(),
        "
        0:00  event answer bob         -
        0:01  1 free                   #1 bob slots
        0:02  #1 unclear 200 gibberish  #2 bob slots 1, #3 bob slots 2
        0:03  #2 vacant 1              #4 bob slots 3
        0:03  #3 held 2 ann            arrived 2
        0:04  #4 vacant 3              1 free 1 3
        ",
    );
}

#[test]
fn two_refreshes_share_one_sweep() {
    watch(
        small(),
        "
        0:00  event answer bob  -
        0:01  1 refresh         #1 bob slots
        0:01  2 refresh         -
        0:02  #1 free 1 2 3     1 refreshed, 2 refreshed
        0:20  3 refresh         #2 bob slots
        ",
    );
}

#[test]
fn a_failure_ends_the_sweep_and_keeps_what_is_known() {
    for (said, told, sync) in [
        ("fails unreachable", "unreachable", "offline"),
        ("lost timed-out", "timed-out", "offline"),
        ("unclear 503 busy", "server-error", "offline"),
        ("refused rate-limited after 30s", "rate-limited", "limited"),
        ("refused unauthorized", "unauthorized", "unauthorized"),
    ] {
        let story = format!(
            "
            0:00  event answer bob  -
            0:01  1 inspect 2       #1 bob slots 2
            0:02  #1 held 2 ann     arrived 2, 1 inspected 2
            0:20  2 refresh         #2 bob slots
            0:21  #2 {said}  2 fails {told}
                  slot 2            held ann unconfirmed seen 0:02 until 3:02
                  sync              {sync}
            0:30  3 refresh         #3 bob slots
            0:31  #3 free 1 3       #4 bob slots 2
            0:32  #4 held 2 ann     3 refreshed
                  sync              idle
            "
        );
        watch(small(), &story);
    }
}

#[test]
fn a_sweep_whose_call_is_gone_goes_on_with_another() {
    watch(
        small(),
        "
        0:00  event answer cat          -
        0:00  event answer bob          -
        0:01  1 refresh                 #1 bob slots
        0:02  #1 refused no-such-call   #2 cat slots
        0:03  #2 refused no-such-call   1 fails no-live-call
              calls                     none
        ",
    );
}

#[test]
fn a_replacement_mirror_is_recovering_until_every_slot_is_known() {
    watch(
        MirrorOptions { recovers: true, ..small() },
        "
        0:00  event answer bob  -
              sync              lost
        0:01  1 inspect 2       #1 bob slots 2
        0:02  #1 vacant 2       1 inspected 2
              sync              lost
        0:03  2 refresh         #2 bob slots
        0:04  #2 free 1 2 3     2 refreshed
              sync              idle
        ",
    );
}
