//! One part of the MIME tree.

use crate::header::{FieldName, Headers};
use crate::index::{Index, NONE, PartEntry, PartKind};
use crate::message::OwnedMessage;
use crate::parser::Parser;
use crate::value::{
    ContentType, Disposition, DispositionKind, FileNames, NAMELESS, Structure, safe_file_name,
};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::ToString;
use core::fmt;
use core::ops::Range;
use mailwire_encoding::TransferEncoding;

/// One part of a message: the root, a part of a multipart, or the message inside a `message/rfc822`.
///
/// `'m` is the borrow of the [`Message`](crate::Message), `'a` the life of the mail's bytes: what a part returns
/// lives as long as those.
///
/// # Examples
///
/// ```
/// use mailwire_message::{Parser, PartKind};
///
/// let raw = b"Content-Type: multipart/alternative; boundary=x\n\n--x\n\nplain\n--x\nContent-Type: text/html\n\n<p>rich\n--x--\n";
/// let message = Parser::new().parse(raw);
/// let root = message.root();
/// assert_eq!(root.kind(), PartKind::Multipart);
/// let types: Vec<String> = root.children().map(|part| part.content_type().to_string()).collect();
/// assert_eq!(types, ["text/plain", "text/html"]);
/// assert_eq!(root.children().next().unwrap().raw_body(), b"plain");
/// ```
#[derive(Clone, Copy)]
pub struct Part<'m, 'a> {
    pub(crate) raw: &'a [u8],
    index: &'m Index,
    id: u32,
    nesting: u8,
}

impl<'m, 'a> Part<'m, 'a> {
    pub(crate) fn new(raw: &'a [u8], index: &'m Index, id: u32, nesting: u8) -> Self {
        Self { raw, index, id, nesting }
    }

    pub(crate) fn with_id(self, id: u32) -> Self {
        Self { id, ..self }
    }

    pub(crate) fn entry(self) -> PartEntry {
        self.index.parts.get(self.id as usize).copied().unwrap_or(PartEntry::NOTHING)
    }

    fn slice(self, range: Range<u32>) -> &'a [u8] {
        self.raw.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Its number in the message: 0 for the root, then in the order of the bytes, children before siblings.
    pub fn id(self) -> u32 {
        self.id
    }

    /// What it holds, as far as the tree goes.
    pub fn kind(self) -> PartKind {
        self.entry().kind
    }

    /// Whether it has no parts of its own, by its type or because it could not be entered.
    pub fn is_leaf(self) -> bool {
        self.kind() == PartKind::Leaf
    }

    /// How many containers it lies in, plus one: 1 for the root.
    pub fn depth(self) -> u16 {
        self.entry().depth
    }

    /// The part it is a part of; `None` for the root.
    pub fn parent(self) -> Option<Self> {
        let parent = self.entry().parent;
        (parent != NONE).then(|| self.with_id(parent))
    }

    /// Its parts, in order; of a message part, the one root of the message inside.
    pub fn children(self) -> Children<'m, 'a> {
        Children { part: self, next: self.id + 1, end: self.entry().next }
    }

    /// This part and all below it, each before its children.
    pub fn walk(self) -> Walk<'m, 'a> {
        Walk { part: self, next: self.id, end: self.entry().next, into_messages: true }
    }

    /// Its header block.
    pub fn headers(self) -> Headers<'m, 'a> {
        let entry = self.entry();
        Headers::new(self.raw, self.index, entry.first_field, entry.last_field)
    }

    /// Where the part stands in the mail: header block and body, without the line break before the next delimiter.
    pub fn range(self) -> Range<usize> {
        let entry = self.entry();
        entry.start as usize..entry.end as usize
    }

    /// Where its body stands in the mail.
    pub fn body_range(self) -> Range<usize> {
        let entry = self.entry();
        entry.body as usize..entry.end as usize
    }

