//! The languages of a part (RFC 3282).

use super::ValueDefect;
use super::cursor::{Cursor, ends_word};
use mailwire_core::Sink;

/// The language tags in a Content-Language field, as they are written, read as they are asked for.
///
/// ```text
/// Language-List = Language-Tag [CFWS] *( "," [CFWS] Language-Tag [CFWS] )
/// Language-Tag  = 1*8ALPHA *( "-" 1*8( ALPHA / DIGIT ) )
/// ```
///
/// (RFC 3282 §2.) They are compared in any case. An underscore, as in the name of a locale, is read as
/// it stands.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::Languages;
///
/// let languages: Vec<_> = Languages::new(b" en-GB, i-mingo (of upstate New York), de").collect();
/// assert_eq!(languages, ["en-GB", "i-mingo", "de"]);
/// ```
#[derive(Clone, Debug)]
pub struct Languages<'a> {
    cursor: Cursor<'a>,
}

impl<'a> Languages<'a> {
    /// The languages in `value`.
    pub fn new(value: &'a [u8]) -> Self {
        Self { cursor: Cursor::new(value) }
    }

    /// The next tag, and what was wrong with it or before it.
    pub fn next_with(&mut self, sink: &mut impl Sink<ValueDefect>) -> Option<&'a str> {
        loop {
            self.cursor.skip(sink);
            let start = self.cursor.rest;
            if start.is_empty() {
                return None;
            }
            if self.cursor.eat(b',') {
                continue;
            }
            let written = self.cursor.take(|byte| byte == b',' || ends_word(byte));
            if let Some(tag) = core::str::from_utf8(written).ok().filter(|_| has_subtags(written)) {
                if !is_tag(written) {
                    self.cursor.report(ValueDefect::LanguageSyntax, written, sink);
                }
                return Some(tag);
            }
            if written.is_empty() {
                self.cursor.advance(1);
            }
            self.cursor.report(ValueDefect::LanguageJunk, self.cursor.since(start), sink);
        }
    }
}

impl<'a> Iterator for Languages<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.next_with(&mut ())
    }
}

impl core::iter::FusedIterator for Languages<'_> {}

fn has_subtags(written: &[u8]) -> bool {
    !written.is_empty()
        && written.iter().all(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn is_tag(written: &[u8]) -> bool {
    let mut subtags = written.split(|&byte| byte == b'-');
    subtags.clone().next().is_some_and(|first| first.iter().all(u8::is_ascii_alphabetic))
        && subtags
            .all(|subtag| (1..=8).contains(&subtag.len()) && subtag.iter().all(u8::is_ascii_alphanumeric))
}
