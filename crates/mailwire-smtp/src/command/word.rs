//! Words of the protocol.

use core::fmt;
use core::hash::{Hash, Hasher};
use mailwire_core::{Class, ParseError};

/// A verb, or the keyword of a parameter: letters, digits and hyphens, equal without regard to case.
///
/// Grammar: `esmtp-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")` ([RFC 5321 §4.1.2]).
///
/// ```
/// use mailwire_smtp::Word;
///
/// assert_eq!(Word::new(b"size")?, Word::new(b"SIZE")?);
/// assert!(Word::new(b"SIZE=1").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 5321 §4.1.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
#[derive(Clone, Copy)]
pub struct Word<'a>(&'a [u8]);

impl<'a> Word<'a> {
    /// Takes a word.
    ///
    /// # Errors
    ///
    /// At the first octet that no keyword has.
    pub fn new(word: &'a [u8]) -> Result<Self, ParseError> {
        let len = WORD.prefix_len(word);
        if len == 0 || len < word.len() || word.first() == Some(&b'-') {
            let at = if word.first() == Some(&b'-') { 0 } else { len };
            return Err(ParseError::new(word, at, "a letter, a digit or a hyphen"));
        }
        Ok(Self(word))
    }

    /// What is known to be one.
    #[inline]
    pub(super) const fn plain(word: &'a [u8]) -> Self {
        Self(word)
    }

    /// The same of a text.
    pub(crate) const fn literal(word: &'a str) -> Self {
        Self(word.as_bytes())
    }

    /// As it was written.
    pub fn as_str(self) -> &'a str {
        core::str::from_utf8(self.0).unwrap_or_default()
    }

    pub(crate) fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

pub(crate) const WORD: Class = Class::ALPHA.or(Class::DIGIT).or(Class::HYPHEN);

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Word<'_> {}

impl Hash for Word<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.0 {
            byte.to_ascii_uppercase().hash(state);
        }
    }
}

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
