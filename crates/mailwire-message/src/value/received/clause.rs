//! The clauses of a Received value: a name and what it says.

use super::tokens::{Token, Tokens};
use crate::value::scan::range_in;
use core::iter::FusedIterator;
use memchr::memchr;

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
    /// What stands behind the last semicolon.
    date: Option<&'a [u8]>,
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
    pub(super) fn new(value: &'a [u8]) -> Self {
        Self { value, tokens: Tokens::new(value), ahead: None, date: None }
    }

    /// What stands behind the last semicolon; known when all clauses are read.
    pub(super) fn date(&self) -> Option<&'a [u8]> {
        self.date
    }

    /// A comment that is never closed, and all behind it.
    pub(super) fn unclosed(&self) -> Option<&'a [u8]> {
        self.tokens.unclosed
    }

    /// The value of a clause whose name was read last.
    #[inline]
    fn said(&mut self) -> &'a [u8] {
        match self.tokens.next() {
            Some(Token::Word(word)) if Name::of(word).is_none() || self.is_value() => self.words(word),
            ahead => {
                self.ahead = ahead;
                &[]
            }
        }
    }

    /// Whether the name that was read last, right behind another one, is what that one says: a client may call itself
    /// `by`. A name has a value behind it, so what has none is no name.
    #[cold]
    fn is_value(&self) -> bool {
        !matches!(self.tokens.clone().next(), Some(Token::Word(word)) if Name::of(word).is_none())
    }

    /// The words from this one to a name, a comment, a semicolon or the end.
    #[inline]
    fn words(&mut self, first: &'a [u8]) -> &'a [u8] {
        let mut last = first;
        loop {
            match self.tokens.next() {
                Some(Token::Word(word)) if Name::of(word).is_none() => last = word,
                ahead => {
                    self.ahead = ahead;
                    let words = range_in(self.value, first).start..range_in(self.value, last).end;
                    return self.value.get(words).unwrap_or_default();
                }
            }
        }
    }

    /// What stands behind the semicolon that was read last, if that is the date: no other semicolon has anything
    /// behind it.
    #[inline]
    fn behind_last(&self) -> Option<&'a [u8]> {
        let rest = self.tokens.rest;
        if memchr(b';', rest).is_none() { Some(rest) } else { self.before_needless(rest) }
    }

    /// [`behind_last`](Self::behind_last) where there are others: in comments, or with nothing behind them.
    #[cold]
    fn before_needless(&self, rest: &'a [u8]) -> Option<&'a [u8]> {
        let mut ahead = self.tokens.clone();
        let mut end = None;
        while let Some(token) = ahead.next() {
            match (token, end) {
                (Token::Semicolon, None) => end = Some(range_in(rest, ahead.rest).start - 1),
                (Token::Semicolon, Some(_)) => {}
                (_, None) => {}
                (_, Some(_)) => return None,
            }
        }
        rest.get(..end.unwrap_or(rest.len()))
    }
}

impl<'a> Iterator for Clauses<'a> {
    type Item = Clause<'a>;

    #[inline]
    fn next(&mut self) -> Option<Clause<'a>> {
        loop {
            return Some(match self.ahead.take().or_else(|| self.tokens.next())? {
                Token::Comment(comment) => Clause::Comment(comment),
                Token::Word(name) if Name::of(name).is_some() => Clause::Named { name, value: self.said() },
                Token::Word(word) => Clause::Words(self.words(word)),
                Token::Semicolon => {
                    self.date = self.behind_last();
                    if self.date.is_none() {
                        continue;
                    }
                    self.tokens.rest = &[];
                    return None;
                }
            });
        }
    }
}

impl FusedIterator for Clauses<'_> {}
