use valet_park::Action;

use super::{accept, refuse};

#[test]
fn every_action_is_read_by_its_word() {
    let error = "".parse::<Action>().unwrap_err();
    for action in Action::ALL {
        accept::<Action>(action.as_str(), action.as_str());
        assert!(error.message.contains(&format!("`{action}`")), "the message names {action}");
    }
    assert_eq!("park".parse(), Ok(Action::Park));
    assert_eq!("bridge".parse(), Ok(Action::Bridge));
    assert_eq!("slots".parse(), Ok(Action::Slots));
}

#[test]
fn an_act_parks_or_connects_a_call() {
    assert!(Action::Park.is_act() && Action::Bridge.is_act() && !Action::Slots.is_act());
}

#[test]
fn any_other_text_is_not_an_action() {
    for text in ["", "Park", "PARK", "slot", "unpark", " park", "park ", "парковать"] {
        let message = format!("expected the action `park`, `bridge` or `slots`, found `{text}`");
        refuse::<Action>(text, &message);
    }
}
