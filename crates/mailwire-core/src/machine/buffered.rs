//! A machine with the buffer that its contract asks of the caller.

use super::{Machine, Step};
use alloc::vec::Vec;
use core::fmt;

/// A machine and the octets that it has not taken yet.
///
/// Octets come in by [`push`](Self::push), or are read straight into [`spare_mut`](Self::spare_mut). How many wait is bounded by the
/// machine's limits plus what is read at once.
#[derive(Clone, Default)]
pub struct Buffered<M> {
    machine: M,
    buffer: Vec<u8>,
    /// What has been taken from the front of the buffer.
    taken: usize,
    /// What of the buffer is filled; behind it is room for a read.
    filled: usize,
}

impl<M: fmt::Debug> fmt::Debug for Buffered<M> {
    /// What was read is counted, not shown: it may be a password, also behind what was taken.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = self.filled.saturating_sub(self.taken);
        f.debug_struct("Buffered")
            .field("machine", &self.machine)
            .field("waiting", &waiting)
            .finish_non_exhaustive()
    }
}

impl<M: Machine> Buffered<M> {
    /// A machine with nothing to read.
    pub fn new(machine: M) -> Self {
        Self { machine, buffer: Vec::new(), taken: 0, filled: 0 }
    }

    /// Adds octets that were read.
    pub fn push(&mut self, octets: &[u8]) {
        self.make_room();
        self.buffer.truncate(self.filled);
        self.buffer.extend_from_slice(octets);
        self.filled = self.buffer.len();
    }

    /// Room for at least `len` octets, to read into. Say afterwards how many there were: [`filled`](Self::filled).
    pub fn spare_mut(&mut self, len: usize) -> &mut [u8] {
        self.make_room();
        let end = self.filled + len;
        if self.buffer.len() < end {
            self.buffer.resize(end, 0);
        }
        self.buffer.get_mut(self.filled..).unwrap_or_default()
    }

    /// So many octets were read into the room. No more than there was room for are counted.
    pub fn filled(&mut self, len: usize) {
        self.filled = self.filled.saturating_add(len).min(self.buffer.len());
    }

    /// What was read and is not taken: behind the end of a session, or behind an upgrade whose stream goes on elsewhere.
    pub fn rest(&self) -> &[u8] {
        self.buffer.get(self.taken..self.filled).unwrap_or_default()
    }

    /// Forgets what was read and is not taken: it was the old stream's.
    pub fn clear(&mut self) {
        self.taken = 0;
        self.filled = 0;
    }

    /// The machine.
    pub fn machine(&self) -> &M {
        &self.machine
    }

    /// The machine, to be answered or told something.
    pub fn machine_mut(&mut self) -> &mut M {
        &mut self.machine
    }

    /// The next step, and the machine beside it, so that an event can be answered while it is looked at.
    ///
    /// # Errors
    ///
    /// Those of [`Machine::process`].
    pub fn poll(&mut self) -> Result<(Step<M::Event<'_>>, &mut M), M::Error> {
        let input = self.buffer.get(self.taken..self.filled).unwrap_or_default();
        let mut rest = input;
        let step = self.machine.process(&mut rest)?;
        self.taken += input.len() - rest.len();
        Ok((step, &mut self.machine))
    }

    /// Moves what is left to the front. It is less than a frame, and moved once for each that was taken before it.
    fn make_room(&mut self) {
        if self.taken > 0 {
            self.buffer.copy_within(self.taken..self.filled, 0);
            self.filled -= self.taken;
            self.taken = 0;
        }
    }
}
