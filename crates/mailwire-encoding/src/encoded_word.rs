//! Encoded-words: `=?charset?encoding?text?=` in header values (RFC 2047, RFC 2231 §5).
//!
//! ```
//! use mailwire_encoding::encoded_word;
//!
//! assert_eq!(encoded_word::decode(b" =?utf-8?Q?caf=C3=A9?= au\r\n lait"), "café au lait");
//! // Blanks between two words are no text, and a character may be spread over both.
//! assert_eq!(encoded_word::decode(b"=?utf-8?B?ww==?= =?utf-8*fr?Q?=A9?="), "é");
//! ```
//!
//! Text without an encoded-word, a line end or a byte of eight bits that is no UTF-8 is borrowed.

mod word;

use crate::charset::{self, Charset, Fallback, utf8};
use crate::{EncodingDefect, base64};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;
use mailwire_core::{Class, Sink, class};
use memchr::memchr3;
use word::{Encoding, Word, Words};

/// An encoded-word may not be longer (RFC 2047 §2).
const LONGEST: usize = 75;
/// Stands for controls that come out of encoded text.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// The text of an unstructured value (`Subject`, `Comments`, the value of any field that is not known): unfolded,
/// without the blanks around it, and with its encoded-words decoded. Never fails: see [`decode_into`].
pub fn decode(value: &[u8]) -> Cow<'_, str> {
    let value = class::trim(value);
    if is_plain(value)
        && let Some(text) = utf8(value)
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    decode_into(value, &mut out, &mut ());
    Cow::Owned(out)
}

/// Appends the text of `value` to `out`, with its encoded-words decoded, and reports what was wrong.
///
/// `value` is an unstructured value, or the part of a structured one where encoded-words may stand: a phrase or a
/// comment, whose quotes have been taken off. Nothing is trimmed; CR and LF are dropped (the white space of a fold
/// stays).
///
/// * Blanks between two encoded-words are dropped. Adjacent words of one charset are joined as bytes before they are
///   read as text, so a character may be spread over them.
/// * What is no encoded-word stays as it is: another encoding than B or Q, or no `?=`. In what is none of UTF-8
///   the whole value is read as windows-1252.
/// * A charset nobody knows: UTF-8 if the bytes are, else windows-1252.
/// * Blanks in the encoded text, words glued to text, broken escapes and missing padding are forgiven.
/// * Decoded text holds no line end and no control but TAB: CR and LF become a space, others U+FFFD.
pub fn decode_into(value: &[u8], out: &mut String, sink: &mut impl Sink<EncodingDefect>) {
    out.reserve(value.len());
    let raw = Raw::of(value, sink);
    let mut words = Words::new(value);
    let mut pending = Pending::default();
    let mut copied = 0;
    while let Some(word) = words.next(sink) {
        let between = value.get(copied..word.start).unwrap_or_default();
        if copied == 0 || !BLANK.contains_all(between) {
            pending.flush(out, sink);
            raw.push(between, out);
        }
        word.report(value, sink);
        pending.push(&word, out, sink);
        copied = word.end;
    }
    pending.flush(out, sink);
    raw.push(value.get(copied..).unwrap_or_default(), out);
}

const BLANK: Class = Class::WSP.or(Class::CRLF);

/// Whether `value` is its own text, if it is UTF-8.
fn is_plain(value: &[u8]) -> bool {
    memchr3(b'\r', b'\n', 0, value).is_none() && word::find_start(value, 0).is_none()
}

/// How what stands around encoded-words is read.
#[derive(Clone, Copy)]
struct Raw(Charset);

impl Raw {
    fn of(value: &[u8], sink: &mut impl Sink<EncodingDefect>) -> Self {
        if utf8(value).is_some() {
            return Self(Charset::UTF_8);
        }
        sink.report(EncodingDefect::CharsetFallback, 0..value.len());
        Self(Charset::WINDOWS_1252)
    }

