//! How a mail was handed over: the protocol of a `with` clause.

use super::text;
use alloc::borrow::Cow;
use core::fmt;
use mailwire_core::Escaped;

/// A mail transmission type (RFC 5321 §4.4, RFC 3848, RFC 6531 §4.3), or whatever else stands behind `with`.
///
/// An open registry: the constants are its registered words, anything else is kept as it is written. Two are equal
/// if they are but for the case of ASCII letters.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::Protocol;
///
/// let protocol = Protocol::new(b"esmtpsa");
/// assert_eq!(protocol, Protocol::ESMTPSA);
/// assert!(protocol.is_tls() && protocol.is_authenticated());
/// assert_eq!(Protocol::new(b"carrier pigeon").to_text(), "carrier pigeon");
/// ```
#[derive(Clone, Copy)]
pub struct Protocol<'a>(&'a [u8]);

macro_rules! protocols {
    ($($(#[$doc:meta])* $constant:ident;)*) => {
        impl Protocol<'static> {
            $($(#[$doc])* pub const $constant: Self = Self::new(stringify!($constant).as_bytes());)*
        }
    };
}

protocols! {
    /// RFC 5321
    SMTP;
    /// RFC 5321
    ESMTP;
    /// RFC 3848, after AUTH
    ESMTPA;
    /// RFC 3848, over TLS
    ESMTPS;
    /// RFC 3848, over TLS and after AUTH
    ESMTPSA;
    /// RFC 2033
    LMTP;
    /// RFC 3848, after AUTH
    LMTPA;
    /// RFC 3848, over TLS
    LMTPS;
    /// RFC 3848, over TLS and after AUTH
    LMTPSA;
    /// RFC 6531
    UTF8SMTP;
    /// RFC 6531, after AUTH
    UTF8SMTPA;
    /// RFC 6531, over TLS
    UTF8SMTPS;
    /// RFC 6531, over TLS and after AUTH
    UTF8SMTPSA;
    /// RFC 6531
    UTF8LMTP;
    /// RFC 6531, after AUTH
    UTF8LMTPA;
    /// RFC 6531, over TLS
    UTF8LMTPS;
    /// RFC 6531, over TLS and after AUTH
    UTF8LMTPSA;
}

impl<'a> Protocol<'a> {
    /// Any words.
    pub const fn new(written: &'a [u8]) -> Self {
        Self(written)
    }

    /// As it is written.
    pub fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// As text, without folds; what is no UTF-8 becomes U+FFFD.
    pub fn to_text(&self) -> Cow<'a, str> {
        text(self.0)
    }

    /// Whether the word says that the mail came over TLS: the registered ones with an `S`, and in their manner also
    /// `SMTPS`, `HTTPS`, `IMAPS` and `POP3S`. Where this is false, a comment may still name a cipher:
    /// [`Received::tls`](super::Received::tls).
    pub fn is_tls(&self) -> bool {
        self.suffix().is_some_and(|suffix| matches!(suffix, [b's' | b'S', ..]))
    }

    /// Whether the word says that the client had authenticated: the registered ones that end with an `A`.
    pub fn is_authenticated(&self) -> bool {
        self.suffix().is_some_and(|suffix| matches!(suffix, [.., b'a' | b'A']))
    }

    /// What is appended to the name of a protocol: `S`, `A`, both or nothing. `None` for another protocol.
    fn suffix(&self) -> Option<&'a [u8]> {
        const NAMES: [&str; 8] = ["ESMTP", "SMTP", "LMTP", "UTF8SMTP", "UTF8LMTP", "HTTP", "IMAP", "POP3"];
        let mut suffixes = NAMES.iter().filter_map(|name| {
            let (start, suffix) = self.0.split_at_checked(name.len())?;
            start.eq_ignore_ascii_case(name.as_bytes()).then_some(suffix)
        });
        let known = |suffix: &&[u8]| {
            [&b""[..], b"s", b"a", b"sa"].iter().any(|known| known.eq_ignore_ascii_case(suffix))
        };
        suffixes.find(known)
    }
}

impl PartialEq<Protocol<'_>> for Protocol<'_> {
    fn eq(&self, other: &Protocol<'_>) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Protocol<'_> {}

impl fmt::Debug for Protocol<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Protocol({:?})", Escaped(self.0))
    }
}
