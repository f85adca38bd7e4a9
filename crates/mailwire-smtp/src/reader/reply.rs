//! Reads what a server sends.

use crate::reply::{Most, clean, clean_reply, goes_on};
use crate::{Leniency, Limits, Reply};
use mailwire_core::frame::{Line, LineEnd};
use mailwire_core::{Defects, Frame, FrameError, Framer, ParseError};

/// Cuts what a server sends into replies: one frame a reply, all of its lines.
///
/// A line whose code is followed by a hyphen announces another one; the first line that does not is the last. A line that
/// is no reply line ends its frame too, which then holds an error: what follows is read as a new reply, and only the session
/// can know whether the two sides still agree on who answers what. A reply over a limit is dropped as it comes, up to its last line,
/// and is one frame without octets.
///
/// ```
/// use mailwire_smtp::{Code, ReplyReader};
///
/// let mut reader = ReplyReader::default();
/// let mut input: &[u8] = b"250-mx.example.org\r\n250 SIZE 1000\r\n354 go";
/// let frame = reader.next(&mut input)?.ok_or("a whole reply")?;
/// assert_eq!(frame.raw(), b"250-mx.example.org\r\n250 SIZE 1000\r\n");
/// assert_eq!(frame.value()?.code(), Code::OK);
/// assert!(reader.next(&mut input)?.is_none());
/// assert_eq!(input, b"354 go");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ReplyReader {
    framer: Framer,
    limits: Limits,
    most: Most,
    leniency: Leniency,
    /// Octets at the front of the input that are whole lines of a reply that goes on.
    held: usize,
    lines: u32,
    state: State,
}

type Found<'b> = Result<Option<Frame<'b, Reply<'b>>>, FrameError>;

#[derive(Clone, Copy, Debug)]
enum State {
    /// A reply, or a further line of one.
    Lines,
    Dropping(Dropping),
    Failed(FrameError),
}

/// A reply over its limit.
#[derive(Clone, Copy, Debug)]
struct Dropping {
    /// Where the reply began.
    at: u64,
    error: ParseError,
    /// Whether the line that is being dropped announces another one.
    goes_on: bool,
}

/// So much of a line is needed to know whether another one follows.
const CODE: usize = 4;

impl Default for ReplyReader {
    fn default() -> Self {
        Self::new(Limits::DEFAULT)
    }
}

impl ReplyReader {
    /// At the start of a stream.
    pub const fn new(limits: Limits) -> Self {
        Self {
            framer: Framer::new().with_dropped(limits.dropped),
            most: Most::of(&limits),
            limits,
            leniency: Leniency::DEFAULT,
            held: 0,
            lines: 0,
            state: State::Lines,
        }
    }