    /// Header block and body as they came.
    ///
    /// Of the first part of a multipart/signed they are what is signed (RFC 1847 §2.1): the line break before the
    /// delimiter is not in them. A signature counts CRLF line ends; where the mail has others, making them so is
    /// the caller's.
    pub fn raw(self) -> &'a [u8] {
        let entry = self.entry();
        self.slice(entry.start..entry.end)
    }

    /// The header block as it came, with the empty line that ends it.
    pub fn raw_headers(self) -> &'a [u8] {
        let entry = self.entry();
        self.slice(entry.start..entry.body)
    }

    /// The body as it came: not decoded.
    pub fn raw_body(self) -> &'a [u8] {
        let entry = self.entry();
        self.slice(entry.body..entry.end)
    }

    /// What stands before the first delimiter of a multipart (RFC 2046 §5.1.1): usually a word to readers without
    /// MIME. Empty for other parts.
    pub fn preamble(self) -> &'a [u8] {
        let entry = self.entry();
        if !matches!(entry.kind, PartKind::Multipart | PartKind::Digest) {
            return b"";
        }
        let end = self.children().next().map_or(entry.close, |first| first.entry().delimiter);
        self.slice(entry.body..end.max(entry.body))
    }

    /// What stands behind the close delimiter of a multipart. Empty for other parts.
    pub fn epilogue(self) -> &'a [u8] {
        let entry = self.entry();
        self.slice(entry.epilogue..entry.end)
    }

    /// Its media type, the defaults included: text/plain where the field is missing or unusable (RFC 2045 §5.2),
    /// message/rfc822 where it is missing in a digest (RFC 2046 §5.1.5).
    pub fn content_type(self) -> ContentType<'a> {
        match self.type_value() {
            Some(value) => ContentType::parse(value),
            None if self.parent().is_some_and(|parent| parent.kind() == PartKind::Digest) => {
                ContentType::parse(b"message/rfc822")
            }
            None => ContentType::parse(b"text/plain"),
        }
    }

    /// What its type means for the tree, whether it could be entered or not.
    pub(crate) fn structure(self) -> Structure {
        match self.type_value() {
            Some(value) => Structure::of(value),
            None if self.parent().is_some_and(|parent| parent.kind() == PartKind::Digest) => {
                Structure::Message
            }
            None => Structure::Leaf,
        }
    }

    fn type_value(self) -> Option<&'a [u8]> {
        self.value_of(self.entry().content_type)
    }

    fn value_of(self, field: u32) -> Option<&'a [u8]> {
        let field = self.index.fields.get(field as usize)?;
        self.raw.get(field.colon as usize + 1..field.end as usize)
    }

    /// How its body is encoded (RFC 2045 §6); 7bit where it does not say.
    pub fn transfer_encoding(self) -> TransferEncoding {
        self.value_of(self.entry().encoding)
            .map_or(TransferEncoding::SevenBit, |value| TransferEncoding::parse(value, &mut ()))
    }

    /// How it wants to be shown (RFC 2183).
    pub fn disposition(self) -> Option<Disposition<'a>> {
        self.headers().disposition()
    }

    /// Its file name, decoded: `filename*`, `filename`, `name*` or `name`, the first of these that is there.
    ///
    /// It is what the sender wrote, path separators and all: nothing to open a file with as it is.
    pub fn file_name(self) -> Option<Cow<'a, str>> {
        let found = match self.disposition().and_then(|found| found.filename()) {
            None => self.content_type().parameters().get("name"),
            found => found,
        };
        // Where that is empty, another form may say more.
        if found.as_ref().is_some_and(|name| name.is_empty()) { self.file_names().next() } else { found }
    }

    /// A name to save it by, without dangers: its [file name](Self::file_name) as [`safe_file_name`] makes it, or else
    /// `attachment` with the extension of a common type.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let raw = b"Content-Disposition: attachment; filename=\"../../.profile\"\n\n";
    /// assert_eq!(Parser::new().parse(raw).root().safe_file_name(), "profile");
    /// let raw = b"Content-Type: image/jpeg\n\n";
    /// assert_eq!(Parser::new().parse(raw).root().safe_file_name(), "attachment.jpg");
    /// ```
    pub fn safe_file_name(self) -> Cow<'a, str> {
        match self.file_name() {
            Some(Cow::Borrowed(name)) => safe_file_name(name),
            Some(Cow::Owned(name)) => Cow::Owned(safe_file_name(&name).into_owned()),
            None => {
                let content_type = self.content_type();
                let known = EXTENSIONS.iter().find(|(main, sub, _)| content_type.is(main, sub));
                known.map_or(Cow::Borrowed(NAMELESS), |(_, _, extension)| {
                    Cow::Owned(format!("{NAMELESS}.{extension}"))
                })
            }
        }
    }

    /// Every file name that its first Content-Disposition and its Content-Type claim, best first: what a filter has to
    /// look at. More fields or parameters of these names are defects.
    pub fn file_names(self) -> FileNames<'a> {
        let disposition = self.headers().first(FieldName::CONTENT_DISPOSITION).map(|field| field.value());
        FileNames::new(disposition, self.type_value())
    }

    /// Whether it is an attachment: by its disposition (any but inline, RFC 2183 §2.8), because it has a file name, or
    /// because it is a message inside another. Multiparts are none.
    ///
    /// This asks the part alone; [`Bodies::attachments`](crate::Bodies::attachments) also knows what is shown in the text.
    pub fn is_attachment(self) -> bool {
        let says_so = |disposition: Disposition<'_>| {
            !disposition.written().is_empty() && disposition.kind() != DispositionKind::Inline
        };
        !matches!(self.kind(), PartKind::Multipart | PartKind::Digest)
            && (self.disposition().is_some_and(says_so)
                || (self.id > 0 && self.structure() == Structure::Message)
                || self.file_names().next().is_some())
    }

    /// The message inside an encoded message part, decoded and read with `parser`.
    ///
    /// A message part that is not encoded was entered by the parser: its message is the root among the
    /// [`children`](Self::children). RFC 2046 §5.2.1 allows no other; what software encodes all the same is
    /// opened here, on request. `None` for other parts, and when
    /// [`Limits::nested`](crate::Limits::nested) such messages already lie around this one.
    pub fn nested(self, parser: &Parser) -> Option<OwnedMessage> {
        let encoded = self.is_leaf()
            && self.structure() == Structure::Message
            && !self.transfer_encoding().is_identity();
        if !encoded || self.nesting >= parser.limits().nested {
            return None;
        }
        let message = OwnedMessage::parse_with(parser, self.decoded().into_owned());
        Some(message.nested_in(self.nesting + 1))
    }
}

