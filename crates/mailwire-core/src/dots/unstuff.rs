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

/// Octets at the front of the input that are content.
struct Content {
    end: usize,
    /// Whether a dot at the start of a line is behind them.
    whole_lines: bool,
    /// Whether a stray may be among them.
    stray: bool,
    /// How many line feeds are.
    lines: u64,
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
        let mut start = 0;
        if matches!(self.tally.tail(), Tail::Start | Tail::CrLf) && input.first() == Some(&b'.') {
            match **input {
                [_, b'\r', b'\n', ..] => {
                    self.take(input, 3);
                    self.done = true;
                    return Some(Piece::End);
                }
                [_] | [_, b'\r'] => return None,
                _ => start = 1,
            }
        } else if input.is_empty() {
            return None;
        }
        let seen_before = self.surveyed > start;
        let content = self.content(input, start);
        let at = self.taken + start as u64;
        let chunk = self.take(input, content.end).get(start..).unwrap_or_default();
        if content.whole_lines && seen_before && !content.stray {
            self.tally.add_whole_lines(chunk.len(), content.lines);
        } else {
            if start > 0 {
                self.tally.broken_line();
            }
            self.tally.add_surveyed(chunk, at, content.stray, content.lines);
        }
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

    /// What is content from `start` on, up to the next dot at the start of a line.
    #[inline]
    fn content(&mut self, input: &[u8], start: usize) -> Content {
        let mut content = Content { end: start, whole_lines: false, stray: false, lines: 0 };
        loop {
            if self.surveyed > content.end {
                content.stray |= self.stray;
                if self.dotted && self.dotted_line(input, &mut content) {
                    return content;
                }
                self.dotted = false;
                content.end = self.surveyed;
            }
            // The last octet before the block is looked at again, as one half of a pair.
            let overlap = content.end.saturating_sub(1);
            let block = input.get(overlap..).unwrap_or_default();
            let block = block.get(..BLOCK).unwrap_or(block);
            self.surveyed = overlap + block.len();
            if self.surveyed <= content.end {
                return content;
            }
            let found = survey(block);
            (self.dotted, self.stray) = (found.dotted, found.stray);
            if !found.dotted {
                let first = content.end == 0 && block.first() == Some(&b'\n');
                content.lines += found.lines + u64::from(first);
            }
        }
    }

    /// Whether a line begins with a dot behind the content so far and within what was surveyed. The content then ends before
    /// the dot; the line feeds on the way are counted.
    #[inline]
    fn dotted_line(&self, input: &[u8], content: &mut Content) -> bool {
        // A line feed that was the last octet of what was surveyed before, and counted, has its dot here.
        let mut at = content.end.saturating_sub(1);
        while let Some(line) = input.get(at..self.surveyed)
            && let Some(found) = memchr(b'\n', line)
        {
            at += found + 1;
            content.lines += u64::from(at > content.end);
            let cr = match at.checked_sub(2) {
                Some(before) => input.get(before) == Some(&b'\r'),
                None => self.tally.tail() == Tail::Cr,
            };
            if cr && at < self.surveyed && input.get(at) == Some(&b'.') {
                content.end = at;
                content.whole_lines = true;
                return true;
            }
        }
        false
    }

    #[inline]
    fn take<'b>(&mut self, input: &mut &'b [u8], len: usize) -> &'b [u8] {
        let (taken, rest) = input.split_at_checked(len).unwrap_or((input, b""));
        *input = rest;
        self.taken += taken.len() as u64;
        self.surveyed = self.surveyed.saturating_sub(len);
        taken
    }
}
