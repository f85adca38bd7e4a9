//! The server's side: commands.

use super::LEAST;
use crate::{Command, Leniency, Limits, Pop3Defect};
use mailwire_core::frame::Line;
use mailwire_core::{Defects, Frame, FrameError, Framer, ParseError};

/// What RFC 2449 §4 allows a command, its end included.
const LONG: usize = 255;

/// Reads commands.
///
/// ```
/// use mailwire_pop3::{Command, CommandReader, Limits};
///
/// let mut reader = CommandReader::new(Limits::default());
/// let mut input: &[u8] = b"STAT\r\nRETR none\r\nQU";
///
/// let Some(frame) = reader.next(&mut input)? else { panic!() };
/// assert_eq!(frame.value(), Ok(Command::Stat));
///
/// // What is wrong with a command is no error of the reader.
/// let Some(frame) = reader.next(&mut input)? else { panic!() };
/// assert_eq!(frame.value().unwrap_err().to_string(), "expected a message number at byte 5, found `n`");
///
/// assert!(reader.next(&mut input)?.is_none());
/// assert_eq!(input, b"QU");
/// # Ok::<(), mailwire_core::FrameError>(())
/// ```
#[derive(Clone, Debug)]
pub struct CommandReader {
    framer: Framer,
    limits: Limits,
    leniency: Leniency,
    /// Whether the next line belongs to a SASL exchange.
    sasl: bool,
    failed: Option<FrameError>,
}

impl Default for CommandReader {
    fn default() -> Self {
        Self::new(Limits::DEFAULT)
    }
}

impl CommandReader {
    /// At the start of a stream.
    pub const fn new(limits: Limits) -> Self {
        Self {
            framer: Framer::new().with_dropped(limits.dropped),
            limits,
            leniency: Leniency::DEFAULT,
            sasl: false,
            failed: None,
        }
    }

    /// The same, forgiving more.
    #[must_use]
    pub const fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }

    /// The same behind `at` octets of a stream that somebody else has read.
    #[must_use]
    pub const fn starting_at(self, at: u64) -> Self {
        Self { framer: self.framer.starting_at(at), ..self }
    }

    /// The next line is the client's part of a SASL exchange: base64, nothing, or `*`. It is read as [`Command::Sasl`], under
    /// [`Limits::sasl_line`]; the line behind it is a command again, unless this is called again.
    pub fn expect_sasl(&mut self) {
        self.sasl = true;
    }

    /// Takes the next command from the front of `input`. `None`: call again with the octets that were not taken first and more
    /// behind them.
    ///
    /// A line over its limit is dropped as it comes, and comes as one frame without octets when its end is there.
    ///
    /// # Errors
    ///
    /// A bare LF, unless the [leniency](Leniency::bare_lf) takes it for a line end; a line that goes on behind
    /// [`Limits::dropped`]. Said again at every further call.
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<Frame<'b, Command<'b>>>, FrameError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let limit = if self.sasl { self.limits.sasl_line } else { self.limits.line }.max(LEAST);
        loop {
            let at = self.framer.offset();
            match self.framer.line(input, limit, self.leniency.bare_lf.into()) {
                Ok(Some(Line::Whole(line))) => return Ok(Some(self.frame(at, line))),
                Ok(Some(Line::Head(_))) => {}
                Ok(Some(Line::Dropped(len))) => return Ok(Some(self.dropped(limit, len))),
                Ok(None) => return Ok(None),
                Err(error) => {
                    self.failed = Some(error);
                    return Err(error);
                }
            }
        }
    }

    /// At least so many octets more are needed when `have` octets were not taken: a hint for the size of a read.
    pub fn wants(&self, have: usize) -> usize {
        if have == 0 { 2 } else { 1 }
    }

    /// How many octets of the stream have been taken.
    pub fn offset(&self) -> u64 {
        self.framer.offset()
    }

    #[inline]
    fn frame<'b>(&mut self, at: u64, line: &'b [u8]) -> Frame<'b, Command<'b>> {
        let mut defects = Defects::NONE;
        if core::mem::take(&mut self.sasl) {
            let value = Command::parse_sasl(line, &self.leniency, &mut defects);
            return Frame::secret(at, line, value, defects);
        }
        if line.len() > LONG {
            defects.insert(Pop3Defect::LongLine);
        }
        let value = Command::parse_with(line, &self.leniency, &mut defects);
        Frame::new(at, line, value, defects)
    }

    fn dropped<'b>(&mut self, limit: usize, len: u64) -> Frame<'b, Command<'b>> {
        let expected = if core::mem::take(&mut self.sasl) {
            "a SASL response of at most so many octets"
        } else {
            "a command of at most so many octets"
        };
        let error = ParseError::too_long(limit, expected);
        Frame::without_octets(self.framer.offset() - len, len, Err(error), Defects::NONE)
    }
}
