//! The lists of current calls of a [`World`]: a panel asks for one, and the switch answers.

use std::sync::Arc;

use valet_park::mirror::Input;
use valet_park::{Budget, CallApiId, CallEvent, ExtensionId, Time};

use super::super::network::{Packet, call_event};
use super::World;

impl World {
    /// Notes when a call began to ring or was answered. A list reports these times.
    pub(super) fn note_call_event(&mut self, name: &CallApiId, word: &str) {
        let Some(call) = self.calls.iter_mut().find(|call| call.name == *name) else { return };
        match word {
            "dial-in" => (call.rang_at, call.answered_at) = (self.now, None),
            "answer" => call.answered_at = Some(self.now),
            _ => {}
        }
    }

    /// Lets a panel ask for the current calls of one of its extensions.
    pub(super) fn ask_for_calls(&mut self, panel: usize) {
        let line = usize::try_from(self.chance.below(self.panels[panel].lines)).unwrap();
        let (extension, asked_at) = (100 * (1 + line) + panel, self.now);
        if !self.chance.percent(self.faults.lost) {
            let at = self.arrival();
            self.network.send(at, Packet::ListRequest { extension, asked_at });
        }
    }

    /// Lets the switch list the calls of an extension. Some switches also list its parked calls.
    pub(super) fn list_calls(&mut self, extension: usize, asked_at: Time) {
        let parked: Vec<CallApiId> =
            self.lot.stalls().map(|(_, stay, _)| stay.call.clone()).collect();
        let lists_parked = self.chance.percent(50);
        let mut listed = Vec::new();
        for call in self.calls.iter().filter(|call| call.extension == extension) {
            if lists_parked || !parked.contains(&call.name) {
                listed.push(call_event(call.rang_at, extension, &call.name, "dial-in"));
                let answer = |at| call_event(at, extension, &call.name, "answer");
                listed.extend(call.answered_at.map(answer));
            }
        }
        if !self.chance.percent(self.faults.lost) {
            let at = self.arrival();
            self.network.send(at, Packet::List { extension, asked_at, listed });
        }
    }

    /// Passes a list to the panel of the extension.
    pub(super) fn apply_list(
        &mut self,
        extension: usize,
        asked_at: Time,
        listed: Vec<Arc<CallEvent>>,
    ) {
        let panel = extension % 100;
        let id: ExtensionId = extension.to_string().parse().unwrap();
        let events = self.panels[panel].mirror.compare_listed(&id, listed, asked_at);
        self.drive(panel, Input::Listed { events, budget: Budget::default() });
    }
}
