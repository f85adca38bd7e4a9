//! Where something happens in quoted-printable text, 64 bytes at a time.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, u8x64};

/// How many bytes are looked at together: the bits of a mask.
pub(super) const BLOCK: usize = 64;

/// A bit for each byte of the block at `at` that is a `=`, or a line end behind a blank.
///
/// `None` without a whole block there.
#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
pub(super) fn events<S: Simd>(simd: S, input: &[u8], at: usize) -> Option<u64> {
    let block = input.get(at..)?.first_chunk::<BLOCK>()?;
    match at.checked_sub(1) {
        Some(before) => Some(block_events(simd, block, input.get(before..)?.first_chunk::<BLOCK>()?)),
        None => {
            // Nothing stands before the front.
            let mut before = [0; BLOCK];
            before.get_mut(1..)?.copy_from_slice(block.get(..BLOCK - 1)?);
            Some(block_events(simd, block, &before))
        }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "as above")]
fn block_events<S: Simd>(simd: S, block: &[u8; BLOCK], before: &[u8; BLOCK]) -> u64 {
    let (block, before) = (u8x64::from_slice(simd, block), u8x64::from_slice(simd, before));
    let line_end = block.simd_eq(b'\r') | block.simd_eq(b'\n');
    let blank = before.simd_eq(b' ') | before.simd_eq(b'\t');
    (block.simd_eq(b'=') | (line_end & blank)).to_bitmask()
}

/// Where the first event from `at` on is. The end is one if blanks stand before it; else it is simply the end.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as above")]
pub(super) fn first_event<S: Simd>(simd: S, input: &[u8], mut at: usize) -> usize {
    while let Some(mask) = events(simd, input, at) {
        if mask != 0 {
            return at + mask.trailing_zeros() as usize;
        }
        at += BLOCK;
    }
    let mut before = at.checked_sub(1).and_then(|before| input.get(before)).copied().unwrap_or_default();
    for &byte in input.get(at..).unwrap_or_default() {
        if byte == b'=' || (matches!(byte, b'\r' | b'\n') && matches!(before, b' ' | b'\t')) {
            break;
        }
        before = byte;
        at += 1;
    }
    at
}
