//! The lists of current calls of a [`World`]: a panel asks for one, and the switch answers.

use std::sync::Arc;

use valet_park::mirror::Input;
use valet_park::{Budget, CallApiId, CallEvent, Time};

use super::super::call::extension_id;
use super::super::network::Packet;
use super::World;

impl World {
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
                listed.extend(call.listed());
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
        let id = extension_id(extension);
        let events = self.panels[panel].mirror.compare_listed(&id, listed, asked_at);
        self.drive(panel, Input::Listed { events, budget: Budget::default() });
    }
}
