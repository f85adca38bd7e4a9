//! Lines of 76 digits, decoded in one pass with the 32-byte vectors of x86-64.
//!
//! ```text
//! "QUJD…"   32 digits               translated by two nibbles:
//! 0x10 …    32 sextets              '+' +19 · '/' +16 · digits +4 · capitals -65 · small letters -71
//! 0x104…    16 pairs of 12 bits     multiply and add
//! 0x414243…  8 quads of 24 bits     multiply and add
//! "ABC…"    24 bytes                shuffled into order
//! ```

use super::{COLUMNS, LINE_BYTES};
use core::arch::x86_64::{
    __m256i, _mm_setr_epi8, _mm256_add_epi8, _mm256_and_si256, _mm256_broadcastsi128_si256,
    _mm256_castsi256_si128, _mm256_cmpeq_epi8, _mm256_extracti128_si256, _mm256_madd_epi16,
    _mm256_maddubs_epi16, _mm256_or_si256, _mm256_set1_epi8, _mm256_set1_epi32, _mm256_shuffle_epi8,
    _mm256_srli_epi32, _mm256_testz_si256,
};
use fearless_simd::prelude::*;
use fearless_simd::{Avx2, u8x16};

/// Lines taken at a time: few enough that what they decode to stays where the processor is quickest.
pub(super) const LINES: usize = 16;
/// Memory for what [`LINES`] decode to. Each vector is written whole, so the last one needs more than it fills.
pub(super) type Room = [u8; LINES * LINE_BYTES + SPILL];
const SPILL: usize = 4;

fearless_simd::kernel!(
    /// Decodes lines of `stride` bytes, line end included, into the front of `room`; returns how many were regular.
    pub(super) fn decode_lines(avx2: Avx2, input: &[u8], stride: usize, room: &mut Room) -> usize {
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
        let slash = _mm256_set1_epi8(0x2f);

        let decode = |digits: &[u8; 32]| {
            let digits: __m256i = avx2.load_array_ref_u8x32(digits).into();
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
        let store = |bytes: __m256i, room: &mut [u8; 28]| {
            let low: u8x16<Avx2> = _mm256_castsi256_si128(bytes).simd_into(avx2);
            let high: u8x16<Avx2> = _mm256_extracti128_si256(bytes, 1).simd_into(avx2);
            if let Some(room) = room.first_chunk_mut() {
                avx2.store_array_u8x16(low, room);
            }
            if let Some(room) = room.last_chunk_mut() {
                avx2.store_array_u8x16(high, room);
            }
        };

        let mut done = 0;
        for line in input.chunks_exact(stride).take(LINES) {
            let Some((digits, b"\r\n" | b"\n")) = line.split_first_chunk::<COLUMNS>() else { break };
            let Some(room) = room.get_mut(done * LINE_BYTES..) else { break };
            let Some(room) = room.first_chunk_mut::<{ LINE_BYTES + SPILL }>() else { break };
            // 32, 32 and the last 32 digits, 20 of them once more.
            let (Some(first), Some(last)) = (digits.first_chunk(), digits.last_chunk()) else { break };
            let Some(second) = digits.get(32..).and_then(<[u8]>::first_chunk) else { break };
            let ((first, strange_1), (second, strange_2), (last, strange_3)) =
                (decode(first), decode(second), decode(last));
            let strange = _mm256_or_si256(_mm256_or_si256(strange_1, strange_2), strange_3);
            if _mm256_testz_si256(strange, strange) == 0 {
                break;
            }
            if let Some(room) = room.first_chunk_mut() {
                store(first, room);
            }
            if let Some(room) = room.get_mut(24..).and_then(<[u8]>::first_chunk_mut) {
                store(second, room);
            }
            if let Some(room) = room.last_chunk_mut() {
                store(last, room);
            }
            done += 1;
        }
        done
    }
);
