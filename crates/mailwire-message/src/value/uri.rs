//! URIs, one and many, in angle brackets (RFC 2369 §2).

use super::ValueDefect;
use super::cursor::Cursor;
use super::scan::{BLANK, skip_cfws, without_blanks};
use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use mailwire_core::class::{trim, trim_start};
use mailwire_core::{Class, Escaped, Sink};
use memchr::{memchr, memchr2};

/// A URI as a header field holds it, without its angle brackets and without the blanks and folds inside it.
///
/// It is not parsed any further; anything may stand in it. Ask for its [`scheme`](Self::scheme) before you open it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Uri<'a> {
    uri: Cow<'a, [u8]>,
}

impl<'a> Uri<'a> {
    /// All of `value`, without blanks and folds: the value of a Content-Location field (RFC 2557 §4.1). Comments around
    /// it are left out.
    pub fn parse(value: &'a [u8]) -> Self {
        let uri = skip_cfws(value);
        // A parenthesis may be in a URI; one with a blank before it begins a comment.
        let comment = uri.windows(2).position(|pair| matches!(pair, [blank, b'('] if BLANK.contains(*blank)));
        Self { uri: without_blanks(trim(uri.get(..comment.unwrap_or(uri.len())).unwrap_or_default())) }
    }

    /// The URI's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.uri
    }

    /// The URI as text; what is no UTF-8 becomes U+FFFD.
    pub fn to_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.uri)
    }

    /// What stands before the first colon, if it can be a scheme (RFC 3986 §3.1). Compare it in any case.
    pub fn scheme(&self) -> Option<&str> {
        scheme(&self.uri)
    }

    /// Whether this is its scheme, in any case.
    pub fn is_scheme(&self, scheme: &str) -> bool {
        self.scheme().is_some_and(|written| written.eq_ignore_ascii_case(scheme))
    }

    /// The same URI, without the bytes it was read from.
    pub fn into_owned(self) -> Uri<'static> {
        Uri { uri: Cow::Owned(self.uri.into_owned()) }
    }
}

impl fmt::Debug for Uri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uri({:?})", Escaped(&self.uri))
    }
}

fn scheme(uri: &[u8]) -> Option<&str> {
    let name = uri.get(..memchr(b':', uri)?)?;
    let rest = name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
    let good = rest && name.first().is_some_and(u8::is_ascii_alphabetic);
    core::str::from_utf8(name).ok().filter(|_| good)
}

/// The URIs of a List-Help, List-Unsubscribe, List-Subscribe, List-Post, List-Owner or List-Archive field, in order of
/// preference.
///
/// ```text
/// [CFWS] "<" URI ">" *( [CFWS] "," [CFWS] "<" URI ">" ) [CFWS]
/// ```
///
/// (RFC 2369 §2, in prose there; RFC 5064 writes Archived-At the same way.) Blanks inside the brackets are ignored, as it
/// asks, and comments around them are skipped. It also asks to ignore all that follows something else, or a missing
/// comma: here only that is left out, and reported. In a value without any bracket the words that begin with a scheme
/// are taken.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::Uris;
///
/// let value = b" (by mail) <mailto:list@host.example?subject=help>,\r\n <https://host.example/he\r\n lp>";
/// let uris: Vec<_> = Uris::new(value).collect();
/// assert_eq!(uris[0].scheme(), Some("mailto"));
/// assert_eq!(uris[1].as_bytes(), b"https://host.example/help");
/// assert_eq!(uris.len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Uris<'a> {
    cursor: Cursor<'a>,
    bracketed: bool,
    /// A comma is due before the next one.
    comma: bool,
}

impl<'a> Uris<'a> {
    /// The URIs of `value`, read as they are asked for.
    pub fn new(value: &'a [u8]) -> Self {
        Self { cursor: Cursor::new(value), bracketed: memchr(b'<', value).is_some(), comma: false }
    }

    /// The next URI, and what was wrong with it or before it.
    pub fn next_with(&mut self, sink: &mut impl Sink<ValueDefect>) -> Option<Uri<'a>> {
        loop {
            self.cursor.skip(sink);
            let start = self.cursor.rest;
            match start {
                [] => return None,
                [b',', ..] => {
                    self.cursor.advance(1);
                    self.comma = false;
                }
                [b'<', ..] => {
                    let content = self.take_bracketed(sink);
                    if content.is_empty() {
                        self.cursor.report(ValueDefect::UriJunk, self.cursor.since(start), sink);
                        continue;
                    }
                    if core::mem::replace(&mut self.comma, true) {
                        self.cursor.report(ValueDefect::UriMissingComma, self.cursor.since(start), sink);
                    }
                    return Some(self.uri(content, sink));
                }
                _ if self.bracketed => {
                    self.cursor.take(|byte| matches!(byte, b'<' | b',' | b'('));
                    self.cursor.report(ValueDefect::UriJunk, self.cursor.since(start), sink);
                }
                _ => {
                    let word = self.cursor.take(|byte| byte == b',' || BLANK.contains(byte));
                    if scheme(word).is_some() {
                        self.cursor.report(ValueDefect::UriBare, word, sink);
                        return Some(self.uri(word, sink));
                    }
                    self.cursor.report(ValueDefect::UriJunk, word, sink);
                }
            }
        }
    }

    /// What stands in the brackets that open here; goes behind them. Without an end it is one word.
    fn take_bracketed(&mut self, sink: &mut impl Sink<ValueDefect>) -> &'a [u8] {
        let start = self.cursor.rest;
        while self.cursor.eat(b'<') {
            self.cursor.rest = trim_start(self.cursor.rest);
        }
        let inner = self.cursor.rest;
        let len = memchr2(b'>', b'<', inner).unwrap_or(inner.len());
        let content = inner.get(..len).unwrap_or_default();
        if inner.get(len) == Some(&b'>') {
            self.cursor.advance(len + 1);
            return trim(content);
        }
        let mut word = content.split(|&byte| BLANK.contains(byte)).next().unwrap_or_default();
        while let [head @ .., b','] = word {
            word = head;
        }
        self.cursor.advance(word.len());
        self.cursor.report(ValueDefect::UriUnclosed, self.cursor.since(start), sink);
        word
    }

    fn uri(&self, content: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Uri<'a> {
        let uri = Uri { uri: without_blanks(content) };
        if uri.scheme().is_none() || !VISIBLE.contains_all(&uri.uri) {
            self.cursor.report(ValueDefect::UriSyntax, content, sink);
        }
        uri
    }
}

impl<'a> Iterator for Uris<'a> {
    type Item = Uri<'a>;

    fn next(&mut self) -> Option<Uri<'a>> {
        self.next_with(&mut ())
    }
}

impl core::iter::FusedIterator for Uris<'_> {}

/// What a URI is written with (RFC 3986 §2), and UTF-8, as internationalised ones have it.
const VISIBLE: Class = Class::VCHAR.or(Class::HIGH);
