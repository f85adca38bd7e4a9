//! Where failure notices go (RFC 5321 §4.4, RFC 5322 §3.6.7).

use super::ValueDefect;
use super::scan::range_in;
use core::fmt;
use mailwire_address::{AddrSpec, AddressDefect, Item, Mailbox};
use mailwire_core::class::trim;
use mailwire_core::{Escaped, ParseError, Sink};
use memchr::memchr;

/// The value of a Return-Path field: the sender of the envelope, as the last server found it.
///
/// ```text
/// return = "Return-Path:" path CRLF
/// path   = angle-addr / ([CFWS] "<" [CFWS] ">" [CFWS])
/// ```
///
/// (RFC 5322 §3.6.7.) A null path, `<>`, says that nobody wants to hear of failures: the mail is such a notice itself. A
/// source route is read and left out, as RFC 5321 §4.1.2 asks; [`route`](Self::route) has it. Brackets may be missing.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::ReturnPath;
///
/// let path = ReturnPath::parse(b" <ann@example.net>\r\n")?;
/// assert_eq!(path.address().unwrap().to_string(), "ann@example.net");
/// assert!(ReturnPath::parse(b"<>")?.is_null());
/// assert!(ReturnPath::parse(b"<nobody at all>").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ReturnPath<'a> {
    value: &'a [u8],
    address: Option<AddrSpec<'a>>,
    route: Option<&'a [u8]>,
}

impl<'a> ReturnPath<'a> {
    /// Reads a path.
    ///
    /// # Errors
    ///
    /// [`ParseError`] when it is neither an address nor `<>`.
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong.
    ///
    /// # Errors
    ///
    /// That of [`parse`](Self::parse), reported to `sink` as well.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Result<Self, ParseError> {
        let mut route = false;
        let mut items = mailwire_address::addresses(value);
        let mut see = |kind: AddressDefect, _| route |= kind == AddressDefect::SourceRoute;
        let (path, is_path) = match items.next_with(&mut see) {
            Some(Item::Mailbox(mailbox)) => (Some(mailbox), mailbox.address().is_some() || is_null(&mailbox)),
            _ => (None, false),
        };
        let Some(mailbox) = path.filter(|_| is_path) else {
            sink.report(ValueDefect::BadReturnPath, range_in(value, trim(value)));
            return Err(ParseError::new(value, range_in(value, trim(value)).start, "a path"));
        };
        let address = mailbox.address();
        let brackets = mailbox.raw().contains(&b'<');
        if !brackets || mailbox.name().is_some() {
            sink.report(ValueDefect::ReturnPathDecorated, mailbox.range());
        }
        let route = address.filter(|_| route).and_then(|address| route_before(&mailbox, address));
        if let Some(route) = route {
            sink.report(ValueDefect::ReturnPathRoute, range_in(value, route));
        }
        let behind = value.get(mailbox.range().end..).unwrap_or_default();
        if items.next().is_some() {
            sink.report(ValueDefect::ReturnPathJunk, range_in(value, trim(behind)));
        }
        Ok(Self { value, address, route })
    }

    /// The address; `None` for the null path.
    pub fn address(&self) -> Option<AddrSpec<'a>> {
        self.address
    }

    /// Whether it is `<>`.
    pub fn is_null(&self) -> bool {
        self.address.is_none()
    }

    /// The source route before the address, as it is written, comments and all: `@relay.example,@mx.example:`.
    pub fn route(&self) -> Option<&'a [u8]> {
        self.route
    }

    /// The value it was read from.
    pub fn raw(&self) -> &'a [u8] {
        self.value
    }
}

impl fmt::Debug for ReturnPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReturnPath({:?})", Escaped(trim(self.value)))
    }
}

/// Whether a mailbox is `<>` and nothing else.
fn is_null(mailbox: &Mailbox<'_>) -> bool {
    mailbox.name().is_none() && mailbox.invalid_address().is_none() && mailbox.raw().contains(&b'<')
}

/// What stands between the bracket and the address.
fn route_before<'a>(mailbox: &Mailbox<'a>, address: AddrSpec<'a>) -> Option<&'a [u8]> {
    let before = mailbox.raw().get(..range_in(mailbox.raw(), address.raw()).start)?;
    // A comment behind the bracket may hold another one.
    let behind_name = mailbox.name().map_or(0, |name| range_in(mailbox.raw(), name.raw()).end);
    let before = before.get(behind_name..)?;
    before.get(memchr(b'<', before)? + 1..).map(trim)
}
