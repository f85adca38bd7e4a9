//! The loop around a machine, for a transport that blocks.

use super::{Buffered, Machine, Patience, Step, Upgrade};
use core::fmt;
use core::ops::ControlFlow;

/// What the loop needs of a connection.
pub trait Transport {
    /// What can go wrong with it.
    type Error;

    /// Reads some octets into `room`, and waits for them as long as `patience` says.
    ///
    /// # Errors
    ///
    /// Those of the connection. The end of the stream and the end of the patience are none.
    fn read(&mut self, room: &mut [u8], patience: Option<Patience>) -> Result<Received, Self::Error>;

    /// Writes all of `octets`.
    ///
    /// # Errors
    ///
    /// Those of the connection.
    fn write(&mut self, octets: &[u8]) -> Result<(), Self::Error>;

    /// Wraps the stream: from here on `read` and `write` go through it.
    ///
    /// # Errors
    ///
    /// Those of the handshake.
    fn upgrade(&mut self, upgrade: Upgrade) -> Result<(), Self::Error>;

    /// Closes the stream in order. What was written is sent before.
    ///
    /// # Errors
    ///
    /// Those of the connection.
    fn shut_down(&mut self) -> Result<(), Self::Error>;
}

/// What came of a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a driver has to handle all of it")]
pub enum Received {
    /// So many octets; at least one.
    Octets(usize),
    /// The peer has closed its side.
    Eof,
    /// Nothing came in time.
    Expired,
}

/// Why the loop came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a caller has to handle all of it")]
pub enum Pause<R> {
    /// Nothing is outstanding. Act on the machine, and drive again; or drive again to wait for the peer.
    Idle,
    /// The machine waits for the application. Act on it, and drive again.
    Blocked,
    /// The session is over, and the transport is shut down.
    Closed,
    /// The closure broke off with this.
    Break(R),
}

/// Why the loop can't go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "it is the peer's fault or the connection's")]
pub enum DriveError<P, T> {
    /// The peer's fault. What the machine had to say about it has been written.
    Peer(P),
    /// The transport failed.
    Transport(T),
}

impl<P: fmt::Display, T: fmt::Display> fmt::Display for DriveError<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Peer(error) => fmt::Display::fmt(error, f),
            Self::Transport(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl<P: fmt::Debug + fmt::Display, T: fmt::Debug + fmt::Display> core::error::Error for DriveError<P, T> {}

/// How many octets are read at once.
pub(super) const READ: usize = 16 * 1024;

/// Runs a session until the application has to act, or until it is over.
///
/// Every event goes to `on_event` with the machine beside it, which can be answered there. A body that is larger than the machine
/// holds is fed between two calls: `Blocked` comes back, the caller hands over the next piece, and drives again.
///
/// # Errors
///
/// The peer's fault, or that of the transport.
pub fn drive<M: Machine, T: Transport, R>(
    session: &mut Buffered<M>,
    transport: &mut T,
    mut on_event: impl for<'b> FnMut(M::Event<'b>, &mut M) -> ControlFlow<R>,
) -> Result<Pause<R>, DriveError<M::Error, T::Error>> {
    // Whoever drives a session that is idle already waits for the peer.
    let mut waits = true;
    loop {
        let step = match session.poll() {
            Ok((Step::Event(event), machine)) => match on_event(event, machine) {
                ControlFlow::Continue(()) => {
                    waits = false;
                    continue;
                }
                ControlFlow::Break(value) => Next::Return(Pause::Break(value)),
            },
            Ok((Step::NeedInput, _)) => Next::Read,
            Ok((Step::Idle, _)) if waits => Next::Read,
            Ok((Step::Idle, _)) => Next::Return(Pause::Idle),
            Ok((Step::Blocked, _)) => Next::Return(Pause::Blocked),
            Ok((Step::Upgrade(upgrade), _)) => Next::Upgrade(upgrade),
            Ok((Step::Closed, _)) => Next::Return(Pause::Closed),
            Err(error) => Next::Fail(error),
        };
        while let Some(octets) = session.machine_mut().transmit() {
            transport.write(&octets).map_err(DriveError::Transport)?;
        }
        match step {
            Next::Return(Pause::Closed) => {
                transport.shut_down().map_err(DriveError::Transport)?;
                return Ok(Pause::Closed);
            }
            Next::Return(pause) => return Ok(pause),
            Next::Fail(error) => return Err(DriveError::Peer(error)),
            Next::Upgrade(upgrade) => {
                transport.upgrade(upgrade).map_err(DriveError::Transport)?;
                session.machine_mut().upgraded();
            }
            Next::Read => {
                let patience = session.machine().patience();
                let received = transport.read(session.spare_mut(READ), patience);
                session.take_in(received.map_err(DriveError::Transport)?);
                waits = false;
            }
        }
    }
}

/// What the loop does once all is written.
pub(super) enum Next<R, P> {
    Return(Pause<R>),
    Fail(P),
    Upgrade(Upgrade),
    Read,
}

impl<M: Machine> Buffered<M> {
    pub(super) fn take_in(&mut self, received: Received) {
        match received {
            Received::Octets(len) => self.filled(len),
            Received::Eof => self.machine_mut().eof(),
            Received::Expired => self.machine_mut().expired(),
        }
    }
}
