//! What was said and not yet written, and what was said and not yet answered.

use super::ReplyTo;
use crate::Command;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use bytes::Bytes;

/// The client's side of the wire. Each command is written with what its reply will be an answer to, so that no reply can be
/// taken for another one's.
#[derive(Default)]
pub(super) struct Wire {
    out: Vec<u8>,
    outstanding: VecDeque<ReplyTo>,
    /// Of those, so many last ones answer what was not yet written: nobody can have answered it.
    unsaid: usize,
    epoch: u32,
}

impl Wire {
    /// At the start of a session: the server speaks first.
    pub(super) fn new() -> Self {
        Self { outstanding: VecDeque::from([ReplyTo::Connection]), ..Self::default() }
    }

    /// Writes a command.
    pub(super) fn say(&mut self, to: ReplyTo, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.out);
        self.expect(to);
    }

    /// Another reply will come.
    pub(super) fn expect(&mut self, to: ReplyTo) {
        self.outstanding.push_back(to);
        self.unsaid += 1;
        self.renew();
    }

    /// Writes what no reply belongs to.
    pub(super) fn write(&mut self, octets: &[u8]) {
        self.out.extend_from_slice(octets);
    }

    /// Says the last word: nobody waits for its reply.
    pub(super) fn say_last(&mut self, command: Command<'_>) {
        command.encode(&mut self.out);
    }

    /// Patience begins anew: a whole command, a whole reply, or a piece of a body.
    pub(super) fn renew(&mut self) {
        self.epoch = self.epoch.wrapping_add(1);
    }

    /// What the reply that has come answers, if it answers anything.
    pub(super) fn answered(&mut self) -> Option<ReplyTo> {
        self.renew();
        if self.outstanding.len() > self.unsaid { self.outstanding.pop_front() } else { None }
    }

    /// What the next reply will answer.
    pub(super) fn awaited(&self) -> Option<ReplyTo> {
        self.outstanding.front().copied()
    }

    /// How many replies are due.
    pub(super) fn due(&self) -> usize {
        self.outstanding.len()
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.outstanding.is_empty()
    }

    /// How many octets wait to be written.
    pub(super) fn waiting(&self) -> usize {
        self.out.len()
    }

    pub(super) fn epoch(&self) -> u32 {
        self.epoch
    }

    pub(super) fn transmit(&mut self) -> Option<Bytes> {
        self.unsaid = 0;
        (!self.out.is_empty()).then(|| Bytes::from(core::mem::take(&mut self.out)))
    }

    /// The session is over: nothing that waits makes sense any more.
    pub(super) fn cut(&mut self) {
        self.out.clear();
        self.outstanding.clear();
        self.unsaid = 0;
    }
}
