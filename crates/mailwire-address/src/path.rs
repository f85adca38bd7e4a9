//! The paths of an envelope: where mail goes, and where failures are told.

use crate::read::domain_alone;
use crate::scan::Scan;
use crate::{AddrSpec, Address, Dialect, Domain, DomainName, clean};
use core::fmt;
use mailwire_core::ParseError;

/// A mailbox in angle brackets, with the route that may stand before it.
///
/// Grammar: `Path = "<" [ A-d-l ":" ] Mailbox ">"` ([RFC 5321 §4.1.2]). The route is kept to be looked at and never written
/// again, as §4.1.1.3 and appendix C ask: `Display` is `<local-part@domain>`.
///
/// ```
/// use mailwire_address::{Dialect, ForwardPath};
///
/// let (path, len) = ForwardPath::parse_prefix(b"<@relay.example:ann@example.com> NOTIFY=NEVER", Dialect::SMTP)?;
/// let ForwardPath::Path(path) = path else { panic!() };
/// assert_eq!(path.route().next().unwrap().to_text(), "relay.example");
/// assert_eq!((path.to_string().as_str(), len), ("<ann@example.com>", 32));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 5321 §4.1.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    route: &'a [u8],
    address: AddrSpec<'a>,
}

impl<'a> Path<'a> {
    /// The mailbox.
    pub fn address(&self) -> AddrSpec<'a> {
        self.address
    }

    /// The hosts of the route, in order.
    pub fn route(&self) -> impl Iterator<Item = DomainName<'a>> + use<'a> {
        self.route.split(|&byte| byte == b',').filter_map(|host| {
            match Domain::new(host.strip_prefix(b"@")?) {
                Domain::Name(name) => Some(name),
                _ => None,
            }
        })
    }

    /// The path at the start of `input` if it is as plain as most are, so that every dialect takes it: no route, dot-atoms on both
    /// sides, a domain of two labels or more. Its length with the brackets comes with it. `None` says nothing: it may be a path all
    /// the same.
    ///
    /// ```
    /// use mailwire_address::Path;
    ///
    /// let (path, len) = Path::plain_prefix(b"<ann@example.com> SIZE=1").ok_or("odd")?;
    /// assert_eq!((path.address().raw(), len), (&b"ann@example.com"[..], 17));
    /// assert!(Path::plain_prefix(b"<\"ann\"@example.com>").is_none());
    /// # Ok::<(), &str>(())
    /// ```
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a path is too large to go back in registers")]
    pub fn plain_prefix(input: &'a [u8]) -> Option<(Self, usize)> {
        let inside = input.strip_prefix(b"<")?;
        let address = clean::prefix(inside)?;
        let len = address.raw().len();
        (inside.get(len) == Some(&b'>')).then_some((Self { route: b"", address }, len + 2))
    }

    /// Reads what stands behind the opening bracket, closing bracket included.
    #[inline]
    fn read(input: &'a [u8], dialect: Dialect) -> Result<(Self, usize), ParseError> {
        match clean::prefix(input) {
            Some(address) if input.get(address.raw().len()) == Some(&b'>') => {
                Ok((Self { route: b"", address }, address.raw().len() + 2))
            }
            _ => Self::read_odd(input, dialect),
        }
    }

    #[cold]
    fn read_odd(input: &'a [u8], dialect: Dialect) -> Result<(Self, usize), ParseError> {
        let start = route(input, dialect)?;
        let (route, rest) = input.split_at_checked(start).unwrap_or((b"", input));
        let (address, len) =
            AddrSpec::parse_prefix(rest, dialect).map_err(|error| error.shifted(start + 1))?;
        let end = start + len;
        if input.get(end) != Some(&b'>') {
            return Err(ParseError::new(input, end, "`>`").shifted(1));
        }
        let route = route.strip_suffix(b":").unwrap_or(route);
        Ok((Self { route, address }, end + 2))
    }
}

