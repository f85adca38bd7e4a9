//! What a SASL exchange is made of on the wire: mechanisms, and base64 that stays encoded.
//!
//! Grammar: [RFC 5034 §5](https://www.rfc-editor.org/rfc/rfc5034#section-5). What is in the base64 is the business of the
//! mechanism.

use crate::leniency::EqualsSign;
use crate::line::content;
use crate::{Leniency, Pop3Defect};
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};
use mailwire_core::class::trim_end;
use mailwire_core::{Class, Escaped, ParseError, Secret, Sink};

/// The name of a SASL mechanism. Compared without case.
///
/// Grammar: `1*VCHAR`, wider than `sasl-mech` of [RFC 4422 §3.1](https://www.rfc-editor.org/rfc/rfc4422#section-3.1), so that
/// whatever a server lists can be kept and shown.
///
/// ```
/// use mailwire_pop3::sasl::Mechanism;
///
/// assert_eq!(Mechanism::new(b"plain")?, Mechanism::PLAIN);
/// assert!(Mechanism::new(b"two words").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Mechanism<'a>(&'a [u8]);

impl<'a> Mechanism<'a> {
    /// `ANONYMOUS` (RFC 4505).
    pub const ANONYMOUS: Self = Self(b"ANONYMOUS");
    /// `CRAM-MD5` (RFC 2195).
    pub const CRAM_MD5: Self = Self(b"CRAM-MD5");
    /// `DIGEST-MD5` (RFC 2831, historic).
    pub const DIGEST_MD5: Self = Self(b"DIGEST-MD5");
    /// `EXTERNAL` (RFC 4422, appendix A).
    pub const EXTERNAL: Self = Self(b"EXTERNAL");
    /// `GSSAPI` (RFC 4752).
    pub const GSSAPI: Self = Self(b"GSSAPI");
    /// `LOGIN`, never specified, widely used.
    pub const LOGIN: Self = Self(b"LOGIN");
    /// `NTLM`, of one vendor.
    pub const NTLM: Self = Self(b"NTLM");
    /// `OAUTHBEARER` (RFC 7628).
    pub const OAUTHBEARER: Self = Self(b"OAUTHBEARER");
    /// `PLAIN` (RFC 4616).
    pub const PLAIN: Self = Self(b"PLAIN");
    /// `SCRAM-SHA-1` (RFC 5802).
    pub const SCRAM_SHA_1: Self = Self(b"SCRAM-SHA-1");
    /// `SCRAM-SHA-1-PLUS` (RFC 5802).
    pub const SCRAM_SHA_1_PLUS: Self = Self(b"SCRAM-SHA-1-PLUS");
    /// `SCRAM-SHA-256` (RFC 7677).
    pub const SCRAM_SHA_256: Self = Self(b"SCRAM-SHA-256");
    /// `SCRAM-SHA-256-PLUS` (RFC 7677).
    pub const SCRAM_SHA_256_PLUS: Self = Self(b"SCRAM-SHA-256-PLUS");
    /// `XOAUTH2`, of one vendor, used by many.
    pub const XOAUTH2: Self = Self(b"XOAUTH2");

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
    /// At the first octet that is no printable ASCII, or if there is none.
    pub fn new(name: &'a [u8]) -> Result<Self, ParseError> {
        let len = Class::VCHAR.prefix_len(name);
        if len == 0 || len < name.len() {
            return Err(ParseError::new(name, len, "the name of a mechanism"));
        }
        Ok(Self(name))
    }

    /// The name as it was written.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Whether it is one of the constants. What else stands behind `AUTH` may be a secret in the wrong place.
    pub(crate) fn is_known(self) -> bool {
        Mechanism::KNOWN.contains(&self)
    }
}

impl PartialEq for Mechanism<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Mechanism<'_> {}

impl Hash for Mechanism<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|byte| byte.to_ascii_uppercase().hash(state));
    }
}

impl fmt::Display for Mechanism<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for Mechanism<'_> {
    /// A name that is not one of the constants is not shown: it may be a secret in the wrong place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_known() {
            fmt::Debug::fmt(&Escaped(self.0), f)
        } else {
            write!(f, "Mechanism({} octets)", self.0.len())
        }
    }
}

