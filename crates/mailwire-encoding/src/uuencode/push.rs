//! Uuencode that comes in pieces.

use super::line::{self, Data, END_OF_BASE64, LONGEST, Line};
use crate::{EncodingDefect, base64, defect};
use alloc::vec::Vec;
use core::mem;
use core::ops::Range;
use mailwire_core::{Sink, class};
use memchr::{memchr, memmem};

/// Decodes uuencode that comes in chunks of any size: the same bytes and the same defects as
/// [`decode_into`](super::decode_into) over all of it. Holds the front of one line.
///
/// ```
/// use mailwire_encoding::uuencode::Decoder;
///
/// let (mut decoder, mut out) = (Decoder::new(), Vec::new());
/// for chunk in [&b"begin 644 hel"[..], b"lo.txt\n%:&5", b"L;&\\\n`\nend\n"] {
///     decoder.push(chunk, &mut out, &mut ());
/// }
/// decoder.finish(&mut out, &mut ());
/// assert_eq!(out, b"hello");
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    /// Where the line begins that is being read. In base64: where what is held does.
    at: usize,
    /// The front of that line, if it has not ended yet. In base64: the `=` at the start of a line.
    held: Vec<u8>,
    /// How long it is so far.
    length: usize,
    /// Whether there was data already.
    begun: bool,
    /// Text outside of blocks that has not been reported.
    outside: Range<usize>,
}

#[derive(Debug, Default)]
enum State {
    /// Before, between and behind blocks.
    #[default]
    Outside,
    Data,
    /// Behind the line of length zero.
    Complete,
    Base64(Base64),
    /// In the line that ends base64.
    EndOfBase64,
}

#[derive(Debug)]
struct Base64 {
    decoder: base64::Decoder,
    /// Where its data began.
    start: usize,
    at_line_start: bool,
}

impl Decoder {
    /// A decoder at the start of a body.
    pub fn new() -> Self {
        Self::default()
    }

