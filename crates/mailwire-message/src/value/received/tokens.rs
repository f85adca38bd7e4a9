//! What a Received value is made of: words, comments, semicolons.

use super::clause::Name;
use crate::value::scan::{Nesting, comment_len, range_in};
use mailwire_core::class::trim_start;
use memchr::memchr;

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
        Self { rest: value, quotes: Nesting::default(), comments: Comments::Nested, unclosed: None }
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let rest = trim_start(self.rest);
        let first = *rest.first()?;
        let start = match first {
            b';' => {
                self.rest = rest.get(1..)?;
                return Some(Token::Semicolon);
            }
            b'(' => {
                if let Some(len) = self.comment_len(rest) {
                    let (comment, behind) = rest.split_at_checked(len)?;
                    self.rest = behind;
                    return Some(Token::Comment(comment));
                }
                1
            }
            b'"' | b'<' => self.whole_len(rest).unwrap_or(1),
            _ => 1,
        };
        let tail = rest.get(start..)?;
        let len = start + word_len(tail);
        let (word, behind) = rest.split_at_checked(len)?;
        self.rest = behind;
        Some(Token::Word(word))
    }

    /// [`next`](Self::next), for those who are not in a hurry.
    #[inline(never)]
    pub(super) fn look_ahead(&mut self) -> Option<Token<'a>> {
        self.next()
    }

    /// The length of the quoted string or of the angle brackets at the front of `rest`.
    fn whole_len(&mut self, rest: &'a [u8]) -> Option<usize> {
        if rest.first() == Some(&b'"') { self.quotes.quoted_len(rest) } else { self.angle_len(rest) }
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
        if memchr(b';', rest).is_none() { Some(rest) } else { self.before_needless(rest) }
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

/// How many bytes of a word `bytes` begins with: up to a blank or another control, a parenthesis or a semicolon. Eight
/// bytes at a time, since words are short and the branch at their end is what costs.
#[inline]
fn word_len(bytes: &[u8]) -> usize {
    let (chunks, tail) = bytes.as_chunks::<8>();
    for (count, chunk) in chunks.iter().enumerate() {
        let ends = ends_in(u64::from_le_bytes(*chunk));
        if ends != 0 {
            return count * 8 + ends.trailing_zeros() as usize / 8;
        }
    }
    let ends = |&byte: &u8| matches!(byte, 0..=b' ' | b'(' | b';');
    bytes.len() - tail.len() + tail.iter().position(ends).unwrap_or(tail.len())
}

/// The high bit of the first byte that ends a word; those above it may be set or not.
#[inline]
fn ends_in(chunk: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let below = |chunk: u64, limit: u8| chunk.wrapping_sub(ONES * u64::from(limit)) & !chunk;
    let is = |byte: u8| below(chunk ^ (ONES * u64::from(byte)), 1);
    (below(chunk, b' ' + 1) | is(b'(') | is(b';')) & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// Every byte at every place, before and behind bytes that do and do not end a word.
    #[test]
    fn words_end_where_they_do_byte_by_byte() {
        for byte in 0..=255_u8 {
            for place in 0..20 {
                for around in [b'a', b')', b'!', b'\xff', b' ', b'('] {
                    let mut bytes = [b'x'; 20].to_vec();
                    bytes[place] = byte;
                    bytes[place + 1..].fill(around);
                    let plain = bytes.iter().position(|byte| *byte <= b' ' || b"(;".contains(byte));
                    assert_eq!(word_len(&bytes), plain.unwrap_or(20), "{}", bytes.escape_ascii());
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
