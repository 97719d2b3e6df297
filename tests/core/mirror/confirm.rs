//! The look after an act: what a resolved command claims is so.

use valet_park::mirror::{AskWithParked, MirrorOptions};

use crate::support::{confirming, watch};

/// Bob talks and is about to be connected with ann, who waits in slot 4. Cat talks, too.
const BRIDGED: &str = "
        0:00    event answer cat    -
        0:00    event answer bob    -
        0:01    1 bridge bob 4      #1 bob slots 4
        0:02    #1 held 4 ann       #2 bob bridge 4, arrived 4
        0:03    #2 bridged 4        -
        ";

/// Ann talks and was said to be parked in slot 4. Cat talks, too.
const PARKED: &str = "
        0:00    event answer cat    -
        0:00    event answer ann    -
        0:01    1 park ann 4        #1 ann slots 4
        0:02    #1 vacant 4         #2 ann park 4
        0:03    #2 parked 4 ann     -
        ";

#[track_caller]
fn after(prelude: &str, story: &str) {
    watch(confirming(), &format!("{prelude}\n{story}"));
}

#[test]
fn a_park_is_shown_as_pending_until_a_look_has_seen_it() {
    after(
        PARKED,
        "
                slot 4              held ann unconfirmed parking mine seen 0:02 until 3:02
                calls               cat talking, ann talking parking
                wakes               0:03.050
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 held 4 ann       arrived 4, 1 parked 4 ann until 3:02 for sure
                slot 4              held ann mine since 0:02 until 3:02
        ",
    );
}

#[test]
fn a_bridge_is_shown_as_pending_until_a_look_has_seen_that_the_call_left() {
    after(
        BRIDGED,
        "
                slot 4              held ann unconfirmed bridging seen 0:02 until 3:02
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 vacant 4         left 4 ann bridged, 1 bridged 4 ann for sure
                slot 4              free
        ",
    );
}

#[test]
fn a_bridge_after_which_a_third_call_waits_has_connected() {
    after(
        BRIDGED,
        "
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 held 4 dan       left 4 ann bridged, arrived 4, 1 bridged 4 ann for sure
                slot 4              held dan seen 0:03.200 until 3:03.200
        ",
    );
}

#[test]
fn a_bridge_that_parked_the_asker_says_so_after_three_looks() {
    after(
        BRIDGED,
        "
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 held 4 bob       left 4 ann bridged, arrived 4
        0:03.5  wake                #4 cat slots 4
        0:03.6  #4 held 4 bob       -
        0:04.6  wake                #5 cat slots 4
        0:04.7  #5 held 4 bob       1 fails asker-parked 4
                slot 4              held bob mine seen 0:03.200 until 3:03.200
        ",
    );
}

#[test]
fn an_asker_that_was_parked_and_has_left_again_was_not_connected() {
    after(
        BRIDGED,
        "
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 held 4 bob       left 4 ann bridged, arrived 4
        0:03.5  wake                #4 cat slots 4
        0:03.6  #4 vacant 4         left 4 bob unknown
        0:04.6  wake                #5 cat slots 4
        0:04.7  #5 lost timed-out   1 fails asker-parked 4
        ",
    );
}

#[test]
fn a_bridge_after_which_the_caller_still_waits_was_not_done() {
    after(
        BRIDGED,
        "
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 held 4 ann       -
        0:03.5  wake                #4 cat slots 4
        0:03.6  #4 held 4 ann       -
        0:04.6  wake                #5 cat slots 4
        0:04.7  #5 held 4 ann       1 fails unclear 4
                slot 4              held ann seen 0:02 until 3:02
        ",
    );
}

#[test]
fn a_row_that_the_engine_lets_go_of_late_is_looked_at_again() {
    after(
        BRIDGED,
        "
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 held 4 ann       -
        0:03.5  wake                #4 cat slots 4
        0:03.6  #4 vacant 4         left 4 ann bridged, 1 bridged 4 ann for sure
        ",
    );
}

#[test]
fn a_park_after_which_the_slot_is_vacant_is_not_there_after_three_looks() {
    after(
        PARKED,
        "
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 vacant 4         -
                slot 4              held ann unconfirmed parking mine seen 0:02 until 3:02
        0:03.5  wake                #4 cat slots 4
        0:03.6  #4 vacant 4         -
        0:04.6  wake                #5 cat slots 4
        0:04.7  #5 vacant 4         1 fails not-there 4 unknown
                slot 4              free
        ",
    );
}

