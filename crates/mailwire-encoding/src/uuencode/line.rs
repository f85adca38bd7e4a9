//! What a line is.

use core::ops::Range;
use mailwire_core::{Class, class};

/// So much of a line is looked at: a line of data is shorter, whatever its length says.
pub(super) const LONGEST: usize = 128;
/// What ends a block of base64, at the start of a line.
pub(super) const END_OF_BASE64: &[u8] = b"====";

/// The line that begins a block.
#[derive(Clone, Copy)]
pub(super) struct Begin<'a> {
    pub(super) mode: u32,
    pub(super) name: &'a [u8],
    pub(super) base64: bool,
}

/// `"begin" ["-base64"] 1*SP 3*6OCTDIGIT [1*SP name]`
pub(super) fn begin(line: &[u8]) -> Option<Begin<'_>> {
    let rest = line.strip_prefix(b"begin")?;
    let (rest, base64) = rest.strip_prefix(b"-base64").map_or((rest, false), |rest| (rest, true));
    let (blanks, rest) = rest.split_at(Class::WSP.prefix_len(rest));
    let digits = rest.iter().take_while(|digit| matches!(digit, b'0'..=b'7')).count();
    let (mode, rest) = rest.split_at(digits);
    let name = class::trim(rest);
    let glued = rest.first().is_some_and(|&byte| !Class::WSP.contains(byte) && byte != b'\r');
    if blanks.is_empty() || !(3..=6).contains(&digits) || glued {
        return None;
    }
    let mode = mode.iter().fold(0, |mode, digit| mode << 3 | u32::from(digit & 7));
    Some(Begin { mode, name, base64 })
}

/// A line of a block.
pub(super) enum Line<'a> {
    End,
    /// Of length zero: the data is complete.
    Zero,
    Empty,
    Data(Data<'a>),
    /// None of a block.
    Other,
}

/// A line of data. Ranges count from its start.
pub(super) struct Data<'a> {
    /// How many bytes it stands for.
    length: usize,
    digits: &'a [u8],
    /// Bytes among the digits that are none.
    pub(super) bad: Range<usize>,
    /// What stands behind the digits and a check digit.
    pub(super) junk: Range<usize>,
    /// Whether digits are missing.
    pub(super) short: bool,
}

impl Data<'_> {
    /// Whether nothing speaks against it.
    pub(super) fn is_plain(&self) -> bool {
        self.bad.is_empty() && self.junk.is_empty()
    }

    /// Whether it is a line as all but the last one of a file are.
    pub(super) fn is_full(&self) -> bool {
        self.is_plain() && !self.short && self.length == 45
    }

    /// The bytes, in the front of a buffer; zeros where digits are missing.
    pub(super) fn decode(&self) -> ([u8; 63], usize) {
        let mut bytes = [0; 63];
        let (room, _) = bytes.as_chunks_mut::<3>();
        let (quanta, rest) = self.digits.as_chunks::<4>();
        for (three, four) in room.iter_mut().zip(quanta) {
            *three = quantum(*four);
        }
        if let Some(three) = room.get_mut(quanta.len()) {
            let mut four = [b' '; 4];
            for (place, digit) in four.iter_mut().zip(rest) {
                *place = *digit;
            }
            *three = quantum(four);
        }
        (bytes, self.length)
    }
}

/// What a line within a block is. `length` is that of all of it, without LF; `head` is as much as is looked at.
pub(super) fn read(head: &[u8], length: usize) -> Line<'_> {
    let line = head.strip_suffix(b"\r").filter(|_| length <= LONGEST).unwrap_or(head);
    let text = class::trim_end(line);
    let [first, digits @ ..] = line else { return Line::Empty };
    if text == b"end" {
        return Line::End;
    }
    if !is_digit(*first) {
        return Line::Other;
    }
    let bytes = usize::from(value(*first));
    let used = text.len().saturating_sub(1);
    if bytes == 0 {
        return if used <= 1 { Line::Zero } else { Line::Other };
    }
    // Whole quanta are usual; a few encoders leave out what is not needed of the last one.
    let (least, most) = ((bytes * 4).div_ceil(3), bytes.div_ceil(3) * 4);
    let short = digits.len() < least;
    let fits = !short && used <= most + 1 && length <= LONGEST;
    let digits = digits.get(..most).unwrap_or(digits);
    let bad = outside_alphabet(digits);
    if !fits && !bad.is_empty() {
        return Line::Other;
    }
    let junk = if fits || short { 0..0 } else { 1 + most..length };
    Line::Data(Data { length: bytes, digits, bad: 1 + bad.start..1 + bad.end, junk, short })
}

/// Decodes a line of 45 bytes from the front, as all but the last one of a file are, and gives what stands behind it.
/// `None` for every other line, and for one that anything may be said of.
pub(super) fn full(input: &[u8]) -> Option<([u8; 45], &[u8])> {
    let ([b'M', digits @ ..], [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..]) =
        input.split_first_chunk::<61>()?
    else {
        return None;
    };
    if !digits.iter().fold(true, |all, &byte| all & is_digit(byte)) {
        return None;
    }
    let mut bytes = [0; 45];
    for (three, four) in bytes.as_chunks_mut().0.iter_mut().zip(digits.as_chunks().0) {
        *three = quantum(*four);
    }
    Some((bytes, rest))
}

/// From the first to the last byte that is no digit.
fn outside_alphabet(digits: &[u8]) -> Range<usize> {
    // Most lines have none; this is a loop without a branch.
    if digits.iter().fold(true, |all, &byte| all & is_digit(byte)) {
        return 0..0;
    }
    let first = digits.iter().position(|&byte| !is_digit(byte)).unwrap_or_default();
    let last = digits.iter().rposition(|&byte| !is_digit(byte)).unwrap_or_default();
    first..last + 1
}

fn is_digit(byte: u8) -> bool {
    matches!(byte, b' '..=b'`')
}

fn value(byte: u8) -> u8 {
    byte.wrapping_sub(b' ') & 63
}

fn quantum(digits: [u8; 4]) -> [u8; 3] {
    let [a, b, c, d] = digits.map(value);
    [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]
}
