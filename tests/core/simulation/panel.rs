//! [`Panel`]: a mirror, its commands, and the laws that it must obey.

use std::collections::{HashMap, HashSet};

use valet_park::mirror::{
    CallState, Command, CommandId, Effects, IN_FLIGHT, Input, Reason, Settled, SlotState, Ticket,
};
use valet_park::{CallUuid, Code, Millis, Mirror, MirrorOptions, Question, Slot, Time};

use super::engine::HASTE_MS;
use super::history::History;
use super::recording::{Recording, Shown};

/// The longest time between the moment an answer describes and its arrival, in milliseconds.
pub(super) const LONGEST_TRIP_MS: u64 = 9_000;

pub(super) struct Panel {
    pub(super) mirror: Mirror,
    recording: Recording,
    pub(super) in_flight: Vec<Ticket>,
    pub(super) wake_at: Option<Time>,
    pub(super) is_watching: bool,
    pub(super) has_feed: bool,
    /// The number of extensions of the panel.
    pub(super) lines: u64,
    given: HashMap<CommandId, (Command, Time)>,
    last: u32,
    /// The calls of aborted commands that may have been carried out. Nothing is certain about these
    /// calls.
    aborted: Vec<CallUuid>,
    /// The last confirmed content of each slot, and the earliest time at which it was true.
    facts: HashMap<Slot, (Option<CallUuid>, Time)>,
    /// The number of the note that each slot showed last, with the stay of its call.
    notes: HashMap<Slot, ((CallUuid, usize), u64)>,
    /// The calls that were shown to have come back from a slot.
    pub(super) returned: HashSet<CallUuid>,
}

impl Panel {
    pub(super) fn new(options: MirrorOptions, lines: u64) -> Self {
        let mirror = Mirror::new(options);
        Self {
            mirror,
            recording: Recording::default(),
            in_flight: Vec::new(),
            wake_at: None,
            is_watching: false,
            has_feed: false,
            lines,
            given: HashMap::new(),
            last: 0,
            aborted: Vec::new(),
            facts: HashMap::new(),
            notes: HashMap::new(),
            returned: HashSet::new(),
        }
    }

    /// Lets the mirror handle an input.
    pub(super) fn handle(&mut self, now: Time, input: Input) -> Effects {
        self.recording.handle(&mut self.mirror, now, input)
    }

    /// Checks that a replay of the latest inputs shows what the panel showed.
    pub(super) fn check_recording(&self) {
        self.recording.check(&self.mirror);
    }

    /// Notes a command that is about to start. Returns its id.
    pub(super) fn start_command(&mut self, now: Time, command: &Command) -> CommandId {
        self.last += 1;
        self.given.insert(CommandId(self.last), (command.clone(), now));
        CommandId(self.last)
    }

    /// LAW: a question is asked on behalf of the extension that has the call.
    pub(super) fn check_extension(&self, question: &Question) {
        let calls = self.recording.shown().calls.iter().filter(|view| view.call == question.call);
        let extensions: Vec<_> = calls.map(|view| &view.extension).collect();
        assert!(extensions.is_empty() || extensions.contains(&&question.extension), "{question:?}");
    }

    /// Returns true if a command with this call is on its way, or was aborted on its way.
    pub(super) fn is_busy_with(&self, uuid: &CallUuid) -> bool {
        let is_about = |command: &Command| acts_on(command).is_some_and(|call| call == uuid);
        self.aborted.contains(uuid) || self.given.values().any(|(command, _)| is_about(command))
    }

    /// Returns the oldest command that has not ended.
    pub(super) fn oldest_command(&self) -> Option<CommandId> {
        self.given.keys().min().copied()
    }

    pub(super) fn is_idle(&self) -> bool {
        self.given.is_empty()
    }

