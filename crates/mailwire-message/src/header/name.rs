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
    /// RFC 5064
    ARCHIVED_AT = "Archived-At";
    /// RFC 8617 §4.1.1
    ARC_AUTHENTICATION_RESULTS = "ARC-Authentication-Results";
    /// RFC 8617 §4.1.2
    ARC_MESSAGE_SIGNATURE = "ARC-Message-Signature";
    /// RFC 8617 §4.1.3
    ARC_SEAL = "ARC-Seal";
    /// RFC 8601
    AUTHENTICATION_RESULTS = "Authentication-Results";
    /// RFC 3834 §5
    AUTO_SUBMITTED = "Auto-Submitted";
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
    /// RFC 3282
    CONTENT_LANGUAGE = "Content-Language";
    /// RFC 2557 §4.2
    CONTENT_LOCATION = "Content-Location";
    /// RFC 2045 §6
    CONTENT_TRANSFER_ENCODING = "Content-Transfer-Encoding";
    /// RFC 2045 §5
    CONTENT_TYPE = "Content-Type";
    /// RFC 5322 §3.6.1
    DATE = "Date";
    /// RFC 8098 §2.1
    DISPOSITION_NOTIFICATION_TO = "Disposition-Notification-To";
    /// RFC 6376 §3.5
    DKIM_SIGNATURE = "DKIM-Signature";
    /// RFC 5322 §3.6.2
    FROM = "From";
    /// RFC 2156
    IMPORTANCE = "Importance";
    /// RFC 5322 §3.6.4
    IN_REPLY_TO = "In-Reply-To";
    /// RFC 2369 §3.6
    LIST_ARCHIVE = "List-Archive";
    /// RFC 2369 §3.1
    LIST_HELP = "List-Help";
    /// RFC 2919
    LIST_ID = "List-Id";
    /// RFC 2369 §3.5
    LIST_OWNER = "List-Owner";
    /// RFC 2369 §3.4
    LIST_POST = "List-Post";
    /// RFC 2369 §3.3
    LIST_SUBSCRIBE = "List-Subscribe";
    /// RFC 2369 §3.2
    LIST_UNSUBSCRIBE = "List-Unsubscribe";
    /// RFC 8058
    LIST_UNSUBSCRIBE_POST = "List-Unsubscribe-Post";
    /// RFC 5322 §3.6.4
    MESSAGE_ID = "Message-ID";
    /// RFC 2045 §4
    MIME_VERSION = "MIME-Version";
    /// RFC 2156
    PRIORITY = "Priority";
    /// RFC 5322 §3.6.7
    RECEIVED = "Received";
    /// RFC 7208 §9.1
    RECEIVED_SPF = "Received-SPF";
    /// RFC 5322 §3.6.4
    REFERENCES = "References";
    /// RFC 5322 §3.6.2
    REPLY_TO = "Reply-To";
    /// RFC 5322 §3.6.6
    RESENT_BCC = "Resent-Bcc";
    /// RFC 5322 §3.6.6
    RESENT_CC = "Resent-Cc";
    /// RFC 5322 §3.6.6
    RESENT_DATE = "Resent-Date";
    /// RFC 5322 §3.6.6
    RESENT_FROM = "Resent-From";
    /// RFC 5322 §3.6.6
    RESENT_MESSAGE_ID = "Resent-Message-ID";
    /// RFC 5322 §3.6.6
    RESENT_SENDER = "Resent-Sender";
    /// RFC 5322 §3.6.6
    RESENT_TO = "Resent-To";
    /// RFC 5322 §3.6.7
    RETURN_PATH = "Return-Path";
    /// RFC 5322 §3.6.2
    SENDER = "Sender";
    /// RFC 5322 §3.6.5
    SUBJECT = "Subject";
    /// RFC 5322 §3.6.3
    TO = "To";
    /// Without a standard
    X_MSMAIL_PRIORITY = "X-MSMail-Priority";
    /// Without a standard
    X_PRIORITY = "X-Priority";
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

/// Names that are looked for together.
#[derive(Debug)]
pub(crate) struct FieldNames<const N: usize> {
    names: [FieldName<'static>; N],
    /// Which of them a tag may belong to, by its hash: one, or none.
    slots: [u8; 64],
    factor: u32,
}

impl<const N: usize> FieldNames<N> {
    /// Few names; the more, the longer it takes to find a hash that keeps them apart, at compile time.
    pub(crate) const fn new(names: [FieldName<'static>; N]) -> Self {
        let mut factor = 0x9e37_79b1_u32;
        loop {
            if let Some(slots) = slots(&names, factor) {
                return Self { names, slots, factor };
            }
            factor = factor.wrapping_add(2);
        }
    }

    /// Which of them a field has.
    #[inline]
    pub(crate) fn find(&self, raw: &[u8], entry: &FieldEntry) -> Option<usize> {
        let slot = usize::from(*self.slots.get(hash(entry.tag, self.factor))?);
        self.names.get(slot)?.is_of(raw, entry).then_some(slot)
    }
}

/// The place of each name; `None` if two have the same.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, where it can't go wrong unseen")]
#[expect(clippy::cast_possible_truncation, reason = "there are few names")]
const fn slots<const N: usize>(names: &[FieldName<'static>; N], factor: u32) -> Option<[u8; 64]> {
    let mut slots = [u8::MAX; 64];
    let mut at = 0;
    while at < N {
        let slot = &mut slots[hash(names[at].tag, factor)];
        if *slot != u8::MAX {
            return None;
        }
        *slot = at as u8;
        at += 1;
    }
    Some(slots)
}

/// A number below 64.
#[inline]
const fn hash(tag: u32, factor: u32) -> usize {
    (tag.wrapping_mul(factor) >> 26) as usize
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
