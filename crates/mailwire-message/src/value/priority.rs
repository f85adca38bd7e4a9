//! How much a message matters to its sender (RFC 2156, and what was there before).

use super::ValueDefect;
use super::cursor::{Cursor, ends_word};
use super::scan::range_in;
use mailwire_core::Sink;
use mailwire_core::class::trim;

/// How much a message matters to its sender.
///
/// ```text
/// importance = "low" / "normal" / "high"                  Importance, X-MSMail-Priority
/// priority   = "normal" / "non-urgent" / "urgent"         Priority
/// number     = "1" / "2" / "3" / "4" / "5" [CFWS]         X-Priority: 1 is the highest
/// ```
///
/// (RFC 2156, compared in any case; the last has no standard.)
/// [`Headers::priority`](crate::Headers::priority) asks all four fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Priority {
    /// It may wait: `low`, `non-urgent`, 4 and 5.
    Low,
    /// Like any other: `normal`, 3.
    Normal,
    /// It matters more than others: `high`, `urgent`, 1 and 2.
    High,
}

impl Priority {
    /// Reads the value of any of the four fields; `None` where it can't be read.
    ///
    /// ```
    /// use mailwire_message::value::Priority;
    ///
    /// assert_eq!(Priority::parse(b" High"), Some(Priority::High));
    /// assert_eq!(Priority::parse(b"5 (Lowest)"), Some(Priority::Low));
    /// assert_eq!(Priority::parse(b"very"), None);
    /// ```
    pub fn parse(value: &[u8]) -> Option<Self> {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong.
    pub fn parse_with(value: &[u8], sink: &mut impl Sink<ValueDefect>) -> Option<Self> {
        let mut cursor = Cursor::new(value);
        cursor.skip(sink);
        let word = cursor.take(ends_word);
        cursor.skip(sink);
        let read = |(_, words): &&(Self, &[&str])| {
            words.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
        };
        let found = WORDS.iter().find(read).map(|(priority, _)| *priority);
        if found.is_none() || !cursor.rest.is_empty() {
            sink.report(ValueDefect::BadPriority, range_in(value, trim(value)));
        }
        found
    }
}

const WORDS: [(Priority, &[&str]); 3] = [
    (Priority::Normal, &["normal", "3"]),
    (Priority::High, &["high", "1", "2", "urgent", "highest"]),
    (Priority::Low, &["low", "4", "5", "non-urgent", "lowest"]),
];
