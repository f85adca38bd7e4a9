//! What is kept as it came.

use crate::cursor::Cursor;
use crate::list::Element;
use crate::out::Out;
use core::fmt;
use mailwire_core::{Escaped, ParseError};

/// Octets of a frame, literals included, that this crate gives no meaning; they are written as they came.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Raw<'a>(&'a [u8]);

impl<'a> Raw<'a> {
    /// Nothing.
    pub const EMPTY: Raw<'static> = Raw(b"");

    /// Takes text of a line. Nothing that is made by hand has a literal in it.
    ///
    /// # Errors
    ///
    /// At the first CR, LF or NUL; at the end of what ends like the announcement of a literal.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        mailwire_core::LineText::new(text)?;
        if text.ends_with(b"}") {
            return Err(ParseError::new(text, text.len() - 1, "no announcement of a literal"));
        }
        Ok(Self(text))
    }

    /// What is left of a text, whatever its grammar.
    pub(crate) fn rest(cursor: &mut Cursor<'a, '_>, start: usize) -> Self {
        cursor.at = start;
        while let Some(byte) = cursor.peek() {
            match byte {
                b'"' => cursor.skip_value(),
                b'{' => {
                    let at = cursor.at;
                    if cursor.literal().is_err() {
                        cursor.at = at + 1;
                    }
                }
                _ => cursor.at += 1,
            }
        }
        Self(cursor.since(start))
    }

    pub(crate) const fn kept(raw: &'a [u8]) -> Self {
        Self(raw)
    }

    /// The octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// The word that it begins with.
    pub fn first_word(self) -> &'a [u8] {
        let end = self.0.iter().position(|byte| matches!(byte, b' ' | b'(' | b'\r')).unwrap_or(self.0.len());
        self.0.get(..end).unwrap_or_default()
    }
}

impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}

impl<'a> Element<'a> for Raw<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, ParseError> {
        let start = cursor.at;
        match cursor.peek() {
            Some(b'(') => cursor.list().map(|_| ())?,
            Some(b'"' | b'{' | b'~') => cursor.string().map(|_| ())?,
            _ => cursor.run(crate::class::Class::WORD, "a value").map(|_| ())?,
        }
        Ok(Self(cursor.since(start)))
    }

    fn write(&self, out: &mut Out) {
        out.verbatim(self.0);
    }
}
