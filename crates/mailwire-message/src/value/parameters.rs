//! The parameters of a structured MIME value (RFC 2045 §5.1, RFC 2231).

use super::plain;
use super::scan::{BLANK, Nesting, may_hold_words, range_in};
use super::{Parameter, ParameterValue, ValueDefect};
use alloc::borrow::Cow;
use mailwire_core::class::{trim_end, trim_start};
use mailwire_core::{Class, Sink};

/// The parameters of a value, read as they are asked for.
///
/// Stray semicolons, comments, a missing semicolon and a missing equals sign do no harm. A value without quotes goes
/// to the next semicolon, blanks included, or to the next word that looks like `name=`; a quote that is not closed
/// encloses all the rest.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::Parameters;
///
/// let mut parameters = Parameters::new(b"; charset=utf-8 (Unicode); name=\"a;b\"; title*0*=x");
/// let charset = parameters.next().unwrap();
/// assert!(charset.is("Charset"));
/// assert_eq!(charset.raw(), b"utf-8");
/// assert_eq!(parameters.next().unwrap().raw(), b"a;b");
/// let title = parameters.next().unwrap();
/// assert_eq!((title.name(), title.section(), title.is_extended()), (&b"title"[..], Some(0), true));
/// assert!(parameters.next().is_none());
/// ```
#[derive(Clone, Debug)]
pub struct Parameters<'a> {
    /// The value of the field, for the ranges of defects.
    pub(super) value: &'a [u8],
    rest: &'a [u8],
    nesting: Nesting,
}

impl<'a> Parameters<'a> {
    /// The parameters in `rest`, which is what stands behind the main word of a structured value.
    pub fn new(rest: &'a [u8]) -> Self {
        Self::in_value(rest, rest)
    }

    /// The parameters in `rest`, the tail of `value`.
    pub(super) fn in_value(value: &'a [u8], rest: &'a [u8]) -> Self {
        Self { value, rest, nesting: Nesting::default() }
    }