    /// The same, forgiving other things.
    #[must_use]
    pub const fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }

    /// The same behind `at` octets of a stream that somebody else has read.
    #[must_use]
    pub const fn starting_at(self, at: u64) -> Self {
        Self { framer: self.framer.starting_at(at), ..self }
    }

    /// Takes the next reply from the front of `input`. `None`: call again with the octets that were not taken first and more
    /// behind them.
    ///
    /// # Errors
    ///
    /// A bare LF, unless the leniency takes it; more than [`Limits::dropped`] octets of a reply over its limit. Both are final
    /// and said again at every further call.
    #[inline]
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<Frame<'b, Reply<'b>>>, FrameError> {
        if let State::Lines = self.state {
            let room = self.limits.reply.saturating_sub(self.held);
            let line = input.get(self.held..).unwrap_or_default();
            if self.framer.is_waiting(line, self.limits.reply_line.min(room)) {
                return Ok(None);
            }
        }
        self.read(input)
    }

    /// What is all there and as it should be is read in one pass; tried once or twice a reply, so that no octet is looked at
    /// again and again.
    #[inline(never)]
    fn read<'b>(&mut self, input: &mut &'b [u8]) -> Found<'b> {
        if let State::Lines = self.state
            && self.held == 0
        {
            return clean(input, self.most, (self, input), Self::found, |(reader, input)| reader.any(input));
        }
        self.any(input)
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        clippy::unnecessary_wraps,
        reason = "so that the frame is made in its place"
    )]
    fn found<'b>((reader, input): (&mut Self, &mut &'b [u8]), reply: Reply<'b>, len: usize) -> Found<'b> {
        let at = reader.framer.offset();
        let raw = reader.framer.take(input, len);
        Ok(Some(Frame::new(at, raw, Ok(reply), Defects::NONE)))
    }

    #[inline(never)]
    fn any<'b>(&mut self, input: &mut &'b [u8]) -> Found<'b> {
        let found = self.step(input);
        if let Err(error) = found {
            self.state = State::Failed(error);
        }
        found
    }

    /// How many more octets are needed at least behind `have` that were not taken: a hint for the next read.
    pub fn wants(&self, have: usize) -> usize {
        let line = have.saturating_sub(self.held);
        if let State::Lines = self.state { (CODE + 1).saturating_sub(line).max(1) } else { 1 }
    }

    /// How many octets of the stream have been taken.
    pub fn offset(&self) -> u64 {
        self.framer.offset() - self.held as u64
    }

    fn step<'b>(&mut self, input: &mut &'b [u8]) -> Found<'b> {
        match self.state {
            State::Lines => {}
            State::Dropping(_) => return self.drop_lines(input),
            State::Failed(error) => return Err(error),
        }
        let end = LineEnd::from(self.leniency.bare_lf);
        loop {
            let mut rest = input.get(self.held..).unwrap_or_default();
            let room = self.limits.reply.saturating_sub(self.held);
            // A few octets over the limit, so that the code of a line that crosses it can be read.
            let limit = self.limits.reply_line.min(room).max(CODE + 2);
            let at = self.offset();
            let Some(line) = self.framer.line(&mut rest, limit, end)? else { return Ok(None) };
            let (line, error) = match line {
                Line::Whole(line) => {
                    let len = self.held + line.len();
                    self.lines = self.lines.saturating_add(1);
                    if len > self.limits.reply {
                        (line, ParseError::too_long(self.limits.reply, "the end of the reply"))
                    } else if self.lines > self.limits.reply_lines {
                        (line, ParseError::too_long(self.held, "no further line of the reply"))
                    } else if goes_on(line) {
                        self.held = len;
                        continue;
                    } else {
                        let (raw, behind) = input.split_at_checked(len).unwrap_or((input, b""));
                        *input = behind;
                        (self.held, self.lines) = (0, 0);
                        let mut defects = Defects::NONE;
                        let value = match clean_reply(raw, &self.limits) {
                            Some(reply) => Ok(reply),
                            None => Reply::parse_with(raw, &self.leniency, &mut defects),
                        };
                        return Ok(Some(Frame::new(at, raw, value, defects)));
                    }
                }
                Line::Head(head) if limit < self.limits.reply_line => {
                    (head, ParseError::too_long(self.limits.reply, "the end of the reply"))
                }
                Line::Head(head) => (
                    head,
                    ParseError::too_long(self.held + self.limits.reply_line, "the end of the reply line"),
                ),
                Line::Dropped(_) => continue,
            };
            let whole = line.ends_with(b"\n");
            *input = rest;
            (self.held, self.lines) = (0, 0);
            if whole && !goes_on(line) {
                return Ok(Some(self.too_long(at, error)));
            }
            self.state = State::Dropping(Dropping { at, error, goes_on: goes_on(line) });
            // Of the line that is being dropped its front has been taken.
            let begun = if whole { 0 } else { line.len() as u64 };
            self.spend(self.framer.offset() - begun - at);
            return self.drop_lines(input);
        }
    }

    #[cold]
    fn drop_lines<'b>(&mut self, input: &mut &'b [u8]) -> Found<'b> {
        let end = LineEnd::from(self.leniency.bare_lf);
        while let State::Dropping(mut dropping) = self.state {
            let left = self.limits.dropped.saturating_sub(self.framer.offset() - dropping.at);
            let left = usize::try_from(left).unwrap_or(usize::MAX);
            let limit = self.limits.reply_line.min(left).max(CODE + 2);
            let ends = match self.framer.line(input, limit, end)? {
                None => return Ok(None),
                Some(Line::Whole(line)) => !goes_on(line),
                Some(Line::Head(head)) => {
                    dropping.goes_on = goes_on(head);
                    self.state = State::Dropping(dropping);
                    continue;
                }
                Some(Line::Dropped(_)) => !dropping.goes_on,
            };
            let dropped = self.framer.offset() - dropping.at;
            if ends {
                self.state = State::Lines;
                self.spend(0);
                return Ok(Some(self.too_long(dropping.at, dropping.error)));
            }
            if dropped >= self.limits.dropped {
                return Err(FrameError::Endless { at: self.framer.offset() });
            }
            self.spend(dropped);
        }
        Ok(None)
    }

    /// Of what a reply may have dropped, so much is gone before the next line.
    fn spend(&mut self, dropped: u64) {
        let left = self.limits.dropped.saturating_sub(dropped);
        self.framer = core::mem::take(&mut self.framer).with_dropped(left);
    }

    fn too_long<'b>(&self, at: u64, error: ParseError) -> Frame<'b, Reply<'b>> {
        Frame::without_octets(at, self.framer.offset() - at, Err(error), Defects::NONE)
    }
}
