//! Text that is UTF-8, or was once, or is in one of the charsets from before.

/// The charset of a text that is no UTF-8.
///
/// Senders of call events do not say which charset they use.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Fallback {
    /// Decides for each text: Windows-1251 for Cyrillic words, Windows-1252 for words in which
    /// letters outside ASCII stand beside letters of ASCII.
    #[default]
    Guess,
    /// Cyrillic letters.
    Windows1251,
    /// Western European letters; Latin-1, and a few more characters.
    Windows1252,
}

/// The characters of Windows-1251 from 0x80 on, before the Russian letters from `А` to `я`.
const CYRILLIC: &str =
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";

/// The characters of Windows-1252 from 0x80 on, before those of Latin-1.
const WESTERN: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ";

/// Reads bytes as text.
///
/// Bytes that are no UTF-8 are read by `fallback`, unless most of the letters outside ASCII are
/// UTF-8. Then the text was damaged or cut: a letter that was cut at the end is left out, and other
/// bad bytes are replaced by U+FFFD.
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

/// The character that `byte` stands for in `charset`.
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

/// Whether `byte` is a letter outside ASCII that is usual in a name.
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

/// Windows-1251 if most letters outside ASCII stand in words without letters of ASCII.
///
/// A single letter counts only where there is no letter of ASCII at all: `à` is a word, too.
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

/// Whether the bytes, which are no UTF-8, were UTF-8 before something damaged or cut them.
///
/// By chance some pairs of letters in another charset are UTF-8. So the evidence for UTF-8 has to
/// outweigh the bytes that speak against it.
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

/// The bytes without the beginning of a UTF-8 letter at their end.
fn without_cut_letter(bytes: &[u8]) -> &[u8] {
    let end = bytes.utf8_chunks().last().map_or(&[][..], |last| last.invalid());
    match str::from_utf8(end) {
        Err(error) if error.error_len().is_none() => bytes.strip_suffix(end).unwrap_or(bytes),
        _ => bytes,
    }
}
