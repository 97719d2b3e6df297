//! Bodies as values: JSON, and the way Python prints a dictionary.
//!
//! The page that documents the resource shows an answer as `{u'slot': u'6'}`, which is no JSON.
//! One reader for both notations is shorter than a JSON library with a repair shop before it, and
//! it keeps numbers as text, so that `6` and `6.0` and `"6"` can be told apart where it matters.

use super::LONGEST_BODY;

/// A body, read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// As it was written.
    Number(String),
    Text(String),
    List(Vec<Self>),
    /// In the order in which it was written.
    Object(Vec<(String, Self)>),
}

/// What may stand in a body beside JSON.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Notation {
    /// Nothing: who asks, asks properly.
    Json,
    /// Python's `u'…'`, `'…'`, `None`, `True` and `False`.
    JsonOrPython,
}

/// How deep a body may nest. Nothing documented goes beyond two.
const DEEPEST: u8 = 16;

impl Value {
    /// Reads a whole body; `None` if it is in neither notation, or longer than [`LONGEST_BODY`].
    pub(crate) fn read(text: &str, notation: Notation) -> Option<Self> {
        if text.len() > LONGEST_BODY {
            return None;
        }
        let mut reader = Reader { rest: text.trim_start_matches('\u{feff}'), notation };
        let value = reader.value(DEEPEST)?;
        reader.skip_blanks();
        reader.rest.is_empty().then_some(value)
    }

    /// The value of the field `name` of an object, whatever its letter case; the last one counts.
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else {
            return None;
        };
        fields.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a text or a number.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }
}

/// Writes `text` as JSON.
pub(crate) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            // U+2028 and U+2029 end a line in JavaScript source, where such a body may be pasted.
            '\0'..='\u{1f}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    out.extend(char::from_digit((u32::from(c) >> shift) & 15, 16));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

struct Reader<'a> {
    rest: &'a str,
    notation: Notation,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let c = rest.next();
        self.rest = rest.as_str();
        c
    }

    fn peek(&self) -> Option<u8> {
        self.rest.bytes().next()
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.next();
        }
    }

    /// Takes `token` if it comes next, after blanks.
    fn take(&mut self, token: u8) -> bool {
        self.skip_blanks();
        self.peek() == Some(token) && self.next().is_some()
    }

    fn is_python(&self) -> bool {
        self.notation == Notation::JsonOrPython
    }

    fn value(&mut self, depth: u8) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        if let Some(quote) = self.quote() {
            return self.text(quote).map(Value::Text);
        }
        if self.take(b'{') {
            return self.object(depth);
        }
        if self.take(b'[') {
            return self.list(depth);
        }
        self.word()
    }

    /// Takes an opening quotation mark, with Python's prefix for one.
    fn quote(&mut self) -> Option<char> {
        if self.take(b'"') {
            return Some('"');
        }
        if !self.is_python() {
            return None;
        }
        let before = self.rest;
        if !self.take(b'u') {
            self.take(b'b');
        }
        if let Some(b'\'' | b'"') = self.peek() {
            return self.next();
        }
        self.rest = before;
        None
    }

    fn object(&mut self, depth: u8) -> Option<Value> {
        let mut fields = Vec::new();
        let mut goes_on = !self.take(b'}');
        while goes_on {
            let name = match self.quote() {
                Some(quote) => self.text(quote)?,
                // Python prints a dictionary keyed by number without quotation marks.
                None if self.is_python() => self.word()?.into_text()?,
                None => return None,
            };
            if !self.take(b':') {
                return None;
            }
            fields.push((name, self.value(depth)?));
            goes_on = self.goes_on(b'}')?;
        }
        Some(Value::Object(fields))
    }

    fn list(&mut self, depth: u8) -> Option<Value> {
        let mut items = Vec::new();
        let mut goes_on = !self.take(b']');
        while goes_on {
            items.push(self.value(depth)?);
            goes_on = self.goes_on(b']')?;
        }
        Some(Value::List(items))
    }

    /// Whether there is more before `end`; `None` where neither comes next.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        let is_over = self.take(end);
        (is_over || self.take(b',')).then_some(!is_over)
    }

    fn word(&mut self) -> Option<Value> {
        self.skip_blanks();
        let mut word = String::new();
        while !matches!(
            self.peek(),
            None | Some(b',' | b']' | b'}' | b':' | b' ' | b'\t' | b'\r' | b'\n')
        ) {
            word.push(self.next()?);
        }
        Some(match (word.as_str(), self.is_python()) {
            ("null", _) | ("None", true) => Value::Null,
            ("true", _) | ("True", true) => Value::Bool(true),
            ("false", _) | ("False", true) => Value::Bool(false),
            (number, _) if is_number(number) => Value::Number(word),
            _ => return None,
        })
    }

    fn text(&mut self, quote: char) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.next()? {
                c if c == quote => return Some(text),
                '\\' => text.push(self.escape(quote)?),
                c if c < ' ' => return None,
                c => text.push(c),
            }
        }
    }

    fn escape(&mut self, quote: char) -> Option<char> {
        Some(match self.next()? {
            c @ ('"' | '\\' | '/') => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.code_point(),
            'x' if self.is_python() => char::from_u32(self.hexadecimal(2)?)?,
            c if c == quote => c,
            _ => return None,
        })
    }

    /// A `\u` escape, or two of them for one character. A lone half is replaced: a caller's name
    /// with a broken emoji is still a name.
    fn code_point(&mut self) -> Option<char> {
        let unit = self.hexadecimal(4)?;
        if !(0xd800..0xdc00).contains(&unit) {
            return Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.rest;
        if let Some(rest) = before.strip_prefix("\\u") {
            self.rest = rest;
            let low = self.hexadecimal(4)?;
            if (0xdc00..0xe000).contains(&low) {
                return char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
            }
            self.rest = before;
        }
        Some(char::REPLACEMENT_CHARACTER)
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let mut number = 0;
        for _ in 0..digits {
            number = number * 16 + self.next()?.to_digit(16)?;
        }
        Some(number)
    }
}

/// Whether JSON would call `word` a number.
fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word).as_bytes();
    let mut rest = word;
    let whole = digits(&mut rest);
    // A zero in front stands alone.
    let mut good = whole == 1 || whole > 0 && !word.starts_with(b"0");
    if let [b'.', fraction @ ..] = rest {
        rest = fraction;
        good &= digits(&mut rest) > 0;
    }
    if let [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] = rest {
        rest = exponent;
        good &= digits(&mut rest) > 0;
    }
    good && rest.is_empty()
}

/// Takes all digits off the front; how many there were.
fn digits(rest: &mut &[u8]) -> usize {
    let all = rest.len();
    while let [b'0'..=b'9', tail @ ..] = *rest {
        *rest = tail;
    }
    all - rest.len()
}
