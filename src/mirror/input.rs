//! [`Input`] and [`Effects`]: what goes into a mirror, and what comes out.

use std::sync::Arc;

use super::{Changes, Command, CommandId, Departure, Settled, Ticket, Wake};
use crate::feed::{Message, Stamp};
use crate::record::record;
use crate::{Answer, Budget, CallEvent, Error, Millis, Question, Slot, Time};

/// Something that happened. See [`Mirror::handle`](crate::Mirror::handle).
#[derive(Clone, Debug)]
pub enum Input {
    /// A panel gives a command. Its end is reported as [`Notice::Settled`].
    Command(CommandId, Command),
    /// A panel aborts a command. The command ends at once with
    /// [`Code::Aborted`](crate::Code::Aborted). A `park` or `bridge` that was not sent yet is never
    /// sent. If it was sent, the mirror still finds out what the switch has done.
    Abort(CommandId),
    /// The switch answered a question.
    Answered {
        /// The ticket of the question.
        ticket: Ticket,
        /// The answer.
        answer: Answer,
        /// The request limit, from the headers of the answer.
        budget: Budget,
        /// The place of the answer among the messages of a feed.
        stamp: Stamp,
    },
    /// A question got no answer.
    Failed {
        /// The ticket of the question.
        ticket: Ticket,
        /// The reason. Its `outcome` says whether the switch may have received the question.
        error: Error,
    },
    /// A call event arrived, for example as a web hook.
    Event(Arc<CallEvent>),
    /// The switch returned the list of current calls. `Mirror::compare_listed` returns the events.
    Listed {
        /// The events that the list reports and the mirror has not heard.
        events: Vec<Arc<CallEvent>>,
        /// The request limit, from the headers of the answer.
        budget: Budget,
    },
    /// The page was reloaded, and had kept a message of [`remember`](crate::Mirror::remember).
    Recalled {
        /// The message.
        message: Message,
        /// How long ago the message was returned.
        age: Millis,
    },
    /// A feed or another browser tab sent a message.
    Told {
        /// The message.
        message: Message,
        /// The place of the message in the order in which the switch answered. `None` if unknown.
        order: Option<u64>,
        /// When the question of the message was sent, on the clock of this mirror. If unknown, pass
        /// a time in the future: the mirror then uses the current time.
        asked_at: Time,
    },
    /// Sets whether the lot is watched. The mirror asks background questions only while it is.
    /// Passing `true` again restarts the round, for example when a tab becomes visible.
    SetWatching(bool),
    /// The feed connected or disconnected.
    Feed(Feed),
    /// Another browser tab asks the switch and shares the answers with this mirror. `true` expires
    /// after eight seconds and has to be repeated. `false` ends it at once.
    ///
    /// While a feed is up, `true` means that the relay asks for all clients. It lasts until the
    /// feed is down, and the mirror asks no background questions.
    OtherTabLeads(bool),
    /// The clock may have missed time, for example during a sleep, or the switch was restarted. No
    /// slot is confirmed any more, and the mirror asks about every slot again.
    Doubt,
    /// Time has passed. Pass this at [`Effects::wake_at`].
    Wake,
}

/// The reports that a feed can give.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Feed {
    /// There is no feed, or it is disconnected.
    #[default]
    Down,
    /// Call events, and the answers that other clients got. Calls that are parked by telephone are
    /// missing.
    Partial,
    /// Every call that enters or leaves a slot.
    Exact,
}

/// The consequences of an input. The caller must carry them out, because the mirror does not repeat
/// them.
#[must_use]
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// The questions to send. Each ticket must come back once, with [`Input::Answered`] or
    /// [`Input::Failed`].
    pub questions: Vec<(Ticket, Question)>,
    /// The notices for the panel, in order.
    pub notices: Vec<Notice>,
    /// The views that changed.
    pub changes: Changes,
    /// When to pass [`Input::Wake`] if nothing else happens before. `None`: no wake-up is needed.
    pub wake_at: Option<Time>,
    /// The reason for the wake-up. `None` if `wake_at` is `None`.
    pub wakes_for: Option<Wake>,
}

/// A notice for the panel.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Notice {
    /// A command ended. Every command ends exactly once.
    Settled(CommandId, Settled),
    /// A call is in this slot that was not known to wait there.
    Parked(Slot),
    /// A call left its slot. A second notice follows if the reason becomes known later.
    Departed(Departure),
    /// The call in this slot goes back to its extension when this time has passed. The mirror warns
    /// 60, 30 and 10 seconds before.
    Due(Slot, Millis),
    /// An error that belongs to no command.
    Error(Error),
}

record!(enum Input {
    0 => Command(id, command),
    1 => Abort(id),
    2 => Answered { ticket, answer, budget, stamp },
    3 => Failed { ticket, error },
    4 => Event(event),
    5 => Told { message, order, asked_at },
    6 => SetWatching(is_watching),
    7 => Feed(feed),
    8 => OtherTabLeads(value),
    9 => Doubt,
    10 => Wake,
    11 => Listed { events, budget },
    12 => Recalled { message, age },
});
record!(enum Feed { 0 => Down, 1 => Partial, 2 => Exact });
