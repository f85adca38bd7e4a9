//! A quick look over many octets: is there anything in them that has to be looked at closely?

use super::tally::Tail;
use crate::simd;
use fearless_simd::prelude::*;
use fearless_simd::{Simd, dispatch, mask8x64, u8x64};

/// How many octets are looked at together: few enough to stay in the cache and to be counted in bytes, many enough to be
/// worth the call.
pub(super) const BLOCK: usize = 8192;

/// What there is in a block, somewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// A bare CR, a bare LF or a NUL.
    pub(super) stray: bool,
    /// A dot behind a line feed.
    pub(super) dotted: bool,
    /// How many line feeds behind the first octet.
    pub(super) lines: u64,
}

/// Where something is in the next few octets, a bit each, the first the lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Dots at the start of a line.
    pub(super) dots: u64,
    /// Line feeds.
    pub(super) feeds: u64,
    /// How many octets are marked: at most 64.
    pub(super) len: usize,
}

impl Marks {
    /// The marks of the first 64 octets, or of all that there are.
    pub(super) fn of(octets: &[u8], before: Tail) -> Self {
        let mut padded = [0; 64];
        let window = octets.first_chunk().unwrap_or_else(|| {
            padded.iter_mut().zip(octets).for_each(|(to, &octet)| *to = octet);
            &padded
        });
        let [dots, feeds, returns] = dispatch!(simd::level(), simd => wide_marks(simd, window));
        let ends = feeds & (returns << 1 | u64::from(before == Tail::Cr));
        let starts = ends << 1 | u64::from(matches!(before, Tail::CrLf | Tail::Start));
        Self { dots: dots & starts, feeds, len: octets.len().min(64) }
    }

    /// How many line feeds stand before the first dot.
    #[inline]
    pub(super) fn feeds_before_dot(self) -> u64 {
        let feeds = self.feeds & self.dots.wrapping_sub(1) & !self.dots;
        // Counting is long where the processor may not be asked to do it, and mostly there is one.
        let several = feeds & feeds.wrapping_sub(1) != 0;
        if several { feeds.count_ones().into() } else { u64::from(feeds != 0) }
    }

