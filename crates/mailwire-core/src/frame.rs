//! Frames: what a stream of octets is cut into before any grammar looks at it.
//!
//! ```text
//!   octets from the peer     MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.ex
//!                            ├──────── a line ────────┤├── not yet ──▶
//!
//!   Framer      lines, up to CRLF and up to a limit; runs of announced octets
//!   Unstuffer   a body up to CRLF "." CRLF (module dots)
//! ```
//!
//! A **reader** of a protocol is built over them. It has a method of this shape:
//!
//! ```text
//! fn next<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<Item<'b>>, FrameError>
//! ```
//!
//! It takes the next item from the front of `input`. `None` means: call again with the octets that were not taken first and
//! more behind them. The reader remembers how far it has looked, so that no octet is looked at twice, whatever the sizes of
//! the reads; it holds nothing of the input, and allocates nothing.
//!
//! What is wrong in the *grammar* of a frame is no error of the reader: the end of the frame is known, so it comes as a
//! [`Frame`] with the error inside, and reading goes on behind it. What makes the *end* unknowable is a [`FrameError`]: final,
//! and said again at every further call.
//!
//! ```
//! use mailwire_core::{Framer, frame::{Line, LineEnd}};
//!
//! let mut framer = Framer::new();
//! let mut input: &[u8] = b"NOOP\r\nQU";
//! assert_eq!(framer.line(&mut input, 512, LineEnd::CrLf)?, Some(Line::Whole(b"NOOP\r\n")));
//! assert_eq!(framer.line(&mut input, 512, LineEnd::CrLf)?, None);
//! // The octets that were not taken come first next time.
//! let mut input: &[u8] = b"QUIT\r\n";
//! assert_eq!(framer.line(&mut input, 512, LineEnd::CrLf)?, Some(Line::Whole(b"QUIT\r\n")));
//! assert_eq!(framer.offset(), 12);
//! # Ok::<(), mailwire_core::FrameError>(())
//! ```

mod defects;
mod error;
mod framer;
mod value;

pub use defects::Defects;
pub use error::FrameError;
pub use framer::{BareLf, Framer, Line, LineEnd};
pub use value::{Redacted, Value};

use crate::ParseError;
use core::fmt;

/// One unit of the wire: its octets, where they were, and what they say or why they say nothing.
///
/// `Debug` shows no secret: see [`redacted`](Self::redacted).
#[derive(Clone, Copy)]
pub struct Frame<'b, T: Value> {
    at: u64,
    octets: Octets<'b>,
    value: Result<T, ParseError>,
    defects: Defects<T::Defect>,
}

#[derive(Clone, Copy)]
enum Octets<'b> {
    Kept(&'b [u8]),
    /// Not for a log.
    Secret(&'b [u8]),
    /// So many there were.
    Dropped(u64),
}

impl<'b, T: Value> Frame<'b, T> {
    /// A frame whose octets are all there.
    #[inline]
    pub fn new(at: u64, raw: &'b [u8], value: Result<T, ParseError>, defects: Defects<T::Defect>) -> Self {
        Self { at, octets: Octets::Kept(raw), value, defects }
    }

    /// A frame whose octets are all there, and of which a log shows none, whatever it says: a line of a SASL exchange.
    pub fn secret(at: u64, raw: &'b [u8], value: Result<T, ParseError>, defects: Defects<T::Defect>) -> Self {
        Self { at, octets: Octets::Secret(raw), value, defects }
    }

    /// A frame whose octets are not kept: over its limit, or a body that has streamed.
    pub fn without_octets(
        at: u64,
        len: u64,
        value: Result<T, ParseError>,
        defects: Defects<T::Defect>,
    ) -> Self {
        Self { at, octets: Octets::Dropped(len), value, defects }
    }

    /// How many octets of the stream came before it.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// How many octets it has, line ends included.
    pub fn len(&self) -> u64 {
        match self.octets {
            Octets::Kept(raw) | Octets::Secret(raw) => raw.len() as u64,
            Octets::Dropped(len) => len,
        }
    }

    /// Whether it has no octet at all. No frame of a line has.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its octets, line ends included, secrets included; empty where they are not kept.
    pub fn raw(&self) -> &'b [u8] {
        match self.octets {
            Octets::Kept(raw) | Octets::Secret(raw) => raw,
            Octets::Dropped(_) => b"",
        }
    }

    /// What it says.
    ///
    /// # Errors
    ///
    /// Where the grammar was left, in octets from the start of the frame; or that it was over a limit.
    pub fn value(&self) -> Result<T, ParseError> {
        self.value
    }

    /// What was wrong with it and was read all the same.
    pub fn defects(&self) -> Defects<T::Defect> {
        self.defects
    }

    /// The frame for a log: secrets are counted and not shown, controls are escaped.
    pub fn redacted(&self) -> Redacted<'b> {
        let open = match self.octets {
            Octets::Secret(_) => 0,
            _ => T::open(self.raw(), self.value.as_ref().ok()),
        };
        Redacted::new(self.raw(), open, self.len())
    }
}

impl<T: Value> fmt::Debug for Frame<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame")
            .field("at", &self.at)
            .field("len", &self.len())
            .field("raw", &self.redacted())
            .field("error", &self.value.as_ref().err())
            .field("defects", &self.defects)
            .finish()
    }
}
