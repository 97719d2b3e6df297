//! The mirror, for JavaScript: what happened goes in, what has to be done comes out.

use super::view::{put_departure, put_views, put_whereabouts};
use super::wire::{put_request, take_answer, take_event};
use crate::error::Outcome;
use crate::feed::MessageKind;
use crate::mirror::{
    AskWithParked, Choose, Command, CommandId, CommandResult, Effects, Feed, Input, Mirror,
    MirrorOptions, Notice, Ticket,
};
use crate::wasm::row::{Row, length, ms, put_error, whole};
use crate::wasm::seed::draw_seed;
use crate::wasm::words::{put_slots, take_dialect};
use crate::wire::{Dialect, read_message, slot_required, write_request};
use crate::{Action, CallApiId, CallUuid, Code, Error, Slot, Time};

/// Makes a mirror, and says how it speaks: extension, dialect, patience, whether it asks with
/// parked calls, whether it confirms, and whether it takes the place of one that was lost.
pub(super) fn new_mirror(given: &Row) -> Result<(Mirror, Dialect), Error> {
    let extension = given.take()?;
    let dialect = take_dialect(given);
    let options = MirrorOptions {
        slots: dialect.slots,
        free_list: !dialect.slot_required,
        patience: given.take_length().unwrap_or_default(),
        ask_with_parked: match given.take_string().as_str() {
            "yes" => AskWithParked::Yes,
            "no" => AskWithParked::No,
            _ => AskWithParked::Auto,
        },
        confirm: given.take_flag(),
        recovers: given.take_flag(),
        // Only pauses depend on it, so any seed will do where none can be drawn.
        seed: draw_seed().unwrap_or_default(),
        ..MirrorOptions::new(extension)
    };
    Ok((Mirror::new(options), dialect))
}

/// Takes in what happened: what, now, and what belongs to it → effects and views. Of what is only
/// looked at, `where` puts whereabouts and `views` the views alone.
pub(super) fn handle_mirror(
    mirror: &mut Mirror,
    dialect: Dialect,
    given: &Row,
    row: &Row,
) -> Result<(), Error> {
    let what = given.take_string();
    let now = given.take_time();
    if what == "where" {
        put_whereabouts(row, mirror.where_is(given.take::<CallApiId>()?.uuid()));
        return Ok(());
    }
    if what != "views" {
        let input = take_input(mirror, dialect, now, &what, given)?;
        let effects = mirror.handle(now, input);
        put_effects(row, dialect, effects, mirror, now);
    }
    put_views(row, mirror);
    Ok(())
}

fn take_input(
    mirror: &Mirror,
    dialect: Dialect,
    now: Time,
    what: &str,
    given: &Row,
) -> Result<Input, Error> {
    Ok(match what {
        "event" => Input::Event(Box::new(take_event(given)?)),
        "answered" => {
            let ticket = Ticket(given.take_count());
            let Some(question) = mirror.question(ticket) else { return Ok(Input::Wake) };
            let (answer, budget, order) = take_answer(given, question);
            Input::Answered { ticket, answer, budget, order }
        }
        "failed" => {
            let ticket = Ticket(given.take_count());
            let code = if given.take_flag() { Code::TimedOut } else { Code::Unreachable };
            let outcome = if given.take_flag() { Outcome::Unknown } else { Outcome::NotDone };
            let message = given.take_string();
            let error = Error::new(code, message).with_outcome(outcome);
            Input::Failed { ticket, error }
        }
        "told" => {
            let (kind, data) = (given.take_string(), given.take_string());
            // A later version of the package may send further kinds.
            let Some(kind) = MessageKind::from_word(&kind) else { return Ok(Input::Wake) };
            let order = given.take_number().map(whole);
            let asked_at = given.take_number().map_or(now, |at| Time::from_ms(whole(at)));
            Input::Told { message: read_message(kind, &data)?, order, asked_at }
        }
        "looks" => Input::SetWatching(given.take_flag()),
        "feed" => Input::Feed(match given.take_string().as_str() {
            "exact" => Feed::Exact,
            "partial" => Feed::Partial,
            _ => Feed::Down,
        }),
        "led" => Input::OtherTabLeads(given.take_flag()),
        "doubt" => Input::Doubt,
        "wake" => Input::Wake,
        "abort" => Input::Abort(CommandId(given.take_count())),
        order => {
            Input::Command(CommandId(given.take_count()), take_command(order, dialect, given)?)
        }
    })
}

