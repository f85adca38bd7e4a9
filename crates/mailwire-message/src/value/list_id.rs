//! The identifier of a mailing list (RFC 2919).

use super::ValueDefect;
use super::scan::{Nesting, range_in, skip_cfws, unescaped, without_blanks, without_line_ends};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::class::trim;
use mailwire_core::{Class, Escaped, ParseError, Sink};
use mailwire_encoding::encoded_word;
use memchr::{memchr, memchr3, memrchr};

/// The value of a List-Id field: what identifies a list wherever it moves, and what it is called.
///
/// ```text
/// list-id-header = "List-ID:" [phrase] "<" list-id ">" CRLF
/// ```
///
/// (RFC 2919 §3.) Blanks inside the brackets are ignored, as it asks. Without brackets all of the value is the
/// identifier.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::ListId;
///
/// let id = ListId::parse(b" \"Lena's Personal Joke List\"\r\n <lenas-jokes.host.example>")?;
/// assert_eq!(id.as_bytes(), b"lenas-jokes.host.example");
/// assert_eq!(id.description().unwrap(), "Lena's Personal Joke List");
/// assert!(id.is("Lenas-Jokes.HOST.example"));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone)]
pub struct ListId<'a> {
    id: Cow<'a, [u8]>,
    phrase: &'a [u8],
}

impl<'a> ListId<'a> {
    /// Reads the identifier and the phrase before it.
    ///
    /// # Errors
    ///
    /// [`ParseError`] when there is nothing that could be an identifier.
    pub fn parse(value: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong.
    ///
    /// # Errors
    ///
    /// That of [`parse`](Self::parse), reported to `sink` as well.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Result<Self, ParseError> {
        let (phrase, content, id) = if let Some((phrase, rest)) = open_bracket(value, sink) {
            let content = bracketed(value, rest, sink);
            (trim(phrase), content, without_blanks(content))
        } else {
            let bare = trim(value);
            if !bare.is_empty() {
                sink.report(ValueDefect::ListIdBare, range_in(value, bare));
            }
            (&[][..], bare, without_line_ends(bare))
        };
        if content.is_empty() {
            sink.report(ValueDefect::NoListId, 0..value.len());
            return Err(ParseError::new(value, range_in(value, content).start, "a list identifier"));
        }
        if !LABELS.contains_all(&id) || memchr(b'.', &id).is_none_or(|at| at == 0 || at + 1 == id.len()) {
            sink.report(ValueDefect::ListIdSyntax, range_in(value, content));
        }
        Ok(Self { id, phrase })
    }

    /// The identifier's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.id
    }

    /// The identifier as text; what is no UTF-8 becomes U+FFFD.
    pub fn to_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.id)
    }

    /// Whether this is the identifier: compared in any case, as RFC 2919 §6 asks.
    pub fn is(&self, id: &str) -> bool {
        self.id.eq_ignore_ascii_case(id.as_bytes())
    }

    /// What the list is called, decoded; `None` where the field does not say it.
    pub fn description(&self) -> Option<Cow<'a, str>> {
        let text = if memchr(b'"', self.phrase).is_some() {
            Cow::Owned(encoded_word::decode(&without_quotes(self.phrase)).into_owned())
        } else {
            encoded_word::decode(self.phrase)
        };
        Some(text).filter(|text| !text.trim().is_empty())
    }
}

impl fmt::Debug for ListId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListId({:?})", Escaped(&self.id))
    }
}

/// What stands before the bracket that begins the identifier, and what begins with it: of several, the last that is
/// closed, since an identifier ends the field.
fn open_bracket<'a>(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Option<(&'a [u8], &'a [u8])> {
    let mut nesting = Nesting::default();
    let end = memrchr(b'>', value).unwrap_or(0);
    let mut found: Option<usize> = None;
    let mut at = 0;
    while let Some(rest) = value.get(at..)
        && let Some(next) = memchr3(b'<', b'"', b'(', rest)
    {
        at += next;
        let rest = value.get(at..).unwrap_or_default();
        at += match rest.first() {
            Some(b'"') => nesting.quoted_len(rest).unwrap_or(1),
            Some(b'(') => nesting.comment_len(rest).unwrap_or(1),
            _ => {
                if let Some(first) = found.filter(|_| at < end) {
                    sink.report(ValueDefect::ListIdJunk, first..at);
                }
                if found.is_none() || at < end {
                    found = Some(at);
                }
                1
            }
        };
    }
    value.split_at_checked(found?)
}

/// What stands in the bracket at the front of `rest`.
fn bracketed<'a>(value: &[u8], rest: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> &'a [u8] {
    let inner = rest.get(1..).unwrap_or_default();
    let Some(len) = memchr(b'>', inner) else {
        sink.report(ValueDefect::ListIdUnclosed, range_in(value, trim(rest)));
        return trim(inner);
    };
    let behind = inner.get(len + 1..).unwrap_or_default();
    if !skip_cfws(behind).is_empty() {
        sink.report(ValueDefect::ListIdJunk, range_in(value, trim(behind)));
    }
    trim(inner.get(..len).unwrap_or_default())
}

/// A phrase whose quoted strings are unescaped.
fn without_quotes(phrase: &[u8]) -> Vec<u8> {
    let mut nesting = Nesting::default();
    let mut out = Vec::with_capacity(phrase.len());
    let mut rest = phrase;
    while let Some(at) = memchr(b'"', rest) {
        let (before, quoted) = rest.split_at_checked(at).unwrap_or_default();
        out.extend_from_slice(before);
        let Some(len) = nesting.quoted_len(quoted) else {
            rest = quoted;
            break;
        };
        out.extend_from_slice(&unescaped(quoted.get(1..len - 1).unwrap_or_default()));
        rest = quoted.get(len..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    out
}

/// `dot-atom-text` (RFC 5322 §3.2.3): an identifier is "list-label "." list-id-namespace" (RFC 2919 §2).
const LABELS: Class = Class::ATEXT.or(Class::DOT).or(Class::HIGH);
