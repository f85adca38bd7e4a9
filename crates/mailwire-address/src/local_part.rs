//! What stands before the `@`.

use crate::scan::ATOM;
use crate::text;
use alloc::borrow::Cow;
use core::fmt;

/// The local part of an address: a mailbox at its domain, in the domain's own terms.
///
/// Grammar: `local-part = dot-atom / quoted-string / obs-local-part` (RFC 5322 §3.4.1). `Display` writes it
/// canonically: as a dot-atom if it can be one, else as a quoted string with as few backslashes as can be. Dots that
/// are misplaced, as in `s..palmer@example.com`, are written as they came: real mailboxes have such names.
///
/// ```
/// use mailwire_address::addresses;
///
/// let mailbox = addresses(br#""a \"b\""@example.com"#).mailboxes().next().unwrap();
/// let local = mailbox.address().unwrap().local_part();
/// assert!(local.is_quoted());
/// assert_eq!(local.unquoted(), "a \"b\"");
/// assert_eq!(local.to_string(), r#""a \"b\"""#);
/// ```
#[derive(Clone, Copy)]
pub struct LocalPart<'a>(&'a [u8]);

impl<'a> LocalPart<'a> {
    pub(crate) fn new(raw: &'a [u8]) -> Self {
        Self(raw)
    }

    /// As it stands in the value.
    pub fn raw(&self) -> &'a [u8] {
        self.0
    }

    /// Whether any of it is in quotes.
    pub fn is_quoted(&self) -> bool {
        self.0.contains(&b'"') && text::local(self.0).1
    }

    /// What it says: without quotes, backslashes, comments and folds. Local parts are
    /// equal if this is. Never join it with a domain to make an address: for that there is `Display`.
    pub fn unquoted(&self) -> Cow<'a, str> {
        if ATOM.contains_all(self.0) {
            return alloc::string::String::from_utf8_lossy(self.0);
        }
        text::local(self.0).0
    }
}

impl PartialEq for LocalPart<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.unquoted() == other.unquoted()
    }
}

impl Eq for LocalPart<'_> {}

impl fmt::Display for LocalPart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.unquoted();
        let dots = || text.is_empty() || text.starts_with('.') || text.ends_with('.') || text.contains("..");
        // Bare, an encoded-word would be decoded by careless readers into another address.
        let needs_quotes = self.is_quoted() && (dots() || text.contains("=?"));
        if ATOM.contains_all(text.as_bytes()) && !needs_quotes {
            return f.write_str(&text);
        }
        text::write_quoted(&text, f)
    }
}

impl fmt::Debug for LocalPart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalPart({:?})", mailwire_core::Escaped(self.0))
    }
}
