//! All that an answer to EHLO announces.

use super::words::blank;
use super::{AnnouncedLimits, Capability, Keyword, parse};
use crate::Reply;

/// What a server announces: the answer to EHLO or LHLO, read when asked.
///
/// Nothing in it can fail: a line that is unknown or broken is a [`Capability::Other`]. To keep it, keep the reply
/// ([`Reply::into_owned`]). The answer to HELO is one with a name and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities<'a>(Reply<'a>);

impl<'a> Capabilities<'a> {
    #[inline]
    pub(crate) fn of(reply: Reply<'a>) -> Self {
        Self(reply)
    }

    /// The name the server gives itself; empty if it says none.
    pub fn name(&self) -> &'a [u8] {
        self.front().0
    }

    /// What it says behind its name.
    pub fn text(&self) -> &'a [u8] {
        self.front().1
    }

    /// Each capability, in order, duplicates too.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Capability<'a>> + use<'a> {
        let mut lines = self.0.lines();
        lines.next();
        core::iter::from_fn(move || {
            loop {
                if let Some(plain) = lines.next_plain(Capability::plain) {
                    return Some(plain);
                }
                let (line, word, key) = lines.next_word()?;
                if word > 0 {
                    return Some(Capability::read(line, word, key));
                }
                if let Some(capability) = Capability::read_odd(line) {
                    return Some(capability);
                }
            }
        })
    }

    /// The text of each line that announces something, for [`Capability::parse`] to say what is wrong with it.
    #[inline]
    pub fn lines(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.0.lines().skip(1)
    }

    /// Whether a keyword is announced, whatever its arguments are.
    ///
    /// ```
    /// use mailwire_smtp::{Keyword, Reply};
    ///
    /// let reply = Reply::parse(b"250-mx.example.org\r\n250 STARTTLS required\r\n")?;
    /// assert!(reply.capabilities().supports(Keyword::STARTTLS));
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn supports(&self, keyword: Keyword<'_>) -> bool {
        self.lines().any(|line| parse::keyword(line) == keyword)
    }

    /// The largest mail in octets that is taken; `None` if nothing is said of it (`SIZE`, `SIZE 0`).
    pub fn size(&self) -> Option<u64> {
        let sizes = self.iter().filter_map(|capability| match capability {
            Capability::Size(size) => Some(size),
            _ => None,
        });
        sizes.last().flatten().filter(|&size| size > 0)
    }

    /// The mechanisms of SASL, of all lines and of both forms, in order; one that is named twice comes twice.
    ///
    /// ```
    /// use mailwire_smtp::Reply;
    ///
    /// let reply = Reply::parse(b"250-mx.example.org\r\n250-AUTH PLAIN LOGIN\r\n250 AUTH=CRAM-MD5\r\n")?;
    /// assert_eq!(reply.capabilities().auth_mechanisms().count(), 3);
    /// assert!(reply.capabilities().offers_mechanism(b"cram-md5"));
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn auth_mechanisms(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let lists = self.iter().filter_map(|capability| match capability {
            Capability::Auth(mechanisms) => Some(mechanisms),
            _ => None,
        });
        lists.flat_map(|mechanisms| mechanisms.iter())
    }

    /// Whether a mechanism of SASL is among them, without regard to case.
    pub fn offers_mechanism(&self, mechanism: &[u8]) -> bool {
        self.auth_mechanisms().any(|other| other.eq_ignore_ascii_case(mechanism))
    }

    /// What `LIMITS` says; nothing if it is not there.
    pub fn limits(&self) -> AnnouncedLimits<'a> {
        let limits = self.iter().find_map(|capability| match capability {
            Capability::Limits(limits) => Some(limits),
            _ => None,
        });
        limits.unwrap_or_default()
    }

    fn front(&self) -> (&'a [u8], &'a [u8]) {
        let line = self.0.lines().next().unwrap_or_default();
        let (name, text) = line.split_at_checked(blank(line)).unwrap_or((line, b""));
        (name, text.get(1..).unwrap_or_default())
    }
}
