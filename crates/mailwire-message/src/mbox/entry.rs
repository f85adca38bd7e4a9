//! The messages of an mbox in memory.

use super::{Dialect, Item, MboxDefect, Separator, Splitter, unescape};
use alloc::borrow::Cow;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;
use mailwire_core::Sink;

/// The messages of the mbox `raw`, in order.
///
/// # Examples
///
/// ```
/// use mailwire_message::Parser;
/// use mailwire_message::mbox::{self, Dialect};
///
/// let raw = b"From a@example.org Fri Nov 21 09:55:06 1997\nSubject: one\n\n>From here\n\n\
///     From c@example.org Fri Nov 21 10:12:39 1997\nSubject: two\n\n";
/// let entries: Vec<_> = mbox::messages(raw, Dialect::Mboxrd).collect();
/// assert_eq!(entries[1].separator().unwrap().sender(), b"c@example.org");
/// let mail = entries[0].unescaped();
/// let message = Parser::new().parse(&mail);
/// assert_eq!(message.subject().unwrap(), "one");
/// assert_eq!(message.root().raw_body(), b"From here\n");
/// ```
pub fn messages(raw: &[u8], dialect: Dialect) -> Messages<'_> {
    Messages::new(raw, Splitter::new(dialect))
}

/// The messages of an mbox. See [`messages`].
#[derive(Clone, Debug)]
pub struct Messages<'a> {
    raw: &'a [u8],
    rest: &'a [u8],
    dialect: Dialect,
    splitter: Splitter,
    /// The separator of the next message.
    separator: Option<Separator<'a>>,
}

/// One message of an mbox.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    separator: Option<Separator<'a>>,
    raw: &'a [u8],
    start: usize,
    dialect: Dialect,
}

impl<'a> Messages<'a> {
    /// The messages of `raw` by the rules of `splitter`, which has not begun yet.
    ///
    /// ```
    /// use mailwire_message::mbox::{Dialect, Leniency, Messages, NoEmptyLine, Splitter};
    ///
    /// let joined = b"From a Fri Nov 21 09:55:06 1997\nTo: b\n\none\nFrom c Fri Nov 21 09:55:07 1997\nTo: d\n";
    /// let leniency = Leniency::default().with_no_empty_line(NoEmptyLine::Separates);
    /// let splitter = Splitter::new(Dialect::Mboxo).with_leniency(leniency);
    /// assert_eq!(Messages::new(joined, splitter).count(), 2);
    /// ```
    pub fn new(raw: &'a [u8], splitter: Splitter) -> Self {
        let dialect = splitter.dialect();
        let mut splitter = splitter;
        splitter.eof();
        Self { raw, rest: raw, dialect, splitter, separator: None }
    }

    /// The next message, and what was wrong with the mbox before its end; ranges count from the start of the mbox.
    pub fn next_with(&mut self, sink: &mut impl Sink<MboxDefect>) -> Option<Entry<'a>> {
        let mut start = self.taken();
        let mut end = start;
        let mut separator = self.separator.take();
        while let Some(item) = self.splitter.next_with(&mut self.rest, sink) {
            match item {
                Item::Chunk(_) => end = self.taken(),
                Item::Separator(next) if separator.is_some() || end > start => {
                    self.separator = Some(next);
                    return Some(self.entry(separator, start..end));
                }
                // The very first one.
                Item::Separator(first) => {
                    separator = Some(first);
                    start = self.taken();
                    end = start;
                }
            }
        }
        (separator.is_some() || end > start).then(|| self.entry(separator, start..end))
    }

    fn entry(&self, separator: Option<Separator<'a>>, range: Range<usize>) -> Entry<'a> {
        let start = range.start;
        Entry { separator, raw: self.raw.get(range).unwrap_or_default(), start, dialect: self.dialect }
    }

    fn taken(&self) -> usize {
        self.raw.len() - self.rest.len()
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        self.next_with(&mut ())
    }
}

impl FusedIterator for Messages<'_> {}

impl<'a> Entry<'a> {
    /// The line before the message; `None` for what stands before the first one.
    pub fn separator(&self) -> Option<Separator<'a>> {
        self.separator
    }

    /// The message as it stands in the mbox, quoting and all, without the empty line behind it.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Where in the mbox the message stands, its separator not counted.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.raw.len()
    }

    /// The message as it was before its `From ` lines were quoted; borrowed where none was.
    pub fn unescaped(&self) -> Cow<'a, [u8]> {
        unescape(self.raw, self.dialect)
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("separator", &self.separator)
            .field("range", &self.range())
            .finish_non_exhaustive()
    }
}
