//! The parameters of a command, in their order.

use super::Parameter;
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
        let (mut wire, list) = match self.0 {
            Source::Wire(text) => (text, [].iter()),
            Source::List(list) => (&b""[..], list.iter()),
        };
        let words = core::iter::from_fn(move || {
            while let [b' ', rest @ ..] = wire {
                wire = rest;
            }
            let end = wire.iter().position(|&byte| byte == b' ').unwrap_or(wire.len());
            let (text, rest) = wire.split_at_checked(end)?;
            wire = rest;
            if text.is_empty() {
                return None;
            }
            Some(Parameter::parse(text).map_err(|error| InvalidParameter { text, error }))
        });
        list.copied().map(Ok).chain(words)
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