/// Base64 as it is on the wire, the octets of a challenge or of a response still encoded. `Debug` shows none of it.
///
/// Grammar: `[base64]` of [RFC 5034 §5](https://www.rfc-editor.org/rfc/rfc5034#section-5): no blanks, padding at the end
/// only. Where a peer is read, padding that is missing altogether is forgiven
/// ([`MissingPadding`](Pop3Defect::MissingPadding)).
///
/// ```
/// use mailwire_pop3::sasl::Base64;
///
/// assert_eq!(Base64::new(b"aHVudGVyMg==")?.secret().expose(), b"aHVudGVyMg==");
/// assert!(Base64::new(b"=AAA").is_err() && Base64::new(b"AAA=BBB=").is_err() && Base64::new(b"AAA").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
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
        let mut padded = true;
        let base64 = Self::parse_with(text, &mut |_, _| padded = false)?;
        if padded { Ok(base64) } else { Err(ParseError::new(text, text.len(), "the padding of base64")) }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.0.expose().is_empty()
    }

    /// The text, still encoded.
    pub fn secret(self) -> Secret<'a> {
        self.0
    }

    pub(crate) fn parse_with(text: &'a [u8], sink: &mut impl Sink<Pop3Defect>) -> Result<Self, ParseError> {
        let digits = Class::BASE64.prefix_len(text);
        let padding = text.get(digits..).unwrap_or_default();
        match (digits % 4, padding) {
            (0, b"") | (2, b"==") | (3, b"=") => {}
            (2 | 3, b"") => sink.report(Pop3Defect::MissingPadding, digits..digits),
            _ => return Err(ParseError::new(text, digits, "base64")),
        }
        Ok(Self(Secret(text)))
    }
}

/// What a client sends inside of a SASL exchange: a line of its own.
///
/// Grammar: [RFC 5034 §5](https://www.rfc-editor.org/rfc/rfc5034#section-5).
///
/// ```
/// use mailwire_pop3::sasl::{Base64, ClientLine};
///
/// assert_eq!(ClientLine::parse(b"*\r\n")?, ClientLine::Cancel);
/// assert_eq!(ClientLine::parse(b"\r\n")?, ClientLine::Response(Base64::EMPTY));
/// assert_eq!(format!("{:?}", ClientLine::parse(b"aHVudGVyMg==\r\n")?), "Response(Base64(Secret(12 octets)))");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the exchange has nothing else")]
pub enum ClientLine<'a> {
    /// The answer to a challenge; may be empty.
    Response(Base64<'a>),
    /// `*`: the client gives the exchange up.
    Cancel,
}

impl<'a> ClientLine<'a> {
    /// Reads a line, with or without its CRLF.
    ///
    /// # Errors
    ///
    /// At the first octet that no base64 can have there.
    pub fn parse(line: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(line, &Leniency::default(), &mut ())
    }

    /// The same, with what is forgiven and where.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_with(
        line: &'a [u8],
        leniency: &Leniency,
        sink: &mut impl Sink<Pop3Defect>,
    ) -> Result<Self, ParseError> {
        let whole = content(line, *leniency, sink);
        let blanks = whole.iter().rev().take_while(|&&byte| Class::WSP.contains(byte)).count();
        let text = whole.get(..whole.len() - blanks).unwrap_or_default();
        if blanks > 0 {
            sink.report(Pop3Defect::TrailingBlank, text.len()..whole.len());
        }
        match (text, leniency.equals_sign) {
            (b"*", _) => Ok(Self::Cancel),
            (b"=", EqualsSign::Empty) => {
                sink.report(Pop3Defect::EqualsSign, 0..1);
                Ok(Self::Response(Base64::EMPTY))
            }
            _ => Base64::parse_with(text, sink).map(Self::Response),
        }
    }

    /// Writes the line, its CRLF included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Response(base64) => out.extend_from_slice(base64.secret().expose()),
            Self::Cancel => out.push(b'*'),
        }
        out.extend_from_slice(b"\r\n");
    }
}

/// What a server sends inside of a SASL exchange: `+ `, and a challenge in base64.
///
/// Grammar: `continue-req` of [RFC 5034 §5](https://www.rfc-editor.org/rfc/rfc5034#section-5). The challenge is read when it
/// is asked for: some servers write words for people instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Challenge<'a>(Secret<'a>);

impl<'a> Challenge<'a> {
    /// One of these octets.
    pub fn new(base64: Base64<'a>) -> Self {
        Self(base64.secret())
    }

    pub(crate) fn read(text: &'a [u8]) -> Self {
        Self(Secret(text))
    }

    /// The challenge itself, still encoded.
    ///
    /// # Errors
    ///
    /// Where it is no base64, in octets of the [text](Self::secret).
    pub fn base64(self) -> Result<Base64<'a>, ParseError> {
        Base64::parse_with(trim_end(self.0.expose()), &mut ())
    }

    /// The text behind the plus sign and the space, whatever it is.
    pub fn secret(self) -> Secret<'a> {
        self.0
    }

    /// Writes the line, its CRLF included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"+ ");
        out.extend_from_slice(self.0.expose());
        out.extend_from_slice(b"\r\n");
    }
}
