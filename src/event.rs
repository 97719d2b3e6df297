//! What befell a call, as the switch tells whoever subscribed.

use std::sync::Arc;

use crate::error::{number, quoted, sentence};
use crate::{CallApiId, Code, Error, ExtensionId};

/// One end of a call, as far as it is known.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Party {
    /// The telephone number, as text.
    pub number: Option<String>,
    /// The name, any text at all; what a stranger chose to send is never markup.
    pub name: Option<String>,
    /// The extension, where it is one of the switch's own.
    pub extension: Option<String>,
}

/// Which way a call goes, seen from the switch.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Direction {
    /// To the extension.
    In,
    /// From the extension.
    Out,
}

/// The documented sorts of event, and room for those that are not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum EventType {
    /// The extension rings.
    DialIn,
    /// The extension calls somebody.
    DialOut,
    /// The call is answered.
    Answer,
    /// The call is over at this extension. After a park this is no departure.
    Hangup,
    /// Any other word.
    Other(String),
}

impl EventType {
    fn from_word(word: &str) -> Self {
        [Self::DialIn, Self::DialOut, Self::Answer, Self::Hangup]
            .into_iter()
            .find(|known| known.as_str().eq_ignore_ascii_case(word))
            .unwrap_or_else(|| Self::Other(word.to_owned()))
    }

    /// The word as the switch writes it.
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

/// What befell a call: one event of those an extension can subscribe to.
///
/// Order, repetition and loss are to be expected; nothing here is trusted but as a hint. What is
/// not understood stays in [`raw`](Self::raw).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallEvent {
    /// What befell it (`EventType`).
    pub kind: EventType,
    /// The full name of the call (`CallAPIID`), where the event carries a usable one.
    pub call: Option<CallApiId>,
    /// The thread of the call (`CallID`); stays the same when a call is forwarded or returned.
    pub call_id: Option<String>,
    /// One leg of the call (`SubCallID`).
    pub leg_id: Option<String>,
    /// The numeric id of the extension whose event this is.
    pub extension: Option<ExtensionId>,
    /// Which way the call goes (`CallFlow`).
    pub direction: Option<Direction>,
    /// How it stands (`CallStatus`), as the switch words it.
    pub status: Option<String>,
    /// Who calls.
    pub caller: Option<Arc<Party>>,
    /// Who is called.
    pub called: Option<Arc<Party>>,
    /// When it happened, in microseconds since 1970 on the switch's clock (`EventTime`).
    pub at_us: Option<u64>,
    /// How long the call took, in microseconds (`Duration`).
    pub duration_us: Option<u64>,
    /// Every field as it came, in the order in which it came; the last of equal names counts.
    pub raw: Vec<(String, String)>,
}

impl CallEvent {
    /// Reads an event from its fields.
    ///
    /// # Errors
    ///
    /// Only where there is no `EventType`: everything else may be missing or odd, and is then
    /// `None`.
    pub fn from_fields(raw: Vec<(String, String)>) -> Result<Self, Error> {
        let fields = Fields(&raw);
        let Some(word) = fields.text("EventType") else {
            let mut names = String::new();
            for (name, _) in &raw {
                names.push_str(name);
                names.push(' ');
            }
            let expected = "expected a call event with a field `EventType`, found the fields ";
            let message = sentence(&[expected, &quoted(names.trim_ascii_end())]);
            return Err(Error::new(Code::InvalidEvent, message));
        };
        let kind = EventType::from_word(word);
        let direction = fields.direction().or(match kind {
            EventType::DialIn => Some(Direction::In),
            EventType::DialOut => Some(Direction::Out),
            _ => None,
        });
        let caller = fields.party(
            fields.number("CallerIDNum"),
            fields.text("CallerIDName"),
            ["CallerExtensionID", "CallerExtension"],
        );
        let called = fields.party(
            fields.number("CalledNumber").or_else(|| fields.number("CalledDID")),
            None,
            ["CalledExtensionID", "CalledExtension"],
        );
        Ok(Self {
            call: fields.text("CallAPIID").and_then(CallApiId::read),
            call_id: fields.owned("CallID"),
            leg_id: fields.owned("SubCallID"),
            extension: fields.extension(direction),
            direction,
            status: fields.owned("CallStatus"),
            caller,
            called,
            at_us: fields.microseconds("EventTime"),
            duration_us: fields.microseconds("Duration"),
            kind,
            raw,
        })
    }
}

/// The fields of an event, by name. A field that is empty is not there.
pub(crate) struct Fields<'a>(pub(crate) &'a [(String, String)]);

impl<'a> Fields<'a> {
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

    /// A telephone number; the `+` that a careless sender let turn into a blank is put back.
    pub(crate) fn number(&self, name: &str) -> Option<String> {
        let (_, raw) = self.0.iter().rev().find(|(found, _)| found == name)?;
        let value = raw.trim_ascii();
        let lost_plus = raw.starts_with(' ') && value.starts_with(|c: char| c.is_ascii_digit());
        match (value, lost_plus) {
            ("", _) => None,
            (_, true) => Some(sentence(&["+", value])),
            (_, false) => Some(value.to_owned()),
        }
    }

    fn direction(&self) -> Option<Direction> {
        let flow = self.text("CallFlow")?;
        let is = |word: &str| flow.eq_ignore_ascii_case(word);
        is("in").then_some(Direction::In).or(is("out").then_some(Direction::Out))
    }

    /// A name that only repeats the number is no name.
    pub(crate) fn party(
        &self,
        number: Option<String>,
        name: Option<&str>,
        extension: [&str; 2],
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

    /// Whose event it is: that of the end the call goes to or comes from.
    ///
    /// An `answer` may come without a direction; then the leg is named after the extension, or
    /// only one end is an extension at all. Else nobody can tell.
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
        ExtensionId::read(ours?)
    }
}

/// A number without the `+` or the blanks before it.
fn plain(text: &str) -> &str {
    let before = text.bytes().take_while(|byte| matches!(byte, b'+' | b' ')).count();
    text.get(before..).unwrap_or_default()
}
