//! A literal that a client announces.

use crate::command::Expected;
use core::fmt;
use mailwire_core::Escaped;

/// A client announces a literal and, unless it is written `{n+}`, waits for leave to send it (RFC 9051 §4.3, RFC 7888).
///
/// It takes nothing from the input and is repeated until it is answered, with [`accept`](super::CommandReader::accept) or with
/// [`refuse`](super::CommandReader::refuse). `Debug` shows the tag and the size, and nothing of the command.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Offer<'b> {
    pub(super) head: &'b [u8],
    pub(super) size: u64,
    pub(super) sync: bool,
    pub(super) handling: Handling,
    pub(super) expected: Expected,
}

/// What becomes of a literal that is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a caller has to handle all of it")]
pub enum Handling {
    /// It is held with its command.
    Inline,
    /// It is the body of a message and comes as chunks.
    Streams,
    /// It is over [`Limits::literals`](crate::Limits::literals), and can only be refused.
    TooBig,
}

impl<'b> Offer<'b> {
    /// The tag of the command, as far as there is one; empty in a further part of an APPEND.
    pub fn tag(&self) -> &'b [u8] {
        if self.expected != Expected::Command {
            return b"";
        }
        let end = self.head.iter().position(|byte| !byte.is_ascii_graphic()).unwrap_or(self.head.len());
        self.head.get(..end).unwrap_or_default()
    }

    /// The command up to the literal, its announcement and line end included. There may be a user name in it, or a password.
    pub fn head(&self) -> &'b [u8] {
        self.head
    }

    /// Octets of the literal.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether the client waits for a continuation. If not, the octets come whatever is answered.
    pub fn waits(&self) -> bool {
        self.sync
    }

    /// What becomes of it if it is accepted.
    pub fn handling(&self) -> Handling {
        self.handling
    }
}

impl fmt::Debug for Offer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Offer")
            .field("tag", &Escaped(self.tag()))
            .field("head", &self.head.len())
            .field("size", &self.size)
            .field("waits", &self.sync)
            .field("handling", &self.handling)
            .finish()
    }
}
