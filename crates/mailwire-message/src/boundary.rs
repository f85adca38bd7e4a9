//! The boundaries of the multiparts that are open, and whether a line is a delimiter of one of them.
//!
//! A delimiter is `--` at the start of a line, the exact boundary and nothing but blanks behind it; `--` more closes
//! the multipart (RFC 2046 §5.1.1). That page also lets a reader match prefixes only; this one never does, or one
//! boundary that is the beginning of another would cut the other's parts.

use crate::rules::line_end;
use alloc::vec::Vec;
use mailwire_core::class::trim_end;

/// The boundaries of the open multiparts, outermost first. Emptied and reused from mail to mail.
#[derive(Clone, Debug, Default)]
pub(crate) struct Boundaries {
    open: Vec<Open>,
    /// The last eight bytes of each: where boundaries made by one program differ.
    tails: Vec<u64>,
    text: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    /// Where the boundary begins in `text`; it ends where the next begins.
    start: usize,
    /// The multipart.
    part: u32,
    closed: bool,
    /// One bit for each first byte (modulo 64) of this boundary and those before it.
    filter: u64,
}

/// A line that is a delimiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Delimiter {
    /// Which of the open multiparts it belongs to.
    pub(crate) level: usize,
    pub(crate) kind: Kind,
    /// The length of the line behind its leading `--`, line end included.
    pub(crate) len: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Another part begins.
    Next,
    /// The multipart ends.
    Close,
    /// It ends, and there is junk behind the delimiter.
    JunkClose,
    /// Text that begins like a delimiter.
    Prefix,
    /// A delimiter of a multipart that is closed already.
    AfterClose,
}

