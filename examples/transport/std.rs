//! A transport over the standard library, which blocks: a file to copy.
#![allow(clippy::disallowed_types, reason = "an example does I/O")]

use mailwire::core::machine::{Patience, Received, Transport, Upgrade};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// A connection in plaintext. For TLS, hold a `rustls::StreamOwned` in it as well, and change to that in `upgrade`.
pub struct Std {
    stream: TcpStream,
    /// The patience that is running, and when it runs out.
    running: Option<(Patience, Instant)>,
}

/// How long the peer may leave unread what is written (RFC 5321 §4.5.3.2.5).
const WRITE: Duration = Duration::from_secs(180);

impl Std {
    /// # Errors
    ///
    /// Those of the connection.
    pub fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_write_timeout(Some(WRITE))?;
        Ok(Self { stream, running: None })
    }
}

impl Transport for Std {
    type Error = io::Error;

    fn read(&mut self, room: &mut [u8], patience: Option<Patience>) -> io::Result<Received> {
        #[allow(clippy::disallowed_methods, reason = "an example has a clock")]
        let now = Instant::now();
        // Only another patience is a new one: who sends single octets gets no more time by that.
        self.running = patience.map(|patience| match self.running {
            Some(running) if running.0 == patience => running,
            _ => (patience, now + patience.limit),
        });
        // None at all would be for ever.
        let left = |(_, end): (_, Instant)| end.duration_since(now).max(Duration::from_millis(1));
        self.stream.set_read_timeout(self.running.map(left))?;
        loop {
            return match self.stream.read(room) {
                Ok(0) => Ok(Received::Eof),
                Ok(len) => Ok(Received::Octets(len)),
                Err(error) => match error.kind() {
                    // Unix says the one, Windows the other.
                    io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Ok(Received::Expired),
                    io::ErrorKind::ConnectionReset => Ok(Received::Eof),
                    io::ErrorKind::Interrupted => continue,
                    _ => Err(error),
                },
            };
        }
    }

    fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        self.stream.write_all(octets)
    }

    fn upgrade(&mut self, _: Upgrade) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn shut_down(&mut self) -> io::Result<()> {
        match self.stream.shutdown(Shutdown::Both) {
            // The peer was faster.
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()),
            done => done,
        }
    }
}
