//! What an authentication method looked at (RFC 8601 §2.2 and §2.3).

use super::cursor::{Cursor, Word, ends_word};
use super::scan::{BLANK, comment_len, quoted_len};
use super::{MethodName, ValueDefect};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Class, Escaped, Sink};
use memchr::memchr;

/// The properties of a result, read as they are asked for.
#[derive(Clone, Debug)]
pub struct Properties<'a> {
    pub(super) cursor: Cursor<'a>,
}

/// One property: what was looked at, and what was there.
///
/// ```text
/// propspec = ptype [CFWS] "." [CFWS] property [CFWS] "=" pvalue
/// pvalue   = [CFWS] ( value / [ [ local-part ] "@" ] domain-name ) [CFWS]
/// ```
///
/// (RFC 8601 §2.2.)
#[derive(Clone, Copy)]
pub struct Property<'a> {
    ptype: Option<&'a [u8]>,
    name: &'a [u8],
    value: Word<'a>,
}

/// What follows a result.
pub(super) enum Statement<'a> {
    Reason(Word<'a>),
    Property(Property<'a>),
}

impl<'a> Properties<'a> {
    /// Reads up to the semicolon, or to a registered method where the semicolon is missing.
    pub(super) fn statement(&mut self, sink: &mut impl Sink<ValueDefect>) -> Option<Statement<'a>> {
        let cursor = &mut self.cursor;
        loop {
            cursor.skip(sink);
            let before = *cursor;
            let start = cursor.rest;
            if matches!(start, [] | [b';', ..]) {
                return None;
            }
            let word = cursor.take(ends_name);
            cursor.skip(sink);
            let (ptype, mut name) = match memchr(b'.', word).and_then(|at| word.split_at_checked(at)) {
                Some((ptype, name)) => {
                    (Some(ptype).filter(|ptype| !ptype.is_empty()), name.get(1..).unwrap_or_default())
                }
                None if !word.is_empty() && cursor.eat(b'.') => (Some(word), &[][..]),
                None if begins_method(word, cursor) => {
                    *cursor = before;
                    return None;
                }
                None => (None, word),
            };
            if ptype.is_some() && name.is_empty() {
                cursor.skip(sink);
                name = cursor.take(ends_name);
                cursor.skip(sink);
            }
            if name.is_empty() || !cursor.eat(b'=') {
                if word.is_empty() && cursor.rest.first() == Some(&b'"') {
                    cursor.quoted(sink);
                } else if word.is_empty() {
                    cursor.advance(1);
                }
                cursor.report(ValueDefect::AuthenticationJunk, cursor.since(start), sink);
                continue;
            }
            let value = value(cursor, sink);
            if ptype.is_none() && name.eq_ignore_ascii_case(b"reason") {
                return Some(Statement::Reason(value));
            }
            if ptype.is_none() {
                cursor.report(ValueDefect::AuthenticationNoPtype, name, sink);
            }
            return Some(Statement::Property(Property { ptype, name, value }));
        }
    }
}

impl<'a> Iterator for Properties<'a> {
    type Item = Property<'a>;

    fn next(&mut self) -> Option<Property<'a>> {
        loop {
            if let Statement::Property(property) = self.statement(&mut ())? {
                return Some(property);
            }
        }
    }
}

impl core::iter::FusedIterator for Properties<'_> {}

impl<'a> Property<'a> {
    /// What kind of thing was looked at: `smtp`, `header`, `body`, `policy`. `None` where it is not said, as in
    /// Microsoft's `action=none`.
    pub fn ptype(&self) -> Option<&'a [u8]> {
        self.ptype
    }

    /// Which one: `mailfrom`, `d`.
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// Whether type and name are these, in any case.
    pub fn is(&self, ptype: &str, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
            && self.ptype.is_some_and(|written| written.eq_ignore_ascii_case(ptype.as_bytes()))
    }

    /// What was there: a quoted string without its quotes, or else a word, a domain or an address as it is written,
    /// without blanks and comments. The quotes of a local part belong to the address and stay.
    pub fn value(&self) -> Cow<'a, [u8]> {
        let raw = self.value.raw;
        if self.value.quoted || !raw.iter().any(|&byte| ends_word(byte)) {
            return self.value.bytes();
        }
        Cow::Owned(without_cfws(raw))
    }
}

