//! What stands behind the path of MAIL and RCPT.

mod by;
mod envid;
mod hold_for;
mod list;
mod mt_priority;
mod notify;
mod orcpt;
mod rrvs;
mod value;

pub use by::{By, ByMode};
pub use envid::Envid;
pub use hold_for::HoldFor;
pub use list::{InvalidParameter, Parameters};
pub use mt_priority::MtPriority;
pub use notify::Notify;
pub use orcpt::Orcpt;
pub use rrvs::{Rrvs, RrvsAction};
pub use value::EsmtpValue;

use super::word::Word;
use super::xtext::Xtext;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};
use mailwire_core::{DateTime, ParseError};

/// One parameter, `keyword[=value]`.
///
/// Grammar: `esmtp-param = esmtp-keyword ["=" esmtp-value]` ([RFC 5321 §4.1.2]), and for each keyword that of its own RFC.
///
/// [RFC 5321 §4.1.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Parameter<'a> {
    /// `SIZE=`: how many octets the message has, about (RFC 1870).
    Size(u64),
    /// `BODY=`: what octets the message may have (RFC 6152, RFC 3030).
    Body(Body),
    /// `SMTPUTF8`: addresses or header fields are not ASCII (RFC 6531).
    SmtpUtf8,
    /// `RET=`: how much of the message a notice of failure returns (RFC 3461 §4.3).
    Ret(Ret),
    /// `ENVID=`: a name for the envelope, for its notices (RFC 3461 §4.4).
    Envid(Envid<'a>),
    /// `NOTIFY=`: what the sender wants to be told (RFC 3461 §4.1).
    Notify(Notify),
    /// `ORCPT=`: whom the message was for at first (RFC 3461 §4.2, RFC 6533 §3).
    Orcpt(Orcpt<'a>),
    /// `AUTH=`: who submitted the message, or `<>` if nobody knows (RFC 4954 §5).
    Auth(Option<Xtext<'a>>),
    /// `BY=`: until when it has to be delivered (RFC 2852).
    By(By),
    /// `HOLDFOR=`: how many seconds to wait before it is delivered (RFC 4865).
    HoldFor(HoldFor),
    /// `HOLDUNTIL=`: when to deliver it (RFC 4865).
    HoldUntil(DateTime),
    /// `MT-PRIORITY=`: how urgent it is (RFC 6710).
    MtPriority(MtPriority),
    /// `REQUIRETLS`: only over TLS, all the way (RFC 8689).
    RequireTls,
    /// `RRVS=`: the recipient must have been the same person since then (RFC 7293).
    Rrvs(Rrvs),
    /// Anything else: a keyword without a variant of its own.
    Other {
        /// Its keyword.
        keyword: Word<'a>,
        /// What is behind the `=`, if there is one.
        value: Option<EsmtpValue<'a>>,
    },
}

/// `AUTH=` of nobody that is known.
const NOBODY: &[u8] = b"<>";

/// What octets a message may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Body {
    /// ASCII in lines (RFC 6152).
    SevenBit,
    /// Any octets in lines (RFC 6152).
    EightBitMime,
    /// Any octets, with or without lines; only with BDAT (RFC 3030 §3).
    BinaryMime,
}

/// How much of a message a notice of failure returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ret {
    /// All of it.
    Full,
    /// Its header.
    Headers,
}

