//! One address of a list, with its name.

use crate::compose::{self, Form};
use crate::defect::Halves;
use crate::{AddrSpec, Comment, Defects, Phrase};
use alloc::borrow::Cow;
use core::fmt;
use core::ops::Range;

/// An address with the name and the comment beside it.
///
/// Grammar: `mailbox = name-addr / addr-spec` (RFC 5322 §3.4). Either part can be missing in what mail really holds:
/// `<>` has no address, `Undisclosed recipients` has a name alone.
///
/// `Display` writes `name <address>`, the name as readable text and quoted where it has to be; one that looks like an
/// encoded-word is encoded, since readers would decode it.
///
/// ```
/// use mailwire_address::addresses;
///
/// let mailbox = addresses(b"\"Freed, Ned\" <ned@example.com>").mailboxes().next().unwrap();
/// assert_eq!(mailbox.address().unwrap().as_str(), Some("ned@example.com"));
/// assert_eq!(mailbox.to_string(), "\"Freed, Ned\" <ned@example.com>");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mailbox<'a> {
    pub(crate) name: Option<Phrase<'a>>,
    pub(crate) place: Place<'a>,
    pub(crate) comment: Option<Comment<'a>>,
    pub(crate) raw: &'a [u8],
    pub(crate) start: usize,
    pub(crate) defects: Halves,
}

/// What stands in the place of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    Nothing,
    Address(AddrSpec<'a>),
    /// Something that is no address.
    Invalid(&'a [u8]),
}

impl<'a> Mailbox<'a> {
    /// The name before the address.
    pub fn name(&self) -> Option<Phrase<'a>> {
        self.name
    }

    /// The address; `None` for `<>` and where there is only a name.
    pub fn address(&self) -> Option<AddrSpec<'a>> {
        match self.place {
            Place::Address(address) => Some(address),
            Place::Nothing | Place::Invalid(_) => None,
        }
    }

    /// The last comment beside the address, not inside it.
    pub fn comment(&self) -> Option<Comment<'a>> {
        self.comment
    }

    /// What stands in angle brackets where no address can be read: something to show, nothing to send to.
    ///
    /// ```
    /// use mailwire_address::addresses;
    ///
    /// let mailbox = addresses(b"Ned <ned@example@org>").mailboxes().next().unwrap();
    /// assert_eq!(mailbox.address(), None);
    /// assert_eq!(mailbox.invalid_address(), Some(&b"ned@example@org"[..]));
    /// ```
    pub fn invalid_address(&self) -> Option<&'a [u8]> {
        match self.place {
            Place::Invalid(bytes) => Some(bytes),
            Place::Nothing | Place::Address(_) => None,
        }
    }

    /// All of it, as it stands in the value.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Where it stands, in bytes from the start of the value.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.raw.len()
    }

    /// What is odd about it, and about what stands before it in the list.
    pub fn defects(&self) -> Defects {
        self.defects.whole()
    }

    /// The name to show, decoded: that before the address, or else the comment, as in `ned@example.com (Ned)`.
    #[cfg(feature = "encoded-word")]
    pub fn display_name(&self) -> Option<Cow<'a, str>> {
        self.shown_name()
    }

    /// The name to show, as far as the features go.
    #[inline]
    pub(crate) fn shown_name(&self) -> Option<Cow<'a, str>> {
        match self.name {
            None if self.comment.is_none() => None,
            name => match name.and_then(|name| name.plain_text()) {
                Some(text) => Some(Cow::Borrowed(text)),
                None => self.other_name(),
            },
        }
    }

    #[inline(never)]
    fn other_name(&self) -> Option<Cow<'a, str>> {
        let says_something = |text: &str| text.chars().any(|c| !c.is_whitespace());
        if let Some(name) = self.name {
            let name = name.shown();
            if says_something(&name) {
                return Some(name);
            }
        }
        let comment = self.comment?.shown();
        says_something(&comment).then_some(comment)
    }
}

impl fmt::Display for Mailbox<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(name) = self.shown_name() else {
            return match self.address() {
                // Alone, a quoted word would be a name.
                Some(address) if address.domain().is_none() && address.as_str().is_none() => {
                    write!(f, "<{address}>")
                }
                Some(address) => fmt::Display::fmt(&address, f),
                None => f.write_str("<>"),
            };
        };
        f.write_str(&compose::name(&name, Form::Utf8))?;
        match self.address() {
            Some(address) => write!(f, " <{address}>"),
            None => f.write_str(" <>"),
        }
    }
}
