//! Recognising the call of an event, and ordering two events.

use crate::support::{usual, watch};

#[test]
fn of_two_events_with_equal_times_the_one_with_the_later_state_counts_as_later() {
    watch(
        usual(),
        "
        0:01  event answer ann id=a leg=1 t=1   -
        0:01  event dial-in ann id=a leg=1 t=1  -
              calls                             ann talking
        0:02  event dial-in bob id=b leg=2 t=1  -
        0:02  event answer bob id=b leg=2 t=1   -
              calls                             ann talking, bob talking
        0:03  event hangup ann id=a leg=1 t=1   -
              calls                             bob talking
        0:04  event dial-in ann id=a leg=1 t=1  -
              calls                             bob talking
        ",
    );
}

#[test]
fn the_time_of_a_state_is_the_time_of_its_event() {
    watch(
        usual(),
        "
        0:01  event dial-in ann id=a leg=1 t=1  -
              since ann                         0:01
        0:05  event answer ann id=a leg=1 t=5   -
              since ann                         0:05
        0:09  event answer ann id=a leg=1 t=9   -
              since ann                         0:05
        ",
    );
}

#[test]
fn without_times_a_call_that_rings_on_another_leg_has_returned() {
    watch(
        usual(),
        "
        0:00  event answer ann id=a leg=1   -
        0:01  1 park ann 4                  #1 ann slots 4
        0:02  #1 vacant 4                   #2 ann park 4
        0:02  #2 parked 4 ann               arrived 4, 1 parked 4 ann until 3:02
        0:03  event hangup ann id=a leg=1   -
        0:30  event dial-in ann id=a leg=2  left 4 ann returned mine
              calls                         ann ringing from 4 after 28s
        ",
    );
}

#[test]
fn with_times_a_call_needs_no_legs_to_return() {
    watch(
        usual(),
        "
        0:00  event answer ann id=a t=0    -
        0:01  1 park ann 4                 #1 ann slots 4
        0:02  #1 vacant 4                  #2 ann park 4
        0:02  #2 parked 4 ann              arrived 4, 1 parked 4 ann until 3:02
        0:03  event hangup ann id=a t=3    -
        0:30  event dial-in ann id=a t=30  left 4 ann returned mine
        ",
    );
}

#[test]
fn without_times_and_legs_the_slot_of_a_call_that_rings_again_is_checked() {
    watch(
        usual(),
        "
        0:00  event answer ann id=a leg=1  -
        0:01  1 park ann 4                 #1 ann slots 4
        0:02  #1 vacant 4                  #2 ann park 4
        0:02  #2 parked 4 ann              arrived 4, 1 parked 4 ann until 3:02
        0:30  event dial-in ann id=a       #3 ann slots 4
        ",
    );
}

#[test]
fn a_hangup_as_the_first_event_of_a_parked_call_leaves_it_parked() {
    watch(
        usual(),
        "
        0:01  told parked 2 ann      arrived 2
        0:02  event hangup ann id=a  -
              calls                  ann parked 2
        ",
    );
}

#[test]
fn a_later_event_revives_an_ended_call() {
    watch(
        usual(),
        "
        0:01  event answer ann t=1    -
        0:05  event hangup ann t=5    -
        0:06  event answer ann t=4    -
              calls                   none
        0:07  event answer ann t=5    -
              calls                   none
        0:10  event dial-in ann t=10  -
              calls                   ann ringing
        ",
    );
}

#[test]
fn an_ended_call_is_recognised_by_its_leg_or_its_thread() {
    watch(
        usual(),
        "
        0:01  event hangup ann id=a leg=1 t=5   -
        0:02  event dial-in bob id=b leg=1 t=4  -
        0:02  event dial-in cat id=a leg=2 t=4  -
        0:03  event dial-in dan leg=1 t=4       -
        0:03  event dial-in eve id=a t=4        -
              calls                             none
        0:04  event dial-in fay id=f leg=3 t=4  -
              calls                             fay ringing
        ",
    );
}

#[test]
fn without_times_only_a_different_leg_revives_an_ended_call() {
    watch(
        usual(),
        "
        0:01  event hangup ann              -
        0:02  event dial-in ann leg=2       -
        0:03  event hangup bob leg=3        -
        0:04  event dial-in bob             -
        0:05  event dial-in bob leg=3       -
              calls                         none
        0:06  event dial-in bob leg=4       -
              calls                         bob ringing
        ",
    );
}

#[test]
fn an_event_with_another_name_is_recognised_by_any_live_leg() {
    watch(
        usual(),
        "
        0:01  event dial-in ann leg=1   -
        0:02  event answer bob leg=1    -
              calls                     ann talking
        0:03  event dial-in cat leg=2   -
        0:03  event dial-in cat leg=3   -
        0:04  event answer dan leg=3    -
              calls                     ann talking, cat talking
        0:05  event hangup eve leg=3    -
              calls                     ann talking
        ",
    );
}

#[test]
fn a_parked_call_is_recognised_by_its_latest_leg() {
    watch(
        usual(),
        "
        0:00  event answer ann leg=1        -
        0:01  1 park ann 4                  #1 ann slots 4
        0:02  #1 vacant 4                   #2 ann park 4
        0:02  #2 parked 4 ann               arrived 4, 1 parked 4 ann until 3:02
        0:03  event hangup bob leg=1        -
              calls                         ann parked 4
        ",
    );
}

#[test]
fn the_callers_of_several_calls_are_kept_apart() {
    watch(
        usual(),
        "
        0:01  event dial-in ann from=111  -
        0:01  event dial-in bob from=222  -
        0:02  told parked 2 ann           arrived 2
        0:02  told parked 3 bob           arrived 3
              caller 2                    111
              caller 3                    222
        0:03  1 park bob 3                #1 bob slots 3
              caller 3                    222
        ",
    );
}

#[test]
fn the_caller_of_a_call_that_is_being_parked_can_become_known() {
    watch(
        usual(),
        "
        0:01  1 park ann 4                    #1 ann slots 4
        0:02  #1 vacant 4                     #2 ann park 4
              caller 4                        unknown
        0:03  event answer ann from=100       -
              caller 4                        100
        ",
    );
}
