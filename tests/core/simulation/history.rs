//! [`History`]: all stays in the lot as they were. The simulation compares panels with the history.

use std::collections::{HashMap, HashSet};

use valet_park::lot::{LotEvent, LotEventKind};
use valet_park::mirror::Reason;
use valet_park::{Action, CallUuid, ExtensionId, Question, Slot, Time};

/// The stay of one call in one slot. `end` is the time, the reason and the bridging call.
pub(super) struct Stay {
    pub(super) slot: Slot,
    pub(super) uuid: CallUuid,
    /// The extension that parked the call.
    pub(super) extension: ExtensionId,
    pub(super) from: Time,
    pub(super) end: Option<(Time, Reason, Option<CallUuid>)>,
}

#[derive(Default)]
pub(super) struct History {
    stays: Vec<Stay>,
    /// The name that a call had before it went back to its extension with another name.
    names: HashMap<CallUuid, CallUuid>,
    /// The extensions that asked to act with a call.
    actors: HashSet<(CallUuid, ExtensionId)>,
    /// The acts that a hasty switch said it had done, with the slot, the call and the extension of
    /// the question.
    promises: HashSet<(Action, Slot, CallUuid, ExtensionId)>,
}

impl History {
    /// Returns how often the call has been parked in the slot.
    pub(super) fn stays_of(&self, slot: Slot, uuid: &CallUuid) -> usize {
        self.stays.iter().filter(|stay| stay.slot == slot && stay.uuid == *uuid).count()
    }

    pub(super) fn record(&mut self, event: &LotEvent) {
        let uuid = event.call.uuid().clone();
        let (reason, by) = match &event.kind {
            LotEventKind::Parked => {
                let (slot, extension) = (event.slot, event.extension.clone());
                self.stays.push(Stay { slot, uuid, extension, from: event.at, end: None });
                return;
            }
            LotEventKind::Bridged { by } => (Reason::Bridged, Some(by.uuid().clone())),
            LotEventKind::Returned => (Reason::Returned, None),
            LotEventKind::Abandoned => (Reason::Abandoned, None),
        };
        let stay = self.stays.iter_mut().rfind(|stay| stay.uuid == uuid && stay.end.is_none());
        stay.expect("only a parked call can leave").end = Some((event.at, reason, by));
    }

    /// Notes that an extension asked to act.
    pub(super) fn note_question(&mut self, question: &Question) {
        if question.action.is_act() {
            self.actors.insert((question.call.uuid().clone(), question.extension.clone()));
        }
    }

    /// Notes that a hasty switch said that it had done what the question asks for.
    pub(super) fn note_promise(&mut self, question: &Question) {
        if let Some(slot) = question.slot {
            let (call, by) = (question.call.uuid().clone(), question.extension.clone());
            self.promises.insert((question.action, slot, call, by));
        }
    }

    /// Returns true if a hasty switch said that it parked the call in the slot.
    fn was_park_promised(&self, slot: Slot, uuid: &CallUuid) -> bool {
        let mut parks = self.promises.iter().filter(|(action, ..)| *action == Action::Park);
        parks.any(|(_, place, call, _)| (*place, call) == (slot, uuid))
    }

    /// Returns true if a hasty switch said that it connected a call with the call in the slot. The
    /// switch does not name that call. `by` is the extension of the question, or `None` for any.
    fn was_bridge_promised(&self, slot: Slot, by: Option<&ExtensionId>) -> bool {
        let mut bridges = self.promises.iter().filter(|(action, ..)| *action == Action::Bridge);
        bridges.any(|(_, place, _, of)| *place == slot && by.is_none_or(|by| by == of))
    }

    /// Returns true if the extension parked the call in the slot, or if a hasty switch said that.
    pub(super) fn was_parked_by(&self, slot: Slot, uuid: &CallUuid, by: &ExtensionId) -> bool {
        let is_it = |stay: &Stay| stay.slot == slot && stay.uuid == *uuid && stay.extension == *by;
        let promise = (Action::Park, slot, uuid.clone(), by.clone());
        self.stays.iter().any(is_it) || self.promises.contains(&promise)
    }

    /// Returns true if the extension connected the call with one of its calls, or if a hasty switch
    /// said that.
    pub(super) fn was_taken_by(&self, slot: Slot, uuid: &CallUuid, by: &ExtensionId) -> bool {
        let is_it = |stay: &Stay| match &stay.end {
            Some((_, Reason::Bridged, Some(call))) => {
                let acted = self.actors.contains(&(call.clone(), by.clone()));
                stay.slot == slot && stay.uuid == *uuid && acted
            }
            _ => false,
        };
        self.stays.iter().any(is_it) || self.was_bridge_promised(slot, Some(by))
    }

    /// Returns true if the call was in the slot at any time from `from` to `to`.
    pub(super) fn was_there(&self, slot: Slot, uuid: &CallUuid, from: Time, to: Time) -> bool {
        self.stays.iter().any(|stay| {
            let left_after = stay.end.as_ref().is_none_or(|(at, ..)| *at >= from);
            stay.slot == slot && stay.uuid == *uuid && stay.from <= to && left_after
        })
    }

