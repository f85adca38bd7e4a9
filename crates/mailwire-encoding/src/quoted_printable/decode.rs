//! Decoding, by masks of what has to be looked at.

use super::scan::{BLOCK, events, first_event};
use crate::{EncodingDefect, simd};
use alloc::vec::Vec;
use fearless_simd::{Simd, dispatch};
use mailwire_core::{Class, Sink};

/// How much of the front of `input` stands for itself: up to the first `=` or trailing blank.
pub(super) fn clean_prefix(input: &[u8]) -> usize {
    let end = dispatch!(simd::level(), simd => first_event(simd, input, 0));
    end - blanks_at_end(input.get(..end).unwrap_or(input))
}

pub(super) fn decode(input: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
    let start = out.len();
    // A block more than needed: blocks are copied whole and then written over.
    out.resize(start + input.len() + BLOCK, 0);
    let mut decoder =
        Decoder { input, out: out.get_mut(start..).unwrap_or_default(), at: 0, floor: 0, written: 0 };
    dispatch!(simd::level(), simd => decoder.run(simd, sink));
    let written = decoder.written;
    out.truncate(start + written);
}

struct Decoder<'a> {
    input: &'a [u8],
    out: &'a mut [u8],
    /// What of `input` has been read.
    at: usize,
    /// What of `input` belongs to escapes and line ends that have been read: no blank before this is a trailing one.
    floor: usize,
    /// What of `out` counts.
    written: usize,
}

impl Decoder<'_> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    fn run<S: Simd>(&mut self, simd: S, sink: &mut impl Sink<EncodingDefect>) {
        self.blocks(simd, sink);
        self.rest(simd, sink);
    }

    /// Decodes block by block, as long as a whole block is left.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as above")]
    fn blocks<S: Simd>(&mut self, simd: S, sink: &mut impl Sink<EncodingDefect>) {
        let mut mask = events(simd, self.input, self.at);
        let mut base = self.at;
        while let Some(found) = mask {
            if !self.copy_block() {
                return;
            }
            let end = base + BLOCK;
            if found == 0 {
                self.written += end - self.at;
                (self.at, base) = (end, end);
                mask = events(simd, self.input, base);
                continue;
            }
            let event = base + found.trailing_zeros() as usize;
            self.written += event - self.at;
            self.at = event;
            self.event(sink);
            if self.at < end {
                // What lies before `at` has been dealt with.
                mask = Some(found & (found - 1) & u64::MAX << (self.at - base));
            } else {
                base = self.at;
                mask = events(simd, self.input, base);
            }
        }
    }

    /// Decodes what is left.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as above")]
    fn rest<S: Simd>(&mut self, simd: S, sink: &mut impl Sink<EncodingDefect>) {
        while self.at < self.input.len() {
            let event = first_event(simd, self.input, self.at);
            let clean = self.input.get(self.at..event).unwrap_or_default();
            if let Some(room) = self.out.get_mut(self.written..).and_then(|room| room.get_mut(..clean.len()))
            {
                room.copy_from_slice(clean);
            }
            self.written += clean.len();
            self.at = event;
            if event < self.input.len() {
                self.event(sink);
            }
        }
        self.strip(sink);
    }

    /// Copies a block from where reading has got to where writing has got.
    fn copy_block(&mut self) -> bool {
        let block = self.input.get(self.at..).and_then(<[u8]>::first_chunk::<BLOCK>);
        let room = self.out.get_mut(self.written..).and_then(<[u8]>::first_chunk_mut::<BLOCK>);
        let (Some(block), Some(room)) = (block, room) else { return false };
        *room = *block;
        true
    }

    /// Decodes what begins at `at`: an escape, or a line end with blanks before it.
    ///
    /// Escapes come in runs where the text is not ASCII: a run is one event.
    fn event(&mut self, sink: &mut impl Sink<EncodingDefect>) {
        let start = self.at;
        while let Some([b'=', escape @ ..]) = self.input.get(self.at..) {
            let (byte, length) = decode_escape(escape, self.at, sink);
            if let Some(byte) = byte {
                self.push(byte);
            }
            self.at += 1 + length;
        }
        if self.at == start
            && let Some(&line_end) = self.input.get(self.at)
        {
            self.strip(sink);
            self.push(line_end);
            self.at += 1;
        }
        self.floor = self.at;
    }

    /// Takes back the blanks before `at`.
    fn strip(&mut self, sink: &mut impl Sink<EncodingDefect>) {
        let blanks = blanks_at_end(self.input.get(self.floor..self.at).unwrap_or_default());
        if blanks > 0 {
            self.written -= blanks;
            sink.report(EncodingDefect::QpTrailingBlank, self.at - blanks..self.at);
        }
    }

    fn push(&mut self, byte: u8) {
        if let Some(room) = self.out.get_mut(self.written) {
            *room = byte;
            self.written += 1;
        }
    }
}

fn blanks_at_end(line: &[u8]) -> usize {
    line.iter().rev().take_while(|&&byte| Class::WSP.contains(byte)).count()
}

/// What the `=` at `at` means, which `escape` follows: its byte, if any, and how much of `escape` belongs to it.
#[inline]
fn decode_escape(escape: &[u8], at: usize, sink: &mut impl Sink<EncodingDefect>) -> (Option<u8>, usize) {
    if let [high, low, ..] = escape {
        if let Some(byte) = hex_pair(*high, *low) {
            return (Some(byte), 2);
        }
        if (*high, *low) == (b'\r', b'\n') {
            return (None, 2);
        }
    }
    decode_odd_escape(escape, at, sink)
}

/// The same for what is neither two digits nor a soft line break with CRLF.
#[cold]
fn decode_odd_escape(escape: &[u8], at: usize, sink: &mut impl Sink<EncodingDefect>) -> (Option<u8>, usize) {
    let blanks = Class::WSP.prefix_len(escape);
    let line_end = match escape.get(blanks..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([b'\r' | b'\n', ..]) => 1,
        Some([]) | None => {
            sink.report(EncodingDefect::QpSoftBreakAtEnd, at..at + 1 + blanks);
            return (None, blanks);
        }
        Some(_) => {
            sink.report(EncodingDefect::QpBadEscape, at..at + 1);
            return (Some(b'='), 0);
        }
    };
    if blanks > 0 {
        sink.report(EncodingDefect::QpSoftBreakBlank, at + 1..at + 1 + blanks);
    }
    (None, blanks + line_end)
}

/// The byte of two hexadecimal digits, of either case.
#[inline]
pub(crate) fn hex_pair(high: u8, low: u8) -> Option<u8> {
    #[expect(clippy::indexing_slicing, reason = "a u8 is always below 256")]
    let (high, low) = (HEX[usize::from(high)], HEX[usize::from(low)]);
    ((high | low) < 16).then_some(high << 4 | low)
}

/// The values of the hexadecimal digits; 255 for what is none.
static HEX: [u8; 256] = hex_values();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, over 0..256")]
const fn hex_values() -> [u8; 256] {
    let mut table = [u8::MAX; 256];
    let mut value = 0_u8;
    while value < 16 {
        let digit = if value < 10 { b'0' + value } else { b'A' + value - 10 };
        table[digit as usize] = value;
        table[digit.to_ascii_lowercase() as usize] = value;
        value += 1;
    }
    table
}
