//! What ties a response to its command.

use crate::class::Class;
use core::fmt;
use mailwire_core::{Escaped, ParseError};

/// The tag of a command (RFC 9051 §2.2.1): `A0001`.
///
/// ```
/// use mailwire_imap::command::Tag;
///
/// assert_eq!(Tag::new(b"a1")?.as_bytes(), b"a1");
/// assert!(Tag::new(b"a+1").is_err());
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag<'a>(&'a [u8]);

impl<'a> Tag<'a> {
    /// Takes a tag.
    ///
    /// # Errors
    ///
    /// At the first octet that no tag can have.
    pub fn new(tag: &'a [u8]) -> Result<Self, ParseError> {
        match tag.iter().position(|&byte| !Class::TAG.contains(byte)) {
            None if !tag.is_empty() => Ok(Self(tag)),
            at => Err(ParseError::new(tag, at.unwrap_or(0), "a character of a tag")),
        }
    }

    /// What a server sent, with characters that no tag should have.
    pub(crate) const fn odd(tag: &'a [u8]) -> Self {
        Self(tag)
    }

    /// Its octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Debug for Tag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}
