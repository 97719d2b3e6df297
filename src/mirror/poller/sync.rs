//! How the mirror stands with the switch.

use crate::answer::Refusal;
use crate::{Answer, Budget, Code, Error, Millis, RefusalCode, Time};

/// How the mirror stands with the switch, in a word.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum SyncState {
    /// Nothing is under way.
    #[default]
    Idle,
    /// A feed tells of everything.
    Live,
    /// A question is under way, or they are asked regularly.
    Asking,
    /// Somebody looks, and there is no call to ask with.
    Blind,
    /// The budget is spent; nothing is asked in the background until it starts anew.
    Limited,
    /// The switch cannot be reached.
    Offline,
    /// The switch wants another token.
    Unauthorized,
    /// What was known is lost; not all of it was asked for again yet.
    Lost,
}

impl SyncState {
    /// The word that names the state in code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Live => "live",
            Self::Asking => "asking",
            Self::Blind => "blind",
            Self::Limited => "limited",
            Self::Offline => "offline",
            Self::Unauthorized => "unauthorized",
            Self::Lost => "lost",
        }
    }
}

/// How the mirror stands with the switch.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct SyncView {
    /// In a word.
    pub state: SyncState,
    /// When the switch last said anything.
    pub checked_at: Option<Time>,
    /// When something is asked next in the background.
    pub next_ask_at: Option<Time>,
    /// How many requests an hour may have.
    pub limit: Option<u32>,
    /// How many of them are left.
    pub remaining: Option<u32>,
    /// When they start anew.
    pub resets_at: Option<Time>,
    /// How long a call may wait, as the options say; zero: for ever.
    pub patience: Millis,
    /// How long calls were seen to wait before they came back; `None` until that was seen twice.
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

    /// Takes note that every slot was asked for.
    pub(in crate::mirror) fn swept(&mut self) {
        self.recovers = false;
    }

    /// Takes note that the switch answered.
    pub(in crate::mirror) fn heard(&mut self, now: Time, answer: &Answer, budget: Budget) {
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

    /// Takes note that it did not.
    pub(in crate::mirror) fn failed(&mut self, error: &Error) {
        if matches!(error.code, Code::Unreachable | Code::TimedOut | Code::ServerError) {
            self.view.state = SyncState::Offline;
        }
    }

    /// Until when the switch wants to be left alone.
    pub(in crate::mirror) fn limited_until(&self, now: Time) -> Time {
        match self.view.state {
            SyncState::Limited => self.view.resets_at.unwrap_or(now),
            _ => now,
        }
    }

    /// The whole of it; `otherwise` where nothing went wrong.
    pub(in crate::mirror) fn view(
        &self,
        otherwise: SyncState,
        next_ask_at: Option<Time>,
    ) -> SyncView {
        let state = match self.view.state {
            // A feed that is up shows that the switch can be reached.
            SyncState::Offline if otherwise == SyncState::Live => otherwise,
            SyncState::Idle if self.recovers => SyncState::Lost,
            SyncState::Idle => otherwise,
            state => state,
        };
        SyncView { state, next_ask_at, ..self.view }
    }
}