    /// The text of the parameter `name`, of any case: [`find`](Self::find) and [`text`](ParameterValue::text).
    pub fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        match plain::find(self.rest, name) {
            Ok(value) if !value.is_some_and(may_hold_words) => {
                value.and_then(|value| core::str::from_utf8(value).ok()).map(Cow::Borrowed)
            }
            _ => self.find(name).map(|value| value.text()),
        }
    }

    /// [`get`](Self::get) for several names at once.
    pub(crate) fn get_each<const N: usize>(&self, names: [&str; N]) -> [Option<Cow<'a, str>>; N] {
        match plain::find_each(self.rest, names) {
            Ok(values) if !values.iter().flatten().any(|value| may_hold_words(value)) => values
                .map(|value| value.and_then(|value| core::str::from_utf8(value).ok()).map(Cow::Borrowed)),
            _ => names.map(|name| self.get(name)),
        }
    }

    /// The bytes of the parameter `name`, and what was wrong with the parameters.
    pub(super) fn bytes_with(&self, name: &str, sink: &mut impl Sink<ValueDefect>) -> Option<Cow<'a, [u8]>> {
        match plain::find(self.rest, name) {
            Ok(value) => value.map(Cow::Borrowed),
            Err(_) => self.find_with(name, sink).map(|value| value.bytes()),
        }
    }

    /// All that is said about the parameter `name`, of any case. Of two values in the same form the first is taken.
    pub fn find(&self, name: &str) -> Option<ParameterValue<'a>> {
        ParameterValue::find(self.clone(), name, &mut ())
    }

    /// [`find`](Self::find), and what was wrong with the parameters.
    pub fn find_with(&self, name: &str, sink: &mut impl Sink<ValueDefect>) -> Option<ParameterValue<'a>> {
        let found = ParameterValue::find(self.clone(), name, sink)?;
        found.compare(self.value, sink);
        Some(found)
    }

    /// The next parameter, and what was wrong with it or before it.
    pub fn next_with(&mut self, sink: &mut impl Sink<ValueDefect>) -> Option<Parameter<'a>> {
        loop {
            self.skip(sink);
            let written = self.take(|byte| BLANK.contains(byte) || matches!(byte, b'=' | b';' | b'"' | b'('));
            self.skip(sink);
            match self.rest {
                [b'=', rest @ ..] if !written.is_empty() => {
                    self.rest = rest;
                    return Some(self.value_of(written, sink));
                }
                [b'"', ..] if !written.is_empty() => {
                    sink.report(ValueDefect::ParameterMissingEquals, range_in(self.value, written));
                    return Some(self.value_of(written, sink));
                }
                [b';' | b'=', rest @ ..] => self.rest = rest,
                [b'"', ..] => {
                    let len = self.nesting.quoted_len(self.rest).unwrap_or(self.rest.len());
                    self.rest = self.rest.get(len..)?;
                }
                [] if written.is_empty() => return None,
                _ => {}
            }
            if !written.is_empty() {
                sink.report(ValueDefect::ParameterMissingEquals, range_in(self.value, written));
            }
        }
    }

    /// Goes behind blanks and comments. A comment that is not closed goes to the end.
    fn skip(&mut self, sink: &mut impl Sink<ValueDefect>) {
        self.rest = trim_start(self.rest);
        while let [b'(', ..] = self.rest {
            let len = self.nesting.comment_len(self.rest).unwrap_or_else(|| {
                sink.report(ValueDefect::UnclosedComment, range_in(self.value, self.rest));
                self.rest.len()
            });
            self.rest = trim_start(self.rest.get(len..).unwrap_or_default());
        }
    }

    /// Takes the bytes before the first one that `ends`.
    fn take(&mut self, ends: impl Fn(u8) -> bool) -> &'a [u8] {
        let len = self.rest.iter().position(|&byte| ends(byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or_default();
        self.rest = rest;
        taken
    }

    /// Reads the value of the parameter whose name is `written`.
    fn value_of(&mut self, written: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Parameter<'a> {
        self.rest = trim_start(self.rest);
        if self.rest.first() == Some(&b'(')
            && let Some(len) = self.nesting.comment_len(self.rest)
            && let Some(behind) = self.rest.get(len..)
            && behind.first().is_none_or(|&byte| byte == b'"' || byte == b';' || BLANK.contains(byte))
        {
            self.rest = behind;
            self.skip(sink);
        }
        let quoted = self.rest.first() == Some(&b'"');
        let raw = if quoted { self.quoted(sink) } else { self.unquoted(sink) };
        Parameter::new(written, quoted, raw)
    }

    fn quoted(&mut self, sink: &mut impl Sink<ValueDefect>) -> &'a [u8] {
        let Some(len) = self.nesting.quoted_len(self.rest) else {
            sink.report(ValueDefect::ParameterUnclosedQuote, range_in(self.value, self.rest));
            let value = self.rest.get(1..).unwrap_or_default();
            self.rest = &[];
            return trim_end(value);
        };
        let value = self.rest.get(1..len - 1).unwrap_or_default();
        self.rest = self.rest.get(len..).unwrap_or_default();
        self.skip(sink);
        if !matches!(self.rest, [] | [b';', ..]) {
            self.missing_semicolon(self.rest, sink);
        }
        value
    }

    /// A value without quotes: a token, if all is well.
    fn unquoted(&mut self, sink: &mut impl Sink<ValueDefect>) -> &'a [u8] {
        let token = Class::TOKEN.prefix_len(self.rest);
        let len = match self.rest.get(token) {
            None | Some(b';') => token,
            Some(_) => self.unquoted_len(token, sink),
        };
        let (value, rest) = self.rest.split_at_checked(len).unwrap_or_default();
        self.rest = rest;
        let value = trim_end(value);
        if !Class::TOKEN.contains_all(value) {
            sink.report(ValueDefect::ParameterUnquoted, range_in(self.value, value));
        }
        value
    }

    /// How far an unquoted value goes whose first `at` bytes are known to be in it.
    fn unquoted_len(&mut self, mut at: usize, sink: &mut impl Sink<ValueDefect>) -> usize {
        // Comments are the last thing before the semicolon; any other parenthesis belongs to a name ("a (1).txt").
        let mut comments = None;
        while let Some(rest @ [first, ..]) = self.rest.get(at..) {
            match first {
                b';' => break,
                b'(' => {
                    let len = self.nesting.comment_len(rest);
                    comments = len.and(comments.or(Some(at)));
                    at += len.unwrap_or(1);
                }
                byte if BLANK.contains(*byte) => {
                    let word = trim_start(rest);
                    let name = Class::TOKEN.prefix_len(word);
                    if name > 0 && word.get(name) == Some(&b'=') {
                        self.missing_semicolon(word, sink);
                        break;
                    }
                    at += rest.len() - word.len();
                }
                _ => {
                    comments = None;
                    at += Class::TOKEN.prefix_len(rest).max(1);
                }
            }
        }
        comments.unwrap_or(at)
    }

    fn missing_semicolon(&self, before: &[u8], sink: &mut impl Sink<ValueDefect>) {
        let at = range_in(self.value, before).start;
        sink.report(ValueDefect::ParameterMissingSemicolon, at..at);
    }
}

impl<'a> Iterator for Parameters<'a> {
    type Item = Parameter<'a>;

    fn next(&mut self) -> Option<Parameter<'a>> {
        self.next_with(&mut ())
    }
}

impl core::iter::FusedIterator for Parameters<'_> {}
