//! Where everything in a mail is: three flat vectors of offsets, without a lifetime.
//!
//! ```text
//!  parts    [0 multipart][1 text][2 message][3 its root][4 …]     pre-order; `next` skips a subtree
//!              │            │         │          │
//!  fields   [A B C]      [D E]     [F]        [G H I]              each part's header block, in order
//!  defects  [ … ]                                                 by position
//! ```

use crate::boundary::Boundaries;
use crate::defect::StructureDefect;
use crate::message::Message;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::Defect;

/// The structure of one mail as offsets into its bytes.
///
/// An index has no lifetime: keep it beside the mail, or store it with
/// [`encode`](Self::encode) and [`attach`](Self::attach) it again later.
/// Reuse one with [`Parser::index_into`](crate::Parser::index_into) and no mail costs an allocation, but for a boundary
/// that is escaped, folded or in the form of RFC 2231.
///
/// # Examples
///
/// ```
/// use mailwire_message::Parser;
///
/// let raw = b"Subject: hello\r\n\r\nworld";
/// let index = Parser::new().index(raw);
/// let message = index.attach(raw)?;
/// assert_eq!(message.subject().as_deref(), Some("hello"));
/// # Ok::<(), mailwire_message::AttachError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Index {
    pub(crate) len: usize,
    pub(crate) fields: Vec<FieldEntry>,
    pub(crate) parts: Vec<PartEntry>,
    pub(crate) defects: Vec<Defect<StructureDefect>>,
    /// Defects past the limit, of which only the number is known.
    pub(crate) more_defects: usize,
    /// The parser's working memory, kept here so that it is reused too. Empty between mails.
    pub(crate) boundaries: Boundaries,
}

/// One header field. 16 bytes: most of an index is these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FieldEntry {
    pub(crate) start: u32,
    /// Behind the line end of its last line.
    pub(crate) end: u32,
    pub(crate) colon: u32,
    /// See [`FieldEntry::tag`].
    pub(crate) tag: u32,
}

/// One part of the MIME tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartEntry {
    /// First byte of the header block.
    pub(crate) start: u32,
    /// First byte of the body.
    pub(crate) body: u32,
    /// Behind the last byte of the body.
    pub(crate) end: u32,
    /// Where the delimiter that opened the part begins, its line break included; `start` where none did.
    pub(crate) delimiter: u32,
    /// Of a multipart, where the delimiter that closes it begins; `end` where none does.
    pub(crate) close: u32,
    /// Of a multipart, where its epilogue begins; `end` where there is none.
    pub(crate) epilogue: u32,
    pub(crate) first_field: u32,
    pub(crate) last_field: u32,
    pub(crate) parent: u32,
    /// The first part behind this one's subtree.
    pub(crate) next: u32,
    /// The field that gives the type, and the one that gives the transfer encoding.
    pub(crate) content_type: u32,
    pub(crate) encoding: u32,
    pub(crate) depth: u16,
    pub(crate) kind: PartKind,
}

/// What a part holds, as far as the tree goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartKind {
    /// A body without parts.
    Leaf,
    /// A multipart that was entered: its children are its parts.
    Multipart,
    /// A multipart/digest: the same, but its parts are messages unless they say otherwise (RFC 2046 §5.1.5).
    Digest,
    /// A `message/rfc822` or its kin that was entered: its only child is the root of the message inside.
    Message,
}

/// No part, no field.
pub(crate) const NONE: u32 = u32::MAX;

impl Index {
    /// An empty index, to be filled by [`Parser::index_into`](crate::Parser::index_into).
    pub fn new() -> Self {
        Self::default()
    }

    /// Joins the index with the mail it was made from.
    ///
    /// # Errors
    ///
    /// When `raw` has another length than the mail that was indexed, or when a range or a link in the index leads
    /// out of bounds, or fields or parts overlap. Another mail of the same length is not found out: every answer is then about the wrong bytes,
    /// but none panics.
    pub fn attach(self, raw: &[u8]) -> Result<Message<'_>, AttachError> {
        self.check(raw.len())?;
        Ok(Message::new(raw, self))
    }

    /// How many parts the mail has, its root included.
    pub fn part_count(&self) -> usize {
        self.parts.len()
    }

    /// How many header fields the mail has, those of all its parts.
    pub fn field_count(&self) -> usize {
        self.fields.len()
    }

    /// What was wrong with the structure, in the order of position; at most
    /// [`Limits::defects`](crate::Limits::defects).
    pub fn defects(&self) -> &[Defect<StructureDefect>] {
        &self.defects
    }

    /// How many structural defects there were, also those that were not kept.
    pub fn defect_count(&self) -> usize {
        self.defects.len().saturating_add(self.more_defects)
    }

    pub(crate) fn clear(&mut self, len: usize) {
        self.len = len;
        self.fields.clear();
        self.parts.clear();
        self.defects.clear();
        self.more_defects = 0;
        self.boundaries.clear();
    }
}

impl PartEntry {
    /// What stands for an entry that is not there: an index is only ever asked for ids it gave out.
    pub(crate) const NOTHING: Self = Self {
        start: 0,
        body: 0,
        end: 0,
        delimiter: 0,
        close: 0,
        epilogue: 0,
        first_field: 0,
        last_field: 0,
        parent: NONE,
        next: NONE,
        content_type: NONE,
        encoding: NONE,
        depth: 1,
        kind: PartKind::Leaf,
    };
}

impl FieldEntry {
    /// What nearly always tells names apart: the length in the upper half, the first and the last byte in lower case
    /// in the lower half. A name has at most 65,535 bytes.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a name that is longer has no entry")]
    pub(crate) const fn tag(name: &[u8]) -> u32 {
        let (first, last) = match name {
            [first, .., last] => (*first, *last),
            [only] => (*only, *only),
            [] => (0, 0),
        };
        (name.len() as u32) << 16 | ((first | 0x20) as u32) << 8 | (last | 0x20) as u32
    }

    /// The length of the name.
    #[inline]
    pub(crate) fn name_len(&self) -> usize {
        (self.tag >> 16) as usize
    }
}

/// An index that does not belong to the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttachError {
    reason: &'static str,
}

impl AttachError {
    pub(crate) fn new(reason: &'static str) -> Self {
        Self { reason }
    }
}

impl fmt::Display for AttachError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the index does not fit: {}", self.reason)
    }
}

impl core::error::Error for AttachError {}
