//! Base64 one digit at a time, for whatever is irregular.

use crate::EncodingDefect;
use alloc::vec::Vec;
use mailwire_core::Sink;

/// So many bytes are read carefully before the block decoder is tried again: a failed try costs less than that.
const STRETCH: usize = 1024;
/// Without a line end in sight the block decoder is tried again after so many.
const LONG_STRETCH: usize = 8 * STRETCH;

const PAD: u8 = 0x80;
const BLANK: u8 = 0x40;
pub(super) const JUNK: u8 = 0xff;

/// The quantum of 24 bits that is being filled.
#[derive(Debug, Default)]
pub(super) struct Quantum {
    bits: u32,
    pub(super) digits: u8,
    /// Padding has been read and no digit since.
    padded: bool,
    /// `=` that have to follow.
    owed: u8,
}

impl Quantum {
    /// Whether nothing is pending, so that whole quanta may be decoded past this one.
    pub(super) fn is_fresh(&self) -> bool {
        self.digits == 0 && !self.padded
    }

    /// Reads from `at` on, at least a stretch, up to a line end between two quanta or to the end; returns where.
    pub(super) fn decode(
        &mut self,
        input: &[u8],
        at: usize,
        out: &mut Vec<u8>,
        sink: &mut impl Sink<EncodingDefect>,
    ) -> usize {
        let mut rest = input.get(at..).unwrap_or_default();
        let position = |rest: &[u8]| input.len() - rest.len();
        loop {
            if self.is_fresh() {
                rest = whole_quanta(rest, out);
            }
            let [byte, tail @ ..] = rest else { return input.len() };
            let here = position(rest);
            rest = tail;
            match value(*byte) {
                BLANK => {
                    let read = here - at;
                    if *byte == b'\n' && self.is_fresh() && read >= STRETCH {
                        return here + 1;
                    }
                }
                PAD => self.pad(here, out, sink),
                JUNK => {
                    let run = tail.iter().take_while(|&&byte| value(byte) == JUNK).count();
                    rest = tail.get(run..).unwrap_or_default();
                    sink.report(EncodingDefect::Base64Junk, here..here + 1 + run);
                }
                digit => {
                    if self.padded {
                        self.restart(here, sink);
                    }
                    self.push(digit, out);
                    if self.digits == 0 && here - at >= LONG_STRETCH {
                        return here + 1;
                    }
                }
            }
        }
    }

    fn push(&mut self, digit: u8, out: &mut Vec<u8>) {
        self.bits = self.bits << 6 | u32::from(digit);
        self.digits += 1;
        if self.digits == 4 {
            let [_, bytes @ ..] = self.bits.to_be_bytes();
            out.extend_from_slice(&bytes);
            (self.bits, self.digits) = (0, 0);
        }
    }

    /// A `=` at `here`.
    fn pad(&mut self, here: usize, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        match self.digits {
            0 if self.owed > 0 => self.owed -= 1,
            0 => sink.report(EncodingDefect::Base64Padding, here..here + 1),
            digits => {
                self.flush(here, out, sink);
                self.padded = true;
                self.owed = 3_u8.saturating_sub(digits);
            }
        }
    }

    /// A digit at `here`, behind padding.
    fn restart(&mut self, here: usize, sink: &mut impl Sink<EncodingDefect>) {
        if self.owed > 0 {
            sink.report(EncodingDefect::Base64Padding, here..here);
        }
        sink.report(EncodingDefect::Base64InnerPadding, here..here);
        (self.padded, self.owed) = (false, 0);
    }

    /// Writes the whole bytes of an unfinished quantum that ends at `end`.
    fn flush(&mut self, end: usize, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        let left_over = match self.digits {
            1 => {
                sink.report(EncodingDefect::Base64Truncated, end..end);
                0
            }
            2 => {
                let [.., first, rest] = (self.bits << 4).to_be_bytes();
                out.push(first);
                rest
            }
            3 => {
                let [_, first, second, rest] = (self.bits << 6).to_be_bytes();
                out.extend_from_slice(&[first, second]);
                rest
            }
            _ => 0,
        };
        if left_over != 0 {
            sink.report(EncodingDefect::Base64LeftoverBits, end..end);
        }
        (self.bits, self.digits) = (0, 0);
    }

    /// The data ends at `end`.
    pub(super) fn finish(mut self, end: usize, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        if self.owed > 0 || self.digits > 1 {
            sink.report(EncodingDefect::Base64MissingPadding, end..end);
        }
        self.flush(end, out, sink);
    }
}

/// Decodes the quanta at the front that are digits side by side; returns the rest.
fn whole_quanta<'a>(mut rest: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    while let Some((digits, tail)) = rest.split_first_chunk::<16>() {
        let (quanta, _) = digits.as_chunks::<4>();
        let mut bytes = [0; 12];
        let mut all = 0;
        for (three, four) in bytes.as_chunks_mut::<3>().0.iter_mut().zip(quanta) {
            let (bits, seen) = quantum(*four);
            [_, three[0], three[1], three[2]] = bits.to_be_bytes();
            all |= seen;
        }
        if all > 63 {
            break;
        }
        out.extend_from_slice(&bytes);
        rest = tail;
    }
    while let Some((digits, tail)) = rest.split_first_chunk::<4>() {
        let (bits, seen) = quantum(*digits);
        if seen > 63 {
            break;
        }
        let [_, bytes @ ..] = bits.to_be_bytes();
        out.extend_from_slice(&bytes);
        rest = tail;
    }
    rest
}

/// The 24 bits of four digits, and what is over 63 if one of them is none.
#[inline]
fn quantum(digits: [u8; 4]) -> (u32, u8) {
    let [a, b, c, d] = digits.map(value);
    (u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d), a | b | c | d)
}

#[inline]
pub(super) fn value(byte: u8) -> u8 {
    #[expect(clippy::indexing_slicing, reason = "a u8 is always below 256")]
    VALUES[usize::from(byte)]
}

static VALUES: [u8; 256] = values();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, over 0..256")]
const fn values() -> [u8; 256] {
    let mut table = [JUNK; 256];
    let mut i = 0_u8;
    while i < 64 {
        let digit = match i {
            0..26 => b'A' + i,
            26..52 => b'a' + i - 26,
            52..62 => b'0' + i - 52,
            62 => b'+',
            _ => b'/',
        };
        table[digit as usize] = i;
        i += 1;
    }
    table[b'=' as usize] = PAD;
    table[b' ' as usize] = BLANK;
    table[b'\t' as usize] = BLANK;
    table[b'\r' as usize] = BLANK;
    table[b'\n' as usize] = BLANK;
    table
}
