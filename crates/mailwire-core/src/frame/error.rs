//! Why a stream can't be cut any further.

use core::fmt;

/// The end of a frame can't be known, so nothing behind it can be read. Final: a reader says it again at every call.
///
/// Positions count in octets from the start of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FrameError {
    /// A line feed without a carriage return before it, in a line. Some readers end the line there and some don't.
    BareLf {
        /// Where the line feed is.
        at: u64,
    },
    /// The length of what follows can't be read.
    Length {
        /// Where the announcement is broken.
        at: u64,
        /// What the grammar wanted there.
        expected: &'static str,
    },
    /// A frame over its limit went on for longer than is dropped.
    Endless {
        /// Where the patience ended.
        at: u64,
    },
}

impl FrameError {
    /// Where it went wrong, in octets from the start of the stream.
    pub fn at(&self) -> u64 {
        match *self {
            Self::BareLf { at } | Self::Length { at, .. } | Self::Endless { at } => at,
        }
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::BareLf { at } => write!(f, "expected a carriage return before the line feed at byte {at}"),
            Self::Length { at, expected } => write!(f, "expected {expected} at byte {at}"),
            Self::Endless { at } => write!(f, "expected the end of a frame over its limit before byte {at}"),
        }
    }
}

impl core::error::Error for FrameError {}
