//! Names of people and of groups.

use crate::kind::Kinds;
use crate::text;
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
#[derive(Clone, Copy)]
pub struct Phrase<'a>(Raw<'a>);

/// A phrase as it stands in the value.
#[derive(Clone, Copy)]
enum Raw<'a> {
    Any(&'a [u8]),
    /// It says what it is, and nothing in it is encoded.
    Words(&'a str),
    /// The same of what is between the quotation marks.
    Quoted(&'a str),
    /// Words that say what they are once they are decoded.
    Encoded(&'a str),
}

impl<'a> Phrase<'a> {
    pub(crate) fn new(raw: &'a [u8]) -> Self {
        Self(Raw::Any(raw))
    }

    /// Words with single spaces between them, or one quoted string, without anything that stands for something else.
    #[inline]
    pub(crate) fn plain(raw: &'a str, kinds: Kinds) -> Self {
        let decoded = kinds.has(Kinds::HIGH.or(Kinds::SUSPECT));
        Self(match (raw.starts_with('"'), decoded) {
            (false, false) => Raw::Words(raw),
            (false, true) => Raw::Encoded(raw),
            (true, false) => Raw::Quoted(raw),
            (true, true) => Raw::Any(raw.as_bytes()),
        })
    }

    /// As it stands in the value.
    #[inline]
    pub fn raw(&self) -> &'a [u8] {
        match self.0 {
            Raw::Any(raw) => raw,
            Raw::Words(raw) | Raw::Quoted(raw) | Raw::Encoded(raw) => raw.as_bytes(),
        }
    }

    /// What it says, when that stands there and begins with a letter or the like.
    #[inline]
    pub(crate) fn plain_text(&self) -> Option<&'a str> {
        let text = match self.0 {
            Raw::Words(text) => text,
            Raw::Quoted(raw) => raw.get(1..raw.len() - 1)?,
            Raw::Any(_) | Raw::Encoded(_) => return None,
        };
        text.as_bytes().first().is_some_and(u8::is_ascii_graphic).then_some(text)
    }

    /// What it says, as far as it stands there.
    #[inline]
    fn said(&self) -> Result<&'a str, Cow<'a, [u8]>> {
        match self.0 {
            Raw::Any(raw) => Err(text::phrase(raw)),
            Raw::Words(text) => Ok(text),
            Raw::Quoted(raw) => Ok(raw.get(1..raw.len() - 1).unwrap_or_default()),
            Raw::Encoded(raw) => Err(Cow::Borrowed(raw.as_bytes())),
        }
    }

    /// What it says: words joined by single spaces, without quotes, comments and folds; bytes that are no UTF-8 and
    /// controls replaced, encoded-words left alone.
    pub fn unquoted(&self) -> Cow<'a, str> {
        self.said().map_or_else(text::clean, Cow::Borrowed)
    }

    /// What it says, with encoded-words (RFC 2047) decoded, those in quoted strings too, and undeclared 8-bit text
    /// read as UTF-8 or else as windows-1252.
    #[cfg(feature = "encoded-word")]
    pub fn decoded(&self) -> Cow<'a, str> {
        self.said().map_or_else(text::decode, Cow::Borrowed)
    }

    /// The best of the two that there is.
    #[inline]
    pub(crate) fn shown(&self) -> Cow<'a, str> {
        self.said().map_or_else(text::shown, Cow::Borrowed)
    }
}

impl PartialEq for Phrase<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.raw() == other.raw()
    }
}

impl Eq for Phrase<'_> {}

impl fmt::Debug for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phrase({:?})", mailwire_core::Escaped(self.raw()))
    }
}
