//! The belief: what a panel may show.

/// Options.
#[derive(Clone, Debug)]
pub struct MirrorOptions;

/// The mirror.
#[derive(Debug)]
pub struct Mirror;
