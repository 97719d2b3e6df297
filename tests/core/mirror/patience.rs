//! Learning from returning calls how long a call may wait.

use valet_park::Millis;
use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

/// Bob talks all the time; ann and then cat are parked in slot 4 and come back after 20 s.
const TWICE: &str = "
        0:00  event answer bob id=b leg=b1 t=0        -
        0:00  event answer ann id=a leg=a1 t=0        -
        0:00  1 park ann 4                            #1 ann slots 4
        0:00  #1 vacant 4                             #2 ann park 4
        0:00  #2 parked 4 ann                         arrived 4, 1 parked 4 ann until 3:00
        0:00  event hangup ann id=a leg=a1 t=0        -
              patience                                180s
        0:20  event dial-in ann id=a leg=a2 t=20      left 4 ann returned mine
              patience                                180s
        1:00  event answer cat id=c leg=c1 t=60       -
        1:00  2 park cat 4                            #3 cat slots 4
        1:00  #3 vacant 4                             #4 cat park 4
        1:00  #4 parked 4 cat                         arrived 4, 2 parked 4 cat until 4:00
        1:00  event hangup cat id=c leg=c1 t=60       -
        1:21  event dial-in cat id=c leg=c2 t=81  left 4 cat returned mine, error invalid-options
              patience                                180s seen 21s
        ";

#[test]
fn after_two_returns_the_countdown_uses_the_observed_patience() {
    let story = format!(
        "{TWICE}
        2:00  event answer dan id=d leg=d1 t=120      -
        2:00  3 park dan 4                            #5 dan slots 4
        2:00  #5 vacant 4                             #6 dan park 4
        2:00  #6 parked 4 dan  arrived 4, 3 parked 4 dan until 2:21, due 4 in 30s
        2:00  event hangup dan id=d leg=d1 t=120      -
        2:20  event dial-in dan id=d leg=d2 t=140     left 4 dan returned mine
              patience                                180s seen 20s
        "
    );
    watch(usual(), &story);
}

#[test]
fn a_wait_as_long_as_the_options_say_teaches_nothing() {
    let story = TWICE
        .replace("180s seen", "20s seen")
        .replace("180s", "20s")
        .replace("until 3:00", "until 0:20, due 4 in 30s")
        .replace("until 4:00", "until 1:20, due 4 in 30s")
        .replace(", error invalid-options", "");
    watch(MirrorOptions { patience: Millis::from_secs(20), ..usual() }, &story);
}

#[test]
fn two_waits_of_different_length_teach_nothing() {
    watch(
        usual(),
        "
        0:00  event answer bob id=b leg=b1 t=0        -
        0:00  event answer ann id=a leg=a1 t=0        -
        0:00  1 park ann 4                            #1 ann slots 4
        0:00  #1 vacant 4                             #2 ann park 4
        0:00  #2 parked 4 ann                         arrived 4, 1 parked 4 ann until 3:00
        0:00  event hangup ann id=a leg=a1 t=0        -
        0:20  event dial-in ann id=a leg=a2 t=20      left 4 ann returned mine
        0:30  2 park ann 4                            #3 ann slots 4
        0:30  #3 vacant 4                             #4 ann park 4
        0:30  #4 parked 4 ann                         arrived 4, 2 parked 4 ann until 3:30
        0:30  event hangup ann id=a leg=a2 t=30       -
        1:10  event dial-in ann id=a leg=a3 t=70      left 4 ann returned mine
              patience                                180s
        ",
    );
}

#[test]
fn a_call_that_another_extension_parked_does_not_return_here_before_its_time() {
    watch(
        usual(),
        "
        0:00  event answer bob id=b leg=b1 t=0        -
        0:00  event answer ann id=a leg=a1 t=0        -
        0:01  event hangup ann id=a leg=a1 t=1        -
        0:02  told parked 4 ann by 200                arrived 4
        0:20  event dial-in ann id=a leg=a2 t=20      #1 bob slots 4
        0:21  #1 vacant 4                             left 4 ann unknown
        ",
    );
}

#[test]
fn a_return_that_a_check_saw_first_is_explained_however_early() {
    watch(
        usual(),
        "
        0:00  event answer bob id=b leg=b1 t=0        -
        0:00  event answer ann id=a leg=a1 t=0        -
        0:00  1 park ann 4                            #1 ann slots 4
        0:00  #1 vacant 4                             #2 ann park 4
        0:00  #2 parked 4 ann                         arrived 4, 1 parked 4 ann until 3:00
        0:00  event hangup ann id=a leg=a1 t=0        -
        0:20  2 inspect 4                             #3 bob slots 4
        0:20  #3 vacant 4                             left 4 ann unknown mine, 2 inspected 4
        0:20  event dial-in ann id=a leg=a2 t=20      left 4 ann returned mine
        ",
    );
}

#[test]
fn two_waits_that_differ_by_two_seconds_count_as_the_same() {
    let twice = TWICE
        .replace("1:21  event", "1:22  event")
        .replace("t=81 ", "t=82 ")
        .replace("seen 21s", "seen 22s");
    watch(usual(), &twice);
}

#[test]
fn calls_whose_arrival_was_not_seen_teach_nothing() {
    watch(
        MirrorOptions { patience: Millis::from_secs(100), ..usual() },
        "
        0:00  event answer bob id=b t=0            -
        0:00  event answer ann id=a t=0            -
        0:00  event answer cat id=c t=0            -
        0:01  1 inspect 4 with bob                 #1 bob slots 4
        0:01  #1 held 4 ann                        arrived 4, 1 inspected 4
        0:01  2 inspect 5 with bob                 #2 bob slots 5
        0:01  #2 held 5 cat                        arrived 5, 2 inspected 5
        1:41  event dial-in ann id=a t=101         left 4 ann returned
        1:41  event dial-in cat id=c t=101         left 5 cat returned
              patience                             100s
        ",
    );
}

#[test]
fn calls_that_were_picked_up_early_teach_nothing() {
    watch(
        usual(),
        "
        0:00  event answer ann id=a leg=1 t=0      -
        0:00  event answer cat id=c leg=2 t=0      -
        0:01  1 park ann 4                         #1 ann slots 4
        0:01  #1 vacant 4                          #2 ann park 4
        0:01  #2 parked 4 ann                      arrived 4, 1 parked 4 ann until 3:01
        0:01  2 park cat 5                         #3 cat slots 5
        0:01  #3 vacant 5                          #4 cat park 5
        0:01  #4 parked 5 cat                      arrived 5, 2 parked 5 cat until 3:01
        0:40  event answer ann id=a leg=3 t=40     #5 ann slots 4
        0:40  event answer cat id=c leg=4 t=40     #6 cat slots 5
              patience                             180s
        ",
    );
}
