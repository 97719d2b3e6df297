//! A call that returns with a new name and a new thread: the number and the time tell.

use crate::support::{usual, watch};

/// Extension 34414 parks ann, who calls from the number 100, in slot 4 at 0:02.
const PARKED: &str = "
        0:00  event answer ann id=a from=100 t=0   -
        0:01  1 park ann 4                         #1 ann slots 4
        0:02  #1 vacant 4                          #2 ann park 4
        0:02  #2 parked 4 ann                      arrived 4, 1 parked 4 ann until 3:02
        0:02  event hangup ann id=a t=2            -
        ";

const WARNED: &str = "
        2:02  wake                                 due 4 in 60s
        2:32  wake                                 due 4 in 30s
        2:52  wake                                 due 4 in 10s
        ";

#[track_caller]
fn after_parking(story: &str) {
    watch(usual(), &format!("{PARKED}\n{story}"));
}

#[test]
fn a_call_of_the_same_number_at_the_deadline_is_the_parked_call() {
    after_parking(&format!(
        "{WARNED}
        3:03  event dial-in xyz id=x from=100 t=183  #3 xyz slots 4, left 4 ann returned mine
              slot 4                                 free unconfirmed
              calls                                  xyz ringing from 4 after 181s
              call ann                               gone returned 3:03
        3:03  #3 vacant 4                            -
              slot 4                                 free
        "
    ));
}

#[test]
fn a_call_that_waits_in_spite_of_that_waits_again() {
    after_parking(&format!(
        "{WARNED}
        3:03  event dial-in xyz id=x from=100 t=183  #3 xyz slots 4, left 4 ann returned mine
        3:03  #3 held 4 ann                          arrived 4
              slot 4                                 held ann seen 3:03 until 6:03
        "
    ));
}

#[test]
fn another_number_or_another_time_is_another_call() {
    after_parking(&format!(
        "{WARNED}
        3:02  event dial-in xyz id=x from=200 t=182  -
              calls                                  ann parked 4, xyz ringing
        "
    ));
    after_parking(
        "
        0:40  event dial-in xyz id=x from=100 t=40   -
              calls                                  ann parked 4, xyz ringing
        ",
    );
}

#[test]
fn an_outgoing_call_of_the_same_number_is_another_call() {
    after_parking(&format!(
        "{WARNED}
        3:02  event dial-out xyz id=x from=100 t=182  -
              calls                                   ann parked 4, xyz ringing
        "
    ));
}

#[test]
fn two_parked_calls_of_one_number_are_never_guessed() {
    after_parking(
        "
        0:03  event answer bob id=b from=100 t=3     -
        0:03  2 park bob 5                           #3 bob slots 5
        0:03  #3 vacant 5                            #4 bob park 5
        0:03  #4 parked 5 bob                        arrived 5, 2 parked 5 bob until 3:03
        0:03  event hangup bob id=b t=3              -
        2:52  wake                                   due 4 in 10s, due 5 in 30s
        2:53  wake                                   due 5 in 10s
        3:01  event dial-in xyz id=x from=100 t=181  -
              calls                                  ann parked 4, bob parked 5, xyz ringing
        ",
    );
}

#[test]
fn a_call_that_another_extension_parked_does_not_return_here() {
    watch(
        usual(),
        "
        0:00  event answer ann id=a from=100 t=0     -
        0:02  told ~1 parked 4 ann by 200            arrived 4
        2:02  wake                                   due 4 in 60s
        2:32  wake                                   due 4 in 30s
        2:52  wake                                   due 4 in 10s
        3:02  event dial-in xyz id=x from=100 t=182  -
              calls                                  ann parked 4, xyz ringing
        ",
    );
}

#[test]
fn a_departure_without_a_reason_is_explained() {
    after_parking(&format!(
        "{WARNED}
        3:02  event answer bob id=b t=182            -
        3:02  2 inspect 4                            #3 bob slots 4
        3:03  #3 vacant 4                            left 4 ann unknown mine, 2 inspected 4
        3:03  event dial-in xyz id=x from=100 t=182  left 4 ann returned mine
              calls                                  bob talking, xyz ringing from 4 after 181s
        "
    ));
}
