//! One field, as it came.

use crate::index::FieldEntry;
use crate::value::{ContentType, Disposition, MessageIds, Received, TagList, Uris, date};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;
use mailwire_address::Addresses;
use mailwire_core::{Class, DateTime, Escaped, ParseError};
use mailwire_encoding::encoded_word;

/// One header field: its bytes as they came, and its value as whatever type you ask for.
///
/// # Examples
///
/// ```
/// use mailwire_message::Parser;
///
/// let raw = b"Subject: a\r\n  long one\r\n\r\n";
/// let message = Parser::new().parse(raw);
/// let field = message.headers().iter().next().unwrap();
/// assert_eq!(field.name(), b"Subject");
/// assert_eq!(field.value(), b" a\r\n  long one");
/// assert_eq!(&*field.unfolded(), b" a  long one");
/// assert_eq!(field.text(), "a  long one");
/// assert_eq!(field.range(), 0..raw.len() - 2);
/// ```
#[derive(Clone, Copy)]
pub struct Field<'a> {
    raw: &'a [u8],
    name: &'a [u8],
    value: &'a [u8],
    start: usize,
    value_start: usize,
}

impl<'a> Field<'a> {
    pub(crate) fn new(mail: &'a [u8], entry: FieldEntry) -> Self {
        let start = entry.start as usize;
        let value_start = entry.colon as usize + 1;
        let raw = mail.get(start..entry.end as usize).unwrap_or_default();
        let name = raw.get(..entry.name_len()).unwrap_or_default();
        let value = without_line_break(mail.get(value_start..entry.end as usize).unwrap_or_default());
        Self { raw, name, value, start, value_start }
    }

    /// The name as it was written, without blanks before the colon.
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// Whether this is its name, in any case.
    pub fn is<'n>(&self, name: impl Into<super::FieldName<'n>>) -> bool {
        self.name.eq_ignore_ascii_case(name.into().as_str().as_bytes())
    }

    /// What stands behind the colon, folds included, without the final line end.
    pub fn value(&self) -> &'a [u8] {
        self.value
    }

    /// The whole field, name to final line end: what DKIM signs.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Where the field stands in the mail.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.raw.len()
    }

    /// Where its value stands in the mail.
    pub fn value_range(&self) -> Range<usize> {
        self.value_start..self.value_start + self.value.len()
    }

    /// The value without its line breaks (RFC 5322 §2.2.3); the white space of each fold stays.
    pub fn unfolded(&self) -> Cow<'a, [u8]> {
        if self.value.iter().any(|&byte| Class::CRLF.contains(byte)) {
            let kept: Vec<u8> =
                self.value.iter().copied().filter(|&byte| !Class::CRLF.contains(byte)).collect();
            Cow::Owned(kept)
        } else {
            Cow::Borrowed(self.value)
        }
    }

    /// The value as unstructured text: unfolded, trimmed, its encoded words decoded (RFC 2047). It never holds a
    /// CR, a LF or a NUL; show it with [`Escaped`] where another control could do harm.
    pub fn text(&self) -> Cow<'a, str> {
        encoded_word::decode(self.value)
    }

    /// The value as a list of addresses (RFC 5322 §3.4).
    pub fn addresses(&self) -> Addresses<'a> {
        mailwire_address::addresses(self.value)
    }

    /// The value as a date (RFC 5322 §3.3).
    ///
    /// # Errors
    ///
    /// Where it stops being one; the offset counts from the start of the value.
    pub fn date(&self) -> Result<DateTime, ParseError> {
        date::parse(self.value)
    }

    /// The value as a list of message ids (RFC 5322 §3.6.4).
    pub fn message_ids(&self) -> MessageIds<'a> {
        MessageIds::new(self.value)
    }

    /// The value as a list of URIs in angle brackets (RFC 2369 §2).
    pub fn uris(&self) -> Uris<'a> {
        Uris::new(self.value)
    }

    /// The value as a list of tags (RFC 6376 §3.2).
    pub fn tags(&self) -> TagList<'a> {
        TagList::new(self.value)
    }

    /// The value as a trace of one hop (RFC 5321 §4.4).
    pub fn received(&self) -> Received<'a> {
        Received::parse(self.value)
    }

    /// The value as a media type with parameters (RFC 2045 §5.1).
    pub fn content_type(&self) -> ContentType<'a> {
        ContentType::parse(self.value)
    }

    /// The value as a disposition with parameters (RFC 2183 §2).
    pub fn disposition(&self) -> Disposition<'a> {
        Disposition::parse(self.value)
    }
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", Escaped(self.name), Escaped(self.value))
    }
}

fn without_line_break(value: &[u8]) -> &[u8] {
    match value {
        [value @ .., b'\r', b'\n'] | [value @ .., b'\r' | b'\n'] => value,
        _ => value,
    }
}
