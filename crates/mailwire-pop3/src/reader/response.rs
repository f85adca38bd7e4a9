//! The client's side: responses.

use super::LEAST;
use crate::response::{Answer, Indicator, Listing, Response};
use crate::{Command, Leniency, Limits, Pop3Defect};
use mailwire_core::dots::{Piece, Stray};
use mailwire_core::frame::Line;
use mailwire_core::{Defects, Frame, FrameError, Framer, ParseError, Tally, Unstuffer};

/// What RFC 2449 §4 allows a line of a response, its end included.
const LONG: usize = 512;

/// What a [`ResponseReader`] reads.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller has to handle all of it")]
pub enum ResponseItem<'b> {
    /// A line: a status, a challenge, a line of a listing, the end of a listing or of a message.
    Frame(Frame<'b, Response<'b>>),
    /// A piece of a message, its dots unstuffed; never empty.
    Chunk(&'b [u8]),
}

/// Reads responses.
///
/// It begins with the greeting. Before each further response [`expect`](Self::expect) says which command it answers, since `LIST` is
/// answered with many lines and `LIST 1` with one. Whatever was asked, `-ERR` is a single line.
///
/// A status line that can't be read, and one that nobody waits for, is taken for a single line; whether that is a reason to hang
/// up is for the caller to say.
///
/// ```
/// use mailwire_pop3::response::{Entry, Response};
/// use mailwire_pop3::{Command, ResponseItem, Limits, ResponseReader};
///
/// let mut reader = ResponseReader::new(Limits::default());
/// let mut input: &[u8] = b"+OK ready\r\n+OK 2 messages\r\n1 120\r\n2 200\r\n.\r\n";
///
/// assert!(matches!(reader.next(&mut input)?, Some(ResponseItem::Frame(_))));
/// assert!(reader.is_complete());
///
/// reader.expect(&Command::List(None));
/// let mut octets = 0;
/// while let Some(ResponseItem::Frame(frame)) = reader.next(&mut input)? {
///     if let Ok(Response::Line(line)) = frame.value() && let Ok(Entry::Size(scan)) = line.entry() {
///         octets += scan.octets();
///     }
/// }
/// assert!(reader.is_complete());
/// assert_eq!(octets, 320);
/// # Ok::<(), mailwire_core::FrameError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ResponseReader {
    framer: Framer,
    limits: Limits,
    leniency: Leniency,
    answer: Answer,
    /// What was asked before the greeting came.
    early: Option<Answer>,
    phase: Phase,
    /// What a status line over its limit began with.
    over: Option<Indicator>,
    body: Unstuffer,
    failed: Option<FrameError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The greeting is due.
    Greeting,
    /// Nothing is due.
    Complete,
    /// The first line of a response, or the next one of an exchange.
    Status,
    Listing(Listing),
    Message,
}

impl Default for ResponseReader {
    fn default() -> Self {
        Self::new(Limits::DEFAULT)
    }
}

impl ResponseReader {
    /// At the start of a stream: the greeting is due.
    pub fn new(limits: Limits) -> Self {
        Self {
            framer: Framer::new().with_dropped(limits.dropped),
            limits,
            leniency: Leniency::default(),
            answer: Answer::Status,
            early: None,
            phase: Phase::Greeting,
            over: None,
            body: Unstuffer::new(),
            failed: None,
        }
    }

