//! Field names: an open registry, looked up in any case.

use crate::index::FieldEntry;
use core::fmt;

/// The name of a header field: a constant below, or any other.
///
/// ```
/// use mailwire_message::FieldName;
///
/// assert_eq!(FieldName::MESSAGE_ID, FieldName::from("message-id"));
/// ```
#[derive(Clone, Copy)]
pub struct FieldName<'n> {
    name: &'n str,
    /// As in an index.
    tag: u32,
}

macro_rules! names {
    ($($(#[$doc:meta])* $constant:ident = $name:literal;)*) => {
        impl FieldName<'static> {
            $($(#[$doc])* pub const $constant: Self = Self::new($name);)*
        }
    };
}

names! {
    /// RFC 5322 §3.6.3
    BCC = "Bcc";
    /// RFC 5322 §3.6.3
    CC = "Cc";
    /// RFC 5322 §3.6.5
    COMMENTS = "Comments";
    /// RFC 2045 §8
    CONTENT_DESCRIPTION = "Content-Description";
    /// RFC 2183
    CONTENT_DISPOSITION = "Content-Disposition";
    /// RFC 2045 §7
    CONTENT_ID = "Content-ID";
    /// RFC 2045 §6
    CONTENT_TRANSFER_ENCODING = "Content-Transfer-Encoding";
    /// RFC 2045 §5
    CONTENT_TYPE = "Content-Type";
    /// RFC 5322 §3.6.1
    DATE = "Date";
    /// RFC 5322 §3.6.2
    FROM = "From";
    /// RFC 5322 §3.6.4
    IN_REPLY_TO = "In-Reply-To";
    /// RFC 5322 §3.6.4
    MESSAGE_ID = "Message-ID";
    /// RFC 5322 §3.6.7
    RECEIVED = "Received";
    /// RFC 5322 §3.6.4
    REFERENCES = "References";
    /// RFC 5322 §3.6.2
    REPLY_TO = "Reply-To";
    /// RFC 5322 §3.6.7
    RETURN_PATH = "Return-Path";
    /// RFC 5322 §3.6.2
    SENDER = "Sender";
    /// RFC 5322 §3.6.5
    SUBJECT = "Subject";
    /// RFC 5322 §3.6.3
    TO = "To";
}

impl<'n> FieldName<'n> {
    /// Any name.
    pub const fn new(name: &'n str) -> Self {
        Self { name, tag: FieldEntry::tag(name.as_bytes()) }
    }

    /// The name as text.
    pub fn as_str(&self) -> &'n str {
        self.name
    }

    /// Whether a field has this name.
    #[inline]
    pub(crate) fn is_of(self, raw: &[u8], entry: &FieldEntry) -> bool {
        if entry.tag != self.tag {
            return false;
        }
        let name = self.name.as_bytes();
        let found = raw.get(entry.start as usize..).and_then(|rest| rest.get(..name.len()));
        // Most software writes a name as its standard does.
        found.is_some_and(|found| found == name || found.eq_ignore_ascii_case(name))
    }
}

impl<'n> From<&'n str> for FieldName<'n> {
    fn from(name: &'n str) -> Self {
        Self::new(name)
    }
}

impl PartialEq for FieldName<'_> {
    fn eq(&self, other: &FieldName<'_>) -> bool {
        self.name.eq_ignore_ascii_case(other.name)
    }
}

impl Eq for FieldName<'_> {}

impl fmt::Debug for FieldName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.name, f)
    }
}

impl fmt::Display for FieldName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}
