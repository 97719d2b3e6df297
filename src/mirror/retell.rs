//! [`Mirror::retell`]: the knowledge of a mirror, as messages for a new mirror.

use super::belief::{Cell, Source};
use super::{Mirror, SlotState, SlotView};
use crate::feed::{Message, Move};
use crate::{Action, Answer, CallApiId, Millis, Question, Time};

/// A call is not recalled when its time has been over for this long.
const FORGOTTEN: Millis = Millis::from_secs(60);

/// A message that one mirror passes to another, for example to that of a new browser tab.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Retold {
    /// The message.
    pub message: Message,
    /// When the answer or the event behind the message arrived. `None` if unknown.
    pub asked_at: Option<Time>,
}

impl Mirror {
    /// Returns the confirmed slots as messages, in ascending order.
    ///
    /// A call whose time of arrival is exact becomes a [`Message::Move`]. Any other confirmed slot
    /// becomes a [`Message::Asked`] with an answer about this slot. A [`Message::Note`] follows if
    /// something is noted. `now` is the current time. The messages contain no call events.
    pub fn retell(&self, now: Time) -> impl Iterator<Item = Retold> + use<> {
        let mut retold = Vec::new();
        for view in self.slot_views().filter(|view| view.is_confirmed) {
            let asked_at = view.checked_at;
            let message = retell_arrival(&view, now).or_else(|| self.retell_answer(&view));
            if let Some(message) = message {
                retold.push(Retold { message, asked_at });
                let note = view.note.map(Message::Note);
                retold.extend(note.map(|message| Retold { message, asked_at }));
            }
        }
        retold.into_iter()
    }

    /// Returns the calls that our extensions parked at a known time, and what is noted of them.
    ///
    /// A page keeps these messages, and passes them to a new mirror after a reload with
    /// [`Input::Recalled`](super::Input::Recalled). `now` is the current time.
    pub fn remember(&self, now: Time) -> impl Iterator<Item = Message> + use<> {
        let mut messages = Vec::new();
        for view in self.slot_views().filter(|view| view.is_mine) {
            if let Some(message) = retell_arrival(&view, now) {
                messages.push(message);
                messages.extend(view.note.map(Message::Note));
            }
        }
        messages.into_iter()
    }

    /// Applies a message that [`remember`](Self::remember) returned, `age` ago.
    ///
    /// A message changes only a slot of which nothing is known, and the slot is not confirmed. A
    /// call whose time is long over is not recalled.
    pub(super) fn recall(&mut self, message: Message, age: Millis) {
        let now = self.at.now;
        let past = now - age;
        match message {
            Message::Move(moved) => {
                let waited = moved.ago.as_ms().saturating_add(age.as_ms());
                let patience = self.belief.patience().as_ms();
                let is_over = patience > 0 && waited > patience + FORGOTTEN.as_ms();
                let is_unknown = self.belief.cell(moved.slot).is_some_and(Cell::is_unknown);
                if is_over || !is_unknown || moved.left.is_some() {
                    return;
                }
                let slot = moved.slot;
                let moved = Move { ago: Millis::new(waited), ..moved };
                self.belief.name(&moved.call, moved.caller.clone());
                self.belief.observe_move(self.at, &moved, &Source::second_hand(self.at.step, past));
                self.belief.unconfirm(slot);
            }
            Message::Note(note) => self.belief.note(note, None),
            Message::Call(_) | Message::Asked { .. } => {}
        }
    }

    /// Returns the state of a slot as an answer. `None` if the slot is unknown, or held by a call
    /// without a name.
    fn retell_answer(&self, view: &SlotView) -> Option<Message> {
        let slot = view.slot;
        // A question must name a call. For a vacant slot any name will do.
        let (name, answer) = match (view.state, &view.uuid) {
            (SlotState::Held | SlotState::Returning, Some(uuid)) => {
                (uuid.as_str(), Answer::Held { slot, uuid: uuid.clone() })
            }
            (SlotState::Free, _) => ("any", Answer::Vacant { slot }),
            (SlotState::Held | SlotState::Returning, None) | (SlotState::Unknown, _) => {
                return None;
            }
        };
        let call = name.parse::<CallApiId>().ok()?;
        let extension = self.rosters.extension_of(call.uuid())?.clone();
        let question = Question { extension, call, action: Action::Slots, slot: Some(slot) };
        Some(Message::Asked { question, answer, since: None })
    }
}

/// Returns the arrival of a call. `None` if the time, the call or the extension is not known
/// exactly.
fn retell_arrival(view: &SlotView, now: Time) -> Option<Message> {
    let since = view.held_since.filter(|_| view.is_exact)?;
    Some(Message::Move(Move {
        left: None,
        slot: view.slot,
        call: view.call.clone()?,
        caller: view.caller.clone(),
        extension: view.parked_by.clone()?,
        by: None,
        taken_by: None,
        ago: now.since(since),
    }))
}
