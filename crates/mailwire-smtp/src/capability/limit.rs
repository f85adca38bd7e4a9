//! LIMITS: how much of everything a server takes.

use super::Words;
use core::fmt;
use mailwire_core::Escaped;

/// What `LIMITS` announces: names and values, unknown ones too ([RFC 9422 §4]).
///
/// ```text
/// limits-param = limit-name "=" limit-value
/// ```
///
/// What is announced after STARTTLS or AUTH replaces what was announced before.
///
/// ```
/// use mailwire_smtp::capability::{AnnouncedLimits, Words};
///
/// let limits = AnnouncedLimits::new(Words::new(b"RCPTMAX=50 FOO=bar")?);
/// assert_eq!(limits.recipients(), Some(50));
/// assert_eq!(limits.transactions(), None);
/// assert_eq!(limits.iter().count(), 2);
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 9422 §4]: https://www.rfc-editor.org/rfc/rfc9422#section-4
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnnouncedLimits<'a>(Words<'a>);

impl<'a> AnnouncedLimits<'a> {
    /// Those of the words.
    pub fn new(words: Words<'a>) -> Self {
        Self(words)
    }

    /// Each limit, in order.
    pub fn iter(&self) -> impl Iterator<Item = AnnouncedLimit<'a>> + use<'a> {
        self.0.iter().map(|word| {
            let equals = word.iter().position(|&byte| byte == b'=').unwrap_or(word.len());
            let (name, value) = word.split_at_checked(equals).unwrap_or((word, b""));
            AnnouncedLimit { name, value: value.strip_prefix(b"=").unwrap_or_default() }
        })
    }

    /// `MAILMAX`: transactions in a session.
    pub fn transactions(&self) -> Option<u32> {
        self.number(b"MAILMAX")
    }

    /// `RCPTMAX`: recipients in a transaction.
    pub fn recipients(&self) -> Option<u32> {
        self.number(b"RCPTMAX")
    }

    /// `RCPTDOMAINMAX`: different domains of recipients in a transaction.
    pub fn recipient_domains(&self) -> Option<u32> {
        self.number(b"RCPTDOMAINMAX")
    }

    /// As they stand.
    pub fn words(&self) -> Words<'a> {
        self.0
    }

    fn number(self, name: &[u8]) -> Option<u32> {
        self.iter().find(|limit| limit.name.eq_ignore_ascii_case(name)).and_then(|limit| limit.number())
    }
}

/// One limit.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AnnouncedLimit<'a> {
    name: &'a [u8],
    value: &'a [u8],
}

impl<'a> AnnouncedLimit<'a> {
    /// Its name, as it is written.
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// Its value; empty if there is none.
    pub fn value(&self) -> &'a [u8] {
        self.value
    }

    /// Its value, if it is a number of at most six digits.
    pub fn number(&self) -> Option<u32> {
        let number = super::parse::number(self.value).ok().filter(|_| self.value.len() <= 6)?;
        u32::try_from(number).ok()
    }
}

impl fmt::Debug for AnnouncedLimit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", Escaped(self.name), Escaped(self.value))
    }
}
