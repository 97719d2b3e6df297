//! How a recording spells values: as numbers and texts, in the order of the fields.
//!
//! A recording holds the state of a mirror and its inputs, so that a developer can replay them. The
//! names of fields are not in a recording: only the same version of the crate can read it.
//!
//! INVARIANT: every text in a recording came from outside, for example a number or the name of a
//! caller. Words of our own, such as the states of a call, are written as numbers. So a recording
//! is anonymous as soon as all its texts are replaced.

mod words;

use std::collections::VecDeque;
use std::sync::Arc;

/// One item of a recording.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Token {
    /// A number below 2^51.
    Number(u64),
    /// A text from outside.
    Text(String),
    /// The end of an entry.
    End,
}

/// A value that can be written into a recording and read again.
pub(crate) trait Record: Sized {
    /// Appends the value.
    fn write(&self, to: &mut Writer);

    /// Reads the value. Returns `None` if the recording holds something else.
    fn read(from: &mut Reader<'_>) -> Option<Self>;
}

/// The bytes of a recording.
///
/// A token is a number in groups of seven bits, the lowest group first. The lowest two bits of the
/// number say what the token is: `0` a number, `1` a text of that many bytes, `2` an end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
}

const NUMBER: u64 = 0;
const TEXT: u64 = 1;
const END: u64 = 2;

/// Numbers from here on take two tokens, because JavaScript must be able to read a token exactly.
const LARGE: u64 = 1 << 50;

impl Writer {
    /// Returns what was written.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Appends what another writer wrote.
    pub(crate) fn append(&mut self, other: &Self) {
        self.bytes.extend_from_slice(&other.bytes);
    }

    /// Returns the number of bytes that were written.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Forgets everything, and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
    }

    pub(crate) fn number(&mut self, number: u64) {
        if number < LARGE {
            self.group(number << 2 | NUMBER);
        } else {
            self.group((LARGE | number >> 32) << 2 | NUMBER);
            self.group((number & 0xffff_ffff) << 2 | NUMBER);
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.group((text.len() as u64) << 2 | TEXT);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Ends an entry.
    pub(crate) fn end(&mut self) {
        self.group(END);
    }

    #[allow(clippy::cast_possible_truncation, reason = "only the lowest bits are wanted")]
    fn group(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

/// Reads the tokens in `bytes`, as a [`Writer`] wrote them. Returns `None` if they are cut off.
pub fn read_tokens(mut bytes: &[u8]) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    while !bytes.is_empty() {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (byte, rest) = bytes.split_first()?;
            bytes = rest;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        tokens.push(match number & 3 {
            NUMBER => Token::Number(number >> 2),
            TEXT => {
                let (text, rest) = bytes.split_at_checked(usize::try_from(number >> 2).ok()?)?;
                bytes = rest;
                Token::Text(core::str::from_utf8(text).ok()?.to_owned())
            }
            _ => Token::End,
        });
    }
    Some(tokens)
}

/// Reads values out of the tokens of a recording.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    tokens: &'a [Token],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(tokens: &'a [Token]) -> Self {
        Self { tokens }
    }

    /// Reads a number. Passes over nothing if something else comes next.
    pub(crate) fn number(&mut self) -> Option<u64> {
        let (number, rest) = match self.tokens {
            [Token::Number(high), Token::Number(low), rest @ ..] if *high >= LARGE => {
                ((high - LARGE) << 32 | low, rest)
            }
            [Token::Number(number), rest @ ..] => (*number, rest),
            _ => return None,
        };
        self.tokens = rest;
        Some(number)
    }

    /// Reads a text. Passes over nothing if something else comes next.
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let [Token::Text(text), rest @ ..] = self.tokens else { return None };
        self.tokens = rest;
        Some(text)
    }

    /// Returns true at the end of an entry, and passes over it.
    pub(crate) fn is_end(&mut self) -> bool {
        let [Token::End, rest @ ..] = self.tokens else { return false };
        self.tokens = rest;
        true
    }

    /// Returns true if nothing is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}

