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
/// use mailwire_pop3::command::Unknown;
/// use mailwire_pop3::Command;
///
/// let Command::Unknown(command) = Command::parse(b"XTND XMIT\r\n")? else { panic!() };
/// assert_eq!((command.verb(), command.arguments()), (b"XTND".as_slice(), b"XMIT".as_slice()));
/// assert!(Unknown::new(b"stat", b"").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unknown<'a> {
    verb: &'a [u8],
    arguments: LineText<'a>,
}

impl<'a> Unknown<'a> {
    /// Takes a verb and what follows it, which may be nothing.
    ///
    /// # Errors
    ///
    /// At the first blank or control of the verb, or at its end if there is none; where the verb is known; at the first CR, LF
    /// or NUL of the arguments.
    pub fn new(verb: &'a [u8], arguments: &'a [u8]) -> Result<Self, ParseError> {
        let len = WORD.prefix_len(verb);
        if len == 0 || len < verb.len() {
            return Err(ParseError::new(verb, len, "a verb"));
        }
        if is_known(verb) {
            return Err(ParseError::new(verb, 0, "a verb without a command of its own"));
        }
        Ok(Self { verb, arguments: LineText::new(arguments)? })
    }

    pub(super) fn kept(verb: &'a [u8], arguments: LineText<'a>) -> Self {
        Self { verb, arguments }
    }

    /// The verb.
    pub fn verb(&self) -> &'a [u8] {
        self.verb
    }

    /// What stands behind its blank.
    pub fn arguments(&self) -> &'a [u8] {
        self.arguments.as_bytes()
    }
}

impl fmt::Debug for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unknown({} octets)", self.verb.len() + self.arguments().len())
    }
}