/// What files of these types are called, most often.
const EXTENSIONS: [(&str, &str, &str); 12] = [
    ("text", "plain", "txt"),
    ("text", "html", "html"),
    ("text", "calendar", "ics"),
    ("text", "csv", "csv"),
    ("message", "rfc822", "eml"),
    ("message", "global", "eml"),
    ("image", "jpeg", "jpg"),
    ("image", "png", "png"),
    ("image", "gif", "gif"),
    ("image", "svg+xml", "svg"),
    ("application", "pdf", "pdf"),
    ("application", "zip", "zip"),
];

impl fmt::Debug for Part<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("id", &self.id)
            .field("type", &self.content_type().to_string())
            .field("range", &self.range())
            .finish()
    }
}

/// The parts of a part. See [`Part::children`].
#[derive(Clone, Debug)]
pub struct Children<'m, 'a> {
    part: Part<'m, 'a>,
    next: u32,
    end: u32,
}

impl<'m, 'a> Iterator for Children<'m, 'a> {
    type Item = Part<'m, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let child = self.part.with_id(self.next);
        self.next = child.entry().next;
        Some(child)
    }
}

/// A part and all below it. See [`Part::walk`].
#[derive(Clone, Debug)]
pub struct Walk<'m, 'a> {
    part: Part<'m, 'a>,
    next: u32,
    end: u32,
    into_messages: bool,
}

impl Walk<'_, '_> {
    /// The same walk without what lies inside embedded messages: those are yielded, but not entered. That holds for
    /// the part the walk begins with, too.
    #[must_use]
    pub fn outermost(self) -> Self {
        Self { into_messages: false, ..self }
    }
}

impl<'m, 'a> Iterator for Walk<'m, 'a> {
    type Item = Part<'m, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let part = self.part.with_id(self.next);
        let entry = part.entry();
        self.next =
            if entry.kind == PartKind::Message && !self.into_messages { entry.next } else { self.next + 1 };
        Some(part)
    }
}
