//! Response codes.

use core::fmt;
use core::hash::{Hash, Hasher};
use mailwire_core::{Class, Escaped, LineText, ParseError};

/// A reason for programs, in square brackets at the front of a status line's words. Compared without case.
///
/// Grammar: `resp-level *("/" resp-level)` of [RFC 2449 §3](https://www.rfc-editor.org/rfc/rfc2449#section-3). "Clients MUST
/// ignore unknown hierarchical detail" (§8): so [`is_within`](Self::is_within) is the question to ask. What stands in brackets
/// and is no code, as an empty level or a blank, is a part of the words.
///
/// ```
/// use mailwire_pop3::response::ResponseCode;
///
/// let code = ResponseCode::new(b"sys/temp/DISK")?;
/// assert!(code.is_within(ResponseCode::SYS_TEMP) && code.is_within(ResponseCode::SYS));
/// assert!(!ResponseCode::new(b"SYSTEM")?.is_within(ResponseCode::SYS));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ResponseCode<'a>(&'a [u8]);

impl<'a> ResponseCode<'a> {
    /// `AUTH`: the credentials are the problem (RFC 3206 §5).
    pub const AUTH: Self = Self(b"AUTH");
    /// `IN-USE`: the maildrop is in use by another session (RFC 2449 §8.1.2).
    pub const IN_USE: Self = Self(b"IN-USE");
    /// `LOGIN-DELAY`: too soon after the last login (RFC 2449 §8.1.1).
    pub const LOGIN_DELAY: Self = Self(b"LOGIN-DELAY");
    /// `SYS`: the system is the problem (RFC 3206 §4).
    pub const SYS: Self = Self(b"SYS");
    /// `SYS/PERM`: it will not go away by itself.
    pub const SYS_PERM: Self = Self(b"SYS/PERM");
    /// `SYS/TEMP`: it will.
    pub const SYS_TEMP: Self = Self(b"SYS/TEMP");
    /// `UTF8`: the message can't be shown without UTF8 mode (RFC 6856 §5).
    pub const UTF8: Self = Self(b"UTF8");

    /// Takes a code, without its brackets.
    ///
    /// # Errors
    ///
    /// At an octet that no code can have there.
    pub fn new(code: &'a [u8]) -> Result<Self, ParseError> {
        let mut at = 0;
        for level in code.split(|&byte| byte == b'/') {
            let len = level.iter().take_while(|&&byte| byte != b']' && Class::VCHAR.contains(byte)).count();
            if len == 0 || len < level.len() {
                return Err(ParseError::new(code, at + len, "a response code"));
            }
            at += level.len() + 1;
        }
        Ok(Self(code))
    }

    /// The code that words begin with, and the words behind it and one blank.
    pub(super) fn at_front_of(text: LineText<'a>) -> Option<(Self, LineText<'a>)> {
        let inner = text.as_bytes().strip_prefix(b"[")?;
        let end = inner.iter().position(|&byte| byte == b']')?;
        let code = Self::new(inner.get(..end)?).ok()?;
        let rest = inner.get(end + 1..)?;
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        Some((code, LineText::new(rest).ok()?))
    }

    /// The code as it was written, without its brackets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Its levels, the widest first.
    pub fn levels(self) -> impl Iterator<Item = &'a [u8]> {
        self.0.split(|&byte| byte == b'/')
    }

    /// Whether it is `wider`, or a detail of it.
    pub fn is_within(self, wider: ResponseCode<'_>) -> bool {
        match self.0.split_at_checked(wider.0.len()) {
            Some((front, rest)) => front.eq_ignore_ascii_case(wider.0) && matches!(rest, [] | [b'/', ..]),
            None => false,
        }
    }
}

impl PartialEq for ResponseCode<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for ResponseCode<'_> {}

impl Hash for ResponseCode<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|byte| byte.to_ascii_uppercase().hash(state));
    }
}

impl fmt::Display for ResponseCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for ResponseCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}
