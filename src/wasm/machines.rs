//! The machines that JavaScript holds, each under a number.

/// All machines of one kind. No number is used twice.
pub(super) struct Machines<M> {
    latest: u32,
    alive: Vec<(u32, M)>,
}

impl<M> Default for Machines<M> {
    fn default() -> Self {
        Self { latest: 0, alive: Vec::new() }
    }
}

impl<M> Machines<M> {
    /// Keeps a machine and returns its number.
    pub(super) fn keep(&mut self, machine: M) -> u32 {
        self.latest += 1;
        self.alive.push((self.latest, machine));
        self.latest
    }

    /// Returns the machine with this number.
    pub(super) fn find(&mut self, number: u32) -> Option<&mut M> {
        self.alive.iter_mut().find(|(known, _)| *known == number).map(|(_, machine)| machine)
    }

    /// Drops the machine with this number.
    pub(super) fn free(&mut self, number: u32) {
        self.alive.retain(|(known, _)| *known != number);
    }
}
