//! The names of capabilities.

use crate::scan::key;
use core::fmt;
use core::hash::{Hash, Hasher};
use mailwire_core::{Escaped, ParseError};

/// The name of a capability, known or not. Equal without regard to the case of ASCII letters (RFC 5321 §4.1.1.1).
///
/// ```
/// use mailwire_smtp::Keyword;
///
/// assert_eq!(Keyword::new(b"StartTLS")?, Keyword::STARTTLS);
/// assert_eq!(Keyword::new(b"X-EXPS=LOGIN")?.as_bytes(), b"X-EXPS=LOGIN");
/// assert!(Keyword::new(b"SIZE 10").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Keyword<'a>(&'a [u8]);

macro_rules! keywords {
    ($($text:literal = $name:ident, $known:ident;)*) => {
        impl Keyword<'static> {
            $(
                #[doc = concat!("`", $text, "`.")]
                pub const $name: Self = Self($text.as_bytes());
            )*
        }

        /// The keywords that are known.
        #[derive(Clone, Copy)]
        pub(super) enum Known {
            $($known,)*
        }

        impl Known {
            /// Which one it can be, by the [`key`] of its first octets.
            #[inline(always)]
            fn of_key(key: u64) -> Option<Self> {
                mod keys {
                    $(pub(super) const $name: u64 = crate::scan::key($text.as_bytes());)*
                }
                match key {
                    $(keys::$name => Some(Self::$known),)*
                    _ => None,
                }
            }

            #[inline]
            fn name(self) -> &'static [u8] {
                match self {
                    $(Self::$known => $text.as_bytes(),)*
                }
            }
        }
    };
}

keywords! {
    "8BITMIME" = EIGHT_BIT_MIME, EightBitMime;
    "ATRN" = ATRN, Atrn;
    "AUTH" = AUTH, Auth;
    "BINARYMIME" = BINARYMIME, BinaryMime;
    "BURL" = BURL, Burl;
    "CHUNKING" = CHUNKING, Chunking;
    "CONNEG" = CONNEG, Conneg;
    "CONPERM" = CONPERM, Conperm;
    "DELIVERBY" = DELIVERBY, DeliverBy;
    "DSN" = DSN, Dsn;
    "ENHANCEDSTATUSCODES" = ENHANCEDSTATUSCODES, EnhancedStatusCodes;
    "ETRN" = ETRN, Etrn;
    "EXPN" = EXPN, Expn;
    "FUTURERELEASE" = FUTURERELEASE, FutureRelease;
    "HELP" = HELP, Help;
    "LIMITS" = LIMITS, Limits;
    "MT-PRIORITY" = MT_PRIORITY, MtPriority;
    "MTRK" = MTRK, Mtrk;
    "NO-SOLICITING" = NO_SOLICITING, NoSoliciting;
    "PIPELINING" = PIPELINING, Pipelining;
    "PRDR" = PRDR, Prdr;
    "REQUIRETLS" = REQUIRETLS, RequireTls;
    "RRVS" = RRVS, Rrvs;
    "SIZE" = SIZE, Size;
    "SMTPUTF8" = SMTPUTF8, SmtpUtf8;
    "STARTTLS" = STARTTLS, StartTls;
    "VRFY" = VRFY, Vrfy;
    "XCLIENT" = XCLIENT, Xclient;
    "XFORWARD" = XFORWARD, Xforward;
}

impl Known {
    /// Which one a name is.
    #[inline]
    pub(super) fn of(key: u64, name: &[u8]) -> Option<Self> {
        Self::prefix(key, name).filter(|(_, behind)| behind.is_empty()).map(|(known, _)| known)
    }

    /// Which one stands at the front of a text, and what is behind it. The key of less than eight octets has zeros at its end, which no
    /// text has; of more, the rest has to be compared.
    #[inline]
    pub(super) fn prefix(key: u64, text: &[u8]) -> Option<(Self, &[u8])> {
        let known = Self::of_key(key)?;
        let name = known.name();
        let (word, behind) = text.split_at_checked(name.len())?;
        (name.len() <= 8 || tail_eq(word, name)).then_some((known, behind))
    }
}

impl<'a> Keyword<'a> {
    /// Takes a name.
    ///
    /// # Errors
    ///
    /// At the first space, control or octet above 127, none of which servers are known to send; at 0 if there is no name.
    /// Other characters that the grammar has no place for are taken, since servers do send them: `XVERP=Courier`.
    pub fn new(name: &'a [u8]) -> Result<Self, ParseError> {
        match name.iter().position(|byte| !byte.is_ascii_graphic()) {
            None if !name.is_empty() => Ok(Self(name)),
            at => Err(ParseError::new(name, at.unwrap_or(0), "a keyword")),
        }
    }

    /// One that came in a line that has been checked, and has no space in it.
    #[inline]
    pub(super) fn of_line(name: &'a [u8]) -> Self {
        Self(name)
    }

    /// The name as it is written.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

impl PartialEq<Keyword<'_>> for Keyword<'_> {
    #[inline]
    fn eq(&self, other: &Keyword<'_>) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Keyword<'_> {}

impl Hash for Keyword<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|byte| state.write_u8(byte.to_ascii_lowercase()));
        state.write_u8(0xff);
    }
}

impl fmt::Display for Keyword<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for Keyword<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyword({})", Escaped(self.0))
    }
}

/// Whether two names of the same length, with the same eight octets in front, are equal.
#[inline]
fn tail_eq(name: &[u8], known: &[u8]) -> bool {
    if let (Some(a), Some(b)) = (name.last_chunk::<8>(), known.last_chunk::<8>())
        && key(a) != key(b)
    {
        return false;
    }
    name.len() <= 16 || name.eq_ignore_ascii_case(known)
}
