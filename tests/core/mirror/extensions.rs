//! One mirror for several extensions: whose calls there are, and who asks for whom.

use valet_park::mirror::{AskWithParked, MirrorOptions};

use crate::support::{DESK, usual, watch};

/// A desk with three lines: the usual extension, `200` and `300`.
fn three_lines() -> MirrorOptions {
    let extensions = [DESK, "200", "300"].map(|extension| extension.parse().unwrap());
    MirrorOptions { extensions: extensions.into(), ..usual() }
}

#[test]
fn a_question_is_asked_for_the_extension_that_has_the_call_it_is_asked_with() {
    watch(
        three_lines(),
        "
        0:00  event answer ann at=200   -
        0:00  event answer bob at=300   -
        0:01  1 inspect 4               #1 ann slots 4 for 200
        0:01  #1 vacant 4               1 inspected 4
        0:02  event hangup ann at=200   -
        0:02  2 inspect 4               #2 bob slots 4 for 300
        0:02  #2 vacant 4               2 inspected 4
              calls                     bob talking at 300
        ",
    );
}

#[test]
fn a_command_acts_for_the_extension_that_has_the_call() {
    watch(
        three_lines(),
        "
        0:00  event answer ann at=200   -
        0:00  event answer bob          -
        0:01  1 park ann 4              #1 ann slots 4 for 200
        0:01  #1 vacant 4               #2 ann park 4 for 200
        0:01  #2 parked 4               arrived 4, 1 parked 4 ann until 3:01
              slot 4                    held ann mine by 200 since 0:01 until 3:01
              calls                     ann parked 4 at 200, bob talking
        0:05  2 bridge bob 4            #3 bob slots 4
        0:05  #3 held 4 ann             #4 bob bridge 4
        0:05  #4 bridged 4 ann          left 4 ann bridged mine, 2 bridged 4 ann
        ",
    );
}

#[test]
fn the_extension_in_the_question_of_a_park_has_parked_the_call() {
    // Ann is unknown, so the command names the first extension.
    watch(
        MirrorOptions { confirm: true, ..three_lines() },
        "
        0:00  event answer bob             -
        0:01  1 park ann 4                 #1 bob slots 4
        0:01  #1 vacant 4                  #2 ann park 4
        0:01  #2 parked 4                  -
        0:01  event hangup ann at=200      -
        0:02  wake                         #3 bob slots 4
        0:02  #3 held 4 ann                arrived 4, 1 parked 4 ann until 3:01 for sure
              slot 4                       held ann mine since 0:01 until 3:01
        ",
    );
}

#[test]
fn an_event_of_another_extension_is_ignored() {
    watch(
        three_lines(),
        "
        0:00  event answer ann at=400   -
              calls                     none
              call ann                  unknown
        ",
    );
}

#[test]
fn a_call_between_two_own_extensions_is_live_at_both() {
    watch(
        three_lines(),
        "
        0:00  event dial-in ann at=200   -
        0:00  event dial-in ann at=300   -
              calls                      ann ringing at 200, ann ringing at 300
        0:01  event hangup ann at=200    -
              calls                      ann ringing at 300
              call ann                   ringing
        ",
    );
}

#[test]
fn a_call_returns_to_the_own_extension_that_parked_it() {
    watch(
        three_lines(),
        "
        0:00  event answer ann id=a leg=a1 t=0 at=200    -
        0:01  1 park ann 4                               #1 ann slots 4 for 200
        0:01  #1 vacant 4                                #2 ann park 4 for 200
        0:01  #2 parked 4                                arrived 4, 1 parked 4 ann until 3:01
        0:01  event hangup ann id=a leg=a1 t=1 at=200    -
        0:09  event dial-in ann id=a leg=a2 t=9 at=300   #3 ann slots 4 for 300
        0:10  event dial-in ann id=a leg=a3 t=9 at=200   left 4 ann returned mine
        ",
    );
}

#[test]
fn without_live_calls_a_parked_call_of_any_own_extension_is_asked_with() {
    watch(
        MirrorOptions { ask_with_parked: AskWithParked::Auto, ..three_lines() },
        "
        0:00  event answer ann at=300    -
        0:01  1 park ann 4               #1 ann slots 4 for 300
        0:01  #1 vacant 4                #2 ann park 4 for 300
        0:01  #2 parked 4                arrived 4, 1 parked 4 ann until 3:01
        0:01  event hangup ann at=300    -
        0:09  2 inspect 5                #3 ann slots 5 for 300
        0:09  #3 vacant 5                2 inspected 5
        ",
    );
}

#[test]
fn an_event_without_an_extension_belongs_to_the_extension_that_has_the_call() {
    let extensions = ["@101", "@102"].map(|extension| extension.parse().unwrap());
    watch(
        MirrorOptions { extensions: extensions.into(), ..usual() },
        "
        0:00  event dial-in ann at=200   -
        0:01  event answer ann at=200    -
              calls                      ann talking at @101
        0:02  1 park ann 4               #1 ann slots 4 for @101
        ",
    );
}
