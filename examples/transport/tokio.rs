//! A transport over tokio, with rustls for TLS: a file to copy.

use mailwire::core::machine::{AsyncTransport, Patience, Received, Upgrade};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ServerConfig};
use tokio_rustls::{TlsAcceptor, TlsConnector, TlsStream};

/// A connection, with what TLS needs if it comes to that.
pub struct Tokio {
    stream: Stream,
    tls: Tls,
    /// What ends a read early: a server that is told to go.
    interrupt: Option<tokio::sync::watch::Receiver<bool>>,
    /// The patience that is running, and when it runs out.
    running: Option<(Patience, Instant)>,
}

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(60);
/// How long the peer may leave unread what is written (RFC 5321 §4.5.3.2.5).
const WRITE: Duration = Duration::from_secs(180);

/// Which side of TLS this is, and what it proves or trusts.
#[derive(Clone)]
pub enum Tls {
    /// There is none.
    None,
    /// A server, with its certificate.
    #[allow(dead_code, reason = "a client never is")]
    Server(Arc<ServerConfig>),
    /// A client, and whom it wants to reach.
    #[allow(dead_code, reason = "a server never is")]
    Client(Arc<ClientConfig>, ServerName<'static>),
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    /// In the middle of a handshake, or behind one that failed.
    Lost,
}

impl Tokio {
    /// Over a connection in plaintext.
    pub fn new(stream: TcpStream, tls: Tls) -> Self {
        Self { stream: Stream::Plain(stream), tls, interrupt: None, running: None }
    }

    /// The same with a flag that ends reads by an error of [`io::ErrorKind::Interrupted`].
    #[allow(dead_code, reason = "a client is not interrupted")]
    pub fn with_interrupt(self, interrupt: tokio::sync::watch::Receiver<bool>) -> Self {
        Self { interrupt: Some(interrupt), ..self }
    }

    /// No longer looks at the flag.
    #[allow(dead_code, reason = "a client is not interrupted")]
    pub fn uninterrupted(&mut self) {
        self.interrupt = None;
    }

    /// The handshake.
    ///
    /// # Errors
    ///
    /// Those of TLS, and that it takes too long.
    pub async fn handshake(&mut self) -> io::Result<()> {
        timeout(HANDSHAKE, self.wrap()).await?
    }

    async fn wrap(&mut self) -> io::Result<()> {
        let Stream::Plain(stream) = std::mem::replace(&mut self.stream, Stream::Lost) else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        let stream = match &self.tls {
            Tls::None => return Err(io::ErrorKind::Unsupported.into()),
            Tls::Server(config) => TlsAcceptor::from(config.clone()).accept(stream).await?.into(),
            Tls::Client(config, name) => {
                TlsConnector::from(config.clone()).connect(name.clone(), stream).await?.into()
            }
        };
        self.stream = Stream::Tls(Box::new(stream));
        Ok(())
    }
}

impl AsyncTransport for Tokio {
    type Error = io::Error;

    async fn read(&mut self, room: &mut [u8], patience: Option<Patience>) -> io::Result<Received> {
        let interrupted = async {
            match &mut self.interrupt {
                Some(flag) => _ = flag.wait_for(|&is_set| is_set).await,
                None => std::future::pending().await,
            }
        };
        // Only another patience is a new one: who sends single octets gets no more time by that.
        self.running = patience.map(|patience| match self.running {
            Some(running) if running.0 == patience => running,
            _ => (patience, Instant::now() + patience.limit),
        });
        let (stream, running) = (&mut self.stream, self.running);
        let read = async {
            match running {
                Some((_, end)) => timeout_at(end, stream.read(room)).await.map_err(|_| ()),
                None => Ok(stream.read(room).await),
            }
        };
        tokio::select! {
            biased;
            () = interrupted => Err(io::ErrorKind::Interrupted.into()),
            read = read => match read {
                Err(()) => Ok(Received::Expired),
                Ok(Ok(0)) => Ok(Received::Eof),
                Ok(Ok(len)) => Ok(Received::Octets(len)),
                // Many close TLS without a word, or reset what they have no more use for.
                Ok(Err(error)) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Received::Eof),
                Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionReset => Ok(Received::Eof),
                Ok(Err(error)) => Err(error),
            },
        }
    }

    async fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        timeout(WRITE, async {
            self.stream.write_all(octets).await?;
            self.stream.flush().await
        })
        .await?
    }

    async fn upgrade(&mut self, upgrade: Upgrade) -> io::Result<()> {
        match upgrade {
            Upgrade::Tls => self.handshake().await,
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    async fn shut_down(&mut self) -> io::Result<()> {
        match timeout(WRITE, self.stream.shutdown()).await? {
            // The peer was faster.
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()),
            done => done,
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        room: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, room),
            Self::Tls(stream) => Pin::new(stream).poll_read(context, room),
            Self::Lost => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, octets: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(context, octets),
            Self::Tls(stream) => Pin::new(stream).poll_write(context, octets),
            Self::Lost => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(context),
            Self::Tls(stream) => Pin::new(stream).poll_flush(context),
            Self::Lost => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Lost => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pair() -> io::Result<(Tokio, TcpStream)> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let peer = TcpStream::connect(listener.local_addr()?).await?;
        Ok((Tokio::new(listener.accept().await?.0, Tls::None), peer))
    }

    /// Each octet that came began the patience anew.
    #[tokio::test]
    async fn single_octets_get_no_more_time() -> io::Result<()> {
        let (mut transport, mut peer) = pair().await?;
        tokio::spawn(async move {
            while peer.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        let patience = Patience::new("command", Duration::from_millis(200), 0);
        let mut room = [0; 16];
        for _ in 0..100 {
            if transport.read(&mut room, Some(patience)).await? == Received::Expired {
                return Ok(());
            }
        }
        panic!("it never ran out");
    }
}
