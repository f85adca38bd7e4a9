//! The error type behind the nom grammars: two words, no allocation, and the offset survives.

use crate::ParseError;
use nom::error::{ContextError, ErrorKind};

/// What a nom parser over `&[u8]` returns when it fails: how much input was left there, and what it wanted.
///
/// Of two failed alternatives the one that got further is kept; [`context`](nom::error::context) names only the
/// spot it stands on, so that the innermost name of the furthest failure is what the caller reads.
///
/// ```
/// use mailwire_core::Trace;
/// use nom::{IResult, Parser, bytes::complete::tag, error::context};
///
/// fn angle(input: &[u8]) -> IResult<&[u8], &[u8], Trace> {
///     context("`>`", tag(">")).parse(input)
/// }
///
/// let line = b"abc";
/// let error = Trace::finish(line, angle(&line[2..])).unwrap_err();
/// assert_eq!(error.to_string(), "expected `>` at byte 2, found `c`");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    left: usize,
    expected: &'static str,
}

impl Trace {
    /// A failure where `rest` is what had not been taken yet.
    pub fn new(rest: &[u8], expected: &'static str) -> Self {
        Self { left: rest.len(), expected }
    }

    /// The same failure with its position in `input`, of which the parser was given a tail.
    pub fn locate(self, input: &[u8]) -> ParseError {
        ParseError::new(input, input.len().saturating_sub(self.left), self.expected)
    }

    /// The outcome of a parser that has to take all of `input`.
    ///
    /// # Errors
    ///
    /// The parser's own failure with its position, or what was left over.
    pub fn finish<O>(input: &[u8], result: nom::IResult<&[u8], O, Self>) -> Result<O, ParseError> {
        match result {
            Ok(([], value)) => Ok(value),
            Ok((rest, _)) => Err(Self::new(rest, "end of line").locate(input)),
            Err(nom::Err::Error(trace) | nom::Err::Failure(trace)) => Err(trace.locate(input)),
            Err(nom::Err::Incomplete(_)) => Err(ParseError::new(input, input.len(), "more")),
        }
    }
}

impl nom::error::ParseError<&[u8]> for Trace {
    fn from_error_kind(input: &[u8], _: ErrorKind) -> Self {
        Self::new(input, "something else")
    }

    fn append(_: &[u8], _: ErrorKind, other: Self) -> Self {
        other
    }

    fn or(self, other: Self) -> Self {
        if other.left < self.left { other } else { self }
    }
}

impl ContextError<&[u8]> for Trace {
    fn add_context(input: &[u8], expected: &'static str, other: Self) -> Self {
        if other.left == input.len() { Self { expected, ..other } } else { other }
    }
}
