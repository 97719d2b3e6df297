//! The belief about a slot: what it shows, and which observation overrules which.

use crate::support::{usual, watch};

#[test]
fn a_slot_without_any_observation_is_unknown() {
    watch(
        usual(),
        "
        at    what happens      what has to be done
        0:00  wake              -
              slot 4            unknown
              sync              idle
              wakes             never
        ",
    );
}

#[test]
fn an_answer_shows_that_a_slot_is_free() {
    watch(
        usual(),
        "
        0:00  event answer bob  -
        0:01  1 inspect 4       #1 bob slots 4
              slot 4            unknown
              sync              asking
        0:02  #1 vacant 4       1 inspected 4
              slot 4            free
              sync              idle
        ",
    );
}

#[test]
fn the_times_of_a_call_that_was_there_already_are_estimates() {
    watch(
        usual(),
        "
        0:00  event answer bob  -
        0:01  1 inspect 4       #1 bob slots 4
        0:02  #1 held 4 ann     arrived 4, 1 inspected 4
              slot 4            held ann seen 0:02 until 3:02
        0:30  2 inspect 4       #2 bob slots 4
        0:31  #2 held 4 ann     2 inspected 4
              slot 4            held ann seen 0:02 until 3:02
        ",
    );
}

#[test]
fn a_park_shows_at_once_and_is_confirmed_by_its_answer() {
    watch(
        usual(),
        "
        0:00  event answer ann  -
        0:01  1 park ann 4      #1 ann slots 4
              slot 4            unknown parking
        0:02  #1 vacant 4       #2 ann park 4
              slot 4            held ann unconfirmed parking mine seen 0:02 until 3:02
              call ann          parked 4 unconfirmed
        0:03  #2 parked 4 ann   arrived 4, 1 parked 4 ann until 3:02
              slot 4            held ann mine since 0:02 until 3:02
              call ann          parked 4
        ",
    );
}

#[test]
fn an_answer_about_the_slot_confirms_the_park_before_its_own_answer_does() {
    watch(
        usual(),
        "
        0:00  event answer bob  -
        0:01  1 park ann 4      #1 bob slots 4
        0:02  #1 vacant 4       #2 ann park 4
        0:03  2 inspect 4       #3 bob slots 4
        0:04  #3 held 4 ann     arrived 4, 2 inspected 4
              slot 4            held ann parking since 0:02 until 3:02
        0:05  #2 parked 4 ann   1 parked 4 ann until 3:02
              slot 4            held ann mine since 0:02 until 3:02
        ",
    );
}

#[test]
fn a_vacant_answer_while_a_park_is_on_its_way_changes_nothing() {
    watch(
        usual(),
        "
        0:00  event answer bob  -
        0:01  1 park ann 4      #1 bob slots 4
        0:02  #1 vacant 4       #2 ann park 4
        0:03  2 inspect 4       #3 bob slots 4
        0:04  #3 vacant 4       2 inspected 4
              slot 4            held ann unconfirmed parking mine seen 0:02 until 3:02
        0:05  #2 parked 4 ann   arrived 4, 1 parked 4 ann until 3:02
        ",
    );
}

#[test]
fn a_park_is_refused_when_another_call_is_in_the_slot() {
    watch(
        usual(),
        "
        0:00  event answer bob   -
        0:01  1 park ann 4       #1 bob slots 4
        0:02  #1 vacant 4        #2 ann park 4
        0:03  2 inspect 4        #3 bob slots 4
        0:04  #3 held 4 cat      arrived 4, 2 inspected 4
              slot 4             held cat parking seen 0:04 until 3:04
        0:05  #2 refused taken 4  1 fails taken 4
              slot 4             held cat seen 0:04 until 3:04
        ",
    );
}

#[test]
fn a_refused_park_shows_that_the_slot_is_held() {
    watch(
        usual(),
        "
        0:00  event answer ann    -
        0:02  2 park ann 4        #1 ann slots 4
        0:03  #1 vacant 4         #2 ann park 4
        0:04  #2 refused taken 4  2 fails taken 4
              slot 4              held somebody seen 0:04 until 3:04
              call ann            talking
        0:05  3 inspect 4         #3 ann slots 4
        0:06  #3 held 4 bob       arrived 4, 3 inspected 4
              slot 4              held bob seen 0:04 until 3:04
        ",
    );
}

#[test]
fn a_bridge_shows_the_slot_held_until_an_answer_frees_it() {
    watch(
        usual(),
        "
        0:00  event answer bob    -
        0:01  1 bridge bob 4      #1 bob slots 4
        0:02  #1 held 4 ann       #2 bob bridge 4, arrived 4
              slot 4              held ann unconfirmed bridging seen 0:02 until 3:02
        0:03  event hangup ann    -
              slot 4              held ann unconfirmed bridging seen 0:02 until 3:02
        0:04  2 inspect 4         #3 bob slots 4
        0:05  #3 held 4 ann       2 inspected 4
              slot 4              held ann unconfirmed bridging seen 0:02 until 3:02
        0:06  #2 bridged 4 ann    left 4 ann bridged, 1 bridged 4 ann
              slot 4              free
        0:07  #4 vacant 4         -
              slot 4              free
              call ann            gone bridged 0:06
        ",
    );
}

#[test]
fn after_its_deadline_a_call_shows_as_returning_until_an_answer_says_what_happened() {
    watch(
        usual(),
        "
        0:00      event answer bob  -
        0:01      1 inspect 4       #1 bob slots 4
        0:01      #1 held 4 ann     arrived 4, 1 inspected 4
        3:00.999  wake              due 4 in 10s
                  slot 4            held ann unconfirmed seen 0:01 until 3:01
                  wakes             3:01
        3:01      wake              -
                  slot 4            returning ann unconfirmed seen 0:01 until 3:01
                  call ann          parked 4 unconfirmed
        3:02      2 inspect 4       #2 bob slots 4
        3:03      #2 held 4 ann     2 inspected 4
                  slot 4            held ann seen 0:01 until 3:01
        3:04      3 inspect 4       #3 bob slots 4
        3:05      #3 vacant 4       left 4 ann unknown, 3 inspected 4
                  slot 4            free
        ",
    );
}

#[test]
fn a_held_slot_has_no_uuid_until_it_is_asked_for() {
    watch(
        usual(),
        "
        0:00  event answer bob      -
        0:01  1 free                #1 bob slots
        0:02  #1 free 2 3 4 5 6 7 8 9  1 free 2 3 4 5 6 7 8 9
              slot 1                held somebody seen 0:02 until 3:02
              slot 2                free
        0:20  2 inspect 1           #2 bob slots 1
        0:21  #2 held 1 ann         arrived 1, 2 inspected 1
              slot 1                held ann seen 0:02 until 3:02
        ",
    );
}
