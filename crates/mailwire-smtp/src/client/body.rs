//! A body on its way out.

use super::ReplyTo;
use super::plan::Transfer;
use super::wire::Wire;
use crate::command::{Bdat, Chunk};
use crate::data::{Content, DataWriter, LineEnds, Refused};
use crate::{Command, Limits};
use alloc::vec::Vec;
use mailwire_core::dots::{Stray, Tally};

/// A body, written as it was planned.
#[derive(Debug)]
pub(super) enum Writer {
    Data(DataWriter),
    Chunks(Chunks),
}

/// What BDAT has to count before it is written.
#[derive(Debug)]
pub(super) struct Chunks {
    content: Content,
    tally: Tally,
    buffer: Vec<u8>,
}

/// So many pieces may be outstanding, where the server offers PIPELINING.
const CHUNKS: usize = 4;

/// What is refused of a body.
pub(super) const fn name(stray: Stray) -> &'static str {
    match stray {
        Stray::BareCr => "a carriage return without a line feed",
        Stray::BareLf => "a line feed without a carriage return",
        Stray::Nul => "a NUL",
    }
}

impl Writer {
    pub(super) fn new(transfer: Transfer, line_ends: LineEnds) -> Self {
        match transfer {
            Transfer::Data => Self::Data(DataWriter::new().with_line_ends(line_ends)),
            Transfer::Chunks(content) => {
                Self::Chunks(Chunks { content, tally: Tally::new(), buffer: Vec::new() })
            }
        }
    }

    /// Takes what there is room for from the front of `body`. What is refused changes nothing.
    pub(super) fn take(
        &mut self,
        body: &[u8],
        wire: &mut Wire,
        window: usize,
        limits: &Limits,
    ) -> Result<usize, Refused> {
        match self {
            Self::Data(writer) => {
                // In the worst case each octet becomes two, and a carriage return has waited.
                let room = limits.output.max(2).saturating_sub(wire.waiting()) / 2;
                let piece = body.get(..body.len().min(room)).unwrap_or_default();
                let mut next = writer.clone();
                for slice in next.stuff(piece)? {
                    wire.write(slice);
                }
                *writer = next;
                Ok(piece.len())
            }
            Self::Chunks(chunks) => chunks.take(body, wire, window, limits),
        }
    }

    /// Writes what ends the body, as soon as it may. Says whether it is written.
    pub(super) fn end(&mut self, wire: &mut Wire) -> Result<(), Refused> {
        match self {
            Self::Data(writer) => {
                wire.write(writer.clone().finish()?);
                Ok(())
            }
            Self::Chunks(chunks) => chunks.end(),
        }
    }
}

impl Chunks {
    /// Room for that much, half of what may wait to be written.
    fn size(limits: &Limits) -> usize {
        (limits.output / 2).max(64)
    }

    fn take(
        &mut self,
        body: &[u8],
        wire: &mut Wire,
        window: usize,
        limits: &Limits,
    ) -> Result<usize, Refused> {
        let size = Self::size(limits);
        if self.buffer.len() >= size && self.has_room(wire, window, limits) {
            self.flush(wire);
        }
        let room = size.saturating_sub(self.buffer.len());
        let piece = body.get(..body.len().min(room)).unwrap_or_default();
        let mut tally = self.tally;
        tally.add(piece);
        self.check(&tally)?;
        self.tally = tally;
        self.buffer.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn check(&self, tally: &Tally) -> Result<(), Refused> {
        match self.content {
            Content::Lines => Refused::first(tally).map_or(Ok(()), Err),
            Content::Binary => Ok(()),
        }
    }

    fn end(&mut self) -> Result<(), Refused> {
        let mut tally = self.tally;
        tally.finish();
        self.check(&tally)?;
        // As DATA does it, and as Exchange wants it.
        if self.content == Content::Lines && tally.octets() > 0 && !tally.ends_with_crlf() {
            self.buffer.extend_from_slice(b"\r\n");
        }
        Ok(())
    }

    /// Whether another piece may be written now.
    pub(super) fn has_room(&self, wire: &Wire, window: usize, limits: &Limits) -> bool {
        let window = if window > 1 { CHUNKS } else { 1 };
        wire.is_quiet() || (wire.due() < window && wire.waiting() + self.buffer.len() <= limits.output)
    }

    /// Whether octets of the caller are taken now.
    pub(super) fn wants(&self, wire: &Wire, window: usize, limits: &Limits) -> bool {
        self.buffer.len() < Self::size(limits) || self.has_room(wire, window, limits)
    }

    /// Writes what is there, but for a carriage return whose line feed is not.
    fn flush(&mut self, wire: &mut Wire) {
        let held = self.content == Content::Lines && self.buffer.ends_with(b"\r");
        let len = self.buffer.len() - usize::from(held);
        write(self.buffer.get(..len).unwrap_or_default(), Chunk::More, wire);
        wire.expect(ReplyTo::Chunk);
        self.buffer.drain(..len);
    }

    /// Writes the last piece. Its replies are for the caller to expect.
    pub(super) fn finish(&mut self, wire: &mut Wire) {
        write(&self.buffer, Chunk::Last, wire);
        self.buffer = Vec::new();
    }
}

fn write(octets: &[u8], chunk: Chunk, wire: &mut Wire) {
    let mut line = Vec::new();
    Command::Bdat(Bdat { size: octets.len() as u64, chunk }).encode(&mut line);
    wire.write(&line);
    wire.write(octets);
}
