//! The calls of a [`World`]: they ring, are answered, end, and go back to their extensions.

use std::sync::Arc;

use valet_park::feed::Message;
use valet_park::{CallApiId, CallEvent, Millis};

use super::super::call::Call;
use super::super::network::Packet;
use super::World;

impl World {
    /// Lets a new call ring at one of the extensions of a panel. Returns the name of the call.
    pub(super) fn ring(&mut self, panel: usize) -> CallApiId {
        self.call_count += 1;
        let line = self.chance.below(self.panels[panel].lines);
        let extension = 100 * (1 + usize::try_from(line).unwrap()) + panel;
        let (is_outgoing, is_withheld) = (self.chance.percent(15), self.chance.percent(15));
        let call = Call::new(self.call_count, extension, is_outgoing, is_withheld);
        let name = call.name.clone();
        self.calls.push(call);
        self.change_call(&name, |call, world| call.ring(world.now, world.telling));
        name
    }

    /// Lets a user answer a call. Does nothing if the call does not ring.
    pub(super) fn answer(&mut self, name: &CallApiId) {
        let mut stalls = self.lot.stalls();
        let does_ring = self.calls.iter().any(|call| call.name == *name && !call.is_answered());
        if !does_ring || stalls.any(|(_, stay, _)| stay.call == *name) {
            return;
        }
        drop(stalls);
        self.change_call(name, |call, world| call.answer(world.now, world.telling));
    }

    /// Ends the leg of a call that `extension` has parked. The switch believes the question that
    /// the call is at this extension.
    pub(super) fn leave_extension(&mut self, name: &CallApiId, extension: usize) {
        self.change_call(name, |call, world| {
            call.extension = extension;
            call.hang_up(world.now, world.telling)
        });
    }

    /// Lets a parked call ring at `extension` again.
    pub(super) fn give_back(&mut self, name: &CallApiId, extension: usize) {
        self.call_count += 1;
        let (number, keeps) = (self.call_count, self.telling.keeps);
        self.change_call(name, |call, world| {
            call.go_back(number, extension, keeps);
            world.history.rename(name.uuid(), call.name.uuid());
            call.ring(world.now, world.telling)
        });
    }

    /// Lets the other end of a call hang up.
    pub(super) fn hang_up(&mut self, name: &CallApiId) {
        self.lot.hangup(self.now, name.uuid());
        self.change_call(name, |call, world| call.hang_up(world.now, world.telling));
        self.calls.retain(|call| call.name != *name);
        self.report_lot_events();
    }

    /// Returns the calls of a panel that no command uses.
    pub(super) fn free_calls(&self, panel: usize) -> Vec<CallApiId> {
        let is_free = |call: &&Call| {
            call.extension % 100 == panel && !self.panels[panel].is_busy_with(call.name.uuid())
        };
        self.calls.iter().filter(is_free).map(|call| call.name.clone()).collect()
    }

    /// Returns true if the call has not ended.
    pub(super) fn is_live(&self, name: &CallApiId) -> bool {
        self.calls.iter().any(|call| call.name == *name)
    }

    /// Changes a call a moment later, and sends the event about the change to the panel of its
    /// extension. Does nothing if the call has ended.
    fn change_call(
        &mut self,
        name: &CallApiId,
        change: impl FnOnce(&mut Call, &mut Self) -> Arc<CallEvent>,
    ) {
        let Some(place) = self.calls.iter().position(|call| call.name == *name) else { return };
        self.now = self.now + Millis::new(1);
        let mut call = self.calls[place].clone();
        let event = change(&mut call, self);
        let panel = call.extension % 100;
        self.calls[place] = call;
        let order = if self.panels[panel].has_feed { self.next_order() } else { None };
        let packet = match order {
            Some(order) => Packet::Told { panel, message: Message::Call(event), order },
            None => Packet::Event { panel, event },
        };
        self.post(&packet);
    }
}
