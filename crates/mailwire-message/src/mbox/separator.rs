//! The `From ` line that begins a message of an mbox.

use crate::value::date;
use core::fmt;
use mailwire_core::class::trim;
use mailwire_core::{Class, DateTime, Escaped};

/// The line before a message: `From `, who sent it, when it came.
///
/// ```text
/// separator = "From " [ sender ] SP date [ "remote from" host ]
/// date      = [ day-name ] month day time *2zone year *2zone        ; C's asctime
///           / [ day-name "," ] day month year time *2zone           ; RFC 5322
/// ```
///
/// (qmail's `mbox(5)`; RFC 4155 appendix A has the narrowest form.) It was an envelope once: the sender is the
/// reverse-path of the delivery, or what the writer put in its place (`-`, `MAILER-DAEMON`, a hash).
///
/// # Examples
///
/// ```
/// use mailwire_message::mbox::Separator;
///
/// let separator = Separator::parse(b"From a@example.org Fri Nov 21 09:55:06 1997\n").unwrap();
/// assert_eq!(separator.sender(), b"a@example.org");
/// assert_eq!(separator.date().unwrap().to_string(), "1997-11-21T09:55:06-00:00");
/// assert!(Separator::parse(b"From then on it rained.\n").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Separator<'a> {
    line: &'a [u8],
    sender: &'a [u8],
    /// The date and what stands behind it; empty where there is none.
    stamp: &'a [u8],
}

impl<'a> Separator<'a> {
    /// Reads a line, with or without its line end, as a separator; `None` where it is too long for one (1024 bytes),
    /// or has no date at its end.
    ///
    /// The date decides, since prose may begin with `From ` too: whatever stands before it is the sender, blanks and
    /// all, or nothing. A date has a month, a day, a time and a year, in the order of C or of RFC 5322; the day's name,
    /// the seconds, the zone and two digits of the year may be missing.
    pub fn parse(line: &'a [u8]) -> Option<Self> {
        let rest = envelope(line)?;
        // Without a time there is no date: most prose ends here.
        memchr::memchr(b':', rest)?;
        let mut at = 0;
        while let Some(stamp) = rest.get(at..).filter(|stamp| !stamp.is_empty()) {
            if Stamp::read(stamp).is_some() {
                return Some(Self { line, sender: trim(rest.get(..at)?), stamp });
            }
            at += word_len(stamp);
            at += Class::WSP.prefix_len(rest.get(at..)?);
        }
        None
    }

    /// Any line that begins with `From `: for the start of an mbox, where no prose can stand.
    pub(super) fn parse_first(line: &'a [u8]) -> Option<Self> {
        let bare = |rest| Self { line, sender: trim(rest), stamp: &[] };
        Self::parse(line).or_else(|| envelope(line).map(bare))
    }

    /// The whole line as it came, with its line end.
    pub fn line(&self) -> &'a [u8] {
        self.line
    }

    /// Who it came from, as the writer of the mbox put it. May be empty.
    pub fn sender(&self) -> &'a [u8] {
        self.sender
    }

    /// When it came. Without a zone, as C writes it, the offset is unknown. `None` where there is no such day or time,
    /// and for a line at the start of an mbox that has no date.
    pub fn date(&self) -> Option<DateTime> {
        let Stamp { day, month, year, time, zone } = Stamp::read(self.stamp)?;
        let written = [day, month, year, time, zone].join(&b' ');
        date::parse(&written).ok()
    }

    pub(super) fn has_date(&self) -> bool {
        !self.stamp.is_empty()
    }
}

impl fmt::Debug for Separator<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Separator({:?})", Escaped(trim(self.line)))
    }
}

/// No separator is longer, its line end included: enough for a reverse-path of 256 octets (RFC 5321 §4.5.3.1.3) and a host.
pub(super) const LONGEST: usize = 1024;

pub(super) const FROM: &[u8] = b"From ";

/// What stands behind `From `, the blank before the sender included.
fn envelope(line: &[u8]) -> Option<&[u8]> {
    if line.len() > LONGEST {
        return None;
    }
    let rest = mailwire_core::class::trim_end(line.get(FROM.len() - 1..)?);
    let blanks = Class::WSP.prefix_len(rest);
    line.starts_with(FROM).then(|| rest.get(blanks..)).flatten()
}

