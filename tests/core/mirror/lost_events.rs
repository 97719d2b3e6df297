//! Returns and departures after lost call events.

use crate::support::{usual, watch};

/// Ann is parked in slot 4 two minutes after her ring. Her leg here goes on, and no event says so.
const PARKED_LATE: &str = "
        0:00  event answer bob               -
        0:00  event dial-in ann id=a t=0     -
        2:00  1 park ann 4                   #1 ann slots 4
        2:00  #1 vacant 4                    #2 ann park 4
        2:00  #2 parked 4 ann                arrived 4, 1 parked 4 ann until 5:00
        ";

#[test]
fn the_time_before_a_park_does_not_make_a_return_due() {
    watch(
        usual(),
        &format!(
            "{PARKED_LATE}
            3:05  event answer ann id=a t=185  #3 ann slots 4
            "
        ),
    );
    watch(
        usual(),
        &format!(
            "{PARKED_LATE}
            2:30  2 inspect 4                  #3 bob slots 4
            2:30  #3 held 4 cat                left 4 ann unknown mine, arrived 4, 2 inspected 4
            3:05  event answer ann id=a t=185  -
            "
        ),
    );
}

#[test]
fn a_late_hangup_tells_when_the_call_was_parked() {
    watch(
        usual(),
        "
        0:00  event answer ann id=a leg=1 t=0    -
        0:00  event answer bob                   -
        1:00  1 inspect 4                        #1 bob slots 4
        1:00  #1 held 4 ann                      arrived 4, 1 inspected 4
        1:01  event hangup ann id=a leg=1 t=2    -
        3:00  wake                               due 4 in 60s
        3:02  event answer ann id=a leg=2 t=182  left 4 ann returned
        ",
    );
}

/// Ann is parked in slot 4 by us. Then a feed reports a second park of ann in slot 5. Her return in
/// between got lost.
const PARKED_AGAIN: &str = "
        0:00  event answer ann id=a leg=1 t=0   -
        0:01  1 park ann 4                      #1 ann slots 4
        0:02  #1 vacant 4                       #2 ann park 4
        0:02  #2 parked 4 ann                   arrived 4, 1 parked 4 ann until 3:02
        0:02  event hangup ann id=a leg=1 t=2   -
        2:02  wake                              due 4 in 60s
        2:20  told ~7 parked 5 ann by 34414     arrived 5
        ";

#[test]
fn a_ring_after_an_unseen_return_may_be_older_than_the_second_park() {
    for fields in ["", " t=137", " leg=2", " leg=2 t=137"] {
        let scenario = format!(
            "{PARKED_AGAIN}
            2:21  event dial-in ann id=a{fields}  #3 ann slots 5
                  call ann                        ringing
            "
        );
        watch(usual(), &scenario);
    }
}

/// Ann is parked in slot 4 at 0:02. A question at 1:30 finds the slot free, and no event says why.
const SEEN_FREE: &str = "
        0:00  event answer bob             -
        0:00  event answer ann id=a leg=1  -
        0:02  1 park ann 4                 #1 ann slots 4
        0:02  #1 vacant 4                  #2 ann park 4
        0:02  #2 parked 4 ann              arrived 4, 1 parked 4 ann until 3:02
        0:02  event hangup ann id=a leg=1  -
        1:30  2 inspect 4                  #3 bob slots 4
        1:30  #3 vacant 4                  left 4 ann unknown mine, 2 inspected 4
        ";

#[test]
fn the_time_since_the_park_explains_a_departure() {
    watch(
        usual(),
        &format!(
            "{SEEN_FREE}
            3:02  event answer ann id=a leg=2  left 4 ann returned mine
            "
        ),
    );
}

#[test]
fn an_event_with_another_name_explains_a_departure() {
    watch(
        usual(),
        &format!(
            "{SEEN_FREE}
            3:02  event dial-in ann2 id=a leg=2  left 4 ann returned mine
                  calls                          bob talking, ann2 ringing from 4 after 88s
            "
        ),
    );
}
