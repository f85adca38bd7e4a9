//! The arguments of a capability.

use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Class, LineText, ParseError};

/// Words with spaces between them, as they came: the arguments of a capability.
///
/// ```
/// use mailwire_smtp::capability::Words;
///
/// let words = Words::new(b" PLAIN  LOGIN ")?;
/// assert_eq!(words.iter().collect::<Vec<_>>(), [b"PLAIN".as_slice(), b"LOGIN"]);
/// assert!(words.contains(b"login"));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Words<'a>(LineText<'a>);

impl<'a> Words<'a> {
    /// No word.
    pub const EMPTY: Self = Self(LineText::EMPTY);

    /// Takes words; what is around them falls away.
    ///
    /// # Errors
    ///
    /// At the first CR, LF or NUL.
    pub fn new(words: &'a [u8]) -> Result<Self, ParseError> {
        let start = Class::WSP.prefix_len(words);
        let end = words.iter().rposition(|&byte| !Class::WSP.contains(byte)).map_or(start, |last| last + 1);
        let trimmed = words.get(start..end).unwrap_or_default();
        LineText::new(trimmed).map(Self).map_err(|error| error.shifted(start))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &'a [u8]> + Clone + use<'a> {
        self.0.as_bytes().split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty())
    }

    /// Whether one of them is `word`, without regard to the case of ASCII letters.
    pub fn contains(&self, word: &[u8]) -> bool {
        self.iter().any(|other| other.eq_ignore_ascii_case(word))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.as_bytes().is_empty()
    }

    /// All of them as they stand.
    pub fn as_bytes(&self) -> &'a [u8] {
        self.0.as_bytes()
    }

    /// A space and all of them, or nothing.
    pub(super) fn encode(self, out: &mut Vec<u8>) {
        if !self.is_empty() {
            out.push(b' ');
            out.extend_from_slice(self.as_bytes());
        }
    }
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
