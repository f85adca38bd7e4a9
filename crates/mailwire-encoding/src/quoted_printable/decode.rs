//! Decoding, by masks of what has to be looked at.

use super::scan::{BLOCK, events, first_event};
use crate::EncodingDefect;
use alloc::vec::Vec;
use mailwire_core::{Class, Sink};

/// How much of the front of `input` stands for itself: up to the first `=` or trailing blank.
pub(super) fn clean_prefix(input: &[u8]) -> usize {
    let end = first_event(input, 0);
    end - blanks_at_end(input.get(..end).unwrap_or(input))
}

pub(super) fn decode(input: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
    let start = out.len();
    // A block more than needed: blocks are copied whole and then written over.
    out.resize(start + input.len() + BLOCK, 0);
    let mut decoder =
        Decoder { input, out: out.get_mut(start..).unwrap_or_default(), at: 0, floor: 0, written: 0 };
    decoder.blocks(sink);
    decoder.rest(sink);
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
    /// Decodes block by block, as long as a whole block is left.
    fn blocks(&mut self, sink: &mut impl Sink<EncodingDefect>) {
        let mut masks = [0; 64];
        let mut base = 0;
        loop {
            let found = events(self.input, base, &mut masks);
            if found.is_empty() {
                return;
            }
            for &mask in found {
                if !self.block(base, mask, sink) {
                    return;
                }
                base += BLOCK;
            }
        }
    }

    /// Decodes what `mask` says of the block at `base`; whether there was a whole block to copy.
    fn block(&mut self, base: usize, mask: u64, sink: &mut impl Sink<EncodingDefect>) -> bool {
        let end = base + BLOCK;
        let mut mask = mask;
        while self.at < end {
            if !self.copy_block() {
                return false;
            }
            // What lies before `at` has been dealt with.
            mask &= u64::MAX << self.at.saturating_sub(base);
            let event = if mask == 0 { end } else { base + mask.trailing_zeros() as usize };
            self.written += event - self.at;
            self.at = event;
            if event < end {
                self.event(sink);
            }
        }
        true
    }

    /// Decodes what is left.
    fn rest(&mut self, sink: &mut impl Sink<EncodingDefect>) {
        while self.at < self.input.len() {
            let event = first_event(self.input, self.at);
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
