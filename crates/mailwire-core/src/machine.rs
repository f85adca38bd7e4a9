//! Session machines: a conversation without a socket, a clock or a thread in it.
//!
//! ```text
//!                    ┌──────────────────────── machine ───────────────────────┐
//!   octets read ───▶ │ process ──▶ Step::Event       something happened       │ ───▶ the application,
//!                    │             Step::NeedInput   read, then call again    │      which answers the
//!   octets written ◀─│ transmit    Step::Idle        nothing is outstanding   │ ◀─── machine by its
//!                    │             Step::Blocked     the application's turn   │      own methods
//!   time ran out ──▶ │ expired     Step::Upgrade     TLS begins here          │
//!   end of input ──▶ │ eof         Step::Closed      it is over               │
//!                    └────────────────────────────────────────────────────────┘
//! ```
//!
//! The rules, for every machine of the family:
//!
//! * An event borrows from the caller's input and from nothing else, so the machine can be answered while one is held. What has to
//!   outlive the input is made owned by the caller.
//! * Octets that `process` did not take stay with the caller and come first next time. Work is linear for any cut of the stream.
//! * Before each read, each upgrade and each return, all of `transmit` is written. What it gives is to be written in order.
//! * An error is the peer's fault and final: it is said again at every call. `transmit` still yields the last words.
//! * A call that makes no sense now is a [`UsageError`] and changes nothing.
//! * An upgrade to TLS is only offered when no octet waits behind it: plaintext there is an error of the peer. From that step on
//!   nothing that is read goes to the machine before [`Machine::upgraded`] was called.
//! * Time is the caller's: [`Patience`] says how long silence may last, and a timer is set again when it differs.
//!
//! [`Buffered`] owns the caller's side of this for a machine, and the functions [`drive`](drive()) and
//! [`drive_async`](drive_async()) are the loop around it.

mod buffered;
mod drive;
mod drive_async;

pub use buffered::Buffered;
pub use drive::{DriveError, Pause, Received, Transport, drive};
pub use drive_async::{AsyncTransport, drive_async};

use bytes::Bytes;
use core::fmt;
use core::time::Duration;

/// One side of a session. See the [module](self) for the contract.
///
/// It is not dyn-compatible: events borrow.
pub trait Machine {
    /// What happens, borrowed from the input.
    type Event<'b>: Copy;
    /// A fault of the peer. It ends the session.
    type Error: Copy;

    /// Takes what it can from the front of `input`, and says what it was.
    ///
    /// # Errors
    ///
    /// What the peer did wrong; from then on always.
    fn process<'b>(&mut self, input: &mut &'b [u8]) -> Result<Step<Self::Event<'b>>, Self::Error>;

    /// What is to be written now. Called until there is nothing.
    fn transmit(&mut self) -> Option<Bytes>;

    /// The peer has closed its side. What follows from it comes out of [`process`](Self::process): events first.
    fn eof(&mut self);

    /// The patience ran out. What follows from it comes out of [`process`](Self::process).
    fn expired(&mut self);

    /// The upgrade that was offered is done. Only TLS forgets what was learnt before it.
    fn upgraded(&mut self);

    /// How long the peer's silence is borne now; `None` for ever.
    fn patience(&self) -> Option<Patience>;
}

/// What [`Machine::process`] came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
#[expect(clippy::exhaustive_enums, reason = "a driver has to handle all of it")]
pub enum Step<E> {
    /// Something happened.
    Event(E),
    /// More octets are needed: read, then call again.
    NeedInput,
    /// Nothing is outstanding: act, or read.
    Idle,
    /// The application has to act first: nothing more is read before it has.
    Blocked,
    /// The stream changes here. Do it, then call [`Machine::upgraded`].
    Upgrade(Upgrade),
    /// The session is over, and all is said. Close.
    Closed,
}

/// What a stream is wrapped in from here on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Upgrade {
    /// TLS. No octet waits behind it in plaintext.
    Tls,
    /// DEFLATE. What waits behind it is the inflater's.
    Deflate,
}

/// How long the silence of the peer is borne.
///
/// A timer that was set for another patience is set again; one that was set for an equal one goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Patience {
    /// For what: a word for logs.
    pub kind: &'static str,
    /// How long.
    pub limit: Duration,
    /// Renewed by whole commands and pieces of bodies, never by single octets.
    pub epoch: u32,
}

impl Patience {
    /// A patience of so long.
    pub const fn new(kind: &'static str, limit: Duration, epoch: u32) -> Self {
        Self { kind, limit, epoch }
    }
}

/// A call that makes no sense in the state of the machine. It changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UsageError {
    call: &'static str,
    state: &'static str,
}

impl UsageError {
    /// `call` is not possible `state`: "a reply", "before a command has come".
    pub const fn new(call: &'static str, state: &'static str) -> Self {
        Self { call, state }
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not possible {}", self.call, self.state)
    }
}

impl core::error::Error for UsageError {}
