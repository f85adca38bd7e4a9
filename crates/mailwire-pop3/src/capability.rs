//! What a server can do.

use crate::Pop3Defect;
use crate::line::{Cursor, WORD, decimal};
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Class, Escaped, LineText, ParseError, Sink};

/// A capability: a line of the answer to `CAPA`.
///
/// Grammar: `capa-tag *(SP param)` of [RFC 2449 §3](https://www.rfc-editor.org/rfc/rfc2449#section-3), tags without case. One
/// that is not known is kept as it came; what a known one has too much is [reported](Pop3Defect::ExtraArgument).
///
/// ```
/// use mailwire_pop3::capability::Capability;
///
/// assert_eq!(Capability::parse(b"expire NEVER user")?, Capability::Expire { days: None, user: true });
/// let Capability::Sasl(mechanisms) = Capability::parse(b"SASL CRAM-MD5 PLAIN")? else { panic!() };
/// assert!(mechanisms.contains(b"plain"));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Capability<'a> {
    /// `TOP` (RFC 2449 §6.1).
    Top,
    /// `USER`, and `PASS` with it (RFC 2449 §6.2).
    User,
    /// `SASL`: the mechanisms of `AUTH` (RFC 2449 §6.3, RFC 5034 §3).
    Sasl(Mechanisms<'a>),
    /// `RESP-CODES`: what stands in brackets before the words is a response code (RFC 2449 §6.4).
    RespCodes,
    /// `LOGIN-DELAY`: time between two logins (RFC 2449 §6.5).
    LoginDelay {
        /// At least so many seconds.
        seconds: u64,
        /// Whether it may be less for this user, and `CAPA` after the login tells.
        user: bool,
    },
    /// `PIPELINING`: commands may be sent before the answers have come (RFC 2449 §6.6).
    Pipelining,
    /// `EXPIRE`: how long messages are kept (RFC 2449 §6.7).
    Expire {
        /// At least so many days; `None`: for ever. 0: a message that was retrieved may be gone.
        days: Option<u64>,
        /// Whether it may be more for this user, and `CAPA` after the login tells.
        user: bool,
    },
    /// `UIDL` (RFC 2449 §6.8).
    Uidl,
    /// `IMPLEMENTATION`: for logs, and for nothing else (RFC 2449 §6.9).
    Implementation(LineText<'a>),
    /// `STLS` (RFC 2595 §4).
    Stls,
    /// `UTF8` (RFC 6856 §2).
    Utf8 {
        /// Whether names and passwords may be UTF-8 too.
        user: bool,
    },
    /// `LANG` (RFC 6856 §3).
    Lang,
    /// `AUTH-RESP-CODE`: every failure that the credentials are the reason of says `[AUTH]` (RFC 3206 §6).
    AuthRespCode,
    /// One that is not known here.
    Unknown(UnknownCapability<'a>),
}

impl<'a> Capability<'a> {
    /// Reads a line, without its CRLF.
    ///
    /// # Errors
    ///
    /// At the first octet that the capability can't have there.
    pub fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(text, &mut ())
    }

    /// The same, with what is forgiven and where.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_with(text: &'a [u8], sink: &mut impl Sink<Pop3Defect>) -> Result<Self, ParseError> {
        let mut cursor = Cursor::new(text);
        let tag = text.get(..WORD.prefix_len(text)).unwrap_or_default();
        if tag.is_empty() {
            return Err(cursor.error("a capability"));
        }
        cursor.at = tag.len();
        let capability = match Tag::of(tag) {
            Some(Tag::Plain(capability)) => capability,
            Some(Tag::Sasl) => return Mechanisms::read(cursor, sink).map(Self::Sasl),
            Some(Tag::LoginDelay) => Self::LoginDelay {
                seconds: cursor.number("a number of seconds", sink)?,
                user: user(&mut cursor, sink),
            },
            Some(Tag::Expire) => {
                let mut ahead = cursor;
                let days = if ahead.word(&mut ()).eq_ignore_ascii_case(b"NEVER") {
                    cursor.word(sink);
                    None
                } else {
                    Some(cursor.number("a number of days or `NEVER`", sink)?)
                };
                Self::Expire { days, user: user(&mut cursor, sink) }
            }
            Some(Tag::Utf8) => Self::Utf8 { user: user(&mut cursor, sink) },
            Some(Tag::Implementation) => return Ok(Self::Implementation(behind(cursor)?)),
            None => {
                return Ok(Self::Unknown(UnknownCapability { tag, parameters: behind(cursor)? }));
            }
        };
        cursor.tolerant_end(sink);
        Ok(capability)
    }

    /// Writes a line of a listing, its CRLF included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match *self {
            Self::Top => out.extend_from_slice(b"TOP"),
            Self::User => out.extend_from_slice(b"USER"),
            Self::Sasl(mechanisms) => words(out, b"SASL", mechanisms.0),
            Self::RespCodes => out.extend_from_slice(b"RESP-CODES"),
            Self::LoginDelay { seconds, user } => {
                out.extend_from_slice(b"LOGIN-DELAY ");
                decimal(seconds, out);
                user_token(out, user);
            }
            Self::Pipelining => out.extend_from_slice(b"PIPELINING"),
            Self::Expire { days, user } => {
                out.extend_from_slice(b"EXPIRE ");
                match days {
                    Some(days) => decimal(days, out),
                    None => out.extend_from_slice(b"NEVER"),
                }
                user_token(out, user);
            }
            Self::Uidl => out.extend_from_slice(b"UIDL"),
            Self::Implementation(text) => words(out, b"IMPLEMENTATION", text.as_bytes()),
            Self::Stls => out.extend_from_slice(b"STLS"),
            Self::Utf8 { user } => {
                out.extend_from_slice(b"UTF8");
                user_token(out, user);
            }
            Self::Lang => out.extend_from_slice(b"LANG"),
            Self::AuthRespCode => out.extend_from_slice(b"AUTH-RESP-CODE"),
            Self::Unknown(unknown) => {
                if unknown.tag.starts_with(b".") {
                    out.push(b'.');
                }
                words(out, unknown.tag, unknown.parameters.as_bytes());
            }
        }
        out.extend_from_slice(b"\r\n");
    }
}

