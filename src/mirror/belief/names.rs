//! [`Names`]: full names of calls, by the UUIDs that slots answer with.

use std::sync::Arc;

use crate::mirror::push_bounded;
use crate::mirror::take_first;
use crate::record::record;
use crate::{CallApiId, CallUuid, Party};

/// The number of names that are remembered. The oldest is forgotten first.
const REMEMBERED: usize = 512;

/// The full name of a call, and its other party if known.
#[derive(Clone, Debug)]
pub(in crate::mirror) struct Known {
    pub(in crate::mirror) name: CallApiId,
    pub(in crate::mirror) caller: Option<Arc<Party>>,
}

/// The calls that have been named, also after their end. The newest comes last.
#[derive(Clone, Debug, Default)]
pub(in crate::mirror) struct Names(Vec<Known>);

impl Names {
    /// Returns the full name and the other party of the call with this UUID.
    pub(in crate::mirror) fn get(&self, uuid: &CallUuid) -> Option<&Known> {
        self.0.iter().rev().find(|known| known.name.uuid() == uuid)
    }

    /// Remembers a call that a command or a message names. A caller that is known already is kept.
    pub(in crate::mirror) fn add(&mut self, name: &CallApiId, caller: Option<Arc<Party>>) {
        if self.get(name.uuid()).is_none_or(|known| known.caller.is_none() && caller.is_some()) {
            self.set(Known { name: name.clone(), caller });
        }
    }

    /// Remembers a call from a call event, which replaces what was known.
    pub(in crate::mirror) fn set(&mut self, known: Known) {
        take_first(&mut self.0, |old| old.name == known.name);
        push_bounded(&mut self.0, known, REMEMBERED);
    }

    /// Returns the names, newest first.
    pub(in crate::mirror) fn latest(&self) -> impl Iterator<Item = &CallApiId> {
        self.0.iter().rev().map(|known| &known.name)
    }
}

record!(struct Known { name, caller });
record!(struct Names(known));
