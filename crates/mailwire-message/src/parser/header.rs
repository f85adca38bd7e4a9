//! Header blocks: from lines to the fields of an index.

use super::scan::{Plain, Scan, Wide};
use super::{Run, to_u32};
use crate::boundary::Kind;
use crate::defect::StructureDefect;
use crate::index::{FieldEntry, NONE};
use crate::leniency::{NoColon, Repeated};
use crate::rules::{self, OddName};
use core::ops::Range;
use fearless_simd::dispatch;
use mailwire_core::Class;
use mailwire_core::simd;

/// What a header line is that is no plain field.
enum Odd {
    /// The header block ends, and the body begins here.
    Body(usize),
    /// Nothing; the next line begins here.
    Skipped(usize),
    /// A field all the same: length of the name, offset of the colon, end.
    Field(usize, usize, usize),
}

/// The fields that say what a part is, by number.
struct MimeFields {
    content_type: u32,
    encoding: u32,
    disposition: u32,
}

impl Default for MimeFields {
    fn default() -> Self {
        Self { content_type: NONE, encoding: NONE, disposition: NONE }
    }
}

impl Run<'_> {
    /// Reads the header block of `part` from `at`, and says where the body begins.
    pub(super) fn header_block(&mut self, part: u32, at: usize) -> usize {
        match simd::level() {
            level if level.is_fallback() => self.fields(Plain, part, at),
            level => dispatch!(level, simd => self.fields(Wide(simd), part, at)),
        }
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    fn fields(&mut self, scan: impl Scan, part: u32, mut at: usize) -> usize {
        let raw = self.raw;
        let bounded = !self.index.boundaries.is_empty();
        let most = self.parser.limits.fields as usize;
        // Taken out, so that nothing else may have changed them.
        let mut fields = core::mem::take(&mut self.index.fields);
        let mut mime = MimeFields::default();
        let mut full = false;
        let body = loop {
            let rest = raw.get(at..).unwrap_or_default();
            let len = scan.name_len(rest);
            let may_be_delimiter = bounded && rest.first() == Some(&b'-');
            let good = len > 0 && rest.get(len) == Some(&b':') && !may_be_delimiter;
            let (name_len, colon, end) = if good {
                (len, len, self.field_end(scan, at + len))
            } else {
                match self.odd_line(at, may_be_delimiter) {
                    Odd::Body(body) => break body,
                    Odd::Skipped(end) => {
                        at = end;
                        continue;
                    }
                    Odd::Field(name_len, colon, end) => (name_len, colon, end),
                }
            };
            if name_len > usize::from(u16::MAX) || fields.len() >= most {
                self.skip_field(name_len, at..end, &mut full);
                at = end;
                continue;
            }
            let name = rest.get(..name_len).unwrap_or_default();
            let tag = FieldEntry::tag(name);
            if may_be_mime(tag) {
                self.mime_field(&mut mime, name, fields.len(), at..end);
            }
            fields.push(FieldEntry { start: to_u32(at), end: to_u32(end), colon: to_u32(at + colon), tag });
            at = end;
        };
        let last_field = to_u32(fields.len());
        self.index.fields = fields;
        let len = to_u32(body);
        if let Some(part) = self.index.parts.get_mut(part as usize) {
            part.body = len;
            part.end = len;
            part.last_field = last_field;
            part.content_type = mime.content_type;
            part.encoding = mime.encoding;
        }
        body
    }

    /// Notes a field if it says what a part is.
    #[inline(never)]
    fn mime_field(&mut self, found: &mut MimeFields, name: &[u8], id: usize, range: Range<usize>) {
        let tag = FieldEntry::tag(name);
        if tag == TAG_CONTENT_TYPE && rules::is_name(name, b"content-type") {
            self.choose(&mut found.content_type, id, range, StructureDefect::DuplicateContentType);
        } else if tag == TAG_TRANSFER_ENCODING && rules::is_name(name, b"content-transfer-encoding") {
            self.choose(&mut found.encoding, id, range, StructureDefect::DuplicateTransferEncoding);
        } else if tag == TAG_DISPOSITION && rules::is_name(name, b"content-disposition") {
            self.choose(&mut found.disposition, id, range, StructureDefect::DuplicateDisposition);
        }
    }

    /// Where the field ends whose first line holds `at`: behind the last of its continuation lines.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    fn field_end(&mut self, scan: impl Scan, at: usize) -> usize {
        let raw = self.raw;
        scan.field_end(raw, at, self.newline, |start| {
            // Nearly always something stands behind one blank.
            if raw.get(start + 1).is_none_or(|&second| second <= b' ') {
                self.look_for_text(start);
            }
        })
    }

    /// Tells of a continuation line without anything but blanks.
    #[inline(never)]
    fn look_for_text(&mut self, start: usize) {
        let rest = self.raw.get(start..).unwrap_or_default();
        // The usual depths, at once.
        let blanks = rest.strip_prefix(b"        ").or_else(|| rest.strip_prefix(b"    ")).unwrap_or(rest);
        let behind = self.raw.len() - blanks.len() + Class::WSP.prefix_len(blanks);
        if behind == self.raw.len() || rules::behind_empty_line(self.raw, behind, self.newline).is_some() {
            let end = rules::line_end(self.raw, behind, self.newline);
            self.report(StructureDefect::WspOnlyLine, start..end);
        }
    }

    /// Reads a header line that does not begin with a good name and a colon.
    #[cold]
    fn odd_line(&mut self, at: usize, may_be_delimiter: bool) -> Odd {
        let Some(&first) = self.raw.get(at) else {
            self.report(StructureDefect::HeaderEndedByEof, at..at);
            return Odd::Body(at);
        };
        if let Some(body) = rules::behind_empty_line(self.raw, at, self.newline) {
            return Odd::Body(body);
        }
        if may_be_delimiter && let Some(found) = self.delimiter(at) {
            if found.kind != Kind::Prefix {
                self.report(StructureDefect::HeaderEndedByBoundary, at..at);
                return Odd::Body(at);
            }
            self.report(StructureDefect::BoundaryPrefixLine, at..at + 2 + found.len);
        }
        let end = self.field_end(Plain, at);
        if matches!(first, b' ' | b'\t') {
            self.report(StructureDefect::FirstLineContinuation, at..end);
            return Odd::Skipped(end);
        }
        let line_end = rules::line_end(self.raw, at, self.newline);
        let (kind, len, colon) = match rules::odd_name(self.raw.get(at..line_end).unwrap_or_default()) {
            OddName::None if self.parser.leniency.no_colon == NoColon::EndsHeader => {
                self.report(StructureDefect::MissingBlankLine, at..at);
                return Odd::Body(at);
            }
            OddName::None => {
                self.report(StructureDefect::NoColon, at..end);
                return Odd::Skipped(end);
            }
            OddName::Spaced(len, colon) if len == colon => return Odd::Field(len, colon, end),
            OddName::Spaced(len, colon) => (StructureDefect::SpaceBeforeColon, len, colon),
            OddName::Bad(0, colon) => (StructureDefect::EmptyName, 0, colon),
            OddName::Bad(len, colon) => (StructureDefect::BadNameChar, len, colon),
        };
        self.report(kind, at..at + colon);
        Odd::Field(len, colon, end)
    }

    /// Says why a field gets no entry.
    #[cold]
    fn skip_field(&mut self, name_len: usize, range: Range<usize>, full: &mut bool) {
        if name_len > usize::from(u16::MAX) {
            self.report(StructureDefect::NameTooLong, range);
        } else if !*full {
            *full = true;
            self.report(StructureDefect::FieldLimit, range);
        }
    }

    /// Takes one more field of a kind that there should be one of.
    fn choose(&mut self, chosen: &mut u32, id: usize, range: Range<usize>, kind: StructureDefect) {
        let first = *chosen == NONE;
        if !first {
            self.report(kind, range);
        }
        if first || self.parser.leniency.repeated == Repeated::Last {
            *chosen = to_u32(id);
        }
    }
}

const TAG_CONTENT_TYPE: u32 = FieldEntry::tag(b"content-type");
const TAG_DISPOSITION: u32 = FieldEntry::tag(b"content-disposition");
const TAG_TRANSFER_ENCODING: u32 = FieldEntry::tag(b"content-transfer-encoding");

/// Whether a name of this tag begins as those do.
#[inline]
fn may_be_mime(tag: u32) -> bool {
    const FIRST: u32 = 0xff00;
    tag & FIRST == TAG_CONTENT_TYPE & FIRST
}
