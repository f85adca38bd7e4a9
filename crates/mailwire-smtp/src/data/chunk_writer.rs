//! A body in the pieces of BDAT.

use crate::command::Chunk;
use core::fmt;
use mailwire_core::UsageError;
use mailwire_core::dots::{Refused, Tally};

/// Writes a body with BDAT: before each piece the line that counts it, so that no count can be wrong.
///
/// Grammar: [RFC 3030 §2](https://www.rfc-editor.org/rfc/rfc3030#section-2). A carriage return at the end of a piece goes out
/// with the next one, since it may not leave before its line feed is there.
///
/// ```
/// use mailwire_smtp::{Chunk, ChunkWriter};
///
/// let mut writer = ChunkWriter::new();
/// let mut wire = Vec::new();
/// wire.extend(writer.write(b"One\r", Chunk::More)?.slices().concat());
/// wire.extend(writer.write(b"\nTwo\r\n", Chunk::Last)?.slices().concat());
/// assert_eq!(wire, b"BDAT 3\r\nOneBDAT 7 LAST\r\n\r\nTwo\r\n");
/// # Ok::<(), mailwire_smtp::data::ChunkError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ChunkWriter {
    content: Content,
    tally: Tally,
    held: bool,
    failed: Option<ChunkError>,
}

/// Why a piece of a body is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChunkError {
    /// It has an octet that lines may not have. The body can still be given up with RSET.
    Refused(Refused),
    /// The last piece has been written: to the server it would be a piece of another body.
    Usage(UsageError),
}

/// What the octets of a body are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 3030 has these two")]
pub enum Content {
    /// Lines that end in CRLF: bare CRs, bare LFs and NULs are refused.
    #[default]
    Lines,
    /// Any octets, for BODY=BINARYMIME (RFC 3030 §3).
    Binary,
}

/// A piece of a body as it goes on the wire.
#[derive(Clone, Copy, Debug)]
pub struct WireChunk<'a> {
    line: [u8; LONGEST],
    len: usize,
    held: &'static [u8],
    octets: &'a [u8],
}

/// `BDAT `, 20 digits, ` LAST`, CRLF.
const LONGEST: usize = 32;

impl ChunkWriter {
    /// At the start of a body of lines.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same for other content, from the next piece on. A carriage return that is held back goes out with that piece.
    #[must_use]
    pub fn with_content(self, content: Content) -> Self {
        Self { content, ..self }
    }

    /// What was handed in so far. A server may want the last line to be whole: see
    /// [`ends_with_crlf`](Tally::ends_with_crlf).
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The next piece, of any length and cut anywhere. One that holds nothing is written only if it is the last.
    ///
    /// # Errors
    ///
    /// The first octet that lines may not have, and anything behind the last piece; from then on always. Nothing of the piece
    /// is written.
    pub fn write<'a>(&mut self, body: &'a [u8], chunk: Chunk) -> Result<WireChunk<'a>, ChunkError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.tally.add(body);
        if self.content == Content::Lines {
            if chunk == Chunk::Last {
                self.tally.finish();
            }
            if let Some(refused) = Refused::first(&self.tally) {
                return Err(*self.failed.insert(ChunkError::Refused(refused)));
            }
        }
        if chunk == Chunk::Last {
            self.failed = Some(ChunkError::Usage(UsageError::new("a further piece", "behind the last one")));
        }
        let waits = self.content == Content::Lines && body.is_empty();
        let held: &[u8] = if self.held && !waits { b"\r" } else { b"" };
        let mut octets = body;
        if !waits {
            let whole = body.strip_suffix(b"\r").filter(|_| self.content == Content::Lines);
            octets = whole.unwrap_or(body);
            self.held = whole.is_some();
        }
        Ok(WireChunk::new(held, octets, chunk))
    }
}

impl<'a> WireChunk<'a> {
    fn new(held: &'static [u8], octets: &'a [u8], chunk: Chunk) -> Self {
        let size = held.len() + octets.len();
        let mut wire = Self { line: [0; LONGEST], len: 0, held, octets };
        if size == 0 && chunk == Chunk::More {
            return wire;
        }
        let mut digits = [0; 20];
        let mut count = 0;
        let mut left = size;
        for digit in &mut digits {
            *digit = b'0' + u8::try_from(left % 10).unwrap_or_default();
            count += 1;
            left /= 10;
            if left == 0 {
                break;
            }
        }
        let last: &[u8] = if chunk == Chunk::Last { b" LAST\r\n" } else { b"\r\n" };
        let line = b"BDAT ".iter().chain(digits.iter().take(count).rev()).chain(last);
        for (place, &octet) in wire.line.iter_mut().zip(line) {
            *place = octet;
            wire.len += 1;
        }
        wire
    }

    /// The line, what was held back, and the octets, in the order of the wire; any may be empty.
    pub fn slices(&self) -> [&[u8]; 3] {
        [self.line.get(..self.len).unwrap_or_default(), self.held, self.octets]
    }
}

impl From<Refused> for ChunkError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl fmt::Display for ChunkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => fmt::Display::fmt(refused, f),
            Self::Usage(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl core::error::Error for ChunkError {}
