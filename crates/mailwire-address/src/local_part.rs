//! What stands before the `@`.

use crate::scan::ATOM;
use crate::text;
use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

/// The local part of an address: a mailbox at its domain, in the domain's own terms.
///
/// Grammar: `local-part = dot-atom / quoted-string / obs-local-part` (RFC 5322 §3.4.1). `Display` writes it
/// canonically: as a dot-atom if it can be one, else as a quoted string with as few backslashes as can be. Dots that
/// are misplaced, as in `s..palmer@example.com`, are written as they came: real mailboxes have such names.
///
/// ```
/// use mailwire_address::{AddrSpec, Dialect};
///
/// let local = AddrSpec::parse(br#""a \"b\""@example.com"#, Dialect::SMTP)?.local_part();
/// assert!(local.is_quoted());
/// assert_eq!(local.unquoted(), "a \"b\"");
/// assert_eq!(local.to_string(), r#""a \"b\"""#);
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct LocalPart<'a> {
    raw: &'a [u8],
    verbatim: bool,
}

impl<'a> LocalPart<'a> {
    pub(crate) fn new(raw: &'a [u8]) -> Self {
        Self { raw, verbatim: false }
    }

    /// One that says what it is, whatever characters it has.
    pub(crate) fn verbatim(raw: &'a [u8]) -> Self {
        Self { raw, verbatim: true }
    }

    /// As it stands in the value.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Whether any of it is in quotes.
    pub fn is_quoted(&self) -> bool {
        !self.verbatim && self.raw.contains(&b'"') && text::local(self.raw).1
    }

    /// What it says: without quotes, backslashes, comments and folds, and with U+FFFD for controls, which no server
    /// takes. Local parts are equal if this is. Never join it with a domain to make an address: for that there is
    /// `Display`, and [`Address::new`](crate::Address::new).
    pub fn unquoted(&self) -> Cow<'a, str> {
        if self.verbatim || ATOM.contains_all(self.raw) {
            return String::from_utf8_lossy(self.raw);
        }
        text::local(self.raw).0
    }

    /// The user, and the detail behind the first `separator` ([RFC 5233 §4]); whether a domain has sub-addresses, and
    /// which separator it takes, is known to the domain alone.
    ///
    /// ```
    /// use mailwire_address::{AddrSpec, Dialect};
    ///
    /// let local = AddrSpec::parse(b"ann+list+rust@example.com", Dialect::SMTP)?.local_part();
    /// assert_eq!(local.split_detail('+'), ("ann".into(), Some("list+rust".into())));
    /// assert_eq!(local.split_detail('-').1, None);
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    ///
    /// [RFC 5233 §4]: https://www.rfc-editor.org/rfc/rfc5233#section-4
    pub fn split_detail(&self, separator: char) -> (Cow<'a, str>, Option<Cow<'a, str>>) {
        match self.unquoted() {
            Cow::Borrowed(text) => match text.split_once(separator) {
                Some((user, detail)) => (user.into(), Some(detail.into())),
                None => (text.into(), None),
            },
            Cow::Owned(text) => match text.split_once(separator) {
                Some((user, detail)) => (Cow::Owned(user.into()), Some(Cow::Owned(detail.into()))),
                None => (Cow::Owned(text), None),
            },
        }
    }
}

impl PartialEq for LocalPart<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.unquoted() == other.unquoted()
    }
}

impl Eq for LocalPart<'_> {}

impl Hash for LocalPart<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.unquoted().hash(state);
    }
}

impl PartialOrd for LocalPart<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for LocalPart<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.unquoted().cmp(&other.unquoted())
    }
}

impl fmt::Display for LocalPart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.unquoted();
        // Bare, an encoded-word would be decoded by careless readers into another address.
        let needs_quotes = || self.is_quoted() && (!text::is_dot_atom(&text) || text.contains("=?"));
        if self.verbatim || ATOM.contains_all(text.as_bytes()) && !needs_quotes() {
            return f.write_str(&text);
        }
        text::write_quoted(&text, f)
    }
}

impl fmt::Debug for LocalPart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalPart({:?})", mailwire_core::Escaped(self.raw))
    }
}
