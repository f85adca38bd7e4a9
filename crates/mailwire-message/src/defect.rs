//! What can be wrong with a message.

use crate::value::ValueDefect;
use mailwire_address::AddressDefect;
use mailwire_core::{DefectKind, Severity};
use mailwire_encoding::EncodingDefect;

mailwire_core::defects! {
    /// What can be wrong with the structure of a message: its header blocks and its MIME tree.
    ///
    /// These are found while indexing, at no cost; see [`Message::defects`](crate::Message::defects).
    pub enum StructureDefect {
        /// The mail begins with a byte order mark.
        Bom: Repaired, "a byte order mark stands before the header";
        /// The mail begins with an mbox separator line.
        MboxFromLine: Repaired, "an mbox `From ` line stands before the header";
        /// A header line without a colon; skipped with its continuation lines.
        NoColon: Repaired, "a header line has no colon";
        /// White space between a field's name and the colon (RFC 5322 §4.5.8 reads it, nobody may write it).
        SpaceBeforeColon: Repaired, "a field name is followed by white space";
        /// A header line that begins with the colon.
        EmptyName: Repaired, "a field has no name";
        /// A field name with a byte outside printable ASCII, or with a blank inside.
        BadNameChar: Repaired, "a field name has a byte that no name may have";
        /// A field name of 64 KiB or more; the line was skipped.
        NameTooLong: Repaired, "a field name is absurdly long";
        /// The header block begins with a continuation line.
        FirstLineContinuation: Repaired, "a continuation line continues nothing";
        /// A continuation line of white space only, which some readers take for the end of the header.
        WspOnlyLine: Ambiguous, "a line of blanks stands inside a header";
        /// A header block ended by a delimiter line instead of an empty line.
        HeaderEndedByBoundary: Ambiguous, "a header block is ended by a delimiter line";
        /// A header block that the end of the mail cuts off.
        HeaderEndedByEof: Note, "a header block has no empty line behind it";
        /// A second Content-Type in one header block.
        DuplicateContentType: Ambiguous, "a part has more than one Content-Type";
        /// A second Content-Transfer-Encoding in one header block.
        DuplicateTransferEncoding: Ambiguous, "a part has more than one Content-Transfer-Encoding";
        /// A second Content-Disposition in one header block; the first counts.
        DuplicateDisposition: Ambiguous, "a part has more than one Content-Disposition";
        /// A multipart without a boundary parameter, or with an empty one; read as a leaf.
        NoBoundary: Repaired, "a multipart names no boundary";
        /// A second boundary parameter in one Content-Type.
        DuplicateBoundary: Ambiguous, "a multipart names more than one boundary";
        /// A boundary over 70 octets (RFC 2046 §5.1.1).
        BoundaryTooLong: Note, "a boundary is longer than 70 octets";
        /// A multipart with the boundary of one around it: the innermost wins.
        SameBoundaryNested: Ambiguous, "a multipart has the boundary of one around it";
        /// A multipart whose delimiter never occurs.
        BoundaryNeverFound: Repaired, "the delimiter of a multipart never occurs";
        /// A multipart that the end of the mail closes.
        NoCloseDelimiter: Note, "a multipart is closed by the end of the mail";
        /// A multipart that a delimiter of one around it closes.
        ClosedByAncestor: Repaired, "a multipart is closed by a delimiter of one around it";
        /// A delimiter of a multipart that is closed already; read as part of the epilogue.
        DelimiterAfterClose: Ambiguous, "a delimiter stands behind the close delimiter";
        /// Something other than blanks behind a close delimiter.
        DelimiterTrailingJunk: Ambiguous, "a close delimiter is followed by something else";
        /// A line that begins with a delimiter and goes on: text here, a delimiter for readers that match prefixes.
        BoundaryPrefixLine: Ambiguous, "a line begins with a delimiter and goes on";
        /// A delimiter that ends the mail and opens nothing.
        DelimiterAtEnd: Note, "a delimiter at the end of the mail opens no part";
        /// A multipart that is closed without a part in it.
        EmptyMultipart: Repaired, "a multipart has no parts";
        /// A transfer encoding other than 7bit, 8bit or binary on a multipart (RFC 2045 §6.4); ignored.
        EncodedMultipart: Ambiguous, "a multipart claims a transfer encoding";
        /// Containers nested too deep; the one here is a leaf.
        DepthLimit: Limit, "containers are nested too deep";
        /// Too many parts; the last one keeps the rest.
        PartLimit: Limit, "the mail has too many parts";
        /// Too many header fields; the rest was skipped.
        FieldLimit: Limit, "the mail has too many header fields";
        /// More structural defects than are kept; any kind may be among the rest.
        DefectLimit: Limit, "the mail has too many defects";
        /// The mail is over 4 GiB; it was read that far.
        SizeLimit: Limit, "the mail is larger than 4 GiB";
    }
}

/// Anything that can be wrong with a message, from its structure down to a byte of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MessageDefect {
    /// In the header blocks or the MIME tree.
    Structure(StructureDefect),
    /// In a header value.
    Value(ValueDefect),
    /// In an address.
    Address(AddressDefect),
    /// In an encoded body, word or parameter.
    Encoding(EncodingDefect),
}

impl DefectKind for MessageDefect {
    fn severity(self) -> Severity {
        match self {
            Self::Structure(kind) => kind.severity(),
            Self::Value(kind) => kind.severity(),
            Self::Address(kind) => kind.severity(),
            Self::Encoding(kind) => kind.severity(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Structure(kind) => kind.name(),
            Self::Value(kind) => kind.name(),
            Self::Address(kind) => kind.name(),
            Self::Encoding(kind) => kind.name(),
        }
    }

    fn explanation(self) -> &'static str {
        match self {
            Self::Structure(kind) => kind.explanation(),
            Self::Value(kind) => kind.explanation(),
            Self::Address(kind) => kind.explanation(),
            Self::Encoding(kind) => kind.explanation(),
        }
    }
}

impl From<StructureDefect> for MessageDefect {
    fn from(kind: StructureDefect) -> Self {
        Self::Structure(kind)
    }
}

impl From<ValueDefect> for MessageDefect {
    fn from(kind: ValueDefect) -> Self {
        Self::Value(kind)
    }
}

impl From<AddressDefect> for MessageDefect {
    fn from(kind: AddressDefect) -> Self {
        Self::Address(kind)
    }
}

impl From<EncodingDefect> for MessageDefect {
    fn from(kind: EncodingDefect) -> Self {
        Self::Encoding(kind)
    }
}