    /// Decodes the next piece and appends to `out`. Ranges count from the start of the first piece.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        let mut rest = chunk;
        while !rest.is_empty() {
            rest = match &mut self.state {
                State::Base64(_) => self.base64(rest, out, sink),
                _ => self.line(rest, out, sink),
            };
        }
    }

    /// The body ends here.
    pub fn finish(mut self, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        if self.length > 0 {
            let held = mem::take(&mut self.held);
            self.read(&held, self.length, out, sink);
            self.at = self.at.saturating_add(self.length);
        }
        if let State::Base64(base64) = &mut self.state {
            base64.push(&self.held, out, sink);
            self.at = self.at.saturating_add(self.held.len());
        }
        if !matches!(self.state, State::Outside | State::EndOfBase64) {
            self.end_base64(out, sink);
            sink.report(EncodingDefect::UuMissingEnd, self.at..self.at);
        }
        self.report_outside(sink);
        if !self.begun && self.at > 0 {
            sink.report(EncodingDefect::UuMissingBegin, self.at..self.at);
        }
    }

    /// Takes a line from the front, or as much of it as there is; returns what is left.
    fn line<'a>(
        &mut self,
        input: &'a [u8],
        out: &mut Vec<u8>,
        sink: &mut impl Sink<EncodingDefect>,
    ) -> &'a [u8] {
        if matches!(self.state, State::Data)
            && self.length == 0
            && let Some((bytes, rest)) = line::full(input)
        {
            out.extend_from_slice(&bytes);
            self.at = self.at.saturating_add(input.len() - rest.len());
            return rest;
        }
        let end = memchr(b'\n', input);
        let (part, rest) = input.split_at(end.unwrap_or(input.len()));
        let length = self.length.saturating_add(part.len());
        if self.length == 0 && end.is_some() {
            self.read(part.get(..LONGEST).unwrap_or(part), length, out, sink);
        } else {
            let room = LONGEST.saturating_sub(self.held.len());
            self.held.extend_from_slice(part.get(..room).unwrap_or(part));
            self.length = length;
            if end.is_some() {
                let mut held = mem::take(&mut self.held);
                self.read(&held, length, out, sink);
                held.clear();
                self.held = held;
            }
        }
        let [_, rest @ ..] = rest else { return rest };
        self.at = self.at.saturating_add(length).saturating_add(1);
        self.length = 0;
        if let State::Base64(base64) = &mut self.state {
            base64.start = self.at;
        }
        rest
    }

    /// Reads a line of this length that begins with `head`.
    fn read(&mut self, head: &[u8], length: usize, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        let here = self.at..self.at.saturating_add(length);
        match (&self.state, line::read(head, length)) {
            (State::Outside, line) => match line {
                _ if self.begin(head, &here, sink) => {}
                Line::Data(data) if !self.begun && data.is_full() => {
                    self.report_outside(sink);
                    sink.report(EncodingDefect::UuMissingBegin, here.start..here.start);
                    (self.state, self.begun) = (State::Data, true);
                    self.data(&data, out, sink);
                }
                _ => self.pass_over(head, here),
            },
            (State::EndOfBase64, _) | (State::Data | State::Complete, Line::End) => {
                self.state = State::Outside;
            }
            (State::Data, Line::Data(data)) => self.data(&data, out, sink),
            (State::Data, Line::Zero) => self.state = State::Complete,
            (State::Data | State::Complete, Line::Empty) => {}
            (State::Data, Line::Other) if line::begin(head).is_none() => {
                sink.report(EncodingDefect::UuJunk, here);
            }
            (State::Data | State::Complete | State::Base64(_), _) => {
                sink.report(EncodingDefect::UuMissingEnd, here.start..here.start);
                self.state = State::Outside;
                if !self.begin(head, &here, sink) {
                    self.pass_over(head, here);
                }
            }
        }
    }

    /// Begins a block, if the line does.
    fn begin(&mut self, head: &[u8], here: &Range<usize>, sink: &mut impl Sink<EncodingDefect>) -> bool {
        let Some(begin) = line::begin(head) else { return false };
        self.report_outside(sink);
        if self.begun {
            sink.report(EncodingDefect::UuFurtherBlock, here.clone());
        }
        self.begun = true;
        self.state = if begin.base64 {
            State::Base64(Base64 { decoder: base64::Decoder::new(), start: here.end, at_line_start: true })
        } else {
            State::Data
        };
        true
    }

    fn data(&self, data: &Data<'_>, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        let mut sink = defect::shifted(sink, self.at);
        if !data.bad.is_empty() {
            sink.report(EncodingDefect::UuBadDigit, data.bad.clone());
        }
        if data.short {
            sink.report(EncodingDefect::UuShortLine, 0..1);
        }
        if !data.junk.is_empty() {
            sink.report(EncodingDefect::UuTrailing, data.junk.clone());
        }
        let (bytes, length) = data.decode();
        out.extend_from_slice(bytes.get(..length).unwrap_or(&bytes));
    }

    /// A line that is none of a block.
    fn pass_over(&mut self, head: &[u8], here: Range<usize>) {
        if class::trim(head).is_empty() {
            return;
        }
        if self.outside.is_empty() {
            self.outside.start = here.start;
        }
        self.outside.end = here.end;
    }

    fn report_outside(&mut self, sink: &mut impl Sink<EncodingDefect>) {
        if !self.outside.is_empty() {
            sink.report(EncodingDefect::UuTextOutside, mem::take(&mut self.outside));
        }
    }

    /// Takes base64 from the front, up to a line that may end it; returns what is left.
    fn base64<'a>(
        &mut self,
        input: &'a [u8],
        out: &mut Vec<u8>,
        sink: &mut impl Sink<EncodingDefect>,
    ) -> &'a [u8] {
        let State::Base64(base64) = &mut self.state else { return input };
        let mut rest = input;
        if base64.at_line_start {
            while let [b'=', tail @ ..] = rest {
                self.held.push(b'=');
                rest = tail;
                if self.held == END_OF_BASE64 {
                    self.length = self.held.len();
                    self.end_base64(out, sink);
                    self.state = State::EndOfBase64;
                    return rest;
                }
            }
            if rest.is_empty() {
                return rest;
            }
            base64.push(&self.held, out, sink);
            self.at = self.at.saturating_add(self.held.len());
            self.held.clear();
        }
        let end = memmem::find(rest, b"\n=").map_or(rest.len(), |at| at + 1);
        let (data, rest) = rest.split_at(end);
        base64.push(data, out, sink);
        base64.at_line_start = data.ends_with(b"\n");
        self.at = self.at.saturating_add(data.len());
        rest
    }

    fn end_base64(&mut self, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        if let State::Base64(base64) = mem::take(&mut self.state) {
            base64.decoder.finish(out, &mut defect::shifted(sink, base64.start));
        }
    }
}

impl Base64 {
    fn push(&mut self, data: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        self.decoder.push(data, out, &mut defect::shifted(sink, self.start));
    }
}
