//! What stands behind the `=` of any parameter.

use crate::command::text::printable;
use core::fmt;
use mailwire_core::{Escaped, ParseError};

/// The value of a parameter that this crate does not know. No space can be in it: behind one the next parameter begins.
///
/// Grammar: `esmtp-value` ([RFC 5321 §4.1.2], with UTF-8 as in RFC 6531 §3.3), and `=`, which real software writes.
///
/// ```
/// use mailwire_smtp::EsmtpValue;
///
/// assert_eq!(EsmtpValue::new(b"abc")?.as_bytes(), b"abc");
/// assert!(EsmtpValue::new(b"1 NOTIFY=NEVER").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 5321 §4.1.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EsmtpValue<'a>(&'a [u8]);

impl<'a> EsmtpValue<'a> {
    /// Takes a value.
    ///
    /// # Errors
    ///
    /// At the first space or control character, or where it is no UTF-8.
    pub fn new(value: &'a [u8]) -> Result<Self, ParseError> {
        const EXPECTED: &str = "a character of a value";
        let text = printable(value).map_err(|error| ParseError::new(value, error.offset(), EXPECTED))?;
        text.find(' ').map_or(Ok(Self(value)), |at| Err(ParseError::new(value, at, EXPECTED)))
    }

    /// As it is written.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Display for EsmtpValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for EsmtpValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}
