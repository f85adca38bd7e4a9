//! What SMTP and POP3 write of an exchange in the same way: base64, and lines of it.

use alloc::vec::Vec;
use mailwire_core::{Class, ParseError, Secret};

/// Octets of an exchange as they stand on the wire: base64, its padding included, and never shown by `Debug`.
///
/// Only the form is checked: digits, their number, where the padding stands. Decoding is for who has the exchange.
///
/// ```
/// use mailwire_sasl::Base64;
///
/// let base64 = Base64::new(b"aHVudGVyMg==")?;
/// assert_eq!(base64.expose(), b"aHVudGVyMg==");
/// assert_eq!(format!("{base64:?}"), "Base64(Secret(12 octets))");
/// assert!(Base64::new(b"=AAA").is_err() && Base64::new(b"AAA=BBB=").is_err() && Base64::new(b"AAA").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Base64<'a>(Secret<'a>);

impl<'a> Base64<'a> {
    /// No octets. As an initial response it is written `=`.
    pub const EMPTY: Base64<'static> = Base64(Secret(b""));

    /// Takes base64. The empty text is none of its octets.
    ///
    /// # Errors
    ///
    /// At the first octet that is no digit, and at the end where digits or padding are missing.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        let digits = text.strip_suffix(b"==").or_else(|| text.strip_suffix(b"=")).unwrap_or(text);
        let len = Class::BASE64.prefix_len(digits);
        if len < digits.len() {
            return Err(ParseError::in_secret(len, "a digit of base64"));
        }
        if !text.len().is_multiple_of(4) {
            return Err(ParseError::in_secret(text.len(), "four digits of base64 or their padding"));
        }
        Ok(Self(Secret(text)))
    }

    /// Takes base64 whose padding is missing altogether, as some clients write it. It stays missing.
    ///
    /// # Errors
    ///
    /// At the first octet that is no digit, and at the end where a digit is missing.
    ///
    /// ```
    /// use mailwire_sasl::Base64;
    ///
    /// assert_eq!(Base64::unpadded(b"aHVudGVyMg")?.expose(), b"aHVudGVyMg");
    /// assert!(Base64::unpadded(b"aHVudGVyM").is_err() && Base64::unpadded(b"aHVudGVyMg=").is_err());
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn unpadded(text: &'a [u8]) -> Result<Self, ParseError> {
        let len = Class::BASE64.prefix_len(text);
        if len < text.len() {
            return Err(ParseError::in_secret(len, "a digit of base64"));
        }
        if len % 4 == 1 {
            return Err(ParseError::in_secret(len, "another digit of base64"));
        }
        Ok(Self(Secret(text)))
    }

    /// The text, still encoded.
    pub fn expose(self) -> &'a [u8] {
        self.0.expose()
    }

    /// Whether it is of no octets.
    pub fn is_empty(self) -> bool {
        self.expose().is_empty()
    }
}

/// What a client says inside of an exchange: a line of its own.
///
/// Grammar: `[base64] CRLF / "*" CRLF` ([RFC 4954 §4](https://www.rfc-editor.org/rfc/rfc4954#section-4), [RFC 5034
/// §5](https://www.rfc-editor.org/rfc/rfc5034#section-5)).
///
/// ```
/// use mailwire_sasl::{Base64, SaslLine};
///
/// assert_eq!(SaslLine::parse(b"*\r\n")?, SaslLine::Cancel);
/// assert_eq!(SaslLine::parse(b"\r\n")?, SaslLine::Response(Base64::EMPTY));
/// assert_eq!(format!("{:?}", SaslLine::parse(b"aHVudGVyMg==\r\n")?), "Response(Base64(Secret(12 octets)))");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the exchange has nothing else")]
pub enum SaslLine<'a> {
    /// The answer to a challenge, possibly of no octets.
    Response(Base64<'a>),
    /// `*`: the client gives up.
    Cancel,
}

impl<'a> SaslLine<'a> {
    /// Reads a line, with or without its CRLF.
    ///
    /// # Errors
    ///
    /// Where it is neither base64 nor a star alone.
    pub fn parse(line: &'a [u8]) -> Result<Self, ParseError> {
        match line.strip_suffix(b"\r\n").unwrap_or(line) {
            b"*" => Ok(Self::Cancel),
            text => Base64::new(text).map(Self::Response),
        }
    }

    /// Writes the line, its CRLF included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self {
            Self::Response(response) => response.expose(),
            Self::Cancel => b"*",
        });
        out.extend_from_slice(b"\r\n");
    }
}
