//! Call events, as the switch sends them to subscribers.

use std::sync::Arc;

use crate::macros::words;
use crate::text::{number, quoted};
use crate::{CallApiId, Code, Error, ExtensionId};

/// One end of a call. A field is `None` if it is not known.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Party {
    /// The telephone number, as the switch writes it.
    pub number: Option<String>,
    /// The name. A stranger may choose this text, so show it as text and never as HTML.
    pub name: Option<String>,
    /// The extension, if this end is a telephone of the switch.
    pub extension: Option<String>,
}

words! {
    /// The direction of a call.
    Direction {
        /// The call comes to the extension.
        In = "in",
        /// The extension placed the call.
        Out = "out",
    }
}

/// The type of a call event: the field `EventType`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum EventType {
    /// The extension rings.
    DialIn,
    /// The extension dials.
    DialOut,
    /// The call is answered.
    Answer,
    /// The call ended at this extension. A `park` causes this event, too, and the call goes on.
    Hangup,
    /// A type that the documents do not name.
    Other(String),
}

impl EventType {
    fn from_word(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "dial-in" => Self::DialIn,
            "dial-out" => Self::DialOut,
            "answer" => Self::Answer,
            "hangup" => Self::Hangup,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// Returns the word in the field `EventType`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::DialIn => "dial-in",
            Self::DialOut => "dial-out",
            Self::Answer => "answer",
            Self::Hangup => "hangup",
            Self::Other(word) => word,
        }
    }
}

/// A call event: one of the events that a client subscribes to with
/// `POST /extension/{extension_id}/event/`.
///
/// Events may be lost, repeated or out of order, so an event is only a hint. Fields that this type
/// does not know are in [`raw`](Self::raw).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallEvent {
    /// The type of the event (`EventType`).
    pub kind: EventType,
    /// The name of the call in requests (`CallAPIID`). `None` if it is missing or cannot be used.
    pub call: Option<CallApiId>,
    /// The thread of the call (`CallID`). A call that is forwarded or returns keeps its thread.
    pub call_id: Option<String>,
    /// One leg of the call (`SubCallID`).
    pub leg_id: Option<String>,
    /// The SIP Call-ID of the leg (`SipCallID` or `variable_sip_call_id`). The specification does
    /// not have this field, but a server may add it.
    pub sip_call_id: Option<String>,
    /// The numeric id of the extension that this event belongs to.
    pub extension: Option<ExtensionId>,
    /// The direction of the call (`CallFlow`).
    pub direction: Option<Direction>,
    /// The state of the call (`CallStatus`), for example `CALLING`, `ANSWER` or `BUSY`.
    pub status: Option<String>,
    /// The end that placed the call.
    pub caller: Option<Arc<Party>>,
    /// The end that is called.
    pub called: Option<Arc<Party>>,
    /// The time of the event, in microseconds since 1970 on the clock of the switch (`EventTime`).
    pub at_us: Option<u64>,
    /// The length of the call, in microseconds (`Duration`).
    pub duration_us: Option<u64>,
    /// True if the telephone was called for a pick-up (`PickUpSlot`). While such a call rings, its
    /// caller is the slot. From the `answer` on, its caller is the call from the slot. Only the
    /// embedded switch has this field.
    pub is_pick_up: bool,
    /// All fields, in the order in which they came. If a name comes twice, the last value counts.
    pub raw: Vec<(String, String)>,
}

