//! A transport over tokio, with rustls for TLS: a file to copy.

use mailwire::core::machine::{AsyncTransport, Patience, Received, Upgrade};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ServerConfig};
use tokio_rustls::{TlsAcceptor, TlsConnector, TlsStream};

/// A connection, with what TLS needs if it comes to that.
pub struct Tokio {
    stream: Stream,
    tls: Tls,
    /// What ends a read early: a server that is told to go.
    interrupt: Option<tokio::sync::watch::Receiver<bool>>,
}

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
        Self { stream: Stream::Plain(stream), tls, interrupt: None }
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
    /// Those of TLS.
    pub async fn handshake(&mut self) -> io::Result<()> {
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
        let stream = &mut self.stream;
        // What a session waits for is renewed by whole commands; a read that gets a few octets of one does not renew it. A server
        // that minds keeps the deadline of each epoch; this one is content with a limit to each read.
        let read = async {
            match patience {
                Some(patience) => timeout(patience.limit, stream.read(room)).await.map_err(|_| ()),
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
        self.stream.write_all(octets).await?;
        self.stream.flush().await
    }

    async fn upgrade(&mut self, upgrade: Upgrade) -> io::Result<()> {
        match upgrade {
            Upgrade::Tls => self.handshake().await,
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    async fn shut_down(&mut self) -> io::Result<()> {
        match self.stream.shutdown().await {
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
