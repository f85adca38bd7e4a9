//! What a Received value is made of: words, comments, semicolons.

use super::clause::Name;
use crate::value::scan::{Nesting, comment_len, range_in};
use mailwire_core::class::trim_start;
use memchr::{memchr, memrchr};

/// One piece of the value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    /// Up to a blank, a parenthesis or a semicolon; quoted strings and angle brackets whole.
    Word(&'a [u8]),
    /// With its parentheses.
    Comment(&'a [u8]),
    Semicolon,
}

/// The tokens of a value, in order.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    pub(super) rest: &'a [u8],
    /// How much stands behind the last semicolon of all, in a comment or not.
    behind_last: Option<usize>,
    quotes: Nesting,
    comments: Comments,
    /// The comment that is never closed, and all behind it.
    pub(super) unclosed: Option<&'a [u8]>,
}

/// How comments end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comments {
    Nested,
    /// One was never closed: from there on a comment ends at the next parenthesis, whatever is open.
    Flat,
    /// No parenthesis closes any more.
    None,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(value: &'a [u8]) -> Self {
        let behind_last = memrchr(b';', value).map(|at| value.len() - at - 1);
        Self {
            rest: value,
            behind_last,
            quotes: Nesting::default(),
            comments: Comments::Nested,
            unclosed: None,
        }
    }

    /// Whether a semicolon stands anywhere in the value.
    pub(super) fn has_semicolon(&self) -> bool {
        self.behind_last.is_some()
    }

    #[expect(
        clippy::inline_always,
        reason = "a call for each word is dear in the one loop that is in a hurry"
    )]
    #[inline(always)]
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.rest.strip_prefix(b" ").unwrap_or(self.rest);
        let rest = if rest.first()? <= &b' ' { behind_fold(rest) } else { rest };
        match rest.first()? {
            b';' => {
                self.rest = rest.get(1..)?;
                Some(Token::Semicolon)
            }
            b'(' => self.comment(rest),
            b'"' | b'<' => self.whole(rest),
            _ => self.word(rest, 1),
        }
    }

    /// The word at the front of `rest`, of which `start` bytes belong to it whatever they are.
    #[inline]
    fn word(&mut self, rest: &'a [u8], start: usize) -> Option<Token<'a>> {
        let len = start + word_len(rest.get(start..)?);
        let (word, behind) = rest.split_at_checked(len)?;
        self.rest = behind;
        Some(Token::Word(word))
    }

    /// The comment at the front of `rest`, or a word that begins like one.
    #[inline(never)]
    fn comment(&mut self, rest: &'a [u8]) -> Option<Token<'a>> {
        let Some(len) = self.comment_len(rest) else { return self.word(rest, 1) };
        let (comment, behind) = rest.split_at_checked(len)?;
        self.rest = behind;
        Some(Token::Comment(comment))
    }

    /// The word at the front of `rest` that begins with a quoted string or with angle brackets, or as if it did.
    #[inline(never)]
    fn whole(&mut self, rest: &'a [u8]) -> Option<Token<'a>> {
        let start =
            if rest.first() == Some(&b'"') { self.quotes.quoted_len(rest) } else { self.angle_len(rest) };
        self.word(rest, start.unwrap_or(1))
    }

    /// [`next`](Self::next), for those who are not in a hurry.
    #[inline(never)]
    pub(super) fn look_ahead(&mut self) -> Option<Token<'a>> {
        self.next()
    }

    #[inline]
    fn comment_len(&mut self, rest: &'a [u8]) -> Option<usize> {
        if self.comments == Comments::Nested {
            if let Some(len) = comment_len(rest) {
                return Some(len);
            }
            self.comments = Comments::Flat;
            self.unclosed = Some(rest);
        }
        if self.comments == Comments::Flat {
            if let Some(end) = memchr(b')', rest) {
                return Some(end + 1);
            }
            self.comments = Comments::None;
        }
        None
    }

    /// The length of what stands in angle brackets, blanks and quoted strings included; `None` where something comes
    /// first that can't be inside.
    fn angle_len(&mut self, rest: &[u8]) -> Option<usize> {
        let mut at = 1;
        loop {
            let tail = rest.get(at..)?;
            at += tail.iter().position(|byte| matches!(byte, b'>' | b'<' | b'"' | b';' | b'('))?;
            match rest.get(at)? {
                b'>' => return Some(at + 1),
                b'"' => at += self.quotes.quoted_len(rest.get(at..)?)?,
                _ => return None,
            }
        }
    }

    /// Whether the name that was read last, right behind another one, is a name indeed and not what that one says: a
    /// client may call itself `by`. A name has a value behind it.
    #[cold]
    pub(super) fn is_name(&self) -> bool {
        matches!(self.clone().look_ahead(), Some(Token::Word(word)) if Name::of(word).is_none())
    }

    /// What stands behind the semicolon that was read last, if that is the date: no other semicolon has anything
    /// behind it.
    #[inline]
    pub(super) fn behind_last(&self) -> Option<&'a [u8]> {
        let rest = trim_start(self.rest);
        if self.behind_last == Some(self.rest.len()) { Some(rest) } else { self.before_needless(rest) }
    }

    /// [`behind_last`](Self::behind_last) where there are others: in comments, or with nothing behind them.
    #[cold]
    fn before_needless(&self, rest: &'a [u8]) -> Option<&'a [u8]> {
        let mut ahead = self.clone();
        let mut end = None;
        while let Some(token) = ahead.look_ahead() {
            match (token, end) {
                (Token::Semicolon, None) => end = range_in(rest, ahead.rest).start.checked_sub(1),
                (_, Some(_)) if !matches!(token, Token::Semicolon) => return None,
                _ => {}
            }
        }
        rest.get(..end.unwrap_or(rest.len()))
    }
}

/// `rest` without the blanks at its front: a fold and its indentation.
#[inline]
fn behind_fold(rest: &[u8]) -> &[u8] {
    let rest = match rest {
        [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..] => rest,
        _ => rest,
    };
    trim_start(rest.strip_prefix(b"        ").or_else(|| rest.strip_prefix(b"    ")).unwrap_or(rest))
}

/// How many bytes of a word `bytes` begins with: up to a blank or another control, a parenthesis or a semicolon.
#[inline]
pub(super) fn word_len(bytes: &[u8]) -> usize {
    len_before::<0x21, 2>([b'(', b';'], bytes)
}

/// How many bytes stand before the first one that is below `LIMIT`, 128 at the most, or one of `ends`. Eight bytes at a
/// time, since words are short and the branch at their end is what costs.
#[inline]
pub(super) fn len_before<const LIMIT: u8, const N: usize>(ends: [u8; N], bytes: &[u8]) -> usize {
    let ends_in = |chunk: &[u8; 8]| {
        let chunk = u64::from_le_bytes(*chunk);
        let is = |byte: &u8| below(chunk ^ (ONES * u64::from(*byte)), 1);
        let found = ends.iter().fold(below(chunk, LIMIT), |found, byte| found | is(byte));
        (found != 0).then_some(found.trailing_zeros() as usize / 8)
    };
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<8>() {
        if let Some(end) = ends_in(chunk) {
            return bytes.len() - rest.len() + end;
        }
        rest = behind;
    }
    // The last eight bytes, of which some were seen and are no end.
    if let Some(chunk) = bytes.last_chunk::<8>() {
        return bytes.len() - 8 + ends_in(chunk).unwrap_or(8);
    }
    let is_end = |byte: &u8| *byte < LIMIT || ends.contains(byte);
    bytes.iter().position(is_end).unwrap_or(bytes.len())
}

const ONES: u64 = u64::MAX / 255;

/// The high bit of the first byte of eight that is below `limit`; those above it may be set or not.
#[inline]
fn below(chunk: u64, limit: u8) -> u64 {
    chunk.wrapping_sub(ONES * u64::from(limit)) & !chunk & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// Every byte at every place, before and behind bytes that do and do not end a word.
    #[test]
    fn words_end_where_they_do_byte_by_byte() {
        for len in [3, 8, 20] {
            for (byte, place) in (0..=255_u8).flat_map(|byte| (0..len).map(move |place| (byte, place))) {
                for around in [b'a', b')', b'!', b'\xff', b' ', b'('] {
                    let mut bytes = alloc::vec![b'x'; len];
                    bytes[place] = byte;
                    bytes[place + 1..].fill(around);
                    let plain = bytes.iter().position(|byte| *byte <= b' ' || b"(;".contains(byte));
                    assert_eq!(word_len(&bytes), plain.unwrap_or(len), "{}", bytes.escape_ascii());
                }
            }
        }
    }

    #[test]
    fn brackets_and_quotes_are_whole() {
        let words = |value: &'static [u8]| {
            let mut tokens = Tokens::new(value);
            core::iter::from_fn(move || tokens.next()).filter_map(|token| match token {
                Token::Word(word) => Some(word),
                _ => None,
            })
        };
        assert!(words(b"<a b;\"c>d\">e f").eq([&b"<a"[..], b"b", b"\"c>d\">e", b"f"]));
        assert!(words(b"<a \"c;d>\">e f").eq([&b"<a \"c;d>\">e"[..], b"f"]));
        assert!(words(b"\"a (b) ; \\\"\"c \"d e").eq([&b"\"a (b) ; \\\"\"c"[..], b"\"d", b"e"]));
        assert_eq!(words(b"<<<<").collect::<Vec<_>>(), [b"<<<<"]);
    }
}
