//! How a recording spells the words of the crate.

use super::{Reader, Record, Writer, record};
use crate::answer::{Answer, Refusal, RefusalCode};
use crate::error::{Code, Details};
use crate::event::EventType;
use crate::feed::{Message, Move};
use crate::{
    Budget, CallApiId, CallEvent, CallUuid, ExtensionId, Millis, Party, Question, Slot, Time,
};

record!(struct Budget { limit, remaining, resets_in });
record!(struct Question { extension, call, action, slot });
record!(struct Party { number, name, extension });
record!(enum EventType { 0 => DialIn, 1 => DialOut, 2 => Answer, 3 => Hangup, 4 => Other(word) });
record!(struct CallEvent {
    kind, call, call_id, leg_id, sip_call_id, extension, direction, status, caller, called, at_us,
    duration_us, is_pick_up;
    raw
});
record!(struct Details { code, outcome, message, slot, status, retry_after });
record!(struct Refusal { code, slot, message, retry_after });
record!(enum Answer {
    0 => Parked { slot, uuid },
    1 => Bridged { slot, uuid },
    2 => Held { slot, uuid },
    3 => Vacant { slot },
    4 => Free { slots },
    5 => Refused(refusal),
    6 => Unclear { status, found, retry_after },
});
record!(struct Move { left, slot, call, caller, extension, by, taken_by, ago });
record!(enum Message {
    0 => Call(event),
    1 => Asked { question, answer, since },
    2 => Move(told),
    3 => Note(note),
});

impl Record for Slot {
    fn write(&self, to: &mut Writer) {
        to.number(self.number().into());
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        u32::read(from)?.try_into().ok()
    }
}

impl Record for Time {
    fn write(&self, to: &mut Writer) {
        to.number(self.as_ms());
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.number().map(Self::from_ms)
    }
}

impl Record for Millis {
    fn write(&self, to: &mut Writer) {
        to.number(self.as_ms());
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.number().map(Self::new)
    }
}

impl Record for ExtensionId {
    fn write(&self, to: &mut Writer) {
        to.text(self.as_str());
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.text()?.parse().ok()
    }
}

impl Record for CallApiId {
    fn write(&self, to: &mut Writer) {
        self.uuid().write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Record::read(from).map(Self::recorded)
    }
}

/// The UUID, and what the name has before the UUID. A name that spells the UUID otherwise is
/// written in full. The UUID is written in any case, so that two names of one call still have one
/// UUID when all texts are replaced.
impl Record for CallUuid {
    fn write(&self, to: &mut Writer) {
        let (uuid, text) = (self.as_str(), self.text());
        let prefix = text.strip_suffix(uuid);
        to.text(uuid);
        prefix.is_some().write(to);
        to.text(prefix.unwrap_or(text));
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let (uuid, has_prefix, text) = (from.text()?, bool::read(from)?, from.text()?);
        let text = if has_prefix { [text, uuid].concat() } else { text.to_owned() };
        Some(Self::recorded(text, uuid.to_owned()))
    }
}

/// A refusal, or the place in the list of all other codes.
impl Record for Code {
    fn write(&self, to: &mut Writer) {
        let place = Self::OTHERS.iter().position(|known| known == self);
        place.write(to);
        if let Self::Refused(code) = self {
            code.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        match Option::<usize>::read(from)? {
            Some(place) => Self::OTHERS.get(place).copied(),
            None => RefusalCode::read(from).map(Self::Refused),
        }
    }
}
