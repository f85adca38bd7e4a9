//! The client's side: responses.

use super::announce::{Announced, Tail, announced, content, may_announce};
use super::quote::Quote;
use super::{LEAST, SIZE};
use crate::cursor::literals;
use crate::response::{Kind, Response, Rest, opens_section, streams};
use crate::{Leniency, Limits};
use mailwire_core::frame::Line;
use mailwire_core::{Defects, Frame, FrameError, Framer, ParseError};

/// What a [`ResponseReader`] reads.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller has to handle all of it")]
pub enum ResponseItem<'b> {
    /// A whole response; or a piece of a FETCH that ends where a body begins to stream; or what is behind such a body.
    Frame(Frame<'b, Response<'b>>),
    /// A piece of the body that the frame before announced, never empty.
    Chunk(&'b [u8]),
}

/// Reads responses.
///
/// A literal of a FETCH streams if it is over [`Limits::inline`] and directly follows the name of a body (`BODY[…]`, `BINARY[…]`,
/// `RFC822…`); any number of them in one response. All other literals are held with their response, up to
/// [`Limits::response`].
///
/// Status lines and continuations have no literals (`* OK hello {11}` is text), but for the list of charsets of RFC 3501's
/// BADCHARSET.
///
/// ```
/// use mailwire_imap::{Limits, ResponseItem, ResponseReader};
///
/// let mut reader = ResponseReader::new(Limits::default().with_inline(4));
/// let mut input: &[u8] = b"* 1 FETCH (UID 7 BODY[] {6}\r\nHello! FLAGS ())\r\n";
///
/// let Some(ResponseItem::Frame(frame)) = reader.next(&mut input)? else { panic!() };
/// assert_eq!(frame.raw(), b"* 1 FETCH (UID 7 BODY[] {6}\r\n");
/// assert!(matches!(reader.next(&mut input)?, Some(ResponseItem::Chunk(b"Hello!"))));
/// let Some(ResponseItem::Frame(frame)) = reader.next(&mut input)? else { panic!() };
/// assert_eq!(frame.raw(), b" FLAGS ())\r\n");
/// # Ok::<(), mailwire_core::FrameError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ResponseReader {
    framer: Framer,
    limits: Limits,
    leniency: Leniency,
    phase: Phase,
    /// Octets at the front of the input that belong to the response and have been looked at.
    held: usize,
    /// Where the response, or the piece of it, begins in the stream.
    start: u64,
    kind: Kind,
    /// What is behind a body that has streamed.
    rest: Option<Rest>,
    /// Whether a literal stands inside of the brackets of `BODY[`.
    section: bool,
    /// What of a line that is dropped has to be known at its end.
    tail: Tail,
    quote: Quote,
    failed: Option<FrameError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// In front of a response of which nothing is held.
    Start,
    Line,
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

impl ResponseReader {
    /// At the start of a stream: the greeting is a response like any other.
    pub const fn new(limits: Limits) -> Self {
        Self {
            framer: Framer::new().with_dropped(limits.dropped),
            limits,
            leniency: Leniency::DEFAULT,
            phase: Phase::Start,
            held: 0,
            start: 0,
            kind: Kind::Free,
            rest: None,
            section: false,
            tail: Tail::EMPTY,
            quote: Quote::Outside,
            failed: None,
        }
    }

