//! JSON, and dictionaries as Python 2 prints them.
//!
//! The documents of the resource show an answer as `{u'slot': u'6'}`, which is not JSON. So this
//! module reads both notations. It keeps numbers as text, because `6` is a slot and `6.0` is not.

use super::LONGEST_BODY;

/// A value of JSON or Python.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// The digits as they were written.
    Number(String),
    Text(String),
    List(Vec<Self>),
    /// The fields in the order in which they were written.
    Object(Vec<(String, Self)>),
}

/// The notations that a reader accepts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Notation {
    /// JSON only. Clients write it correctly.
    Json,
    /// JSON and Python's `u'…'`, `'…'`, `None`, `True` and `False`.
    JsonOrPython,
}

/// The deepest nesting that is read. Documented bodies have a depth of one or two.
const DEEPEST: u8 = 16;

impl Value {
    /// Reads a whole body. `None` if it is not in the notation, or longer than [`LONGEST_BODY`].
    pub(crate) fn read(text: &str, notation: Notation) -> Option<Self> {
        if text.len() > LONGEST_BODY {
            return None;
        }
        let mut reader = Reader { rest: text.trim_start_matches('\u{feff}'), notation };
        let value = reader.value(DEEPEST)?;
        reader.skip_blanks();
        reader.rest.is_empty().then_some(value)
    }

    /// Returns the value of a field of an object. The letter case of `name` does not matter. If a
    /// name comes twice, the last value counts.
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

    /// Returns the text, if the value is a text or a number.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }
}

/// Appends `text` as a JSON string.
pub(crate) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            // U+2028 and U+2029 end a line in JavaScript source, and a body may be pasted there.
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

/// Reads values from the beginning of `rest`.
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

    /// Skips blanks, then takes `token` if it comes next.
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

    /// Takes an opening quotation mark, with the prefix `u` or `b` of Python.
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

    /// Takes a comma or `end`. True after a comma, `None` if neither comes next.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        let is_over = self.take(end);
        (is_over || self.take(b',')).then_some(!is_over)
    }

    /// Reads a number, or a word such as `null`.
    fn word(&mut self) -> Option<Value> {
        self.skip_blanks();
        let is_end = |byte: &u8| b",]}: \t\r\n".contains(byte);
        let length = self.rest.bytes().take_while(|byte| !is_end(byte)).count();
        let (word, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(match (word, self.is_python()) {
            ("null", _) | ("None", true) => Value::Null,
            ("true", _) | ("True", true) => Value::Bool(true),
            ("false", _) | ("False", true) => Value::Bool(false),
            (number, _) if is_number(number) => Value::Number(number.to_owned()),
            _ => return None,
        })
    }

    /// Reads the text up to the closing quotation mark.
    fn text(&mut self, quote: char) -> Option<String> {
        let is_plain = |byte: &u8| !matches!(byte, ..b' ' | b'\\') && char::from(*byte) != quote;
        let mut text = String::new();
        loop {
            let length = self.rest.bytes().take_while(is_plain).count();
            let (plain, rest) = self.rest.split_at_checked(length)?;
            text.push_str(plain);
            self.rest = rest;
            match self.next()? {
                c if c == quote => return Some(text),
                '\\' => text.push(self.escape(quote)?),
                _ => return None,
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

    /// Reads the character of a `\u` escape, or of two escapes that form a surrogate pair. A lone
    /// surrogate becomes U+FFFD, because a name with a broken emoji is still useful.
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

/// Returns true if `word` is a number of JSON, for example `-12.5e-10`.
fn is_number(word: &str) -> bool {
    let mut rest = word.strip_prefix('-').unwrap_or(word).as_bytes();
    let has_leading_zero = rest.starts_with(b"0");
    let whole = take_digits(&mut rest);
    let is_whole = whole == 1 || whole > 1 && !has_leading_zero;
    let mut is_good = is_whole;
    if let [b'.', fraction @ ..] = rest {
        rest = fraction;
        is_good &= take_digits(&mut rest) > 0;
    }
    if let [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] = rest {
        rest = exponent;
        is_good &= take_digits(&mut rest) > 0;
    }
    is_good && rest.is_empty()
}

/// Takes the digits at the beginning of `rest`. Returns their number.
fn take_digits(rest: &mut &[u8]) -> usize {
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    *rest = rest.get(count..).unwrap_or_default();
    count
}
