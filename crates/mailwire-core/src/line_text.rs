//! Octets that may stand in a line.

use crate::{Escaped, ParseError};
use core::fmt;

/// Text without CR, LF and NUL: what is made of it can't end its line, or begin another one.
///
/// Everything that goes into a line on the wire is of this type or of a stricter one, so that encoding can't fail and nothing
/// can be injected. Other controls, and octets above 127, are text: whether they are allowed is the grammar's business.
///
/// ```
/// use mailwire_core::LineText;
///
/// assert_eq!(LineText::new(b"hello")?.as_bytes(), b"hello");
/// let error = LineText::new(b"hello\r\nQUIT").unwrap_err();
/// assert_eq!(error.to_string(), "expected a character of a line at byte 5, found end of line");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineText<'a>(&'a [u8]);

impl<'a> LineText<'a> {
    /// No text.
    pub const EMPTY: Self = Self(b"");

    /// Takes text.
    ///
    /// # Errors
    ///
    /// At the first CR, LF or NUL.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        match text.iter().position(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
            Some(at) => Err(ParseError::new(text, at, "a character of a line")),
            None => Ok(Self(text)),
        }
    }

    /// The octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// The text, if it is UTF-8.
    pub fn to_str(self) -> Option<&'a str> {
        core::str::from_utf8(self.0).ok()
    }
}

impl fmt::Display for LineText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for LineText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}
