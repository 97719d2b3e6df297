//! Which texts each word accepts, and the message for every other text.

mod action;
mod call;
mod error;
mod extension;
mod slot;
mod time;

use core::fmt::{Debug, Display};
use core::str::FromStr;

/// Asserts that `text` is refused with exactly this message.
#[track_caller]
fn refuse<T>(text: &str, message: &str)
where
    T: FromStr + Debug,
    T::Err: Display,
{
    match text.parse::<T>() {
        Ok(value) => panic!("{text:?} was read as {value:?}"),
        Err(error) => assert_eq!(error.to_string(), message),
    }
}

/// Asserts that `text` is read, and written back as `written`.
#[track_caller]
fn accept<T>(text: &str, written: &str)
where
    T: FromStr + Display,
    T::Err: Debug,
{
    assert_eq!(text.parse::<T>().unwrap().to_string(), written);
}
