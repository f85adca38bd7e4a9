//! How a part is meant to be shown (RFC 2183).

use super::scan::{BLANK, range_in, skip_cfws};
use super::{Parameters, ValueDefect};
use alloc::borrow::Cow;
use core::fmt;
use mailwire_core::class::trim;
use mailwire_core::{Class, Escaped, Sink};

/// The value of a Content-Disposition field.
///
/// ```text
/// disposition = disposition-type *( ";" disposition-parm )
/// ```
///
/// (RFC 2183 §2.) Reading never fails. Without a type (`filename=x` alone) the kind is [`DispositionKind::Other`].
///
/// # Examples
///
/// ```
/// use mailwire_message::value::{Disposition, DispositionKind};
///
/// let disposition = Disposition::parse(b" ATTACHMENT filename=a b.pdf");
/// assert_eq!(disposition.kind(), DispositionKind::Attachment);
/// assert_eq!(disposition.filename().unwrap(), "a b.pdf");
/// ```
#[derive(Clone, Copy)]
pub struct Disposition<'a> {
    value: &'a [u8],
    written: &'a [u8],
    /// What stands behind the type.
    rest: &'a [u8],
}

/// The type of a disposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DispositionKind {
    /// Shown with the message.
    Inline,
    /// Shown on demand.
    Attachment,
    /// Something else, or nothing: to be treated as an attachment (RFC 2183 §2.8).
    Other,
}

impl<'a> Disposition<'a> {
    /// Reads a disposition.
    pub fn parse(value: &'a [u8]) -> Self {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong. The parameters tell their own defects when they are read.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Self {
        let start = skip_cfws(value);
        let unquoted = start.strip_prefix(b"\"").unwrap_or(start);
        let (written, behind) =
            unquoted.split_at_checked(Class::TOKEN.prefix_len(unquoted)).unwrap_or_default();
        if written.is_empty() || skip_cfws(behind).first() == Some(&b'=') {
            sink.report(ValueDefect::BadDisposition, range_in(value, trim(value)));
            return Self { value, written: &[], rest: start };
        }
        let end = behind.iter().position(|&byte| matches!(byte, b';' | b'(') || BLANK.contains(byte));
        let rest = behind.get(end.unwrap_or(behind.len())..).unwrap_or_default();
        Self { value, written, rest }
    }

    /// Inline, attachment, or something else.
    pub fn kind(&self) -> DispositionKind {
        if self.written.eq_ignore_ascii_case(b"inline") {
            DispositionKind::Inline
        } else if self.written.eq_ignore_ascii_case(b"attachment") {
            DispositionKind::Attachment
        } else {
            DispositionKind::Other
        }
    }

    /// The type as it is written; empty where there is none.
    pub fn written(&self) -> &'a [u8] {
        self.written
    }

    /// The parameters, in the order they stand in.
    pub fn parameters(&self) -> Parameters<'a> {
        Parameters::in_value(self.value, self.rest)
    }

    /// The file name in this field. A part may have others: [`FileNames`](super::FileNames) knows them all.
    pub fn filename(&self) -> Option<Cow<'a, str>> {
        self.parameters().get("filename")
    }

    /// The value it was read from.
    pub fn raw(&self) -> &'a [u8] {
        self.value
    }
}

impl fmt::Debug for Disposition<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Disposition({:?})", Escaped(trim(self.value)))
    }
}
