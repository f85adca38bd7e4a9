//! The rules of where a message of an mbox begins and ends, for bytes that come piece by piece.

use super::length::HeaderWatch;
use super::separator::{FROM, LONGEST};
use super::{Dialect, Leniency, Limits, MboxDefect, NoEmptyLine, Separator};
use core::ops::Range;
use mailwire_core::Sink;
use memchr::memmem::Finder;
use memchr::{memchr, memrchr};

/// Splits an mbox that comes in pieces of any size, in constant memory: nothing is copied.
///
/// The caller has a buffer. [`next`](Self::next) takes items from its front until it says `None`: then the rest stays, and
/// more comes behind it. That rest is the start of a line that may be a separator, 1 KiB at most, or, in
/// [`Dialect::Mboxcl2`], what lies between a separator and the end of a Content-Length around it,
/// [`Limits::lookahead`] at most. Whatever the pieces are, the messages and their bytes are the same.
///
/// # Examples
///
/// ```
/// use mailwire_message::mbox::{Dialect, Item, Splitter};
///
/// let mut splitter = Splitter::new(Dialect::Mboxrd);
/// let mut buffer = Vec::new();
/// let mut sizes = Vec::new();
/// for piece in ["From a Fri Nov 21 09:55:06 1997\nTo: b\n\none\n\nFr", "om c Fri Nov 21 09:55:07 1997\nTo: d\n", ""] {
///     buffer.extend_from_slice(piece.as_bytes());
///     if piece.is_empty() {
///         splitter.eof();
///     }
///     let mut rest = buffer.as_slice();
///     while let Some(item) = splitter.next(&mut rest) {
///         match item {
///             Item::Separator(_) => sizes.push(0),
///             Item::Chunk(bytes) => *sizes.last_mut().unwrap() += bytes.len(),
///         }
///     }
///     let taken = buffer.len() - rest.len();
///     buffer.drain(..taken);
/// }
/// assert_eq!(sizes, ["To: b\n\none\n".len(), "To: d\n".len()]);
/// ```
#[derive(Clone, Debug)]
pub struct Splitter {
    dialect: Dialect,
    leniency: Leniency,
    limits: Limits,
    finder: Finder<'static>,
    /// Bytes taken so far.
    at: u64,
    /// Whether a line begins at the front of the input.
    at_line_start: bool,
    ended: bool,
    length: Length,
    /// So many bytes at the front of the input are needed to go on.
    needed: usize,
    /// Lines that begin before this place were reported.
    told: u64,
}

