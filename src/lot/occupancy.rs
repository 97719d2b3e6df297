//! Who is where, findable every way that a question needs.

use core::hash::{BuildHasherDefault, Hasher};
use std::collections::HashMap;

use super::choice::Choice;
use super::slot_set::SlotSet;
use super::stall::{Neighbours, Stall, Stay};
use crate::{CallUuid, Slot};

/// The stalls of a lot and every index to them.
///
/// INVARIANT (one truth): a slot is in `held`, among the first of `order`, in the line of arrivals
/// and in `by_call` exactly while its stall is held; and else in `free` and among the last of
/// `order`. Only [`enter`](Self::enter) and [`leave`](Self::leave) change any of them.
#[derive(Clone, Debug)]
pub(super) struct Occupancy {
    stalls: Vec<Stall>,
    by_call: HashMap<CallUuid, Slot, BuildHasherDefault<Fnv>>,
    free: SlotSet,
    held: SlotSet,
    /// All slots, those that are held first: any one of either kind is one look away.
    order: Vec<Slot>,
    /// Where each slot stands in `order`.
    place: Vec<u16>,
    /// The ends of the line of arrivals, which runs through the held stalls.
    longest: Option<Slot>,
    latest: Option<Slot>,
}

impl Occupancy {
    pub(super) fn new(slots: u16) -> Self {
        let mut free = SlotSet::new(slots);
        Slot::first(slots).for_each(|slot| free.insert(slot));
        Self {
            stalls: vec![Stall::Vacant; usize::from(slots)],
            by_call: HashMap::default(),
            free,
            held: SlotSet::new(slots),
            order: Slot::first(slots).collect(),
            place: (0..slots).collect(),
            longest: None,
            latest: None,
        }
    }

    pub(super) fn stay(&self, slot: Slot) -> Option<&Stay> {
        self.stalls.get(slot.index())?.stay()
    }

    pub(super) fn slot_of(&self, call: &CallUuid) -> Option<Slot> {
        self.by_call.get(call).copied()
    }

    /// Who has waited longest.
    pub(super) fn longest(&self) -> Option<Slot> {
        self.longest
    }

    pub(super) fn first_free(&self) -> Option<Slot> {
        self.free.iter().next()
    }

    pub(super) fn first_held(&self) -> Option<Slot> {
        self.held.iter().next()
    }

    pub(super) fn any_free(&self, choice: &mut Choice) -> Option<Slot> {
        let held = self.by_call.len();
        let free = self.order.get(held..)?;
        free.get(usize::from(choice.below(u16::try_from(free.len()).ok()?))).copied()
    }

    pub(super) fn any_held(&self, choice: &mut Choice) -> Option<Slot> {
        let held = self.order.get(..self.by_call.len())?;
        held.get(usize::from(choice.below(u16::try_from(held.len()).ok()?))).copied()
    }

    pub(super) fn free(&self) -> impl Iterator<Item = Slot> {
        self.free.iter()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Slot, &Stay)> {
        self.held.iter().filter_map(|slot| Some((slot, self.stay(slot)?)))
    }

    /// Lets a call into a vacant stall. Whoever asks has looked: a held stall stays as it is.
    pub(super) fn enter(&mut self, slot: Slot, stay: Stay) {
        let Some(stall @ Stall::Vacant) = self.stalls.get_mut(slot.index()) else {
            return;
        };
        let call = stay.call.uuid().clone();
        *stall = Stall::Held(stay, Neighbours { earlier: self.latest, later: None });
        match self.latest.replace(slot) {
            Some(earlier) => self.neighbours(earlier, |line| line.later = Some(slot)),
            None => self.longest = Some(slot),
        }
        self.swap(slot, self.by_call.len());
        self.by_call.insert(call, slot);
        self.free.remove(slot);
        self.held.insert(slot);
    }

    /// Empties a stall and hands over who was in it.
    pub(super) fn leave(&mut self, slot: Slot) -> Option<Stay> {
        let stall = core::mem::take(self.stalls.get_mut(slot.index())?);
        let Stall::Held(stay, Neighbours { earlier, later }) = stall else {
            return None;
        };
        match earlier {
            Some(earlier) => self.neighbours(earlier, |line| line.later = later),
            None => self.longest = later,
        }
        match later {
            Some(later) => self.neighbours(later, |line| line.earlier = earlier),
            None => self.latest = earlier,
        }
        self.by_call.remove(stay.call.uuid());
        self.swap(slot, self.by_call.len());
        self.held.remove(slot);
        self.free.insert(slot);
        Some(stay)
    }

    fn neighbours(&mut self, slot: Slot, change: impl FnOnce(&mut Neighbours)) {
        if let Some(line) = self.stalls.get_mut(slot.index()).and_then(Stall::neighbours_mut) {
            change(line);
        }
    }

    /// Exchanges `slot` with whichever stands at `to` in the order.
    fn swap(&mut self, slot: Slot, to: usize) {
        let Some(from) = self.place.get(slot.index()).map(|&place| usize::from(place)) else {
            return;
        };
        let Some(other) = self.order.get(to).copied() else {
            return;
        };
        self.order.swap(from, to);
        for (slot, place) in [(slot, to), (other, from)] {
            if let (Some(entry), Ok(place)) =
                (self.place.get_mut(slot.index()), u16::try_from(place))
            {
                *entry = place;
            }
        }
    }
}

/// The FNV-1a hash: the standard one is made to withstand whoever chooses the keys, at the price
/// of a secret and of code a browser has to load. Here the switch names the calls.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
