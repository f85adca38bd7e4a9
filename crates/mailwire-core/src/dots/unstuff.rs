//! Takes the dots away, and finds the end.

use super::survey::{BLOCK, survey};
use super::tally::{Tail, Tally};
use memchr::memchr;

/// Reads a body up to the line that is a dot alone, and takes the first dot of every other line away.
///
/// Grammar: [RFC 5321 §4.5.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2), [RFC 1939
/// §3](https://www.rfc-editor.org/rfc/rfc1939#section-3). See the [module](super) for an example.
#[derive(Clone, Debug, Default)]
pub struct Unstuffer {
    tally: Tally,
    /// Octets taken from the input, dots and end included.
    taken: u64,
    /// So many octets at the front of the input have been surveyed, with this outcome.
    surveyed: usize,
    dotted: bool,
    stray: bool,
    done: bool,
}

/// A piece of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a reader has to handle all of it")]
pub enum Piece<'b> {
    /// Content, as it was before it was stuffed; never empty.
    Chunk(&'b [u8]),
    /// The line that ends the body. What is behind it is none of it.
    End,
}

impl Unstuffer {
    /// At the start of a body, which is the start of a line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next piece from the front of `input`. `None`: more octets are needed, or the body is over.
    #[inline]
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Option<Piece<'b>> {
        if self.done {
            return None;
        }
        if matches!(self.tally.tail(), Tail::Start | Tail::CrLf) && input.first() == Some(&b'.') {
            match **input {
                [_, b'\r', b'\n', ..] => {
                    self.take(input, 3);
                    self.done = true;
                    return Some(Piece::End);
                }
                [_] | [_, b'\r'] => return None,
                _ => {
                    self.take(input, 1);
                    self.tally.broken_line();
                }
            }
        }
        if input.is_empty() {
            return None;
        }
        let at = self.taken;
        let (end, stray) = self.content(input);
        let chunk = self.take(input, end);
        self.tally.add_surveyed(chunk, at, stray);
        Some(Piece::Chunk(chunk))
    }

    /// Whether the end has been taken.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// How many octets of the wire have been taken, dots and the last line included.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// The content so far. Positions of strays count in octets of the wire.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// How many octets at the front are content up to the next dot at the start of a line, and whether a stray may be
    /// among them.
    #[inline]
    fn content(&mut self, input: &[u8]) -> (usize, bool) {
        let mut end = 0;
        let mut stray = false;
        loop {
            if self.surveyed > end {
                stray |= self.stray;
                if self.dotted {
                    match self.dotted_line(input, end) {
                        Some(at) => return (at, stray),
                        None => self.dotted = false,
                    }
                }
                end = self.surveyed;
            }
            // The last octet before the block is looked at again, as one half of a pair.
            let block = input.get(end.saturating_sub(1)..).unwrap_or_default();
            let block = block.get(..BLOCK).unwrap_or(block);
            self.surveyed = (end.saturating_sub(1) + block.len()).min(input.len());
            if self.surveyed <= end {
                return (input.len(), stray);
            }
            let found = survey(block);
            (self.dotted, self.stray) = (found.dotted, found.stray);
        }
    }

    /// Where the next line behind CRLF that begins with a dot begins, from `from` on and within what was surveyed.
    fn dotted_line(&self, input: &[u8], from: usize) -> Option<usize> {
        // A line feed that is the last octet of what was surveyed has its dot outside.
        let mut at = from.saturating_sub(1);
        loop {
            let line = input.get(at..self.surveyed)?;
            at += memchr(b'\n', line)? + 1;
            let cr = match at.checked_sub(2) {
                Some(before) => input.get(before) == Some(&b'\r'),
                None => self.tally.tail() == Tail::Cr,
            };
            if cr && input.get(at) == Some(&b'.') && at < self.surveyed {
                return Some(at);
            }
        }
    }

    fn take<'b>(&mut self, input: &mut &'b [u8], len: usize) -> &'b [u8] {
        let (taken, rest) = input.split_at_checked(len).unwrap_or((input, b""));
        *input = rest;
        self.taken += taken.len() as u64;
        self.surveyed = self.surveyed.saturating_sub(taken.len());
        taken
    }
}