/// What is read behind a tag.
enum Tag<'a> {
    /// Nothing.
    Plain(Capability<'a>),
    Sasl,
    LoginDelay,
    Expire,
    Utf8,
    Implementation,
}

impl Tag<'_> {
    fn of(tag: &[u8]) -> Option<Self> {
        let is = |known: &[u8]| tag.eq_ignore_ascii_case(known);
        let plain = |known, capability| is(known).then_some(Self::Plain(capability));
        match tag.len() {
            3 => plain(b"TOP", Capability::Top),
            4 if is(b"SASL") => Some(Self::Sasl),
            4 if is(b"UTF8") => Some(Self::Utf8),
            4 => plain(b"USER", Capability::User)
                .or_else(|| plain(b"UIDL", Capability::Uidl))
                .or_else(|| plain(b"STLS", Capability::Stls))
                .or_else(|| plain(b"LANG", Capability::Lang)),
            6 if is(b"EXPIRE") => Some(Self::Expire),
            10 => plain(b"RESP-CODES", Capability::RespCodes)
                .or_else(|| plain(b"PIPELINING", Capability::Pipelining)),
            11 if is(b"LOGIN-DELAY") => Some(Self::LoginDelay),
            14 if is(b"IMPLEMENTATION") => Some(Self::Implementation),
            14 => plain(b"AUTH-RESP-CODE", Capability::AuthRespCode),
            _ => None,
        }
    }
}

/// The mechanisms that a server offers, in its order, as they came: what is none of them is for who chooses to skip.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mechanisms<'a>(&'a [u8]);

impl<'a> Mechanisms<'a> {
    /// Takes names with one space between them; none is a list too.
    ///
    /// # Errors
    ///
    /// At the first octet that is neither printable ASCII nor a space between two names.
    pub fn new(names: &'a [u8]) -> Result<Self, ParseError> {
        let mut at = 0;
        for name in names.split(|&byte| byte == b' ').filter(|_| !names.is_empty()) {
            let len = Class::VCHAR.prefix_len(name);
            if len == 0 || len < name.len() {
                return Err(ParseError::new(names, at + len, "the name of a mechanism"));
            }
            at += name.len() + 1;
        }
        Ok(Self(names))
    }

