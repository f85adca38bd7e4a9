//! Blocks inside text.

use super::line::{self, Begin, END_OF_BASE64, LONGEST, Line};
use crate::EncodingDefect;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;
use mailwire_core::{Class, Escaped, Sink, class};
use memchr::{memchr, memmem};

/// The uuencoded files inside a text, as mail had them before there were attachments.
///
/// A view for those who want it: nothing else in this crate looks for them, since any text may say `begin`. So this is
/// stricter than the decoder of a body: a block is a `begin` line with a line behind it that can be one of data,
/// and it ends at its `end`, or before the first line that can't.
///
/// ```
/// use mailwire_encoding::uuencode::blocks;
///
/// let text = b"begin 644 a\n#0V%T\n`\nend\n\nbegin 007 is a film.\n\nbegin-base64 600 b\nQ2F0\n====\n";
/// let names: Vec<_> = blocks(text).map(|block| block.name()).collect();
/// assert_eq!(names, [b"a", b"b"]);
/// assert!(blocks(text).all(|block| block.decode() == b"Cat"));
/// ```
pub fn blocks(text: &[u8]) -> Blocks<'_> {
    Blocks { text, at: 0 }
}

/// An iterator over the uuencoded files inside a text; made by [`blocks`].
#[derive(Clone)]
pub struct Blocks<'a> {
    text: &'a [u8],
    /// Where a line begins.
    at: usize,
}

/// A uuencoded file inside a text.
#[derive(Clone, Copy)]
pub struct Block<'a> {
    start: usize,
    raw: &'a [u8],
    begin: Begin<'a>,
}

impl<'a> Block<'a> {
    /// Where it stands in the text: whole lines, from `begin` to behind the line end of `end`.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.raw.len()
    }

    /// Those lines.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The permissions that the file had: three octal digits, sometimes more.
    pub fn mode(&self) -> u32 {
        self.begin.mode
    }

    /// The name of the file, as it came: in no declared charset, perhaps empty, perhaps a path to where nobody wants
    /// it.
    pub fn name(&self) -> &'a [u8] {
        self.begin.name
    }

    /// What is in the file.
    pub fn decode(&self) -> Vec<u8> {
        super::decode(self.raw)
    }

    /// Appends what is in the file to `out`, and reports what was wrong; ranges count from the start of the block.
    pub fn decode_into(&self, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        super::decode_into(self.raw, out, sink);
    }
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        loop {
            let rest = self.text.get(self.at..)?;
            if !rest.starts_with(BEGIN) {
                self.at += memmem::find(rest, b"\nbegin")? + 1;
                continue;
            }
            let start = self.at;
            let mut lines = Lines(rest);
            let first = lines.next().unwrap_or_default();
            self.at += first.len();
            let Some(begin) = line::begin(class::trim_end(first)) else { continue };
            let length = if begin.base64 { base64_length(lines) } else { data_length(lines) };
            if let Some(length) = length {
                self.at += length;
                let raw = rest.get(..first.len() + length).unwrap_or_default();
                return Some(Block { start, raw, begin });
            }
        }
    }
}

impl fmt::Debug for Blocks<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocks").field("at", &self.at).finish_non_exhaustive()
    }
}

impl fmt::Debug for Block<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block")
            .field("range", &self.range())
            .field("mode", &format_args!("{:o}", self.mode()))
            .field("name", &Escaped(self.name()))
            .finish_non_exhaustive()
    }
}

const BEGIN: &[u8] = b"begin";

/// Lines with their line ends.
struct Lines<'a>(&'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let end = memchr(b'\n', self.0).map_or(self.0.len(), |end| end + 1);
        let (line, rest) = self.0.split_at(end);
        self.0 = rest;
        (!line.is_empty()).then_some(line)
    }
}

/// The length of the lines of data at the front, with the `end` behind them. `None` if there are none.
fn data_length(lines: Lines<'_>) -> Option<usize> {
    let (mut seen, mut length, mut complete) = (0, 0, false);
    for line in lines {
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        let head = content.get(..LONGEST).unwrap_or(content);
        seen += line.len();
        match line::read(head, content.len()) {
            Line::End => return Some(seen),
            Line::Data(data) if data.is_plain() && !complete => length = seen,
            Line::Zero if !complete => (length, complete) = (seen, true),
            // Spaces at the end of lines get lost, so it may be the line of length zero: if an `end` follows.
            Line::Empty => complete = true,
            _ => break,
        }
    }
    Some(length).filter(|&length| length > 0)
}

/// The same for base64.
fn base64_length(lines: Lines<'_>) -> Option<usize> {
    let mut length = 0;
    for line in lines {
        if line.starts_with(END_OF_BASE64) {
            return Some(length + line.len());
        }
        let digits = class::trim_end(line);
        let (_, padding) = digits.split_at(Class::BASE64.prefix_len(digits));
        if digits.is_empty() || !digits.len().is_multiple_of(4) || !matches!(padding, b"" | b"=" | b"==") {
            break;
        }
        length += line.len();
    }
    Some(length).filter(|&length| length > 0)
}
