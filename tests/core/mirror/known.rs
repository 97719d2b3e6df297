//! Everything the mirror shows beside slots: callers, departures, the state of the connection.

use std::sync::Arc;

use valet_park::feed::{Message, Move, Stamp};
use valet_park::mirror::{
    Command, CommandId, Input, Mirror, MirrorOptions, Reason, SyncState, Ticket,
};
use valet_park::wire::read_event;
use valet_park::{Budget, Millis, Party, Slot, Time};

use crate::support::{call, moment, parse_answer, slot, usual, uuid, watch};

/// A mirror that gets one input per second.
struct Desk {
    mirror: Mirror,
    seconds: u32,
    tickets: Vec<Ticket>,
}

impl Desk {
    fn new(options: MirrorOptions) -> Self {
        Self { mirror: Mirror::new(options), seconds: 0, tickets: Vec::new() }
    }

    fn take(&mut self, input: Input) {
        self.seconds += 1;
        let effects = self.mirror.handle(Time::from_ms(u64::from(self.seconds) * 1000), input);
        self.tickets.extend(effects.questions.iter().map(|(ticket, _)| *ticket));
    }

    fn event(&mut self, fields: &str) {
        self.take(Input::Event(Arc::new(read_event(fields).unwrap())));
    }

    /// Asks for a slot and gets the answer `said`.
    fn look(&mut self, number: u32, said: &str, budget: Budget) {
        let call = Some(call("desk"));
        self.take(Input::Command(CommandId(0), Command::Inspect { slot: slot(number), call }));
        let ticket = self.tickets.pop().unwrap();
        self.take(Input::Answered {
            ticket,
            answer: parse_answer(said),
            budget,
            stamp: Stamp::default(),
        });
    }

    fn sync(&self) -> (SyncState, Option<u32>, Option<u32>, Option<Time>) {
        let view = self.mirror.sync_view();
        (view.state, view.limit, view.remaining, view.resets_at)
    }
}

const NOTHING: Budget = Budget { limit: None, remaining: None, resets_in: None };

#[test]
fn a_slot_shows_the_caller_for_every_spelling_of_the_call() {
    let mut desk = Desk::new(usual());
    desk.event(
        "EventType=answer&CallFlow=in&CalledExtensionID=34414&CallerIDName=Anna\
         &CallerIDNum=%2B79161112233&CallAPIID=3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0",
    );
    desk.look(4, "held 4 37B98FB2A66C11EAAE696FD86D94A0E0", NOTHING);
    let view = desk.mirror.slot_view(slot(4)).unwrap();
    let caller = view.caller.unwrap();
    assert_eq!(caller.name.as_deref(), Some("Anna"));
    assert_eq!(caller.number.as_deref(), Some("+79161112233"));
    let name = view.call.unwrap();
    assert_eq!(name.as_str(), "3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0");
}

#[test]
fn an_outgoing_call_shows_the_called_end() {
    let mut desk = Desk::new(usual());
    desk.event(
        "EventType=answer&CallFlow=out&CallerExtensionID=34414&CallAPIID=ann\
         &CallerIDNum=341&CalledNumber=%2B7916",
    );
    desk.look(4, "held 4 ann", NOTHING);
    let caller = desk.mirror.slot_view(slot(4)).unwrap().caller.unwrap();
    assert_eq!(caller.number.as_deref(), Some("+7916"));
}

#[test]
fn a_picked_up_call_shows_its_slot_while_it_rings_and_its_caller_from_the_answer_on() {
    let ring = "EventType=dial-in&CallFlow=in&CalledExtensionID=34414&CallAPIID=own&PickUpSlot=6\
                &CallerIDNum=6&CallerIDName=Pick+up+6:+Anna";
    let answer = "EventType=answer&CallFlow=in&CalledExtensionID=34414&CallAPIID=own&PickUpSlot=6\
                  &CallerIDNum=%2B7916&CallerIDName=Anna";
    let mut desk = Desk::new(usual());
    desk.event(ring);
    let shown = |desk: &Desk| {
        let caller = desk.mirror.call_views().next().unwrap().caller.unwrap();
        (caller.number.clone().unwrap(), caller.name.clone().unwrap())
    };
    assert_eq!(shown(&desk), ("6".to_owned(), "Pick up 6: Anna".to_owned()));
    desk.event(answer);
    assert_eq!(shown(&desk), ("+7916".to_owned(), "Anna".to_owned()));
    // A late event does not bring the slot back.
    desk.event(ring);
    assert_eq!(shown(&desk), ("+7916".to_owned(), "Anna".to_owned()));
    // The slot shows the caller, too, when the call is parked again.
    desk.look(4, "held 4 own", NOTHING);
    let caller = desk.mirror.slot_view(slot(4)).unwrap().caller.unwrap();
    assert_eq!(caller.name.as_deref(), Some("Anna"));
}

#[test]
fn an_unknown_call_is_shown_without_a_name() {
    let mut desk = Desk::new(usual());
    desk.look(4, "held 4 37b98fb2-a66c-11ea-ae69-6fd86d94a0e0", NOTHING);
    let view = desk.mirror.slot_view(slot(4)).unwrap();
    assert_eq!((view.call, view.caller), (None, None));
    assert_eq!(view.uuid, Some(uuid("37b98fb2-a66c-11ea-ae69-6fd86d94a0e0")));
}

#[test]
fn an_extension_number_does_not_filter_events() {
    let mut desk = Desk::new(MirrorOptions::new("@101".parse().unwrap()));
    desk.event("EventType=answer&CallFlow=in&CalledExtensionID=34414&CallAPIID=ann");
    assert_eq!(desk.mirror.call_views().count(), 1);
}

