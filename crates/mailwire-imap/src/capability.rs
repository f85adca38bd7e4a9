//! What a server can do.

use crate::class::Class;
use crate::cursor::{Cursor, Failed};
use crate::list::Element;
use crate::out::Out;
use core::fmt;
use mailwire_core::{Escaped, ParseError};

/// A capability: `IDLE`, `AUTH=PLAIN`, `APPENDLIMIT=35651584` (RFC 9051 §7.2.2). Two are equal whatever the case.
///
/// ```
/// use mailwire_imap::Capability;
///
/// let capability = Capability::new(b"Auth=PLAIN")?;
/// assert_eq!(capability.split(), (&b"Auth"[..], Some(&b"PLAIN"[..])));
/// assert!(capability.is("AUTH=plain"));
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Capability<'a>(&'a [u8]);

impl<'a> Capability<'a> {
    /// Takes a capability: an atom.
    ///
    /// # Errors
    ///
    /// At the first octet that no atom can have.
    pub fn new(word: &'a [u8]) -> Result<Self, ParseError> {
        match word.iter().position(|&byte| !Class::ATOM.contains(byte)) {
            None if !word.is_empty() => Ok(Self(word)),
            at => Err(ParseError::new(word, at.unwrap_or(0), "a character of an atom")),
        }
    }

    /// Its octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Whether it is `name`, whatever the case.
    pub fn is(self, name: &str) -> bool {
        self.0.eq_ignore_ascii_case(name.as_bytes())
    }

    /// What is before the first `=`, and what is behind it.
    pub fn split(self) -> (&'a [u8], Option<&'a [u8]>) {
        match self.0.iter().position(|&byte| byte == b'=') {
            Some(at) => (self.0.get(..at).unwrap_or_default(), self.0.get(at + 1..)),
            None => (self.0, None),
        }
    }

    /// Whether this crate knows what it means: the registry as far as it is in use, vendors' included.
    pub fn is_known(self) -> bool {
        let (name, value) = self.split();
        let is =
            |known: &&str| known.as_bytes().eq_ignore_ascii_case(if value.is_some() { name } else { self.0 });
        if value.is_some() {
            PREFIXES.iter().any(is) || KNOWN.iter().any(|known| self.is(known))
        } else {
            KNOWN.iter().any(is)
        }
    }
}

const PREFIXES: &[&str] = &[
    "AUTH",
    "APPENDLIMIT",
    "STATUS",
    "THREAD",
    "SORT",
    "QUOTA",
    "COMPRESS",
    "RIGHTS",
    "CONTEXT",
    "I18NLEVEL",
    "UTF8",
    "SEARCH",
    "URLAUTH",
    "IMAPSIEVE",
    "MESSAGELIMIT",
    "SAVELIMIT",
    "UIDBATCHES",
    "SNIPPET",
    "PREVIEW",
    "JMAPACCESS",
    "ACL2",
    "LOGIN-REFERRALS",
];

const KNOWN: &[&str] = &[
    "IMAP4",
    "IMAP4REV1",
    "IMAP4REV2",
    "ACL",
    "APPENDLIMIT",
    "BINARY",
    "CATENATE",
    "CHILDREN",
    "CONDSTORE",
    "CONVERT",
    "CREATE-SPECIAL-USE",
    "ENABLE",
    "ESEARCH",
    "ESORT",
    "FILTERS",
    "ID",
    "IDLE",
    "INPROGRESS",
    "JMAPACCESS",
    "LANGUAGE",
    "LIST-EXTENDED",
    "LIST-METADATA",
    "LIST-MYRIGHTS",
    "LIST-STATUS",
    "LITERAL+",
    "LITERAL-",
    "LOGIN-REFERRALS",
    "LOGINDISABLED",
    "MAILBOX-REFERRALS",
    "METADATA",
    "METADATA-SERVER",
    "MOVE",
    "MULTIAPPEND",
    "MULTISEARCH",
    "NAMESPACE",
    "NOTIFY",
    "OBJECTID",
    "PARTIAL",
    "PREVIEW",
    "QRESYNC",
    "QUOTA",
    "QUOTASET",
    "REPLACE",
    "SASL-IR",
    "SAVEDATE",
    "SEARCHRES",
    "SORT",
    "SPECIAL-USE",
    "STARTTLS",
    "UIDONLY",
    "UIDPLUS",
    "UNAUTHENTICATE",
    "UNSELECT",
    "URL-PARTIAL",
    "URLAUTH",
    "WITHIN",
    "X-GM-EXT-1",
    "XLIST",
    "ANNOTATE-EXPERIMENT-1",
    "COMPARATOR",
    "IMAP4SIEVE",
];

impl PartialEq for Capability<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Capability<'_> {}

impl fmt::Debug for Capability<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl<'a> Element<'a> for Capability<'a> {
    #[inline]
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        cursor.word("a capability").map(Self)
    }

    fn write(&self, out: &mut Out) {
        out.raw(self.0);
    }
}
