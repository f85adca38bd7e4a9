//! Words with values: parameters, modifiers, return options, sort criteria, items of STATUS.

use crate::class::Class;
use crate::cursor::{Cursor, Failed};
use crate::list::Element;
use crate::out::Out;
use crate::raw::Raw;
use core::fmt;
use mailwire_core::{Escaped, ParseError};

/// A word, and a value if there is one: `CONDSTORE`, `CHANGEDSINCE 12345`, `STATUS (MESSAGES)` (RFC 4466).
///
/// ```
/// use mailwire_imap::command::Modifier;
///
/// let modifier = Modifier::new(b"CHANGEDSINCE", Some(b"12345"))?;
/// assert!(modifier.is("ChangedSince"));
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq)]
pub struct Modifier<'a> {
    name: &'a [u8],
    value: Option<Raw<'a>>,
}

impl<'a> Modifier<'a> {
    /// A word, and a number, a set or a list behind it.
    ///
    /// # Errors
    ///
    /// Where the word is no atom, or begins like a value; where the value is none, or begins like a word.
    pub fn new(name: &'a [u8], value: Option<&'a [u8]>) -> Result<Self, ParseError> {
        crate::word::atom(name)?;
        if is_value(name) {
            return Err(ParseError::new(name, 0, "a word"));
        }
        if let Some(odd) = value.filter(|value| !is_value(value)) {
            return Err(ParseError::new(odd, 0, "a number, a set or a list"));
        }
        Ok(Self { name, value: value.map(Raw::new).transpose()? })
    }

    /// The word.
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// The value.
    pub fn value(&self) -> Option<Raw<'a>> {
        self.value
    }

    /// Whether the word is `name`, whatever the case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// What tells a value from the next word.
fn is_value(text: &[u8]) -> bool {
    matches!(text, [b'(' | b'0'..=b'9' | b'*' | b'$', ..] | [b'-', b'0'..=b'9', ..])
}

impl fmt::Debug for Modifier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Escaped(self.name))?;
        match self.value {
            Some(value) => write!(f, " {}", Escaped(value.as_bytes())),
            None => Ok(()),
        }
    }
}

impl<'a> Element<'a> for Modifier<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        // Behind a word, however many blanks are between them, it is that word's: where it is written there is one.
        if is_value(cursor.rest()) {
            return Err(cursor.error("a word"));
        }
        let name = cursor.run(Class::WORD, "a word")?;
        let mut value = None;
        if is_value(cursor.rest().trim_ascii_start()) {
            cursor.space()?;
            value = Some(Raw::take(cursor)?);
        }
        Ok(Self { name, value })
    }

    fn write(&self, out: &mut Out) {
        out.raw(self.name);
        if let Some(value) = self.value {
            out.byte(b' ');
            out.verbatim(value.as_bytes());
        }
    }
}
