//! Which call a question is asked with, and what the mirror learns from its refusal.

use valet_park::mirror::{AskWithParked, MirrorOptions};

use crate::support::{confirming, usual, watch};

fn asking_with_parked(options: MirrorOptions) -> MirrorOptions {
    MirrorOptions { ask_with_parked: AskWithParked::Yes, ..options }
}

#[test]
fn after_an_answer_a_parked_call_may_be_asked_with_again() {
    watch(
        asking_with_parked(usual()),
        "
        0:00  event answer ann   -
        0:01  1 inspect 4        #1 ann slots 4
        0:02  #1 held 4 ann      arrived 4, 1 inspected 4
              calls              ann parked 4
        0:03  2 inspect 5        #2 ann slots 5
        0:04  #2 vacant 5        2 inspected 5
        0:05  3 inspect 6        #3 ann slots 6
        0:06  #3 refused no-such-call  3 fails no-such-call
        0:07  4 inspect 7        4 fails no-live-call
        ",
    );
}

#[test]
fn a_refused_connected_call_stops_asking_with_connected_calls() {
    watch(
        confirming(),
        "
        0:00    event answer bob          -
        0:01    1 bridge bob 4            #1 bob slots 4
        0:02    #1 held 4 ann             #2 bob bridge 4, arrived 4
        0:03    #2 bridged 4              -
        0:03.1  wake                      #3 bob slots 4
        0:03.2  #3 unclear 404 Not found  left 4 ann bridged, 1 bridged 4 ann
        0:10    event answer cat          -
        0:11    2 bridge cat 4            #4 cat slots 4
        0:12    #4 held 4 dan             #5 cat bridge 4, arrived 4
        0:13    #5 bridged 4              left 4 dan bridged, 2 bridged 4 dan
        ",
    );
}

#[test]
fn a_refused_live_call_does_not_stop_asking_with_connected_calls() {
    watch(
        confirming(),
        "
        0:00    event answer cat          -
        0:00    event answer bob          -
        0:01    1 bridge bob 4            #1 bob slots 4
        0:02    #1 held 4 ann             #2 bob bridge 4, arrived 4
        0:03    #2 bridged 4              -
        0:03.1  wake                      #3 cat slots 4
        0:03.2  #3 unclear 404 Not found  #4 bob slots 4, left 4 ann bridged, 1 bridged 4 ann
        0:03.3  #4 vacant 4               -
        0:09    event hangup cat          -
        0:09    event hangup bob          -
        0:10    event answer eve          -
        0:11    2 bridge eve 4            #5 eve slots 4
        0:12    #5 held 4 dan             #6 eve bridge 4, arrived 4
        0:13    #6 bridged 4              -
        0:13.1  wake                      #7 eve slots 4
        ",
    );
}

#[test]
fn a_refused_ended_call_stops_asking_with_ended_calls() {
    watch(
        confirming(),
        "
        0:00    event answer bob          -
        0:01    event hangup bob          -
        0:02    1 inspect 4 with bob      #1 bob slots 4
        0:03    #1 unclear 404 Not found  1 fails unclear 4
        0:10    event answer cat          -
        0:11    2 bridge cat 4            #2 cat slots 4
        0:12    #2 held 4 dan             #3 cat bridge 4, arrived 4
        0:13    #3 bridged 4              left 4 dan bridged, 2 bridged 4 dan
        ",
    );
}

#[test]
fn after_a_lost_park_the_question_is_not_asked_with_a_call_that_may_be_parked() {
    watch(
        usual(),
        "
        0:00  event answer ann   -
        0:01  1 park ann 4       #1 ann slots 4
        0:02  #1 vacant 4        #2 ann park 4
        0:03  event hangup ann   -
        0:04  #2 lost timed-out  1 fails timed-out unknown
        ",
    );
}

#[test]
fn after_an_answer_an_ended_call_may_be_asked_with_again() {
    watch(
        confirming(),
        "
        0:00    event answer bob          -
        0:01    event hangup bob          -
        0:02    1 inspect 4 with bob      #1 bob slots 4
        0:03    #1 vacant 4               1 inspected 4
        0:10    event answer cat          -
        0:11    2 bridge cat 4            #2 cat slots 4
        0:12    #2 held 4 dan             #3 cat bridge 4, arrived 4
        0:13    #3 bridged 4              -
        0:13.1  wake                      #4 cat slots 4
        ",
    );
}

#[test]
fn only_calls_parked_by_this_extension_are_asked_with() {
    watch(
        asking_with_parked(usual()),
        "
        0:00  told parked 2 ann by 200   arrived 2
        0:01  1 inspect 5                1 fails no-live-call
        0:02  told parked 3 bob          arrived 3
        0:03  2 inspect 5                #1 bob slots 5
        ",
    );
}
