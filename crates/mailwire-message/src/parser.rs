//! From bytes to an [`Index`]: the loop that walks a slice, once.
//!
//! ```text
//!  header block ─▶ what is it? ─ a message ──▶ header block of the message inside
//!                      │
//!                      └ else ─▶ next delimiter of an open multipart ─ another part ─▶ header block
//!                                     │          └ a close delimiter ─▶ next delimiter …
//!                                     └ none ─▶ done
//! ```
//!
//! Nothing here recurses: the open multiparts are a list, and a part knows its parent.

mod scan;

use crate::boundary::{Delimiter, Kind};
use crate::defect::StructureDefect;
use crate::index::{FieldEntry, Index, NONE, PartEntry, PartKind};
use crate::leniency::{Leniency, NoColon, Repeated};
use crate::limits::Limits;
use crate::message::Message;
use crate::rules::{self, OddName};
use crate::simd;
use crate::value::{ContentType, Structure, ValueDefect};
use core::ops::Range;
use fearless_simd::dispatch;
use mailwire_core::{Class, Defect};
use mailwire_encoding::TransferEncoding;
use memchr::memchr;
use memchr::memmem::Finder;
use scan::{Plain, Scan, Wide};

/// Reads mail: limits, leniency, and the searchers they share. Make one and keep it.
///
/// Parsing never fails and never panics, whatever the bytes; what was wrong is in the
/// [defects](Message::defects).
///
/// # Examples
///
/// ```
/// use mailwire_message::{Index, Parser};
///
/// let parser = Parser::new();
/// let mut index = Index::new();
/// for raw in [b"Subject: one\n\ntext".as_slice(), b"Subject: two\n\ntext"] {
///     // No allocation but for the first mail: the index is lent and given back.
///     let message = parser.parse_into(raw, index);
///     assert!(message.subject().is_some());
///     index = message.into_index();
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Parser {
    limits: Limits,
    leniency: Leniency,
    lf: Finder<'static>,
    cr: Finder<'static>,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl Parser {
    /// A parser with the default limits and leniency.
    pub fn new() -> Self {
        Self {
            limits: Limits::DEFAULT,
            leniency: Leniency::default(),
            lf: Finder::new(b"\n--"),
            cr: Finder::new(b"\r--"),
        }
    }

    /// The same parser with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same parser with another leniency.
    #[must_use]
    pub fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }

    /// Reads a mail.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let message = Parser::new().parse(b"Subject: =?utf-8?Q?caf=C3=A9?=\r\n\r\nHello\r\n");
    /// assert_eq!(message.subject().as_deref(), Some("café"));
    /// assert_eq!(message.root().text().text(), "Hello\r\n");
    /// ```
    pub fn parse<'a>(&self, raw: &'a [u8]) -> Message<'a> {
        self.parse_into(raw, Index::new())
    }

    /// Reads a mail into an index that is lent; [`Message::into_index`] gives it back.
    pub fn parse_into<'a>(&self, raw: &'a [u8], mut index: Index) -> Message<'a> {
        self.index_into(raw, &mut index);
        Message::new(raw, index)
    }

    /// Reads the header block of a mail and nothing behind it: a message with one part, whose body is the rest.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let message = Parser::new().parse_headers(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext");
    /// assert_eq!(message.walk().count(), 1);
    /// ```
    pub fn parse_headers<'a>(&self, raw: &'a [u8]) -> Message<'a> {
        self.parse_headers_into(raw, Index::new())
    }

    /// [`parse_headers`](Self::parse_headers) into an index that is lent.
    pub fn parse_headers_into<'a>(&self, raw: &'a [u8], mut index: Index) -> Message<'a> {
        let mut run = Run::new(self, raw, &mut index);
        let start = run.prologue();
        run.open(NONE, start, start);
        run.header_block(0, start);
        run.finish();
        Message::new(raw, index)
    }

    /// The index of a mail: headers and MIME tree.
    pub fn index(&self, raw: &[u8]) -> Index {
        let mut index = Index::new();
        self.index_into(raw, &mut index);
        index
    }

    /// Makes `index` the index of this mail. What it held is forgotten, its memory reused.
    pub fn index_into(&self, raw: &[u8], index: &mut Index) {
        Run::new(self, raw, index).walk();
    }

    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }
}

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

