//! What we write, said to servers that none of us wrote. `.ci/interop` starts them and says where they listen:
//! `MAILWIRE_SMTP`, `MAILWIRE_POP3`, `MAILWIRE_IMAP` and `MAILWIRE_LMTP` are `host:port`. Without them nothing is tested, and that is said.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_types,
    reason = "a test may, and this one has to connect"
)]

mod imap;
mod imap_clients;
mod kill;
mod pop3;
mod smtp;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A connection, with what was read and not yet taken.
struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Wire {
    /// To the server that `variable` names; `None`, and a line that says so, if it names none.
    fn to(variable: &str) -> Option<Self> {
        let Ok(address) = std::env::var(variable) else {
            println!("skipped: {variable} names no server");
            return None;
        };
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        Some(Self { stream, buffer: Vec::new() })
    }

    fn write(&mut self, octets: &[u8]) {
        self.stream.write_all(octets).unwrap();
    }

    /// Reads on until `take` finds what it waits for; what it does not take comes first next time.
    fn read<T>(&mut self, mut take: impl FnMut(&mut &[u8]) -> Option<T>) -> T {
        loop {
            let mut input = self.buffer.as_slice();
            let found = take(&mut input);
            let taken = self.buffer.len() - input.len();
            self.buffer.drain(..taken);
            if let Some(found) = found {
                return found;
            }
            let mut more = [0; 4096];
            let count = self.stream.read(&mut more).unwrap();
            assert!(count > 0, "the server hung up");
            self.buffer.extend_from_slice(more.get(..count).unwrap());
        }
    }
}
