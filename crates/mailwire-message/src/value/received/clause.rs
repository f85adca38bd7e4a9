//! The clauses of a Received value: a name and what it says.

use super::tokens::{Token, Tokens};
use crate::value::scan::range_in;
use core::iter::FusedIterator;

/// One piece of a Received value, as it is written.
///
/// Folds inside are kept: nothing is changed, and nothing is left out but blanks, semicolons and the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Clause<'a> {
    /// A clause of RFC 5321 §4.4 or RFC 8314 §4.3: its name in the case that it is written in, and the words behind it.
    /// Comments come on their own, behind it.
    Named {
        /// `from`, `by`, `via`, `with`, `id`, `for` or `tls`.
        name: &'a [u8],
        /// Empty where nothing follows, or a comment.
        value: &'a [u8],
    },
    /// Words behind no name that is known.
    Words(&'a [u8]),
    /// A comment, with its parentheses.
    Comment(&'a [u8]),
}

/// The pieces of a Received value in the order they stand in; made by [`Received::clauses`](super::Received::clauses).
#[derive(Clone, Debug)]
pub struct Clauses<'a> {
    value: &'a [u8],
    tokens: Tokens<'a>,
    /// What was read to find the end of the last clause.
    ahead: Option<Token<'a>>,
}

/// The names of clauses that mean something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    From,
    By,
    Via,
    With,
    Id,
    For,
    Tls,
}

impl Name {
    #[inline]
    pub(super) fn of(word: &[u8]) -> Option<Self> {
        // Or-ing makes lower case of letters; nothing but letters becomes one of these.
        match *word {
            [a, b] => match [a | 0x20, b | 0x20] {
                [b'b', b'y'] => Some(Self::By),
                [b'i', b'd'] => Some(Self::Id),
                _ => None,
            },
            [a, b, c] => match [a | 0x20, b | 0x20, c | 0x20] {
                [b'f', b'o', b'r'] => Some(Self::For),
                [b'v', b'i', b'a'] => Some(Self::Via),
                [b't', b'l', b's'] => Some(Self::Tls),
                _ => None,
            },
            [a, b, c, d] => match [a | 0x20, b | 0x20, c | 0x20, d | 0x20] {
                [b'f', b'r', b'o', b'm'] => Some(Self::From),
                [b'w', b'i', b't', b'h'] => Some(Self::With),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'a> Clauses<'a> {
    /// `value` ends before the semicolon of the date.
    pub(super) fn new(value: &'a [u8]) -> Self {
        Self { value, tokens: Tokens::new(value), ahead: None }
    }

    /// The value of a clause whose name was read last.
    #[inline]
    fn said(&mut self) -> &'a [u8] {
        match self.tokens.look_ahead() {
            Some(Token::Word(word)) if Name::of(word).is_none() || !self.tokens.is_name() => self.words(word),
            ahead => {
                self.ahead = ahead;
                &[]
            }
        }
    }

    /// The words from this one to a name, a comment, a semicolon or the end.
    #[inline]
    fn words(&mut self, first: &'a [u8]) -> &'a [u8] {
        let mut last = first;
        loop {
            match self.tokens.look_ahead() {
                Some(Token::Word(word)) if Name::of(word).is_none() => last = word,
                ahead => {
                    self.ahead = ahead;
                    let words = range_in(self.value, first).start..range_in(self.value, last).end;
                    return self.value.get(words).unwrap_or_default();
                }
            }
        }
    }
}

impl<'a> Iterator for Clauses<'a> {
    type Item = Clause<'a>;

    #[inline]
    fn next(&mut self) -> Option<Clause<'a>> {
        loop {
            return Some(match self.ahead.take().or_else(|| self.tokens.look_ahead())? {
                Token::Comment(comment) => Clause::Comment(comment),
                Token::Word(name) if Name::of(name).is_some() => Clause::Named { name, value: self.said() },
                Token::Word(word) => Clause::Words(self.words(word)),
                Token::Semicolon => continue,
            });
        }
    }
}

impl FusedIterator for Clauses<'_> {}
