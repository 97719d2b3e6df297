//! [`SyncView`]: the view of the connection to the switch.

use crate::answer::Refusal;
use crate::macros::words;
use crate::record::record;
use crate::{Answer, Budget, Code, Error, Millis, RefusalCode, Time};

words! {
    /// The state of the connection to the switch.
    #[derive(Default)]
    SyncState {
        /// The lot is not watched, and no question is in flight.
        #[default]
        Idle = "idle",
        /// A feed reports every call that enters or leaves a slot.
        Live = "live",
        /// The mirror asks in rounds, a question is in flight, or a relay asks for all clients.
        Asking = "asking",
        /// The lot is watched, but no call is live that a question could name.
        Blind = "blind",
        /// The request budget is low or used up. Background questions are rare, or wait for the
        /// next budget.
        Limited = "limited",
        /// The switch cannot be reached, or fails with the HTTP status 500 or higher.
        Offline = "offline",
        /// The switch refused the token with the HTTP status 401.
        Unauthorized = "unauthorized",
        /// The mirror replaces one that was lost, and has not asked about every slot yet.
        Lost = "lost",
    }
}

/// The view of the connection to the switch.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct SyncView {
    /// The state of the connection.
    pub state: SyncState,
    /// When the last answer arrived. `None`: no answer has arrived yet.
    pub checked_at: Option<Time>,
    /// When the next background question is due. `None`: none is planned.
    pub next_ask_at: Option<Time>,
    /// The number of requests in an hourly budget (`X-RateLimit-Limit`). `None` if the switch has
    /// not reported it.
    pub limit: Option<u32>,
    /// The number of requests left (`X-RateLimit-Remaining`). `None` if the switch has not reported
    /// it.
    pub remaining: Option<u32>,
    /// When the next budget starts (`X-RateLimit-Reset`). `None` if the switch has not reported it.
    pub resets_at: Option<Time>,
    /// How long a call may wait, as in [`MirrorOptions::patience`](crate::MirrorOptions::patience).
    /// Zero means for ever.
    pub patience: Millis,
    /// How long calls waited before they came back. `None` until two calls in a row waited equally
    /// long.
    pub seen_patience: Option<Millis>,
}

#[derive(Clone, Debug)]
pub(in crate::mirror) struct Sync {
    view: SyncView,
    recovers: bool,
}

impl Sync {
    pub(in crate::mirror) fn new(recovers: bool) -> Self {
        Self { view: SyncView::default(), recovers }
    }

    /// Notes that every slot was asked about.
    pub(in crate::mirror) fn note_sweep(&mut self) {
        self.recovers = false;
    }

    /// Learns from an answer.
    pub(in crate::mirror) fn note_answer(&mut self, now: Time, answer: &Answer, budget: Budget) {
        let view = &mut self.view;
        view.checked_at = Some(now);
        view.limit = budget.limit.or(view.limit);
        view.remaining = budget.remaining.or(view.remaining);
        view.resets_at = budget.resets_in.map(|left| now + left).or(view.resets_at);
        view.state = match answer {
            Answer::Refused(Refusal { code: RefusalCode::Unauthorized, .. }) => {
                SyncState::Unauthorized
            }
            Answer::Refused(Refusal { code: RefusalCode::RateLimited, retry_after, .. }) => {
                view.resets_at = retry_after.map(|wait| now + wait).or(view.resets_at);
                SyncState::Limited
            }
            Answer::Unclear { status, .. } if *status >= 500 => SyncState::Offline,
            _ => SyncState::Idle,
        };
    }

    /// Learns from the error of a question without an answer.
    pub(in crate::mirror) fn note_failure(&mut self, error: &Error) {
        if matches!(error.code, Code::Unreachable | Code::TimedOut | Code::ServerError) {
            self.view.state = SyncState::Offline;
        }
    }

    /// Returns the time until which the switch refuses requests. Returns `now` if it refuses none.
    pub(in crate::mirror) fn limited_until(&self, now: Time) -> Time {
        match self.view.state {
            SyncState::Limited => self.view.resets_at.unwrap_or(now),
            _ => now,
        }
    }

    /// Returns the view of the connection. `otherwise` is the state if nothing is wrong.
    pub(in crate::mirror) fn view(
        &self,
        otherwise: SyncState,
        next_ask_at: Option<Time>,
    ) -> SyncView {
        let state = match self.view.state {
            // A feed that is up proves that the switch can be reached.
            SyncState::Offline if otherwise == SyncState::Live => otherwise,
            SyncState::Idle if self.recovers => SyncState::Lost,
            SyncState::Idle => otherwise,
            state => state,
        };
        SyncView { state, next_ask_at, ..self.view }
    }
}
record!(struct SyncView {
    state, checked_at, next_ask_at, limit, remaining, resets_at, patience, seen_patience
});
record!(struct Sync { view, recovers });
