//! The arguments of a capability.

use crate::scan::word;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Escaped, LineText, ParseError};

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
pub struct Words<'a>(&'a [u8]);

impl<'a> Words<'a> {
    /// No word.
    pub const EMPTY: Self = Self(b"");

    /// Takes words; spaces and tabs around them fall away.
    ///
    /// # Errors
    ///
    /// At the first CR, LF or NUL.
    pub fn new(words: &'a [u8]) -> Result<Self, ParseError> {
        LineText::new(words).map(|words| Self::of_line(words.as_bytes()))
    }

    /// Those of a line that has been checked.
    #[inline]
    pub(super) fn of_line(mut words: &'a [u8]) -> Self {
        while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = words {
            words = rest;
        }
        Self(words)
    }

    /// Each of them.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = &'a [u8]> + Clone + use<'a> {
        let mut rest = self.0;
        core::iter::from_fn(move || {
            loop {
                let (word, behind) = rest.split_at_checked(blank(rest))?;
                rest = behind.get(1..).unwrap_or_default();
                if !word.is_empty() {
                    return Some(word);
                }
                if behind.is_empty() {
                    return None;
                }
            }
        })
    }

    /// Whether one of them is `word`, without regard to the case of ASCII letters.
    pub fn contains(&self, word: &[u8]) -> bool {
        self.iter().any(|other| other.eq_ignore_ascii_case(word))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them as they stand.
    pub fn as_bytes(&self) -> &'a [u8] {
        self.0
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
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}

/// Where the first space or tab is; how many octets there are if none is.
#[inline]
pub(super) fn blank(words: &[u8]) -> usize {
    let mut at = 0;
    while let Some(rest) = words.get(at..) {
        at += word(rest).0;
        match words.get(at) {
            None | Some(b' ' | b'\t') => return at,
            Some(_) => at += 1,
        }
    }
    words.len()
}