/// One walk over one mail.
struct Run<'r> {
    parser: &'r Parser,
    raw: &'r [u8],
    index: &'r mut Index,
    newline: u8,
    /// The innermost part that is still open.
    current: u32,
}

impl<'r> Run<'r> {
    fn new(parser: &'r Parser, raw: &'r [u8], index: &'r mut Index) -> Self {
        index.clear(raw.len());
        // Offsets are u32, and the largest means none.
        let most = NONE as usize - 1;
        let seen = raw.get(..most).unwrap_or(raw);
        let mut run = Self { parser, raw: seen, newline: rules::newline(seen), index, current: NONE };
        if seen.len() < raw.len() {
            run.report(StructureDefect::SizeLimit, most..most);
        }
        run
    }

    fn walk(&mut self) {
        let start = self.prologue();
        let mut part = self.open(NONE, start, start);
        loop {
            let start = self.part(part).start as usize;
            let body = self.header_block(part, start);
            let next =
                if self.enter(part) { Some(self.open(part, body, body)) } else { self.next_part(body) };
            match next {
                Some(next) => part = next,
                None => break,
            }
        }
        self.finish();
    }

    /// Skips what may stand before the header, and says where that begins.
    fn prologue(&mut self) -> usize {
        let mut at = 0;
        if self.raw.starts_with(b"\xef\xbb\xbf") {
            at = 3;
            self.report(StructureDefect::Bom, 0..at);
        }
        let from = rules::from_line(self.raw.get(at..).unwrap_or_default(), self.newline);
        if from > 0 {
            self.report(StructureDefect::MboxFromLine, at..at + from);
        }
        at + from
    }

    /// Adds a part and makes it the current one.
    fn open(&mut self, parent: u32, start: usize, delimiter: usize) -> u32 {
        let id = to_u32(self.index.parts.len());
        let fields = to_u32(self.index.fields.len());
        let depth = self.index.parts.get(parent as usize).map_or(1, |parent| parent.depth.saturating_add(1));
        let start = to_u32(start);
        self.index.parts.push(PartEntry {
            start,
            body: start,
            end: start,
            delimiter: to_u32(delimiter),
            close: NONE,
            epilogue: NONE,
            first_field: fields,
            last_field: fields,
            parent,
            next: id + 1,
            content_type: NONE,
            encoding: NONE,
            depth,
            kind: PartKind::Leaf,
        });
        self.current = id;
        id
    }

