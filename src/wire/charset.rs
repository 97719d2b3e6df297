//! Bytes as text: UTF-8, damaged UTF-8, Windows-1251 or Windows-1252.

/// The charset of a text that is not UTF-8. A call event does not name its charset.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Fallback {
    /// Guesses for each text. Words of Cyrillic letters make it Windows-1251. Words that mix ASCII
    /// letters with others make it Windows-1252.
    #[default]
    Guess,
    /// For Cyrillic letters.
    Windows1251,
    /// For Western European letters. It has the letters of Latin-1 and some more characters.
    Windows1252,
}

/// The characters of Windows-1251 from 0x80 to 0xBF. The letters from `А` to `я` follow.
const CYRILLIC: &str =
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";

/// The characters of Windows-1252 from 0x80 to 0x9F. The rest is the same as in Latin-1.
const WESTERN: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ";

/// Reads bytes as text.
///
/// Bytes that are not UTF-8 are read as `fallback`. There is one exception: if most letters outside
/// ASCII are valid UTF-8, then the text was UTF-8 and was damaged or cut. In this case an
/// incomplete letter at the end is removed, and other invalid bytes become U+FFFD.
pub(super) fn read_text(bytes: Vec<u8>, fallback: Fallback) -> String {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.into_bytes(),
    };
    let charset = match fallback {
        Fallback::Guess => guess(&bytes),
        named => named,
    };
    if !is_damaged_utf8(&bytes, charset) {
        return bytes.iter().map(|byte| character(*byte, charset)).collect();
    }
    let mut text = String::new();
    for chunk in without_cut_letter(&bytes).utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    text
}

/// Returns the character that `byte` stands for in `charset`.
fn character(byte: u8, charset: Fallback) -> char {
    let special = usize::from(byte).checked_sub(0x80);
    let listed = |list: &str| special.and_then(|place| list.chars().nth(place));
    match charset {
        Fallback::Windows1251 if byte >= 0xc0 => {
            char::from_u32(u32::from(byte) - 0xc0 + u32::from('А')).unwrap_or_default()
        }
        Fallback::Windows1251 => listed(CYRILLIC).unwrap_or(char::from(byte)),
        _ => listed(WESTERN).unwrap_or(char::from(byte)),
    }
}

/// Returns true if `byte` is a letter outside ASCII that is common in names.
///
/// The Cyrillic letters are those of Russian, Ukrainian and Belarusian.
fn is_usual_letter(byte: u8, charset: Fallback) -> bool {
    let letter = character(byte, charset);
    match charset {
        Fallback::Windows1251 => {
            matches!(letter, 'А'..='я' | 'Ё' | 'ё' | 'Ґ' | 'ґ' | 'Є' | 'є' | 'І' | 'і' | 'Ї' | 'ї')
                || matches!(letter, 'Ў' | 'ў')
        }
        _ => {
            matches!(letter, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ')
                || matches!(letter, 'Š' | 'š' | 'Œ' | 'œ' | 'Ž' | 'ž')
        }
    }
}

/// Guesses the charset: Windows-1251 if most letters outside ASCII are in words without ASCII
/// letters.
///
/// A word of one letter counts only if the text has no ASCII letter at all, because `à` is a word
/// in Western languages.
fn guess(bytes: &[u8]) -> Fallback {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    let is_western = bytes.iter().any(u8::is_ascii_alphabetic);
    let (mut cyrillic, mut western) = (0, 0);
    for word in bytes.split(|byte| !is_letter(byte)) {
        let letters = word.iter().filter(|byte| is_usual_letter(**byte, Fallback::Windows1251));
        match letters.count() {
            count if word.iter().any(u8::is_ascii) => western += count,
            1 if is_western => {}
            count => cyrillic += count,
        }
    }
    if cyrillic > western { Fallback::Windows1251 } else { Fallback::Windows1252 }
}

/// Returns true if the bytes, which are not valid UTF-8, were UTF-8 before they were damaged or
/// cut.
///
/// Some pairs of letters of another charset are valid UTF-8 by chance. So the bytes of valid
/// letters must outnumber the invalid ones.
fn is_damaged_utf8(bytes: &[u8], charset: Fallback) -> bool {
    let kept = without_cut_letter(bytes);
    let cut = bytes.len() - kept.len();
    let (mut good, mut bad) = (0, 0);
    for chunk in kept.utf8_chunks() {
        let letters = chunk.valid().chars().filter(|c| !c.is_ascii());
        good += letters.map(|letter| letter.len_utf8() - 1).sum::<usize>();
        bad += chunk.invalid().len();
    }
    let mut others = bytes.iter().filter(|byte| !byte.is_ascii());
    if others.all(|byte| is_usual_letter(*byte, charset)) {
        let is_alone = cut == 1 && !kept.last().is_some_and(u8::is_ascii_alphabetic);
        good > bad + cut || is_alone && kept.is_ascii()
    } else {
        good + cut > bad
    }
}

/// Returns the bytes without an incomplete UTF-8 letter at their end.
fn without_cut_letter(bytes: &[u8]) -> &[u8] {
    let end = bytes.utf8_chunks().last().map_or(&[][..], |last| last.invalid());
    match str::from_utf8(end) {
        Err(error) if error.error_len().is_none() => bytes.strip_suffix(end).unwrap_or(bytes),
        _ => bytes,
    }
}
