//! Names that are not UTF-8, and names that were cut.

use valet_park::wire::{Fallback, read_event, read_event_with};

/// The bytes with percent-encoding.
fn escaped(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
}

fn form(bytes: &[u8]) -> String {
    format!("EventType=dial-in&CallerIDNum=1&CallerIDName={}", escaped(bytes))
}

/// Reads a call event with these bytes as the name of the caller. Returns the name.
fn name(bytes: &[u8]) -> Option<String> {
    read_event(&form(bytes)).unwrap().caller.unwrap().name.clone()
}

/// `text` in Windows-1251.
fn cyrillic(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '\0'..='\x7f' => c as u8,
        'А'..='я' => u8::try_from(u32::from(c) - u32::from('А') + 0xc0).unwrap(),
        'Ё' => 0xa8,
        'ё' => 0xb8,
        'Ґ' => 0xa5,
        'ґ' => 0xb4,
        'Є' => 0xaa,
        'є' => 0xba,
        'Ї' => 0xaf,
        'ї' => 0xbf,
        'І' => 0xb2,
        'і' => 0xb3,
        'Ў' => 0xa1,
        'ў' => 0xa2,
        '«' => 0xab,
        '»' => 0xbb,
        '№' => 0xb9,
        '–' => 0x96,
        '’' => 0x92,
        _ => panic!("{c} is not among the letters of the tests"),
    };
    text.chars().map(byte).collect()
}

/// `text` in Latin-1.
fn western(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[test]
fn names_in_windows_1251_are_read() {
    assert_eq!(escaped(&cyrillic("Анна")), "%C0%ED%ED%E0");
    for text in [
        "Анна",
        "Анна Петрова",
        "АННА",
        "Пётр Ёлкин",
        "А",
        "Р. Чехов",
        "А. С. Пушкин",
        "Ким",
        "ООО «Ромашка»",
        "Отдел №2 – склад",
        "Ян 2",
        "Дядя Joe",
        "Кім",
        "Лія",
        "Рівне",
        "Марії",
        "Юрій Їжак",
        "Євгенія Ґалаґан",
        "Сергій Кіт",
        "В’ячеслав",
        "Янка Ўладзімір",
    ] {
        assert_eq!(name(&cyrillic(text)).as_deref(), Some(text));
    }
}

#[test]
fn names_in_latin_1_are_read() {
    for text in [
        "Müller",
        "Jürgen Groß",
        "MÜLLER",
        "José",
        "Óscar Núñez",
        "Hélène Lefèvre",
        "Çelik",
        "Zoë",
        "Éric à Paris",
        "Chez Ève à côté",
        "Åse Ødegård",
        "Chloe à Paris",
        "Björn Åström ÅÄ",
    ] {
        assert_eq!(name(&western(text)).as_deref(), Some(text));
    }
    assert_eq!(name(b"Caf\xe9 \x93Z\xfcrich\x94").as_deref(), Some("Café “Zürich”"));
    assert_eq!(name(b"D\x92Arc Ren\xe9").as_deref(), Some("D’Arc René"));
    assert_eq!(name(b"S\x9cur \x80").as_deref(), Some("Sœur €"));
}

#[test]
fn a_byte_without_a_character_is_replaced() {
    assert_eq!(name(b"M\xfcller \x81").as_deref(), Some("Müller \u{fffd}"));
    let bytes = [cyrillic("Анна "), b"\x98".to_vec()].concat();
    assert_eq!(name(&bytes).as_deref(), Some("Анна \u{fffd}"));
}

/// A switch may cut a name after some bytes, in the middle of a letter.
#[test]
fn a_name_that_was_cut_loses_only_its_incomplete_letter() {
    for text in [
        "Анна Петрова",
        "Anna Петрова",
        "Ірина Їжак",
        "Anna 😀",
        "Jürgen Groß",
        "Hélène €",
        "李小龍",
        "김철수",
    ] {
        for end in 1..=text.len() {
            let whole = (0..=end).rev().find_map(|end| text.get(..end)).unwrap();
            // After an ASCII letter, an incomplete letter may be a letter of another charset.
            let is_attached = whole.is_ascii() && whole.ends_with(|c: char| c.is_alphabetic());
            if is_attached && whole.len() + 1 == end {
                continue;
            }
            let expected = Some(whole.trim_ascii()).filter(|text| !text.is_empty());
            assert_eq!(name(&text.as_bytes()[..end]).as_deref(), expected, "{end} of {text}");
        }
    }
}

#[test]
fn an_invalid_byte_among_valid_letters_is_replaced_alone() {
    let with = |bad: &[u8]| {
        let bytes = ["Анна ".as_bytes(), bad, " Петрова".as_bytes()].concat();
        name(&bytes).unwrap()
    };
    for bad in [&b"\xff"[..], b"\xc3", b"\x80", b"\xe2\x82", b"\xf0\x9f\x98"] {
        assert_eq!(with(bad), "Анна \u{fffd} Петрова", "{bad:x?}");
    }
    let start = ["\u{43d}\u{43d}\u{430}".as_bytes()].concat();
    assert_eq!(name(&[&b"\x90"[..], &start].concat()).as_deref(), Some("\u{fffd}нна"));
    assert_eq!(name("Jürgen\u{fffd} Groß".as_bytes()).as_deref(), Some("Jürgen\u{fffd} Groß"));
}

#[test]
fn a_caller_can_choose_the_charset() {
    let read = |fallback| {
        let event = read_event_with(&form(b"\xc0\xed\xed\xe0"), fallback).unwrap();
        event.caller.unwrap().name.clone().unwrap()
    };
    assert_eq!(read(Fallback::default()), "Анна");
    assert_eq!(read(Fallback::Guess), "Анна");
    assert_eq!(read(Fallback::Windows1251), "Анна");
    assert_eq!(read(Fallback::Windows1252), "Àííà");
    let event = read_event_with(&form("Анна".as_bytes()), Fallback::Windows1252).unwrap();
    assert_eq!(event.caller.unwrap().name.as_deref(), Some("Анна"), "UTF-8 stays UTF-8");
    let event = read_event_with(&form(&western("Müller")), Fallback::Windows1251).unwrap();
    assert_eq!(event.caller.unwrap().name.as_deref(), Some("Mьller"));
}
