//! Names of people and of groups.

use alloc::borrow::Cow;
use core::fmt;

/// The display name of a mailbox, or the name of a group.
///
/// Grammar: `phrase = 1*word / obs-phrase` (RFC 5322 §3.2.5). It is cut into words first and decoded after, and what
/// comes out is text: it is never read as an address again.
///
/// ```
/// use mailwire_address::addresses;
///
/// let mailbox = addresses(b"\"Ned\" J. (the) Freed <ned@example.com>").mailboxes().next().unwrap();
/// assert_eq!(mailbox.name().unwrap().unquoted(), "Ned J. Freed");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Phrase<'a>(&'a [u8]);

impl<'a> Phrase<'a> {
    pub(crate) fn new(raw: &'a [u8]) -> Self {
        Self(raw)
    }

    /// As it stands in the value.
    pub fn raw(&self) -> &'a [u8] {
        self.0
    }

    /// What it says: words joined by single spaces, without quotes, comments and folds; bytes that are no UTF-8 and
    /// controls replaced, encoded-words left alone.
    pub fn unquoted(&self) -> Cow<'a, str> {
        crate::text::clean(crate::text::phrase(self.0))
    }

    /// What it says, with encoded-words (RFC 2047) decoded, those in quoted strings too, and undeclared 8-bit text
    /// read as UTF-8 or else as windows-1252.
    #[cfg(feature = "encoded-word")]
    pub fn decoded(&self) -> Cow<'a, str> {
        crate::text::decode(crate::text::phrase(self.0))
    }

    /// The best of the two that there is.
    pub(crate) fn shown(&self) -> Cow<'a, str> {
        crate::text::shown(crate::text::phrase(self.0))
    }
}

impl fmt::Debug for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phrase({:?})", mailwire_core::Escaped(self.0))
    }
}
