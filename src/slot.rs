//! The number painted on a parking stall.

use core::fmt;
use core::num::NonZeroU16;
use core::str::FromStr;

use crate::error::{digits, number};
use crate::{Code, Error};

/// The number painted on a parking stall.
///
/// Slots count from one, because that is what a receptionist reads on the panel and says aloud.
/// Zero is not a slot, so it cannot be written down. A `Slot` says nothing about how large the
/// lot is: the switch decides that, and refuses a slot it does not have.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Slot(NonZeroU16);

impl Slot {
    /// The slot with this number; none for zero and beyond 65,535.
    pub(crate) fn from_number(number: u32) -> Option<Self> {
        NonZeroU16::new(u16::try_from(number).ok()?).map(Self)
    }

    /// The slot that `text` names, as [`from_str`](Self::from_str) has it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.starts_with('0') {
            return None;
        }
        Self::from_number(u32::try_from(number(text)?).ok()?)
    }

    /// The slot with the place `index`, counted from zero as in a list; none beyond 65,535 slots.
    pub fn from_index(index: usize) -> Option<Self> {
        let number = u16::try_from(index.checked_add(1)?).ok()?;
        NonZeroU16::new(number).map(Self)
    }

    /// The slots of a lot with `count` of them, in ascending order.
    pub fn first(count: u16) -> impl Iterator<Item = Self> {
        (0..usize::from(count)).filter_map(Self::from_index)
    }

    /// The place of this slot in a list of all slots, counted from zero.
    pub fn index(self) -> usize {
        usize::from(self.number()) - 1
    }

    /// The number itself, from 1 to 65,535.
    pub fn number(self) -> u16 {
        self.0.get()
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u32> for Slot {
    type Error = Error;

    fn try_from(number: u32) -> Result<Self, Error> {
        Self::from_number(number).ok_or_else(|| invalid(&digits(number.into())))
    }
}

/// Reads a slot as it is written into a request.
///
/// `06` is refused rather than taken for 6: where slots are free text, as on the engine behind
/// the resource, the two are different places, and a call is not put into a place nobody meant.
impl FromStr for Slot {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::read(text).ok_or_else(|| invalid(text))
    }
}

fn invalid(found: &str) -> Error {
    Error::unexpected(Code::InvalidSlot, "a slot from 1 to 65535", found)
}