impl<'a> Parameter<'a> {
    /// Reads one parameter, without blanks around it.
    ///
    /// # Errors
    ///
    /// Where the keyword is none, or where a known keyword has a value that it can't have. Unknown keywords take any value.
    pub fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let (keyword, value) = split(text);
        let at = keyword.len() + 1;
        let known = Self::known(keyword, value, text);
        known.map_err(|error| if value.is_some() { error.shifted(at) } else { error })?.map_or_else(
            || {
                let value = value.map(EsmtpValue::new).transpose().map_err(|error| error.shifted(at))?;
                Ok(Self::Other { keyword: Word::new(keyword)?, value })
            },
            Ok,
        )
    }

    /// A parameter whose keyword is known here; `Ok(None)` if it is not.
    fn known(keyword: &[u8], value: Option<&'a [u8]>, text: &[u8]) -> Result<Option<Self>, ParseError> {
        let Some(name) = Name::of(keyword) else { return Ok(None) };
        if matches!(name, Name::SmtpUtf8 | Name::RequireTls) {
            return match value {
                None if name == Name::SmtpUtf8 => Ok(Some(Self::SmtpUtf8)),
                None => Ok(Some(Self::RequireTls)),
                Some(value) => Err(ParseError::new(value, 0, "no value")),
            };
        }
        let value = value.ok_or_else(|| ParseError::new(text, text.len(), "`=` and a value"))?;
        Ok(Some(match name {
            Name::Size => Self::Size(size(value)?),
            Name::Body => Self::Body(Body::parse(value)?),
            Name::Ret => Self::Ret(Ret::parse(value)?),
            Name::Envid => Self::Envid(Envid::parse(value)?),
            Name::Notify => Self::Notify(Notify::parse(value)?),
            Name::Orcpt => Self::Orcpt(Orcpt::parse(value)?),
            Name::Auth if value == NOBODY => Self::Auth(None),
            Name::Auth => Self::Auth(Some(Xtext::parse(value)?)),
            Name::By => Self::By(By::parse(value)?),
            Name::HoldFor => Self::HoldFor(hold_for(value)?),
            Name::HoldUntil => Self::HoldUntil(date(value)?),
            Name::MtPriority => Self::MtPriority(MtPriority::parse(value)?),
            Name::Rrvs => Self::Rrvs(Rrvs::parse(value)?),
            Name::SmtpUtf8 => Self::SmtpUtf8,
            Name::RequireTls => Self::RequireTls,
        }))
    }

    /// Its keyword.
    pub fn keyword(&self) -> Word<'a> {
        Word::literal(match self {
            Self::Size(_) => "SIZE",
            Self::Body(_) => "BODY",
            Self::SmtpUtf8 => "SMTPUTF8",
            Self::Ret(_) => "RET",
            Self::Envid(_) => "ENVID",
            Self::Notify(_) => "NOTIFY",
            Self::Orcpt(_) => "ORCPT",
            Self::Auth(_) => "AUTH",
            Self::By(_) => "BY",
            Self::HoldFor(_) => "HOLDFOR",
            Self::HoldUntil(_) => "HOLDUNTIL",
            Self::MtPriority(_) => "MT-PRIORITY",
            Self::RequireTls => "REQUIRETLS",
            Self::Rrvs(_) => "RRVS",
            Self::Other { keyword, .. } => return *keyword,
        })
    }

    /// Writes it, without blanks around it.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.keyword().as_bytes());
        if !matches!(self, Self::SmtpUtf8 | Self::RequireTls | Self::Other { value: None, .. }) {
            out.push(b'=');
        }
        match self {
            Self::SmtpUtf8 | Self::RequireTls | Self::Other { value: None, .. } => {}
            Self::Size(size) => display(out, size),
            Self::Body(body) => out.extend_from_slice(body.as_str().as_bytes()),
            Self::Ret(ret) => out.extend_from_slice(ret.as_str().as_bytes()),
            Self::Envid(envid) => envid.text().encode(out),
            Self::Auth(Some(xtext)) => xtext.encode_unlike(&[NOBODY], out),
            Self::Auth(None) => out.extend_from_slice(NOBODY),
            Self::Notify(notify) => notify.encode(out),
            Self::Orcpt(orcpt) => orcpt.encode(out),
            Self::By(by) => display(out, by),
            Self::HoldFor(hold_for) => display(out, &hold_for.seconds()),
            Self::HoldUntil(date) => display(out, date),
            Self::MtPriority(priority) => display(out, &priority.level()),
            Self::Rrvs(rrvs) => display(out, rrvs),
            Self::Other { value: Some(value), .. } => out.extend_from_slice(value.as_bytes()),
        }
    }
}

impl Body {
    fn parse(value: &[u8]) -> Result<Self, ParseError> {
        match fold(value) {
            SEVEN_BIT => Ok(Self::SevenBit),
            EIGHT_BIT_MIME => Ok(Self::EightBitMime),
            BINARY_MIME => Ok(Self::BinaryMime),
            _ => Err(ParseError::new(value, 0, "`7BIT`, `8BITMIME` or `BINARYMIME`")),
        }
    }

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SevenBit => "7BIT",
            Self::EightBitMime => "8BITMIME",
            Self::BinaryMime => "BINARYMIME",
        }
    }
}

impl Ret {
    fn parse(value: &[u8]) -> Result<Self, ParseError> {
        match fold(value) {
            FULL => Ok(Self::Full),
            HEADERS => Ok(Self::Headers),
            _ => Err(ParseError::new(value, 0, "`FULL` or `HDRS`")),
        }
    }

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "FULL",
            Self::Headers => "HDRS",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Size,
    Body,
    SmtpUtf8,
    Ret,
    Envid,
    Notify,
    Orcpt,
    Auth,
    By,
    HoldFor,
    HoldUntil,
    MtPriority,
    RequireTls,
    Rrvs,
}

