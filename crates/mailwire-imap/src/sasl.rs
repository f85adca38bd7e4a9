//! What a client says in a SASL exchange.

use crate::ImapDefect;
use crate::cursor::{Cursor, Failed};
use mailwire_core::{Class, ParseError, Secret};

/// Base64 as it is on the wire, the octets of a response still encoded. `Debug` shows none of it.
///
/// Grammar: `base64` of RFC 9051 §9. Where a client is read, padding that is missing is forgiven
/// ([`MissingPadding`](ImapDefect::MissingPadding)).
///
/// ```
/// use mailwire_imap::sasl::Base64;
///
/// assert_eq!(Base64::new(b"aHVudGVyMg==")?.secret().expose(), b"aHVudGVyMg==");
/// assert!(Base64::new(b"AAA").is_err() && Base64::new(b"AA=A").is_err() && Base64::new(b"A\r\nb").is_err());
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Base64<'a>(Secret<'a>);

impl<'a> Base64<'a> {
    /// No octets. An initial response of none is written `=`.
    pub const EMPTY: Self = Self(Secret(b""));

    /// Takes text that is base64, padding included.
    ///
    /// # Errors
    ///
    /// At the first octet that no base64 can have there.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        match Self::padding(text)? {
            Padding::There => Ok(Self(Secret(text))),
            Padding::Missing => Err(ParseError::in_secret(text.len(), "the padding of base64")),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.0.expose().is_empty()
    }

    /// The text, still encoded.
    pub fn secret(self) -> Secret<'a> {
        self.0
    }

    fn padding(text: &[u8]) -> Result<Padding, ParseError> {
        let digits = Class::BASE64.prefix_len(text);
        match (digits % 4, text.get(digits..).unwrap_or_default()) {
            (0, b"") | (2, b"==") | (3, b"=") => Ok(Padding::There),
            (2 | 3, b"") => Ok(Padding::Missing),
            _ => Err(ParseError::in_secret(digits, "base64")),
        }
    }

    /// From there to the end of the text.
    pub(crate) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let (start, text) = (cursor.at, cursor.rest());
        let blanks = text.iter().rev().take_while(|&&byte| byte == b' ' || byte == b'\t').count();
        let text = text.get(..text.len() - blanks).unwrap_or_default();
        let padding = Self::padding(text).map_err(|error| cursor.failed(error.shifted(start)))?;
        cursor.at += text.len();
        if padding == Padding::Missing {
            let at = cursor.at;
            cursor.report(ImapDefect::MissingPadding, at);
        }
        cursor.no_blanks();
        Ok(Self(Secret(text)))
    }
}

#[derive(PartialEq)]
enum Padding {
    There,
    Missing,
}

/// A line of a SASL exchange.
///
/// ```
/// use mailwire_imap::sasl::{Base64, SaslLine};
///
/// let line = SaslLine::Response(Base64::new(b"aHVudGVyMg==")?);
/// assert_eq!(format!("{line:?}"), "Response(Base64(Secret(12 octets)))");
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the exchange has nothing else")]
pub enum SaslLine<'a> {
    /// The answer to a challenge; may be empty.
    Response(Base64<'a>),
    /// `*`: the client gives the exchange up.
    Cancel,
}

impl<'a> SaslLine<'a> {
    pub(crate) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        if cursor.rest() == b"*" {
            cursor.at += 1;
            return Ok(Self::Cancel);
        }
        Base64::take(cursor).map(Self::Response)
    }

    pub(crate) fn as_bytes(self) -> &'a [u8] {
        match self {
            Self::Response(base64) => base64.secret().expose(),
            Self::Cancel => b"*",
        }
    }
}
