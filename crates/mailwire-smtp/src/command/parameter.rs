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

use super::encode::display;
use super::word::Word;
use super::xtext::Xtext;
use crate::scan::{key, word};
use alloc::vec::Vec;
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
    /// Anything else: a keyword without a variant of its own. Made by [`other`](Self::other).
    #[non_exhaustive]
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
        let (len, key) = word(text);
        Self::of_word(text, len, key, |parameter, at| parameter.map_err(|error| error.shifted(at)))
    }

    /// The same where the [`word`] at the front is known. `made` gets the parameter, or an error and where what it counts from begins.
    ///
    /// It is called where each kind of parameter is known, so that a parameter is made where it stays: merged on the way, it would be
    /// copied.
    #[inline]
    fn of_word<T>(
        text: &'a [u8],
        len: usize,
        key: u64,
        made: impl Fn(Result<Self, ParseError>, usize) -> T,
    ) -> T {
        match (Name::of(text, len, key), text.get(len..)) {
            (Some(name), Some([b'=', value @ ..])) => Self::valued(name, value, |found| made(found, len + 1)),
            (Some(Name::SmtpUtf8), Some([])) => made(Ok(Self::SmtpUtf8), 0),
            (Some(Name::RequireTls), Some([])) => made(Ok(Self::RequireTls), 0),
            (Some(_), Some([])) => made(Err(ParseError::new(text, text.len(), "`=` and a value")), 0),
            _ => made(Self::unknown(text), 0),
        }
    }

    /// A parameter that this crate does not know.
    ///
    /// # Errors
    ///
    /// Where the keyword has a variant of its own.
    ///
    /// ```
    /// use mailwire_smtp::{EsmtpValue, Parameter, Word};
    ///
    /// let mut text = Vec::new();
    /// Parameter::other(Word::new(b"XVERP")?, Some(EsmtpValue::new(b"-+")?))?.encode(&mut text);
    /// assert_eq!(text, b"XVERP=-+");
    /// assert!(Parameter::other(Word::new(b"size")?, None).is_err());
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn other(keyword: Word<'a>, value: Option<EsmtpValue<'a>>) -> Result<Self, ParseError> {
        let name = keyword.as_bytes();
        if Name::of(name, name.len(), key(name)).is_some() {
            return Err(ParseError::new(name, 0, "a keyword without a variant of its own"));
        }
        Ok(Self::Other { keyword, value })
    }

    #[cold]
    fn unknown(text: &'a [u8]) -> Result<Self, ParseError> {
        let (keyword, value) = split(text);
        let value = value.map(EsmtpValue::new).transpose();
        let value = value.map_err(|error| error.shifted(keyword.len() + 1))?;
        Ok(Self::Other { keyword: Word::new(keyword)?, value })
    }

    #[inline]
    fn valued<T>(name: Name, value: &'a [u8], made: impl Fn(Result<Self, ParseError>) -> T) -> T {
        match name {
            Name::Size => made(size(value).map(Self::Size)),
            Name::Body => made(Body::parse(value).map(Self::Body)),
            Name::Ret => made(Ret::parse(value).map(Self::Ret)),
            Name::Envid => made(Envid::parse(value).map(Self::Envid)),
            Name::Notify => made(Notify::parse(value).map(Self::Notify)),
            Name::Orcpt => made(Orcpt::parse(value).map(Self::Orcpt)),
            Name::Auth if value == NOBODY => made(Ok(Self::Auth(None))),
            Name::Auth => made(Xtext::parse(value).map(|mailbox| Self::Auth(Some(mailbox)))),
            name => made(Self::seldom(name, value)),
        }
    }

    fn seldom(name: Name, value: &'a [u8]) -> Result<Self, ParseError> {
        match name {
            Name::By => By::parse(value).map(Self::By),
            Name::HoldFor => hold_for(value).map(Self::HoldFor),
            Name::HoldUntil => date(value).map(Self::HoldUntil),
            Name::MtPriority => MtPriority::parse(value).map(Self::MtPriority),
            Name::Rrvs => Rrvs::parse(value).map(Self::Rrvs),
            _ => Err(ParseError::new(value, 0, "no value")),
        }
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
    #[inline]
    fn parse(value: &[u8]) -> Result<Self, ParseError> {
        match (key(value), value.len()) {
            (SEVEN_BIT, 4) => Ok(Self::SevenBit),
            (EIGHT_BIT_MIME, 8) => Ok(Self::EightBitMime),
            (BINARY_MIME, _) if value.eq_ignore_ascii_case(b"BINARYMIME") => Ok(Self::BinaryMime),
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
    #[inline]
    fn parse(value: &[u8]) -> Result<Self, ParseError> {
        match (key(value), value.len()) {
            (FULL, 4) => Ok(Self::Full),
            (HEADERS, 4) => Ok(Self::Headers),
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
    fn of(text: &[u8], len: usize, key: u64) -> Option<Self> {
        let long = |name, known: &[u8]| text.get(..len)?.eq_ignore_ascii_case(known).then_some(name);
        // The key of a word of less than eight octets has zeros at its end, which no longer word has.
        match key {
            SIZE => Some(Self::Size),
            BODY => Some(Self::Body),
            RET => Some(Self::Ret),
            ENVID => Some(Self::Envid),
            NOTIFY => Some(Self::Notify),
            ORCPT => Some(Self::Orcpt),
            AUTH => Some(Self::Auth),
            BY => Some(Self::By),
            HOLDFOR => Some(Self::HoldFor),
            RRVS => Some(Self::Rrvs),
            SMTPUTF8 if len == 8 => Some(Self::SmtpUtf8),
            HOLDUNTIL => long(Self::HoldUntil, b"HOLDUNTIL"),
            MT_PRIORITY => long(Self::MtPriority, b"MT-PRIORITY"),
            REQUIRETLS => long(Self::RequireTls, b"REQUIRETLS"),
            _ => None,
        }
    }
}

const SIZE: u64 = key(b"size");
const BODY: u64 = key(b"body");
const SMTPUTF8: u64 = key(b"smtputf8");
const RET: u64 = key(b"ret");
const ENVID: u64 = key(b"envid");
const NOTIFY: u64 = key(b"notify");
const ORCPT: u64 = key(b"orcpt");
const AUTH: u64 = key(b"auth");
const BY: u64 = key(b"by");
const HOLDFOR: u64 = key(b"holdfor");
const HOLDUNTIL: u64 = key(b"holduntil");
const MT_PRIORITY: u64 = key(b"mt-priority");
const REQUIRETLS: u64 = key(b"requiretls");
const RRVS: u64 = key(b"rrvs");

const SEVEN_BIT: u64 = key(b"7bit");
const EIGHT_BIT_MIME: u64 = key(b"8bitmime");
const BINARY_MIME: u64 = key(b"binarymime");
const FULL: u64 = key(b"full");
const HEADERS: u64 = key(b"hdrs");

/// The keyword, and what is behind the first `=`.
fn split(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|&byte| byte == b'=') {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    }
}

/// `1*20DIGIT`, as far as 64 bits reach.
#[inline]
fn size(value: &[u8]) -> Result<u64, ParseError> {
    number(value, 20, "a size of at most 20 digits")
}

fn hold_for(value: &[u8]) -> Result<HoldFor, ParseError> {
    const EXPECTED: &str = "seconds of at most 9 digits";
    let seconds = u32::try_from(number(value, 9, EXPECTED)?).ok();
    seconds.and_then(HoldFor::new).ok_or_else(|| ParseError::too_long(9, EXPECTED))
}

/// A decimal number of at most `most` digits. What is larger than 64 bits is too long, never wrapped.
#[inline]
pub(super) fn number(value: &[u8], most: usize, expected: &'static str) -> Result<u64, ParseError> {
    let mut sum = 0_u64;
    let mut digits = 0;
    for &byte in value {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        sum = match digits {
            // Nineteen digits always fit.
            ..19 => sum * 10 + u64::from(digit),
            _ => match sum.checked_mul(10).and_then(|sum| sum.checked_add(u64::from(digit))) {
                Some(sum) => sum,
                None => return Err(ParseError::too_long(most, expected)),
            },
        };
        digits += 1;
    }
    if digits < value.len() || digits == 0 {
        return Err(ParseError::new(value, digits, "a digit"));
    }
    if digits > most { Err(ParseError::too_long(most, expected)) } else { Ok(sum) }
}

fn date(value: &[u8]) -> Result<DateTime, ParseError> {
    let text = core::str::from_utf8(value).map_err(|_| ParseError::new(value, 0, "a date"))?;
    text.parse()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    const KEYWORDS: [(&str, &str); 14] = [
        ("SIZE", "1"),
        ("BODY", "7BIT"),
        ("SMTPUTF8", ""),
        ("RET", "HDRS"),
        ("ENVID", "a"),
        ("NOTIFY", "DELAY"),
        ("ORCPT", "rfc822;a"),
        ("AUTH", "<>"),
        ("BY", "1;N"),
        ("HOLDFOR", "1"),
        ("HOLDUNTIL", "2026-01-01T00:00:00Z"),
        ("MT-PRIORITY", "1"),
        ("REQUIRETLS", ""),
        ("RRVS", "2026-01-01T00:00:00Z"),
    ];

    /// The number that a keyword is known by has its twin in the comparison of octets.
    #[test]
    fn no_other_word_passes_for_a_keyword() {
        for (keyword, value) in KEYWORDS {
            let lower = keyword.to_ascii_lowercase();
            for at in 0..keyword.len() {
                for octet in 33..127_u8 {
                    let mut text = lower.clone().into_bytes();
                    text[at] = octet;
                    let same = text.eq_ignore_ascii_case(keyword.as_bytes());
                    let known = KEYWORDS.iter().any(|(known, _)| text.eq_ignore_ascii_case(known.as_bytes()));
                    if !value.is_empty() {
                        text.extend(format!("={value}").bytes());
                    }
                    match Parameter::parse(&text) {
                        Ok(Parameter::Other { .. }) | Err(_) => assert!(!same, "{text:?}"),
                        Ok(parameter) => assert!(known, "{parameter:?} of {text:?}"),
                    }
                }
            }
            let longer = format!("{keyword}X={value}");
            assert!(matches!(Parameter::parse(longer.as_bytes()), Ok(Parameter::Other { .. })), "{longer}");
        }
    }

    #[test]
    fn an_occasion_with_a_nul_behind_it_is_none() {
        for value in [
            &b"NOTIFY=SUCCESS\0"[..],
            b"NOTIFY=DELAY\0\0\0",
            b"NOTIFY=NEVER\0",
            b"NOTIFY=NEVER,DELAY",
            b"NOTIFY=",
        ] {
            assert!(Parameter::parse(value).is_err(), "{value:?}");
        }
        assert!(Parameter::parse(b"BODY=7BIT\0").is_err() && Parameter::parse(b"RET=FULL\0\0\0\0").is_err());
    }
}
