//! The legs of a call. Two devices of one extension ring for one call, on two legs.

use crate::support::{usual, watch};

#[test]
fn an_answered_call_survives_the_end_of_another_leg() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1 t=1   -
        0:00  event dial-in ann id=a leg=2 t=1   -
        0:02  event answer ann id=a leg=1 t=3    -
        0:02  event hangup ann id=a leg=2 t=3    -
              call ann                           talking
        0:05  event hangup ann id=a leg=2 t=3    -
              call ann                           talking
        0:09  event hangup ann id=a leg=1 t=9    -
              call ann                           gone unknown 0:09
        ",
    );
}

#[test]
fn another_leg_may_end_before_the_answer_event() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1 t=1   -
        0:00  event dial-in ann id=a leg=2 t=1   -
        0:02  event hangup ann id=a leg=2 t=3    -
              call ann                           ringing
        0:02  event answer ann id=a leg=1 t=3    -
              call ann                           talking
        ",
    );
}

#[test]
fn an_unanswered_call_ends_with_its_last_leg() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1   -
        0:00  event dial-in ann id=a leg=2   -
        0:02  event hangup ann id=a leg=1    -
              call ann                       ringing
        0:03  event hangup ann id=a leg=2    -
              call ann                       gone unknown 0:03
        ",
    );
}

#[test]
fn a_call_ends_with_its_answered_leg_even_if_another_leg_never_ended() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1 t=1   -
        0:00  event dial-in ann id=a leg=2 t=1   -
        0:02  event answer ann id=a leg=1 t=3    -
        0:09  event hangup ann id=a leg=1 t=9    -
              call ann                           gone unknown 0:09
        ",
    );
}

#[test]
fn a_hangup_that_names_no_leg_ends_the_whole_call() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1   -
        0:00  event dial-in ann id=a leg=2   -
        0:02  event hangup ann id=a          -
              call ann                       gone unknown 0:02
        ",
    );
}

#[test]
fn the_end_of_another_leg_during_a_park_is_not_the_park() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1 t=1   -
        0:00  event dial-in ann id=a leg=2 t=1   -
        0:00  event answer ann id=a leg=1 t=2    -
        0:01  1 park ann 4                       #1 ann slots 4
        0:02  #1 vacant 4                        #2 ann park 4
        0:02  event hangup ann id=a leg=2 t=3    -
              calls                              ann talking parking
        0:02  event hangup ann id=a leg=1 t=4    -
              calls                              ann parked parking
        0:03  #2 parked 4 ann                    arrived 4, 1 parked 4 ann until 3:02
        1:00  event dial-in ann id=a leg=3 t=60  left 4 ann returned mine
        1:01  event hangup ann id=a leg=3 t=62   -
              call ann                           gone returned 1:00
        ",
    );
}

#[test]
fn a_returned_call_lives_by_its_new_legs() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1 t=0   -
        0:01  event dial-in ann id=a leg=2 t=1   -
        0:02  event answer ann id=a leg=1 t=2    -
        0:02  1 park ann 4                       #1 ann slots 4
        0:03  #1 vacant 4                        #2 ann park 4
        0:04  event hangup ann id=a leg=1 t=4    -
        0:05  #2 parked 4 ann                    arrived 4, 1 parked 4 ann until 3:03
        1:00  event dial-in ann id=a leg=3 t=60  left 4 ann returned mine
        1:01  event dial-in ann id=a leg=4 t=60  -
        1:10  event hangup ann id=a leg=4 t=70   -
              calls                              ann ringing from 4 after 57s
        1:11  event hangup ann id=a leg=3 t=71   -
              calls                              none
        ",
    );
}

#[test]
fn an_answer_event_answers_the_leg_that_it_names() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1 t=0  -
        0:01  event dial-in ann id=a leg=2 t=1  -
        0:02  event answer ann id=a leg=2 t=2   -
        0:03  event hangup ann id=a leg=1 t=3   -
              calls                             ann talking
        0:04  event hangup ann id=a leg=2 t=4   -
              calls                             none
        ",
    );
}

#[test]
fn an_answered_leg_stays_answered_after_a_late_ring_event() {
    watch(
        usual(),
        "
        0:01  event dial-in ann id=a leg=1       -
        0:01  event dial-in ann id=a leg=2       -
        0:02  event answer ann id=a leg=1        -
        0:02  event dial-in ann id=a leg=1       -
        0:03  event hangup ann id=a leg=1        -
              calls                              none
        ",
    );
}

#[test]
fn at_most_sixteen_legs_are_remembered() {
    let rings = |leg: u32| format!("0:01  event dial-in ann id=a leg={leg}  -\n");
    let ends = |leg: u32| format!("0:02  event hangup ann id=a leg={leg}  -\n");
    let up: String = (1..=17).map(rings).collect();
    let down: String = (1..=15).map(ends).collect();
    watch(
        usual(),
        &format!(
            "{up}{down}
              calls                         ann ringing
        0:03  event hangup ann id=a leg=16  -
              calls                         none
        "
        ),
    );
}

#[test]
fn a_second_device_keeps_ringing_when_the_first_declines() {
    watch(
        usual(),
        "
        0:00  event dial-in ann id=a leg=1 t=1   -
        0:00  event dial-in ann id=a leg=2 t=1   -
        0:02  event hangup ann id=a leg=1 t=2    -
              call ann                           ringing
        0:03  event hangup ann id=a leg=2 t=3    -
              call ann                           gone unknown 0:03
        ",
    );
}
