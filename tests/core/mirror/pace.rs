//! How often the mirror asks, and how long the lot counts as watched.

use valet_park::Millis;
use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 3, ..usual() }
}

#[test]
fn after_a_bridge_and_after_a_lost_command_the_slot_is_checked() {
    watch(
        small(),
        "
        0:00    event answer bob     -
        0:00    told parked 2 ann    arrived 2
        0:00    looks                #1 bob slots
        0:00    #1 free 1 3          -
        0:01    1 bridge bob 2       #2 bob slots 2
        0:01    #2 held 2 ann        #3 bob bridge 2
        0:01    #3 bridged 2         left 2 ann bridged mine, 1 bridged 2 ann
                asks                 0:02
        0:02    wake                 #4 bob slots 2
        0:02    #4 vacant 2          -
        0:04    wake                 #5 bob slots 2
        0:04    #5 vacant 2          -
                asks                 0:06
        0:04    2 bridge bob 1       #6 bob slots 1
        0:04    #6 vacant 1          2 fails vacant 1
                asks                 0:06
        0:04    3 park bob 1         #7 bob slots 1
        0:04    #7 vacant 1          #8 bob park 1
        0:04.5  event hangup bob     -
        0:04.5  #8 lost timed-out    3 fails timed-out unknown
        0:04.6  event answer cat     -
                asks                 0:05.441
        0:05.45  wake                #9 cat slots
        0:05.45  #9 free 1 2 3       -
                asks                 0:05.500
        ",
    );
}

#[test]
fn commands_in_an_unwatched_lot_cause_no_later_checks() {
    watch(
        small(),
        "
        0:00    event answer bob     -
        0:00    event answer ann     -
        0:01    1 park ann 2         #1 ann slots 2
        0:01    #1 vacant 2          #2 ann park 2
        0:01    #2 parked 2 ann      arrived 2, 1 parked 2 ann until 3:01
        0:01.5  looks                #3 bob slots
        0:01.5  #3 free 1 3          -
                asks                 0:07.500
        ",
    );
}

#[test]
fn an_unanswered_question_keeps_no_slot_confirmed() {
    watch(
        small(),
        "
        0:00    event answer bob      -
        0:00    looks                 #1 bob slots
        0:00    #1 free 1 2 3         -
        0:06    wake                  #2 bob slots
        0:10    #2 lost timed-out     error timed-out unknown
                slot 1                free
        0:11    wake                  #3 bob slots
                slot 1                free unconfirmed
        ",
    );
}

#[test]
fn a_switch_that_fails_is_asked_again_after_a_pause() {
    for (said, ends) in [
        ("unclear 502 Bad", "server-error 1"),
        ("refused unauthorized", "unauthorized"),
        ("refused forbidden", "forbidden"),
    ] {
        watch(
            small(),
            &format!(
                "
        0:00  event answer bob   -
        0:00  looks              #1 bob slots
        0:00  #1 free 1 2 3      -
        0:05  1 inspect 1        #2 bob slots 1
        0:05  #2 {said}          1 fails {ends}
              asks               0:05.941
        "
            ),
        );
    }
}

#[test]
fn a_budget_for_rounds_of_twice_the_usual_length_still_confirms() {
    watch(
        small(),
        "
        0:00  event answer bob                     -
        0:00  looks                                #1 bob slots
        0:00  #1 free 1 2 3 left 10 for 60s        -
              sync                                 limited
              asks                                 0:12
        0:10  wake                                 -
              slot 1                               free
        ",
    );
}

#[test]
fn a_budget_for_rounds_of_the_usual_length_changes_nothing() {
    watch(
        small(),
        "
        0:00  event answer bob                     -
        0:00  looks                                #1 bob slots
        0:01  #1 free 1 2 3 left 20 for 60s        -
              sync                                 asking
              asks                                 0:06
        ",
    );
}

#[test]
fn a_feed_replaces_rounds_if_every_slot_is_known() {
    watch(
        small(),
        "
        0:00  event answer bob   -
        0:00  looks              #1 bob slots
        0:00  #1 free 1 2 3      -
        0:01  feed up            -
              asks               5:01
        0:02  feed down          #2 bob slots
        ",
    );
}

#[test]
fn a_feed_does_not_replace_rounds_while_a_slot_is_unknown() {
    watch(
        small(),
        "
        0:00  event answer bob      -
        0:00  told parked 1 ann     arrived 1
        0:00  leaves                -
        0:00  feed up               -
        0:01  looks                 #1 bob slots
        0:01  #1 lost timed-out     error timed-out unknown
        0:05  feed up               #2 bob slots
        ",
    );
}

#[test]
fn after_a_long_sleep_every_held_slot_is_asked_for_by_name() {
    watch(
        MirrorOptions { patience: Millis::ZERO, ..small() },
        "
        0:00      event answer bob      -
        0:00      feed up               -
        0:00      looks                 #1 bob slots
        0:00      #1 free 1 2           #2 bob slots 3
        0:00      #2 held 3 ann         arrived 3
                  asks                  5:00
        5:20      wake                  #3 bob slots
        5:20      #3 free 1 2           -
                  asks                  10:20
        10:40.001  wake                 #4 bob slots
        10:40.001  #4 free 1 2          #5 bob slots 3
        ",
    );
}

#[test]
fn an_absent_slot_is_not_asked_for_in_rounds() {
    watch(
        MirrorOptions { free_list: false, slots: 2, ..usual() },
        "
        0:00  event answer bob          -
        0:00  looks                     #1 bob slots 1, #2 bob slots 2
        0:00  #2 refused no-such-slot 2  error invalid-options 2
        0:00  #1 vacant 1               -
        0:06  wake                      #3 bob slots 1
        0:06  #3 vacant 1               -
        0:12  wake                      #4 bob slots 1
        ",
    );
}

#[test]
fn another_tab_replaces_rounds_for_eight_seconds() {
    watch(
        small(),
        "
        0:00  led                     -
        0:01  told parked 2 ann       arrived 2
        0:08  wake                    -
        0:09  led no                  -
        0:12.999  wake                -
              slot 2                  held ann mine since 0:01 until 3:01
        0:13  wake                    -
              slot 2                  held ann unconfirmed mine since 0:01 until 3:01
        ",
    );
}

#[test]
fn at_most_32_checks_are_scheduled() {
    let bridge = |slot: u32| {
        let (look, act) = (2 * slot, 2 * slot + 1);
        format!(
            "
        0:01  {slot} bridge bob {slot}  #{look} bob slots {slot}
        0:01  #{look} held {slot} c{slot}  #{act} bob bridge {slot}, arrived {slot}
        0:01  #{act} bridged {slot}  left {slot} c{slot} bridged, {slot} bridged {slot} c{slot}
        "
        )
    };
    let look = |slot: u32| {
        let (this, next) = (35 + slot, 36 + slot);
        format!("0:02  #{this} vacant {slot}  #{next} bob slots {}\n", slot + 1)
    };
    let bridges: String = (1..=17).map(bridge).collect();
    let looks: String = (1..=15).map(look).collect();
    watch(
        MirrorOptions { slots: 17, ..usual() },
        &format!(
            "
        0:00  event answer bob   -
        0:00  looks              #1 bob slots
        0:00  #1 free 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17  -
        {bridges}
        0:02  wake               #36 bob slots 1
        {looks}
        0:02  #51 vacant 16      -
              asks               0:04
        "
        ),
    );
}
