//! How the replay prints inputs, effects and views.

use valet_park::feed::Message;
use valet_park::mirror::{CallView, Command, Input, Notice, SlotView, SyncView};
use valet_park::{Answer, CallApiId, CallUuid, Party, Question, Slot, Time};

/// Returns the end of a call's name. Stand-ins differ in the end only.
pub(super) fn name(call: &CallApiId) -> String {
    uuid(call.uuid())
}

fn uuid(uuid: &CallUuid) -> String {
    let text = uuid.as_str();
    let start = text.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
    format!("call …{}", &text[start..])
}

fn in_slot(slot: Option<Slot>) -> String {
    slot.map_or(String::new(), |slot| format!(" in slot {slot}"))
}

pub(super) fn input(input: &Input) -> String {
    match input {
        Input::Command(id, command) => format!("command {}: {}", id.0, described(command)),
        Input::Abort(id) => format!("command {} is aborted", id.0),
        Input::Answered { ticket, answer: given, .. } => {
            format!("question {} is answered: {}", ticket.0, answer(given))
        }
        Input::Failed { ticket, error } => {
            format!("question {} gets no answer: {}", ticket.0, error.code.as_str())
        }
        Input::Event(event) => {
            let call = event.call.as_ref().map_or("an unnamed call".into(), name);
            format!("event {} of {call}", event.kind.as_str())
        }
        Input::Told { message: told, .. } => format!("message: {}", message(told)),
        Input::SetWatching(true) => "the lot is watched".into(),
        Input::SetWatching(false) => "the lot is no longer watched".into(),
        Input::Feed(feed) => format!("the feed is {feed:?}").to_lowercase(),
        Input::OtherTabLeads(true) => "another tab asks".into(),
        Input::OtherTabLeads(false) => "no other tab asks".into(),
        Input::Doubt => "everything is in doubt".into(),
        Input::Listed { events, .. } => {
            format!("the list of current calls tells of {} events", events.len())
        }
        Input::Recalled { age, .. } => {
            format!("the page remembers a slot from {} ms ago", age.as_ms())
        }
        Input::Wake => "time has passed".into(),
    }
}

fn described(command: &Command) -> String {
    match command {
        Command::Park { call, slot } => format!("park {}{}", name(call), in_slot(*slot)),
        Command::Bridge { call, slot, expect, choose } => {
            let expect =
                expect.as_ref().map_or(String::new(), |call| format!(", expects {}", uuid(call)));
            let choose = if slot.is_none() { format!(", {choose:?}") } else { String::new() };
            format!("bridge {}{}{expect}{}", name(call), in_slot(*slot), choose.to_lowercase())
        }
        Command::Inspect { slot, .. } => format!("inspect slot {slot}"),
        Command::FreeSlots { .. } => "list the free slots".into(),
        Command::Refresh => "refresh".into(),
    }
}

fn answer(answer: &Answer) -> String {
    let call = |call: &Option<CallUuid>| call.as_ref().map_or("a call".into(), uuid);
    match answer {
        Answer::Parked { slot, uuid } => format!("{} is parked{}", call(uuid), in_slot(*slot)),
        Answer::Bridged { slot, uuid } => format!("{} is bridged{}", call(uuid), in_slot(*slot)),
        Answer::Held { slot, uuid: held } => format!("{} waits in slot {slot}", uuid(held)),
        Answer::Vacant { slot } => format!("slot {slot} is vacant"),
        Answer::Free { slots } => {
            let slots: Vec<_> = slots.iter().map(Slot::to_string).collect();
            format!("free are {}", slots.join(" "))
        }
        Answer::Refused(refusal) => format!("refused, {}{}", refusal.code, in_slot(refusal.slot)),
        Answer::Unclear { status, .. } => format!("unclear, status {status}"),
    }
}

fn message(message: &Message) -> String {
    match message {
        Message::Call(event) => {
            let call = event.call.as_ref().map_or("an unnamed call".into(), name);
            format!("event {} of {call}", event.kind.as_str())
        }
        Message::Asked { question: asked, answer: given, .. } => {
            format!("{} is answered: {}", question(asked), answer(given))
        }
        Message::Note(told) => format!("{} in slot {} has a note", name(&told.call), told.slot),
        Message::Move(told) => match told.left {
            Some(reason) => {
                format!("{} has left slot {}, {}", name(&told.call), told.slot, reason.as_str())
            }
            None => format!("{} has entered slot {}", name(&told.call), told.slot),
        },
    }
}

pub(super) fn question(question: &Question) -> String {
    let Question { extension, call, action, slot } = question;
    format!("{action}{} with {} of {extension}", in_slot(*slot), name(call))
}

pub(super) fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Settled(id, Ok(result)) => format!("command {} is done: {result:?}", id.0),
        Notice::Settled(id, Err(error)) => {
            let (code, outcome) = (error.code.as_str(), error.outcome.as_str());
            format!("command {} has failed: {code}, {outcome}", id.0)
        }
        Notice::Parked(slot) => format!("a call was parked in slot {slot}"),
        Notice::Departed(left) => {
            let (call, reason) = (uuid(&left.uuid), left.reason.as_str());
            format!("{call} has left slot {}, {reason}", left.slot)
        }
        Notice::Due(slot, left) => format!("slot {slot} is due in {} ms", left.as_ms()),
        Notice::Error(error) => format!("an error: {}", error.code.as_str()),
    }
}

pub(super) fn slot(view: &SlotView) -> String {
    let by = view.uuid.as_ref().map_or(String::new(), |call| format!(" by {}", uuid(call)));
    let mut parts = vec![format!("{}{by}", view.state.as_str())];
    parts.extend(view.call.as_ref().map(|_| "known".into()));
    parts.extend(view.parked_by.as_ref().map(|extension| format!("parked by {extension}")));
    parts.extend(view.is_mine.then(|| "mine".into()));
    parts.extend(view.pending.map(|pending| pending.as_str().into()));
    parts.extend(view.is_confirmed.then(|| "confirmed".into()));
    parts.join(", ")
}

pub(super) fn call(view: &CallView) -> String {
    let who = |party: &Option<std::sync::Arc<Party>>| {
        let number = party.as_ref().and_then(|party| party.number.clone());
        number.unwrap_or("?".into())
    };
    let mut parts = vec![format!("{} of {}", view.state.as_str(), view.extension)];
    parts.push(format!("{} → {}{}", who(&view.caller), who(&view.called), in_slot(view.slot)));
    parts.extend(view.pending.map(|pending| pending.as_str().into()));
    parts.join(", ")
}

/// Describes the connection. `start` is the time of the first input.
pub(super) fn sync(view: &SyncView, start: Time) -> String {
    let state = view.state.as_str();
    view.next_ask_at.map_or(state.into(), |at| format!("{state}, asks at {}", seconds(at, start)))
}

/// The time since `start` in seconds.
pub(super) fn seconds(time: Time, start: Time) -> String {
    let ms = time.since(start).as_ms();
    format!("{}.{:03} s", ms / 1000, ms % 1000)
}