    /// The same, forgiving more.
    #[must_use]
    pub fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }

    /// The same behind `at` octets of a stream that somebody else has read.
    #[must_use]
    pub fn starting_at(self, at: u64) -> Self {
        Self { framer: self.framer.starting_at(at), ..self }
    }

    /// The same where no greeting is due: behind a handshake, or where somebody else has read it.
    ///
    /// ```
    /// use mailwire_pop3::{Command, Limits, ResponseReader};
    ///
    /// let mut reader = ResponseReader::new(Limits::default()).behind_greeting();
    /// assert!(reader.is_complete());
    /// reader.expect(&Command::Stat);
    /// assert!(!reader.is_complete());
    /// ```
    #[must_use]
    pub fn behind_greeting(self) -> Self {
        Self { phase: Phase::Complete, ..self }
    }

    /// The next response answers `command`, or, where the greeting is still to come, the one behind that; until its first line
    /// has come, the last call counts. While a listing or a message is under way this changes nothing: ask
    /// [`is_complete`](Self::is_complete) first.
    ///
    /// In an exchange only `AUTH` is said, not the client's further lines. A server that says `+OK` where a challenge is due has
    /// ended the exchange; if the caller knows better, it says `AUTH` again.
    pub fn expect(&mut self, command: &Command<'_>) {
        match self.phase {
            Phase::Greeting => self.early = Some(command.answer()),
            Phase::Complete | Phase::Status => {
                self.answer = command.answer();
                self.phase = Phase::Status;
            }
            Phase::Listing(_) | Phase::Message => {}
        }
    }

    /// Whether the last response has come to its end, and nothing is due.
    pub fn is_complete(&self) -> bool {
        self.phase == Phase::Complete
    }

    /// Takes the next item from the front of `input`. `None`: call again with the octets that were not taken first and more behind
    /// them.
    ///
    /// A line over its limit is dropped as it comes, and comes as one frame without octets when its end is there; the response goes
    /// on behind it.
    ///
    /// # Errors
    ///
    /// A bare LF in a line, unless the [leniency](Leniency::bare_lf) takes it for a line end; a line that goes on behind
    /// [`Limits::dropped`]. Said again at every further call.
    #[inline]
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<ResponseItem<'b>>, FrameError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        if self.phase == Phase::Message {
            return Ok(self.message(input));
        }
        self.line(input).inspect_err(|&error| self.failed = Some(error))
    }

    /// At least so many octets more are needed when `have` octets were not taken: a hint for the size of a read.
    pub fn wants(&self, have: usize) -> usize {
        if have == 0 && self.phase != Phase::Message { 2 } else { 1 }
    }

    /// How many octets of the stream have been taken.
    pub fn offset(&self) -> u64 {
        let body = if self.phase == Phase::Message { self.body.taken() } else { 0 };
        self.framer.offset() + body
    }

    #[inline]
    fn message<'b>(&mut self, input: &mut &'b [u8]) -> Option<ResponseItem<'b>> {
        let before = *input;
        match self.body.next(input)? {
            Piece::Chunk(chunk) => Some(ResponseItem::Chunk(chunk)),
            Piece::End => {
                let end = before.get(..before.len() - input.len()).unwrap_or_default();
                let at = self.offset();
                self.framer = core::mem::take(&mut self.framer).starting_at(at);
                self.phase = Phase::Complete;
                let tally = *self.body.tally();
                let value = Ok(Response::EndOfMessage(tally));
                Some(ResponseItem::Frame(Frame::new(at - end.len() as u64, end, value, defects(&tally))))
            }
        }
    }

    #[inline]
    fn line<'b>(&mut self, input: &mut &'b [u8]) -> Result<Option<ResponseItem<'b>>, FrameError> {
        let exchange = self.phase == Phase::Status && self.answer == Answer::Exchange;
        let longest = if exchange { self.limits.sasl_line } else { 0 };
        let limit = self.limits.response_line.max(longest).max(LEAST);
        loop {
            let at = self.framer.offset();
            match self.framer.line(input, limit, self.leniency.bare_lf.into())? {
                Some(Line::Whole(line)) => return Ok(Some(ResponseItem::Frame(self.frame(at, line)))),
                Some(Line::Head(head)) => self.over = Indicator::of(head),
                Some(Line::Dropped(len)) => return Ok(Some(ResponseItem::Frame(self.dropped(limit, len)))),
                None => return Ok(None),
            }
        }
    }

    #[inline]
    fn frame<'b>(&mut self, at: u64, line: &'b [u8]) -> Frame<'b, Response<'b>> {
        let mut defects = Defects::NONE;
        let value = if let Phase::Listing(listing) = self.phase {
            Response::parse_listed(line, listing, &self.leniency, &mut defects)
        } else {
            let answer = if self.phase == Phase::Status { self.answer } else { Answer::Status };
            Response::parse_first(line, answer, &self.leniency, &mut defects)
        };
        match (self.phase, &value) {
            (Phase::Listing(_), Ok(Response::EndOfListing)) => self.phase = Phase::Complete,
            (Phase::Listing(_), _) | (_, Ok(Response::Challenge(_))) => {}
            // What follows depends on the indicator, however broken the words behind it are.
            _ => self.status(Indicator::of(line)),
        }
        if line.len() > LONG && !matches!(value, Ok(Response::Challenge(_))) {
            defects.insert(Pop3Defect::LongLine);
        }
        Frame::new(at, line, value, defects)
    }

    fn dropped<'b>(&mut self, limit: usize, len: u64) -> Frame<'b, Response<'b>> {
        if !matches!(self.phase, Phase::Listing(_)) {
            self.status(self.over);
        }
        let error = ParseError::too_long(limit, "a line of at most so many octets");
        Frame::without_octets(self.framer.offset() - len, len, Err(error), Defects::NONE)
    }

    /// Goes on behind a status line.
    fn status(&mut self, indicator: Option<Indicator>) {
        self.phase = match (self.phase, indicator, self.answer) {
            (Phase::Status, Some(Indicator::Ok), Answer::Listing(listing)) => Phase::Listing(listing),
            (Phase::Status, Some(Indicator::Ok), Answer::Message) => {
                self.body = Unstuffer::new();
                Phase::Message
            }
            (Phase::Greeting, ..) => match self.early {
                Some(answer) => {
                    self.answer = answer;
                    Phase::Status
                }
                None => Phase::Complete,
            },
            _ => Phase::Complete,
        };
    }
}

fn defects(tally: &Tally) -> Defects<Pop3Defect> {
    let mut defects = Defects::NONE;
    for (stray, _) in tally.strays() {
        defects.insert(match stray {
            Stray::BareCr => Pop3Defect::BodyBareCr,
            Stray::BareLf => Pop3Defect::BodyBareLf,
            Stray::Nul => Pop3Defect::BodyNul,
        });
    }
    defects
}
