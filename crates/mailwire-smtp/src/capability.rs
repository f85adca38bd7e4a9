//! Capabilities: what the answer to EHLO or LHLO announces (RFC 5321 §4.1.1.1).
//!
//! ```
//! use mailwire_smtp::{Capability, Keyword, Reply};
//!
//! let reply = Reply::parse(b"250-mx.example.org hello\r\n250-SIZE 1000\r\n250-AUTH=LOGIN\r\n250 XVERP=Courier\r\n")?;
//! let capabilities = reply.capabilities();
//! assert_eq!(capabilities.name(), b"mx.example.org");
//! assert_eq!(capabilities.size(), Some(1000));
//! assert!(capabilities.supports(Keyword::AUTH) && !capabilities.supports(Keyword::STARTTLS));
//! let unknown = capabilities.iter().last();
//! assert!(matches!(unknown, Some(Capability::Other { keyword, .. }) if keyword.as_bytes() == b"XVERP=Courier"));
//! # Ok::<(), mailwire_core::ParseError>(())
//! ```

mod keyword;
mod limit;
mod list;
mod parse;
mod words;

pub use keyword::Keyword;
pub use limit::{AnnouncedLimit, AnnouncedLimits};
pub use list::Capabilities;
pub use words::Words;

use alloc::format;
use alloc::vec::Vec;
use mailwire_core::{DateTime, ParseError};