/// Implements [`Record`] for a struct or an enum, field by field.
///
/// The fields of a struct behind `;` are not written. They are empty between two inputs, or follow
/// from the others, and are read as their defaults. Each variant of an enum has a number.
macro_rules! record {
    (struct $name:ident { $($field:ident),* $(; $($empty:ident),*)? }) => {
        impl $crate::record::Record for $name {
            fn write(&self, to: &mut $crate::record::Writer) {
                let Self { $($field),* $(, $($empty: _),*)? } = self;
                $($crate::record::Record::write($field, to);)*
            }

            fn read(from: &mut $crate::record::Reader<'_>) -> Option<Self> {
                $(let $field = $crate::record::Record::read(from)?;)*
                Some(Self { $($field),* $(, $($empty: Default::default()),*)? })
            }
        }
    };
    (struct $name:ident($field:ident)) => {
        impl $crate::record::Record for $name {
            fn write(&self, to: &mut $crate::record::Writer) {
                let Self($field) = self;
                $crate::record::Record::write($field, to);
            }

            fn read(from: &mut $crate::record::Reader<'_>) -> Option<Self> {
                $crate::record::Record::read(from).map(Self)
            }
        }
    };
    (enum $name:ident {
        $($number:literal => $variant:ident $({ $($field:ident),* })? $(($($item:ident),*))?),+
        $(,)?
    }) => {
        impl $crate::record::Record for $name {
            fn write(&self, to: &mut $crate::record::Writer) {
                match self {$(
                    Self::$variant $({ $($field),* })? $(($($item),*))? => {
                        to.number($number);
                        $($($crate::record::Record::write($field, to);)*)?
                        $($($crate::record::Record::write($item, to);)*)?
                    }
                )+}
            }

            fn read(from: &mut $crate::record::Reader<'_>) -> Option<Self> {
                Some(match from.number()? {
                    $($number => {
                        $($(let $field = $crate::record::Record::read(from)?;)*)?
                        $($(let $item = $crate::record::Record::read(from)?;)*)?
                        Self::$variant $({ $($field),* })? $(($($item),*))?
                    })+
                    _ => return None,
                })
            }
        }
    };
}
pub(crate) use record;

macro_rules! record_numbers {
    ($($name:ty),+) => {$(
        impl Record for $name {
            fn write(&self, to: &mut Writer) {
                to.number(u64::try_from(*self).unwrap_or_default());
            }

            fn read(from: &mut Reader<'_>) -> Option<Self> {
                from.number()?.try_into().ok()
            }
        }
    )+};
}

record_numbers!(u16, u32, u64, usize);

impl Record for bool {
    fn write(&self, to: &mut Writer) {
        to.number((*self).into());
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        match from.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Record for String {
    fn write(&self, to: &mut Writer) {
        to.text(self);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        from.text().map(str::to_owned)
    }
}

impl<T: Record> Record for Option<T> {
    fn write(&self, to: &mut Writer) {
        to.number(self.is_some().into());
        if let Some(value) = self {
            value.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        if bool::read(from)? { T::read(from).map(Some) } else { Some(None) }
    }
}

impl<T: Record> Record for Vec<T> {
    fn write(&self, to: &mut Writer) {
        self.len().write(to);
        for item in self {
            item.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        (0..from.number()?).map(|_| T::read(from)).collect()
    }
}

impl<T: Record> Record for VecDeque<T> {
    fn write(&self, to: &mut Writer) {
        self.len().write(to);
        for item in self {
            item.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Vec::read(from).map(Self::from)
    }
}

macro_rules! record_pointers {
    ($($pointer:ident),+) => {$(
        impl<T: Record> Record for $pointer<T> {
            fn write(&self, to: &mut Writer) {
                T::write(self, to);
            }

            fn read(from: &mut Reader<'_>) -> Option<Self> {
                T::read(from).map(Self::new)
            }
        }
    )+};
}

record_pointers!(Arc, Box);

impl<A: Record, B: Record> Record for (A, B) {
    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}

impl<A: Record, B: Record, C: Record> Record for (A, B, C) {
    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
        self.2.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?, C::read(from)?))
    }
}
