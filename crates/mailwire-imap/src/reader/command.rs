//! The server's side: commands.

use super::announce::{Announced, Tail, announced, content, may_announce};
use super::quote::Quote;
use super::{Handling, LEAST, Offer, SIZE};
use crate::command::{Command, Expected, announces_message};
use crate::{Leniency, Limits};
use mailwire_core::frame::Line;
use mailwire_core::{Defects, Frame, FrameError, Framer, ParseError};

/// What a [`CommandReader`] reads.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller has to handle all of it")]
pub enum CommandItem<'b> {
    /// A whole command; or a piece of one that ends where the body of a message begins to stream; or what is behind such a body.
    Frame(Frame<'b, Command<'b>>),
    /// A piece of the body of a message, never empty.
    Chunk(&'b [u8]),
    /// A literal is announced and has to be accepted or refused.
    Offer(Offer<'b>),
}

/// Reads commands.
///
/// It stops at each literal until the caller has said whether to take it. Behind a refused `{n}` the next octet begins a command,
/// since the client does not send what was refused; behind a refused `{n+}` the literal, the rest of the line and every further
/// `{n+}` of the command are dropped as they come. Either way the command comes as one frame without octets.
///
/// ```
/// use mailwire_imap::{CommandItem, CommandReader, Limits};
///
/// let mut reader = CommandReader::new(Limits::default());
/// let mut input: &[u8] = b"a1 LOGIN {4}\r\nfred {6+}\r\nsecret\r\na2 NO";
///
/// let Some(CommandItem::Offer(offer)) = reader.next(&mut input)? else { panic!() };
/// assert!(offer.tag() == b"a1" && offer.size() == 4 && offer.waits());
/// reader.accept();
/// let Some(CommandItem::Offer(offer)) = reader.next(&mut input)? else { panic!() };
/// assert!(!offer.waits());
/// reader.accept();
///
/// let Some(CommandItem::Frame(frame)) = reader.next(&mut input)? else { panic!() };
/// assert_eq!(frame.len(), 33);
/// assert!(reader.next(&mut input)?.is_none());
/// assert_eq!(input, b"a2 NO");
/// # Ok::<(), mailwire_core::FrameError>(())
/// ```
#[derive(Clone, Debug)]
pub struct CommandReader {
    framer: Framer,
    limits: Limits,
    leniency: Leniency,
    /// What the next line is.
    expected: Expected,
    phase: Phase,
    /// Octets at the front of the input that belong to the command and have been looked at.
    held: usize,
    /// Octets of literals among them.
    literals: u64,
    /// Literals of this piece so far.
    count: u32,
    /// The literal before, which is held with the piece.
    before: Option<Literal>,
    /// Where the command, or the rest of it, begins in the stream.
    start: u64,
    /// What of a line that is dropped has to be known at its end.
    tail: Tail,
    quote: Quote,
    limit: usize,
    failed: Option<FrameError>,
}

/// What stood before a literal, in octets of the piece. Whether that makes it a message is asked only if something hangs on it.
#[derive(Clone, Copy, Debug)]
struct Literal {
    /// Behind a message: another may follow. Otherwise the piece begins the text.
    start: Option<usize>,
    /// Behind the announcement.
    end: usize,
    size: u64,
    /// A name may be a literal, and then comes the message; later there is none.
    early: bool,
}

impl Literal {
    fn is_message(self, input: &[u8], expected: Expected) -> bool {
        let head = input.get(self.start.unwrap_or(0)..self.end).unwrap_or_default();
        match self.start {
            Some(_) => announces_message(head, Expected::Rest),
            None => self.early && announces_message(head, expected),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// In front of a command of which nothing is held.
    Start,
    Line,
    Offered {
        size: u64,
        sync: bool,
        handling: Handling,
    },
    Accepted {
        size: u64,
        handling: Handling,
    },
    Refused {
        size: u64,
        sync: bool,
    },
    Inline {
        left: u64,
    },
    Chunks {
        left: u64,
    },
    DropLine,
    DropOctets {
        left: u64,
    },
}

impl CommandReader {
    /// At the start of a stream.
    pub const fn new(limits: Limits) -> Self {
        Self {
            framer: Framer::new().with_dropped(limits.dropped),
            limits,
            leniency: Leniency::DEFAULT,
            expected: Expected::Command,
            phase: Phase::Start,
            held: 0,
            literals: 0,
            count: 0,
            before: None,
            start: 0,
            tail: Tail::EMPTY,
            quote: Quote::Outside,
            limit: 0,
            failed: None,
        }
    }

    /// The same, forgiving more.
    #[must_use]
    pub const fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }

    /// Other limits from the next literal or command on: [`Limits::BEFORE_LOGIN`] until somebody has logged in.
    pub fn set_limits(&mut self, limits: Limits) {
        self.framer = core::mem::take(&mut self.framer).with_dropped(limits.dropped);
        self.limits = limits;
    }

    /// The next line is the client's part of a SASL exchange: base64, nothing, or `*`. There are no literals in it.
    pub fn expect_sasl(&mut self) {
        self.expect(Expected::Sasl);
    }

    /// The next line ends IDLE: `DONE` (RFC 2177). There are no literals in it.
    pub fn expect_done(&mut self) {
        self.expect(Expected::Done);
    }

    fn expect(&mut self, expected: Expected) {
        self.expected = expected;
        if self.phase == Phase::Start {
            self.phase = Phase::Line;
        }
    }

    /// Takes the literal that is offered. One that is [too big](Handling::TooBig) is refused all the same.
    pub fn accept(&mut self) {
        self.phase = match self.phase {
            Phase::Offered { size, sync, handling: Handling::TooBig } => Phase::Refused { size, sync },
            Phase::Offered { size, handling, .. } => Phase::Accepted { size, handling },
            phase => phase,
        };
    }

    /// Refuses the literal that is offered, and with it the command.
    pub fn refuse(&mut self) {
        if let Phase::Offered { size, sync, .. } = self.phase {
            self.phase = Phase::Refused { size, sync };
        }
    }

    /// Takes the next item from the front of `input`. `None`: call again with the octets that were not taken first and more
    /// behind them.
    ///
    /// # Errors
    ///
    /// A bare LF in a line, unless the [leniency](Leniency::bare_lf) takes it for a line end; the announcement of a literal that
    /// can't be read, or that stands where no literal can; more than [`Limits::dropped`]. Said again at every further call.
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<CommandItem<'b>>, FrameError> {
        if self.phase != Phase::Start {
            return self.step(input);
        }
        let (at, mut rest) = (self.framer.offset(), *input);
        match self.framer.line(&mut rest, self.limits.line.max(LEAST), self.leniency.bare_lf.into()) {
            Ok(Some(Line::Whole(line))) if !may_announce(line) => {
                *input = rest;
                self.item(at, line)
            }
            Ok(None) => Ok(None),
            line => {
                (self.start, self.limit) = (at, self.limits.line.max(LEAST));
                self.behind_line(input, rest, line).or_else(|error| self.fail(error))
            }
        }
    }

    /// A whole command.
    #[inline(never)]
    fn item<'b>(&self, at: u64, command: &'b [u8]) -> Result<Option<CommandItem<'b>>, FrameError> {
        let item = |value, defects| Ok(Some(CommandItem::Frame(Frame::new(at, command, value, defects))));
        Command::quick(
            command,
            self.limits.depth,
            |command| item(Ok(command), Defects::NONE),
            || {
                let (mut defects, depth) = (Defects::NONE, self.limits.depth);
                let expected = Expected::Command;
                let value = Command::open_piece(command, expected, None, depth, self.leniency, &mut defects);
                item(value, defects)
            },
        )
    }

    /// At least so many octets more are needed when `have` octets were not taken: a hint for the size of a read.
    pub fn wants(&self, have: usize) -> usize {
        match self.phase {
            Phase::Inline { left } => usize::try_from(left).unwrap_or(usize::MAX).saturating_add(2),
            Phase::Start | Phase::Line if have == 0 => 2,
            _ => 1,
        }
    }

    /// How many octets of the stream have been taken.
    pub fn offset(&self) -> u64 {
        self.framer.offset() - self.held as u64
    }

    #[cold]
    fn fail<T>(&mut self, error: FrameError) -> Result<T, FrameError> {
        (self.failed, self.phase) = (Some(error), Phase::Line);
        Err(error)
    }

    /// Goes on in a command.
    fn step<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<CommandItem<'b>>, FrameError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let item = match self.phase {
            Phase::Start | Phase::Line => self.line(input),
            Phase::Offered { size, sync, handling } => Ok(Some(self.offer(input, size, sync, handling))),
            Phase::Accepted { size, handling: Handling::Streams } => {
                let item = self.piece(input, Some(size));
                self.phase = Phase::Chunks { left: size };
                return Ok(Some(item));
            }
            Phase::Accepted { size, .. } => {
                self.literals += size;
                self.count += 1;
                self.inline(input, size)
            }
            Phase::Inline { left } => self.inline(input, left),
            Phase::Refused { size, sync } => {
                self.release(input);
                if sync {
                    return Ok(Some(self.dropped("no literal that is refused")));
                }
                self.phase = Phase::DropOctets { left: size };
                self.drop_command(input)
            }
            Phase::Chunks { mut left } if left > 0 => {
                let chunk = self.framer.octets(input, &mut left);
                self.phase = Phase::Chunks { left };
                return Ok(chunk.map(CommandItem::Chunk));
            }
            Phase::Chunks { .. } => {
                (self.expected, self.phase) = (Expected::Rest, Phase::Line);
                self.line(input)
            }
            Phase::DropLine | Phase::DropOctets { .. } => self.drop_command(input),
        };
        item.or_else(|error| self.fail(error))
    }

    /// Takes what is there of a literal that is held, and goes on behind it.
    fn inline<'b>(
        &mut self,
        input: &mut &'b [u8],
        mut left: u64,
    ) -> Result<Option<CommandItem<'b>>, FrameError> {
        let mut rest = input.get(self.held..).unwrap_or_default();
        self.held += self.framer.octets(&mut rest, &mut left).map_or(0, <[u8]>::len);
        if left > 0 {
            self.phase = Phase::Inline { left };
            return Ok(None);
        }
        self.phase = Phase::Line;
        self.line(input)
    }

    fn line<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<CommandItem<'b>>, FrameError> {
        if self.held == 0 {
            self.start = self.framer.offset();
        }
        let lines = self.held - usize::try_from(self.literals).unwrap_or(self.held);
        self.limit = match self.expected {
            Expected::Sasl => self.limits.sasl_line.max(LEAST),
            _ => self.limits.line.max(LEAST).saturating_sub(lines).max(2),
        };
        let mut rest = input.get(self.held..).unwrap_or_default();
        let line = self.framer.line(&mut rest, self.limit, self.leniency.bare_lf.into());
        self.behind_line(input, rest, line)
    }

    /// Goes on where a line was looked for; `rest` is behind it.
    fn behind_line<'b>(
        &mut self,
        input: &mut &'b [u8],
        rest: &'b [u8],
        line: Result<Option<Line<'b>>, FrameError>,
    ) -> Result<Option<CommandItem<'b>>, FrameError> {
        match line? {
            None | Some(Line::Dropped(_)) => Ok(None),
            Some(Line::Whole(line)) => {
                self.held += line.len();
                let text = content(line);
                let announced = announced(text);
                let quote = match announced {
                    Announced::Nothing => Quote::Outside,
                    _ => Quote::default().behind(text),
                };
                match self.literal(announced, quote)? {
                    None if self.expected == Expected::Command => {
                        let raw = self.release(input);
                        self.phase = Phase::Start;
                        self.item(self.start, raw)
                    }
                    None => Ok(Some(self.piece(input, None))),
                    Some((size, sync)) => {
                        let handling = self.handling(input, size);
                        self.phase = Phase::Offered { size, sync, handling };
                        Ok(Some(self.offer(input, size, sync, handling)))
                    }
                }
            }
            Some(Line::Head(head)) => {
                *input = rest;
                self.forget();
                self.tail = Tail::EMPTY;
                self.tail.push(head);
                self.quote = Quote::default().behind(head);
                self.phase = Phase::DropLine;
                self.drop_command(input)
            }
        }
    }

    /// The literal at the end of a line.
    fn literal(&self, announced: Announced, quote: Quote) -> Result<Option<(u64, bool)>, FrameError> {
        let at = self.framer.offset();
        let free = matches!(self.expected, Expected::Sasl | Expected::Done) || quote.is_open();
        match announced {
            Announced::Nothing => Ok(None),
            Announced::Literal { sync: true, .. } if free => Ok(None),
            Announced::Literal { .. } if free => {
                Err(FrameError::Length { at, expected: "no literal in a line that can't have one" })
            }
            Announced::Literal { size, sync } => Ok(Some((size, sync))),
            Announced::Broken => Err(FrameError::Length { at, expected: SIZE }),
        }
    }

    fn offer<'b>(&self, input: &'b [u8], size: u64, sync: bool, handling: Handling) -> CommandItem<'b> {
        let head = input.get(..self.held).unwrap_or_default();
        CommandItem::Offer(Offer { head, size, sync, handling, expected: self.expected })
    }

    fn handling(&mut self, input: &[u8], size: u64) -> Handling {
        let before = self.before.take().filter(|before| before.is_message(input, self.expected));
        let start = before.and_then(|Literal { end, size, .. }| end.checked_add(usize::try_from(size).ok()?));
        let literal = Literal { start, end: self.held, size, early: self.count < 2 };
        if size > self.limits.inline && literal.is_message(input, self.expected) {
            return Handling::Streams;
        }
        if size > self.limits.literals.saturating_sub(self.literals) {
            return Handling::TooBig;
        }
        self.before = Some(literal);
        Handling::Inline
    }

    /// Takes what is held out of the input.
    fn release<'b>(&mut self, input: &mut &'b [u8]) -> &'b [u8] {
        let (raw, rest) = input.split_at_checked(self.held).unwrap_or((input, b""));
        *input = rest;
        self.forget();
        raw
    }

    /// Nothing is held.
    fn forget(&mut self) {
        (self.held, self.literals, self.count, self.before) = (0, 0, 0, None);
    }

    fn piece<'b>(&mut self, input: &mut &'b [u8], streams: Option<u64>) -> CommandItem<'b> {
        let expected = core::mem::take(&mut self.expected);
        let raw = self.release(input);
        self.phase = Phase::Start;
        let mut defects = Defects::NONE;
        let value =
            Command::open_piece(raw, expected, streams, self.limits.depth, self.leniency, &mut defects);
        CommandItem::Frame(Frame::new(self.start, raw, value, defects))
    }

    #[cold]
    fn drop_command<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<CommandItem<'b>>, FrameError> {
        loop {
            if let Phase::DropOctets { mut left } = self.phase {
                let taken = self.framer.octets(input, &mut left);
                self.phase = Phase::DropOctets { left };
                if self.framer.offset() - self.start > self.limits.dropped {
                    return Err(FrameError::Endless { at: self.framer.offset() });
                }
                match (left, taken) {
                    (0, _) => {
                        (self.tail, self.quote, self.phase) = (Tail::EMPTY, Quote::Outside, Phase::DropLine);
                    }
                    (_, None) => return Ok(None),
                    _ => continue,
                }
            }
            let before = *input;
            let line = self.framer.line(input, self.limits.line.max(LEAST), self.leniency.bare_lf.into())?;
            let taken = before.get(..before.len() - input.len()).unwrap_or_default();
            self.tail.push(taken);
            self.quote = self.quote.behind(taken);
            match line {
                None => return Ok(None),
                Some(Line::Head(_)) => continue,
                Some(Line::Whole(_) | Line::Dropped(_)) => {}
            }
            if let Some((size, false)) = self.literal(self.tail.announced(), self.quote)? {
                self.phase = Phase::DropOctets { left: size };
                continue;
            }
            // If a client waits for leave, it gets none.
            return Ok(Some(self.dropped("a command of at most so many octets")));
        }
    }

    fn dropped<'b>(&mut self, expected: &'static str) -> CommandItem<'b> {
        (self.expected, self.phase) = (Expected::Command, Phase::Start);
        let len = self.framer.offset() - self.start;
        let limit = usize::try_from(len).unwrap_or(usize::MAX).min(self.limit);
        let error = ParseError::too_long(limit, expected);
        CommandItem::Frame(Frame::without_octets(self.start, len, Err(error), Defects::NONE))
    }
}
