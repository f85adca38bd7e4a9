//! Where encoded-words are in a value.

use super::{BLANK, LONGEST};
use crate::EncodingDefect;
use crate::quoted_printable::hex_pair;
use alloc::vec::Vec;
use mailwire_core::{Class, Sink};
use memchr::memchr;

/// `encoded-word = "=?" charset "?" encoding "?" encoded-text "?="` (RFC 2047 §2)
pub(super) struct Word<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Without the language of RFC 2231 §5.
    pub(super) label: &'a [u8],
    pub(super) encoding: Encoding,
    pub(super) text: &'a [u8],
    pub(super) text_start: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Encoding {
    B,
    Q,
}

/// The encoded-words of a value, in order.
pub(super) struct Words<'a> {
    value: &'a [u8],
    at: usize,
    /// The first `?=` at or behind where one was last looked for: no byte is searched twice.
    next_end: Option<usize>,
}

impl<'a> Words<'a> {
    pub(super) fn new(value: &'a [u8]) -> Self {
        Self { value, at: 0, next_end: Some(0) }
    }

    pub(super) fn next(&mut self, sink: &mut impl Sink<EncodingDefect>) -> Option<Word<'a>> {
        while let Some(start) = find_start(self.value, self.at) {
            if let Some(word) = self.read(start, sink) {
                self.at = word.end;
                return Some(word);
            }
            self.at = start + 2;
        }
        None
    }

    fn read(&mut self, start: usize, sink: &mut impl Sink<EncodingDefect>) -> Option<Word<'a>> {
        let (label, letter, text_start) = read_head(self.value, start)?;
        let encoding = match letter {
            b'B' | b'b' => Encoding::B,
            b'Q' | b'q' => Encoding::Q,
            _ => {
                sink.report(EncodingDefect::WordBadEncoding, start..text_start);
                return None;
            }
        };
        let text = self.end_from(text_start).and_then(|end| self.value.get(text_start..end));
        let Some(text) = text.filter(|text| !holds_head(text)) else {
            sink.report(EncodingDefect::WordTruncated, start..text_start);
            return None;
        };
        let label = label.split(|&byte| byte == b'*').next().unwrap_or(label);
        Some(Word { start, end: text_start + text.len() + 2, label, encoding, text, text_start })
    }

    /// The first `?=` from `at` on.
    fn end_from(&mut self, at: usize) -> Option<usize> {
        if self.next_end.is_some_and(|end| end < at || end == 0) {
            self.next_end = find_end(self.value, at);
        }
        self.next_end
    }
}

impl Word<'_> {
    /// Reports what is odd about the word itself.
    pub(super) fn report(&self, value: &[u8], sink: &mut impl Sink<EncodingDefect>) {
        let range = self.start..self.end;
        if range.len() > LONGEST {
            sink.report(EncodingDefect::WordTooLong, range.clone());
        }
        if self.text.iter().any(|&byte| BLANK.contains(byte)) {
            sink.report(EncodingDefect::WordBlankInside, range.clone());
        }
        let apart = |byte: &u8| BLANK.contains(*byte) || matches!(byte, b'(' | b')' | b'"');
        let before = self.start.checked_sub(1).and_then(|at| value.get(at));
        if !before.is_none_or(apart) || !value.get(self.end).is_none_or(apart) {
            sink.report(EncodingDefect::WordGlued, range);
        }
    }
}

/// Where the first `=?` from `at` on is.
pub(super) fn find_start(value: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let question = at + memchr(b'?', value.get(at..)?)?;
        if let Some(start) =
            question.checked_sub(1).filter(|&start| start >= at && value.get(start) == Some(&b'='))
        {
            return Some(start);
        }
        at = question + 1;
    }
}

fn find_end(value: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let question = at + memchr(b'?', value.get(at..)?)?;
        if value.get(question + 1) == Some(&b'=') {
            return Some(question);
        }
        at = question + 1;
    }
}

/// `=?charset?X?` at `start`: the charset, the letter, and where the encoded text begins.
fn read_head(value: &[u8], start: usize) -> Option<(&[u8], u8, usize)> {
    let rest = value.get(start + 2..)?;
    let length = memchr(b'?', rest)?;
    let (label, tail) = rest.split_at_checked(length)?;
    match tail {
        [b'?', letter, b'?', ..] if !label.is_empty() && LABEL.contains_all(label) => {
            Some((label, *letter, start + 2 + length + 3))
        }
        _ => None,
    }
}

const LABEL: Class = Class::TOKEN;

/// Whether another word begins within `text`, so that what was taken for its end is the end of that one.
fn holds_head(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(start) = find_start(text, at) {
        if read_head(text, start).is_some() {
            return true;
        }
        at = start + 2;
    }
    false
}

/// Appends the bytes of a text in encoding Q (RFC 2047 §4.2) to `out`. Line ends are folds and dropped.
pub(super) fn decode_q(text: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
    out.reserve(text.len());
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match byte {
            b'_' => out.push(b' '),
            b'\r' | b'\n' => {}
            b'=' => {
                if let [high, low, after @ ..] = tail
                    && let Some(byte) = hex_pair(*high, *low)
                {
                    out.push(byte);
                    rest = after;
                } else {
                    let at = text.len() - tail.len() - 1;
                    sink.report(EncodingDefect::QpBadEscape, at..at + 1);
                    out.push(b'=');
                }
            }
            _ => out.push(*byte),
        }
    }
}
