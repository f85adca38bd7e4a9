//! A transport over the traits of futures-io, for every runtime that has them: a file to copy.

use futures::future::{Either, select};
use futures::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use mailwire::core::machine::{AsyncTransport, Patience, Received, Upgrade};
use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

/// A stream, and the runtime's way to wait: `async_io::Timer::after`, `smol::Timer::after`, `async_std::task::sleep`.
pub struct Futures<S, T> {
    pub stream: S,
    pub sleep: T,
}

impl<S, T, F> AsyncTransport for Futures<S, T>
where
    S: AsyncRead + AsyncWrite + Unpin,
    T: Fn(Duration) -> F,
    F: Future,
{
    type Error = io::Error;

    async fn read(&mut self, room: &mut [u8], patience: Option<Patience>) -> io::Result<Received> {
        let read = pin!(self.stream.read(room));
        let read = match patience {
            None => read.await,
            Some(patience) => match select(read, pin!((self.sleep)(patience.limit))).await {
                Either::Left((read, _)) => read,
                Either::Right(_) => return Ok(Received::Expired),
            },
        };
        match read {
            Ok(0) => Ok(Received::Eof),
            Ok(len) => Ok(Received::Octets(len)),
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => Ok(Received::Eof),
            Err(error) => Err(error),
        }
    }

    async fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        self.stream.write_all(octets).await?;
        self.stream.flush().await
    }

    /// For TLS, let `S` be an enum of the plain stream and that of `futures-rustls`, and change it here.
    async fn upgrade(&mut self, _: Upgrade) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    async fn shut_down(&mut self) -> io::Result<()> {
        self.stream.close().await
    }
}
