use valet_park::ExtensionId;

use super::{accept, refuse};

#[track_caller]
fn refuse_extension(text: &str, found: &str) {
    let message =
        format!("expected an extension like `34414`, `@101` or `@1844*101`, found `{found}`");
    refuse::<ExtensionId>(text, &message);
}

#[test]
fn an_extension_has_one_of_three_forms() {
    for text in ["34414", "0", "@101", "@1844*101", "007"] {
        accept::<ExtensionId>(text, text);
    }
}

#[test]
fn the_three_forms_are_not_equal() {
    let id = |text: &str| text.parse::<ExtensionId>().unwrap();
    assert_ne!(id("101"), id("@101"));
    assert_ne!(id("@101"), id("@1844*101"));
    assert_eq!(id("@101"), id("@101"));
}

#[test]
fn any_other_text_is_not_an_extension() {
    for text in ["", "@", "*", "@*", "@1844*", "@*101", "1844*101", "@1*2*3", "@@101", "101@"] {
        refuse_extension(text, text);
    }
    for text in ["-1", "+1", "34 414", " 34414", "34414 ", "a", "３４", "34414/x", "@101?", "%31"]
    {
        refuse_extension(text, text);
    }
    refuse_extension("34414\n", "34414 ");
}

#[test]
fn an_extension_has_at_most_64_bytes() {
    accept::<ExtensionId>(&"1".repeat(64), &"1".repeat(64));
    refuse_extension(&"1".repeat(65), &format!("{}…", "1".repeat(40)));
}
