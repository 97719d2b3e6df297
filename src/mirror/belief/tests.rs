//! Tests of [`Belief`] without a mirror: a test gives observations, and compares news and views.

use super::earliest::Earliest;
use super::*;
use crate::feed::Reason;
use crate::mirror::view::SlotState;
use crate::{Action, Answer, Question};

fn slot(number: u32) -> Slot {
    Slot::try_from(number).unwrap()
}

fn at(seconds: u32, step: u64) -> Moment {
    Moment { now: Time::default() + Millis::from_secs(seconds), step }
}

fn call(name: &str) -> CallApiId {
    name.parse().unwrap()
}

fn belief(slots: u16) -> Belief {
    let options = MirrorOptions::new("34414".parse().unwrap());
    Belief::new(&MirrorOptions { slots, ..options })
}

fn source(at: Moment) -> Source {
    Source {
        step: at.step,
        asked_at: at.now,
        arrived_at: at.now,
        command: None,
        order: None,
        since: None,
        is_second_hand: false,
        is_asker_alive: true,
    }
}

fn see(belief: &mut Belief, at: Moment, answer: &Answer) {
    let extension = "34414".parse().unwrap();
    let (action, slot) = (Action::Slots, None);
    let asked = Question { extension, call: call("bob"), action, slot };
    belief.observe(at, &asked, &source(at), answer);
}

fn held(number: u32, name: &str) -> Answer {
    Answer::Held { slot: slot(number), uuid: call(name).uuid().clone() }
}

fn state(belief: &Belief, number: u32) -> SlotState {
    belief.slot_view(Time::default(), slot(number)).unwrap().state
}

#[test]
fn a_call_is_found_by_its_name_and_in_one_slot_only() {
    let mut belief = belief(9);
    see(&mut belief, at(1, 1), &held(4, "ann"));
    assert_eq!(belief.slot_of(call("ann").uuid()), Some(slot(4)));
    assert!(matches!(belief.take_news()[..], [News::Arrived { .. }]));
    see(&mut belief, at(2, 2), &held(7, "ann"));
    assert_eq!(belief.slot_of(call("ann").uuid()), Some(slot(7)));
    assert_eq!(state(&belief, 4), SlotState::Unknown);
    let news = belief.take_news();
    let [News::Check(other), News::ParkedAgain(_), News::Arrived { .. }] = news[..] else {
        panic!("{news:?}");
    };
    assert_eq!(other, slot(4));
}

#[test]
fn an_older_answer_about_another_slot_does_not_move_a_call() {
    let mut belief = belief(9);
    let older = source(at(1, 1));
    see(&mut belief, at(2, 2), &held(7, "ann"));
    let seen = Observation::Held { uuid: call("ann").uuid().clone() };
    belief.apply(at(3, 3), slot(4), &older, &seen, Exit::UNKNOWN);
    assert_eq!(belief.slot_of(call("ann").uuid()), Some(slot(7)));
    assert_eq!(state(&belief, 4), SlotState::Unknown);
}

#[test]
fn a_list_of_free_slots_shows_which_call_left_and_which_slots_are_held() {
    let mut belief = belief(4);
    see(&mut belief, at(1, 1), &held(2, "ann"));
    belief.take_news();
    see(&mut belief, at(2, 2), &Answer::Free { slots: vec![slot(1), slot(2)] });
    let news = belief.take_news();
    assert!(matches!(&news[..], [News::Left { slot, .. }] if slot.number() == 2));
    assert_eq!(
        [1, 2, 3, 4].map(|number| state(&belief, number)),
        [SlotState::Free, SlotState::Free, SlotState::Held, SlotState::Held,]
    );
    assert!(belief.knows_every_slot());
    assert_eq!(belief.vacant(), [slot(1), slot(2)]);
    assert_eq!(belief.held().map(|(slot, _)| slot).collect::<Vec<_>>(), [slot(3), slot(4)]);
}