impl Name {
    #[inline]
    fn of(keyword: &[u8]) -> Option<Self> {
        Some(match fold(keyword) {
            SIZE => Self::Size,
            BODY => Self::Body,
            SMTPUTF8 => Self::SmtpUtf8,
            RET => Self::Ret,
            ENVID => Self::Envid,
            NOTIFY => Self::Notify,
            ORCPT => Self::Orcpt,
            AUTH => Self::Auth,
            BY => Self::By,
            HOLDFOR => Self::HoldFor,
            HOLDUNTIL => Self::HoldUntil,
            MT_PRIORITY => Self::MtPriority,
            REQUIRETLS => Self::RequireTls,
            RRVS => Self::Rrvs,
            _ => return None,
        })
    }
}

const SIZE: u128 = fold(b"size");
const BODY: u128 = fold(b"body");
const SMTPUTF8: u128 = fold(b"smtputf8");
const RET: u128 = fold(b"ret");
const ENVID: u128 = fold(b"envid");
const NOTIFY: u128 = fold(b"notify");
const ORCPT: u128 = fold(b"orcpt");
const AUTH: u128 = fold(b"auth");
const BY: u128 = fold(b"by");
const HOLDFOR: u128 = fold(b"holdfor");
const HOLDUNTIL: u128 = fold(b"holduntil");
const MT_PRIORITY: u128 = fold(b"mt-priority");
const REQUIRETLS: u128 = fold(b"requiretls");
const RRVS: u128 = fold(b"rrvs");

const SEVEN_BIT: u128 = fold(b"7bit");
const EIGHT_BIT_MIME: u128 = fold(b"8bitmime");
const BINARY_MIME: u128 = fold(b"binarymime");
const FULL: u128 = fold(b"full");
const HEADERS: u128 = fold(b"hdrs");

/// A word of at most 16 octets as a number, letters of either case as the small ones; 0 for a longer one.
#[inline]
const fn fold(mut word: &[u8]) -> u128 {
    if word.len() > 16 {
        return 0;
    }
    let mut sum = 0;
    while let [first, rest @ ..] = word {
        sum = sum << 8 | (*first | 0x20) as u128;
        word = rest;
    }
    sum
}

/// The keyword, and what is behind the first `=`.
fn split(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|&byte| byte == b'=') {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    }
}

/// `1*20DIGIT`, as far as 64 bits reach.
fn size(value: &[u8]) -> Result<u64, ParseError> {
    number(value, 20, "a size of at most 20 digits")
}

fn hold_for(value: &[u8]) -> Result<HoldFor, ParseError> {
    const EXPECTED: &str = "seconds of at most 9 digits";
    let seconds = u32::try_from(number(value, 9, EXPECTED)?).ok();
    seconds.and_then(HoldFor::new).ok_or_else(|| ParseError::too_long(9, EXPECTED))
}

/// A decimal number of at most `most` digits. What is larger than 64 bits is too long, never wrapped.
pub(super) fn number(value: &[u8], most: usize, expected: &'static str) -> Result<u64, ParseError> {
    let mut sum = Some(0_u64);
    for (at, &byte) in value.iter().enumerate() {
        if !byte.is_ascii_digit() {
            return Err(ParseError::new(value, at, "a digit"));
        }
        sum = sum.and_then(|sum| sum.checked_mul(10)?.checked_add(u64::from(byte - b'0')));
    }
    if value.is_empty() {
        return Err(ParseError::new(value, 0, "a digit"));
    }
    sum.filter(|_| value.len() <= most).ok_or_else(|| ParseError::too_long(most, expected))
}

fn date(value: &[u8]) -> Result<DateTime, ParseError> {
    let text = core::str::from_utf8(value).map_err(|_| ParseError::new(value, 0, "a date"))?;
    text.parse()
}

/// Writes what has no control in it, since a `Vec` takes everything.
fn display(out: &mut Vec<u8>, value: &impl fmt::Display) {
    struct Bytes<'v>(&'v mut Vec<u8>);

    impl fmt::Write for Bytes<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.extend_from_slice(text.as_bytes());
            Ok(())
        }
    }

    let _ = write!(Bytes(out), "{value}");
}
