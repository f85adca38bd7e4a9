//! What stands behind the `@`.

use crate::scan::ATOM;
use crate::text;
use alloc::borrow::Cow;
use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};

/// The domain of an address.
///
/// Grammar: `domain = dot-atom / domain-literal / obs-domain` (RFC 5322 §3.4.1); the literals that are IP addresses
/// are those of RFC 5321 §4.1.3. `Display` writes the canonical form, literals with their brackets.
///
/// ```
/// use mailwire_address::{Domain, addresses};
///
/// let domain = |value| addresses(value).mailboxes().next().unwrap().address().unwrap().domain().unwrap();
/// assert_eq!(domain(b"a@[192.0.2.1]"), Domain::Ipv4([192, 0, 2, 1].into()));
/// assert_eq!(domain(b"a@[IPv6:2001:DB8::1]").to_string(), "[IPv6:2001:db8::1]");
/// assert_eq!(domain(b"a@ example . com").to_string(), "example.com");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Domain<'a> {
    /// A name.
    Name(DomainName<'a>),
    /// `[192.0.2.1]`.
    Ipv4(Ipv4Addr),
    /// `[IPv6:2001:db8::1]`.
    Ipv6(Ipv6Addr),
    /// Anything else in brackets.
    Literal(DomainLiteral<'a>),
}

impl<'a> Domain<'a> {
    pub(crate) fn new(raw: &'a [u8]) -> Self {
        let trimmed = text::trim_cfws(raw);
        match trimmed {
            [b'[', inner @ .., b']'] => literal(inner),
            _ => Self::Name(DomainName(trimmed)),
        }
    }
}

impl fmt::Display for Domain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => fmt::Display::fmt(name, f),
            Self::Ipv4(ip) => write!(f, "[{ip}]"),
            Self::Ipv6(ip) => write!(f, "[IPv6:{ip}]"),
            Self::Literal(literal) => fmt::Display::fmt(literal, f),
        }
    }
}

/// The name of a domain, as it was written. Names are equal without regard to the case of ASCII letters.
#[derive(Clone, Copy)]
pub struct DomainName<'a>(&'a [u8]);

impl<'a> DomainName<'a> {
    /// As it stands in the value, comments and white space between the labels included.
    pub fn raw(&self) -> &'a [u8] {
        self.0
    }

    /// Without comments, white space and a dot at the end; letters keep their case.
    pub fn to_text(&self) -> Cow<'a, str> {
        let text = if ATOM.contains_all(self.0) {
            alloc::string::String::from_utf8_lossy(self.0)
        } else {
            text::local(self.0).0
        };
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches('.')),
            Cow::Owned(mut text) => {
                text.truncate(text.trim_end_matches('.').len());
                Cow::Owned(text)
            }
        }
    }
}

impl PartialEq for DomainName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.to_text().eq_ignore_ascii_case(&other.to_text())
    }
}

impl Eq for DomainName<'_> {}

impl fmt::Display for DomainName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl fmt::Debug for DomainName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DomainName({:?})", mailwire_core::Escaped(self.0))
    }
}

/// A domain literal that is no IP address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DomainLiteral<'a>(&'a [u8]);

impl<'a> DomainLiteral<'a> {
    /// What stands between the brackets, as it stands in the value.
    pub fn raw(&self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Display for DomainLiteral<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        text::write_literal(self.0, f)?;
        f.write_str("]")
    }
}

impl fmt::Debug for DomainLiteral<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DomainLiteral({:?})", mailwire_core::Escaped(self.0))
    }
}

fn literal(inner: &[u8]) -> Domain<'_> {
    let text = core::str::from_utf8(mailwire_core::class::trim(inner)).unwrap_or_default();
    if let Ok(ip) = text.parse() {
        return Domain::Ipv4(ip);
    }
    match text.split_at_checked(5) {
        Some((tag, ip)) if tag.eq_ignore_ascii_case("IPv6:") => {
            ip.parse().map_or(Domain::Literal(DomainLiteral(inner)), Domain::Ipv6)
        }
        _ => Domain::Literal(DomainLiteral(inner)),
    }
}
