//! The loop around a machine, for a transport that is awaited.

use super::drive::{Next, READ};
use super::{Buffered, DriveError, Machine, Patience, Pause, Received, Step, Upgrade};
use core::ops::{AsyncFnMut, ControlFlow};

/// What the loop needs of a connection; each method as in [`Transport`](super::Transport).
#[expect(async_fn_in_trait, reason = "the loop is generic over it, so its future is Send if theirs are")]
pub trait AsyncTransport {
    /// What can go wrong with it.
    type Error;

    /// Reads some octets into `room`, and waits for them as long as `patience` says. A read that is dropped before it is done must
    /// lose nothing.
    ///
    /// # Errors
    ///
    /// Those of the connection. The end of the stream and the end of the patience are none.
    async fn read(&mut self, room: &mut [u8], patience: Option<Patience>) -> Result<Received, Self::Error>;

    /// Writes all of `octets`.
    ///
    /// # Errors
    ///
    /// Those of the connection.
    async fn write(&mut self, octets: &[u8]) -> Result<(), Self::Error>;

    /// Wraps the stream: from here on `read` and `write` go through it.
    ///
    /// # Errors
    ///
    /// Those of the handshake.
    async fn upgrade(&mut self, upgrade: Upgrade) -> Result<(), Self::Error>;

    /// Closes the stream in order. What was written is sent before.
    ///
    /// # Errors
    ///
    /// Those of the connection.
    async fn shut_down(&mut self) -> Result<(), Self::Error>;
}

/// [`drive`](super::drive()) for a transport that is awaited, with a closure that may await.
///
/// # Errors
///
/// The peer's fault, or that of the transport.
pub async fn drive_async<M: Machine, T: AsyncTransport, R>(
    session: &mut Buffered<M>,
    transport: &mut T,
    mut on_event: impl for<'b> AsyncFnMut(M::Event<'b>, &mut M) -> ControlFlow<R>,
) -> Result<Pause<R>, DriveError<M::Error, T::Error>> {
    // Whoever drives a session that is idle already waits for the peer.
    let mut waits = true;
    loop {
        let step = match session.poll() {
            Ok((Step::Event(event), machine)) => match on_event(event, machine).await {
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
            transport.write(&octets).await.map_err(DriveError::Transport)?;
        }
        match step {
            Next::Return(Pause::Closed) => {
                transport.shut_down().await.map_err(DriveError::Transport)?;
                return Ok(Pause::Closed);
            }
            Next::Return(pause) => return Ok(pause),
            Next::Fail(error) => return Err(DriveError::Peer(error)),
            Next::Upgrade(upgrade) => {
                transport.upgrade(upgrade).await.map_err(DriveError::Transport)?;
                session.machine_mut().upgraded();
            }
            Next::Read => {
                let patience = session.machine().patience();
                let received = transport.read(session.spare_mut(READ), patience).await;
                session.take_in(received.map_err(DriveError::Transport)?);
                waits = false;
            }
        }
    }
}
