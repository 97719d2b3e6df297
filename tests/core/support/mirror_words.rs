//! Writes the effects and views of a mirror in the notation of scenarios.

use valet_park::error::Outcome;
use valet_park::mirror::{
    CommandResult, Departure, Effects, Mirror, Notice, Settled, SlotState, SlotView, Whereabouts,
};
use valet_park::{Error, ExtensionId, Time};

use super::{DESK, uuid};

/// Writes effects: first the questions, then the notices, in their order.
pub(super) fn tell(effects: &Effects) -> String {
    let questions = effects.questions.iter().map(|(ticket, question)| {
        let slot = question.slot.map(|slot| format!(" {slot}")).unwrap_or_default();
        let whose = other_than_desk(&question.extension, " for");
        format!("#{} {} {}{slot}{whose}", ticket.0, question.call, question.action)
    });
    let notices = effects.notices.iter().map(|notice| match notice {
        Notice::Settled(id, settled) => format!("{} {}", id.0, tell_settled(settled)),
        Notice::Parked(slot) => format!("arrived {slot}"),
        Notice::Departed(departure) => tell_departure(departure),
        Notice::Due(slot, left) => format!("due {slot} in {}s", left.as_ms() / 1000),
        Notice::Error(error) => format!("error {}", tell_error(error)),
    });
    let all: Vec<String> = questions.chain(notices).collect();
    if all.is_empty() { "-".to_owned() } else { all.join(", ") }
}

fn tell_settled(settled: &Settled) -> String {
    match settled {
        Ok(CommandResult::Parked { slot, uuid, returns_at, is_confirmed }) => {
            format!("parked {slot} {uuid}{}{}", until(*returns_at), sure(*is_confirmed))
        }
        Ok(CommandResult::Bridged { slot, uuid, is_confirmed }) => {
            let slot = slot.map(|slot| format!(" {slot}")).unwrap_or_default();
            let uuid = uuid.as_ref().map(|uuid| format!(" {uuid}")).unwrap_or_default();
            format!("bridged{slot}{uuid}{}", sure(*is_confirmed))
        }
        Ok(CommandResult::Inspected { slot }) => format!("inspected {slot}"),
        Ok(CommandResult::Free { slots }) => {
            let slots = slots.iter().map(|slot| format!(" {slot}")).collect::<Vec<_>>();
            format!("free{}", slots.concat())
        }
        Ok(CommandResult::Refreshed) => "refreshed".to_owned(),
        Err(error) => format!("fails {}", tell_error(error)),
    }
}

fn sure(is_confirmed: bool) -> &'static str {
    if is_confirmed { " for sure" } else { "" }
}

fn tell_error(error: &Error) -> String {
    let slot = error.slot.map(|slot| format!(" {slot}")).unwrap_or_default();
    let outcome = match error.outcome {
        Outcome::NotDone => String::new(),
        outcome => format!(" {}", outcome.as_str()),
    };
    format!("{}{slot}{outcome}", error.code)
}

fn tell_departure(departure: &Departure) -> String {
    let Departure { slot, uuid, reason, mine, taken_by, .. } = departure;
    let by = taken_by.iter().filter(|by| by.as_str() != DESK).map(|by| format!(" by {by}"));
    let mine = if *mine { " mine" } else { "" };
    format!("left {slot} {uuid} {}{mine}{}", reason.as_str(), by.collect::<String>())
}

/// Names an extension, unless it is the usual desk.
fn other_than_desk(extension: &ExtensionId, word: &str) -> String {
    if extension.as_str() == DESK { String::new() } else { format!("{word} {extension}") }
}

