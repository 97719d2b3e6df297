//! The notes on parked calls.

use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 3, ..usual() }
}

#[test]
fn a_note_stays_with_the_call_until_the_call_leaves() {
    watch(
        small(),
        "
        0:01  told ~5 parked 2 ann               arrived 2
              note 2                             none
        0:02  told ~6 note 2 ann says vip for eve  -
              note 2                             says vip for eve
        0:03  told ~7 dan slots: free 1 3        -
        0:04  told ~8 dan slots 2: held 2 ann    -
              note 2                             says vip for eve
        0:05  told ~9 bridged 2 ann              left 2 ann bridged mine
              note 2                             none
              note left                          says vip for eve
        0:06  told ~10 parked 2 cat              arrived 2
              note 2                             none
        0:07  told ~11 bridged 2 cat             left 2 cat bridged mine
              note left                          none
        0:08  told ~12 parked 2 ann              arrived 2
              note 2                             none
        ",
    );
}

#[test]
fn a_note_can_be_changed_and_removed() {
    watch(
        small(),
        "
        0:01  told ~5 parked 2 ann           arrived 2
        0:02  told ~6 note 2 ann says vip    -
        0:03  told ~7 note 2 ann for eve     -
              note 2                         for eve
        0:04  told ~6 note 2 ann says vip    -
              note 2                         for eve
        0:05  told ~8 note 2 ann             -
              note 2                         none
        0:06  told ~7 note 2 ann for eve     -
              note 2                         none
        ",
    );
}

#[test]
fn a_note_of_a_call_that_has_left_changes_nothing() {
    watch(
        small(),
        "
        0:01  told ~5 parked 2 ann           arrived 2
        0:02  told ~7 bridged 2 ann          left 2 ann bridged mine
        0:03  told ~6 note 2 ann says vip    -
        0:03  told note 2 ann says vip       -
        0:04  told ~8 parked 2 ann           arrived 2
              note 2                         none
        0:05  told ~9 note 9 ann says vip    -
        0:06  told note 2 cat says vip       -
              note 2                         none
        ",
    );
}

#[test]
fn a_note_waits_for_the_name_of_its_call() {
    watch(
        small(),
        "
        0:01  told ~5 dan slots: free 1 3      -
        0:02  told ~7 note 2 ann says vip      -
              note 2                           none
        0:03  told ~8 dan slots 2: held 2 ann  arrived 2
              note 2                           says vip
        ",
    );
}

#[test]
fn a_note_survives_a_contradiction_about_its_slot() {
    watch(
        small(),
        "
        0:00  event answer bob                 -
        0:01  1 inspect 2                      #1 bob slots 2
        0:01  #1 held 2 ann                    arrived 2, 1 inspected 2
        0:02  told ~5 note 2 ann says vip      -
        0:03  told ~6 dan slots 2: vacant 2    #2 bob slots 2
              slot 2                           unknown
              note 2                           none
        0:04  #2 held 2 ann                    arrived 2
              note 2                           says vip
        ",
    );
}

#[test]
fn an_own_park_keeps_the_note_that_arrives_before_its_answer() {
    watch(
        small(),
        "
        0:00  event answer ann               -
        0:01  1 park ann 2                   #1 ann slots 2
        0:01  #1 vacant 2                    #2 ann park 2
        0:02  told ~6 note 2 ann says vip    -
              note 2                         says vip
        0:02  #2 parked 2 ann ~5             arrived 2, 1 parked 2 ann until 3:01
              note 2                         says vip
        ",
    );
}

#[test]
fn an_older_answer_does_not_remove_a_note() {
    watch(
        small(),
        "
        0:01  told ~5 dan slots: free 1 3      -
        0:02  told ~7 note 2 ann says vip      -
        0:03  told ~6 dan slots 2: held 2 bob  arrived 2
              note 2                           none
        0:04  told ~8 dan slots 2: held 2 ann  left 2 bob unknown, arrived 2
              note 2                           says vip
        ",
    );
}

#[test]
fn a_note_goes_if_the_same_report_shows_another_call() {
    watch(
        small(),
        "
        0:01  told ~5 dan slots: free 1 3      -
        0:02  told ~7 note 2 ann says vip      -
        0:03  told ~7 dan slots 2: held 2 bob  arrived 2
        0:04  told ~8 dan slots 2: held 2 ann  left 2 bob unknown, arrived 2
              note 2                           none
        ",
    );
}

#[test]
fn the_last_note_of_a_report_counts() {
    watch(
        small(),
        "
        0:01  told ~5 parked 2 ann         arrived 2
        0:02  told ~6 note 2 ann says vip  -
        0:02  told ~6 note 2 ann for eve   -
              note 2                       for eve
        ",
    );
}

#[test]
fn an_own_park_keeps_a_note_of_its_call_without_a_place() {
    watch(
        small(),
        "
        0:00  event answer ann           -
        0:01  1 park ann 2               #1 ann slots 2
        0:01  #1 vacant 2                #2 ann park 2
        0:02  told note 2 ann says vip   -
              note 2                     says vip
        ",
    );
}

#[test]
fn an_own_park_does_not_keep_an_old_note_of_another_call() {
    watch(
        small(),
        "
        0:00  event answer ann             -
        0:01  1 park ann 2                #1 ann slots 2
        0:01  #1 vacant 2 ~5              #2 ann park 2
        0:02  told ~4 note 2 bob says vip  -
        0:03  #2 refused taken 2 ~6       1 fails taken 2
        0:04  told ~7 parked 2 bob        arrived 2
              note 2                      none
        ",
    );
}
