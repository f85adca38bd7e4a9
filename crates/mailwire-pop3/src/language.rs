//! The names of languages.

use core::fmt;
use core::hash::{Hash, Hasher};
use mailwire_core::{Class, Escaped, ParseError};

/// A language: a range that a client asks for, or the tag that a server has. Compared without case.
///
/// Grammar: letters, digits and hyphens ([RFC 4647 §2.1](https://www.rfc-editor.org/rfc/rfc4647#section-2.1)), or `*`
/// ([RFC 6856 §3.2](https://www.rfc-editor.org/rfc/rfc6856#section-3.2)).
///
/// ```
/// use mailwire_pop3::language::Language;
///
/// assert_eq!(Language::new(b"EN-boont")?, Language::new(b"en-boont")?);
/// assert!(Language::new(b"en US").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Language<'a>(&'a [u8]);

impl<'a> Language<'a> {
    /// `*`: what the server's administrator prefers.
    pub const PREFERRED: Self = Self(b"*");

    /// Takes a name.
    ///
    /// # Errors
    ///
    /// At the first octet that is no letter, digit or hyphen, or if there is none.
    pub fn new(name: &'a [u8]) -> Result<Self, ParseError> {
        const TAG: Class = Class::ALPHA.or(Class::DIGIT).or(Class::HYPHEN);
        let len = TAG.prefix_len(name);
        if name != b"*" && (len == 0 || len < name.len()) {
            return Err(ParseError::new(name, len, "a language"));
        }
        Ok(Self(name))
    }

    /// The name as it was written.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

impl PartialEq for Language<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Language<'_> {}

impl Hash for Language<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|byte| byte.to_ascii_lowercase().hash(state));
    }
}

impl fmt::Display for Language<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl fmt::Debug for Language<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}
