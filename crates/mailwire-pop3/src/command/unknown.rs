//! Commands of other people.

use super::parse::is_known;
use crate::line::WORD;
use core::fmt;
use mailwire_core::{LineText, ParseError};

/// A command that this crate does not know, kept as it came.
///
/// `Debug` shows lengths only: a mistyped `PASS` is an unknown command, and so is a password without one.
///
/// ```
/// use mailwire_core::LineText;
/// use mailwire_pop3::command::Unknown;
/// use mailwire_pop3::Command;
///
/// let Command::Unknown(command) = Command::parse(b"XTND XMIT\r\n")? else { panic!() };
/// assert_eq!((command.word(), command.arguments().as_bytes()), (b"XTND".as_slice(), b"XMIT".as_slice()));
/// assert!(Unknown::new(b"stat", LineText::EMPTY).is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unknown<'a> {
    word: &'a [u8],
    arguments: LineText<'a>,
}

impl<'a> Unknown<'a> {
    /// A command of one's own.
    ///
    /// # Errors
    ///
    /// If the word is empty, has a blank or a control in it, or is one of the commands that have a type of their own.
    pub fn new(word: &'a [u8], arguments: LineText<'a>) -> Result<Self, ParseError> {
        let len = WORD.prefix_len(word);
        if len == 0 || len < word.len() || is_known(word) {
            return Err(ParseError::new(word, len, "the word of an unknown command"));
        }
        Ok(Self { word, arguments })
    }

    pub(super) fn kept(word: &'a [u8], arguments: LineText<'a>) -> Self {
        Self { word, arguments }
    }

    /// The first word.
    pub fn word(self) -> &'a [u8] {
        self.word
    }

    /// Everything behind the space behind it.
    pub fn arguments(self) -> LineText<'a> {
        self.arguments
    }
}

impl fmt::Debug for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unknown({} octets)", self.word.len() + self.arguments.as_bytes().len())
    }
}
