//! The feed of a [`World`]: its messages, and the panels that get them.

use std::sync::Arc;

use valet_park::CallApiId;
use valet_park::feed::{Message, Note};
use valet_park::mirror::{Command, Feed, Input};

use super::super::network::Packet;
use super::World;

impl World {
    /// Sends a message to every panel with a feed. Returns the order of the message.
    pub(super) fn send_to_feeds(&mut self, message: &Message) -> Option<u64> {
        let order = self.next_order()?;
        for panel in 0..self.panels.len() {
            if self.panels[panel].has_feed {
                self.post(&Packet::Told { panel, message: message.clone(), order });
            }
        }
        Some(order)
    }

    /// Returns the order of the next message, or `None` if the switch has no feed.
    pub(super) fn next_order(&mut self) -> Option<u64> {
        self.order = self.order.map(|order| order + 1);
        self.order
    }

    /// Connects or disconnects the feed of a panel. Some relays ask for all panels.
    pub(super) fn toggle_feed(&mut self, panel: usize) {
        let has_feed = !self.panels[panel].has_feed;
        self.panels[panel].has_feed = has_feed;
        let up = if self.is_relay { Feed::Partial } else { Feed::Exact };
        self.drive(panel, Input::Feed(if has_feed { up } else { Feed::Down }));
        if has_feed {
            if self.is_relay && self.chance.percent(50) {
                self.drive(panel, Input::OtherTabLeads(true));
            }
            self.command(panel, Command::Refresh);
        }
    }

    /// Changes what is noted of a random parked call.
    pub(super) fn note_something(&mut self) {
        let held = self.lot.stalls().map(|(slot, stay, _)| (slot, stay.call.clone()));
        let held: Vec<(_, CallApiId)> = held.collect();
        if let Some((slot, call)) = self.chance.pick(&held).cloned() {
            self.notes += 1;
            let note = Some(self.notes.to_string());
            let note = Note { call, slot, note, for_whom: None, by: None };
            self.send_to_feeds(&Message::Note(Arc::new(note)));
        }
    }
}