    fn read(cursor: Cursor<'a>, sink: &mut impl Sink<Pop3Defect>) -> Result<Self, ParseError> {
        let mut words = cursor;
        while !words.word(sink).is_empty() {}
        let end = words.at;
        words.end(sink)?;
        let names = cursor.text.get(cursor.at..end).unwrap_or_default();
        let start = cursor.at + Class::WSP.prefix_len(names);
        let names = cursor.text.get(start..end).unwrap_or_default();
        let allowed = Class::VCHAR.or(Class::WSP).prefix_len(names);
        if allowed < names.len() {
            return Err(ParseError::new(cursor.text, start + allowed, "the name of a mechanism"));
        }
        Ok(Self(names))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &'a [u8]> + Clone + use<'a> {
        self.0.split(|&byte| Class::WSP.contains(byte)).filter(|name| !name.is_empty())
    }

    /// Whether a mechanism is among them, without regard to case.
    pub fn contains(&self, mechanism: &[u8]) -> bool {
        self.iter().any(|other| other.eq_ignore_ascii_case(mechanism))
    }
}

impl fmt::Debug for Mechanisms<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}

/// A capability that this crate does not know, kept as it came. Tags compare without case.
///
/// ```
/// use mailwire_core::LineText;
/// use mailwire_pop3::capability::{Capability, UnknownCapability};
///
/// let Capability::Unknown(unknown) = Capability::parse(b"X-GOOGLE-RICO")? else { panic!() };
/// assert_eq!(unknown.tag(), b"X-GOOGLE-RICO");
/// assert!(UnknownCapability::new(b"top", LineText::EMPTY).is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Hash)]
pub struct UnknownCapability<'a> {
    tag: &'a [u8],
    parameters: LineText<'a>,
}

impl<'a> UnknownCapability<'a> {
    /// A capability of one's own.
    ///
    /// # Errors
    ///
    /// If the tag is empty, has anything but printable ASCII in it, or a dot, or is one that has a variant of its own.
    pub fn new(tag: &'a [u8], parameters: LineText<'a>) -> Result<Self, ParseError> {
        let len = tag.iter().take_while(|&&byte| byte != b'.' && Class::VCHAR.contains(byte)).count();
        if len == 0 || len < tag.len() || Tag::of(tag).is_some() {
            return Err(ParseError::new(tag, len, "the tag of an unknown capability"));
        }
        Ok(Self { tag, parameters })
    }

    /// The first word.
    pub fn tag(self) -> &'a [u8] {
        self.tag
    }

    /// Everything behind the space behind it.
    pub fn parameters(self) -> LineText<'a> {
        self.parameters
    }
}

impl PartialEq for UnknownCapability<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.tag.eq_ignore_ascii_case(other.tag) && self.parameters == other.parameters
    }
}

impl Eq for UnknownCapability<'_> {}

impl fmt::Debug for UnknownCapability<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", Escaped(self.tag), self.parameters)
    }
}

/// Everything behind the blank behind the tag.
fn behind(cursor: Cursor<'_>) -> Result<LineText<'_>, ParseError> {
    let text = match cursor.rest() {
        [] => return Ok(LineText::EMPTY),
        [b' ' | b'\t', text @ ..] => text,
        _ => return Err(cursor.error("a blank or the end of the line")),
    };
    LineText::new(text).map_err(|error| error.shifted(cursor.at + 1))
}

/// Whether the token `USER` is the next word.
fn user(cursor: &mut Cursor<'_>, sink: &mut impl Sink<Pop3Defect>) -> bool {
    let mut ahead = *cursor;
    let user = ahead.word(&mut ()).eq_ignore_ascii_case(b"USER");
    if user {
        cursor.word(sink);
    }
    user
}

fn user_token(out: &mut Vec<u8>, user: bool) {
    out.extend_from_slice(if user { b" USER" } else { b"" });
}

fn words(out: &mut Vec<u8>, tag: &[u8], words: &[u8]) {
    out.extend_from_slice(tag);
    if !words.is_empty() {
        out.push(b' ');
        out.extend_from_slice(words);
    }
}