impl Boundaries {
    pub(crate) fn clear(&mut self) {
        self.open.clear();
        self.tails.clear();
        self.text.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Opens a multipart.
    pub(crate) fn push(&mut self, boundary: &[u8], part: u32) {
        let filter = self.open.last().map_or(0, |open| open.filter) | bit(boundary);
        self.open.push(Open { start: self.text.len(), part, closed: false, filter });
        self.tails.push(tail(boundary));
        self.text.extend_from_slice(boundary);
    }

    /// Whether an open multipart has this boundary.
    pub(crate) fn contains(&self, boundary: &[u8]) -> bool {
        let same = |level| self.boundary(level) == boundary;
        self.tails.contains(&tail(boundary)) && (0..self.open.len()).any(same)
    }

    /// The multipart at `level`.
    pub(crate) fn part(&self, level: usize) -> Option<u32> {
        self.open.get(level).map(|open| open.part)
    }

    /// Whether the innermost multipart is closed.
    pub(crate) fn is_closed(&self, level: usize) -> bool {
        self.open.get(level).is_some_and(|open| open.closed)
    }

    /// Marks the multipart at `level` as closed: what follows is its epilogue.
    pub(crate) fn close(&mut self, level: usize) {
        if let Some(open) = self.open.get_mut(level) {
            open.closed = true;
        }
    }

    /// Forgets all but the outermost `len` multiparts.
    pub(crate) fn truncate(&mut self, len: usize) {
        if let Some(open) = self.open.get(len) {
            self.text.truncate(open.start);
            self.open.truncate(len);
            self.tails.truncate(len);
        }
    }

    /// What the line is of which `rest`, and more lines, stand behind its leading `--`.
    ///
    /// The innermost open multipart with the exact boundary wins; then a close delimiter with junk behind it.
    #[inline]
    pub(crate) fn delimiter(&self, rest: &[u8], newline: u8) -> Option<Delimiter> {
        let filter = self.open.last()?.filter;
        if filter & bit(rest) == 0 {
            return None;
        }
        // Nearly every delimiter is one of the innermost multipart, with nothing behind it.
        let level = self.open.len() - 1;
        if let Some(tail) = rest.strip_prefix(self.boundary(level))
            && !self.is_closed(level)
        {
            let (kind, behind) = match tail {
                [b'\r', b'\n', behind @ ..] | [b'\n', behind @ ..] => (Kind::Next, Some(behind)),
                [b'-', b'-', b'\r', b'\n', behind @ ..] | [b'-', b'-', b'\n', behind @ ..] => {
                    (Kind::Close, Some(behind))
                }
                _ => (Kind::Prefix, None),
            };
            if let Some(behind) = behind {
                return Some(Delimiter { level, kind, len: rest.len() - behind.len() });
            }
        }
        let len = line_end(rest, 0, newline);
        let (level, kind) = self.search(trim_end(rest.get(..len).unwrap_or_default()))?;
        Some(Delimiter { level, kind, len })
    }

    fn search(&self, line: &[u8]) -> Option<(usize, Kind)> {
        let mut second_best = None;
        for level in (0..self.open.len()).rev() {
            let Some(rest) = line.strip_prefix(self.boundary(level)) else { continue };
            let kind = match rest {
                [] => Kind::Next,
                b"--" => Kind::Close,
                [b'-', b'-', ..] => Kind::JunkClose,
                _ => Kind::Prefix,
            };
            let exact = matches!(kind, Kind::Next | Kind::Close);
            if exact && !self.is_closed(level) {
                return Some((level, kind));
            }
            let kind = if kind != Kind::Prefix && self.is_closed(level) { Kind::AfterClose } else { kind };
            let better = match (second_best, kind) {
                (None, _) => true,
                (Some((_, found)), Kind::JunkClose) => found != Kind::JunkClose,
                (Some((_, found)), Kind::AfterClose) => found == Kind::Prefix,
                _ => false,
            };
            if better {
                second_best = Some((level, kind));
            }
        }
        second_best
    }

    fn boundary(&self, level: usize) -> &[u8] {
        let start = self.open.get(level).map_or(0, |open| open.start);
        let end = self.open.get(level + 1).map_or(self.text.len(), |open| open.start);
        self.text.get(start..end).unwrap_or_default()
    }
}

fn tail(bytes: &[u8]) -> u64 {
    let last = bytes.last_chunk().map(|last| u64::from_le_bytes(*last));
    last.unwrap_or_else(|| bytes.iter().fold(0, |tail, &byte| tail << 8 | u64::from(byte)))
}

#[inline]
fn bit(bytes: &[u8]) -> u64 {
    1 << (bytes.first().unwrap_or(&0) & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boundaries(list: &[&str]) -> Boundaries {
        let mut boundaries = Boundaries::default();
        for (part, boundary) in list.iter().enumerate() {
            boundaries.push(boundary.as_bytes(), u32::try_from(part).unwrap());
        }
        boundaries
    }

    fn found(list: &[&str], line: &str) -> Option<(usize, Kind)> {
        boundaries(list).delimiter(line.as_bytes(), b'\n').map(|d| (d.level, d.kind))
    }

    #[test]
    fn exact_and_innermost() {
        assert_eq!(found(&["abc"], "abc\r\n"), Some((0, Kind::Next)));
        assert_eq!(found(&["abc"], "abc \t\n"), Some((0, Kind::Next)));
        assert_eq!(found(&["abc"], "abc--"), Some((0, Kind::Close)));
        assert_eq!(found(&["abc"], "abc-- \r\n"), Some((0, Kind::Close)));
        assert_eq!(found(&["abc", "abc"], "abc"), Some((1, Kind::Next)));
        assert_eq!(found(&["abc", "x"], "abc"), Some((0, Kind::Next)));
        assert_eq!(found(&["abc"], "xyz"), None);
        assert_eq!(found(&[], "abc"), None);
        assert_eq!(found(&["abc"], ""), None);
    }

    #[test]
    fn a_boundary_may_begin_or_close_another() {
        assert_eq!(found(&["abc", "abcdef"], "abc"), Some((0, Kind::Next)));
        assert_eq!(found(&["abcdef", "abc"], "abcdef"), Some((0, Kind::Next)));
        assert_eq!(found(&["abc--", "abc"], "abc--"), Some((1, Kind::Close)));
        assert_eq!(found(&["abc", "abc--"], "abc--"), Some((1, Kind::Next)));
        assert_eq!(found(&["abc--d", "abc"], "abc--d"), Some((0, Kind::Next)));
        assert_eq!(found(&["abc"], "abc--d"), Some((0, Kind::JunkClose)));
        assert_eq!(found(&["abc"], "abcd"), Some((0, Kind::Prefix)));
    }

    #[test]
    fn a_closed_multipart_yields_to_an_open_one() {
        let mut boundaries = boundaries(&["abc", "abc"]);
        boundaries.close(1);
        assert_eq!(
            boundaries.delimiter(b"abc", b'\n'),
            Some(Delimiter { level: 0, kind: Kind::Next, len: 3 })
        );
        boundaries.close(0);
        assert_eq!(
            boundaries.delimiter(b"abc", b'\n'),
            Some(Delimiter { level: 1, kind: Kind::AfterClose, len: 3 })
        );
        boundaries.truncate(1);
        assert_eq!(boundaries.part(1), None);
        assert_eq!(
            boundaries.delimiter(b"abc", b'\n'),
            Some(Delimiter { level: 0, kind: Kind::AfterClose, len: 3 })
        );
    }
}