    /// The same, forgiving more.
    #[must_use]
    pub const fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }

    /// Takes the next item from the front of `input`. `None`: call again with the octets that were not taken first and more
    /// behind them.
    ///
    /// A response over its limit is dropped as it comes, and comes as one frame without octets when its end is there.
    ///
    /// # Errors
    ///
    /// A bare LF in a line, unless the [leniency](Leniency::bare_lf) takes it for a line end; the announcement of a literal that
    /// can't be read; more than [`Limits::dropped`]. Said again at every further call.
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<ResponseItem<'b>>, FrameError> {
        if self.phase != Phase::Start {
            return self.step(input);
        }
        let (at, mut rest) = (self.framer.offset(), *input);
        match self.framer.line(&mut rest, self.limits.response.max(LEAST), self.leniency.bare_lf.into()) {
            Ok(Some(Line::Whole(line))) if !may_announce(line) => {
                *input = rest;
                self.item(at, line)
            }
            Ok(None) => Ok(None),
            line => {
                self.start = at;
                self.behind_line(input, rest, line).or_else(|error| self.fail(error))
            }
        }
    }

    /// A whole response.
    #[inline(never)]
    fn item<'b>(&self, at: u64, response: &'b [u8]) -> Result<Option<ResponseItem<'b>>, FrameError> {
        let item = |value, defects| Ok(Some(ResponseItem::Frame(Frame::new(at, response, value, defects))));
        Response::quick(
            response,
            self.limits.depth,
            |response| item(Ok(response), Defects::NONE),
            || {
                let (mut defects, limits) = (Defects::NONE, &self.limits);
                let value = Response::open_piece(response, None, None, limits, self.leniency, &mut defects);
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

    /// Goes on in a response.
    fn step<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<ResponseItem<'b>>, FrameError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let item = match self.phase {
            Phase::Chunks { mut left } if left > 0 => {
                let chunk = self.framer.octets(input, &mut left);
                self.phase = Phase::Chunks { left };
                return Ok(chunk.map(ResponseItem::Chunk));
            }
            Phase::Start | Phase::Line | Phase::Chunks { .. } => {
                self.phase = Phase::Line;
                self.line(input)
            }
            Phase::Inline { left } => {
                let rest = input.get(self.held..).unwrap_or_default();
                match self.inline(rest, left) {
                    Some(_) => self.line(input),
                    None => Ok(None),
                }
            }
            Phase::DropLine | Phase::DropOctets { .. } => self.drop_response(input),
        };
        item.or_else(|error| self.fail(error))
    }

    /// Takes what is there of a literal that is held; what is behind it, if that is all.
    fn inline<'b>(&mut self, mut rest: &'b [u8], mut left: u64) -> Option<&'b [u8]> {
        self.held += self.framer.octets(&mut rest, &mut left).map_or(0, <[u8]>::len);
        self.phase = if left > 0 { Phase::Inline { left } } else { Phase::Line };
        (left == 0).then_some(rest)
    }

    /// A line that is not the first of its response, or of which no end was there.
    fn line<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<ResponseItem<'b>>, FrameError> {
        if self.held == 0 {
            self.start = self.framer.offset();
        }
        let mut rest = input.get(self.held..).unwrap_or_default();
        let line = self.framer.line(&mut rest, self.limit(), self.leniency.bare_lf.into());
        self.behind_line(input, rest, line)
    }

    /// For the next line.
    fn limit(&self) -> usize {
        self.limits.response.max(LEAST).saturating_sub(self.held).max(2)
    }

    /// Goes on where a line was looked for; `rest` is behind it.
    fn behind_line<'b>(
        &mut self,
        input: &mut &'b [u8],
        mut rest: &'b [u8],
        mut line: Result<Option<Line<'b>>, FrameError>,
    ) -> Result<Option<ResponseItem<'b>>, FrameError> {
        loop {
            let line_here = match line? {
                Some(Line::Whole(line)) => line,
                Some(Line::Head(head)) => {
                    if self.held == 0 && self.rest.is_none() {
                        self.kind = Kind::of(head);
                    }
                    (self.tail, self.quote) = (Tail::EMPTY, Quote::Outside);
                    self.pass(head);
                    *input = rest;
                    self.held = 0;
                    self.phase = Phase::DropLine;
                    return self.drop_response(input);
                }
                Some(Line::Dropped(_)) | None => return Ok(None),
            };
            let first = self.held == 0;
            self.held += line_here.len();
            let text = content(line_here);
            let announced = announced(text);
            if announced == Announced::Nothing {
                if self.rest.is_some() {
                    return Ok(Some(self.piece(input, None)));
                }
                let raw = self.release(input);
                return self.item(self.start, raw);
            }
            if first && self.rest.is_none() {
                self.kind = Kind::of(line_here);
            }
            self.kind = self.kind.behind(line_here);
            let Some(size) = self.literal(announced)? else {
                return Ok(Some(self.piece(input, None)));
            };
            if self.kind.is_fetch() {
                if size > self.limits.inline && streams(text, self.section) {
                    let frame = self.piece(input, Some(size));
                    self.phase = Phase::Chunks { left: size };
                    return Ok(Some(frame));
                }
                self.section = opens_section(text, self.section);
            }
            let room = self.limits.response.saturating_sub(self.held) as u64;
            if size > room {
                *input = rest;
                self.held = 0;
                self.phase = Phase::DropOctets { left: size };
                return self.drop_response(input);
            }
            let Some(behind) = self.inline(rest, size) else { return Ok(None) };
            rest = behind;
            if self.kind.is_fetch() && !self.section {
                // As many more as are all there.
                let room = self.limits.response.saturating_sub(self.held);
                self.held += self.framer.take(&mut rest, literals(behind, self.limits.inline, room)).len();
            }
            line = self.framer.line(&mut rest, self.limit(), self.leniency.bare_lf.into());
        }
    }

    /// The literal at the end of a line.
    fn literal(&self, announced: Announced) -> Result<Option<u64>, FrameError> {
        match announced {
            _ if self.kind == Kind::Free => Ok(None),
            Announced::Nothing => Ok(None),
            Announced::Literal { size, .. } => Ok(Some(size)),
            Announced::Broken => Err(FrameError::Length { at: self.framer.offset(), expected: SIZE }),
        }
    }

    /// Takes what is held out of the input.
    fn release<'b>(&mut self, input: &mut &'b [u8]) -> &'b [u8] {
        let (raw, rest) = input.split_at_checked(self.held).unwrap_or((input, b""));
        *input = rest;
        (self.held, self.section, self.phase) = (0, false, Phase::Start);
        raw
    }

    fn piece<'b>(&mut self, input: &mut &'b [u8], streams: Option<u64>) -> ResponseItem<'b> {
        let raw = self.release(input);
        let behind = self.rest.take();
        if streams.is_some() {
            self.rest = behind.or_else(|| Rest::of(raw));
        }
        let mut defects = Defects::NONE;
        let value = Response::open_piece(raw, behind, streams, &self.limits, self.leniency, &mut defects);
        ResponseItem::Frame(Frame::new(self.start, raw, value, defects))
    }

    /// A piece of a line that is dropped. Behind a list of charsets that is closed there is no literal.
    fn pass(&mut self, piece: &[u8]) {
        self.tail.push(piece);
        for byte in piece.iter().take_while(|_| self.kind == Kind::Charsets) {
            if *byte == b')' && !self.quote.is_open() {
                self.kind = Kind::Free;
                return;
            }
            self.quote = self.quote.behind(&[*byte]);
        }
    }

    #[cold]
    fn drop_response<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<ResponseItem<'b>>, FrameError> {
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
            let line =
                self.framer.line(input, self.limits.response.max(LEAST), self.leniency.bare_lf.into())?;
            let taken = before.get(..before.len() - input.len()).unwrap_or_default();
            self.pass(taken);
            match line {
                None => return Ok(None),
                Some(Line::Head(_)) => continue,
                Some(Line::Whole(_) | Line::Dropped(_)) => {}
            }
            if let Some(size) = self.literal(self.tail.announced())? {
                self.phase = Phase::DropOctets { left: size };
                continue;
            }
            (self.phase, self.rest, self.section) = (Phase::Start, None, false);
            let error = ParseError::too_long(self.limits.response, "a response of at most so many octets");
            let len = self.framer.offset() - self.start;
            let frame = Frame::without_octets(self.start, len, Err(error), Defects::NONE);
            return Ok(Some(ResponseItem::Frame(frame)));
        }
    }
}
