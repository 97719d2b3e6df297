//! Answers, for JavaScript.

use serde::Serialize;

use crate::answer::RefusalCode;
use crate::{CallUuid, Millis, Slot};

/// The answer of the lot to a question.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Answer<'a> {
    Parked {
        slot: Option<Slot>,
        uuid: Option<&'a CallUuid>,
    },
    Bridged {
        slot: Option<Slot>,
        uuid: Option<&'a CallUuid>,
    },
    Held {
        slot: Slot,
        uuid: &'a CallUuid,
    },
    Vacant {
        slot: Slot,
    },
    Free {
        slots: &'a [Slot],
    },
    Refused {
        code: RefusalCode,
        slot: Option<Slot>,
        message: &'a str,
        retry_after_ms: Option<Millis>,
    },
    Unclear {
        status: u16,
        found: &'a str,
        retry_after_ms: Option<Millis>,
    },
}

impl<'a> From<&'a crate::Answer> for Answer<'a> {
    fn from(answer: &'a crate::Answer) -> Self {
        use crate::Answer as Said;
        match answer {
            Said::Parked { slot, uuid } => Self::Parked { slot: *slot, uuid: uuid.as_ref() },
            Said::Bridged { slot, uuid } => Self::Bridged { slot: *slot, uuid: uuid.as_ref() },
            Said::Held { slot, uuid } => Self::Held { slot: *slot, uuid },
            Said::Vacant { slot } => Self::Vacant { slot: *slot },
            Said::Free { slots } => Self::Free { slots },
            Said::Refused(refusal) => Self::Refused {
                code: refusal.code,
                slot: refusal.slot,
                message: &refusal.message,
                retry_after_ms: refusal.retry_after,
            },
            Said::Unclear { status, found, retry_after } => {
                Self::Unclear { status: *status, found, retry_after_ms: *retry_after }
            }
        }
    }
}
