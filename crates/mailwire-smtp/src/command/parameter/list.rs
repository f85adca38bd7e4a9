//! The parameters of a command, in their order.

use super::Parameter;
use crate::scan::{find_byte, word};
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Escaped, ParseError};

/// The parameters of MAIL or RCPT, as they came or as they are to be written.
///
/// They are read when asked for: one that is wrong loses nothing but itself.
#[derive(Clone, Copy)]
pub struct Parameters<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    /// Words with blanks between them.
    Wire(&'a [u8]),
    List(&'a [Parameter<'a>]),
}

/// A parameter whose value is none of its keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct InvalidParameter<'a> {
    text: &'a [u8],
    error: ParseError,
}

impl<'a> InvalidParameter<'a> {
    /// The parameter as it came.
    pub fn text(&self) -> &'a [u8] {
        self.text
    }

    /// What stands before its `=`.
    pub fn keyword(&self) -> &'a [u8] {
        super::split(self.text).0
    }

    /// What is wrong, in octets from the start of the parameter.
    pub fn error(&self) -> ParseError {
        self.error
    }
}

impl fmt::Debug for InvalidParameter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InvalidParameter").field(&Escaped(self.text)).field(&self.error).finish()
    }
}

impl fmt::Display for InvalidParameter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of the parameter {}", self.error, Escaped(self.text))
    }
}

impl core::error::Error for InvalidParameter<'_> {}

impl<'a> Parameters<'a> {
    /// None.
    pub const NONE: Self = Self(Source::List(&[]));

    /// These, in this order.
    pub const fn new(list: &'a [Parameter<'a>]) -> Self {
        Self(Source::List(list))
    }

    /// What stands on the wire behind the path.
    pub(crate) const fn wire(text: &'a [u8]) -> Self {
        Self(Source::Wire(text))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Each of them, in order.
    #[inline]
    pub fn iter(
        &self,
    ) -> impl Iterator<Item = Result<Parameter<'a>, InvalidParameter<'a>>> + Clone + use<'a> {
        let mut source = self.0;
        core::iter::from_fn(move || match &mut source {
            // As a rule there is none, and nobody is called to say so.
            Source::Wire([]) | Source::List([]) => None,
            source => next(source),
        })
    }

    /// Writes each of them with a blank before it; what came wrong goes as it came.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        for parameter in self.iter() {
            out.push(b' ');
            match parameter {
                Ok(parameter) => parameter.encode(out),
                Err(invalid) => out.extend_from_slice(invalid.text),
            }
        }
    }
}

#[inline]
fn next<'a>(source: &mut Source<'a>) -> Option<Result<Parameter<'a>, InvalidParameter<'a>>> {
    match source {
        Source::Wire(rest) => next_word(rest),
        Source::List(list) => {
            let (first, rest) = list.split_first()?;
            *list = rest;
            Some(Ok(*first))
        }
    }
}

/// The next word: one pass over its keyword and another over its value.
#[inline]
fn next_word<'a>(wire: &mut &'a [u8]) -> Option<Result<Parameter<'a>, InvalidParameter<'a>>> {
    let mut rest = *wire;
    while let [b' ', behind @ ..] = rest {
        rest = behind;
    }
    if rest.is_empty() {
        return None;
    }
    let (len, key) = word(rest);
    let end = len + find_byte(b' ', rest.get(len..).unwrap_or_default());
    let text = rest.get(..end)?;
    *wire = rest.get(end..)?;
    Parameter::of_word(text, len, key, |parameter, at| match parameter {
        Ok(parameter) => Some(Ok(parameter)),
        Err(error) => Some(Err(InvalidParameter { text, error: error.shifted(at) })),
    })
}

impl PartialEq for Parameters<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Parameters<'_> {}

impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
