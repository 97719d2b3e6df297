//! [`Call`]: a telephone call, and the events that a switch sends about the call.

use std::sync::Arc;

use valet_park::{CallApiId, CallEvent, ExtensionId, Time};

/// One telephone call of a panel.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) name: CallApiId,
    /// The `CallID`.
    thread: String,
    /// The number of the other end, which no other call has. `None` if the caller withholds it.
    number: Option<String>,
    /// The `SubCallID`. A call that returns has another leg than before.
    leg: String,
    /// True if the extension has placed the call.
    is_outgoing: bool,
    has_returned: bool,
    /// The extension that has the call: 100 times the line, plus the index of the panel.
    pub(super) extension: usize,
    /// When the call began to ring, also after a return.
    rang_at: Time,
    answered_at: Option<Time>,
}

/// The fields in the call events of a switch, and the names of a call that returns.
#[derive(Clone, Copy)]
pub(super) struct Telling {
    pub(super) has_times: bool,
    pub(super) has_legs: bool,
    pub(super) keeps: Keeps,
}

/// The name that stays the same when a call goes back to its extension.
#[derive(Clone, Copy)]
pub(super) enum Keeps {
    Name,
    Thread,
    Number,
}

impl Call {
    /// Creates a call that does not ring yet. No other call has the same `number`.
    pub(super) fn new(number: u64, extension: usize, is_outgoing: bool, is_withheld: bool) -> Self {
        Self {
            name: name_of(number),
            thread: format!("thread-{number}"),
            number: (!is_withheld).then(|| format!("+{number}")),
            leg: format!("leg-{number}"),
            is_outgoing,
            has_returned: false,
            extension,
            rang_at: Time::default(),
            answered_at: None,
        }
    }

    /// Lets the call go back to `extension`, as a switch of the world does. No other call has the
    /// same `number`.
    ///
    /// The name changes only the first time. A panel that has missed the events between two returns
    /// cannot know which one a third name belongs to.
    pub(super) fn go_back(&mut self, number: u64, extension: usize, keeps: Keeps) {
        let new = Self::new(number, extension, false, false);
        let old = core::mem::replace(self, new);
        self.number = old.number;
        self.has_returned = true;
        match if old.has_returned { Keeps::Name } else { keeps } {
            Keeps::Name => (self.name, self.thread) = (old.name, old.thread),
            Keeps::Thread => self.thread = old.thread,
            Keeps::Number => {}
        }
    }

    /// Lets the call ring. Returns the event.
    pub(super) fn ring(&mut self, now: Time, telling: Telling) -> Arc<CallEvent> {
        (self.rang_at, self.answered_at) = (now, None);
        self.event(now, if self.is_outgoing { "dial-out" } else { "dial-in" }, telling)
    }

    pub(super) fn is_answered(&self) -> bool {
        self.answered_at.is_some()
    }

    /// Lets a user answer the call. Returns the event.
    pub(super) fn answer(&mut self, now: Time, telling: Telling) -> Arc<CallEvent> {
        self.answered_at = Some(now);
        self.event(now, "answer", telling)
    }

    /// Returns the event that the call has left its extension.
    pub(super) fn hang_up(&self, now: Time, telling: Telling) -> Arc<CallEvent> {
        self.event(now, "hangup", telling)
    }

    /// Returns the events that the client reads from a list of current calls.
    pub(super) fn listed(&self) -> impl Iterator<Item = Arc<CallEvent>> {
        let word = if self.is_outgoing { "dial-out" } else { "dial-in" };
        let rang = event([self.fields(word).to_vec(), time(self.rang_at)].concat());
        let answer = |at| event([self.fields("answer").to_vec(), time(at)].concat());
        [Some(rang), self.answered_at.map(answer)].into_iter().flatten()
    }

    fn event(&self, at: Time, word: &str, telling: Telling) -> Arc<CallEvent> {
        let mut fields = self.fields(word).to_vec();
        fields.push(("CallID", self.thread.clone()));
        if telling.has_times {
            fields.extend(time(at));
        }
        if telling.has_legs {
            fields.push(("SubCallID", self.leg.clone()));
        }
        event(fields)
    }

    /// Returns the fields that every event of the call has.
    fn fields(&self, word: &str) -> [(&'static str, String); 5] {
        let (flow, own, other) = if self.is_outgoing {
            ("out", "CallerExtensionID", "CalledNumber")
        } else {
            ("in", "CalledExtensionID", "CallerIDNum")
        };
        [
            ("EventType", word.to_owned()),
            ("CallAPIID", self.name.to_string()),
            ("CallFlow", flow.to_owned()),
            (own, self.extension.to_string()),
            (other, self.number.clone().unwrap_or_default()),
        ]
    }
}

fn time(at: Time) -> Vec<(&'static str, String)> {
    vec![("EventTime", (at.as_ms() * 1000).to_string())]
}

fn event(fields: Vec<(&'static str, String)>) -> Arc<CallEvent> {
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
    Arc::new(CallEvent::from_fields(fields.collect()).unwrap())
}

fn name_of(number: u64) -> CallApiId {
    format!("7-{number:032x}").parse().unwrap()
}

/// Returns the extension as requests name it.
pub(super) fn extension_id(extension: usize) -> ExtensionId {
    extension.to_string().parse().unwrap()
}
