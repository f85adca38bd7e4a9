//! Base64 in blocks of many lines, for what is regular: all but the last line of nearly every attachment.
//!
//! Lines of 76 digits, which nearly all are, have a way of their own where the processor has AVX2; all others go through
//! the engine of `base64`, which wants its digits without line ends.

#[cfg(target_arch = "x86_64")]
use super::avx2;
use super::engine::engine;
use super::{COLUMNS, LINE_BYTES};
use ::base64::{DecodeError, Engine as _};
use alloc::vec::Vec;
use mailwire_core::class;
#[cfg(target_arch = "x86_64")]
use mailwire_core::simd;
use memchr::memchr;

/// So many lines are taken at a time. More would be a little faster where everything is in the cache, and slower where
/// it is not: the memory idles while the engine works.
const LINES: usize = 32;
/// Whole lines of 76 digits, and whole vectors of 32.
const DIGITS: usize = LINES * COLUMNS;
/// What those digits stand for.
const BYTES: usize = LINES * LINE_BYTES;
/// So much more room than the result needs makes the work go without a reallocation.
pub(super) const SLACK: usize = DIGITS + BYTES;
/// Less than this is decoded carefully: setting out costs more than it gains.
pub(super) const WORTHWHILE: usize = 128;
/// No line longer than this is looked for; what has none is decoded where it is.
const LONGEST_LINE: usize = 1024;

/// Decodes lines of equal width from the front of `input`, as many as are regular, and appends to `out`.
///
/// Returns how much was taken: whole quanta, possibly none.
pub(super) fn decode(input: &[u8], out: &mut Vec<u8>) -> usize {
    if input.len() < WORTHWHILE {
        return 0;
    }
    let head = input.get(..LONGEST_LINE).unwrap_or(input);
    let Some(end) = memchr(b'\n', head) else { return decode_flat(input, out) };
    let line = head.get(..=end).unwrap_or(head);
    let width = class::trim_end(line).len();
    let end = line.get(width..).unwrap_or_default();
    #[cfg(target_arch = "x86_64")]
    if let (COLUMNS, b"\r\n" | b"\n", Some(avx2)) = (width, end, simd::level().as_avx2()) {
        return avx2::decode_lines(avx2, input, line.len(), out) * line.len();
    }
    match (width, end) {
        (COLUMNS, b"\r\n") => decode_lines(input, width, width + 2, out, gather::<{ COLUMNS + 2 }>),
        (COLUMNS, b"\n") => decode_lines(input, width, width + 1, out, gather::<{ COLUMNS + 1 }>),
        (16.., end) => {
            decode_lines(input, width, line.len(), out, |input, out| gather_any(input, width, end, out))
        }
        _ => 0,
    }
}

/// Decodes blocks of lines of `width` digits, the next one `stride` behind.
///
/// The engine needs digits without line ends, and room to write to. `out` is both: the digits are gathered at its end,
/// and decoded into where the digits of the block before were. So nothing is filled with zeros but the first room.
fn decode_lines(
    input: &[u8],
    width: usize,
    stride: usize,
    out: &mut Vec<u8>,
    gather: impl Fn(&[u8], &mut Vec<u8>),
) -> usize {
    let (mut taken, mut written) = (0, out.len());
    out.resize(written + BYTES, 0);
    loop {
        out.truncate(written + BYTES);
        gather(input.get(taken..).unwrap_or_default(), out);
        let Some((room, digits)) = out.split_at_mut_checked(written + BYTES) else { break };
        let digits = digits.get(..digits.len() / 4 * 4).unwrap_or_default();
        let decoded = decode_digits(digits, room.get_mut(written..).unwrap_or_default());
        written += decoded / 4 * 3;
        taken += decoded / width * stride + decoded % width;
        if decoded < digits.len() || decoded == 0 || !decoded.is_multiple_of(width) {
            break;
        }
    }
    out.truncate(written);
    taken
}

/// Appends lines of 76 digits to `out` as long as the line ends are where they should be.
fn gather<const STRIDE: usize>(input: &[u8], out: &mut Vec<u8>) {
    for line in input.as_chunks::<STRIDE>().0.iter().take(LINES) {
        let Some((digits, b"\r\n" | b"\n")) = line.split_first_chunk::<COLUMNS>() else { break };
        out.extend_from_slice(digits);
    }
}

/// The same for lines of any width and end; blanks before the line end are part of the end.
fn gather_any(input: &[u8], width: usize, end: &[u8], out: &mut Vec<u8>) {
    // Four lines of any width are whole quanta.
    let most = DIGITS / width / 4 * 4;
    for line in input.chunks_exact(width + end.len()).take(most) {
        let Some(digits) = line.strip_suffix(end) else { break };
        out.extend_from_slice(digits);
    }
}

/// Decodes digits without a line end in sight.
fn decode_flat(input: &[u8], out: &mut Vec<u8>) -> usize {
    let mut taken = 0;
    for block in input.chunks(DIGITS) {
        let digits = block.get(..block.len() / 4 * 4).unwrap_or_default();
        let start = out.len();
        out.resize(start + digits.len() / 4 * 3, 0);
        let decoded = decode_digits(digits, out.get_mut(start..).unwrap_or_default());
        out.truncate(start + decoded / 4 * 3);
        taken += decoded;
        if decoded < DIGITS {
            break;
        }
    }
    taken
}

/// Decodes whole quanta into `room`; returns how many digits there were before the first other byte, down to a multiple
/// of four.
fn decode_digits(digits: &[u8], room: &mut [u8]) -> usize {
    match engine().decode_slice_unchecked(digits, room) {
        Ok(_) => digits.len(),
        Err(DecodeError::InvalidByte(at, _)) => redecode(digits.get(..at / 4 * 4), room),
        // Only the last quantum can fail in any other way.
        Err(_) => redecode(digits.get(..digits.len().saturating_sub(4)), room),
    }
}

/// Decodes what stands before an error: how much of it the engine had written is its own affair.
#[cold]
fn redecode(digits: Option<&[u8]>, room: &mut [u8]) -> usize {
    let digits = digits.unwrap_or_default();
    engine().decode_slice_unchecked(digits, room).map_or(0, |_| digits.len())
}

/// Encodes `input` into lines of 76 digits with CRLF between them.
pub(super) fn encode(input: &[u8], out: &mut Vec<u8>) {
    let mut scratch = [0; DIGITS];
    for block in input.chunks(BYTES) {
        let written = engine().encode_slice(block, &mut scratch);
        let digits = written.ok().and_then(|length| scratch.get(..length)).unwrap_or_default();
        let (lines, rest) = digits.as_chunks::<COLUMNS>();
        let start = out.len();
        out.resize(start + lines.len() * (COLUMNS + 2), 0);
        let room = out.get_mut(start..).unwrap_or_default().as_chunks_mut::<{ COLUMNS + 2 }>().0;
        for (room, digits) in room.iter_mut().zip(lines) {
            if let Some((room, end)) = room.split_first_chunk_mut() {
                *room = *digits;
                end.copy_from_slice(b"\r\n");
            }
        }
        out.extend_from_slice(rest);
    }
    let digits = input.len().div_ceil(3) * 4;
    if digits > 0 && digits.is_multiple_of(COLUMNS) {
        out.truncate(out.len() - 2);
    }
}
