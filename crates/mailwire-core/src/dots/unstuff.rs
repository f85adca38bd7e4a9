//! Takes the dots away, and finds the end.

use super::survey::{BLOCK, Marks, survey};
use super::tally::{Tail, Tally};

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
    /// What is marked in the first of them, where dots are looked for.
    marks: Marks,
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
        match self.marked_lines(input) {
            Some(chunk) => Some(Piece::Chunk(chunk)),
            None => self.any(input),
        }
    }

    /// What stands between two marked dots, where nothing else is to be found. A dot alone is left for others.
    #[inline]
    fn marked_lines<'b>(&mut self, input: &mut &'b [u8]) -> Option<&'b [u8]> {
        if self.marks.dots & 1 == 0 || self.stray {
            return None;
        }
        let mut marks = self.marks;
        let (mut at, mut feeds) = (0, 0);
        marks.dots &= !1;
        if marks.dots == 0 {
            (at, feeds) = (marks.len, marks.feeds.count_ones().into());
            let window = input.get(at..self.surveyed).filter(|window| !window.is_empty())?;
            marks = Marks::of(window, self.before(input, at));
            if marks.dots == 0 {
                return None;
            }
        }
        let dot = marks.dots.trailing_zeros();
        let len = at + dot as usize;
        let (lines, rest) = input.split_at_checked(len)?;
        let chunk = lines.get(1..).filter(|chunk| !chunk.starts_with(b"\r\n"))?;
        *input = rest;
        self.taken += len as u64;
        self.surveyed -= len;
        self.tally.add_whole_lines(chunk.len(), feeds + marks.feeds_before_dot());
        self.marks = marks.behind(dot);
        Some(chunk)
    }

    fn any<'b>(&mut self, input: &mut &'b [u8]) -> Option<Piece<'b>> {
        if self.done {
            return None;
        }
        let mut start = 0;
        if matches!(self.tally.tail(), Tail::Start | Tail::CrLf) && input.first() == Some(&b'.') {
            match **input {
                [_, b'\r', b'\n', ..] => {
                    self.take(input, 3);
                    self.marks = Marks::default();
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
        if !seen_before {
            self.marks = Marks::default();
        }
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
    fn dotted_line(&mut self, input: &[u8], content: &mut Content) -> bool {
        let mut marks = self.marks;
        let mut at = if marks.len > 0 { 0 } else { content.end };
        // The dot that the content begins behind.
        marks.dots &= !u64::from(content.end == 1);
        while marks.dots == 0 {
            content.lines += u64::from(marks.feeds.count_ones());
            at += marks.len;
            let Some(window) = input.get(at..self.surveyed).filter(|window| !window.is_empty()) else {
                self.marks = Marks::default();
                return false;
            };
            marks = Marks::of(window, self.before(input, at));
        }
        let dot = marks.dots.trailing_zeros();
        content.lines += marks.feeds_before_dot();
        content.end = at + dot as usize;
        content.whole_lines = true;
        self.marks = marks.behind(dot);
        true
    }

    /// What stands before an octet of the input.
    fn before(&self, input: &[u8], at: usize) -> Tail {
        let last = at.checked_sub(1).and_then(|at| input.get(at));
        let before = at.checked_sub(2).and_then(|at| input.get(at));
        match (before, last, self.tally.tail()) {
            (_, None, tail) => tail,
            (_, Some(b'\r'), _) => Tail::Cr,
            (Some(b'\r'), Some(b'\n'), _) | (None, Some(b'\n'), Tail::Cr) => Tail::CrLf,
            _ => Tail::Other,
        }
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
