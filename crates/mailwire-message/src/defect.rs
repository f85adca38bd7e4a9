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
        /// A header line without a colon; skipped with its continuation lines. Some readers end the header there.
        NoColon: Ambiguous, "a header line has no colon";
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
        /// A header block ended by a line without a colon, where that [is what it means](crate::NoColon::EndsHeader).
        MissingBlankLine: Ambiguous, "a header block is ended by a line without a colon";
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
        /// A transfer encoding other than 7bit, 8bit or binary on a message/rfc822 (RFC 2046 §5.2.1): a leaf, which
        /// [`Part::nested`](crate::Part::nested) opens.
        EncodedMessage: Ambiguous, "a message inside is encoded";
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

mailwire_core::defects! {
    /// What can be wrong with the form of a mail: its bytes and lines, and the number of its fields (RFC 5322 §2.1 and §3.6,
    /// RFC 2045 §2).
    ///
    /// Reading does not find these, for it has no need to look at every byte; [`Message::examine`](crate::Message::examine) does.
    /// Faults of the same kind in lines that follow each other are one defect, from the first such byte to the last.
    ///
    /// ```
    /// use mailwire_message::{FormatDefect, Parser};
    ///
    /// let message = Parser::new().parse(b"Subject: a\r\n\r\none\ntwo\nthree\r\n");
    /// assert!(message.defects().is_empty());
    /// let found = message.examine();
    /// assert_eq!(found[0].kind(), FormatDefect::BareLf.into());
    /// assert_eq!(found[0].range(), 17..22);
    /// ```
    pub enum FormatDefect {
        /// A CR with no LF behind it: the end of a line for some readers. In a mail without any LF it ends lines here, too.
        BareCr: Ambiguous, "a CR has no LF behind it";
        /// A line that ends in LF alone, in a mail whose first line ends in CRLF: no end of a line for some readers.
        BareLf: Ambiguous, "a line ends in LF alone, and others in CRLF";
        /// A NUL, where some readers stop.
        Nul: Ambiguous, "a NUL stands in the mail";
        /// A line of a header or a body with more than 998 octets (RFC 5322 §2.1.1): some servers break it.
        LineTooLong: Note, "a line is longer than 998 octets";
        /// Bytes in a header that are no UTF-8, which RFC 6532 allows there, and so of no charset that anybody declared.
        HeaderEightBit: Repaired, "a header has bytes that are not UTF-8";
        /// Bytes of eight bits in a body of 7bit (RFC 2045 §2.7), or in quoted-printable.
        BodyEightBit: Repaired, "a body of seven bits has bytes of eight";
        /// A header block of more than 64 KiB: no server has to take a larger message (RFC 5321 §4.5.3.1.7).
        LargeHeader: Note, "a header block is larger than 64 KiB";
        /// Another field of a name that may be there once (RFC 5322 §3.6), with another value: which one counts depends on the
        /// reader.
        DuplicateField: Ambiguous, "a field that may be there once has two values";
        /// Another field of a name that may be there once, with the same value.
        RepeatedField: Note, "a field that may be there once is repeated";
    }
}

/// Anything that can be wrong with a message, from its structure down to a byte of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MessageDefect {
    /// In the header blocks or the MIME tree.
    Structure(StructureDefect),
    /// In the bytes, the lines and the number of fields.
    Format(FormatDefect),
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
            Self::Format(kind) => kind.severity(),
            Self::Value(kind) => kind.severity(),
            Self::Address(kind) => kind.severity(),
            Self::Encoding(kind) => kind.severity(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Structure(kind) => kind.name(),
            Self::Format(kind) => kind.name(),
            Self::Value(kind) => kind.name(),
            Self::Address(kind) => kind.name(),
            Self::Encoding(kind) => kind.name(),
        }
    }

    fn explanation(self) -> &'static str {
        match self {
            Self::Structure(kind) => kind.explanation(),
            Self::Format(kind) => kind.explanation(),
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

impl From<FormatDefect> for MessageDefect {
    fn from(kind: FormatDefect) -> Self {
        Self::Format(kind)
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