/// Writes the view that a line of a scenario asks for.
#[track_caller]
pub(super) fn show(mirror: &Mirror, wake_at: Option<Time>, looks: &str) -> String {
    let (what, which) = looks.split_once(' ').unwrap_or((looks, ""));
    match what {
        "slot" => show_slot(&mirror.slot_view(which.parse().unwrap()).unwrap()),
        "call" => match mirror.where_is(&uuid(which)) {
            Whereabouts::Parked { slot, is_confirmed: true } => format!("parked {slot}"),
            Whereabouts::Parked { slot, is_confirmed: false } => {
                format!("parked {slot} unconfirmed")
            }
            Whereabouts::Live(state) => state.as_str().to_owned(),
            Whereabouts::Gone { reason, at } => format!("gone {} {}", reason.as_str(), clock(at)),
            Whereabouts::Unknown => "unknown".to_owned(),
        },
        "calls" => {
            let calls: Vec<String> = mirror
                .call_views()
                .map(|view| {
                    let slot = view.slot.map(|slot| format!(" {slot}")).unwrap_or_default();
                    let pending = view.pending.map(|pending| format!(" {}", pending.as_str()));
                    let pending = pending.unwrap_or_default();
                    let whose = other_than_desk(&view.extension, " at");
                    let from = view.returned_from.map(|from| {
                        let waited = from.waited.as_ms() / 1000;
                        format!(" from {} after {waited}s", from.slot)
                    });
                    let whose = whose + &from.unwrap_or_default();
                    format!("{} {}{slot}{pending}{whose}", view.call, view.state.as_str())
                })
                .collect();
            if calls.is_empty() { "none".to_owned() } else { calls.join(", ") }
        }
        "since" => {
            let mut calls = mirror.call_views();
            clock(calls.find(|view| view.call.uuid() == &uuid(which)).expect(looks).since)
        }
        "caller" => {
            let view = mirror.slot_view(which.parse().unwrap()).unwrap();
            let number = view.caller.as_ref().and_then(|caller| caller.number.as_deref());
            number.unwrap_or("unknown").to_owned()
        }
        "note" => {
            let note = match which {
                "left" => mirror.departures().next().expect(looks).note.clone(),
                slot => mirror.slot_view(slot.parse().unwrap()).unwrap().note,
            };
            let (note, whom) =
                note.map_or((None, None), |note| (note.note.clone(), note.for_whom.clone()));
            let says = note.map(|note| format!("says {note}"));
            let whom = whom.map(|whom| format!("for {whom}"));
            let words: Vec<String> = says.into_iter().chain(whom).collect();
            if words.is_empty() { "none".to_owned() } else { words.join(" ") }
        }
        "sync" => mirror.sync_view().state.as_str().to_owned(),
        "patience" => {
            let sync = mirror.sync_view();
            let seen = sync.seen_patience.map(|seen| format!(" seen {}s", seen.as_ms() / 1000));
            format!("{}s{}", sync.patience.as_ms() / 1000, seen.unwrap_or_default())
        }
        "asks" => mirror.sync_view().next_ask_at.map_or_else(|| "never".to_owned(), clock),
        "wakes" => wake_at.map_or_else(|| "never".to_owned(), clock),
        _ => panic!("`{looks}` is nothing to look at"),
    }
}

fn show_slot(view: &SlotView) -> String {
    let mut words = view.state.as_str().to_owned();
    let mut say = |word: &str| {
        words.push(' ');
        words.push_str(word);
    };
    if matches!(view.state, SlotState::Unknown | SlotState::Free) {
        assert_eq!((&view.uuid, view.held_since), (&None, None));
        if view.state == SlotState::Free && !view.is_confirmed {
            say("unconfirmed");
        }
        view.pending.iter().for_each(|pending| say(pending.as_str()));
        return words;
    }
    say(&view.uuid.as_ref().map_or_else(|| "somebody".to_owned(), ToString::to_string));
    if !view.is_confirmed {
        say("unconfirmed");
    }
    view.pending.iter().for_each(|pending| say(pending.as_str()));
    match &view.parked_by {
        Some(extension) if extension.as_str() == DESK => {
            assert!(view.is_mine);
            say("mine");
        }
        Some(extension) if view.is_mine => say(&format!("mine by {extension}")),
        Some(extension) => say(&format!("by {extension}")),
        None => assert!(!view.is_mine),
    }
    if let Some(since) = view.held_since {
        say(&format!("{} {}", if view.is_exact { "since" } else { "seen" }, clock(since)));
    }
    words + &until(view.returns_at)
}

fn until(at: Option<Time>) -> String {
    at.map(|at| format!(" until {}", clock(at))).unwrap_or_default()
}

fn clock(at: Time) -> String {
    let (seconds, ms) = (at.as_ms() / 1000, at.as_ms() % 1000);
    let thousandths = if ms == 0 { String::new() } else { format!(".{ms:03}") };
    format!("{}:{:02}{thousandths}", seconds / 60, seconds % 60)
}
