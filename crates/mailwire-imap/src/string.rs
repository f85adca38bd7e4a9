//! Strings: octets that are written as an atom, in quotes, or as a literal.

use crate::out::Out;
use alloc::borrow::Cow;
use core::fmt;
use core::hash::{Hash, Hasher};
use mailwire_core::Escaped;

/// A string of IMAP (RFC 9051 §4.3): any octets at all, and no charset.
///
/// How it was written, as a quoted string or as a literal, is not part of it. Two strings are equal when their octets are.
///
/// ```
/// use mailwire_imap::IString;
///
/// let string = IString::new(b"two words");
/// assert_eq!(string.to_bytes().as_ref(), b"two words");
/// assert!(string == *b"two words" && !string.is_empty());
/// ```
#[derive(Clone, Copy, Default)]
pub struct IString<'a> {
    text: &'a [u8],
    /// Whether there are backslashes in the text that are not part of the string.
    escaped: Escaping,
}

/// As wide as a word: padding would be copied octet by octet.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[repr(usize)]
enum Escaping {
    #[default]
    Plain,
    Escaped,
}

impl<'a> IString<'a> {
    /// No octets. That is not NIL.
    pub const EMPTY: Self = Self { text: b"", escaped: Escaping::Plain };

    /// A string of these octets.
    pub const fn new(octets: &'a [u8]) -> Self {
        Self { text: octets, escaped: Escaping::Plain }
    }

    pub(crate) const fn escaped(text: &'a [u8]) -> Self {
        Self { text, escaped: Escaping::Escaped }
    }

    const fn is_escaped(self) -> bool {
        matches!(self.escaped, Escaping::Escaped)
    }

    /// Its octets, one by one.
    pub fn octets(self) -> impl Iterator<Item = u8> + Clone + use<'a> {
        let (escaped, mut behind) = (self.is_escaped(), false);
        self.text.iter().copied().filter(move |&byte| {
            behind = escaped && !behind && byte == b'\\';
            !behind
        })
    }

    /// Its octets; copied only if there are backslashes to be taken out.
    pub fn to_bytes(self) -> Cow<'a, [u8]> {
        if self.is_escaped() { Cow::Owned(self.octets().collect()) } else { Cow::Borrowed(self.text) }
    }

    /// As text, with `U+FFFD` for what is no UTF-8.
    pub fn to_str_lossy(self) -> Cow<'a, str> {
        match self.to_bytes() {
            Cow::Borrowed(bytes) => alloc::string::String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(alloc::string::String::from_utf8_lossy(&bytes).into_owned()),
        }
    }

    /// Its octets as they stand in the frame: if it was a quoted string, with its backslashes.
    pub fn as_wire(self) -> &'a [u8] {
        self.text
    }

    /// How many octets it has.
    pub fn len(self) -> usize {
        if self.is_escaped() { self.octets().count() } else { self.text.len() }
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// Whether it says `word`, whatever the case.
    pub fn is(self, word: &str) -> bool {
        if !self.is_escaped() {
            return self.text.eq_ignore_ascii_case(word.as_bytes());
        }
        self.octets()
            .map(|byte| byte.to_ascii_lowercase())
            .eq(word.bytes().map(|byte| byte.to_ascii_lowercase()))
    }

    /// Writes it as a `string`.
    pub(crate) fn write(self, out: &mut Out) {
        if self.is_escaped() { out.string(&self.to_bytes()) } else { out.string(self.text) }
    }
}

impl PartialEq for IString<'_> {
    fn eq(&self, other: &Self) -> bool {
        if self.is_escaped() || other.is_escaped() {
            self.octets().eq(other.octets())
        } else {
            self.text == other.text
        }
    }
}

impl Eq for IString<'_> {}

impl<const N: usize> PartialEq<[u8; N]> for IString<'_> {
    fn eq(&self, other: &[u8; N]) -> bool {
        self.octets().eq(other.iter().copied())
    }
}

impl PartialEq<str> for IString<'_> {
    fn eq(&self, other: &str) -> bool {
        self.octets().eq(other.bytes())
    }
}

impl Hash for IString<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_bytes().hash(state);
    }
}

impl<'a> From<&'a [u8]> for IString<'a> {
    fn from(octets: &'a [u8]) -> Self {
        Self::new(octets)
    }
}

impl<'a> From<&'a str> for IString<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text.as_bytes())
    }
}

impl fmt::Display for IString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(&self.to_bytes()), f)
    }
}

impl fmt::Debug for IString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(&self.to_bytes()), f)
    }
}
