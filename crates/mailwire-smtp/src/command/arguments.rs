//! What stands behind a verb that nobody knows.

use core::fmt;
use mailwire_core::{LineText, ParseError};

/// The arguments of an unknown verb. It may be a mistyped one, and they a password: `Debug` counts them.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Arguments<'a>(LineText<'a>);

impl<'a> Arguments<'a> {
    /// Takes text.
    ///
    /// # Errors
    ///
    /// At the first CR, LF or NUL.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        LineText::new(text).map(Self)
    }

    /// The octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Arguments<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Arguments({} octets)", self.as_bytes().len())
    }
}
