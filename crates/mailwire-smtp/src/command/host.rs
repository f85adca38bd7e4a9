//! Who says hello.

use super::text::printable;
use core::fmt;
use mailwire_address::{Dialect, Domain};
use mailwire_core::{Escaped, ParseError};

/// What a client calls itself in HELO, EHLO or LHLO.
///
/// Grammar: `Domain / address-literal` ([RFC 5321 §4.1.1.1]). What clients write is often neither (`localhost_1`, a file's
/// name, an address without its brackets), and means nothing for the session: any word is taken as it came, and
/// [`domain`](Self::domain) says whether it is what it should be.
///
/// ```
/// use mailwire_smtp::Host;
///
/// assert!(Host::new(b"[192.0.2.1]")?.domain().is_ok());
/// assert!(Host::new(b"my_pc")?.domain().is_err());
/// assert!(Host::new(b"my pc").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 5321 §4.1.1.1]: https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.1
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Host<'a>(&'a [u8]);

impl<'a> Host<'a> {
    /// Takes a word: no blanks, no controls, UTF-8, not empty.
    ///
    /// # Errors
    ///
    /// At the first octet that no word has.
    pub fn new(word: &'a [u8]) -> Result<Self, ParseError> {
        const EXPECTED: &str = "the name of a host";
        let text = printable(word).map_err(|error| ParseError::new(word, error.offset(), EXPECTED))?;
        match text.find(' ') {
            None if !text.is_empty() => Ok(Self(word)),
            at => Err(ParseError::new(word, at.unwrap_or(0), EXPECTED)),
        }
    }

    /// What is known to be a word, and ASCII.
    #[inline]
    pub(super) fn plain(word: &'a [u8]) -> Self {
        Self(word)
    }

    /// As it was written.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// The host it names.
    ///
    /// # Errors
    ///
    /// Where it is neither a domain nor an address in brackets.
    pub fn domain(self) -> Result<Domain<'a>, ParseError> {
        Domain::parse(self.0, Dialect::SMTPUTF8.with(mailwire_address::Allow::GENERAL_LITERAL))
    }
}

impl fmt::Display for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}
