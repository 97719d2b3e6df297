//! A lot whose size differs from the options. The mirror reports the difference once.

use valet_park::feed::Stamp;
use valet_park::mirror::{Command, CommandId, Effects, Input, Mirror, MirrorOptions, Notice};
use valet_park::{Budget, Time};

use crate::support::{call, parse_answer, usual, watch};

#[test]
fn unlisted_slots_that_the_switch_refuses_are_absent() {
    for said in ["refused no-such-slot", "refused bad-request"] {
        let story = format!(
            "
        0:00  event answer bob    -
        0:00  looks               #1 bob slots
        0:00  #1 free 1 2         #2 bob slots 3, #3 bob slots 4
        0:00  #2 {said}           #4 bob slots 5, error invalid-options 3
        0:00  #3 {said}           -
        0:00  #4 {said}           -
              slot 2              free
              slot 3              unknown
              slot 5              unknown
        0:06  wake                #5 bob slots
        0:06  #5 free 1 2         -
        0:30  1 refresh           #6 bob slots
        0:30  #6 free 1 2         #7 bob slots, 1 refreshed
              slot 5              unknown
            "
        );
        watch(MirrorOptions { slots: 5, ..usual() }, &story);
    }
}

#[test]
fn unlisted_slots_that_are_not_found_are_absent() {
    watch(
        MirrorOptions { slots: 3, ..usual() },
        "
        0:00  event answer bob            -
        0:00  looks                       #1 bob slots
        0:00  #1 free 1 2                 #2 bob slots 3
        0:00  #2 unclear 404 Not found    #3 bob slots 3
        0:00  #3 unclear 404 Not found    error invalid-options 3
              slot 3                      unknown
        0:06  wake                        #4 bob slots
        0:06  #4 free 1 2                 -
              slot 3                      unknown
        ",
    );
}

#[test]
fn a_bad_request_does_not_make_a_held_slot_absent() {
    watch(
        MirrorOptions { slots: 3, ..usual() },
        "
        0:00  event answer bob         -
        0:00  1 inspect 3              #1 bob slots 3
        0:00  #1 held 3 ann            arrived 3, 1 inspected 3
        0:01  2 inspect 3              #2 bob slots 3
        0:01  #2 refused bad-request   2 fails bad-request
              slot 3                   held ann seen 0:00 until 3:00
        ",
    );
}

#[test]
fn a_slot_beyond_the_lot_in_a_message_is_not_checked() {
    watch(
        MirrorOptions { slots: 3, ..usual() },
        "
        0:00  event answer bob               -
        0:00  told bob slots 7: held 7 ann   -
        0:00  told parked 8 cat by 200       -
        ",
    );
}

/// Gives a command to a mirror of three slots, answers its first question, and returns the error
/// about the size of the lot.
fn size_error(command: Command, answer: &str) -> String {
    let mut mirror = Mirror::new(MirrorOptions { slots: 3, ..usual() });
    let mut handle = |input| mirror.handle(Time::from_ms(1), input);
    let Effects { questions, .. } = handle(Input::Command(CommandId(1), command));
    let (ticket, _) = questions.into_iter().next().expect("a question");
    let (answer, budget) = (parse_answer(answer), Budget::default());
    let effects = handle(Input::Answered { ticket, answer, budget, stamp: Stamp::default() });
    let error = effects.notices.into_iter().find_map(|notice| match notice {
        Notice::Error(error) => Some(error.to_string()),
        _ => None,
    });
    error.expect("an error about the size")
}

#[test]
fn the_error_says_how_to_change_the_number_of_slots() {
    let park = Command::Park { call: call("ann"), slot: None };
    assert_eq!(
        size_error(park, "parked 12 ann"),
        "expected slots from 1 to 3, found slot 12; set `dialect.slots` higher"
    );
    let inspect = Command::Inspect { slot: "3".parse().unwrap(), call: Some(call("ann")) };
    assert_eq!(
        size_error(inspect, "refused no-such-slot 3"),
        "expected slots from 1 to 3, but the switch has no slot 3; set `dialect.slots` lower"
    );
}
