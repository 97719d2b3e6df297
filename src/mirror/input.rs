//! What a mirror is told, and what it wants done because of it.

use super::{Changes, Command, CommandId, Departure, Settled, Ticket, Wake};
use crate::feed::Message;
use crate::{Answer, Budget, CallEvent, Error, Millis, Question, Slot, Time};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// A panel wants something done.
    Command(CommandId, Command),
    /// A panel no longer wants to hear of a command.
    Abort(CommandId),
    /// A question was answered.
    Answered {
        /// Which.
        ticket: Ticket,
        /// What the switch said.
        answer: Answer,
        /// What it said of the budget beside it.
        budget: Budget,
        /// Its place in the order in which the switch answered, where that is known.
        order: Option<u64>,
    },
    /// A question was not answered.
    Failed {
        /// Which.
        ticket: Ticket,
        /// Why.
        error: Error,
    },
    /// Something befell a call.
    Event(Box<CallEvent>),
    /// Something was told without having been asked.
    Told {
        /// What.
        message: Message,
        /// Its place in the order in which the switch answered, where that is known.
        order: Option<u64>,
        /// When it was asked, by the same clock; not known of what comes from a feed.
        asked_at: Time,
    },
    /// Somebody looks at what is shown, so that it has to be kept true, or nobody does any more. To
    /// say it again means that somebody looks anew.
    SetWatching(bool),
    /// The state of the feed changed.
    Feed(Feed),
    /// Another tab looks after the lot and shares what it is told; or does so no longer. It counts
    /// for a few seconds, so it has to be said again and again.
    Led(bool),
    /// Time passed that the clock may not have counted, or the switch was restarted: what is
    /// believed has to be confirmed again.
    Doubt,
    /// Time passed.
    Wake,
}

/// What a feed tells.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Feed {
    /// There is no feed, or it is down.
    #[default]
    Down,
    /// Answers and call events. It does not tell of a call that is parked with a telephone.
    Partial,
    /// Every call that enters or leaves a slot.
    Exact,
}

/// What has to be done because of an input. Nothing is remembered of it: do it, or it is lost.
#[must_use]
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// To be asked, each to be answered or failed by its ticket, exactly once.
    pub questions: Vec<(Ticket, Question)>,
    /// To be told to whoever cares, in this order.
    pub notices: Vec<Notice>,
    /// What may be shown now and differs from before.
    pub changes: Changes,
    /// When to come back with [`Input::Wake`] if nothing else happens before.
    pub wake_at: Option<Time>,
    /// Why then.
    pub wakes_for: Option<Wake>,
}

/// Something a panel should hear of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Notice {
    /// A command ended. Comes exactly once for each.
    Settled(CommandId, Settled),
    /// An answer first told of this call in this slot.
    Parked(Slot),
    /// A call left its slot.
    Departed(Departure),
    /// The call in this slot goes back in so long.
    Due(Slot, Millis),
    /// Something went wrong that no command is to blame for.
    Error(Error),
}
