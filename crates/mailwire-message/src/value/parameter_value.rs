//! The value of a parameter: the plain form and the form of RFC 2231, decoded.

use super::scan::{may_hold_words, range_in, unescaped, without_line_ends};
use super::{Parameter, Parameters, ValueDefect};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use mailwire_core::{Class, Sink};
use mailwire_encoding::ext_value::{self, Segment};
use mailwire_encoding::{EncodingDefect, encoded_word};

/// All that a value says about one parameter: the plain form, the segments of the extended form, or both.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::Disposition;
///
/// let value = b"attachment; filename=\"naive.txt\"; filename*0*=utf-8''na%C3; filename*1*=%AFve.txt";
/// let disposition = Disposition::parse(value);
/// let name = disposition.parameters().find("filename").unwrap();
/// assert_eq!(name.plain().unwrap(), "naive.txt");
/// assert_eq!(name.extended().unwrap(), "naïve.txt");
/// assert_eq!(name.text(), "naïve.txt");
/// ```
#[derive(Clone, Debug, Default)]
pub struct ParameterValue<'a> {
    plain: Option<Parameter<'a>>,
    segments: Vec<Segment<'a>>,
}

impl<'a> ParameterValue<'a> {
    /// Looks through all `parameters` once.
    pub(super) fn find(
        mut parameters: Parameters<'a>,
        name: &str,
        sink: &mut impl Sink<ValueDefect>,
    ) -> Option<Self> {
        let mut found = Self::default();
        let value = parameters.value;
        // Decoded once: a value with a hundred thousand duplicates is still read in linear time.
        let mut first_bytes = None;
        while let Some(parameter) = parameters.next_with(sink) {
            if !parameter.is(name) {
                continue;
            }
            if parameter.section().is_some() || parameter.is_extended() {
                found.segments.push(Segment {
                    number: parameter.section().unwrap_or(0),
                    encoded: parameter.is_extended(),
                    quoted: parameter.is_quoted(),
                    value: parameter.raw(),
                });
            } else if let Some(first) = found.plain {
                if parameter.bytes() != *first_bytes.get_or_insert_with(|| first.bytes()) {
                    sink.report(ValueDefect::ParameterDuplicate, range_in(value, parameter.raw()));
                }
            } else {
                found.plain = Some(parameter);
            }
        }
        (found.plain.is_some() || !found.segments.is_empty()).then_some(found)
    }

    /// Reports two forms that say two things; `value` is the field's.
    pub(super) fn compare(&self, value: &[u8], sink: &mut impl Sink<ValueDefect>) {
        if let Some(plain) = self.plain
            && let Some(extended) = self.extended()
            && extended != plain.text()
        {
            sink.report(ValueDefect::ParameterTwoForms, range_in(value, plain.raw()));
        }
    }

    /// The value as text: that of the extended form, which is there for those who can read it; else the plain one.
    pub fn text(&self) -> Cow<'a, str> {
        self.text_with(&mut ())
    }

    /// [`text`](Self::text), and what was wrong with its encoding, in bytes from the start of the raw value.
    pub fn text_with(&self, sink: &mut impl Sink<EncodingDefect>) -> Cow<'a, str> {
        match self.plain {
            Some(plain) if self.segments.is_empty() => plain.text_with(sink),
            _ => self.extended_with(sink).unwrap_or_default(),
        }
    }

    /// The value in the plain form, `name=value`.
    pub fn plain(&self) -> Option<Cow<'a, str>> {
        self.plain.map(|parameter| parameter.text())
    }

    /// The value in the form of RFC 2231, `name*=value`, its segments joined in the order of their numbers.
    pub fn extended(&self) -> Option<Cow<'a, str>> {
        self.extended_with(&mut ())
    }

    fn extended_with(&self, sink: &mut impl Sink<EncodingDefect>) -> Option<Cow<'a, str>> {
        if self.segments.is_empty() {
            return None;
        }
        let joined = ext_value::join(&mut self.segments.clone(), sink).into_text();
        // Neither `=` nor `?` stands for itself in an extended value, and no encoded-word belongs into any parameter;
        // where one stands all the same, its writer cut an encoded name into pieces.
        if self.segments.iter().any(|segment| may_hold_words(segment.value)) {
            let mut text = String::with_capacity(joined.len());
            encoded_word::decode_into(joined.as_bytes(), &mut text, sink);
            return Some(Cow::Owned(text));
        }
        Some(joined)
    }

    /// The raw value, if what is read from it has the same positions: it is in one piece, without escapes and folds.
    pub(crate) fn in_place(&self) -> Option<&'a [u8]> {
        let raw = match (self.plain, self.segments.as_slice()) {
            (Some(plain), []) => plain.raw(),
            (_, [segment]) if !may_hold_words(segment.value) => segment.value,
            _ => return None,
        };
        let moved = |byte: &u8| *byte == b'\\' || Class::CRLF.contains(*byte);
        (!raw.iter().any(moved)).then_some(raw)
    }

    /// The value as bytes, where it is compared with bytes: a boundary. Not decoded in the plain form.
    pub(super) fn bytes(&self) -> Cow<'a, [u8]> {
        match self.plain {
            Some(plain) if self.segments.is_empty() => plain.bytes(),
            _ => match self.text() {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            },
        }
    }
}

impl<'a> Parameter<'a> {
    /// The value without the backslashes of a quoted string and without the line ends of its folds.
    pub fn bytes(&self) -> Cow<'a, [u8]> {
        let raw = self.raw();
        if self.is_quoted() { unescaped(raw) } else { without_line_ends(raw) }
    }

    /// The value as text, by itself: encoded-words are decoded, as nearly all software does against RFC 2047 §5; bytes
    /// that are not UTF-8 are read as windows-1252.
    pub fn text(&self) -> Cow<'a, str> {
        self.text_with(&mut ())
    }

    /// [`text`](Self::text), and what was wrong with its encoding, in bytes from the start of the raw value.
    pub fn text_with(&self, sink: &mut impl Sink<EncodingDefect>) -> Cow<'a, str> {
        let bytes = self.bytes();
        if let Cow::Borrowed(bytes) = bytes
            && !may_hold_words(bytes)
            && let Ok(text) = core::str::from_utf8(bytes)
        {
            return Cow::Borrowed(text);
        }
        let mut text = String::with_capacity(bytes.len());
        encoded_word::decode_into(&bytes, &mut text, sink);
        Cow::Owned(text)
    }

    /// Whether it is UTF-8 and has an encoded-word in it, which [`text`](Self::text) decodes.
    pub(crate) fn holds_words(&self) -> bool {
        may_hold_words(self.raw())
            && core::str::from_utf8(&self.bytes()).is_ok_and(|plain| plain != self.text())
    }
}