impl fmt::Debug for Property<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ptype = self.ptype.map(Escaped);
        f.debug_tuple("Property")
            .field(&ptype)
            .field(&Escaped(self.name))
            .field(&Escaped(&self.value()))
            .finish()
    }
}

fn ends_name(byte: u8) -> bool {
    byte == b'=' || ends_word(byte)
}

/// `Keyword` (RFC 5321 §4.1.2): letters, digits, hyphens inside.
pub(super) fn is_keyword(word: &[u8]) -> bool {
    !word.is_empty() && KEYWORD.contains_all(word)
}

/// Whether `word`, which is read, is a method where a property is due. Any other word with an equals sign behind it
/// can be either, and is a property without a type.
fn begins_method(word: &[u8], behind: &Cursor<'_>) -> bool {
    let (method, versioned) = match memchr(b'/', word) {
        Some(at) => (word.get(..at).unwrap_or_default(), true),
        None => (word, behind.rest.first() == Some(&b'/')),
    };
    (versioned || behind.rest.first() == Some(&b'=')) && MethodName::new(method).is_known()
}

/// Reads a `pvalue`.
fn value<'a>(cursor: &mut Cursor<'a>, sink: &mut impl Sink<ValueDefect>) -> Word<'a> {
    cursor.skip(sink);
    let start = cursor.rest;
    if cursor.rest.first() == Some(&b'"') {
        let raw = cursor.quoted(sink);
        if !matches!(cursor.rest, [b'@' | b'.', ..]) {
            return Word { raw, quoted: true };
        }
    }
    loop {
        let piece = cursor.take(ends_word);
        if piece.last() == Some(&b'.') && cursor.rest.first() == Some(&b'"') {
            // `a."b c"@d`: quotes in a local part (RFC 5322 §4.4).
            cursor.quoted(sink);
            continue;
        }
        // `a (comment) @d`: what may stand around a local part (RFC 5322 §3.2.3).
        let mut next = *cursor;
        next.skip(&mut ());
        if piece.is_empty() || memchr(b'@', piece).is_some() || next.rest.first() != Some(&b'@') {
            break;
        }
        *cursor = next;
    }
    let raw = cursor.since(start);
    let plain = match memchr(b'@', raw) {
        _ if raw.is_empty() => false,
        // Quotes and comments in an address were read as such.
        Some(_) => {
            raw.iter().all(|&byte| byte == b'@' || ADDRESS.contains(byte))
                || raw.iter().any(|&byte| ends_word(byte))
        }
        None => VALUE.contains_all(raw),
    };
    if !plain {
        let kind = if raw.is_empty() {
            ValueDefect::AuthenticationSyntax
        } else {
            ValueDefect::AuthenticationUnquoted
        };
        cursor.report(kind, raw, sink);
    }
    Word { raw, quoted: false }
}

/// An address without the blanks and comments in it; what is in quotes stays.
fn without_cfws(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let [byte, tail @ ..] = rest {
        rest = match byte {
            b'(' => comment_len(rest).and_then(|len| rest.get(len..)).unwrap_or_default(),
            b'"' => {
                let (quoted, behind) =
                    rest.split_at_checked(quoted_len(rest).unwrap_or(rest.len())).unwrap_or_default();
                out.extend_from_slice(quoted);
                behind
            }
            byte if BLANK.contains(*byte) => tail,
            byte => {
                out.push(*byte);
                tail
            }
        };
    }
    out
}

const KEYWORD: Class = Class::ALPHA.or(Class::DIGIT).or(Class::HYPHEN);

/// `value` (RFC 2045 §5.1), with UTF-8 (RFC 6532); a domain name has no other bytes either.
const VALUE: Class = Class::TOKEN.or(Class::HIGH);

/// What an address is made of, which needs no quotes.
const ADDRESS: Class = Class::ATEXT.or(Class::DOT).or(Class::HIGH);
