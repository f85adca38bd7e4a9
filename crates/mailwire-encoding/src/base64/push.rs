//! Base64 that comes in pieces.

use super::careful::{JUNK, Quantum, value};
use super::decode_chunk;
use crate::{EncodingDefect, defect};
use alloc::vec::Vec;
use mailwire_core::Sink;
use memchr::memchr;

/// Decodes base64 that comes in chunks of any size: the same bytes and the same defects as
/// [`decode_into`](super::decode_into) over all of it. Holds a few words and none of the input.
///
/// ```
/// use mailwire_encoding::base64::Decoder;
///
/// let (mut decoder, mut out) = (Decoder::new(), Vec::new());
/// for chunk in [&b"aGVs"[..], b"bG8", b"=\r\n"] {
///     decoder.push(chunk, &mut out, &mut ());
/// }
/// decoder.finish(&mut out, &mut ());
/// assert_eq!(out, b"hello");
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    quantum: Quantum,
    /// How much has been pushed.
    at: usize,
    /// How much of that is junk at its end, which may go on.
    junk: usize,
    /// Whether the last byte was not a line end, so that the next chunk begins within a line.
    within_line: bool,
}

/// A line end is looked for so far: the fast path begins behind one.
const LONGEST_LINE: usize = 1024;

impl Decoder {
    /// A decoder at the start of a body.
    pub fn new() -> Self {
        Self::default()
    }

    /// Decodes the next piece and appends to `out`. Ranges count from the start of the first piece.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        let Some(&last) = chunk.last() else { return };
        let rest = self.skip_junk(chunk, sink);
        let junk = rest.iter().rev().take_while(|&&byte| value(byte) == JUNK).count();
        let (rest, _) = rest.split_at(rest.len() - junk);
        let (line, rest) = rest.split_at(self.rest_of_line(rest));
        self.decode(line, out, sink);
        self.decode(rest, out, sink);
        self.at = self.at.saturating_add(junk);
        self.junk = self.junk.saturating_add(junk);
        self.within_line = last != b'\n';
    }

    /// The data ends here.
    pub fn finish(mut self, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        self.report_junk(sink);
        self.quantum.finish(self.at, out, sink);
    }

    /// A run of junk is one defect, wherever the chunks end: this is what goes on with the last one's.
    fn skip_junk<'a>(&mut self, chunk: &'a [u8], sink: &mut impl Sink<EncodingDefect>) -> &'a [u8] {
        if self.junk == 0 {
            return chunk;
        }
        let run = chunk.iter().take_while(|&&byte| value(byte) == JUNK).count();
        self.at = self.at.saturating_add(run);
        self.junk = self.junk.saturating_add(run);
        let rest = chunk.get(run..).unwrap_or_default();
        if !rest.is_empty() {
            self.report_junk(sink);
        }
        rest
    }

    fn report_junk(&mut self, sink: &mut impl Sink<EncodingDefect>) {
        if self.junk > 0 {
            sink.report(EncodingDefect::Base64Junk, self.at - self.junk..self.at);
            self.junk = 0;
        }
    }

    /// How much of `chunk` belongs to the line that the last chunk ended in: behind it, lines are whole again and many
    /// are decoded at once. Without lines it is enough to fill the quantum.
    fn rest_of_line(&self, chunk: &[u8]) -> usize {
        if !self.within_line {
            return 0;
        }
        let head = chunk.get(..LONGEST_LINE).unwrap_or(chunk);
        let Some(end) = memchr(b'\n', head) else {
            let missing = (4 - usize::from(self.quantum.digits)) % 4;
            return head.iter().take(missing).take_while(|&&byte| value(byte) != JUNK).count();
        };
        end + 1
    }

    fn decode(&mut self, bytes: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        let mut sink = defect::shifted(sink, self.at);
        decode_chunk(&mut self.quantum, bytes, out, &mut sink);
        self.at = self.at.saturating_add(bytes.len());
    }
}