    /// Reads the header block of `part` from `at`, and says where the body begins.
    fn header_block(&mut self, part: u32, at: usize) -> usize {
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

    /// What delimiter the line at `at` is, if it is one.
    fn delimiter(&self, at: usize) -> Option<Delimiter> {
        let rest = self.raw.get(at..)?.strip_prefix(b"--")?;
        self.index.boundaries.delimiter(rest, self.newline)
    }

    /// Finds out what a part holds. True if a message begins at its body; a multipart is made ready for its
    /// delimiters.
    fn enter(&mut self, id: u32) -> bool {
        let part = self.part(id);
        let parent = self.index.parts.get(part.parent as usize);
        let field = self.index.fields.get(part.content_type as usize);
        let content_type = field.and_then(|field| ContentType::parse_container(self.value(field)));
        let structure = match content_type {
            Some(content_type) => content_type.structure(),
            None if field.is_none() && parent.is_some_and(|parent| parent.kind == PartKind::Digest) => {
                Structure::Message
            }
            None => Structure::Leaf,
        };
        let kind = match structure {
            Structure::Leaf => return false,
            Structure::Message => PartKind::Message,
            Structure::Multipart => PartKind::Multipart,
            Structure::Digest => PartKind::Digest,
        };
        if part.depth > self.parser.limits.depth {
            self.report(StructureDefect::DepthLimit, part.body as usize..part.body as usize);
            return false;
        }
        if kind == PartKind::Message {
            return self.enter_message(id, part);
        }
        if let Some(content_type) = content_type {
            self.enter_multipart(id, part, kind, content_type);
        }
        false
    }

    fn enter_message(&mut self, id: u32, part: PartEntry) -> bool {
        let encoded = !self.encoding(part).is_identity();
        if encoded {
            self.report_encoded(part);
            return false;
        }
        if self.index.parts.len() >= self.parser.limits.parts as usize {
            self.report(StructureDefect::PartLimit, part.body as usize..part.body as usize);
            return false;
        }
        self.set_kind(id, PartKind::Message);
        true
    }

    /// A message/rfc822 may not be encoded (RFC 2046 §5.2.1); its kin may (RFC 6532 §3.7).
    #[cold]
    fn report_encoded(&mut self, part: PartEntry) {
        let content_type = self.index.fields.get(part.content_type as usize).map(|field| self.value(field));
        let is_rfc822 = content_type.is_none_or(|value| ContentType::parse(value).is("message", "rfc822"));
        if is_rfc822 && let Some(field) = self.index.fields.get(part.encoding as usize) {
            let range = field.start as usize..field.end as usize;
            self.report(StructureDefect::EncodedMessage, range);
        }
    }

    fn enter_multipart(&mut self, id: u32, part: PartEntry, kind: PartKind, content_type: ContentType<'_>) {
        let Some(&field) = self.index.fields.get(part.content_type as usize) else { return };
        let range = field.start as usize..field.end as usize;
        let mut repeated = false;
        let mut see = |kind, _| {
            repeated |= matches!(kind, ValueDefect::ParameterDuplicate | ValueDefect::ParameterTwoForms);
        };
        let boundary = content_type.boundary_with(&mut see).unwrap_or_default();
        if repeated {
            self.report(StructureDefect::DuplicateBoundary, range.clone());
        }
        if boundary.is_empty() {
            self.report(StructureDefect::NoBoundary, range);
            return;
        }
        if boundary.len() > 70 {
            self.report(StructureDefect::BoundaryTooLong, range.clone());
        }
        if self.index.boundaries.contains(&boundary) {
            self.report(StructureDefect::SameBoundaryNested, range.clone());
        }
        if part.encoding != NONE && !self.encoding(part).is_identity() {
            self.report(StructureDefect::EncodedMultipart, range);
        }
        self.index.boundaries.push(&boundary, id);
        self.set_kind(id, kind);
    }

    /// Finds the next delimiter from `at`, the start of a line, that opens a part, and opens it.
    fn next_part(&mut self, mut at: usize) -> Option<u32> {
        loop {
            let (line, Delimiter { level, kind, len }) = self.next_delimiter(at)?;
            let multipart = self.index.boundaries.part(level)?;
            let next = line + 2 + len;
            let opens = kind == Kind::Next && next < self.raw.len();
            if opens && self.index.parts.len() >= self.parser.limits.parts as usize {
                self.report(StructureDefect::PartLimit, line..next);
                self.found(multipart, line);
                return None;
            }
            let end = rules::before_line_break(self.raw, line, self.newline);
            self.close_inside(multipart, end, line..next);
            self.index.boundaries.truncate(level + 1);
            if opens {
                return Some(self.open(multipart, next, end));
            }
            match kind {
                Kind::Next => {
                    self.report(StructureDefect::DelimiterAtEnd, line..next);
                    self.found(multipart, line);
                }
                Kind::JunkClose => self.report(StructureDefect::DelimiterTrailingJunk, line..next),
                _ => {}
            }
            if kind != Kind::Next {
                self.close(multipart, level, end, line..next);
            }
            at = next;
        }
    }

    /// Finds the next line from `at`, the start of one, that is a delimiter.
    fn next_delimiter(&mut self, mut at: usize) -> Option<(usize, Delimiter)> {
        if self.index.boundaries.is_empty() {
            return None;
        }
        let raw = self.raw;
        let finder = if self.newline == b'\n' { &self.parser.lf } else { &self.parser.cr };
        loop {
            let rest = raw.get(at..)?;
            if let Some(found) = self.delimiter(at) {
                let kind = match found.kind {
                    Kind::Prefix => StructureDefect::BoundaryPrefixLine,
                    Kind::AfterClose => StructureDefect::DelimiterAfterClose,
                    _ => return Some((at, found)),
                };
                self.report(kind, at..at + 2 + found.len);
            }
            // One byte is found faster than three, base64 has no hyphen at all, and the first one is often the delimiter's.
            let before = memchr(b'-', rest)?.saturating_sub(1);
            let candidate = rest.get(before..)?;
            let starts = matches!(candidate, [first, b'-', b'-', ..] if *first == self.newline);
            at += before + if starts { 0 } else { finder.find(candidate)? } + 1;
        }
    }

    /// Notes that a delimiter at `line` belongs to `multipart`, though it opens no part.
    fn found(&mut self, multipart: u32, line: usize) {
        let end = to_u32(rules::before_line_break(self.raw, line, self.newline));
        if let Some(part) = self.index.parts.get_mut(multipart as usize) {
            part.close = end.max(part.body);
        }
    }

    /// Tells, of a multipart that is still open, how it ended: `kind`, or that none of its delimiters was met.
    fn report_open(&mut self, part: PartEntry, kind: StructureDefect, range: Range<usize>) {
        if matches!(part.kind, PartKind::Multipart | PartKind::Digest) && part.epilogue == NONE {
            let met = self.index.parts.len() > self.current as usize + 1 || part.close != NONE;
            self.report(if met { kind } else { StructureDefect::BoundaryNeverFound }, range);
        }
    }

    /// Marks a multipart as closed by the delimiter at `line`; what stands before that ends at `end`.
    fn close(&mut self, multipart: u32, level: usize, end: usize, line: Range<usize>) {
        self.index.boundaries.close(level);
        if let Some(part) = self.index.parts.get_mut(multipart as usize) {
            part.close = to_u32(end).max(part.body);
            part.epilogue = to_u32(line.end);
        }
        if self.index.parts.len() == multipart as usize + 1 {
            self.report(StructureDefect::EmptyMultipart, line);
        }
    }

    /// Ends every open part inside `multipart` at `end`; the delimiter at `line` did it.
    fn close_inside(&mut self, multipart: u32, mut end: usize, line: Range<usize>) {
        while self.current != multipart {
            let part = self.part(self.current);
            self.report_open(part, StructureDefect::ClosedByAncestor, line.clone());
            // An empty body may lie behind the line break that belongs to the delimiter; what holds it ends there too.
            end = end.max(part.body as usize);
            self.end(self.current, end);
            self.current = part.parent;
        }
    }

    /// Ends all that is open at the end of the mail.
    fn finish(&mut self) {
        let len = self.raw.len();
        while self.current != NONE {
            let part = self.part(self.current);
            self.report_open(part, StructureDefect::NoCloseDelimiter, len..len);
            self.end(self.current, len);
            self.current = part.parent;
        }
        self.index.boundaries.clear();
        let position = |defect: &Defect<_>| (defect.range().start, defect.range().end);
        if !self.index.defects.is_sorted_by_key(position) {
            self.index.defects.sort_unstable_by_key(position);
        }
    }

    fn end(&mut self, id: u32, end: usize) {
        let next = to_u32(self.index.parts.len());
        if let Some(part) = self.index.parts.get_mut(id as usize) {
            part.end = to_u32(end);
            part.epilogue = part.epilogue.min(part.end);
            part.close = part.close.min(part.epilogue);
            part.next = next;
        }
    }

    fn set_kind(&mut self, id: u32, kind: PartKind) {
        if let Some(part) = self.index.parts.get_mut(id as usize) {
            part.kind = kind;
        }
    }

    /// A copy of the entry of a part that is known to be there.
    fn part(&self, id: u32) -> PartEntry {
        self.index.parts.get(id as usize).copied().unwrap_or(PartEntry::NOTHING)
    }

    fn value(&self, field: &FieldEntry) -> &'r [u8] {
        self.raw.get(field.colon as usize + 1..field.end as usize).unwrap_or_default()
    }

    fn encoding(&self, part: PartEntry) -> TransferEncoding {
        let field = self.index.fields.get(part.encoding as usize);
        field.map_or(TransferEncoding::SevenBit, |field| TransferEncoding::parse(self.value(field), &mut ()))
    }

    #[cold]
    fn report(&mut self, kind: StructureDefect, range: Range<usize>) {
        if self.index.defects.len() < self.parser.limits.defects as usize {
            self.index.defects.push(Defect::new(kind, range));
        } else {
            self.index.more_defects += 1;
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

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "offsets are below `NONE`: the mail was cut to that")]
fn to_u32(at: usize) -> u32 {
    at as u32
}
