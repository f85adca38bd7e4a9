//! A transport over the standard library, which blocks: a file to copy.

use mailwire::core::machine::{Patience, Received, Transport, Upgrade};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};

/// A connection in plaintext. For TLS, hold a `rustls::StreamOwned` in it as well, and change to that in `upgrade`.
#[allow(clippy::disallowed_types, reason = "an example does I/O")]
pub struct Std(pub TcpStream);

impl Transport for Std {
    type Error = io::Error;

    fn read(&mut self, room: &mut [u8], patience: Option<Patience>) -> io::Result<Received> {
        self.0.set_read_timeout(patience.map(|patience| patience.limit))?;
        loop {
            return match self.0.read(room) {
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
        self.0.write_all(octets)
    }

    fn upgrade(&mut self, _: Upgrade) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn shut_down(&mut self) -> io::Result<()> {
        match self.0.shutdown(Shutdown::Both) {
            // The peer was faster.
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()),
            done => done,
        }
    }
}
