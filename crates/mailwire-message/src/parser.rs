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

mod header;
mod scan;

use crate::boundary::{Delimiter, Kind};
use crate::defect::StructureDefect;
use crate::index::{FieldEntry, Index, NONE, PartEntry, PartKind};
use crate::leniency::Leniency;
use crate::limits::Limits;
use crate::message::Message;
use crate::rules;
use crate::value::{ContentType, Structure, ValueDefect};
use core::ops::Range;
use mailwire_core::Defect;
use mailwire_encoding::TransferEncoding;
use memchr::memchr;
use memchr::memmem::Finder;

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

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "offsets are below `NONE`: the mail was cut to that")]
fn to_u32(at: usize) -> u32 {
    at as u32
}
