//! Where a value went wrong.

use core::fmt;

/// A value that its grammar does not allow: where, what was expected there, what was found.
///
/// `Copy`, without allocation, and never holding more of the input than one byte, so that no secret gets into a log.
///
/// # Examples
///
/// ```
/// use mailwire_core::ParseError;
///
/// let error = ParseError::new(b"<a@b", 4, "`>`");
/// assert_eq!(error.to_string(), "expected `>` at byte 4, found end of line");
/// assert_eq!(error.offset(), 4);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParseError {
    offset: usize,
    expected: &'static str,
    found: Found,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Found {
    Byte(u8),
    End,
    More,
    /// Whatever it was, it is not shown.
    Secret,
}

impl ParseError {
    /// `expected` was not what stands at `offset` of `input`. The expectation is a noun phrase, with literals in
    /// backticks: "`>`", "a message number".
    pub fn new(input: &[u8], offset: usize, expected: &'static str) -> Self {
        let found = input.get(offset).map_or(Found::End, |&byte| Found::Byte(byte));
        Self { offset, expected, found }
    }

    /// The input goes on behind `limit`, where `expected` ("a line of at most 998 bytes") says it should end.
    pub fn too_long(limit: usize, expected: &'static str) -> Self {
        Self { offset: limit, expected, found: Found::More }
    }

    /// `expected` was not what stands at `offset` of something secret, of which no byte is shown.
    pub fn in_secret(offset: usize, expected: &'static str) -> Self {
        Self { offset, expected, found: Found::Secret }
    }

    /// Bytes from the start of the input to the first one that does not fit.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What the grammar wanted there.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// The byte that was there; `None` at the end, where the input was too long, and in a secret.
    pub fn found(&self) -> Option<u8> {
        match self.found {
            Found::Byte(byte) => Some(byte),
            Found::End | Found::More | Found::Secret => None,
        }
    }

    /// Whether a length limit was passed, rather than the grammar broken.
    pub fn is_too_long(&self) -> bool {
        self.found == Found::More
    }

    /// The same error in an input that begins `by` bytes earlier.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { offset: self.offset.saturating_add(by), ..self }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} at byte {}", self.expected, self.offset)?;
        match self.found {
            Found::Byte(b'\r' | b'\n') | Found::End => f.write_str(", found end of line"),
            Found::Byte(byte) => write!(f, ", found `{}`", byte.escape_ascii()),
            Found::More => f.write_str(", found more"),
            Found::Secret => Ok(()),
        }
    }
}

impl core::error::Error for ParseError {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn says_where_and_what() {
        let error = ParseError::new(b"a\x1bb", 1, "a digit").shifted(10);
        assert_eq!(error.to_string(), r"expected a digit at byte 11, found `\x1b`");
        assert_eq!(error.found(), Some(0x1b));
        assert_eq!(
            ParseError::new(b"a\r\n", 1, "`x`").to_string(),
            "expected `x` at byte 1, found end of line"
        );
        let error = ParseError::too_long(64, "a local part of at most 64 octets");
        assert!(error.is_too_long());
        assert_eq!(ParseError::in_secret(3, "base64").to_string(), "expected base64 at byte 3");
        assert_eq!(error.to_string(), "expected a local part of at most 64 octets at byte 64, found more");
    }
}
