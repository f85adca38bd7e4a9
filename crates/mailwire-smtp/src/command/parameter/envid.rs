//! A name for the envelope.

use crate::command::xtext::Xtext;
use alloc::vec::Vec;
use mailwire_core::ParseError;

/// A name for the envelope, told in the notices of its delivery. At most 100 characters as it is written.
///
/// Grammar: `xtext` ([RFC 3461 §4.4](https://www.rfc-editor.org/rfc/rfc3461#section-4.4)).
///
/// ```
/// use mailwire_smtp::Envid;
///
/// assert_eq!(Envid::new(b"QQ 314159")?.text().to_text(), "QQ 314159");
/// assert!(Envid::new(&[b'+'; 34]).is_err()); // three characters each
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Envid<'a>(Xtext<'a>);

impl<'a> Envid<'a> {
    /// Takes text that is not encoded.
    ///
    /// # Errors
    ///
    /// At the first control character, or if it is too long.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        let xtext = Xtext::new(text)?;
        let mut wire = Vec::new();
        xtext.encode(&mut wire);
        Self::of_length(xtext, wire.len())
    }

    #[inline]
    pub(super) fn parse(wire: &'a [u8]) -> Result<Self, ParseError> {
        Self::of_length(Xtext::parse(wire)?, wire.len())
    }

    #[inline]
    fn of_length(xtext: Xtext<'a>, len: usize) -> Result<Self, ParseError> {
        if len > 100 {
            return Err(ParseError::too_long(100, "an identifier of at most 100 characters"));
        }
        Ok(Self(xtext))
    }

    /// The name itself.
    pub fn text(self) -> Xtext<'a> {
        self.0
    }
}
