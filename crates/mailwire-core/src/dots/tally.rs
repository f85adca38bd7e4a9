//! What was in a body, counted as it went by.

use super::survey::{BLOCK, Survey, survey};
use core::fmt;
use memchr::memchr;

/// An octet that no line of mail may hold (RFC 5321 §2.3.8, §4.1.1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there are no others")]
pub enum Stray {
    /// A carriage return without a line feed behind it.
    BareCr,
    /// A line feed without a carriage return before it.
    BareLf,
    /// A NUL.
    Nul,
}

impl fmt::Display for Stray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BareCr => "a carriage return without a line feed",
            Self::BareLf => "a line feed without a carriage return",
            Self::Nul => "a NUL",
        })
    }
}

/// How many octets and lines a body has, and where the first of each [`Stray`] is.
///
/// ```
/// use mailwire_core::dots::{Stray, Tally};
///
/// let mut tally = Tally::new();
/// tally.add(b"One\r\nTwo\nThree\r");
/// tally.add(b"\n");
/// assert_eq!((tally.octets(), tally.lines(), tally.ends_with_crlf()), (16, 3, true));
/// assert_eq!(tally.first(Stray::BareLf), Some(8));
/// assert_eq!(tally.first(Stray::BareCr), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    octets: u64,
    lines: u64,
    tail: Tail,
    first: [Option<u64>; 3],
}

/// The last octets of what has gone by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tail {
    /// Nothing yet.
    #[default]
    Start,
    Cr,
    CrLf,
    /// A bare line feed.
    Lf,
    Other,
}

impl Tally {
    pub(super) const NONE: Self = Self { octets: 0, lines: 0, tail: Tail::Start, first: [None; 3] };

    /// Of nothing yet.
    pub const fn new() -> Self {
        Self::NONE
    }

    /// How many octets the body has.
    pub fn octets(&self) -> u64 {
        self.octets
    }

    /// How many line feeds, bare ones included.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Whether the last line is whole.
    pub fn ends_with_crlf(&self) -> bool {
        self.tail == Tail::CrLf
    }

    /// Where the first such octet is, in octets of what was counted over. A carriage return at the very end is bare only
    /// [at the end](Self::finish).
    pub fn first(&self, stray: Stray) -> Option<u64> {
        let [cr, lf, nul] = self.first;
        match stray {
            Stray::BareCr => cr,
            Stray::BareLf => lf,
            Stray::Nul => nul,
        }
    }

    /// What strays there are, each with the place of its first.
    pub fn strays(&self) -> impl Iterator<Item = (Stray, u64)> + use<> {
        let first = *self;
        [Stray::BareCr, Stray::BareLf, Stray::Nul]
            .into_iter()
            .filter_map(move |stray| first.first(stray).map(|at| (stray, at)))
    }

    /// Whether there is no stray.
    pub fn is_clean(&self) -> bool {
        self.first.iter().all(Option::is_none)
    }

    /// Counts the next octets.
    pub fn add(&mut self, octets: &[u8]) {
        self.add_and_survey(octets);
    }

    /// Counts the next octets, and says what is in them; a dot that is the first of them is not.
    pub(super) fn add_and_survey(&mut self, octets: &[u8]) -> Survey {
        let mut all = Survey::default();
        for block in octets.chunks(BLOCK) {
            // Between two blocks: a line feed is the last octet, a dot the first.
            all.dotted |= matches!(self.tail, Tail::CrLf | Tail::Lf) && block.first() == Some(&b'.');
            let found = survey(block);
            let lines = found.lines + u64::from(block.first() == Some(&b'\n'));
            all.stray |= self.add_surveyed(block, self.octets, found.stray, lines) || found.stray;
            all.dotted |= found.dotted;
        }
        all
    }

    /// Nothing follows: a carriage return at the end is a bare one.
    pub fn finish(&mut self) {
        if self.tail == Tail::Cr {
            self.note(Stray::BareCr, self.octets.saturating_sub(1));
        }
    }

    pub(super) fn tail(&self) -> Tail {
        self.tail
    }

    pub(super) fn broken_line(&mut self) {
        self.tail = Tail::Other;
    }

    /// Counts octets, and the line feeds in them, that begin at `at` of what the positions of strays count in; `stray` says
    /// whether to look closely. Says whether there is a stray at the edge to what came before.
    #[inline]
    pub(super) fn add_surveyed(&mut self, octets: &[u8], at: u64, stray: bool, lines: u64) -> bool {
        let (Some(&first), Some(&last)) = (octets.first(), octets.last()) else { return false };
        let edge = (self.tail == Tail::Cr) != (first == b'\n');
        if edge {
            self.edge(first, at);
        }
        if stray {
            self.look_closely(octets, at);
        }
        self.octets += octets.len() as u64;
        self.lines += lines;
        let before = match octets {
            [.., before, _] => *before == b'\r',
            _ => self.tail == Tail::Cr,
        };
        self.tail = match last {
            b'\r' => Tail::Cr,
            b'\n' if before => Tail::CrLf,
            b'\n' => Tail::Lf,
            _ => Tail::Other,
        };
        edge
    }

    /// Counts lines that end in CRLF and have no stray in them or before them.
    #[inline]
    pub(super) fn add_whole_lines(&mut self, octets: usize, lines: u64) {
        self.octets += octets as u64;
        self.lines += lines;
        self.tail = Tail::CrLf;
    }

    /// A carriage return before these octets without a line feed in them, or the other way round.
    #[cold]
    fn edge(&mut self, first: u8, at: u64) {
        if self.tail == Tail::Cr {
            self.note(Stray::BareCr, at.saturating_sub(1));
        }
        if first == b'\n' && self.tail != Tail::Cr {
            self.note(Stray::BareLf, at);
        }
    }

    #[cold]
    fn look_closely(&mut self, octets: &[u8], at: u64) {
        if self.first.iter().all(Option::is_some) {
            return;
        }
        if let Some(nul) = memchr(0, octets) {
            self.note(Stray::Nul, at + nul as u64);
        }
        for ((&a, &b), at) in octets.iter().zip(octets.get(1..).unwrap_or_default()).zip(at..) {
            if (a == b'\r') != (b == b'\n') {
                let (stray, at) = if a == b'\r' { (Stray::BareCr, at) } else { (Stray::BareLf, at + 1) };
                self.note(stray, at);
            }
        }
    }

    fn note(&mut self, stray: Stray, at: u64) {
        let [cr, lf, nul] = &mut self.first;
        let first = match stray {
            Stray::BareCr => cr,
            Stray::BareLf => lf,
            Stray::Nul => nul,
        };
        *first = first.or(Some(at));
    }
}
