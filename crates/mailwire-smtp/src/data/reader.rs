//! The body behind DATA.

use super::Strays;
use crate::SmtpDefect;
use mailwire_core::dots::{Piece, Tally, Unstuffer};
use mailwire_core::frame::Value;
use mailwire_core::{Defects, Frame};

/// Reads one body, from behind the line of DATA to the dot alone.
///
/// ```
/// use mailwire_smtp::data::{DataItem, DataReader};
///
/// let mut reader = DataReader::new();
/// let mut input: &[u8] = b"Hi\r\n..\r\n.\r\nQUIT\r\n";
/// let mut content = Vec::new();
/// let end = loop {
///     match reader.next(&mut input) {
///         Some(DataItem::Chunk(chunk)) => content.extend(chunk),
///         Some(DataItem::Frame(frame)) => break frame,
///         None => panic!("read on"),
///     }
/// };
/// assert_eq!((content.as_slice(), input), (&b"Hi\r\n.\r\n"[..], &b"QUIT\r\n"[..]));
/// assert_eq!(end.value()?.tally.octets(), 7);
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct DataReader {
    unstuffer: Unstuffer,
    start: u64,
    strays: Strays,
}

/// What a [`DataReader`] finds.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a server has to handle all of it")]
pub enum DataItem<'b> {
    /// A piece of the content, never empty, with the dots taken away.
    Chunk(&'b [u8]),
    /// The end: the dot alone. Its value is an error if the body is to be refused.
    Frame(Frame<'b, EndOfData>),
}

/// The end of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndOfData {
    /// What was in it.
    pub tally: Tally,
}

impl DataReader {
    /// At the start of a body. What two readers could read in two ways is refused.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with another policy.
    #[must_use]
    pub fn with_strays(self, strays: Strays) -> Self {
        Self { strays, ..self }
    }

    /// The same behind `at` octets of a stream that somebody else has read: the commands.
    #[must_use]
    pub fn starting_at(self, at: u64) -> Self {
        Self { start: at, ..self }
    }

    /// How many octets of the stream have been taken.
    pub fn offset(&self) -> u64 {
        self.start.saturating_add(self.unstuffer.taken())
    }

    /// The content so far. Positions of strays are those on the wire, from the start of the body.
    pub fn tally(&self) -> &Tally {
        self.unstuffer.tally()
    }

    /// How many more octets are needed at least. Nobody knows: 1.
    pub fn wants(&self, _: usize) -> usize {
        1
    }

    /// Takes the next item from the front of `input`. `None`: call again with the octets that were not taken first, and more
    /// behind them. Behind the end there is nothing more: take another reader for the next body.
    #[inline]
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Option<DataItem<'b>> {
        match self.unstuffer.next(input)? {
            Piece::Chunk(chunk) => Some(DataItem::Chunk(chunk)),
            Piece::End => Some(DataItem::Frame(self.end())),
        }
    }

    fn end<'b>(&self) -> Frame<'b, EndOfData> {
        let tally = *self.tally();
        let mut defects = Defects::NONE;
        for (stray, _) in tally.strays() {
            defects.insert(SmtpDefect::of(stray));
        }
        let value = self.strays.judge(&tally).map(|()| EndOfData { tally });
        Frame::without_octets(self.start, self.unstuffer.taken(), value, defects)
    }
}

impl Value for EndOfData {
    type Defect = SmtpDefect;

    fn open(_: &[u8], _: Option<&Self>) -> usize {
        0
    }
}
