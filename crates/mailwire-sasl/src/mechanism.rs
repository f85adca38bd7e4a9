//! Names of mechanisms.

use crate::kind::Kind;
use core::fmt;
use core::hash::{Hash, Hasher};
use mailwire_core::ParseError;

/// The name of a mechanism, equal without regard to case.
///
/// Grammar: `1*20mech-char`, upper-case letters, digits, hyphens and underscores ([RFC 4422 §3.1]); lower-case letters are
/// read too. The registry is open: any name can be had, and one that isn't known here can be relayed.
///
/// ```
/// use mailwire_sasl::Mechanism;
///
/// assert_eq!(Mechanism::new(b"plain")?, Mechanism::PLAIN);
/// assert_eq!(Mechanism::new(b"NTLM")?.as_str(), "NTLM");
/// assert!(Mechanism::new(b"PLAIN LOGIN").is_err());
/// // What stands where a mechanism should may be a secret in the wrong place.
/// assert_eq!(format!("{:?}", Mechanism::new(b"hunter2")?), "Mechanism(7 octets)");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 4422 §3.1]: https://www.rfc-editor.org/rfc/rfc4422#section-3.1
#[derive(Clone, Copy)]
pub struct Mechanism<'a>(&'a str);

impl Mechanism<'static> {
    /// RFC 4616: name and password as they are.
    pub const PLAIN: Self = Self("PLAIN");
    /// An expired draft that every server knows: name and password as they are, one after the other.
    pub const LOGIN: Self = Self("LOGIN");
    /// RFC 4422 appendix A: who the client is is known from elsewhere, as from its certificate.
    pub const EXTERNAL: Self = Self("EXTERNAL");
    /// RFC 4505: nobody in particular.
    pub const ANONYMOUS: Self = Self("ANONYMOUS");
    /// Google's and Microsoft's: a bearer token.
    pub const XOAUTH2: Self = Self("XOAUTH2");
    /// RFC 7628: a bearer token.
    pub const OAUTHBEARER: Self = Self("OAUTHBEARER");
    /// RFC 5802.
    pub const SCRAM_SHA_1: Self = Self("SCRAM-SHA-1");
    /// RFC 5802, with channel binding.
    pub const SCRAM_SHA_1_PLUS: Self = Self("SCRAM-SHA-1-PLUS");
    /// RFC 7677.
    pub const SCRAM_SHA_256: Self = Self("SCRAM-SHA-256");
    /// RFC 7677, with channel binding.
    pub const SCRAM_SHA_256_PLUS: Self = Self("SCRAM-SHA-256-PLUS");
    /// RFC 2195: only the password's digest with a challenge is sent, but the server has to keep the password.
    pub const CRAM_MD5: Self = Self("CRAM-MD5");
    /// RFC 2831, historic.
    pub const DIGEST_MD5: Self = Self("DIGEST-MD5");
    /// RFC 4752: Kerberos.
    pub const GSSAPI: Self = Self("GSSAPI");
    /// Microsoft's.
    pub const NTLM: Self = Self("NTLM");

    const NAMED: [Self; 14] = [
        Self::PLAIN,
        Self::LOGIN,
        Self::EXTERNAL,
        Self::ANONYMOUS,
        Self::XOAUTH2,
        Self::OAUTHBEARER,
        Self::SCRAM_SHA_1,
        Self::SCRAM_SHA_1_PLUS,
        Self::SCRAM_SHA_256,
        Self::SCRAM_SHA_256_PLUS,
        Self::CRAM_MD5,
        Self::DIGEST_MD5,
        Self::GSSAPI,
        Self::NTLM,
    ];
}

impl<'a> Mechanism<'a> {
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
        Ok(Self(core::str::from_utf8(name).unwrap_or_default()))
    }

    /// As it was written.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// Whether this crate, with the features it was built with, has the exchange. Any other can be relayed.
    pub fn is_supported(self) -> bool {
        Kind::of(self).is_some()
    }

    /// Whether it is one of the constants. Any other may be a secret that was put in the wrong place, and is not for a log.
    pub fn is_named(self) -> bool {
        Mechanism::NAMED.contains(&self)
    }

    /// Whether who listens, or who pretends to be the server, gets what is enough to come back: a password or a token.
    ///
    /// Such a mechanism must not be offered, nor chosen, on a channel in the clear. `false` for one that isn't known here.
    pub fn reveals_secret(self) -> bool {
        const REVEALING: [Mechanism<'static>; 4] =
            [Mechanism::PLAIN, Mechanism::LOGIN, Mechanism::XOAUTH2, Mechanism::OAUTHBEARER];
        REVEALING.contains(&self)
    }
}

impl PartialEq<Mechanism<'_>> for Mechanism<'_> {
    fn eq(&self, other: &Mechanism<'_>) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Mechanism<'_> {}

impl Hash for Mechanism<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.0.bytes() {
            state.write_u8(byte.to_ascii_uppercase());
        }
        state.write_u8(0);
    }
}

impl fmt::Display for Mechanism<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Mechanism<'_> {
    /// A name that is not one of the constants is only counted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_named() {
            write!(f, "Mechanism({})", self.0)
        } else {
            write!(f, "Mechanism({} octets)", self.0.len())
        }
    }
}
