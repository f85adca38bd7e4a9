//! What stands behind a verb in plain words.

use core::fmt;
use mailwire_core::{Escaped, ParseError};

/// The text behind NOOP, HELP, VRFY, EXPN, ETRN, BURL, ATRN, or behind a verb that nobody knows. Never empty.
///
/// Grammar: `String` of [RFC 5321 §4.1.2] and what its extensions have instead, without a look inside: anything but controls, and
/// UTF-8 where it is not ASCII (RFC 6531 §3.3).
///
/// ```
/// use mailwire_smtp::{Command, CommandText};
///
/// let mut line = Vec::new();
/// Command::Vrfy(CommandText::new(b"ann")?).encode(&mut line);
/// assert_eq!(line, b"VRFY ann\r\n");
/// assert!(CommandText::new(b"ann\r\nQUIT").is_err() && CommandText::new(b"").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 5321 §4.1.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CommandText<'a>(&'a str);

impl<'a> CommandText<'a> {
    /// Takes text.
    ///
    /// # Errors
    ///
    /// At the first control, at the first octet that is no UTF-8, at 0 if there is no text.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        match printable(text)? {
            "" => Err(ParseError::new(text, 0, "an argument")),
            text => Ok(Self(text)),
        }
    }

    /// As it is written.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// The same as octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0.as_bytes()
    }
}

impl fmt::Display for CommandText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.as_bytes()), f)
    }
}

impl fmt::Debug for CommandText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.as_bytes()), f)
    }
}

/// What may stand in a command at all: no control, and nothing but UTF-8.
pub(super) fn printable(text: &[u8]) -> Result<&str, ParseError> {
    if let Some(at) = text.iter().position(u8::is_ascii_control) {
        return Err(ParseError::new(text, at, "a printable character"));
    }
    core::str::from_utf8(text).map_err(|error| ParseError::new(text, error.valid_up_to(), "UTF-8"))
}
