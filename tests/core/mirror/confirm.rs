//! The check after an act, which confirms or corrects the answer of the switch.

use valet_park::mirror::{AskWithParked, MirrorOptions};

use crate::support::{confirming, watch};

/// Bob and cat talk. A `bridge` of bob with ann in slot 4 was answered and is not confirmed yet.
const BRIDGED: &str = "
        0:00    event answer cat    -
        0:00    event answer bob    -
        0:01    1 bridge bob 4      #1 bob slots 4
        0:02    #1 held 4 ann       #2 bob bridge 4, arrived 4
        0:03    #2 bridged 4        -
        ";

/// Ann and cat talk. A `park` of ann in slot 4 was answered and is not confirmed yet.
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
fn a_park_is_pending_until_a_check_confirms_it() {
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
fn a_bridge_is_pending_until_a_check_shows_that_the_call_left() {
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
fn a_bridge_succeeded_if_a_third_call_is_in_the_slot_afterwards() {
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
fn a_bridge_that_parked_its_call_fails_after_three_checks() {
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
fn a_call_that_was_parked_and_left_was_not_connected() {
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
fn a_bridge_is_not_done_if_the_same_call_still_waits() {
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
fn a_call_that_the_switch_shows_a_moment_too_long_is_checked_again() {
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
fn a_park_fails_after_three_checks_show_the_slot_vacant() {
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
fn a_park_fails_if_another_call_is_in_the_slot() {
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
fn without_a_clear_check_the_answer_of_the_switch_counts() {
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
fn the_refusal_vacant_confirms_a_bridge() {
    after(
        BRIDGED,
        "
        0:03.1  wake                  #3 cat slots 4
        0:03.2  #3 refused vacant 4   left 4 ann bridged, 1 bridged 4 ann for sure
        ",
    );
}

#[test]
fn a_park_without_a_slot_is_confirmed_in_the_slot_of_the_answer() {
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
fn a_feed_names_the_extension_that_took_a_call() {
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
fn a_silent_feed_is_waited_for_one_second_at_most() {
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
fn a_feed_confirms_a_park_whose_answer_is_lost() {
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
fn a_command_aborted_after_its_act_ends_at_once() {
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

/// Bob is the only call of the extension. He is bridged with ann in slot 4, and his leg has ended.
const LAST_CALL: &str = "
        0:00    event answer bob    -
        0:01    1 bridge bob 4      #1 bob slots 4
        0:02    #1 held 4 ann       #2 bob bridge 4, arrived 4
        0:03    #2 bridged 4 ann    -
        0:03    event hangup bob    -
        0:03.1  wake                #3 bob slots 4
        ";

#[test]
fn without_another_live_call_the_check_is_asked_once_with_the_call_that_left() {
    after(
        LAST_CALL,
        "
        0:03.2  #3 vacant 4         left 4 ann bridged, 1 bridged 4 ann for sure
        ",
    );
}

#[test]
fn a_refused_call_that_left_stops_such_checks() {
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
fn the_check_is_asked_once_with_the_parked_call_where_allowed() {
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