#[test]
fn a_park_after_which_another_call_waits_is_not_there() {
    after(
        PARKED,
        "
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 held 4 dan       arrived 4
        0:03.5  wake                #4 cat slots 4
        0:03.6  #4 held 4 dan       -
        0:04.6  wake                #5 cat slots 4
        0:04.7  #5 held 4 dan       1 fails not-there 4 unknown
                slot 4              held dan seen 0:03.200 until 3:03.200
        ",
    );
}

#[test]
fn a_look_without_a_clear_answer_leaves_what_the_switch_said() {
    for said in ["lost timed-out", "unclear 200 gibberish", "unclear 503 busy"] {
        let story = format!(
            "{PARKED}
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 {said}           arrived 4, 1 parked 4 ann until 3:02
                slot 4              held ann unconfirmed mine since 0:02 until 3:02
                "
        );
        watch(confirming(), &story);
    }
}

#[test]
fn a_refused_vacant_slot_confirms_a_bridge() {
    after(
        BRIDGED,
        "
        0:03.1  wake                  #3 cat slots 4
        0:03.2  #3 refused vacant 4   left 4 ann bridged, 1 bridged 4 ann for sure
        ",
    );
}

#[test]
fn a_park_without_a_slot_is_confirmed_where_the_answer_names_one() {
    watch(
        confirming(),
        "
        0:00    event answer cat    -
        0:00    event answer ann    -
        0:01    1 park ann          #1 ann park
                calls               cat talking, ann talking parking
        0:02    #1 parked 3 ann     -
        0:02.1  wake                #2 cat slots 3
        0:02.2  #2 held 3 ann       arrived 3, 1 parked 3 ann until 3:02.200 for sure
                calls               cat talking, ann parked 3
        ",
    );
}

#[test]
fn a_slot_beyond_the_lot_is_reported_once_and_not_asked_about() {
    watch(
        MirrorOptions { slots: 3, ..confirming() },
        "
        0:00    event answer cat    -
        0:00    event answer ann    -
        0:01    1 park ann          #1 ann park
        0:02    #1 parked 12 ann    error invalid-options 12, 1 parked 12 ann
        0:03    2 bridge-any cat    #2 cat bridge
        0:04    #2 bridged 13 ann   2 bridged 13 ann
                slot 3              unknown
                wakes               never
        ",
    );
}

#[test]
fn an_exact_feed_confirms_without_a_question() {
    watch(
        confirming(),
        "
        0:00    event answer cat           -
        0:00    feed up                    -
        0:00    event answer ann           -
        0:01    1 park ann 4               #1 ann slots 4
        0:02    #1 vacant 4 ~6             #2 ann park 4
        0:02.1  told ~7 parked 4 ann       arrived 4
                slot 4                     held ann parking mine since 0:02.100 until 3:02.100
        0:02.2  #2 parked 4 ann ~8         1 parked 4 ann until 3:02.100 for sure
        0:03    2 bridge cat 4             #3 cat slots 4
        0:04    #3 held 4 ann ~9           #4 cat bridge 4
        0:04.1  #4 bridged 4 ann ~11       -
        0:04.2  told ~10 bridged 4 ann with cat  left 4 ann bridged mine, 2 bridged 4 ann for sure
        ",
    );
}

#[test]
fn a_feed_tells_which_extension_took_a_call() {
    watch(
        confirming(),
        "
        0:00  feed up                                  -
        0:01  told ~7 parked 4 ann                     arrived 4
        0:02  told ~8 bridged 4 ann with bob taken 200  left 4 ann bridged mine by 200
        ",
    );
}

#[test]
fn an_exact_feed_that_stays_silent_is_not_waited_for_longer_than_a_second() {
    watch(
        confirming(),
        "
        0:00    event answer cat           -
        0:00    feed up                    -
        0:00    event answer ann           -
        0:01    1 park ann 4               #1 ann slots 4
        0:02    #1 vacant 4                #2 ann park 4
        0:02.2  #2 parked 4 ann            -
        0:03.2  wake                       #3 cat slots 4
        0:03.3  #3 held 4 ann              arrived 4, 1 parked 4 ann until 3:02 for sure
        ",
    );
}

