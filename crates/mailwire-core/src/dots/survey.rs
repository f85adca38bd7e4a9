//! A quick look over many octets: is there anything in them that has to be looked at closely?

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