/// One line of the answer to EHLO: a keyword and its arguments.
///
/// ```text
/// ehlo-line    = ehlo-keyword *( SP ehlo-param )
/// ehlo-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
/// ehlo-param   = 1*(%d33-126)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Capability<'a> {
    /// `SIZE`: the largest mail in octets; without a number, or 0, nothing is said of it (RFC 1870).
    Size(Option<u64>),
    /// `8BITMIME` (RFC 6152).
    EightBitMime,
    /// `BINARYMIME` (RFC 3030).
    BinaryMime,
    /// `CHUNKING`: BDAT (RFC 3030).
    Chunking,
    /// `PIPELINING` (RFC 2920).
    Pipelining,
    /// `DSN` (RFC 3461).
    Dsn,
    /// `ENHANCEDSTATUSCODES` (RFC 2034).
    EnhancedStatusCodes,
    /// `STARTTLS` (RFC 3207).
    StartTls,
    /// `SMTPUTF8` (RFC 6531).
    SmtpUtf8,
    /// `REQUIRETLS` (RFC 8689).
    RequireTls,
    /// `AUTH`: mechanisms of SASL (RFC 4954). The old form `AUTH=LOGIN` is read as the same.
    Auth(Words<'a>),
    /// `LIMITS` (RFC 9422).
    Limits(AnnouncedLimits<'a>),
    /// `MT-PRIORITY`, perhaps with the name of a profile (RFC 6710).
    MtPriority(Words<'a>),
    /// `DELIVERBY`: the shortest time in seconds that can be asked for (RFC 2852).
    DeliverBy(Option<u32>),
    /// `FUTURERELEASE` (RFC 4865).
    FutureRelease {
        /// The longest time in seconds.
        max_interval: u32,
        /// The latest time.
        max_date_time: DateTime,
    },
    /// `NO-SOLICITING`, perhaps with classes that are not wanted (RFC 3865).
    NoSoliciting(Words<'a>),
    /// `BURL`, with what URLs it takes (RFC 4468).
    Burl(Words<'a>),
    /// `ETRN` (RFC 1985).
    Etrn,
    /// `ATRN` (RFC 2645).
    Atrn,
    /// `VRFY` (RFC 5321).
    Vrfy,
    /// `EXPN` (RFC 5321).
    Expn,
    /// `HELP` (RFC 5321).
    Help,
    /// `RRVS` (RFC 7293).
    Rrvs,
    /// `MTRK` (RFC 3885).
    Mtrk,
    /// `CONPERM` (RFC 4141).
    Conperm,
    /// `CONNEG` (RFC 4141).
    Conneg,
    /// `PRDR`: an answer for each recipient (a draft that Exim speaks).
    Prdr,
    /// `XCLIENT`, with the attributes it takes (Postfix, Dovecot).
    Xclient(Words<'a>),
    /// `XFORWARD`, with the attributes it takes (Postfix).
    Xforward(Words<'a>),
    /// Anything else, also a known keyword that came with arguments it can't have. Made by [`other`](Self::other).
    #[non_exhaustive]
    Other {
        /// The keyword, whatever characters it has.
        keyword: Keyword<'a>,
        /// What stands behind it.
        args: Words<'a>,
    },
}

impl<'a> Capability<'a> {
    /// A capability that this crate does not know.
    ///
    /// # Errors
    ///
    /// Where the keyword has a variant of its own, in one of its forms.
    ///
    /// ```
    /// use mailwire_smtp::{Capability, Keyword, capability::Words};
    ///
    /// let capability = Capability::other(Keyword::new(b"XVERP=Courier")?, Words::EMPTY)?;
    /// assert_eq!(capability, Capability::parse(b"XVERP=Courier")?);
    /// assert!(Capability::other(Keyword::SIZE, Words::EMPTY).is_err());
    /// assert!(Capability::other(Keyword::new(b"AUTH=LOGIN")?, Words::EMPTY).is_err());
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn other(keyword: Keyword<'a>, args: Words<'a>) -> Result<Self, ParseError> {
        if parse::is_known(keyword) {
            return Err(ParseError::new(keyword.as_bytes(), 0, "a keyword without a variant of its own"));
        }
        Ok(Self::Other { keyword, args })
    }

    /// The keyword.
    pub fn keyword(&self) -> Keyword<'a> {
        match *self {
            Self::Size(_) => Keyword::SIZE,
            Self::EightBitMime => Keyword::EIGHT_BIT_MIME,
            Self::BinaryMime => Keyword::BINARYMIME,
            Self::Chunking => Keyword::CHUNKING,
            Self::Pipelining => Keyword::PIPELINING,
            Self::Dsn => Keyword::DSN,
            Self::EnhancedStatusCodes => Keyword::ENHANCEDSTATUSCODES,
            Self::StartTls => Keyword::STARTTLS,
            Self::SmtpUtf8 => Keyword::SMTPUTF8,
            Self::RequireTls => Keyword::REQUIRETLS,
            Self::Auth(_) => Keyword::AUTH,
            Self::Limits(_) => Keyword::LIMITS,
            Self::MtPriority(_) => Keyword::MT_PRIORITY,
            Self::DeliverBy(_) => Keyword::DELIVERBY,
            Self::FutureRelease { .. } => Keyword::FUTURERELEASE,
            Self::NoSoliciting(_) => Keyword::NO_SOLICITING,
            Self::Burl(_) => Keyword::BURL,
            Self::Etrn => Keyword::ETRN,
            Self::Atrn => Keyword::ATRN,
            Self::Vrfy => Keyword::VRFY,
            Self::Expn => Keyword::EXPN,
            Self::Help => Keyword::HELP,
            Self::Rrvs => Keyword::RRVS,
            Self::Mtrk => Keyword::MTRK,
            Self::Conperm => Keyword::CONPERM,
            Self::Conneg => Keyword::CONNEG,
            Self::Prdr => Keyword::PRDR,
            Self::Xclient(_) => Keyword::XCLIENT,
            Self::Xforward(_) => Keyword::XFORWARD,
            Self::Other { keyword, .. } => keyword,
        }
    }

    /// Writes keyword and arguments: the text of a line of the answer to EHLO, without its code and its end.
    ///
    /// ```
    /// use mailwire_smtp::{Capability, capability::Words};
    ///
    /// let mut out = Vec::new();
    /// Capability::Auth(Words::new(b"PLAIN LOGIN")?).encode(&mut out);
    /// assert_eq!(out, b"AUTH PLAIN LOGIN");
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.keyword().as_bytes());
        match *self {
            Self::Size(Some(size)) => out.extend_from_slice(format!(" {size}").as_bytes()),
            Self::DeliverBy(Some(seconds)) => out.extend_from_slice(format!(" {seconds}").as_bytes()),
            Self::FutureRelease { max_interval, max_date_time } => {
                out.extend_from_slice(format!(" {max_interval} {max_date_time}").as_bytes());
            }
            Self::Limits(limits) => limits.words().encode(out),
            Self::Auth(words)
            | Self::MtPriority(words)
            | Self::NoSoliciting(words)
            | Self::Burl(words)
            | Self::Xclient(words)
            | Self::Xforward(words)
            | Self::Other { args: words, .. } => words.encode(out),
            _ => {}
        }
    }
}
