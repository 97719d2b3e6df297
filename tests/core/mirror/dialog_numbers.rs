//! Finding the call of a SIP dialog by its number and its direction.

use super::dialogs::matches;

#[test]
fn a_number_has_many_spellings() {
    for (event, sip) in [
        ("from=102", "102"),
        ("from=2566*102", "102"),
        ("from=102", "2566*102"),
        ("from=2566*102", "sip:2566*102@pbx.example"),
        ("by=2566*887@pbx.example", "887"),
        ("from=+79161112233", "0079161112233"),
        ("from=+79161112233", "9161112233"),
        ("from=+79161112233", "989161112233"),
        ("from=+79161112233", "+7-(916)-111.22.33"),
        ("from=+79161112233", "sip:89161112233@pbx.example;transport=ws"),
        ("from=+79161112233", "89161112233;user=phone"),
        ("from=+79161112233", "<sip:%2B79161112233@pbx.example>;tag=1"),
        ("from=+79161112233", "tel:+79161112233;phone-context=ru"),
    ] {
        let story = format!(
            "
            0 dial-in 1 {event}
            0 dial-in 2 from=+74950001122
            in {sip}                        1
            "
        );
        matches(&story);
    }
}

#[test]
fn short_numbers_must_be_equal() {
    for (event, sip) in [
        ("2566*102", "2567*102"),
        ("102", "1102"),
        ("11122233", "4411122233"),
        ("+79161112233", "61112233"),
    ] {
        matches(&format!(
            "
            0 dial-in 1 from={event}
            in {sip}                        none
            "
        ));
    }
}

#[test]
fn the_direction_tells_two_calls_of_one_number_apart() {
    matches(
        "
        0 dial-in 1 from=+79161112233
        0 dial-out 2 to=+79161112233
        out 89161112233                  2
        in +79161112233                  1
        ",
    );
}

#[test]
fn an_outgoing_call_is_found_before_it_is_answered() {
    matches(
        "
        0 dial-out 1 from=2566*341 to=89161112233
        out +79161112233 rings           1
        ",
    );
}

#[test]
fn a_number_that_is_known_on_one_side_only_needs_the_same_moment() {
    let story = |since: &str| {
        format!(
            "
            9000 dial-in 1 from=+79161112233
            in anonymous{since}             "
        )
    };
    matches(&format!("{}none", story("")));
    matches(&format!("{}1", story(" since=8900")));
    matches(&format!("{}none", story(" since=5000")));
}

#[test]
fn a_user_name_is_no_number() {
    matches(
        "
        0 dial-in 1 from=anna
        in sip:anna@pbx.example          1
        ",
    );
}
