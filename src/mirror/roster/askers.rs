//! The choice of the call that a question names: the asker.
//!
//! The URL of every request contains a `call_api_id`, also if the request only asks about a slot. A
//! live call always works. Switches differ in whether they also accept a call that is parked or has
//! left. The mirror tries such a call only if no other call is live, and remembers the result.

use super::Rosters;
use crate::mirror::belief::Belief;
use crate::mirror::push_bounded;
use crate::mirror::view::CallState;
use crate::record::record;
use crate::{Answer, CallApiId, Code, Error, ExtensionId, Question, RefusalCode, Time};

/// Whether a question may name a parked call if no other call is live.
///
/// The specification does not say whether the switch accepts the name of a parked call.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum AskWithParked {
    /// Never. Without another live call no question can be asked.
    No,
    /// Tries once. If the switch refuses, never tries again.
    #[default]
    Auto,
    /// Always. A parked call that the switch refuses is not used again, other parked calls are.
    Yes,
}

/// The number of refused calls that are remembered. An extension can have several parked calls.
const MAX_REFUSED: usize = 64;

/// Which calls the switch accepts in questions, as far as is known.
#[derive(Clone, Debug)]
pub(super) struct Askers {
    ask_with_parked: AskWithParked,
    parked_are_refused: bool,
    parked_are_answered: bool,
    left_are_refused: bool,
    /// The latest parked calls that the switch refused.
    refused: Vec<CallApiId>,
}

/// The call that a question names, and the extension that the call belongs to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::mirror) struct Asker {
    pub(in crate::mirror) extension: ExtensionId,
    pub(in crate::mirror) call: CallApiId,
}

/// The state of the call that a question names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::mirror) enum AskerState {
    /// The call talks or rings, or its state is unknown.
    Live,
    Parked,
    /// The call was connected with another call, or has ended.
    Left,
}

/// The statement of an answer about the asker.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::mirror) enum AskerNote {
    /// The answer is about the slots.
    Served,
    /// The switch refused the asker. The answer says nothing about the slots.
    Refused,
    /// The switch refused this parked call but accepts others. The call is no longer parked.
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
    /// Returns the asker for a question that can name any call: a call that talks or rings, else a
    /// parked call of ours if the options allow it. `None` if there is no such call.
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

    /// Returns the asker for a check before a command acts on `call`: `call` if it is live, else
    /// another live call, else `call`.
    pub(in crate::mirror) fn asker_before_act(&self, call: &CallApiId) -> Option<Asker> {
        let other = if self.is_alive(call.uuid()) { None } else { self.live_asker(None) };
        other.or_else(|| self.asker_with(call))
    }

    /// Returns the asker for a check after a command has acted on `call`, or may have acted.
    ///
    /// This is another live call if there is one. Otherwise it is a parked call, if the switch is
    /// known to accept those. Otherwise it is `call` itself, unless the switch refuses calls in
    /// `state`, the state in which the act leaves `call`.
    pub(in crate::mirror) fn asker_after_act(
        &self,
        belief: &Belief,
        call: &CallApiId,
        state: AskerState,
    ) -> Option<Asker> {
        if let Some(other) = self.live_asker(Some(call.uuid())) {
            return Some(other);
        }
        if self.askers.parked_are_answered
            && let Some(parked) = self.parked_asker(belief)
        {
            return Some(parked);
        }
        let may_ask = match state {
            AskerState::Parked => self.askers.may_ask_with_parked(call),
            AskerState::Left => !self.askers.left_are_refused,
            AskerState::Live => true,
        };
        if may_ask { self.asker_with(call) } else { None }
    }

    /// Learns from an answer whether the switch accepts askers in `state`.
    pub(in crate::mirror) fn note_asker(
        &mut self,
        now: Time,
        asked: &Question,
        state: AskerState,
        answer: &Answer,
    ) -> AskerNote {
        if asked.action.is_act() {
            return AskerNote::Served;
        }
        let is_refused = refuses_asker(answer);
        match state {
            AskerState::Live => return AskerNote::Served,
            AskerState::Parked if is_refused => {
                push_bounded(&mut self.askers.refused, asked.call.clone(), MAX_REFUSED);
                if self.askers.parked_are_answered {
                    return AskerNote::NoLongerParked;
                }
                self.askers.parked_are_refused = true;
            }
            AskerState::Parked => {
                let is_clear = matches!(
                    answer,
                    Answer::Held { .. } | Answer::Vacant { .. } | Answer::Free { .. }
                );
                self.askers.parked_are_answered |= is_clear;
            }
            AskerState::Left if is_refused => {
                self.askers.left_are_refused = true;
                self.drop_call(&asked.extension, asked.call.uuid(), now);
            }
            AskerState::Left => {}
        }
        if is_refused { AskerNote::Refused } else { AskerNote::Served }
    }
}

/// Returns the error for a question without an asker.
pub(in crate::mirror) fn no_live_call() -> Error {
    let expected = "expected a live call to ask with: answer or make a call first, or name a call";
    Error::new(Code::NoLiveCall, expected)
}

/// Returns true if an answer may refuse the asker, not the question.
fn refuses_asker(answer: &Answer) -> bool {
    match answer {
        Answer::Refused(refusal) => {
            matches!(refusal.code, RefusalCode::NoSuchCall | RefusalCode::Forbidden)
        }
        Answer::Unclear { status, .. } => matches!(status, 404 | 410),
        _ => false,
    }
}

record!(enum AskWithParked { 0 => No, 1 => Auto, 2 => Yes });
record!(struct Askers {
    ask_with_parked, parked_are_refused, parked_are_answered, left_are_refused, refused
});
record!(struct Asker { extension, call });
record!(enum AskerState { 0 => Live, 1 => Parked, 2 => Left });
