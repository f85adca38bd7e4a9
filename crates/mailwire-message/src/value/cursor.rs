//! A place in a structured value that moves forward, token by token.

use super::ValueDefect;
use super::scan::{BLANK, Nesting, range_in, unescaped};
use alloc::borrow::Cow;
use mailwire_core::Sink;
use mailwire_core::class::{trim_end, trim_start};

/// A place in a value, and what is known of what follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    /// The value of the field, for the ranges of defects.
    value: &'a [u8],
    /// What follows, to the end of the value.
    pub(super) rest: &'a [u8],
    nesting: Nesting,
}

/// A word, or the content of a quoted string.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word<'a> {
    pub(super) raw: &'a [u8],
    pub(super) quoted: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(value: &'a [u8]) -> Self {
        Self { value, rest: value, nesting: Nesting::default() }
    }

    /// Goes behind blanks and comments. A comment that is not closed goes to the end.
    pub(super) fn skip(&mut self, sink: &mut impl Sink<ValueDefect>) {
        self.rest = trim_start(self.rest);
        while let [b'(', ..] = self.rest {
            let len = self.nesting.comment_len(self.rest).unwrap_or_else(|| {
                self.report(ValueDefect::UnclosedComment, self.rest, sink);
                self.rest.len()
            });
            self.advance(len);
            self.rest = trim_start(self.rest);
        }
    }

    /// Goes on by `len` bytes, or to the end.
    pub(super) fn advance(&mut self, len: usize) {
        self.rest = self.rest.get(len..).unwrap_or_default();
    }

    /// Takes the bytes before the first one that `ends`.
    pub(super) fn take(&mut self, ends: impl Fn(u8) -> bool) -> &'a [u8] {
        let len = self.rest.iter().position(|&byte| ends(byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or_default();
        self.rest = rest;
        taken
    }

    /// Goes behind `byte`, if it comes next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.rest.first() == Some(&byte);
        self.advance(usize::from(found));
        found
    }

    /// Takes the quoted string that begins here: what stands between its quotes. One that is not closed goes to the
    /// end.
    pub(super) fn quoted(&mut self, sink: &mut impl Sink<ValueDefect>) -> &'a [u8] {
        let rest = self.rest;
        if let Some(len) = self.nesting.quoted_len(rest) {
            self.advance(len);
            return rest.get(1..len - 1).unwrap_or_default();
        }
        self.report(ValueDefect::UnclosedQuote, rest, sink);
        self.advance(rest.len());
        trim_end(rest.get(1..).unwrap_or_default())
    }

    /// Takes a quoted string, or else the bytes before a blank, a comment, a quote, a semicolon or one of `stops`.
    pub(super) fn word(&mut self, stops: &[u8], sink: &mut impl Sink<ValueDefect>) -> Word<'a> {
        if self.rest.first() == Some(&b'"') {
            return Word { raw: self.quoted(sink), quoted: true };
        }
        Word { raw: self.take(|byte| ends_word(byte) || stops.contains(&byte)), quoted: false }
    }

    /// Takes a number; `None` where there are no digits, or too many.
    pub(super) fn number(&mut self) -> Option<u32> {
        number(self.take(|byte| !byte.is_ascii_digit()))?.try_into().ok()
    }

    /// What was read since `start`, an earlier `rest`, without the blanks behind it.
    pub(super) fn since(&self, start: &'a [u8]) -> &'a [u8] {
        trim_end(start.get(..start.len() - self.rest.len()).unwrap_or_default())
    }

    /// Reports a defect of `part`, which is cut from the value.
    #[cold]
    pub(super) fn report(&self, kind: ValueDefect, part: &[u8], sink: &mut impl Sink<ValueDefect>) {
        sink.report(kind, range_in(self.value, part));
    }
}

impl<'a> Word<'a> {
    /// The word without the backslashes of a quoted string.
    pub(super) fn bytes(self) -> Cow<'a, [u8]> {
        if self.quoted { unescaped(self.raw) } else { Cow::Borrowed(self.raw) }
    }
}

/// Whether a word without quotes ends before `byte`.
pub(super) fn ends_word(byte: u8) -> bool {
    matches!(byte, b';' | b'(' | b'"') || BLANK.contains(byte)
}

/// A decimal number; `None` for anything else, and for one of more than 64 bits.
pub(super) fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_or_none() {
        assert_eq!(number(b"18446744073709551615"), Some(u64::MAX));
        for no_number in [&b""[..], b"18446744073709551616", b"-1", b"1 ", b"1x"] {
            assert_eq!(number(no_number), None, "{}", no_number.escape_ascii());
        }
    }

    #[test]
    fn tokens_come_one_by_one() {
        let mut cursor = Cursor::new(br#" (a(b)) one="t\"wo" ;"#);
        cursor.skip(&mut ());
        let start = cursor.rest;
        assert_eq!(cursor.word(b"=", &mut ()).raw, b"one");
        assert!(cursor.eat(b'=') && !cursor.eat(b'='));
        assert_eq!(&*cursor.word(b"", &mut ()).bytes(), b"t\"wo");
        cursor.skip(&mut ());
        assert_eq!(cursor.since(start), br#"one="t\"wo""#);
        assert_eq!(cursor.rest, b";");
    }
}
