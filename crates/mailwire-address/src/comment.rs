//! Comments beside an address.

use alloc::borrow::Cow;
use core::fmt;

/// A comment: what stands in parentheses beside an address, often the name of its owner.
///
/// Grammar: `comment = "(" *([FWS] ccontent) [FWS] ")"` (RFC 5322 §3.2.2). Comments in it keep their parentheses.
///
/// ```
/// use mailwire_address::addresses;
///
/// let mailbox = addresses(b"ned@example.com (Ned \\(the kid)").mailboxes().next().unwrap();
/// assert_eq!(mailbox.comment().unwrap().raw(), b"Ned \\(the kid");
/// assert_eq!(mailbox.comment().unwrap().unquoted(), "Ned (the kid");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Comment<'a>(&'a [u8]);

impl<'a> Comment<'a> {
    pub(crate) fn new(content: &'a [u8]) -> Self {
        Self(content)
    }

    /// What stands between the parentheses, as it stands in the value.
    pub fn raw(&self) -> &'a [u8] {
        self.0
    }

    /// What it says: without backslashes and folds, bytes that are no UTF-8 replaced, encoded-words left alone.
    pub fn unquoted(&self) -> Cow<'a, str> {
        crate::text::clean(crate::text::comment(self.0))
    }

    /// What it says, with encoded-words and undeclared charsets decoded.
    #[cfg(feature = "encoded-word")]
    pub fn decoded(&self) -> Cow<'a, str> {
        crate::text::decode(crate::text::comment(self.0))
    }

    /// The best of the two that there is.
    pub(crate) fn shown(&self) -> Cow<'a, str> {
        crate::text::shown(crate::text::comment(self.0))
    }
}

impl fmt::Debug for Comment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Comment({:?})", mailwire_core::Escaped(self.0))
    }
}