/// The length of `A-d-l ":"` at the start of `input`: `A-d-l = At-domain *( "," At-domain )`, `At-domain = "@" Domain`.
fn route(input: &[u8], dialect: Dialect) -> Result<usize, ParseError> {
    if input.first() != Some(&b'@') {
        return Ok(0);
    }
    let mut scan = Scan::without_gaps(input);
    loop {
        if scan.peek() != Some(b'@') {
            return Err(ParseError::new(input, scan.pos, "`@`").shifted(1));
        }
        scan.pos += 1;
        let start = scan.pos;
        let named = scan.peek() != Some(b'[') && matches!(domain_alone(&mut scan), Ok(true));
        if !named {
            return Err(ParseError::new(input, start, "a domain").shifted(1));
        }
        crate::closer::host(scan.slice(start, scan.pos), dialect)
            .map_err(|(offset, expected)| ParseError::new(input, start + offset, expected).shifted(1))?;
        match scan.peek() {
            Some(b',') => scan.pos += 1,
            Some(b':') => return Ok(scan.pos + 1),
            _ => return Err(ParseError::new(input, scan.pos, "`:`").shifted(1)),
        }
    }
}

impl<'a> TryFrom<AddrSpec<'a>> for Path<'a> {
    type Error = ParseError;

    /// An address that was read in any dialect, if it can stand in a path: it has a domain, and no control anywhere nor a blank or
    /// an angle bracket behind its `@`.
    fn try_from(address: AddrSpec<'a>) -> Result<Self, ParseError> {
        let raw = address.raw();
        let domain = address.domain().map_or(0, |_| raw.iter().rposition(|&byte| byte == b'@').unwrap_or(0));
        let odd = |(at, byte): (usize, &u8)| {
            byte.is_ascii_control() || (at > domain && matches!(byte, b' ' | b'<' | b'>'))
        };
        match raw.iter().enumerate().position(odd) {
            Some(at) => Err(ParseError::new(raw, at, "a character of a path")),
            None if domain == 0 => Err(ParseError::new(raw, raw.len(), "`@`")),
            None => Ok(Self { route: b"", address }),
        }
    }
}

impl<'a> From<&'a Address> for Path<'a> {
    fn from(address: &'a Address) -> Self {
        Self { route: b"", address: address.as_spec() }
    }
}

impl PartialEq for Path<'_> {
    /// A route changes nothing about where mail goes.
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address
    }
}

impl Eq for Path<'_> {}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.address)
    }
}

/// A reverse-path: where failures are told, or `<>` for nowhere.
///
/// Grammar: `Reverse-path = Path / "<>"` ([RFC 5321 §4.1.2]).
///
/// ```
/// use mailwire_address::{Dialect, ReversePath};
///
/// assert_eq!(ReversePath::parse(b"<>", Dialect::SMTP)?, ReversePath::Null);
/// let error = ReversePath::parse(b"<a@b.example", Dialect::SMTP).unwrap_err();
/// assert_eq!(error.to_string(), "expected `>` at byte 12, found end of line");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 5321 §4.1.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReversePath<'a> {
    /// `<>`: a notice of failure, which must cause no other (§4.5.5).
    Null,
    /// A mailbox.
    Path(Path<'a>),
}

impl<'a> ReversePath<'a> {
    /// Reads a path that is all of `input`.
    ///
    /// # Errors
    ///
    /// At the first byte that the dialect has no place for.
    pub fn parse(input: &'a [u8], dialect: Dialect) -> Result<Self, ParseError> {
        whole(input, Self::parse_prefix(input, dialect)?)
    }

    /// Reads a path at the start of `input`, and says how many bytes it has; parameters may follow.
    ///
    /// # Errors
    ///
    /// At the first byte that the dialect has no place for.
    #[inline]
    pub fn parse_prefix(input: &'a [u8], dialect: Dialect) -> Result<(Self, usize), ParseError> {
        match input {
            [b'<', b'>', ..] => Ok((Self::Null, 2)),
            [b'<', rest @ ..] => Path::read(rest, dialect).map(|(path, len)| (Self::Path(path), len)),
            _ => Err(ParseError::new(input, 0, "`<`")),
        }
    }

