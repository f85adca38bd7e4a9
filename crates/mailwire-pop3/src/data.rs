//! Messages on their way out.

use mailwire_core::Stuffer;
use mailwire_core::dots::{LineEnds, Nul, Tally};
use memchr::memchr2;

/// Writes a message behind the status line of `RETR` or `TOP`.
///
/// A maildrop holds what once came in, and has to give it back: any line end becomes CRLF before dots are stuffed, so that no
/// line can look like the end to a client that takes bare LF for one, and a NUL stays. So nothing is refused.
///
/// If the message can't be read to its end, the connection has to be closed without [`finish`](Self::finish): a dot would make
/// a whole message of it.
///
/// ```
/// use mailwire_pop3::DataWriter;
///
/// let mut body = DataWriter::new();
/// let mut wire: Vec<u8> = body.stuff(b"Subject: dots\n\n.\n").flatten().copied().collect();
/// wire.extend(body.finish());
/// assert_eq!(wire, b"Subject: dots\r\n\r\n..\r\n.\r\n");
/// ```
#[derive(Clone, Debug)]
pub struct DataWriter {
    stuffer: Stuffer,
    top: Option<Top>,
}

impl Default for DataWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl DataWriter {
    /// At the start of a message.
    pub const fn new() -> Self {
        let stuffer = Stuffer::new().with_line_ends(LineEnds::Normalise).with_nul(Nul::Keep);
        Self { stuffer, top: None }
    }

    /// At the start of a message of which only the header, the empty line and so many lines of the body are written: what `TOP`
    /// asks for (RFC 1939 §7).
    ///
    /// ```
    /// use mailwire_pop3::DataWriter;
    ///
    /// let mut body = DataWriter::top(1);
    /// let mut wire: Vec<u8> = body.stuff(b"Subject: a\n\none\ntwo\n").flatten().copied().collect();
    /// assert!(body.is_done());
    /// wire.extend(body.finish());
    /// assert_eq!(wire, b"Subject: a\r\n\r\none\r\n.\r\n");
    /// ```
    pub const fn top(lines: u64) -> Self {
        Self { top: Some(Top { lines, header: true, empty: true, cr: false }), ..Self::new() }
    }

    /// The next piece of the message, of any length and cut anywhere, as it goes on the wire: slices of it and of our own, none
    /// of them empty, ready for a vectored write.
    pub fn stuff<'a>(&mut self, body: &'a [u8]) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let body = self.top.as_mut().map_or(body, |top| top.cut(body));
        // Nothing is refused by these policies.
        self.stuffer.stuff(body).into_iter().flatten()
    }

    /// Whether all that was asked for has been handed in, and what is handed in now is not written. Never true of a whole
    /// message.
    pub fn is_done(&self) -> bool {
        self.top.as_ref().is_some_and(Top::is_done)
    }

    /// What was written so far, as it was handed in.
    pub fn tally(&self) -> &Tally {
        self.stuffer.tally()
    }

    /// What ends the message: a dot alone, and before it the line end that the message may lack.
    pub fn finish(self) -> &'static [u8] {
        self.stuffer.finish().unwrap_or(b"\r\n.\r\n")
    }
}

/// Counts lines behind the first empty one. A line ends where the stuffer writes CRLF.
#[derive(Clone, Debug)]
struct Top {
    /// Lines of the body that are still to come.
    lines: u64,
    header: bool,
    /// Whether the line has no octet so far.
    empty: bool,
    /// Whether the last octet was a carriage return, so that a line feed is the rest of its line end.
    cr: bool,
}

impl Top {
    /// The front of `body` that is asked for.
    fn cut<'a>(&mut self, body: &'a [u8]) -> &'a [u8] {
        if self.is_done() {
            return b"";
        }
        let mut rest = body;
        while let Some(at) = memchr2(b'\r', b'\n', rest) {
            let (text, behind) = rest.split_at_checked(at).unwrap_or_default();
            let line_feed = behind.first() == Some(&b'\n');
            rest = behind.get(1..).unwrap_or_default();
            self.empty &= text.is_empty();
            if line_feed && text.is_empty() && core::mem::take(&mut self.cr) {
                continue;
            }
            self.cr = !line_feed;
            self.end_line();
            if self.is_done() {
                rest = if self.cr { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
                return body.get(..body.len() - rest.len()).unwrap_or(body);
            }
        }
        self.empty &= rest.is_empty();
        self.cr &= rest.is_empty();
        body
    }

    fn is_done(&self) -> bool {
        !self.header && self.lines == 0
    }

    fn end_line(&mut self) {
        if !self.header {
            self.lines -= 1;
        }
        self.header &= !self.empty;
        self.empty = true;
    }
}
