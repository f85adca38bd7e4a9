//! What may stand in a reply that is written.

use core::fmt;
use mailwire_core::{Class, ParseError};

/// The text of one line: printable, never empty.
///
/// ```text
/// textstring = 1*(%d09 / %d32-126)
/// ```
///
/// ([RFC 5321 §4.2]; [`utf8`](Self::utf8) for more.) Without controls, so that nothing in it can end the line.
///
/// ```
/// use mailwire_smtp::ReplyText;
///
/// assert_eq!(ReplyText::new("all is well")?.as_str(), "all is well");
/// let error = ReplyText::new("ok\r\n250 evil").unwrap_err();
/// assert_eq!(error.to_string(), "expected printable text at byte 2, found end of line");
/// assert!(ReplyText::new("déjà vu").is_err());
/// assert!(ReplyText::utf8("déjà vu").is_ok());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 5321 §4.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.2
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplyText<'a>(&'a str);

impl<'a> ReplyText<'a> {
    /// Takes text of ASCII.
    ///
    /// # Errors
    ///
    /// At the first control other than the tab, and at the first character that is not ASCII; at 0 if there is no text.
    pub fn new(text: &'a str) -> Result<Self, ParseError> {
        match first(text, |byte| !is_printable(byte)) {
            Some(at) => Err(ParseError::new(text.as_bytes(), at, "printable text")),
            None => Ok(Self(text)),
        }
    }

    /// Takes text that need not be ASCII: for a client that has said SMTPUTF8, and for no other (RFC 6531 §3.7.4.2).
    ///
    /// # Errors
    ///
    /// At the first control other than the tab; at 0 if there is no text.
    pub fn utf8(text: &'a str) -> Result<Self, ParseError> {
        match first(text, |byte| byte < 128 && !is_printable(byte)) {
            Some(at) => Err(ParseError::new(text.as_bytes(), at, "printable text")),
            None => Ok(Self(text)),
        }
    }

    /// As much of a text as may stand in a line: up to the first character that may not. Of nothing, a dash.
    ///
    /// ```
    /// use mailwire_smtp::ReplyText;
    ///
    /// assert_eq!(ReplyText::clipped("all is well").as_str(), "all is well");
    /// assert_eq!(ReplyText::clipped("ok\r\n250 evil").as_str(), "ok");
    /// assert_eq!(ReplyText::clipped("").as_str(), "-");
    /// ```
    pub fn clipped(text: &'a str) -> Self {
        let end = first(text, |byte| !is_printable(byte)).unwrap_or(text.len());
        match text.get(..end) {
            None | Some("") => Self("-"),
            Some(text) => Self(text),
        }
    }

    /// Text of our own, known to be printable.
    pub(crate) const fn literal(text: &'a str) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(self) -> &'a str {
        self.0
    }
}

impl fmt::Display for ReplyText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The name that a server gives itself, or a client: a domain or an address literal.
///
/// ```text
/// Domain          = sub-domain *("." sub-domain)
/// address-literal = "[" 1*dcontent "]"
/// ```
///
/// (RFC 5321 §4.1.2, §4.1.3.) Of a domain only the characters are checked, and `_` is taken; ASCII only, since nothing else can have been
/// agreed upon where names are exchanged.
///
/// ```
/// use mailwire_smtp::ServerName;
///
/// assert!(ServerName::new("mx.example.org").is_ok());
/// assert!(ServerName::new("[IPv6:2001:db8::1]").is_ok());
/// let error = ServerName::new("mx example").unwrap_err();
/// assert_eq!(error.to_string(), "expected a domain or an address literal at byte 2, found ` `");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerName<'a>(&'a str);

impl<'a> ServerName<'a> {
    /// Takes a name.
    ///
    /// # Errors
    ///
    /// At the first octet that it can't have; at 0 if there is no name.
    pub fn new(name: &'a str) -> Result<Self, ParseError> {
        let error = |at| Err(ParseError::new(name.as_bytes(), at, "a domain or an address literal"));
        let (inner, is): (_, fn(u8) -> bool) = match name.as_bytes() {
            [b'[', inner @ .., b']'] => (inner, |byte| Class::DTEXT.contains(byte)),
            name => (name, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')),
        };
        let at = inner.iter().position(|&byte| !is(byte));
        let start = usize::from(inner.len() < name.len());
        match at {
            Some(at) => error(start + at),
            None if inner.is_empty() => error(start),
            None => Ok(Self(name)),
        }
    }

    /// One that was taken before.
    pub(crate) fn checked(name: &'a str) -> Self {
        Self(name)
    }

    /// The name.
    pub fn as_str(self) -> &'a str {
        self.0
    }
}

impl fmt::Display for ServerName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

fn is_printable(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'~')
}

/// Where the first octet of the kind is; of nothing, where it ends.
fn first(text: &str, is: impl Fn(u8) -> bool) -> Option<usize> {
    if text.is_empty() { Some(0) } else { text.bytes().position(is) }
}
