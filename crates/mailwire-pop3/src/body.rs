//! Messages on their way out.

use mailwire_core::Stuffer;
use mailwire_core::dots::{LineEnds, Nul, Tally};

/// Writes a message behind the status line of `RETR` or `TOP`.
///
/// A maildrop holds what once came in, and has to give it back: any line end becomes CRLF before dots are stuffed, so that no
/// line can look like the end to a client that takes bare LF for one, and a NUL stays. So nothing is refused.
///
/// If the message can't be read to its end, the connection has to be closed without [`finish`](Self::finish): a dot would make
/// a whole message of it.
///
/// ```
/// use mailwire_pop3::BodyWriter;
///
/// let mut body = BodyWriter::new();
/// let mut wire: Vec<u8> = body.stuff(b"Subject: dots\n\n.\n").flatten().copied().collect();
/// wire.extend(body.finish());
/// assert_eq!(wire, b"Subject: dots\r\n\r\n..\r\n.\r\n");
/// ```
#[derive(Clone, Debug)]
pub struct BodyWriter(Stuffer);

impl Default for BodyWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl BodyWriter {
    /// At the start of a message.
    pub const fn new() -> Self {
        Self(Stuffer::new().with_line_ends(LineEnds::Normalise).with_nul(Nul::Keep))
    }

    /// The next piece of the message, of any length and cut anywhere, as it goes on the wire: slices of it and of our own, none
    /// of them empty, ready for a vectored write.
    pub fn stuff<'a>(&mut self, body: &'a [u8]) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        // Nothing is refused by these policies.
        self.0.stuff(body).into_iter().flatten()
    }

    /// What was handed in so far, as it was handed in.
    pub fn tally(&self) -> &Tally {
        self.0.tally()
    }

    /// What ends the message: a dot alone, and before it the line end that the message may lack.
    pub fn finish(self) -> &'static [u8] {
        self.0.finish().unwrap_or(b"\r\n.\r\n")
    }
}
