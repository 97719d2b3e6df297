//! A hasty switch: it checks the slot, answers, and acts a moment later.
//!
//! A real telephone engine does the same under load. Another command can act between the check and
//! the act.

use valet_park::{Action, Answer, CallApiId, Lot, Question, Refusal, RefusalCode, Slot, Time};

/// The longest time between the check and the act, in milliseconds.
pub(super) const HASTE_MS: u64 = 40;

/// Returns the answer of a hasty switch, which only the check of the slot decides.
///
/// Returns `None` if the question is not an act in a slot. Then the lot answers.
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

/// Carries out the act of a hasty switch. The engine has one verb for both acts: a call that enters
/// a held slot is connected with the call there, and a call that enters a vacant slot is parked.
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
