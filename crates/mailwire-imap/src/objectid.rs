//! Ids of messages, threads and mailboxes.

use crate::IString;
use crate::cursor::{Cursor, Failed};
use crate::out::Out;
use core::fmt;
use mailwire_core::ParseError;

/// `objectid` (RFC 8474 §7): 1 to 255 letters, digits, `_` and `-`. What a server sends is kept whatever it is.
///
/// ```
/// use mailwire_imap::objectid::ObjectId;
///
/// assert!(ObjectId::new(b"F2212ea87-6097-4256-9d51-71338625")?.as_string() == *b"F2212ea87-6097-4256-9d51-71338625");
/// assert!(ObjectId::new(b"a b").is_err());
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ObjectId<'a>(IString<'a>);

impl<'a> ObjectId<'a> {
    /// Takes an id.
    ///
    /// # Errors
    ///
    /// At the first octet that no id can have; behind 255.
    pub fn new(id: &'a [u8]) -> Result<Self, ParseError> {
        match id.iter().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'_' | b'-')) {
            None if !id.is_empty() && id.len() <= 255 => Ok(Self(IString::new(id))),
            at => {
                Err(ParseError::new(id, at.unwrap_or(id.len().min(255)), "an id of at most 255 characters"))
            }
        }
    }

    /// The id.
    pub fn as_string(self) -> IString<'a> {
        self.0
    }

    /// In parentheses.
    pub(crate) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        cursor.expect(b'(', "`(`")?;
        let id = cursor.astring()?;
        cursor.expect(b')', "`)`")?;
        Ok(Self(id))
    }

    /// In parentheses, and never as a literal: it stands in status lines, too.
    pub(crate) fn write(self, out: &mut Out) {
        out.byte(b'(');
        out.line_astring(&self.0.to_bytes());
        out.byte(b')');
    }
}

impl fmt::Debug for ObjectId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
