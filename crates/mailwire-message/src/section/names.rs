//! The field names that `HEADER.FIELDS` takes.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use mailwire_core::{Class, Escaped, ParseError};
use memchr::memchr3;

/// The list of field names in a [`Section`](super::Section).
///
/// ```text
/// header-list = "(" header-fld-name *(SP header-fld-name) ")"
/// header-fld-name = astring
/// ```
///
/// (RFC 9051 §9.) Names that are literals have to stand in the list with their octets: `{4}`, line end, `Date`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SectionNames<'s> {
    /// What stands between the parentheses, valid.
    list: &'s [u8],
}

impl<'s> SectionNames<'s> {
    /// Reads ` (name name)`.
    pub(super) fn parse(list: &'s [u8]) -> Result<Self, ParseError> {
        let error = |at: usize, expected| Err(ParseError::new(list, at, expected));
        if list.first() != Some(&b' ') {
            return error(0, "a space");
        }
        if list.get(1) != Some(&b'(') {
            return error(1, "`(`");
        }
        let start = 2;
        let mut at = start;
        loop {
            let Some((_, rest)) = next(list.get(at..).unwrap_or_default()) else {
                return error(at, "a field name");
            };
            at = list.len() - rest.len();
            match rest {
                [b' ', ..] => at += 1,
                [b')'] => return Ok(Self { list: list.get(start..at).unwrap_or_default() }),
                [b')', ..] => return error(at + 1, "the end of the section"),
                _ => return error(at, "a space or `)`"),
            }
        }
    }

    /// The names, in their order, without quotes.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'s, [u8]>> + use<'s> {
        let mut rest = self.list;
        core::iter::from_fn(move || {
            let (name, behind) = next(rest)?;
            rest = behind.get(1..).unwrap_or_default();
            Some(name)
        })
    }

    /// The names in an order in which one of them is found fast.
    pub(super) fn sorted(&self) -> Vec<Cow<'s, [u8]>> {
        let mut names: Vec<_> = self.iter().collect();
        names.sort_unstable_by(|a, b| compare(a, b));
        names
    }
}

/// The names as they came, in parentheses. A literal shows as an escaped quoted string.
impl fmt::Display for SectionNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        for (nth, name) in self.iter().enumerate() {
            let space = if nth == 0 { "" } else { " " };
            if !name.is_empty() && atom_len(&name) == name.len() {
                write!(f, "{space}{}", Escaped(&name))?;
            } else {
                write!(f, "{space}{:?}", Escaped(&name))?;
            }
        }
        f.write_str(")")
    }
}

impl fmt::Debug for SectionNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The order of names, without a difference between upper and lower case.
pub(super) fn compare(a: &[u8], b: &[u8]) -> Ordering {
    a.iter().map(u8::to_ascii_lowercase).cmp(b.iter().map(u8::to_ascii_lowercase))
}

/// The name at the front of `rest`, and what stands behind it.
fn next(rest: &[u8]) -> Option<(Cow<'_, [u8]>, &[u8])> {
    match rest {
        [b'"', inner @ ..] => quoted(inner),
        [b'{', inner @ ..] => literal(inner),
        _ => {
            let (name, behind) = rest.split_at_checked(atom_len(rest))?;
            (!name.is_empty()).then_some((Cow::Borrowed(name), behind))
        }
    }
}

/// The length of the `1*ASTRING-CHAR` at the front (RFC 9051 §9): all printable ASCII but `(){%*"\`.
fn atom_len(bytes: &[u8]) -> usize {
    let is_char = |byte: &u8| Class::VCHAR.contains(*byte) && !b"(){%*\"\\".contains(byte);
    bytes.iter().position(|byte| !is_char(byte)).unwrap_or(bytes.len())
}

/// A quoted string whose opening quote has been taken.
fn quoted(inner: &[u8]) -> Option<(Cow<'_, [u8]>, &[u8])> {
    let stop = memchr3(b'"', b'\\', b'\r', inner)?;
    let (plain, rest) = inner.split_at_checked(stop)?;
    if let [b'"', behind @ ..] = rest {
        return Some((Cow::Borrowed(plain), behind));
    }
    let mut name = plain.to_vec();
    let mut rest = rest;
    loop {
        match rest {
            [b'"', behind @ ..] => return Some((Cow::Owned(name), behind)),
            [b'\\', byte @ (b'"' | b'\\'), behind @ ..] => {
                name.push(*byte);
                rest = behind;
            }
            [b'\\' | b'\r' | b'\n' | b'\0', ..] | [] => return None,
            [byte, behind @ ..] => {
                name.push(*byte);
                rest = behind;
            }
        }
    }
}

/// A literal whose brace has been taken: `"{" number ["+"] "}" CRLF *CHAR8`.
fn literal(inner: &[u8]) -> Option<(Cow<'_, [u8]>, &[u8])> {
    let (size, rest) = inner.split_at_checked(Class::DIGIT.prefix_len(inner))?;
    let size = core::str::from_utf8(size).ok()?.parse().ok()?;
    let (name, behind) =
        rest.strip_prefix(b"+").unwrap_or(rest).strip_prefix(b"}\r\n")?.split_at_checked(size)?;
    Some((Cow::Borrowed(name), behind))
}
