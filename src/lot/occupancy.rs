//! Who is where, findable every way that a question needs.

use super::stall::{Held, Stay};
use super::tally::Tally;
use crate::{CallUuid, Slot};

/// The stalls of a lot and every index to them.
///
/// INVARIANT (one truth): a slot counts as held in `tally`, and is in the line of arrivals and in
/// the chain of its call, exactly while its stall is held. Only [`enter`](Self::enter) and
/// [`leave`](Self::leave) change any of them.
#[derive(Clone, Debug)]
pub(super) struct Occupancy {
    stalls: Vec<Option<Held>>,
    tally: Tally,
    /// Where the calls are: for each hash the first of the slots that hold a call with that hash.
    /// As many as there are slots, so that a chain is rarely longer than one.
    chains: Vec<Option<Slot>>,
    /// The ends of the line of arrivals, which runs through the held stalls.
    longest: Option<Slot>,
    latest: Option<Slot>,
}

impl Occupancy {
    pub(super) fn new(slots: u16) -> Self {
        let tally = Tally::new(slots);
        let (mut stalls, mut chains) = (Vec::new(), Vec::new());
        for _ in 0..slots {
            stalls.push(None);
            chains.push(None);
        }
        Self { stalls, tally, chains, longest: None, latest: None }
    }

    pub(super) fn stay(&self, slot: Slot) -> Option<&Stay> {
        Some(&self.held(slot)?.stay)
    }

    pub(super) fn slot_of(&self, call: &CallUuid) -> Option<Slot> {
        let mut next = *self.chains.get(self.chain_of(call))?;
        while let Some(slot) = next {
            let held = self.held(slot)?;
            if held.stay.call.uuid() == call {
                break;
            }
            next = held.next;
        }
        next
    }

    /// Which slots are held.
    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Who has waited longest.
    pub(super) fn longest(&self) -> Option<Slot> {
        self.longest
    }

    /// Lets a call into a vacant stall. Whoever asks has looked: a held stall stays as it is.
    pub(super) fn enter(&mut self, slot: Slot, stay: Stay) {
        let chain = self.chain_of(stay.call.uuid());
        let Some(stall @ None) = self.stalls.get_mut(slot.index()) else { return };
        let Some(first) = self.chains.get_mut(chain) else { return };
        let earlier = self.latest.replace(slot);
        *stall = Some(Held { stay, earlier, later: None, next: first.replace(slot) });
        *self.after(earlier) = Some(slot);
        self.tally.set(slot, true);
    }

    /// Empties a stall and hands over who was in it.
    pub(super) fn leave(&mut self, slot: Slot) -> Option<Stay> {
        let Held { stay, earlier, later, next } = self.stalls.get_mut(slot.index())?.take()?;
        *self.after(earlier) = later;
        match later.and_then(|later| self.held_mut(later)) {
            Some(later) => later.earlier = earlier,
            None => self.latest = earlier,
        }
        let chain = self.chain_of(stay.call.uuid());
        let mut link = self.chains.get_mut(chain)?;
        while let Some(other) = link.filter(|other| *other != slot) {
            link = &mut self.stalls.get_mut(other.index())?.as_mut()?.next;
        }
        *link = next;
        self.tally.set(slot, false);
        Some(stay)
    }

    fn held(&self, slot: Slot) -> Option<&Held> {
        self.stalls.get(slot.index())?.as_ref()
    }

    fn held_mut(&mut self, slot: Slot) -> Option<&mut Held> {
        self.stalls.get_mut(slot.index())?.as_mut()
    }

    /// Who arrived next after `earlier`; after nobody comes who has waited longest.
    fn after(&mut self, earlier: Option<Slot>) -> &mut Option<Slot> {
        let held = earlier.and_then(|slot| self.stalls.get_mut(slot.index())?.as_mut());
        held.map_or(&mut self.longest, |held| &mut held.later)
    }

    /// The FNV-1a hash of a call, as the number of a chain. It withstands nobody who chooses the
    /// names, and need not: the switch does.
    fn chain_of(&self, call: &CallUuid) -> usize {
        let hash = call
            .as_str()
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        hash as usize % self.chains.len().max(1)
    }
}
