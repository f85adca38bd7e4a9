//! The start of an authentication, and the client's answers in it.

use super::word::Word;
use crate::{SmtpDefect, leniency::Leniency};
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Class, ParseError, Secret, Sink};

/// `AUTH mechanism [initial-response]` ([RFC 4954 §4](https://www.rfc-editor.org/rfc/rfc4954#section-4)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar has these two")]
pub struct Auth<'a> {
    /// Which mechanism, as it was written.
    pub mechanism: Mechanism<'a>,
    /// What the client sends with it. None is not the same as an empty one, which is written `=`.
    pub initial: Option<Base64<'a>>,
}

/// The name of a SASL mechanism, equal without regard to case.
///
/// Grammar: `1*20mech-char`, upper-case letters, digits, hyphens and underscores ([RFC 4422 §3.1]). Any name is kept.
///
/// [RFC 4422 §3.1]: https://www.rfc-editor.org/rfc/rfc4422#section-3.1
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mechanism<'a>(Word<'a>);

impl<'a> Mechanism<'a> {
    /// RFC 4505.
    pub const ANONYMOUS: Mechanism<'static> = Mechanism(Word::literal("ANONYMOUS"));
    /// RFC 2195.
    pub const CRAM_MD5: Mechanism<'static> = Mechanism(Word::literal("CRAM-MD5"));
    /// RFC 2831, historic.
    pub const DIGEST_MD5: Mechanism<'static> = Mechanism(Word::literal("DIGEST-MD5"));
    /// RFC 4422 appendix A.
    pub const EXTERNAL: Mechanism<'static> = Mechanism(Word::literal("EXTERNAL"));
    /// RFC 4752.
    pub const GSSAPI: Mechanism<'static> = Mechanism(Word::literal("GSSAPI"));
    /// An expired draft that every server knows.
    pub const LOGIN: Mechanism<'static> = Mechanism(Word::literal("LOGIN"));
    /// Of one vendor.
    pub const NTLM: Mechanism<'static> = Mechanism(Word::literal("NTLM"));
    /// RFC 7628.
    pub const OAUTHBEARER: Mechanism<'static> = Mechanism(Word::literal("OAUTHBEARER"));
    /// RFC 4616.
    pub const PLAIN: Mechanism<'static> = Mechanism(Word::literal("PLAIN"));
    /// RFC 5802.
    pub const SCRAM_SHA_1: Mechanism<'static> = Mechanism(Word::literal("SCRAM-SHA-1"));
    /// RFC 5802.
    pub const SCRAM_SHA_1_PLUS: Mechanism<'static> = Mechanism(Word::literal("SCRAM-SHA-1-PLUS"));
    /// RFC 7677.
    pub const SCRAM_SHA_256: Mechanism<'static> = Mechanism(Word::literal("SCRAM-SHA-256"));
    /// RFC 7677.
    pub const SCRAM_SHA_256_PLUS: Mechanism<'static> = Mechanism(Word::literal("SCRAM-SHA-256-PLUS"));
    /// Google's.
    pub const XOAUTH2: Mechanism<'static> = Mechanism(Word::literal("XOAUTH2"));

    const KNOWN: &'static [Mechanism<'static>] = &[
        Mechanism::ANONYMOUS,
        Mechanism::CRAM_MD5,
        Mechanism::DIGEST_MD5,
        Mechanism::EXTERNAL,
        Mechanism::GSSAPI,
        Mechanism::LOGIN,
        Mechanism::NTLM,
        Mechanism::OAUTHBEARER,
        Mechanism::PLAIN,
        Mechanism::SCRAM_SHA_1,
        Mechanism::SCRAM_SHA_1_PLUS,
        Mechanism::SCRAM_SHA_256,
        Mechanism::SCRAM_SHA_256_PLUS,
        Mechanism::XOAUTH2,
    ];

    /// Takes a name.
    ///
    /// # Errors
    ///
    /// At the first octet that no name has, or behind the twentieth.
    pub fn new(name: &'a [u8]) -> Result<Self, ParseError> {
        let odd =
            name.iter().position(|&byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')));
        if let Some(at) = odd.or(name.is_empty().then_some(0)) {
            // It may be a secret in the wrong place.
            return Err(ParseError::in_secret(at, "the name of a mechanism"));
        }
        if name.len() > 20 {
            return Err(ParseError::too_long(20, "a mechanism of at most 20 characters"));
        }
        Ok(Self(Word::literal(core::str::from_utf8(name).unwrap_or_default())))
    }

    /// As it was written.
    pub fn as_str(self) -> &'a str {
        self.0.as_str()
    }

    /// Whether it is one of the constants. What else stands behind `AUTH` may be a secret in the wrong place.
    pub(super) fn is_known(self) -> bool {
        Mechanism::KNOWN.contains(&self)
    }
}

impl fmt::Debug for Mechanism<'_> {
    /// A name that is not one of the constants is not shown: it may be a secret in the wrong place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_known() {
            write!(f, "Mechanism({})", self.as_str())
        } else {
            write!(f, "Mechanism({} octets)", self.as_str().len())
        }
    }
}

/// Octets as the client writes them: base64, of which the padding is part, and never shown.
///
/// Only the form is checked here: its digits, its length and where the padding stands. Decoding is for the mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base64<'a>(Secret<'a>);

impl<'a> Base64<'a> {
    /// No octets.
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

    /// The text.
    pub fn expose(self) -> &'a [u8] {
        self.0.expose()
    }

    /// Whether it is of no octets.
    pub fn is_empty(self) -> bool {
        self.expose().is_empty()
    }
}

/// A line of the client inside an authentication: base64, or `*`.
///
/// Grammar: `[base64] CRLF / "*" CRLF` ([RFC 4954 §4](https://www.rfc-editor.org/rfc/rfc4954#section-4)).
///
/// ```
/// use mailwire_smtp::SaslLine;
///
/// assert!(matches!(SaslLine::parse(b"*\r\n")?, SaslLine::Cancel));
/// let SaslLine::Response(response) = SaslLine::parse(b"AGEAYg==\r\n")? else { panic!() };
/// assert_eq!(response.expose(), b"AGEAYg==");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these two")]
pub enum SaslLine<'a> {
    /// An answer to the challenge, possibly of no octets.
    Response(Base64<'a>),
    /// The client gives up.
    Cancel,
}

impl<'a> SaslLine<'a> {
    /// Reads a line, with or without its end.
    ///
    /// # Errors
    ///
    /// Where it is neither base64 nor a star alone.
    pub fn parse(line: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(line, &Leniency::default(), &mut ())
    }

    /// The same, with what is forgiven, and what was.
    ///
    /// # Errors
    ///
    /// Where it is neither base64 nor a star alone.
    pub fn parse_with(
        line: &'a [u8],
        _: &Leniency,
        sink: &mut impl Sink<SmtpDefect>,
    ) -> Result<Self, ParseError> {
        match super::without_end(line, sink) {
            b"*" => Ok(Self::Cancel),
            text => Base64::new(text).map(Self::Response),
        }
    }

    /// Writes the line.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self {
            Self::Response(response) => response.expose(),
            Self::Cancel => b"*",
        });
        out.extend_from_slice(b"\r\n");
    }
}

impl mailwire_core::frame::Value for SaslLine<'_> {
    type Defect = SmtpDefect;

    fn open(_: &[u8], _: Option<&Self>) -> usize {
        0
    }
}