#[test]
fn a_feed_tells_of_a_park_whose_answer_is_lost() {
    watch(
        confirming(),
        "
        0:00    event answer cat           -
        0:00    feed up                    -
        0:00    event answer ann           -
        0:01    1 park ann 4               #1 ann slots 4
        0:02    #1 vacant 4 ~6             #2 ann park 4
        0:02.1  told ~7 parked 4 ann       arrived 4
        0:12    #2 lost timed-out          1 parked 4 ann until 3:02.100 for sure
        ",
    );
}

#[test]
fn a_second_command_in_the_slot_waits_until_the_first_is_confirmed() {
    after(
        PARKED,
        "
        0:03    2 bridge cat 4      -
                calls               cat talking bridging, ann talking parking
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 held 4 ann       #4 cat slots 4, arrived 4, 1 parked 4 ann until 3:02 for sure
        0:03.3  #4 held 4 ann       #5 cat bridge 4
        ",
    );
}

#[test]
fn what_was_called_off_after_its_act_is_not_waited_for() {
    after(
        BRIDGED,
        "
        0:03    1 abort             1 fails aborted unknown
        0:03.1  wake                #3 cat slots 4
        0:03.2  #3 vacant 4         left 4 ann bridged
                slot 4              free
        ",
    );
}

// Which call the look is asked with.

/// The only call of the desk is bridged with ann, who waits in slot 4.
const LAST_CALL: &str = "
        0:00    event answer bob    -
        0:01    1 bridge bob 4      #1 bob slots 4
        0:02    #1 held 4 ann       #2 bob bridge 4, arrived 4
        0:03    #2 bridged 4 ann    -
        0:03    event hangup bob    -
        0:03.1  wake                #3 bob slots 4
        ";

#[test]
fn a_call_that_has_left_is_asked_with_once_where_no_other_lives() {
    after(
        LAST_CALL,
        "
        0:03.2  #3 vacant 4         left 4 ann bridged, 1 bridged 4 ann for sure
        ",
    );
}

#[test]
fn a_switch_that_refuses_a_call_that_has_left_is_not_asked_so_again() {
    for said in ["refused no-such-call", "unclear 404 Not found", "refused forbidden"] {
        let story = format!(
            "{LAST_CALL}
        0:03.2  #3 {said}           left 4 ann bridged, 1 bridged 4 ann
        0:10    event answer cat    -
        0:11    2 bridge cat 5      #4 cat slots 5
        0:12    #4 held 5 dan       #5 cat bridge 5, arrived 5
        0:13    #5 bridged 5 dan    left 5 dan bridged, 2 bridged 5 dan
                slot 5              free unconfirmed
            "
        );
        watch(confirming(), &story);
    }
}

#[test]
fn a_call_that_was_parked_is_asked_with_once_where_that_is_allowed() {
    let story = "
        0:00    event answer ann    -
        0:01    1 park ann 4        #1 ann slots 4
        0:02    #1 vacant 4         #2 ann park 4
        ";
    let auto = || MirrorOptions { ask_with_parked: AskWithParked::Auto, ..confirming() };
    let refused = format!(
        "{story}
        0:03    #2 parked 4 ann     -
        0:03.1  wake                #3 ann slots 4
        0:03.2  #3 unclear 404 no   arrived 4, 1 parked 4 ann until 3:02
        0:10    event answer bob    -
        0:11    2 park bob 5        #4 bob slots 5
        0:12    #4 vacant 5         #5 bob park 5
        0:13    #5 parked 5 bob     arrived 5, 2 parked 5 bob until 3:12
        "
    );
    watch(auto(), &refused);
    let answered = format!(
        "{story}
        0:03    #2 parked 4 ann     -
        0:03.1  wake                #3 ann slots 4
        0:03.2  #3 held 4 ann       arrived 4, 1 parked 4 ann until 3:02 for sure
        0:10    event answer bob    -
        0:11    2 bridge bob 5      #4 bob slots 5
        0:12    #4 held 5 dan       #5 bob bridge 5, arrived 5
        0:13    #5 bridged 5 dan    -
        0:13.1  wake                #6 ann slots 5
        "
    );
    watch(auto(), &answered);
    let never = format!(
        "{story}
        0:03    #2 parked 4 ann     arrived 4, 1 parked 4 ann until 3:02
        "
    );
    watch(confirming(), &never);
}