/// What comes next in an mbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "an mbox has nothing else in it")]
pub enum Item<'b> {
    /// A message begins, and the one before it has ended.
    Separator(Separator<'b>),
    /// A piece of the message, never empty; before the first separator, of the text there.
    Chunk(&'b [u8]),
}

/// What is known of the Content-Length of the message.
#[derive(Clone, Copy, Debug)]
enum Length {
    /// There is none, or it is wrong.
    None,
    /// The header block is still being read; so many bytes at the front of the input were looked at.
    Header(HeaderWatch, usize),
    /// The message claims to end here.
    Claimed(u64),
    /// And so it does.
    Holds(u64),
}

/// What [`Splitter::search`] found.
#[derive(Clone, Copy)]
enum Found<'b> {
    /// A separator, at this place; the message before it ends at `end`.
    Separator { end: usize, at: usize, separator: Separator<'b> },
    /// A line that is not all there and may be a separator; the message before it ends at `end`.
    Unfinished { end: usize },
    /// No separator; what stands before `end` belongs to the message.
    Nothing { end: usize },
}

/// A line, as far as it can be a separator.
enum Line<'b> {
    Whole(&'b [u8]),
    TooLong,
    Unfinished,
}

/// Whether a Content-Length leads to a separator or to the end.
#[derive(PartialEq, Eq)]
enum Verdict {
    Holds,
    Wrong,
    /// That depends on bytes that are not there yet.
    Open,
}

impl Splitter {
    /// A splitter at the start of an mbox.
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            leniency: Leniency::default(),
            limits: Limits::default(),
            finder: Finder::new(b"\nFrom "),
            at: 0,
            at_line_start: true,
            ended: false,
            length: Length::None,
            needed: 0,
            told: 0,
        }
    }

    /// The same with another leniency.
    #[must_use]
    pub fn with_leniency(self, leniency: Leniency) -> Self {
        Self { leniency, ..self }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Takes the next item from the front of `input`. `None`: call again with the untaken bytes first and more behind
    /// them, never fewer; after [`eof`](Self::eof), that was all.
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Option<Item<'b>> {
        self.next_with(input, &mut ())
    }

    /// [`next`](Self::next), and what was wrong; ranges count from the start of the mbox.
    pub fn next_with<'b>(
        &mut self,
        input: &mut &'b [u8],
        sink: &mut impl Sink<MboxDefect>,
    ) -> Option<Item<'b>> {
        if input.len() < self.needed && !self.ended {
            return None;
        }
        self.look_at_header(input);
        if let Length::Claimed(end) = self.length {
            let found = self.search(input, self.distance(end), sink);
            match found {
                Found::Separator { end: 0, at, separator } => {
                    let line = self.range(at, separator.line().len());
                    if self.distance(end) - at > self.limits.lookahead as usize {
                        sink.report(MboxDefect::LengthTooFar, line);
                        self.length = Length::None;
                    } else if self.decide(end, input, sink)? == Verdict::Holds {
                        sink.report(MboxDefect::LengthHides, line);
                    }
                }
                Found::Nothing { .. } if self.ended || self.distance(end) <= input.len() => {
                    // Also where it is still open, what comes before it does not depend on it.
                    if self.decide(end, input, sink).is_none() {
                        return self.chunk_of(found, input, sink);
                    }
                }
                found => return self.chunk_of(found, input, sink),
            }
        }
        if let Length::Holds(end) = self.length {
            return self.next_of_known_length(end, input, sink);
        }
        match self.search(input, usize::MAX, sink) {
            Found::Separator { end: 0, at, separator } => Some(self.begin(input, at, separator, sink)),
            found => self.chunk_of(found, input, sink),
        }
    }

    /// Says that no more bytes come: what is in the buffer is all there is.
    pub fn eof(&mut self) {
        self.ended = true;
    }

    /// So many more bytes, at least, than the `have` untaken ones are needed: a hint for the next read.
    pub fn wants(&self, have: usize) -> usize {
        self.needed.saturating_sub(have).max(1)
    }

    /// Bytes taken so far: where in the mbox the front of the input stands.
    pub fn position(&self) -> u64 {
        self.at
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether a Content-Length is known to hold for the message at hand.
    pub(super) fn holds(&self) -> bool {
        matches!(self.length, Length::Holds(_))
    }

    fn take<'b>(&mut self, input: &mut &'b [u8], len: usize) -> &'b [u8] {
        let (taken, rest) = input.split_at_checked(len).unwrap_or((input, &[]));
        *input = rest;
        self.at = self.at.saturating_add(taken.len() as u64);
        self.needed = 0;
        if let Some(last) = taken.last() {
            self.at_line_start = *last == b'\n';
        }
        if let Length::Header(_, looked) = &mut self.length {
            *looked = looked.saturating_sub(taken.len());
        }
        taken
    }

    /// Takes what belongs to the message before that which was found.
    fn chunk_of<'b>(
        &mut self,
        found: Found<'_>,
        input: &mut &'b [u8],
        sink: &mut impl Sink<MboxDefect>,
    ) -> Option<Item<'b>> {
        let (Found::Separator { end, .. } | Found::Unfinished { end } | Found::Nothing { end }) = found;
        if end > 0 {
            if self.at == 0 {
                sink.report(MboxDefect::TextBefore, 0..0);
            }
            return Some(Item::Chunk(self.take(input, end)));
        }
        if self.ended {
            // The empty line behind the last message.
            let all = input.len();
            self.take(input, all);
        } else {
            self.needed = self.needed.max(input.len() + 1);
        }
        None
    }

    /// Takes a separator, and the empty lines before it.
    fn begin<'b>(
        &mut self,
        input: &mut &'b [u8],
        at: usize,
        separator: Separator<'b>,
        sink: &mut impl Sink<MboxDefect>,
    ) -> Item<'b> {
        if !separator.has_date() {
            sink.report(MboxDefect::FirstLine, self.range(at, separator.line().len()));
        }
        self.take(input, at + separator.line().len());
        self.at_line_start = true;
        self.length = match self.dialect {
            Dialect::Mboxo | Dialect::Mboxrd => Length::None,
            Dialect::Mboxcl2 => Length::Header(HeaderWatch::default(), 0),
        };
        Item::Separator(separator)
    }

    /// Looks for the first separator that begins before `limit`.
    fn search<'b>(&mut self, input: &'b [u8], limit: usize, sink: &mut impl Sink<MboxDefect>) -> Found<'b> {
        let front = (self.at_line_start && input.starts_with(FROM)).then_some(0);
        let finder = self.finder.clone();
        let others = finder.find_iter(input).map(|line_end| line_end + 1);
        for at in front.into_iter().chain(others).take_while(|&at| at < limit) {
            let (end, has_empty_line) = self.before(input.get(..at).unwrap_or_default());
            let line = match self.line(input, at) {
                Line::Whole(line) => line,
                Line::TooLong => continue,
                Line::Unfinished => return Found::Unfinished { end },
            };
            let is_first = self.at == 0 && at == 0;
            let separator = if is_first { Separator::parse_first(line) } else { Separator::parse(line) };
            let Some(separator) = separator else { continue };
            if has_empty_line || is_first {
                return Found::Separator { end, at, separator };
            }
            let place = self.at.saturating_add(at as u64);
            if place >= self.told {
                sink.report(MboxDefect::NoEmptyLine, self.range(at, line.len()));
                self.told = place.saturating_add(1);
            }
            if self.leniency.no_empty_line == NoEmptyLine::Separates {
                return Found::Separator { end, at, separator };
            }
        }
        Found::Nothing { end: self.sure(input, limit) }
    }

    /// The line at `at`, where it is there as far as a separator goes.
    fn line<'b>(&self, input: &'b [u8], at: usize) -> Line<'b> {
        let rest = input.get(at..).unwrap_or_default();
        let rest = rest.get(..LONGEST).unwrap_or(rest);
        match memchr(b'\n', rest) {
            Some(line_end) => Line::Whole(rest.get(..=line_end).unwrap_or_default()),
            None if rest.len() == LONGEST => Line::TooLong,
            None if self.ended => Line::Whole(rest),
            None => Line::Unfinished,
        }
    }

    /// Where `bytes` end without the empty line at their end, and whether there is one.
    fn before(&self, bytes: &[u8]) -> (usize, bool) {
        let rest = bytes.strip_suffix(b"\r\n").or_else(|| bytes.strip_suffix(b"\n"));
        match rest {
            Some([]) if self.at_line_start => (0, true),
            Some(rest @ [.., b'\n']) => (rest.len(), true),
            _ => (bytes.len(), false),
        }
    }

    /// How many bytes of `input` before `limit` belong to the message whatever comes: all but an empty line at their
    /// end and what may be the start of a separator.
    fn sure(&self, input: &[u8], limit: usize) -> usize {
        let bytes = input.get(..limit).unwrap_or(input);
        if self.ended {
            return self.before(bytes).0;
        }
        let near_end = bytes.len().saturating_sub(FROM.len());
        let line_end = memrchr(b'\n', bytes.get(near_end..).unwrap_or_default());
        let line_start = match line_end {
            Some(line_end) => near_end + line_end + 1,
            None if near_end == 0 && self.at_line_start => 0,
            None => return bytes.len(),
        };
        match bytes.split_at_checked(line_start) {
            Some((before, start)) if FROM.starts_with(start) => self.before(before).0,
            Some((before, b"\r")) => before.len(),
            _ => bytes.len(),
        }
    }

    /// Where in the mbox `len` bytes at `at` of the input are.
    fn range(&self, at: usize, len: usize) -> Range<usize> {
        let start = saturating(self.at).saturating_add(at);
        start..start.saturating_add(len)
    }

    /// The Content-Length of the message, once its header block has ended.
    fn look_at_header(&mut self, input: &[u8]) {
        if !matches!(self.length, Length::Header(..)) {
            return;
        }
        let limit = self.header_limit(input);
        if let Length::Header(watch, looked) = &mut self.length {
            match watch.look(input.get(*looked..limit).unwrap_or_default()) {
                None => *looked = limit.max(*looked),
                Some(len) => {
                    let body = self.at.saturating_add((*looked + len) as u64);
                    let claimed = |length| Length::Claimed(body.saturating_add(length));
                    self.length = watch.length().map_or(Length::None, claimed);
                }
            }
        }
    }

    /// How much of `input` can be a header block: it may end without an empty line where a separator needs none.
    fn header_limit(&mut self, input: &[u8]) -> usize {
        if self.leniency.no_empty_line == NoEmptyLine::Text {
            return input.len();
        }
        let told = self.told;
        let found = self.search(input, usize::MAX, &mut ());
        self.told = told;
        match found {
            Found::Separator { at, .. } => at,
            Found::Nothing { .. } if self.ended => input.len(),
            Found::Nothing { end } | Found::Unfinished { end } => end,
        }
    }

    /// How far it is to this place of the mbox.
    fn distance(&self, end: u64) -> usize {
        saturating(end.saturating_sub(self.at))
    }

    /// Whether the message ends where it claims to; `None` where that is still open.
    fn decide(&mut self, end: u64, input: &[u8], sink: &mut impl Sink<MboxDefect>) -> Option<Verdict> {
        let verdict = self.verdict(input, self.distance(end));
        match verdict {
            Verdict::Holds => self.length = Length::Holds(end),
            Verdict::Wrong => {
                sink.report(MboxDefect::LengthWrong, self.range(self.distance(end).min(input.len()), 0));
                self.length = Length::None;
            }
            Verdict::Open => {
                self.needed = self.distance(end).saturating_add(1).max(input.len() + 1);
                return None;
            }
        }
        Some(verdict)
    }

    /// A separator or the end of the file has to stand there, behind empty lines at most.
    fn verdict(&self, input: &[u8], end: usize) -> Verdict {
        let open = if self.ended { Verdict::Wrong } else { Verdict::Open };
        let Some((message, rest)) = input.split_at_checked(end) else { return open };
        // Many lengths may lead to one run of empty lines.
        let at = empty_lines(rest.get(..LONGEST + 2).unwrap_or(rest));
        if at > LONGEST {
            return Verdict::Wrong;
        }
        let is_line_start = at > 0 || message.last().map_or(self.at_line_start, |&last| last == b'\n');
        match rest.get(at..).unwrap_or_default() {
            [] if self.ended => Verdict::Holds,
            [] | [b'\r'] => open,
            _ if !is_line_start => Verdict::Wrong,
            line if !line.starts_with(FROM) => {
                if FROM.starts_with(line) {
                    open
                } else {
                    Verdict::Wrong
                }
            }
            _ => match self.line(rest, at) {
                Line::Whole(line) if Separator::parse(line).is_some() => Verdict::Holds,
                Line::Whole(_) | Line::TooLong => Verdict::Wrong,
                Line::Unfinished => open,
            },
        }
    }

    /// The rest of a message whose end is known, and the separator behind it.
    fn next_of_known_length<'b>(
        &mut self,
        end: u64,
        input: &mut &'b [u8],
        sink: &mut impl Sink<MboxDefect>,
    ) -> Option<Item<'b>> {
        let len = self.distance(end).min(input.len());
        if len > 0 {
            return Some(Item::Chunk(self.take(input, len)));
        }
        let at = empty_lines(input);
        let Line::Whole(line) = self.line(input, at) else { return None };
        if let Some(separator) = Separator::parse(line) {
            return Some(self.begin(input, at, separator, sink));
        }
        let all = input.len();
        self.take(input, all);
        None
    }
}

/// The length of the empty lines at the front.
fn empty_lines(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let [b'\n', tail @ ..] | [b'\r', b'\n', tail @ ..] = rest {
        rest = tail;
    }
    bytes.len() - rest.len()
}

fn saturating(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