    /// LAW: every command ends exactly once, and its result is true. With a hasty switch, a result
    /// need not be true if it is not confirmed. A confirmed result was true at some moment between
    /// the act and the check.
    pub(super) fn settle(
        &mut self,
        now: Time,
        id: CommandId,
        end: &Settled,
        history: &History,
        is_hasty: bool,
    ) {
        use valet_park::mirror::CommandResult;
        let (command, given_at) = self.given.remove(&id).expect("a command ends once");
        if let (Some(call), Err(error)) = (acts_on(&command), end)
            && error.code == Code::Aborted
            && !is_not_done(error)
        {
            self.aborted.push(call.clone());
        }
        match (&command, end) {
            (_, Ok(CommandResult::Parked { is_confirmed: false, .. })) if is_hasty => {}
            (_, Ok(CommandResult::Bridged { is_confirmed: false, .. })) if is_hasty => {}
            (Command::Park { call, .. }, Ok(CommandResult::Parked { slot, uuid, .. })) => {
                assert_eq!(uuid, call.uuid());
                let was = history.was_there(*slot, uuid, given_at, now);
                assert!(was, "{command:?} succeeded, but {uuid} was not in {slot}");
            }
            (
                Command::Bridge { call, .. },
                Ok(CommandResult::Bridged { slot: Some(slot), uuid: Some(uuid), .. }),
            ) if is_hasty => {
                let was = history.was_without(*slot, [call.uuid(), uuid], given_at, now);
                assert!(
                    was,
                    "{command:?} succeeded, but a check would have shown {uuid} or {call}"
                );
            }
            (Command::Bridge { call, .. }, Err(error)) if error.code == Code::AskerParked => {
                let slot = error.slot.expect("the error names the slot");
                let was = history.was_there(slot, call.uuid(), given_at, now);
                assert!(was, "{command:?} reported that {call} is parked, but it never was there");
            }
            (Command::Bridge { call, .. }, Ok(CommandResult::Bridged { uuid, .. })) => {
                let was = history.was_bridged(call.uuid(), uuid.as_ref(), given_at, now);
                assert!(was, "{command:?} succeeded, but no call was bridged");
            }
            (Command::Park { call, .. }, Err(error)) if is_not_done(error) => {
                // Other users may have undone the act before the check. A hasty switch may carry
                // out an earlier command after the start of this one.
                let since = given_at + Millis::new(if is_hasty { HASTE_MS } else { 0 });
                let waits = history.waits_since(call.uuid(), since);
                assert!(!waits, "{command:?} was done, but {error:?}");
            }
            (Command::Bridge { call, .. }, Err(error)) if is_not_done(error) => {
                let was = history.was_bridged(call.uuid(), None, given_at, now);
                assert!(!was, "{command:?} was done, but {error:?}");
            }
            _ => {}
        }
    }

    /// LAW: the view of a slot never goes back in time. Each new confirmed content was still true
    /// at some time after the previous content had become true.
    pub(super) fn check_order(&mut self, now: Time, history: &History) {
        for view in self.recording.shown().slots.iter().filter(|view| view.is_confirmed) {
            if view.state == SlotState::Held && view.uuid.is_none() {
                continue;
            }
            let before = self.facts.get(&view.slot);
            if before.is_some_and(|(uuid, _)| *uuid == view.uuid) {
                continue;
            }
            let floor = before.map_or(Time::default(), |(_, floor)| *floor);
            let last = history.last_time_with(view.slot, view.uuid.as_ref(), now);
            assert!(
                last.is_some_and(|last| last > floor),
                "{} went back in time to {:?}",
                view.slot,
                view.uuid
            );
            let since = history.first_time_with(view.slot, view.uuid.as_ref(), floor);
            self.facts.insert(view.slot, (view.uuid.clone(), since));
        }
    }

    /// LAW: a note is shown with its own call only, and never replaced by an older one.
    pub(super) fn check_notes(&mut self, history: &History) {
        for view in &self.recording.shown().slots {
            let Some(note) = &view.note else { continue };
            let uuid = note.call.uuid();
            assert_eq!((view.uuid.as_ref(), note.slot), (Some(uuid), view.slot));
            let number: u64 = note.note.as_ref().unwrap().parse().unwrap();
            let stay = (uuid.clone(), history.stays_of(view.slot, uuid));
            let before = self.notes.insert(view.slot, (stay.clone(), number));
            let is_newer = before.is_none_or(|(known, last)| known != stay || last <= number);
            assert!(is_newer, "an older note of {uuid} in {}: {number}", view.slot);
        }
    }