    /// Returns the last time at which the slot held the call. If `uuid` is `None`: the last time at
    /// which the slot was vacant.
    pub(super) fn last_time_with(
        &self,
        slot: Slot,
        uuid: Option<&CallUuid>,
        now: Time,
    ) -> Option<Time> {
        let ended = |stay: &Stay| stay.end.as_ref().map_or(now, |(at, ..)| *at);
        let mut stays = self.stays.iter().filter(|stay| stay.slot == slot);
        match uuid {
            Some(uuid) => stays.filter(|stay| stay.uuid == *uuid).map(ended).max(),
            None => Some(stays.find(|stay| stay.end.is_none()).map_or(now, |stay| stay.from)),
        }
    }

    /// Returns the first time from `floor` on at which the slot held the call. If `uuid` is `None`:
    /// at which the slot was vacant.
    pub(super) fn first_time_with(&self, slot: Slot, uuid: Option<&CallUuid>, floor: Time) -> Time {
        let goes_on = |stay: &&Stay| stay.end.as_ref().is_none_or(|(at, ..)| *at >= floor);
        let mut stays = self.stays.iter().filter(|stay| stay.slot == slot).filter(goes_on);
        let first = match uuid {
            Some(uuid) => stays.find(|stay| stay.uuid == *uuid).map(|stay| stay.from),
            None => {
                stays.find(|stay| stay.from <= floor).and_then(|stay| Some(stay.end.as_ref()?.0))
            }
        };
        first.map_or(floor, |first| first.max(floor))
    }

    /// Returns false if one call was in the slot from `from` to `to` without a break. Otherwise the
    /// slot may have been vacant.
    pub(super) fn was_vacant(&self, slot: Slot, from: Time, to: Time) -> bool {
        !self.stays.iter().any(|stay| {
            let stayed = stay.end.as_ref().is_none_or(|(at, ..)| *at > to);
            stay.slot == slot && stay.from < from && stayed
        })
    }

    /// Returns false if one of the two calls was in the slot from `from` to `to` without a break.
    pub(super) fn was_without(
        &self,
        slot: Slot,
        calls: [&CallUuid; 2],
        from: Time,
        to: Time,
    ) -> bool {
        let mut stays =
            self.stays.iter().filter(|stay| stay.slot == slot && calls.contains(&&stay.uuid));
        !stays.any(|stay| {
            let stayed = stay.end.as_ref().is_none_or(|(at, ..)| *at > to);
            stay.from < from && stayed
        })
    }

    /// Returns true if the call is parked now, and was parked after `from`.
    pub(super) fn waits_since(&self, uuid: &CallUuid, from: Time) -> bool {
        self.stays.iter().any(|stay| stay.uuid == *uuid && stay.from > from && stay.end.is_none())
    }

    /// Returns true if a bridge connected `by` with the parked call `who` between `from` and `to`.
    /// If `who` is `None`, any parked call counts.
    pub(super) fn was_bridged(
        &self,
        by: &CallUuid,
        who: Option<&CallUuid>,
        from: Time,
        to: Time,
    ) -> bool {
        self.stays.iter().any(|stay| {
            let fits = who.is_none_or(|who| *who == stay.uuid);
            matches!(&stay.end, Some((at, Reason::Bridged, Some(found)))
                if found == by && fits && *at >= from && *at <= to)
        })
    }

    /// Returns true if the call ever left the slot for this reason. If a hasty switch said that it
    /// parked the call in the slot, a return from another slot counts, too. If a hasty switch said
    /// that it connected the call, the call counts as bridged.
    pub(super) fn left_for(&self, slot: Slot, uuid: &CallUuid, reason: Reason) -> bool {
        let has_left = self.stays.iter().any(|stay| {
            let fits = matches!(&stay.end, Some((_, found, _)) if *found == reason);
            let is_promised = || reason == Reason::Returned && self.was_park_promised(slot, uuid);
            stay.uuid == *uuid && fits && (stay.slot == slot || is_promised())
        });
        has_left || reason == Reason::Bridged && self.was_bridge_promised(slot, None)
    }

    /// Notes that the call `before` went back to its extension as `after`.
    pub(super) fn rename(&mut self, before: &CallUuid, after: &CallUuid) {
        // A call that later goes back with the same name keeps the name that it had before.
        if before != after {
            self.names.insert(after.clone(), before.clone());
        }
    }

    /// Returns true if the call ever went back from the slot, with this name or with the name that
    /// the call had before. If a hasty switch said that it parked the call in the slot, a return
    /// from another slot counts, too.
    pub(super) fn has_returned(&self, slot: Slot, uuid: &CallUuid) -> bool {
        let before = self.names.get(uuid);
        self.stays.iter().any(|stay| {
            let fits = matches!(&stay.end, Some((_, Reason::Returned, _)));
            let is_there = slot == stay.slot || self.was_park_promised(slot, &stay.uuid);
            fits && is_there && (stay.uuid == *uuid || Some(&stay.uuid) == before)
        })
    }
}
