//! [`Slot`]: the number of a parking slot.

use core::fmt;
use core::num::NonZeroU16;
use core::str::FromStr;

use crate::{Code, Error};

/// The number of a parking slot, from 1 to 65,535.
///
/// Slots are numbered from 1, as a receptionist reads them on the panel. Zero is not a slot. The
/// specification names the slots 1 to 9; a newer version allows more. A `Slot` does not know how
/// many slots the lot has. The switch refuses a slot that its lot does not have.
///
/// ```
/// use valet_park::Slot;
///
/// let slot: Slot = "6".parse()?;
/// assert_eq!(slot, Slot::try_from(6)?);
/// assert_eq!((slot.number(), slot.index()), (6, 5));
///
/// let error = "06".parse::<Slot>().unwrap_err();
/// assert_eq!(error.to_string(), "expected a slot from 1 to 65535, found `06`");
/// # Ok::<(), valet_park::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Slot(NonZeroU16);

impl Slot {
    /// Returns the slot at `index` in a list of all slots. The first index is 0, the first slot 1.
    ///
    /// Returns `None` if `index` is 65,535 or higher.
    pub fn from_index(index: usize) -> Option<Self> {
        let number = u16::try_from(index.checked_add(1)?).ok()?;
        NonZeroU16::new(number).map(Self)
    }

    /// Returns the slots from 1 to `count`, in ascending order.
    pub fn first(count: u16) -> impl Iterator<Item = Self> {
        (0..usize::from(count)).filter_map(Self::from_index)
    }

    /// Returns the index of this slot in a list of all slots. The index of slot 1 is 0.
    pub fn index(self) -> usize {
        usize::from(self.number()) - 1
    }

    /// Returns the number of this slot, from 1 to 65,535.
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

    /// Converts a number into a slot.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::InvalidSlot`] if `number` is 0 or greater than 65,535.
    fn try_from(number: u32) -> Result<Self, Error> {
        u16::try_from(number)
            .ok()
            .and_then(NonZeroU16::new)
            .map(Self)
            .ok_or_else(|| invalid(&number.to_string()))
    }
}

impl FromStr for Slot {
    type Err = Error;

    /// Reads a slot as a request spells it: decimal digits without a sign or a leading zero.
    ///
    /// `06` is not read as 6. Some switches treat a slot as text, and then `06` and `6` are two
    /// different places.
    ///
    /// # Errors
    ///
    /// Fails with [`Code::InvalidSlot`] if `text` is anything else.
    fn from_str(text: &str) -> Result<Self, Error> {
        match text.parse() {
            Ok(number) if !text.starts_with(['0', '+']) => Ok(Self(number)),
            _ => Err(invalid(text)),
        }
    }
}

fn invalid(found: &str) -> Error {
    Error::unexpected(Code::InvalidSlot, "a slot from 1 to 65535", found)
}
