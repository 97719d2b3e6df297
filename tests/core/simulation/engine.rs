//! How the switch carries out what it is asked.

use valet_park::{Action, Answer, CallApiId, Lot, Question, Refusal, RefusalCode, Slot, Time};

/// How long at most a hasty engine takes between its own look and the act.
pub(super) const HASTE_MS: u64 = 40;

/// What a hasty engine says to a command: it looks, and takes the act for done.
///
/// `None`: the question is no act in a slot, so the lot answers it.
pub(super) fn promise(lot: &Lot, question: &Question) -> Option<Answer> {
    let slot = question.slot?;
    let refuse = |code| Some(Answer::Refused(Refusal::new(code, Some(slot))));
    match (question.action, waiting_in(lot, slot)) {
        (Action::Slots, _) => None,
        (Action::Park, None) => Some(Answer::Parked { slot: Some(slot), uuid: None }),
        (Action::Park, Some(_)) => refuse(RefusalCode::Taken),
        (Action::Bridge, None) => refuse(RefusalCode::Vacant),
        (Action::Bridge, Some(call)) if *call == question.call => refuse(RefusalCode::SameCall),
        (Action::Bridge, Some(_)) => Some(Answer::Bridged { slot: Some(slot), uuid: None }),
    }
}

/// What a hasty engine then does. One verb parks and fetches: a call that enters a slot in which
/// another one waits is connected with it, and a call that enters a vacant slot waits there.
pub(super) fn carry_out(lot: &mut Lot, now: Time, question: &Question) {
    let other = match question.action {
        Action::Park => Action::Bridge,
        Action::Bridge | Action::Slots => Action::Park,
    };
    if let Answer::Refused(refusal) = lot.ask(now, question)
        && matches!(refusal.code, RefusalCode::Taken | RefusalCode::Vacant)
    {
        lot.ask(now, &Question { action: other, ..question.clone() });
    }
}

fn waiting_in(lot: &Lot, slot: Slot) -> Option<&CallApiId> {
    lot.stalls().find(|(held, ..)| *held == slot).map(|(_, stay, _)| &stay.call)
}
