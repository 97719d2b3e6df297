//! [`CommandId`]: the number of a command.

use crate::record::record;

/// The number of a command. The caller chooses it, and must not use it for two running commands.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CommandId(pub u32);

record!(struct CommandId(number));
