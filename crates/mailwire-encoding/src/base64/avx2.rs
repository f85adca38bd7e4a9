//! Lines of 76 digits, decoded in one pass with the 32-byte vectors of x86-64: two lines with five vectors, the last of
//! which has the ends of both.
//!
//! ```text
//! "QUJD…"   32 digits               translated by two nibbles:
//! 0x10 …    32 sextets              '+' +19 · '/' +16 · digits +4 · capitals -65 · small letters -71
//! 0x104…    16 pairs of 12 bits     multiply and add
//! 0x414243…  8 quads of 24 bits     multiply and add
//! "ABC…"    24 bytes                shuffled into order
//! ```

use super::COLUMNS;
use alloc::vec::Vec;
use core::arch::x86_64::{
    __m128i, __m256i, _mm_setr_epi8, _mm256_add_epi8, _mm256_and_si256, _mm256_broadcastsi128_si256,
    _mm256_castsi256_si128, _mm256_cmpeq_epi8, _mm256_extracti128_si256, _mm256_madd_epi16,
    _mm256_maddubs_epi16, _mm256_or_si256, _mm256_permutevar8x32_epi32, _mm256_set_m128i, _mm256_set1_epi8,
    _mm256_set1_epi32, _mm256_setr_epi32, _mm256_shuffle_epi8, _mm256_srli_epi32, _mm256_testz_si256,
};
use fearless_simd::prelude::*;
use fearless_simd::{Avx2, u8x16, u8x32};

fearless_simd::kernel!(
    /// Decodes pairs of lines of `stride` bytes, line end included, and appends to `out`; returns how many lines were
    /// regular.
    pub(super) fn decode_lines(avx2: Avx2, input: &[u8], stride: usize, out: &mut Vec<u8>) -> usize {
        // A byte is a digit if the sets of its nibbles have no bit in common.
        let low_set = _mm256_broadcastsi128_si256(_mm_setr_epi8(
            0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a,
        ));
        let high_set = _mm256_broadcastsi128_si256(_mm_setr_epi8(
            0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10,
        ));
        // By the high nibble, but for the slash, which comes one below.
        let shift = _mm256_broadcastsi128_si256(_mm_setr_epi8(
            0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0,
        ));
        let order = _mm256_broadcastsi128_si256(_mm_setr_epi8(
            2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1,
        ));
        // Each half has four bytes to spare; both together go to the end.
        let gapless = _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7);
        let slash = _mm256_set1_epi8(0x2f);

        let decode = |digits: __m256i| {
            // The mask is one bit wider than a nibble: what it lets through more, the shuffles don't look at.
            let high = _mm256_and_si256(_mm256_srli_epi32(digits, 4), slash);
            let low = _mm256_and_si256(digits, slash);
            let strange =
                _mm256_and_si256(_mm256_shuffle_epi8(low_set, low), _mm256_shuffle_epi8(high_set, high));
            let class = _mm256_add_epi8(_mm256_cmpeq_epi8(digits, slash), high);
            let sextets = _mm256_add_epi8(digits, _mm256_shuffle_epi8(shift, class));
            let pairs = _mm256_maddubs_epi16(sextets, _mm256_set1_epi32(0x0140_0140));
            let quads = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x0001_1000));
            (_mm256_shuffle_epi8(quads, order), strange)
        };
        let wide = |digits: &[u8; 32]| decode(avx2.load_array_ref_u8x32(digits).into());
        let both = |one: &[u8; 16], other: &[u8; 16]| {
            let (one, other) = (avx2.load_array_ref_u8x16(one), avx2.load_array_ref_u8x16(other));
            decode(_mm256_set_m128i(other.into(), one.into()))
        };
        // A vector is appended whole, and what it has no bytes for is taken back: nothing has to be filled with zeros before.
        let push = |bytes: __m256i, out: &mut Vec<u8>| {
            let bytes: u8x32<Avx2> = _mm256_permutevar8x32_epi32(bytes, gapless).simd_into(avx2);
            out.extend_from_slice(bytes.as_slice());
            out.truncate(out.len() - 8);
        };
        let push_line = |first: __m256i, second: __m256i, end: __m128i, out: &mut Vec<u8>| {
            push(first, out);
            push(second, out);
            // Its last quantum is the first one of the end.
            out.truncate(out.len() - 3);
            let end: u8x16<Avx2> = end.simd_into(avx2);
            out.extend_from_slice(end.as_slice());
            out.truncate(out.len() - 4);
        };

        let mut done = 0;
        for lines in input.chunks_exact(2 * stride) {
            let Some((one, other)) = lines.split_at_checked(stride) else { break };
            let (Some((first_1, second_1, end_1)), Some((first_2, second_2, end_2))) = (cut(one), cut(other))
            else {
                break;
            };
            let ((first_1, strange_1), (second_1, strange_2)) = (wide(first_1), wide(second_1));
            let ((first_2, strange_3), (second_2, strange_4)) = (wide(first_2), wide(second_2));
            let (ends, strange_5) = both(end_1, end_2);
            let strange = _mm256_or_si256(
                _mm256_or_si256(strange_1, strange_2),
                _mm256_or_si256(_mm256_or_si256(strange_3, strange_4), strange_5),
            );
            if _mm256_testz_si256(strange, strange) == 0 {
                break;
            }
            push_line(first_1, second_1, _mm256_castsi256_si128(ends), out);
            push_line(first_2, second_2, _mm256_extracti128_si256(ends, 1), out);
            done += 2;
        }
        done
    }
);

/// The digits of a line as they fill vectors: 32, 32 and the last 16, four of which are in the second, too.
#[inline]
fn cut(line: &[u8]) -> Option<(&[u8; 32], &[u8; 32], &[u8; 16])> {
    let (digits, b"\r\n" | b"\n") = line.split_first_chunk::<COLUMNS>()? else { return None };
    let (first, behind) = digits.split_first_chunk()?;
    Some((first, behind.first_chunk()?, digits.last_chunk()?))
}