fn take_command(order: &str, dialect: Dialect, given: &Row) -> Result<Command, Error> {
    Ok(match order {
        "park" => {
            let (call, slot) = (given.take()?, given.take_slot());
            if slot.is_none() && dialect.slot_required {
                return Err(slot_required(Action::Park));
            }
            Command::Park { call, slot }
        }
        "bridge" => Command::Bridge {
            call: given.take()?,
            slot: given.take_slot(),
            expect: given.take_maybe::<CallApiId>()?.map(|call| call.uuid().clone()),
            choose: if given.take_flag() { Choose::Switch } else { Choose::Longest },
        },
        "inspect" => {
            let (call, slot) = (given.take_maybe()?, given.take_slot());
            match slot {
                Some(slot) => Command::Inspect { slot, call },
                None => Command::FreeSlots { call },
            }
        }
        _ => Command::Refresh,
    })
}

/// Puts when to wake, the requests and the notices. A question that cannot be written fails.
fn put_effects(row: &Row, dialect: Dialect, first: Effects, mirror: &mut Mirror, now: Time) {
    let mut requests = Vec::new();
    let mut notices = Vec::new();
    let mut wake_at = None;
    let mut rest = vec![first];
    while let Some(effects) = rest.pop() {
        notices.extend(effects.notices);
        wake_at = effects.wake_at;
        for (ticket, question) in effects.questions {
            match write_request(&question, dialect) {
                Ok(request) => requests.push((ticket, request)),
                Err(error) => rest.push(mirror.handle(now, Input::Failed { ticket, error })),
            }
        }
    }
    row.put(wake_at.map(ms));
    for (ticket, request) in &requests {
        row.put(true);
        row.put(ticket.0);
        put_request(row, request);
    }
    row.put(false);
    for notice in &notices {
        row.put(true);
        put_notice(row, notice);
    }
    row.put(false);
}

/// Puts a notice: its kind, and what the kind has.
fn put_notice(row: &Row, notice: &Notice) {
    match notice {
        Notice::Settled(CommandId(id), Ok(outcome)) => {
            row.put("settled");
            row.put(*id);
            put_outcome(row, outcome);
        }
        Notice::Settled(CommandId(id), Err(error)) => {
            row.put("failed");
            row.put(*id);
            put_error(row, error);
        }
        Notice::Parked(slot) => {
            row.put("parked");
            row.put(slot.number());
        }
        Notice::Departed(departure) => {
            row.put("departed");
            put_departure(row, departure);
        }
        Notice::Due(slot, left) => {
            row.put("due");
            row.put(slot.number());
            row.put(length(*left));
        }
        Notice::Error(error) => {
            row.put("trouble");
            put_error(row, error);
        }
    }
}

/// Puts what a command resolves with: its kind, and what the kind has. What was looked at, the
/// views show.
fn put_outcome(row: &Row, outcome: &CommandResult) {
    match outcome {
        CommandResult::Parked { slot, uuid, returns_at, is_confirmed } => {
            row.put("parked");
            row.put(slot.number());
            row.put(uuid.as_str());
            row.put(returns_at.map(ms));
            row.put(*is_confirmed);
        }
        CommandResult::Bridged { slot, uuid, is_confirmed } => {
            row.put("bridged");
            row.put(slot.map(Slot::number));
            row.put(uuid.as_ref().map(CallUuid::as_str));
            row.put(*is_confirmed);
        }
        CommandResult::Free { slots } => {
            row.put("free");
            put_slots(row, slots);
        }
        CommandResult::Inspected { .. } | CommandResult::Refreshed => row.put("seen"),
    }
}