fn word_len(bytes: &[u8]) -> usize {
    bytes.iter().position(|&byte| Class::WSP.contains(byte)).unwrap_or(bytes.len())
}

/// The words of a date.
#[derive(Debug, PartialEq, Eq)]
struct Stamp<'a> {
    day: &'a [u8],
    month: &'a [u8],
    year: &'a [u8],
    time: &'a [u8],
    /// The first of its zones; empty where there is none.
    zone: &'a [u8],
}

impl<'a> Stamp<'a> {
    /// Reads a date with nothing behind it but the host it came from.
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut words = bytes.split(|&byte| Class::WSP.contains(byte)).filter(|word| !word.is_empty());
        let first = words.next()?;
        let is_named = is_day_name(first);
        if !is_named && !is_month(first) && !is_day(first) {
            return None;
        }
        let mut found = [first; MOST_WORDS];
        let mut count = usize::from(!is_named);
        for (place, word) in found.iter_mut().skip(count).zip(words) {
            *place = word;
            count += 1;
        }
        match found.get(..count)? {
            [month, day, time, rest @ ..] if is_month(month) && is_day(day) && is_time(time) => {
                let (before, rest) = zones(rest);
                let (year, rest) = rest.split_first().filter(|(year, _)| is_year(year))?;
                let (behind, rest) = zones(rest);
                let zone = before.or(behind).unwrap_or_default();
                is_tail(rest).then_some(Self { day, month, year, time, zone })
            }
            [day, month, year, time, rest @ ..]
                if is_day(day) && is_month(month) && is_year(year) && is_time(time) =>
            {
                let (zone, rest) = zones(rest);
                is_tail(rest).then_some(Self { day, month, year, time, zone: zone.unwrap_or_default() })
            }
            _ => None,
        }
    }
}

/// One word more than the longest date has, with the host behind it.
const MOST_WORDS: usize = 12;

/// At most two zones (`MET DST`, `+0100 (CET)`): the first, and what stands behind them.
fn zones<'w, 'a>(words: &'w [&'a [u8]]) -> (Option<&'a [u8]>, &'w [&'a [u8]]) {
    match words {
        [one, two, rest @ ..] if is_zone(one) && is_zone(two) => (Some(one), rest),
        [one, rest @ ..] if is_zone(one) => (Some(one), rest),
        _ => (None, words),
    }
}

/// `remote from host`, as UUCP writes it, or nothing.
fn is_tail(words: &[&[u8]]) -> bool {
    matches!(words, [] | [b"remote", b"from", _])
}

fn is_day_name(word: &[u8]) -> bool {
    const NAMES: [&[u8]; 7] =
        [b"sunday", b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday"];
    is_name(word.strip_suffix(b",").unwrap_or(word), &NAMES)
}

fn is_month(word: &[u8]) -> bool {
    is_name(word, &date::MONTH_NAMES)
}

/// Whether `word` is one of the names, or its first letters, three at least.
fn is_name(word: &[u8], names: &[&[u8]]) -> bool {
    let starts = |name: &&[u8]| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    word.len() >= 3 && names.iter().any(starts)
}

fn is_day(word: &[u8]) -> bool {
    matches!(word.len(), 1 | 2) && Class::DIGIT.contains_all(word)
}

fn is_year(word: &[u8]) -> bool {
    matches!(word.len(), 2 | 4) && Class::DIGIT.contains_all(word)
}

/// `9:55`, `09:55:06`
fn is_time(word: &[u8]) -> bool {
    let digits = |part: &[u8]| matches!(part.len(), 1 | 2) && Class::DIGIT.contains_all(part);
    let mut parts = word.split(|&byte| byte == b':');
    matches!(parts.clone().count(), 2 | 3) && parts.all(digits)
}

/// `+0100`, `GMT`, `(CET)`; `remote` is longer than the longest of them.
fn is_zone(word: &[u8]) -> bool {
    let word = match word {
        [b'(', inner @ .., b')'] => inner,
        _ => word,
    };
    match word {
        [b'+' | b'-', digits @ ..] => {
            (2..=5).contains(&digits.len()) && digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b':'))
        }
        _ => (1..=5).contains(&word.len()) && Class::ALPHA.contains_all(word),
    }
}
