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

/// Looks at each octet of at most [`BLOCK`] with the one behind it. What stands at the edges is for the caller to put
/// together: a line feed in front, a carriage return at the end.
#[inline]
pub(super) fn survey(block: &[u8]) -> Survey {
    let next = block.get(1..).unwrap_or_default();
    let (firsts, seconds) = (block.as_chunks().0, next.as_chunks().0);
    let wide = firsts.len().min(seconds.len()) * 64;
    let mut found = if wide > 0 {
        dispatch!(simd::level(), simd => wide_survey(simd, firsts, seconds))
    } else {
        Survey::default()
    };
    let pairs = block.get(wide..).unwrap_or_default().iter().zip(next.get(wide..).unwrap_or_default());
    for (&a, &b) in pairs {
        found.stray |= (a == b'\r') != (b == b'\n') || a == 0;
        found.dotted |= a == b'\n' && b == b'.';
        found.lines += u64::from(b == b'\n');
    }
    found.stray |= block.last() == Some(&0);
    found
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
fn wide_survey<S: Simd>(simd: S, firsts: &[[u8; 64]], seconds: &[[u8; 64]]) -> Survey {
    let none = mask8x64::splat(simd, false);
    let (mut stray, mut dotted) = (none, none);
    let mut least = u8x64::splat(simd, 1);
    let mut lines = 0;
    for (a, b) in firsts.iter().zip(seconds) {
        let (a, b) = (u8x64::from_slice(simd, a), u8x64::from_slice(simd, b));
        let line_feed = b.simd_eq(b'\n');
        stray |= a.simd_eq(b'\r') ^ line_feed;
        least = least.min(a);
        dotted |= a.simd_eq(b'\n') & b.simd_eq(b'.');
        lines += u64::from(line_feed.to_bitmask().count_ones());
    }
    Survey { stray: stray.any_true() || least.simd_eq(0).any_true(), dotted: dotted.any_true(), lines }
}
