//! What a Received value is made of: words, comments, semicolons.

use crate::value::scan::{BLANK, Nesting, comment_len};
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
        let (token, len) = match rest.first()? {
            b';' => (Token::Semicolon, 1),
            b'(' => match self.comment_len(rest) {
                Some(len) => (Token::Comment(rest.get(..len)?), len),
                None => self.word(rest)?,
            },
            _ => self.word(rest)?,
        };
        self.rest = rest.get(len..)?;
        Some(token)
    }

    #[inline]
    fn word(&mut self, rest: &'a [u8]) -> Option<(Token<'a>, usize)> {
        let whole = match rest.first()? {
            b'"' => self.quotes.quoted_len(rest),
            b'<' => self.angle_len(rest),
            _ => None,
        };
        // A parenthesis here is one that opens no comment.
        let start = whole.unwrap_or(1);
        let tail = rest.get(start..)?;
        let len = start + tail.iter().position(|&byte| ends_word(byte)).unwrap_or(tail.len());
        Some((Token::Word(rest.get(..len)?), len))
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
}

#[inline]
fn ends_word(byte: u8) -> bool {
    BLANK.contains(byte) || matches!(byte, b'(' | b';')
}
