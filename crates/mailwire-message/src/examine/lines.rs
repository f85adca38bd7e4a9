//! What is wrong with the bytes and lines of a mail, whatever they mean: one look at each byte of it.

use super::At;
use crate::defect::FormatDefect::{self, BareCr, BareLf, BodyEightBit, HeaderEightBit, LineTooLong, Nul};
use crate::part::Part;
use crate::rules;
use core::ops::Range;
use mailwire_core::{Class, Sink};
use mailwire_encoding::TransferEncoding;
use memchr::{memchr, memrchr};

/// Octets in a line, without its line end (RFC 5322 §2.1.1, RFC 2045 §2.7).
const LONGEST: usize = 998;
/// What a server must take at least of a whole message (RFC 5321 §4.5.3.1.7).
const LARGEST_HEADER: usize = 64 * 1024;

/// Walks through a mail, part by part, and tells of every line.
pub(super) struct Lines<'a> {
    raw: &'a [u8],
    /// What ends a line, as the parser sees it.
    newline: u8,
    /// Whether the first line of the header, and so every other, has a CR before its LF.
    crlf: bool,
    /// What stands before this was looked at.
    seen: usize,
}

/// What is no fault in a place, and so not looked for.
#[derive(Clone, Copy)]
enum Place {
    Header,
    /// A body of 7bit, or encoded to be that.
    SevenBit,
    /// A body of 8bit, and what stands around the parts of a multipart.
    EightBit,
    /// A body in which everything but the lines is told by who decodes it.
    Encoded,
}

impl<'a> Lines<'a> {
    pub(super) fn new(root: Part<'_, 'a>) -> Self {
        let raw = root.raw;
        let newline = rules::newline(raw);
        // A separator of an mbox before it may have been put there by a system of other habits.
        let seen = root.range().start;
        let first_line = raw.get(seen..rules::line_end(raw, seen, newline)).unwrap_or_default();
        Self { raw, newline, crlf: first_line.ends_with(b"\r\n"), seen }
    }

    /// Looks at the header block of a part, at what stands before it, and at its body if it is a leaf. The parts have to
    /// come in the order of the mail.
    pub(super) fn part(&mut self, part: Part<'_, 'a>, sink: &mut At<'_>) {
        let (body, end) = (part.body_range().start, part.body_range().end);
        self.up_to(part.range().start, Place::EightBit, sink);
        if part.raw_headers().len() > LARGEST_HEADER {
            sink.report(FormatDefect::LargeHeader, part.range().start..body);
        }
        self.up_to(body, Place::Header, sink);
        if part.is_leaf() {
            match part.transfer_encoding() {
                TransferEncoding::Binary => self.seen = end,
                TransferEncoding::SevenBit | TransferEncoding::QuotedPrintable => {
                    self.up_to(end, Place::SevenBit, sink);
                }
                TransferEncoding::Base64 | TransferEncoding::Uuencode => {
                    self.up_to(end, Place::Encoded, sink);
                }
                _ => self.up_to(end, Place::EightBit, sink),
            }
        }
    }

    /// Looks at what stands behind the last part.
    pub(super) fn rest(&mut self, sink: &mut At<'_>) {
        self.up_to(self.raw.len(), Place::EightBit, sink);
    }

    fn up_to(&mut self, end: usize, place: Place, sink: &mut At<'_>) {
        let start = core::mem::replace(&mut self.seen, end);
        let mut runs = Runs::default();
        let mut at = start;
        while at < end {
            let next = rules::line_end(self.raw, at, self.newline).min(end);
            self.line(at..next, place, &mut runs, sink);
            at = next;
        }
        runs.finish(sink);
    }

    /// Looks at one line, or as much of it as belongs to this place.
    fn line(&self, range: Range<usize>, place: Place, runs: &mut Runs, sink: &mut At<'_>) {
        let Range { start: at, end } = range;
        let line = self.raw.get(at..end).unwrap_or_default();
        let text = match line {
            [text @ .., b'\r', b'\n'] | [text @ .., b'\n'] => text,
            [text @ .., b'\r'] if self.newline == b'\r' => text,
            _ => line,
        };
        let ending = at + text.len()..end;
        let within = |range: Option<Range<usize>>| range.map(|range| at + range.start..at + range.end);
        let is_plain = PLAIN.contains_all(text);
        let find = |byte| if is_plain { None } else { within(span(text, byte)) };

        let alone = !ending.is_empty() && line.get(text.len()..) == Some(&[self.newline]);
        let bare_cr = match place {
            Place::Encoded => None,
            _ if alone && self.newline == b'\r' => Some(ending.clone()),
            _ => find(b'\r'),
        };
        let nul = if matches!(place, Place::Encoded) { None } else { find(0) };
        let eight_bit = match place {
            _ if is_plain => None,
            Place::Header => within(not_utf8(text)),
            Place::SevenBit => within(high(text)),
            Place::EightBit | Place::Encoded => None,
        };
        let eight_bit_kind = if matches!(place, Place::Header) { HeaderEightBit } else { BodyEightBit };
        runs.see(
            [
                (BareCr, bare_cr),
                (BareLf, (alone && self.crlf).then_some(ending)),
                (Nul, nul),
                (eight_bit_kind, eight_bit),
                (LineTooLong, (text.len() > LONGEST).then_some(at..at + text.len())),
            ],
            sink,
        );
    }
}

/// ASCII without NUL and line ends.
const PLAIN: Class = Class::VCHAR.or(Class::WSP).or(Class::OBS_NO_WS_CTL);

/// From the first to the last of these bytes.
fn span(text: &[u8], byte: u8) -> Option<Range<usize>> {
    Some(memchr(byte, text)?..memrchr(byte, text)? + 1)
}

fn high(text: &[u8]) -> Option<Range<usize>> {
    let is_high = |byte: &u8| !byte.is_ascii();
    Some(text.iter().position(is_high)?..text.iter().rposition(is_high)? + 1)
}

/// From the first to the last byte that is no UTF-8, which a header may have (RFC 6532 §3.2).
fn not_utf8(text: &[u8]) -> Option<Range<usize>> {
    let (mut at, mut found) = (0, None);
    for chunk in text.utf8_chunks() {
        at += chunk.valid().len();
        let start = at;
        at += chunk.invalid().len();
        if start < at {
            found = Some(found.map_or(start, |found: Range<usize>| found.start)..at);
        }
    }
    found
}

/// Faults of a kind in lines that follow each other are one: a body with other line ends than the header has one fault.
#[derive(Default)]
struct Runs([Option<(FormatDefect, Range<usize>)>; 5]);

impl Runs {
    fn see(&mut self, line: [(FormatDefect, Option<Range<usize>>); 5], sink: &mut At<'_>) {
        for (run, (kind, found)) in self.0.iter_mut().zip(line) {
            match (run.as_mut(), found) {
                (None, None) => {}
                (Some((_, run)), Some(found)) => run.end = found.end,
                (None, Some(found)) => *run = Some((kind, found)),
                (Some(_), None) => report(run, sink),
            }
        }
    }

    fn finish(mut self, sink: &mut At<'_>) {
        self.0.iter_mut().for_each(|run| report(run, sink));
    }
}

fn report(run: &mut Option<(FormatDefect, Range<usize>)>, sink: &mut At<'_>) {
    if let Some((kind, range)) = run.take() {
        sink.report(kind, range);
    }
}