#[test]
fn each_warning_before_a_return_is_reported_once() {
    let mut belief = belief(9);
    see(&mut belief, at(0, 1), &held(4, "ann"));
    belief.take_news();
    let mut reported = Vec::new();
    while let Some(next) = belief.next_warning() {
        belief.warn(next);
        reported.extend(belief.take_news().into_iter().map(|news| match news {
            News::Due(_, left) => left.as_ms() / 1000,
            News::Overdue(_) => 0,
            news => panic!("{news:?}"),
        }));
    }
    assert_eq!(reported, [60, 30, 10, 0]);
    assert!(belief.is_overdue(slot(4), at(181, 1).now));
}

#[test]
fn a_slot_lapses_five_seconds_after_changes_go_unnoticed() {
    let mut belief = belief(2);
    see(&mut belief, at(10, 1), &held(1, "ann"));
    see(&mut belief, at(12, 2), &Answer::Vacant { slot: slot(2) });
    let lost_at = Some(at(11, 0).now);
    let awareness = Awareness { lost_at, renewed_within: Millis::from_secs(12) };
    assert_eq!(belief.next_lapse(awareness), Some(at(16, 0).now));
    belief.lapse(at(16, 0).now, awareness);
    let is_confirmed = |number| belief.slot_view(at(16, 0).now, slot(number)).unwrap().is_confirmed;
    assert!(!is_confirmed(1));
    assert!(is_confirmed(2), "slot 2 was looked at later");
}

#[test]
fn a_slot_shows_the_act_of_a_command_until_the_command_ends() {
    let mut belief = belief(9);
    let (ann, extension) = (call("ann"), "34414".parse().unwrap());
    let command = CommandId(1);
    let intent = Intent::Park { call: ann, extension, command, sent_at: at(1, 1).now };
    belief.begin_act(at(1, 1), slot(4), intent);
    assert_eq!(state(&belief, 4), SlotState::Held);
    assert_eq!(belief.slot_of(call("ann").uuid()), None, "an intent is no observation");
    assert_eq!(belief.slot_showing(at(1, 1).now, call("ann").uuid()), Some(slot(4)));
    belief.end_act(at(2, 2), command, false);
    assert_eq!(state(&belief, 4), SlotState::Unknown);
}

#[test]
fn a_departure_is_explained_by_later_evidence_once() {
    let mut belief = belief(9);
    see(&mut belief, at(0, 1), &held(4, "ann"));
    let extension: ExtensionId = "34414".parse().unwrap();
    let uuid = call("ann").uuid().clone();
    let mut occupant = belief.cell(slot(4)).unwrap().occupant().unwrap().clone();
    occupant.parked_by = Some(extension);
    belief.depart(at(9, 2).now, slot(4), uuid.clone(), occupant, Exit::UNKNOWN);
    let revision = belief.departures_revision();
    assert!(belief.departures.explain(&uuid, &Exit::with_reason(Reason::Returned)));
    assert!(!belief.departures.explain(&uuid, &Exit::with_reason(Reason::Returned)));
    assert_ne!(belief.departures_revision(), revision);
}

#[test]
fn the_earliest_of_many_times_is_found() {
    for slots in [1, 2, 3, 9, 100] {
        let mut tree = Earliest::new(slots);
        let mut list = vec![None; slots.into()];
        let mut random = 7_u64;
        for _ in 0..2_000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let index = usize::try_from(random >> 33).unwrap() % usize::from(slots);
            let time = (random >> 20 & 3 != 0).then(|| Time::from_ms(random >> 50));
            tree.set(Slot::from_index(index).unwrap(), time);
            list[index] = time;
            let times = list.iter().enumerate().filter_map(|(at, time)| Some(((*time)?, at)));
            let first = times.min().map(|(time, at)| (time, Slot::from_index(at).unwrap()));
            assert_eq!(tree.first(), first);
        }
    }
}

#[test]
fn a_set_of_slots_is_read_in_order() {
    let mut set = SlotSet::default();
    for number in [65_535, 64, 1, 65, 64] {
        set.set(slot(number), true);
    }
    set.set(slot(65), false);
    set.set(slot(2), false);
    assert_eq!(set.len(), 3);
    assert_eq!(set.iter().map(Slot::number).collect::<Vec<_>>(), [1, 64, 65_535]);
}