#[test]
fn the_latest_twenty_departures_are_remembered_newest_first() {
    let mut desk = Desk::new(usual());
    for number in 0..25 {
        desk.look(4, &format!("held 4 call{number}"), NOTHING);
        desk.look(4, "vacant 4", NOTHING);
    }
    let left: Vec<String> =
        desk.mirror.departures().map(|departure| departure.uuid.to_string()).collect();
    let expected: Vec<String> = (5..25).rev().map(|number| format!("call{number}")).collect();
    assert_eq!(left, expected);
    assert!(desk.mirror.departures().all(|departure| departure.reason == Reason::Unknown));
}

#[test]
fn the_latest_budget_is_shown() {
    let mut desk = Desk::new(usual());
    assert_eq!(desk.sync(), (SyncState::Idle, None, None, None));
    let resets_in = Some(Millis::from_secs(60));
    desk.look(4, "vacant 4", Budget { limit: Some(1000), remaining: Some(12), resets_in });
    let resets_at = Some(moment("1:02"));
    assert_eq!(desk.sync(), (SyncState::Idle, Some(1000), Some(12), resets_at));
    desk.look(4, "vacant 4", NOTHING);
    assert_eq!(
        desk.sync(),
        (SyncState::Idle, Some(1000), Some(12), resets_at),
        "absent is no news"
    );
    desk.look(4, "vacant 4", Budget { remaining: Some(0), ..NOTHING });
    assert_eq!(desk.sync().2, Some(0));
}

#[test]
fn a_used_up_budget_is_shown_until_the_next_answer() {
    let mut desk = Desk::new(usual());
    desk.look(4, "refused rate-limited after 30s", NOTHING);
    assert_eq!(desk.sync(), (SyncState::Limited, None, None, Some(moment("0:32"))));
    desk.look(4, "vacant 4", NOTHING);
    assert_eq!(desk.sync().0, SyncState::Idle);
}

#[test]
fn an_expired_token_and_a_lost_connection_are_shown() {
    watch(
        usual(),
        "
        0:00  event answer bob         -
        0:01  1 inspect 4              #1 bob slots 4
        0:02  #1 refused unauthorized  1 fails unauthorized
              sync                     unauthorized
        0:03  2 inspect 4              #2 bob slots 4
        0:04  #2 fails unreachable     2 fails unreachable
              sync                     offline
        0:05  3 inspect 4              #3 bob slots 4
        0:06  #3 vacant 4              3 inspected 4
              sync                     idle
        ",
    );
}

#[test]
fn the_time_of_the_latest_observation_is_shown() {
    let mut desk = Desk::new(usual());
    let checked_at = |desk: &Desk| desk.mirror.slot_view(slot(4)).unwrap().checked_at;
    assert_eq!(checked_at(&desk), None);
    desk.look(4, "vacant 4", NOTHING);
    assert_eq!(checked_at(&desk), Some(moment("0:02")));
    desk.look(4, "unclear 200 gibberish", NOTHING);
    assert_eq!(checked_at(&desk), Some(moment("0:02")), "nothing was said of the slot");
    let view = desk.mirror.slot_view(Slot::from_index(9).unwrap());
    assert_eq!(view, None, "the lot has nine");
}

#[test]
fn without_patience_there_are_no_warnings_and_no_returns() {
    let options = MirrorOptions { patience: Millis::ZERO, ..usual() };
    watch(
        options,
        "
        0:00    event answer ann    -
        0:01    1 park ann 4        #1 ann slots 4
        0:02    #1 vacant 4         #2 ann park 4
        0:03    #2 parked 4 ann     arrived 4, 1 parked 4 ann
                wakes               0:08
        999:00  wake                -
                slot 4              held ann unconfirmed mine since 0:02
        ",
    );
}

#[test]
fn a_ticket_identifies_its_question_in_flight() {
    let mut desk = Desk::new(usual());
    for number in [4, 5] {
        let command = Command::Inspect { slot: slot(number), call: Some(call("desk")) };
        desk.take(Input::Command(CommandId(number), command));
    }
    let asked = |desk: &Desk, ticket: usize| {
        desk.mirror.question(desk.tickets[ticket]).and_then(|question| question.slot)
    };
    assert_eq!((asked(&desk, 0), asked(&desk, 1)), (Some(slot(4)), Some(slot(5))));
    let (ticket, answer) = (desk.tickets[0], parse_answer("vacant 4"));
    desk.take(Input::Answered { ticket, answer, budget: NOTHING, stamp: Stamp::default() });
    assert_eq!((asked(&desk, 0), asked(&desk, 1)), (None, Some(slot(5))));
}

#[test]
fn a_feed_names_callers_and_the_first_name_stays() {
    let mut desk = Desk::new(usual());
    let mut told = |number: u32, caller: Option<&str>| {
        let caller = caller.map(|name| {
            Arc::new(Party { name: Some(name.to_owned()), number: None, extension: None })
        });
        let message = Message::Move(Move {
            left: None,
            slot: slot(number),
            call: call("3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0"),
            caller,
            extension: "200".parse().unwrap(),
            by: None,
            taken_by: None,
            ago: Millis::ZERO,
        });
        desk.take(Input::Told { message, order: None, asked_at: Time::from_ms(u64::MAX) });
        let view = desk.mirror.slot_view(slot(number)).unwrap();
        (view.call.is_some(), view.caller.and_then(|caller| caller.name.clone()))
    };
    assert_eq!(told(4, None), (true, None));
    assert_eq!(told(4, Some("Anna")), (true, Some("Anna".to_owned())));
    assert_eq!(told(4, Some("Bert")), (true, Some("Anna".to_owned())));
    assert_eq!(told(4, None), (true, Some("Anna".to_owned())));
}
