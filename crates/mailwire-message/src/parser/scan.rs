//! Where field names and whole fields end: many bytes at a time, where the processor can.

use crate::rules;
use fearless_simd::prelude::*;
use fearless_simd::{Simd, u8x32, u8x64};

/// What finds the ends.
pub(super) trait Scan: Copy {
    /// The length of the field name at the start of `bytes`.
    fn name_len(self, bytes: &[u8]) -> usize;

    /// The end of the field whose first line holds `at`: behind the first line end that no blank follows. The starts
    /// of its continuation lines are told to `fold`.
    fn field_end(self, raw: &[u8], at: usize, newline: u8, fold: impl FnMut(usize)) -> usize;
}

/// Line by line: for processors without vectors, and the last few bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain;

impl Scan for Plain {
    #[inline]
    fn name_len(self, bytes: &[u8]) -> usize {
        rules::name_len(bytes)
    }

    #[inline]
    fn field_end(self, raw: &[u8], at: usize, newline: u8, mut fold: impl FnMut(usize)) -> usize {
        let mut end = rules::line_end(raw, at, newline);
        while let Some(b' ' | b'\t') = raw.get(end) {
            fold(end);
            end = rules::line_end(raw, end, newline);
        }
        end
    }
}

/// Up to 64 bytes at a time. The code of the caller has to be inlined into what was dispatched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wide<S>(pub(super) S);

#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
impl<S: Simd> Scan for Wide<S> {
    #[inline(always)]
    fn name_len(self, bytes: &[u8]) -> usize {
        let Some(window) = bytes.first_chunk::<32>() else { return long_name_len(bytes) };
        let window = u8x32::from_slice(self.0, window);
        let ends = window.simd_eq(b':') | window.simd_lt(b'!') | window.simd_gt(b'~');
        match ends.to_bitmask() {
            0 => long_name_len(bytes),
            ends => ends.trailing_zeros() as usize,
        }
    }

    #[inline(always)]
    fn field_end(self, raw: &[u8], at: usize, newline: u8, mut fold: impl FnMut(usize)) -> usize {
        let mut rest = raw.get(at..).unwrap_or_default();
        while let Some([window @ .., behind]) = rest.first_chunk::<65>() {
            let start = raw.len() - rest.len();
            let window = u8x64::from_slice(self.0, window);
            let lines = window.simd_eq(newline).to_bitmask();
            let blanks = (window.simd_eq(b' ') | window.simd_eq(b'\t')).to_bitmask();
            let folded = blanks >> 1 | u64::from(matches!(behind, b' ' | b'\t')) << 63;
            let ends = lines & !folded;
            let mut folds = lines & folded & ends.wrapping_sub(1) & !ends;
            while folds != 0 {
                fold(start + folds.trailing_zeros() as usize + 1);
                folds &= folds - 1;
            }
            if ends != 0 {
                return start + ends.trailing_zeros() as usize + 1;
            }
            rest = rest.get(64..).unwrap_or_default();
        }
        last_field_end(raw, raw.len() - rest.len(), newline, &mut fold)
    }
}

// Apart, so that what nearly never happens takes no registers.

#[inline(never)]
fn long_name_len(bytes: &[u8]) -> usize {
    Plain.name_len(bytes)
}

#[inline(never)]
fn last_field_end(raw: &[u8], at: usize, newline: u8, fold: &mut dyn FnMut(usize)) -> usize {
    Plain.field_end(raw, at, newline, fold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use fearless_simd::dispatch;
    use mailwire_core::simd;

    fn ends(scan: impl Scan, raw: &[u8], at: usize) -> (usize, usize, Vec<usize>) {
        let mut folds = Vec::new();
        let end = scan.field_end(raw, at, b'\n', |fold| folds.push(fold));
        (scan.name_len(raw.get(at..).unwrap_or_default()), end, folds)
    }

    /// Everything ends where it does line by line, wherever it stands among the bytes that are looked at together.
    #[test]
    fn wide_and_plain_agree() {
        let pieces: [&[u8]; 12] = [
            b"\n",
            b"\r\n",
            b"\n ",
            b"\n\t",
            b" ",
            b":",
            b"a",
            b"0123456789",
            b"\x7f",
            b"\xe9",
            b"",
            b"\n\n",
        ];
        let mut random = 1_u32;
        for _ in 0..20_000 {
            let mut raw = Vec::new();
            for _ in 0..24 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                raw.extend_from_slice(pieces[(random >> 16) as usize % pieces.len()]);
            }
            for at in [0, 1, 5, raw.len()] {
                let wide = dispatch!(simd::level(), simd => ends(Wide(simd), &raw, at));
                assert_eq!(wide, ends(Plain, &raw, at), "{} {at}", raw.escape_ascii());
            }
        }
    }
}