    /// LAW: a call never rings and waits in a slot at once, and a call that is shown to have come
    /// back from a slot did return from there. If a hasty switch said that it parked the call
    /// there, the call may have waited in another slot.
    pub(super) fn check_calls(&mut self, history: &History) {
        let shown = self.recording.shown();
        for call in shown.calls.iter().filter(|call| call.state != CallState::Parked) {
            let uuid = call.call.uuid();
            assert_eq!(call.slot, None, "{uuid} has a slot, but it is not parked");
            if let Some(from) = call.returned_from {
                let has = history.has_returned(from.slot, uuid);
                self.returned.insert(uuid.clone());
                assert!(has, "{uuid} never returned from {}", from.slot);
            }
            if call.state == CallState::Ringing {
                let waiting = shown.slots.iter().find(|view| {
                    let is_held = view.state == SlotState::Held && view.pending.is_none();
                    is_held && view.uuid.as_ref() == Some(uuid)
                });
                assert_eq!(waiting, None, "{uuid} rings and waits at once");
            }
        }
    }

    /// LAW: everything that the mirror shows as confirmed was true shortly before its check.
    pub(super) fn check(&self, history: &History) {
        assert!(self.in_flight.len() <= IN_FLIGHT, "{} questions in flight", self.in_flight.len());
        let mut confirmed: HashMap<CallUuid, Slot> = HashMap::new();
        for view in self.recording.shown().slots.iter().filter(|view| view.is_confirmed) {
            let at = view.checked_at.expect("what is confirmed was checked");
            let from = Time::from_ms(at.as_ms().saturating_sub(LONGEST_TRIP_MS));
            match (view.state, &view.uuid) {
                (SlotState::Free, _) => {
                    assert!(
                        history.was_vacant(view.slot, from, at),
                        "{} never was free",
                        view.slot
                    );
                }
                (SlotState::Held, Some(uuid)) => {
                    let since = view.held_since.map_or(from, |since| since.min(from));
                    let since = Time::from_ms(since.as_ms().saturating_sub(LONGEST_TRIP_MS));
                    assert!(
                        history.was_there(view.slot, uuid, since, at),
                        "{uuid} never was there"
                    );
                    let twice = confirmed.insert(uuid.clone(), view.slot);
                    assert_eq!(twice, None, "one call is shown in two slots, {} too", view.slot);
                }
                _ => {}
            }
        }
    }

    /// LAW: a call that is shown as departed left the slot for the reason that is shown, and the
    /// extensions that are shown did what they are shown for.
    ///
    /// A hasty switch can say that it connected a call that had left a moment before, or that it
    /// parked a call that waits in another slot.
    pub(super) fn check_departures(&self, history: &History) {
        let Shown { slots, departures, .. } = self.recording.shown();
        let views = slots.iter().filter_map(|view| Some((view, view.uuid.as_ref()?)));
        for (view, uuid) in views.filter(|(view, _)| view.pending.is_none()) {
            let (slot, by) = (view.slot, view.parked_by.as_ref());
            let is_so = by.is_none_or(|by| history.was_parked_by(slot, uuid, by));
            assert!(is_so, "{uuid} was not parked in {slot} by {by:?}");
        }
        for departure in departures {
            let (slot, uuid, reason) = (departure.slot, &departure.uuid, departure.reason);
            let is_so = reason == Reason::Unknown || history.left_for(slot, uuid, reason);
            assert!(is_so, "{uuid} did not leave {slot} as {reason:?}");
            let by = departure.parked_by.as_ref();
            let is_so = by.is_none_or(|by| history.was_parked_by(slot, uuid, by));
            assert!(is_so, "{uuid} was not parked in {slot} by {by:?}");
            let by = departure.taken_by.as_ref();
            let is_so = by.is_none_or(|by| history.was_taken_by(slot, uuid, by));
            assert!(is_so, "{uuid} was not taken from {slot} by {by:?}");
        }
    }
}

/// Returns the call that a command parks or bridges.
fn acts_on(command: &Command) -> Option<&CallUuid> {
    match command {
        Command::Park { call, .. } | Command::Bridge { call, .. } => Some(call.uuid()),
        _ => None,
    }
}

fn is_not_done(error: &valet_park::Error) -> bool {
    error.outcome == valet_park::error::Outcome::NotDone
}
