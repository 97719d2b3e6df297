//! Bodies as values: JSON, and the way Python prints a dictionary.
//!
//! The page that documents the resource shows an answer as `{u'slot': u'6'}`, which is no JSON.
//! One reader for both notations is shorter than a JSON library with a repair shop before it, and
//! it keeps numbers as text, so that `6` and `6.0` and `"6"` can be told apart where it matters.

use core::fmt::Write as _;

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
    /// Reads a whole body; `None` if it is in neither notation.
    pub(crate) fn read(text: &str, notation: Notation) -> Option<Self> {
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
                // Writing into a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
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
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    /// Takes `token` if it comes next, after blanks.
    fn take(&mut self, token: &str) -> bool {
        self.skip_blanks();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    fn is_python(&self) -> bool {
        self.notation == Notation::JsonOrPython
    }

    fn value(&mut self, depth: u8) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        if let Some(quote) = self.quote() {
            return self.text(quote).map(Value::Text);
        }
        if self.take("{") {
            return self.object(depth);
        }
        if self.take("[") {
            return self.list(depth);
        }
        self.word()
    }

    /// Takes an opening quotation mark, with Python's prefix for one.
    fn quote(&mut self) -> Option<char> {
        if self.take("\"") {
            return Some('"');
        }
        if !self.is_python() {
            return None;
        }
        ["'", "u'", "b'"]
            .into_iter()
            .any(|open| self.take(open))
            .then_some('\'')
            .or_else(|| self.take("u\"").then_some('"'))
    }

    fn object(&mut self, depth: u8) -> Option<Value> {
        let mut fields = Vec::new();
        if self.take("}") {
            return Some(Value::Object(fields));
        }
        loop {
            let name = match self.quote() {
                Some(quote) => self.text(quote)?,
                // Python prints a dictionary keyed by number without quotation marks.
                None if self.is_python() => self.word()?.as_text()?.to_owned(),
                None => return None,
            };
            if !self.take(":") {
                return None;
            }
            fields.push((name, self.value(depth)?));
            if self.take("}") {
                return Some(Value::Object(fields));
            }
            if !self.take(",") {
                return None;
            }
        }
    }

    fn list(&mut self, depth: u8) -> Option<Value> {
        let mut items = Vec::new();
        if self.take("]") {
            return Some(Value::List(items));
        }
        loop {
            items.push(self.value(depth)?);
            if self.take("]") {
                return Some(Value::List(items));
            }
            if !self.take(",") {
                return None;
            }
        }
    }

    fn word(&mut self) -> Option<Value> {
        self.skip_blanks();
        let end = self.rest.find([',', ']', '}', ':', ' ', '\t', '\r', '\n']);
        let (word, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        let value = match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "None" if self.is_python() => Value::Null,
            "True" if self.is_python() => Value::Bool(true),
            "False" if self.is_python() => Value::Bool(false),
            number if is_number(number) => Value::Number(number.to_owned()),
            _ => return None,
        };
        self.rest = rest;
        Some(value)
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
        let (text, rest) = self.rest.split_at_checked(digits)?;
        let plain = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.rest = rest;
        u32::from_str_radix(text, 16).ok().filter(|_| plain)
    }
}

/// Whether JSON would call `word` a number.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match word.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
        }
        None => (word, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole)
        && digits(fraction)
        && digits(exponent)
        && (whole.len() == 1 || !whole.starts_with('0'))
}
