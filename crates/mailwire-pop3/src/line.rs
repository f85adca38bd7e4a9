//! Lines: their ends, their words, their numbers.

use crate::leniency::BareLf;
use crate::{Leniency, Pop3Defect};
use alloc::vec::Vec;
use core::num::NonZeroU32;
use mailwire_core::{Class, ParseError, Sink};

/// What stands in a word of a name or of an unknown thing: anything but blanks and controls.
pub(crate) const WORD: Class = Class::VCHAR.or(Class::HIGH);

/// The line without its end.
#[inline]
pub(crate) fn content<'a>(line: &'a [u8], leniency: Leniency, sink: &mut impl Sink<Pop3Defect>) -> &'a [u8] {
    if let Some(text) = line.strip_suffix(b"\r\n") {
        return text;
    }
    if let (BareLf::EndsLine, Some(text)) = (leniency.bare_lf, line.strip_suffix(b"\n")) {
        sink.report(Pop3Defect::LfEndsLine, text.len()..line.len());
        return text;
    }
    line
}

/// A place in a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn error(&self, expected: &'static str) -> ParseError {
        ParseError::new(self.text, self.at, expected)
    }

    /// The next word, behind the blanks before it; empty at the end of the line, with those blanks left where they are.
    #[inline]
    pub(crate) fn word(&mut self, sink: &mut impl Sink<Pop3Defect>) -> &'a [u8] {
        let rest = self.rest();
        let blanks = Class::WSP.prefix_len(rest);
        let word = rest.get(blanks..).unwrap_or_default();
        let word = word.get(..WORD.prefix_len(word)).unwrap_or_default();
        if !word.is_empty() {
            if blanks != 1 || rest.first() != Some(&b' ') {
                self.odd_blank(blanks, sink);
            }
            self.at += blanks + word.len();
        }
        word
    }

    fn odd_blank(&self, blanks: usize, sink: &mut impl Sink<Pop3Defect>) {
        // At the very start of a text there is nothing to part.
        if blanks > 0 {
            sink.report(Pop3Defect::OddBlank, self.at..self.at + blanks);
        }
    }

    /// The end of the line, behind blanks that should not be there.
    #[inline]
    pub(crate) fn end(&mut self, sink: &mut impl Sink<Pop3Defect>) -> Result<(), ParseError> {
        let rest = self.rest();
        if rest.is_empty() {
            return Ok(());
        }
        let blanks = Class::WSP.prefix_len(rest);
        if blanks < rest.len() {
            self.at += blanks;
            return Err(self.error("the end of the line"));
        }
        sink.report(Pop3Defect::TrailingBlank, self.at..self.text.len());
        self.at = self.text.len();
        Ok(())
    }

    /// What is left, where it may say more than the grammar knows.
    pub(crate) fn tolerant_end(&mut self, sink: &mut impl Sink<Pop3Defect>) {
        if self.end(sink).is_err() {
            sink.report(Pop3Defect::ExtraArgument, self.at..self.text.len());
        }
    }

    /// The error at the start of a word that has just been taken, moved by where in the word it was found.
    pub(crate) fn in_word(&self, word: &[u8], error: ParseError) -> ParseError {
        error.shifted(self.at - word.len())
    }

    #[inline]
    pub(crate) fn message_number(
        &mut self,
        sink: &mut impl Sink<Pop3Defect>,
    ) -> Result<NonZeroU32, ParseError> {
        let before = *self;
        let number = self.number("a message number", sink)?;
        let expected = match u32::try_from(number).map(NonZeroU32::new) {
            Ok(Some(number)) => return Ok(number),
            Ok(None) => "a message number above zero",
            Err(_) => "a message number below 4294967296",
        };
        Err(before.behind_blanks(expected))
    }

    #[inline]
    pub(crate) fn optional_message_number(
        &mut self,
        sink: &mut impl Sink<Pop3Defect>,
    ) -> Result<Option<NonZeroU32>, ParseError> {
        if Class::WSP.contains_all(self.rest()) {
            return Ok(None);
        }
        self.message_number(sink).map(Some)
    }

    /// `1*DIGIT` that fits into 64 bits, as a word.
    #[inline]
    pub(crate) fn number(
        &mut self,
        expected: &'static str,
        sink: &mut impl Sink<Pop3Defect>,
    ) -> Result<u64, ParseError> {
        let rest = self.rest();
        let digits = rest.strip_prefix(b" ").unwrap_or(rest);
        let (mut number, mut len) = (0_u64, 0);
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            // So many digits fit, whatever they are.
            if digit > 9 || len == 19 {
                break;
            }
            number = number * 10 + u64::from(digit);
            len += 1;
        }
        if len > 0 && matches!(digits.get(len), None | Some(b' ' | b'\t')) {
            self.at += rest.len() - digits.len() + len;
            return Ok(number);
        }
        self.odd_number(expected, sink)
    }

    /// The same for what has more digits, more blanks, or something that is no digit.
    #[cold]
    fn odd_number(
        &mut self,
        expected: &'static str,
        sink: &mut impl Sink<Pop3Defect>,
    ) -> Result<u64, ParseError> {
        let before = *self;
        let word = self.word(sink);
        if word.is_empty() {
            return Err(before.behind_blanks(expected));
        }
        let mut number = 0_u64;
        for (at, &byte) in word.iter().enumerate() {
            if !byte.is_ascii_digit() {
                return Err(self.in_word(word, ParseError::new(word, at, expected)));
            }
            let next = number.checked_mul(10).and_then(|number| number.checked_add(u64::from(byte - b'0')));
            let too_big = || self.in_word(word, ParseError::new(word, at, "a number below 2^64"));
            number = next.ok_or_else(too_big)?;
        }
        Ok(number)
    }

    /// The error where a word is missing.
    pub(crate) fn behind_blanks(mut self, expected: &'static str) -> ParseError {
        self.at += Class::WSP.prefix_len(self.rest());
        self.error(expected)
    }
}

/// Writes a number.
pub(crate) fn decimal(number: u64, out: &mut Vec<u8>) {
    let start = out.len();
    let mut rest = number;
    loop {
        out.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if let Some(digits) = out.get_mut(start..) {
        digits.reverse();
    }
}
