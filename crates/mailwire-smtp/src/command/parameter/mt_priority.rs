//! How urgent a message is.

use mailwire_core::ParseError;

/// How urgent a message is, from −9 to 9.
///
/// Grammar: `priority-value` ([RFC 6710 §7](https://www.rfc-editor.org/rfc/rfc6710#section-7)).
///
/// ```
/// use mailwire_smtp::MtPriority;
///
/// assert_eq!(MtPriority::new(-3).map(MtPriority::level), Some(-3));
/// assert_eq!(MtPriority::new(10), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MtPriority(i8);

impl MtPriority {
    /// That priority; `None` outside of −9 to 9.
    pub const fn new(level: i8) -> Option<Self> {
        if level >= -9 && level <= 9 { Some(Self(level)) } else { None }
    }

    /// From −9, the least urgent, to 9.
    pub const fn level(self) -> i8 {
        self.0
    }

    pub(super) fn parse(value: &[u8]) -> Result<Self, ParseError> {
        match value {
            [b'0'] => Ok(Self(0)),
            [digit @ b'1'..=b'9'] => Ok(Self((digit - b'0').cast_signed())),
            [b'-', digit @ b'1'..=b'9'] => Ok(Self(-(digit - b'0').cast_signed())),
            _ => Err(ParseError::new(value, 0, "a number from -9 to 9")),
        }
    }
}
