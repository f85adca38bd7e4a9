//! Whether a machine wrote the message (RFC 3834 §5).

use super::cursor::{Cursor, ends_word};
use super::scan::range_in;
use super::word::words;
use super::{Parameters, ValueDefect};
use core::fmt;
use mailwire_core::class::trim;
use mailwire_core::{Class, Escaped, Sink};

/// The value of an Auto-Submitted field.
///
/// ```text
/// [CFWS] ( "no" / "auto-generated" / "auto-replied" / extension ) *( [CFWS] ";" [CFWS] parameter ) [CFWS]
/// ```
///
/// (RFC 3834 §5.1.) Never answer automatically to a message whose field says anything but `no`.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::{AutoSubmitted, SubmissionKeyword};
///
/// let read = AutoSubmitted::parse(b" auto-replied (vacation); owner-email=\"a@host.example\"");
/// assert_eq!(read.keyword(), SubmissionKeyword::AUTO_REPLIED);
/// assert!(read.is_automatic());
/// assert_eq!(read.parameters().get("owner-email").unwrap(), "a@host.example");
/// assert!(!AutoSubmitted::parse(b"No").is_automatic());
/// ```
#[derive(Clone, Copy)]
pub struct AutoSubmitted<'a> {
    value: &'a [u8],
    keyword: SubmissionKeyword<'a>,
    /// What stands behind the keyword.
    rest: &'a [u8],
}

words! {
    /// The first word of an Auto-Submitted field. An open registry, compared in any case.
    pub struct SubmissionKeyword {
        /// Written by a program of its own accord.
        AUTO_GENERATED = "auto-generated";
        /// A notification that somebody asked for.
        AUTO_NOTIFIED = "auto-notified";
        /// An answer to another message.
        AUTO_REPLIED = "auto-replied";
        /// Written by a person.
        NO = "no";
    }
}

impl<'a> AutoSubmitted<'a> {
    /// Reads the value.
    pub fn parse(value: &'a [u8]) -> Self {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong. The parameters tell their own defects when they are read.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Self {
        let mut cursor = Cursor::new(value);
        cursor.skip(sink);
        let keyword = cursor.take(ends_word);
        if keyword.is_empty() || !Class::TOKEN.contains_all(keyword) {
            sink.report(ValueDefect::BadAutoSubmitted, range_in(value, keyword));
        }
        Self { value, keyword: SubmissionKeyword::new(keyword), rest: cursor.rest }
    }

    /// What kind of writer it was. It has no bytes where nothing can be read.
    pub fn keyword(&self) -> SubmissionKeyword<'a> {
        self.keyword
    }

    /// Whether it is anything but `no`: "Recipients of messages containing an Auto-Submitted field with any keyword
    /// other than "no" MAY assume that the message was not manually submitted by a human" (RFC 3834 §5.2).
    pub fn is_automatic(&self) -> bool {
        self.keyword != SubmissionKeyword::NO
    }

    /// The parameters, in the order they stand in.
    pub fn parameters(&self) -> Parameters<'a> {
        Parameters::in_value(self.value, self.rest)
    }

    /// The value it was read from.
    pub fn raw(&self) -> &'a [u8] {
        self.value
    }
}

impl fmt::Debug for AutoSubmitted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AutoSubmitted({:?})", Escaped(trim(self.value)))
    }
}