    /// The marks from a marked octet on.
    #[inline]
    pub(super) fn behind(self, octet: u32) -> Self {
        let Self { dots, feeds, len } = self;
        Self { dots: dots >> octet, feeds: feeds >> octet, len: len - octet as usize }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
fn wide_marks<S: Simd>(simd: S, window: &[u8; 64]) -> [u64; 3] {
    let octets = u8x64::from_slice(simd, window);
    [b'.', b'\n', b'\r'].map(|octet| octets.simd_eq(octet).to_bitmask())
}

/// Looks at each octet of at most [`BLOCK`] with the two behind it. What stands at the edges is for the caller to put
/// together: a line feed in front, a carriage return at the end.
#[inline]
pub(super) fn survey(block: &[u8]) -> Survey {
    let mut found = if block.len() < WINDOW {
        narrow_survey(block)
    } else {
        dispatch!(simd::level(), simd => wide_survey(simd, block))
    };
    found.stray |= block.last() == Some(&0);
    found
}

fn narrow_survey(block: &[u8]) -> Survey {
    let mut found = Survey::default();
    for (&a, &b) in block.iter().zip(block.get(1..).unwrap_or_default()) {
        found.stray |= (a == b'\r') != (b == b'\n') || a == 0;
        found.dotted |= a == b'\n' && b == b'.';
        found.lines += u64::from(b == b'\n');
    }
    found
}

/// Of 64 octets each with the two behind it.
const WINDOW: usize = 66;

const _: () = assert!(BLOCK / 64 < 256, "what is found at one place of the vectors is counted in an octet");

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
fn wide_survey<S: Simd>(simd: S, block: &[u8]) -> Survey {
    let mut seen = Seen::new(simd);
    let (one, mut feeds) = (u8x64::splat(simd, 1), u8x64::splat(simd, 0));
    let (second, third) = (block.get(1..).unwrap_or_default(), block.get(2..).unwrap_or_default());
    let (firsts, seconds, thirds) = (block.as_chunks().0, second.as_chunks().0, third.as_chunks().0);
    for ((a, b), c) in firsts.iter().zip(seconds).zip(thirds) {
        feeds += seen.look(a, b, c).select(one, u8x64::splat(simd, 0));
    }
    let counts: [u8; 64] = feeds.into();
    let mut lines = counts.iter().fold(0, |sum, &count| sum + u16::from(count)).into();
    // The last of them once more with what is behind them, of which alone the line feeds are counted.
    let at = block.len() - WINDOW;
    if let (Some(a), Some(b), Some(c)) = (
        block.get(at..).unwrap_or_default().first_chunk(),
        second.get(at..).unwrap_or_default().first_chunk(),
        third.last_chunk(),
    ) {
        let counted = thirds.len() * 64 - at;
        let more = seen.look(a, b, c).to_bitmask();
        lines += if counted < 64 { u64::from((more >> counted).count_ones()) } else { 0 };
    }
    let mut found = seen.survey(lines);
    if let [.., a, b] = block {
        found.stray |= (*a == b'\r') != (*b == b'\n') || *a == 0;
        found.lines += u64::from(*b == b'\n');
    }
    found.dotted |= block.starts_with(b"\n.");
    found
}

/// What was in all that has been looked at.
struct Seen<S: Simd> {
    stray: mask8x64<S>,
    dotted: mask8x64<S>,
    /// Zero where there was a NUL.
    least: u8x64<S>,
}

#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
impl<S: Simd> Seen<S> {
    #[inline(always)]
    fn new(simd: S) -> Self {
        let none = mask8x64::splat(simd, false);
        Self { stray: none, dotted: none, least: u8x64::splat(simd, 1) }
    }

    /// Looks at 64 octets, each with the two behind it, and says where the line feeds are among the second of three.
    #[inline(always)]
    fn look(&mut self, a: &[u8; 64], b: &[u8; 64], c: &[u8; 64]) -> mask8x64<S> {
        let simd = self.least.witness();
        let (a, b, c) = (u8x64::from_slice(simd, a), u8x64::from_slice(simd, b), u8x64::from_slice(simd, c));
        let line_feed = b.simd_eq(b'\n');
        self.stray |= a.simd_eq(b'\r') ^ line_feed;
        self.dotted |= line_feed & c.simd_eq(b'.');
        self.least = self.least.min(a);
        line_feed
    }

    #[inline(always)]
    fn survey(self, lines: u64) -> Survey {
        let stray = self.stray.any_true() || self.least.simd_eq(0).any_true();
        Survey { stray, dotted: self.dotted.any_true(), lines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn naive(block: &[u8]) -> Survey {
        let pairs = || block.windows(2);
        Survey {
            stray: block.contains(&0) || pairs().any(|pair| (pair[0] == b'\r') != (pair[1] == b'\n')),
            dotted: pairs().any(|pair| pair == b"\n."),
            lines: pairs().filter(|pair| pair[1] == b'\n').count() as u64,
        }
    }

    #[test]
    fn vectors_see_what_a_look_at_each_octet_sees() {
        let pieces: [&[u8]; 9] =
            [b"\r", b"\n", b"\0", b"\n.", b"\r\n", b"\r\n.", b"\r\n.\r\n", b"\n\n", b"\r\r\n\0."];
        for len in (0..70).chain([127, 128, 129, 130, 131, 193, 194, 195]) {
            for piece in pieces {
                for at in 0..=len {
                    let mut block = vec![b'x'; len];
                    block.iter_mut().skip(at).zip(piece).for_each(|(to, &octet)| *to = octet);
                    assert_eq!(survey(&block), naive(&block), "{piece:?} at {at} of {len}");
                    let mut block = vec![b'.'; at];
                    block.extend(piece.iter().cycle().take(len - at));
                    assert_eq!(survey(&block), naive(&block), "{piece:?} from {at} of {len}");
                }
            }
        }
    }

    #[test]
    fn a_block_of_line_feeds_is_counted() {
        for len in BLOCK - 70..=BLOCK {
            assert_eq!(survey(&vec![b'\n'; len]).lines, len as u64 - 1);
        }
    }
}
