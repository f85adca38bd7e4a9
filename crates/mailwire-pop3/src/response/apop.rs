//! The challenge in a greeting.

use core::fmt;
use mailwire_core::{Class, Escaped};

/// What a digest of `APOP` is made over: the message id in a greeting, angle brackets included.
///
/// Grammar: `msg-id` ([RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7)), as `dot-atom "@" (dot-atom / literal)` of
/// [RFC 5322 §3.6.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4). Anything else in angle brackets is no challenge:
/// the attack on APOP (CVE-2007-1558) needs challenges that no message id can be.
///
/// ```
/// use mailwire_pop3::response::Status;
///
/// let greeting = Status::parse(b"+OK POP3 server ready <1896.697170952@dbc.mtvview.ca.us>\r\n")?;
/// let challenge = greeting.apop_challenge().map(|challenge| challenge.as_bytes());
/// assert_eq!(challenge, Some(b"<1896.697170952@dbc.mtvview.ca.us>".as_slice()));
///
/// let greeting = Status::parse(b"+OK POP3 server ready <1896\x80@host>\r\n")?;
/// assert!(greeting.apop_challenge().is_none());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ApopChallenge<'a>(&'a [u8]);

impl<'a> ApopChallenge<'a> {
    /// The first good one.
    pub(super) fn in_text(text: &'a [u8]) -> Option<Self> {
        let mut rest = text;
        while let Some(at) = rest.iter().position(|&byte| byte == b'<') {
            rest = rest.get(at..)?;
            if let Some(id) = message_id(rest) {
                return Some(Self(id));
            }
            rest = rest.get(1..)?;
        }
        None
    }

    /// The octets that the digest is made over, before the secret.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Debug for ApopChallenge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}

/// `"<" dot-atom "@" (dot-atom / "[" *dtext "]") ">" ->`
fn message_id(text: &[u8]) -> Option<&[u8]> {
    let left = dot_atom(text.get(1..)?)?;
    let behind = text.get(1 + left..)?.strip_prefix(b"@")?;
    let right = match behind.strip_prefix(b"[") {
        Some(literal) => {
            let len = Class::DTEXT.prefix_len(literal);
            (literal.get(len) == Some(&b']')).then_some(len + 2)?
        }
        None => dot_atom(behind)?,
    };
    let end = 1 + left + 1 + right;
    (text.get(end) == Some(&b'>')).then(|| text.get(..=end)).flatten()
}

/// The length of the dot-atom at the front.
fn dot_atom(text: &[u8]) -> Option<usize> {
    let len = Class::ATEXT.or(Class::DOT).prefix_len(text);
    text.get(..len)?.split(|&byte| byte == b'.').all(|atom| !atom.is_empty()).then_some(len)
}
