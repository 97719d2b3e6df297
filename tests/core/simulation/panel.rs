//! One panel: a mirror, and what it was told to do.

use std::collections::HashMap;

use valet_park::mirror::{Command, CommandId, IN_FLIGHT, Reason, Settled, SlotState, Ticket};
use valet_park::{CallUuid, Code, Mirror, MirrorOptions, Question, Slot, Time};

use super::history::History;

/// How long before an answer came in it may have been true, in the worst weather.
pub(super) const LONGEST_TRIP_MS: u64 = 9_000;

pub(super) struct Panel {
    pub(super) mirror: Mirror,
    pub(super) in_flight: Vec<Ticket>,
    pub(super) wake_at: Option<Time>,
    pub(super) looks: bool,
    pub(super) has_feed: bool,
    /// How many extensions the panel has.
    pub(super) lines: u64,
    given: HashMap<CommandId, (Command, Time)>,
    last: u32,
    /// Calls of commands that were called off while they were on their way: what becomes of those
    /// later is nobody's claim.
    called_off: Vec<CallUuid>,
    /// What was last shown of each slot as a fact, and since when that may have been so.
    facts: HashMap<Slot, (Option<CallUuid>, Time)>,
}

impl Panel {
    pub(super) fn new(options: MirrorOptions, lines: u64) -> Self {
        let mirror = Mirror::new(options);
        Self {
            mirror,
            in_flight: Vec::new(),
            wake_at: None,
            looks: false,
            has_feed: false,
            lines,
            given: HashMap::new(),
            last: 0,
            called_off: Vec::new(),
            facts: HashMap::new(),
        }
    }

    pub(super) fn give(&mut self, now: Time, command: &Command) -> CommandId {
        self.last += 1;
        self.given.insert(CommandId(self.last), (command.clone(), now));
        CommandId(self.last)
    }

    /// LAW: a question is asked on behalf of the extension that has the call.
    pub(super) fn check_extension(&self, question: &Question) {
        let calls = self.mirror.call_views().filter(|view| view.call == question.call);
        let extensions: Vec<_> = calls.map(|view| view.extension).collect();
        assert!(extensions.is_empty() || extensions.contains(&question.extension), "{question:?}");
    }

    /// Whether a command with this call is under way.
    pub(super) fn is_busy_with(&self, uuid: &CallUuid) -> bool {
        let is_about = |command: &Command| acts_on(command).is_some_and(|call| call == uuid);
        self.called_off.contains(uuid) || self.given.values().any(|(command, _)| is_about(command))
    }

    pub(super) fn any_command(&self) -> Option<CommandId> {
        self.given.keys().min().copied()
    }

    pub(super) fn is_idle(&self) -> bool {
        self.given.is_empty()
    }

    /// LAW: every command ends exactly once, and what is said of its end is so. Of a hasty switch
    /// only what was confirmed is: it was so at some moment between the act and the answer.
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
            self.called_off.push(call.clone());
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
                assert!(was, "{command:?} succeeded, but a look would have shown {uuid} or {call}");
            }
            (Command::Bridge { call, .. }, Err(error)) if error.code == Code::AskerParked => {
                let slot = error.slot.expect("where it waits");
                let was = history.was_there(slot, call.uuid(), given_at, now);
                assert!(was, "{command:?} was told to have parked {call}, which never was there");
            }
            (Command::Bridge { call, .. }, Ok(CommandResult::Bridged { uuid, .. })) => {
                let was = history.was_bridged(call.uuid(), uuid.as_ref(), given_at, now);
                assert!(was, "{command:?} succeeded, but nobody was bridged");
            }
            (Command::Park { call, .. }, Err(error)) if is_not_done(error) => {
                // It may have been done and undone again by others before anybody could look.
                let waits = history.waits_since(call.uuid(), given_at);
                assert!(!waits, "{command:?} was done, but {error:?}");
            }
            (Command::Bridge { call, .. }, Err(error)) if is_not_done(error) => {
                let was = history.was_bridged(call.uuid(), None, given_at, now);
                assert!(!was, "{command:?} was done, but {error:?}");
            }
            _ => {}
        }
    }

    /// LAW: what is shown never goes back in time. Whatever is shown next was so at a time at which
    /// that which was shown before had come to be.
    pub(super) fn check_order(&mut self, now: Time, history: &History) {
        for view in self.mirror.slot_views().filter(|view| view.is_confirmed) {
            if view.state == SlotState::Held && view.uuid.is_none() {
                continue;
            }
            let before = self.facts.get(&view.slot);
            if before.is_some_and(|(uuid, _)| *uuid == view.uuid) {
                continue;
            }
            let floor = before.map_or(Time::default(), |(_, floor)| *floor);
            let last = history.last_so(view.slot, view.uuid.as_ref(), now);
            assert!(
                last.is_some_and(|last| last >= floor),
                "{} went back in time to {:?}",
                view.slot,
                view.uuid
            );
            let since = history.first_so(view.slot, view.uuid.as_ref(), floor);
            self.facts.insert(view.slot, (view.uuid.clone(), since));
        }
    }

    /// The laws of what is shown, at any time and in any weather.
    pub(super) fn check(&self, history: &History, is_hasty: bool) {
        assert!(self.in_flight.len() <= IN_FLIGHT, "{} questions in flight", self.in_flight.len());
        let mut confirmed: HashMap<CallUuid, Slot> = HashMap::new();
        for view in self.mirror.slot_views().filter(|view| view.is_confirmed) {
            let at = view.checked_at.expect("what is confirmed was checked");
            let from = Time::from_ms(at.as_ms().saturating_sub(LONGEST_TRIP_MS));
            match (view.state, view.uuid) {
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
                        history.was_there(view.slot, &uuid, since, at),
                        "{uuid} never was there"
                    );
                    let twice = confirmed.insert(uuid.clone(), view.slot);
                    assert_eq!(twice, None, "one call is shown in two slots, {} too", view.slot);
                }
                _ => {}
            }
        }
        for departure in self.mirror.departures() {
            let (slot, uuid, reason) = (departure.slot, &departure.uuid, departure.reason);
            // A hasty switch says that it has connected a call which had left a moment before.
            let is_promised = is_hasty && reason == Reason::Bridged;
            let is_so =
                reason == Reason::Unknown || is_promised || history.left_for(slot, uuid, reason);
            assert!(is_so, "{uuid} did not leave {slot} as {reason:?}");
        }
    }
}

/// The call that a command does something with.
fn acts_on(command: &Command) -> Option<&CallUuid> {
    match command {
        Command::Park { call, .. } | Command::Bridge { call, .. } => Some(call.uuid()),
        _ => None,
    }
}

fn is_not_done(error: &valet_park::Error) -> bool {
    error.outcome == valet_park::error::Outcome::NotDone
}