impl CallEvent {
    /// Returns the event that a call has ended at an extension.
    pub(crate) fn hangup(call: &CallApiId, extension: &ExtensionId) -> Option<Self> {
        let fields = [
            ("EventType", "hangup"),
            ("CallAPIID", call.as_str()),
            ("CallFlow", "in"),
            ("CalledExtensionID", extension.as_str()),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self::from_fields(fields.into()).ok()
    }

    /// Reads an event from its fields. Fields that are missing or cannot be read become `None`.
    ///
    /// # Errors
    ///
    /// `invalid-event` if the field `EventType` is missing or empty.
    pub fn from_fields(raw: Vec<(String, String)>) -> Result<Self, Error> {
        let fields = Fields(&raw);
        let Some(word) = fields.text("EventType") else {
            let names: Vec<&str> = raw.iter().map(|(name, _)| name.as_str()).collect();
            let found = quoted(names.join(" ").trim_ascii_end());
            let expected = "expected a call event with a field `EventType`, found the fields";
            return Err(Error::new(Code::InvalidEvent, format!("{expected} {found}")));
        };
        let kind = EventType::from_word(word);
        let direction = fields.direction().or(match kind {
            EventType::DialIn => Some(Direction::In),
            EventType::DialOut => Some(Direction::Out),
            EventType::Answer | EventType::Hangup | EventType::Other(_) => None,
        });
        let caller = fields.party(
            fields.number("CallerIDNum"),
            fields.text("CallerIDName"),
            &["CallerExtensionID", "CallerExtension"],
        );
        let called = fields.party(
            fields.number("CalledNumber").or_else(|| fields.number("CalledDID")),
            None,
            &["CalledExtensionID", "CalledExtension"],
        );
        Ok(Self {
            call: fields.text("CallAPIID").and_then(|name| name.parse().ok()),
            call_id: fields.owned("CallID"),
            leg_id: fields.owned("SubCallID"),
            sip_call_id: fields.owned("SipCallID").or_else(|| fields.owned("variable_sip_call_id")),
            extension: fields.extension(direction),
            direction,
            status: fields.owned("CallStatus"),
            caller,
            called,
            at_us: fields.microseconds("EventTime"),
            duration_us: fields.microseconds("Duration"),
            is_pick_up: fields.text("PickUpSlot").is_some(),
            kind,
            raw,
        })
    }
}

/// The fields of a form, by name. An empty field counts as missing.
pub(crate) struct Fields<'a>(pub(crate) &'a [(String, String)]);

impl<'a> Fields<'a> {
    /// Returns the last field with this name, without blanks at its ends.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.0.iter().rev().find(|(found, _)| found == name)?;
        let value = value.trim_ascii();
        (!value.is_empty()).then_some(value)
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    fn microseconds(&self, name: &str) -> Option<u64> {
        number(self.text(name)?)
    }

    /// Returns a telephone number. Some senders do not escape the `+` before it, so that it arrives
    /// as a blank. This function restores the `+`.
    pub(crate) fn number(&self, name: &str) -> Option<String> {
        let (_, raw) = self.0.iter().rev().find(|(found, _)| found == name)?;
        let value = raw.trim_ascii();
        let lost_plus = raw.starts_with(' ') && value.starts_with(|c: char| c.is_ascii_digit());
        match (value, lost_plus) {
            ("", _) => None,
            (_, true) => Some(format!("+{value}")),
            (_, false) => Some(value.to_owned()),
        }
    }

    fn direction(&self) -> Option<Direction> {
        let flow = self.text("CallFlow")?;
        let is = |word: &str| flow.eq_ignore_ascii_case(word);
        is("in").then_some(Direction::In).or(is("out").then_some(Direction::Out))
    }

    /// Returns one end of a call, or `None` if nothing is known about this end.
    ///
    /// A name that only repeats the number is left out. The extension is the first of the fields in
    /// `extension` that is not empty.
    pub(crate) fn party(
        &self,
        number: Option<String>,
        name: Option<&str>,
        extension: &[&str],
    ) -> Option<Arc<Party>> {
        let repeats =
            |name: &&str| number.as_deref().is_some_and(|number| plain(number) == plain(name));
        let named = name.filter(|name| !repeats(name));
        let party = Party {
            name: named.map(str::to_owned),
            number,
            extension: extension.iter().find_map(|field| self.owned(field)),
        };
        (party != Party::default()).then(|| Arc::new(party))
    }

    /// Returns the extension that the event belongs to.
    ///
    /// The direction says which end that is. Some `answer` events have no direction. Then the leg
    /// may begin with the id of the extension, or only one end may be an extension. Otherwise the
    /// extension is not known.
    fn extension(&self, direction: Option<Direction>) -> Option<ExtensionId> {
        let caller = self.text("CallerExtensionID");
        let called = self.text("CalledExtensionID");
        let leg = self.text("SubCallID").unwrap_or_default();
        let has_leg = |end: &&str| leg.strip_prefix(end).is_some_and(|rest| rest.starts_with('-'));
        let ours = match direction {
            Some(Direction::In) => called,
            Some(Direction::Out) => caller,
            None => match (caller, called) {
                (Some(only), None) | (None, Some(only)) => Some(only),
                (caller, called) => called.filter(has_leg).or(caller.filter(has_leg)),
            },
        };
        ours?.parse().ok()
    }
}

/// Returns a number without the `+` or the blanks before it.
fn plain(text: &str) -> &str {
    text.trim_start_matches(['+', ' '])
}
