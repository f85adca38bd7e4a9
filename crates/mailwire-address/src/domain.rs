//! What stands behind the `@`.

use crate::dialect::{Allow, Dialect};
use crate::literal::{self, Literal};
use crate::read::domain_alone;
use crate::scan::{ATOM, Scan};
use crate::{closer, text};
use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::net::{Ipv4Addr, Ipv6Addr};
use mailwire_core::{Class, ParseError};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// Reads a domain that is part of no address: the name of a host, or its IP address in brackets.
    ///
    /// Grammar: `Domain / address-literal` (RFC 5321 §4.1.2).
    ///
    /// # Errors
    ///
    /// At the first byte that the dialect has no place for.
    ///
    /// ```
    /// use mailwire_address::{Dialect, Domain};
    ///
    /// assert_eq!(Domain::parse(b"[192.0.2.1]", Dialect::SMTP)?, Domain::Ipv4([192, 0, 2, 1].into()));
    /// assert!(Domain::parse(b"my_host", Dialect::SMTP).is_err());
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn parse(input: &'a [u8], dialect: Dialect) -> Result<Self, ParseError> {
        if let [b'[', inner @ .., b']'] = input {
            let domain = literal(inner);
            let general = dialect.allows(Allow::GENERAL_LITERAL) && Class::DTEXT.contains_all(inner);
            return match domain {
                Self::Literal(_) if !general => Err(ParseError::new(input, 1, "the address of a host")),
                _ => Ok(domain),
            };
        }
        let mut scan = Scan::without_gaps(input);
        let named = matches!(domain_alone(&mut scan), Ok(true));
        if !named || scan.pos < input.len() {
            return Err(ParseError::new(input, scan.pos, "a domain"));
        }
        closer::host(input, dialect)
            .map_err(|(offset, expected)| ParseError::new(input, offset, expected))?;
        Ok(Self::new(input))
    }

    pub(crate) fn new(raw: &'a [u8]) -> Self {
        let trimmed = text::trim_cfws(raw);
        match trimmed {
            [b'[', inner @ .., b']'] => literal(inner),
            _ => Self::Name(DomainName { raw: trimmed, verbatim: false }),
        }
    }

    /// One that says what it is, whatever characters it has.
    pub(crate) fn verbatim(raw: &'a [u8]) -> Self {
        match raw {
            [b'[', inner @ .., b']'] if Class::DTEXT.contains_all(inner) => literal(inner),
            _ => Self::Name(DomainName { raw, verbatim: true }),
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
pub struct DomainName<'a> {
    raw: &'a [u8],
    verbatim: bool,
}

impl<'a> DomainName<'a> {
    /// As it stands in the value, comments and white space between the labels included.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Without comments, white space and a dot at the end; letters keep their case.
    pub fn to_text(&self) -> Cow<'a, str> {
        let text = if self.verbatim || ATOM.contains_all(self.raw) {
            String::from_utf8_lossy(self.raw)
        } else {
            text::local(self.raw).0
        };
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.strip_suffix('.').unwrap_or(text)),
            Cow::Owned(mut text) => {
                if text.ends_with('.') {
                    text.pop();
                }
                Cow::Owned(text)
            }
        }
    }

    fn folded(text: &str) -> impl Iterator<Item = u8> {
        text.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

impl PartialEq for DomainName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.to_text().eq_ignore_ascii_case(&other.to_text())
    }
}

impl Eq for DomainName<'_> {}

impl Hash for DomainName<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Self::folded(&self.to_text()).for_each(|byte| state.write_u8(byte));
        state.write_u8(0xff);
    }
}

impl PartialOrd for DomainName<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DomainName<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        Self::folded(&self.to_text()).cmp(Self::folded(&other.to_text()))
    }
}

impl fmt::Display for DomainName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl fmt::Debug for DomainName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DomainName({:?})", mailwire_core::Escaped(self.raw))
    }
}

/// A domain literal that is no IP address. Two are equal if they say the same.
#[derive(Clone, Copy)]
pub struct DomainLiteral<'a>(&'a [u8]);

impl<'a> DomainLiteral<'a> {
    /// What stands between the brackets, as it stands in the value.
    pub fn raw(&self) -> &'a [u8] {
        self.0
    }

    /// What stands between the brackets, without folds, white space, and backslashes that change nothing.
    pub fn to_text(&self) -> Cow<'a, str> {
        text::literal(self.0)
    }
}

impl PartialEq for DomainLiteral<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.to_text() == other.to_text()
    }
}

impl Eq for DomainLiteral<'_> {}

impl Hash for DomainLiteral<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_text().hash(state);
    }
}

impl PartialOrd for DomainLiteral<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DomainLiteral<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.to_text().cmp(&other.to_text())
    }
}

impl fmt::Display for DomainLiteral<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.to_text())
    }
}

impl fmt::Debug for DomainLiteral<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DomainLiteral({:?})", mailwire_core::Escaped(self.0))
    }
}

fn literal(inner: &[u8]) -> Domain<'_> {
    match literal::classify(inner) {
        Literal::Ipv4(ip) => Domain::Ipv4(ip),
        Literal::Ipv6 { ip, .. } => Domain::Ipv6(ip),
        _ => Domain::Literal(DomainLiteral(inner)),
    }
}
