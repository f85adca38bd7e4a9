//! The server's side: commands, and the octets that BDAT announces.

use crate::command::{announces_octets, clean, clean_line, may_announce_octets};
use crate::{Command, Leniency, Limits};
use mailwire_core::frame::{Line, LineEnd};
use mailwire_core::{Defects, Frame, FrameError, Framer, ParseError};

/// Cuts what a client sends into commands.
///
/// The octets behind a BDAT are given out as chunks whatever the answer to it will be, also where CHUNKING was never offered,
/// so that a body can't be read as commands. A BDAT that can't be read is final, since where its body ends can't be known.
/// What follows DATA is for a [`DataReader`](crate::DataReader).
#[derive(Clone, Debug)]
pub struct CommandReader {
    framer: Framer,
    limits: Limits,
    leniency: Leniency,
    mode: Mode,
}

#[derive(Clone, Copy, Debug)]
enum Mode {
    Command,
    /// So many octets of a body are still to come.
    Chunk(u64),
    Sasl,
    Failed(FrameError),
}

type Found<'b> = Result<Option<CommandItem<'b>>, FrameError>;

/// What a [`CommandReader`] finds.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a server has to handle all of it")]
pub enum CommandItem<'b> {
    /// A command, or the line of an authentication that was [expected](CommandReader::expect_sasl).
    Frame(Frame<'b, Command<'b>>),
    /// Octets that a BDAT announced; never empty.
    Chunk(&'b [u8]),
}

impl Default for CommandReader {
    fn default() -> Self {
        Self::new(Limits::DEFAULT)
    }
}

impl CommandReader {
    /// At the start of a stream, or behind a handshake.
    pub const fn new(limits: Limits) -> Self {
        Self {
            framer: Framer::new().with_dropped(limits.dropped),
            limits,
            leniency: Leniency::DEFAULT,
            mode: Mode::Command,
        }
    }

    /// The same with another leniency.
    #[must_use]
    pub const fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }

    /// The same behind `at` octets of a stream that somebody else has read: a body, as a rule.
    #[must_use]
    pub const fn starting_at(self, at: u64) -> Self {
        Self { framer: self.framer.starting_at(at), ..self }
    }

    /// How many octets of the stream have been taken.
    pub fn offset(&self) -> u64 {
        self.framer.offset()
    }

    /// The next line is the client's part of an authentication: base64, nothing, or `*`. It is read as [`Command::Sasl`], under
    /// [`Limits::sasl_line`]; the line behind it is a command again, unless this is called again. Inside of a BDAT's octets it
    /// means nothing.
    pub fn expect_sasl(&mut self) {
        if let Mode::Command = self.mode {
            self.mode = Mode::Sasl;
        }
    }

    /// How many more octets are needed at least, if `have` are there.
    pub fn wants(&self, have: usize) -> usize {
        match self.mode {
            Mode::Chunk(left) => usize::try_from(left).unwrap_or(usize::MAX).saturating_sub(have).max(1),
            Mode::Command | Mode::Sasl | Mode::Failed(_) => 1,
        }
    }

    /// Takes the next item from the front of `input`. `None`: call again with the octets that were not taken first, and more
    /// behind them.
    ///
    /// # Errors
    ///
    /// A bare LF (unless [forgiven](crate::leniency::BareLf)), a BDAT that can't be read, a line without end. Final.
    #[inline]
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<CommandItem<'b>>, FrameError> {
        if let Mode::Command = self.mode
            && self.framer.is_waiting(input, self.limits.line)
        {
            return Ok(None);
        }
        self.read(input)
    }

    /// What is all there and as it should be is read in one pass; tried once or twice a line, so that no octet is looked at again
    /// and again.
    #[inline(never)]
    fn read<'b>(&mut self, input: &mut &'b [u8]) -> Found<'b> {
        if let Mode::Command = self.mode
            && !self.framer.is_dropping()
        {
            let line = input.get(..self.limits.line).unwrap_or(input);
            return clean(line, (self, input), Self::found, |(reader, input)| reader.any(input));
        }
        self.any(input)
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        clippy::unnecessary_wraps,
        reason = "so that the item is made in its place"
    )]
    fn found<'b>((reader, input): (&mut Self, &mut &'b [u8]), command: Command<'b>, len: usize) -> Found<'b> {
        let at = reader.framer.offset();
        let raw = reader.framer.take(input, len);
        Ok(Some(CommandItem::Frame(Frame::new(at, raw, Ok(command), Defects::NONE))))
    }

    #[inline(never)]
    fn any<'b>(&mut self, input: &mut &'b [u8]) -> Found<'b> {
        let found = self.step(input);
        if let Err(error) = found {
            self.mode = Mode::Failed(error);
        }
        found
    }

    fn step<'b>(&mut self, input: &mut &'b [u8]) -> Found<'b> {
        let limit = match &mut self.mode {
            Mode::Chunk(left) => {
                let octets = self.framer.octets(input, left);
                if *left == 0 {
                    self.mode = Mode::Command;
                }
                return Ok(octets.map(CommandItem::Chunk));
            }
            Mode::Command => self.limits.line,
            Mode::Sasl => self.limits.sasl_line,
            Mode::Failed(error) => return Err(*error),
        };
        let end = LineEnd::from(self.leniency.bare_lf);
        match self.framer.line(input, limit, end)? {
            None => Ok(None),
            Some(Line::Whole(raw)) => self.line(raw).map(Some),
            Some(long) => self.too_long(long, input, limit, end),
        }
    }

    fn line<'b>(&mut self, raw: &'b [u8]) -> Result<CommandItem<'b>, FrameError> {
        let at = self.framer.offset() - raw.len() as u64;
        let mut defects = Defects::NONE;
        if let Mode::Sasl = self.mode {
            self.mode = Mode::Command;
            let value = Command::parse_sasl(raw, &self.leniency, &mut defects);
            return Ok(CommandItem::Frame(Frame::secret(at, raw, value, defects)));
        }
        if let Some(command) = clean_line(raw) {
            return Ok(CommandItem::Frame(Frame::new(at, raw, Ok(command), defects)));
        }
        let value = Command::parse_with(raw, &self.leniency, &mut defects);
        match value {
            Ok(Command::Bdat(bdat)) if bdat.size > 0 => self.mode = Mode::Chunk(bdat.size),
            Err(error) if announces_octets(raw) => {
                return Err(FrameError::Length {
                    at: at + error.offset() as u64,
                    expected: error.expected(),
                });
            }
            _ => {}
        }
        Ok(CommandItem::Frame(Frame::new(at, raw, value, defects)))
    }

    #[cold]
    fn too_long<'b>(
        &mut self,
        mut line: Line<'b>,
        input: &mut &'b [u8],
        limit: usize,
        end: LineEnd,
    ) -> Result<Option<CommandItem<'b>>, FrameError> {
        loop {
            match line {
                Line::Head(head) if matches!(self.mode, Mode::Command) && may_announce_octets(head) => {
                    return Err(FrameError::Length { at: self.offset(), expected: "the end of the line" });
                }
                Line::Dropped(len) => {
                    let at = self.offset() - len;
                    self.mode = Mode::Command;
                    let error = ParseError::too_long(limit, "a shorter line");
                    let frame = Frame::without_octets(at, len, Err(error), Defects::NONE);
                    return Ok(Some(CommandItem::Frame(frame)));
                }
                Line::Head(_) | Line::Whole(_) => {}
            }
            match self.framer.line(input, limit, end)? {
                Some(next) => line = next,
                None => return Ok(None),
            }
        }
    }
}
