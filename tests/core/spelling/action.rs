use valet_park::Action;

use super::{accept, refuse};

#[test]
fn every_action_is_read_by_its_word() {
    assert_eq!("park".parse(), Ok(Action::Park));
    assert_eq!("bridge".parse(), Ok(Action::Bridge));
    assert_eq!("slots".parse(), Ok(Action::Slots));
    for word in ["park", "bridge", "slots"] {
        accept::<Action>(word, word);
    }
}

#[test]
fn any_other_text_is_not_an_action() {
    for text in ["", "Park", "PARK", "slot", "unpark", " park", "park ", "парковать"] {
        let message = format!("expected the action `park`, `bridge` or `slots`, found `{text}`");
        refuse::<Action>(text, &message);
    }
}