    /// Whether it is `<>`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The mailbox, if there is one.
    pub fn address(&self) -> Option<AddrSpec<'a>> {
        match self {
            Self::Null => None,
            Self::Path(path) => Some(path.address),
        }
    }
}

impl<'a> TryFrom<AddrSpec<'a>> for ReversePath<'a> {
    type Error = ParseError;

    fn try_from(address: AddrSpec<'a>) -> Result<Self, ParseError> {
        Path::try_from(address).map(Self::Path)
    }
}

impl<'a> From<&'a Address> for ReversePath<'a> {
    fn from(address: &'a Address) -> Self {
        Self::Path(address.into())
    }
}

impl fmt::Display for ReversePath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("<>"),
            Self::Path(path) => fmt::Display::fmt(path, f),
        }
    }
}

/// A forward-path: where mail goes.
///
/// Grammar: `Forward-path = Path`, and `"<Postmaster>"` in RCPT, of any case ([RFC 5321 §4.1.1.3]). `<>` is none.
///
/// ```
/// use mailwire_address::{Dialect, ForwardPath};
///
/// assert_eq!(ForwardPath::parse(b"<postmaster>", Dialect::SMTP)?, ForwardPath::Postmaster);
/// assert!(ForwardPath::parse(b"<>", Dialect::SMTP).is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 5321 §4.1.1.3]: https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.3
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ForwardPath<'a> {
    /// `<Postmaster>`: whoever answers for the server at hand (§4.5.1).
    Postmaster,
    /// A mailbox.
    Path(Path<'a>),
}

impl<'a> ForwardPath<'a> {
    /// Reads a path that is all of `input`.
    ///
    /// # Errors
    ///
    /// At the first byte that the dialect has no place for.
    pub fn parse(input: &'a [u8], dialect: Dialect) -> Result<Self, ParseError> {
        whole(input, Self::parse_prefix(input, dialect)?)
    }

    /// Reads a path at the start of `input`, and says how many bytes it has; parameters may follow.
    ///
    /// # Errors
    ///
    /// At the first byte that the dialect has no place for.
    #[inline]
    pub fn parse_prefix(input: &'a [u8], dialect: Dialect) -> Result<(Self, usize), ParseError> {
        let Some(rest) = input.strip_prefix(b"<") else { return Err(ParseError::new(input, 0, "`<`")) };
        if let Some((name, [b'>', ..])) = rest.split_at_checked(POSTMASTER.len())
            && name.eq_ignore_ascii_case(POSTMASTER)
        {
            return Ok((Self::Postmaster, POSTMASTER.len() + 2));
        }
        Path::read(rest, dialect).map(|(path, len)| (Self::Path(path), len))
    }

    /// The mailbox; `None` for the postmaster of the server at hand.
    pub fn address(&self) -> Option<AddrSpec<'a>> {
        match self {
            Self::Postmaster => None,
            Self::Path(path) => Some(path.address),
        }
    }
}

impl<'a> TryFrom<AddrSpec<'a>> for ForwardPath<'a> {
    type Error = ParseError;

    fn try_from(address: AddrSpec<'a>) -> Result<Self, ParseError> {
        Path::try_from(address).map(Self::Path)
    }
}

impl<'a> From<&'a Address> for ForwardPath<'a> {
    fn from(address: &'a Address) -> Self {
        Self::Path(address.into())
    }
}

const POSTMASTER: &[u8] = b"Postmaster";

impl fmt::Display for ForwardPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Postmaster => f.write_str("<Postmaster>"),
            Self::Path(path) => fmt::Display::fmt(path, f),
        }
    }
}

fn whole<T>(input: &[u8], (path, len): (T, usize)) -> Result<T, ParseError> {
    if len < input.len() { Err(ParseError::new(input, len, "end of path")) } else { Ok(path) }
}
