//! A relay asks for all clients while its feed is up.

use valet_park::mirror::MirrorOptions;

use crate::support::{usual, watch};

fn small() -> MirrorOptions {
    MirrorOptions { slots: 3, ..usual() }
}

/// Watches a panel with a live call, while the feed of a relay is up.
fn relayed(story: &str) {
    let beginning = "
        0:00  event answer bob                 -
        0:00  feed partial                     -
        0:00  led                              -
        0:00  looks                            -
        ";
    watch(small(), &format!("{beginning}\n{story}"));
}

#[test]
fn nothing_is_asked_in_the_background_until_the_feed_is_down() {
    relayed(
        "
              sync                             asking
              asks                             never
        0:01  told ~5 dan slots: free 1 2 3    -
        0:20  wake                             -
        0:30  feed down                        #1 bob slots
              sync                             asking
        ",
    );
}

#[test]
fn an_exact_feed_of_a_relay_needs_no_rounds_either() {
    watch(
        small(),
        "
        0:00  event answer bob                 -
        0:00  told ~3 dan slots: free 1 2 3    -
        0:00  feed up                          -
        0:00  led                              -
        0:00  looks                            -
              asks                             never
        9:00  wake                             -
              slot 2                           free
        9:01  led no                           #1 bob slots
        ",
    );
}

#[test]
fn a_slot_lapses_if_the_relay_does_not_tell_of_it_in_time() {
    relayed(
        "
        0:01  told ~5 dan slots: free 1 2 3    -
        0:07  told ~6>5 dan slots: free 1 2 3  -
        0:13  wake                             -
              slot 2                           free
        0:23  wake                             -
              slot 2                           free
        0:24  wake                             -
              slot 2                           free unconfirmed
        0:25  told ~7>6 dan slots: free 1 2 3  -
              slot 2                           free
        ",
    );
}

#[test]
fn the_answers_that_the_relay_gets_say_whether_the_switch_can_be_reached() {
    relayed(
        "
        0:01  told ~5 dan slots: unclear 503   -
              sync                             offline
        0:02  told ~6 dan slots: refused unauthorized  -
              sync                             offline
        0:07  told ~7 dan slots: free 1 2 3    -
              sync                             asking
        0:08  led no                           #1 bob slots
        0:08  told ~8 dan slots: unclear 503   -
              sync                             asking
        ",
    );
}

#[test]
fn a_bridge_still_looks_before_and_a_park_confirms_after() {
    watch(
        MirrorOptions { confirm: true, ..small() },
        "
        0:00  event answer ann                 -
        0:00  event answer bob                 -
        0:00  feed partial                     -
        0:00  led                              -
        0:00  looks                            -
        0:01  1 park ann 2                     #1 ann slots 2
        0:01  #1 vacant 2 ~5                   #2 ann park 2
        0:02  #2 parked 2 ann ~6>5             -
        0:02.100  wake                         #3 bob slots 2
        0:02.200  #3 held 2 ann ~7>6           arrived 2, 1 parked 2 ann until 3:01 for sure
        0:09  wake                             -
        ",
    );
}

#[test]
fn a_move_makes_no_feed_exact() {
    watch(
        small(),
        "
        0:00  feed partial                     -
        0:01  told ~5 parked 2 ann             arrived 2
              sync                             idle
        0:08  wake                             -
              slot 2                           held ann unconfirmed mine since 0:01 until 3:01
        ",
    );
}
