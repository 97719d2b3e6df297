//! Questions of an extension whose only call is parked.

use valet_park::mirror::{AskWithParked, MirrorOptions};

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 2, ..usual() }
}

const OWN_PARKED: &str = "
        0:00    event answer ann    -
        0:00    looks               #1 ann slots
        0:00    #1 free 1 2         -
        0:01    1 park ann 1        #2 ann slots 1
        0:01    #2 vacant 1         #3 ann park 1
        0:01    #3 parked 1 ann     arrived 1, 1 parked 1 ann until 3:01
        0:01    event hangup ann    -
        ";

#[test]
fn after_the_only_call_is_parked_slots_lose_their_confirmation() {
    let story = format!(
        "{OWN_PARKED}
                sync                blind
        0:06    wake                -
                slot 1              held ann unconfirmed mine since 0:01 until 3:01
        "
    );
    watch(MirrorOptions { ask_with_parked: AskWithParked::No, ..small() }, &story);
}

#[test]
fn the_parked_call_is_asked_with_if_the_switch_answers() {
    let story = format!(
        "{OWN_PARKED}
                sync                asking
        0:02    wake                #4 ann slots 1
        0:02    #4 held 1 ann       -
        0:04    wake                #5 ann slots 1
        0:04    #5 held 1 ann       -
        0:06    wake                #6 ann slots
        0:06    #6 free 2           -
        0:12    wake                #7 ann slots
        0:12    #7 free 1 2         left 1 ann unknown mine
                slot 1              free
                sync                blind
        "
    );
    watch(MirrorOptions { ask_with_parked: AskWithParked::Auto, ..small() }, &story);
}

#[test]
fn a_refused_parked_call_is_not_asked_with_again_and_no_error_is_shown() {
    for said in ["unclear 404 Not found", "refused no-such-call", "refused forbidden"] {
        let story = format!(
            "{OWN_PARKED}
        0:02    wake                #4 ann slots 1
        0:02    #4 {said}           -
                sync                blind
        0:20    wake                -
                slot 1              held ann unconfirmed mine since 0:01 until 3:01
                calls               ann parked 1
        0:30    event answer bob    #5 bob slots 1
            "
        );
        watch(MirrorOptions { ask_with_parked: AskWithParked::Auto, ..small() }, &story);
    }
}

#[test]
fn a_sweep_refused_for_a_parked_call_ends_and_does_not_restart_at_once() {
    for allowed in [AskWithParked::Yes, AskWithParked::Auto] {
        for said in ["unclear 404 Not found", "refused no-such-call"] {
            let story = format!(
                "{OWN_PARKED}
        0:02    2 refresh           #4 ann slots
        0:02    3 refresh           -
        0:02    #4 {said}           2 fails no-live-call, 3 fails no-live-call
                sync                blind
        0:03    4 refresh           4 fails no-live-call
                "
            );
            watch(MirrorOptions { ask_with_parked: allowed, ..small() }, &story);
        }
    }
}

#[test]
fn after_a_parked_call_has_left_another_parked_call_is_asked_with() {
    let story = format!(
        "{OWN_PARKED}
        0:01    event answer eve    -
        0:01    2 park eve 2        #4 eve slots 2
        0:01    #4 vacant 2         #5 eve park 2
        0:01    #5 parked 2 eve     arrived 2, 2 parked 2 eve until 3:01
        0:01    event hangup eve    -
        0:02    wake                #6 ann slots 1
        0:02    #6 held 1 ann       #7 ann slots 2
        0:02    #7 held 2 eve       -
        0:04    wake                #8 ann slots 1
        0:04    #8 refused no-such-call  #9 eve slots 2
                slot 1              held ann unconfirmed mine since 0:01 until 3:01
                slot 2              held eve mine since 0:01 until 3:01
        "
    );
    watch(MirrorOptions { ask_with_parked: AskWithParked::Auto, ..small() }, &story);
}
