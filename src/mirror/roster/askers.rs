//! Which call a question is asked with.
//!
//! Every question names a call of an extension. A live one always serves. Whether the switch also
//! answers questions asked with a call that is parked, or has left, differs from switch to switch.
//! Such a call is tried once where no other is live, and the answer is remembered.

use super::{CallState, Rosters};
use crate::mirror::belief::Belief;
use crate::mirror::push_bounded;
use crate::{Action, Answer, CallApiId, ExtensionId, Question, RefusalCode, Time};

/// Whether a parked call may be asked with where no other call is live.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum AskWithParked {
    /// Never.
    No,
    /// Tried once. Where the switch refuses it, never again.
    #[default]
    Auto,
    /// Always. A call that the switch refuses is given up, the others are not.
    Yes,
}

/// How many refused calls are remembered: more than one extension parks at a time.
const REFUSED: usize = 64;

/// Whether the switch answers questions asked with calls that are parked or have left.
#[derive(Clone, Debug)]
pub(super) struct Askers {
    ask_with_parked: AskWithParked,
    parked_are_refused: bool,
    parked_are_answered: bool,
    left_are_refused: bool,
    /// The latest parked calls with which a question was refused.
    refused: Vec<CallApiId>,
}

/// A call to ask with, and the extension it belongs to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::mirror) struct Asker {
    pub(in crate::mirror) extension: ExtensionId,
    pub(in crate::mirror) call: CallApiId,
}

/// The state of the call that a question is asked with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::mirror) enum Standing {
    /// The call talks or rings, or nothing is known of it.
    Live,
    Parked,
    /// The call is connected with another one, or over.
    Left,
}

/// What an answer tells of the call it was asked with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::mirror) enum AskerNote {
    /// The answer is about the slots.
    Served,
    /// The switch refused to be asked with this call.
    Refused,
    /// The switch refused to be asked with this parked call, and answers others: the call is no
    /// longer in its slot.
    NoLongerParked,
}

impl Asker {
    pub(in crate::mirror) fn new(extension: &ExtensionId, call: &CallApiId) -> Self {
        Self { extension: extension.clone(), call: call.clone() }
    }
}

impl Askers {
    pub(super) fn new(ask_with_parked: AskWithParked) -> Self {
        Self {
            ask_with_parked,
            parked_are_refused: false,
            parked_are_answered: false,
            left_are_refused: false,
            refused: Vec::new(),
        }
    }

    fn may_ask_with_parked(&self, call: &CallApiId) -> bool {
        match self.ask_with_parked {
            AskWithParked::No => false,
            AskWithParked::Auto if self.parked_are_refused => false,
            AskWithParked::Auto | AskWithParked::Yes => !self.refused.contains(call),
        }
    }
}

impl Rosters {
    /// Returns the call to ask with: one that talks or rings, else one of ours that is parked.
    /// A parked call is returned only where that is allowed.
    pub(in crate::mirror) fn asker(&self, belief: &Belief) -> Option<Asker> {
        self.live_asker(None).or_else(|| self.parked_asker(belief))
    }

    fn parked_asker(&self, belief: &Belief) -> Option<Asker> {
        if self.askers.ask_with_parked == AskWithParked::No {
            return None;
        }
        let may_ask = |name: &CallApiId| self.askers.may_ask_with_parked(name);
        let mut parked = self.iter().filter(|(_, call)| call.state == CallState::Parked);
        let parked = parked.find(|(_, call)| may_ask(&call.name));
        let parked = parked.map(|(extension, call)| (extension, &call.name));
        let found = parked.or_else(|| belief.find_parked(may_ask));
        found.map(|(extension, call)| Asker::new(extension, call))
    }

    /// Returns the call to ask with before a command acts on `call`: that call while it is live,
    /// else any live one, else that call all the same.
    pub(in crate::mirror) fn asker_for(&self, call: &CallApiId) -> Option<Asker> {
        let other = if self.is_alive(call.uuid()) { None } else { self.live_asker(None) };
        other.or_else(|| self.asker_with(call))
    }

    /// Returns the call to ask with after a command has acted on `call`, or may have: another live
    /// one; else a parked one where the switch is known to answer that; else the call itself,
    /// unless the switch refuses it. `standing` is the state in which the act leaves the call.
    pub(in crate::mirror) fn asker_beside(
        &self,
        belief: &Belief,
        call: &CallApiId,
        standing: Standing,
    ) -> Option<Asker> {
        if let Some(other) = self.live_asker(Some(call.uuid())) {
            return Some(other);
        }
        if self.askers.parked_are_answered
            && let Some(parked) = self.parked_asker(belief)
        {
            return Some(parked);
        }
        let may_ask = match standing {
            Standing::Parked => self.askers.may_ask_with_parked(call),
            Standing::Left => !self.askers.left_are_refused,
            Standing::Live => true,
        };
        if may_ask { self.asker_with(call) } else { None }
    }

    /// Remembers whether the switch answers questions asked with a call that is parked or has left.
    pub(in crate::mirror) fn note_asker(
        &mut self,
        now: Time,
        asked: &Question,
        standing: Standing,
        answer: &Answer,
    ) -> AskerNote {
        if asked.action != Action::Slots {
            return AskerNote::Served;
        }
        let is_refused = refuses_asker(answer);
        match standing {
            Standing::Live => return AskerNote::Served,
            Standing::Parked if is_refused => {
                push_bounded(&mut self.askers.refused, asked.call.clone(), REFUSED);
                if self.askers.parked_are_answered {
                    return AskerNote::NoLongerParked;
                }
                self.askers.parked_are_refused = true;
            }
            Standing::Parked => {
                let is_clear = matches!(
                    answer,
                    Answer::Held { .. } | Answer::Vacant { .. } | Answer::Free { .. }
                );
                self.askers.parked_are_answered |= is_clear;
            }
            Standing::Left if is_refused => {
                self.askers.left_are_refused = true;
                self.drop_call(&asked.extension, asked.call.uuid(), now);
            }
            Standing::Left => {}
        }
        if is_refused { AskerNote::Refused } else { AskerNote::Served }
    }
}

/// Whether the switch may refuse to be asked with this call, rather than answer the question.
fn refuses_asker(answer: &Answer) -> bool {
    match answer {
        Answer::Refused(refusal) => {
            matches!(refusal.code, RefusalCode::NoSuchCall | RefusalCode::Forbidden)
        }
        Answer::Unclear { status, .. } => matches!(status, 404 | 410),
        _ => false,
    }
}