    fn push(self, bytes: &[u8], out: &mut String) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let line = memchr3(b'\r', b'\n', 0, rest).unwrap_or(rest.len());
            let (text, tail) = rest.split_at(line);
            match utf8(text) {
                // As it is, also where it begins like a byte order mark: this may be the middle of a value.
                Some(text) if self.0 == Charset::UTF_8 => out.push_str(text),
                _ => out.push_str(self.0.decode(text).text()),
            }
            rest = match tail {
                [0, tail @ ..] => {
                    out.push(REPLACEMENT);
                    tail
                }
                [_, tail @ ..] => tail,
                [] => tail,
            };
        }
    }
}

/// The bytes of adjacent words in one charset.
#[derive(Default)]
struct Pending<'a> {
    bytes: Vec<u8>,
    label: Option<&'a [u8]>,
    charset: Option<Charset>,
    start: usize,
    end: usize,
}

impl<'a> Pending<'a> {
    fn push(&mut self, word: &Word<'a>, out: &mut String, sink: &mut impl Sink<EncodingDefect>) {
        let charset = Charset::for_label(word.label);
        if !self.joins(word.label, charset) {
            self.flush(out, sink);
            (self.label, self.charset, self.start) = (Some(word.label), charset, word.start);
        }
        self.end = word.end;
        let seam = self.bytes.len();
        let mut shifted = |kind: EncodingDefect, range: Range<usize>| {
            sink.report(kind, word.text_start + range.start..word.text_start + range.end);
        };
        match word.encoding {
            Encoding::B => base64::decode_into(word.text, &mut self.bytes, &mut shifted),
            Encoding::Q => word::decode_q(word.text, &mut self.bytes, &mut shifted),
        }
        let continues = self.bytes.get(seam).is_some_and(|&byte| byte & 0xc0 == 0x80);
        if seam > 0 && continues && charset == Some(Charset::UTF_8) {
            sink.report(EncodingDefect::WordSplitCharacter, word.start..word.start);
        }
    }

    /// Whether the bytes of another word belong to the same text: in UTF-7 and UTF-16 each word is complete in itself.
    fn joins(&self, label: &[u8], charset: Option<Charset>) -> bool {
        match (self.label, charset) {
            (None, _) | (_, Some(Charset::UTF_7 | Charset::UTF_16 | Charset::UTF_32)) => false,
            (Some(_), Some(_)) => charset == self.charset,
            (Some(first), None) => self.charset.is_none() && first.eq_ignore_ascii_case(label),
        }
    }

    fn flush(&mut self, out: &mut String, sink: &mut impl Sink<EncodingDefect>) {
        if self.label.take().is_none() {
            return;
        }
        let range = self.start..self.end;
        if self.charset.is_none() {
            sink.report(EncodingDefect::WordUnknownCharset, range.clone());
        }
        let text = charset::decode_with(self.charset, &self.bytes, Fallback::Header);
        if text.is_lossy() {
            sink.report(EncodingDefect::LossyText, range.clone());
        }
        out.push_str(&without_controls(text.into_text(), range, sink));
        self.bytes.clear();
    }
}

/// `text` without the controls that could end a line or a string elsewhere: CR and LF become one space, others U+FFFD.
pub(crate) fn without_controls<'a>(
    text: Cow<'a, str>,
    range: Range<usize>,
    sink: &mut impl Sink<EncodingDefect>,
) -> Cow<'a, str> {
    if !text.bytes().any(is_control) {
        return text;
    }
    sink.report(EncodingDefect::EncodedControl, range);
    let mut clean = String::new();
    clean.reserve(text.len() + 2);
    let mut last = ' ';
    for c in text.chars() {
        match c {
            '\n' if last == '\r' => {}
            '\r' | '\n' => clean.push(' '),
            '\t' => clean.push(c),
            '\0'..' ' => clean.push(REPLACEMENT),
            _ => clean.push(c),
        }
        last = c;
    }
    Cow::Owned(clean)
}

fn is_control(byte: u8) -> bool {
    byte < b' ' && byte != b'\t'
}
