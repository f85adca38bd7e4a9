//! Where something happens in quoted-printable text, 64 bytes at a time.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, dispatch, u8x64};
use mailwire_core::simd;

/// How many bytes are looked at together: the bits of a mask.
pub(super) const BLOCK: usize = 64;

/// The masks of so many blocks in a row. What they are computed with is chosen once for all of them.
pub(super) type Masks = [u64; 64];

/// For each whole block from `at` on, as many as there is room for: a bit for each byte that is a `=`, or a line end
/// behind a blank.
pub(super) fn events<'m>(input: &[u8], at: usize, masks: &'m mut Masks) -> &'m [u64] {
    let blocks = input.get(at..).unwrap_or_default().as_chunks().0;
    let filled = match at.checked_sub(1) {
        Some(before) => {
            let before = input.get(before..).unwrap_or_default().as_chunks().0;
            dispatch!(simd::level(), simd => fill(simd, blocks, before, masks))
        }
        // Before the front there is nothing, which is no blank: one block alone.
        None => blocks.first().map_or(0, |block: &[u8; BLOCK]| {
            let mut before = *block;
            before.rotate_right(1);
            before[0] = 0;
            dispatch!(simd::level(), simd => fill(simd, &[*block], &[before], masks))
        }),
    };
    masks.get(..filled).unwrap_or_default()
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
fn fill<S: Simd>(simd: S, blocks: &[[u8; BLOCK]], before: &[[u8; BLOCK]], masks: &mut Masks) -> usize {
    let mut filled = 0;
    // A loop: a closure would be a function of its own, without those vectors.
    for ((block, before), mask) in blocks.iter().zip(before).zip(masks) {
        let (block, before) = (u8x64::from_slice(simd, block), u8x64::from_slice(simd, before));
        let line_end = block.simd_eq(b'\r') | block.simd_eq(b'\n');
        let blank = before.simd_eq(b' ') | before.simd_eq(b'\t');
        *mask = (block.simd_eq(b'=') | (line_end & blank)).to_bitmask();
        filled += 1;
    }
    filled
}

/// Where the first event from `at` on is. The end is one if blanks stand before it; else it is simply the end.
pub(super) fn first_event(input: &[u8], mut at: usize) -> usize {
    let mut masks = [0; 64];
    loop {
        let found = events(input, at, &mut masks);
        if found.is_empty() {
            break;
        }
        let clean = found.iter().take_while(|&&mask| mask == 0).count();
        at += clean * BLOCK;
        if let Some(mask) = found.get(clean) {
            return at + mask.trailing_zeros() as usize;
        }
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
