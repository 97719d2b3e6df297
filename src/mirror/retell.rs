//! [`Mirror::retell`]: the knowledge of a mirror, as messages for a new mirror.

use super::{Mirror, SlotState, SlotView};
use crate::feed::{Message, Move};
use crate::{Action, Answer, CallApiId, Question, Time};

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
