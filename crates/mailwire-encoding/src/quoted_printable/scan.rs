//! Where something happens in quoted-printable text, 64 bytes at a time.

/// How many bytes are looked at together: the bits of a mask.
pub(super) const BLOCK: usize = 64;

/// A bit for each byte of the block at `at` that is a `=`, or a line end behind a blank.
///
/// `None` without a whole block there.
pub(super) fn events(input: &[u8], at: usize) -> Option<u64> {
    let block = input.get(at..)?.first_chunk::<BLOCK>()?;
    match at.checked_sub(1) {
        Some(before) => Some(block_events(block, input.get(before..)?.first_chunk::<BLOCK>()?)),
        None => first_block_events(block),
    }
}

/// The same at the very front, where nothing stands before.
#[cold]
fn first_block_events(block: &[u8; BLOCK]) -> Option<u64> {
    let mut before = [0; BLOCK];
    before.get_mut(1..)?.copy_from_slice(block.get(..BLOCK - 1)?);
    Some(block_events(block, &before))
}

/// The loop is written so that the compiler makes vector instructions of it.
fn block_events(block: &[u8; BLOCK], before: &[u8; BLOCK]) -> u64 {
    let mut hits = [0; BLOCK];
    for ((hit, &byte), &before) in hits.iter_mut().zip(block).zip(before) {
        *hit = u8::from(is_event(byte, before));
    }
    bits(&hits)
}

/// Where the first event from `at` on is. The end is one if blanks stand before it; else it is simply the end.
pub(super) fn first_event(input: &[u8], mut at: usize) -> usize {
    while let Some(mask) = events(input, at) {
        if mask != 0 {
            return at + mask.trailing_zeros() as usize;
        }
        at += BLOCK;
    }
    let mut before = at.checked_sub(1).and_then(|before| input.get(before)).copied().unwrap_or_default();
    for &byte in input.get(at..).unwrap_or_default() {
        if is_event(byte, before) {
            break;
        }
        before = byte;
        at += 1;
    }
    at
}

#[inline(always)]
#[expect(
    clippy::inline_always,
    clippy::needless_bitwise_bool,
    reason = "within the loop it becomes a few vector instructions, without a branch"
)]
fn is_event(byte: u8, before: u8) -> bool {
    let line_end = (byte == b'\r') | (byte == b'\n');
    let blank = (before == b' ') | (before == b'\t');
    (byte == b'=') | (line_end & blank)
}

/// The bytes, each 0 or 1, as bits; the first one is the lowest.
fn bits(bytes: &[u8; BLOCK]) -> u64 {
    let mut square = 0;
    for (row, word) in bytes.as_chunks::<8>().0.iter().enumerate() {
        square |= u64::from_le_bytes(*word) << row;
    }
    if square == 0 { 0 } else { transpose(square) }
}

/// Turns a square of 8 by 8 bits: bit `8 * j + k` becomes bit `8 * k + j`. Swaps bits, then pairs, then fours.
fn transpose(mut square: u64) -> u64 {
    for (distance, mask) in [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0xf0f0_f0f0)] {
        let swap = (square ^ square >> distance) & mask;
        square ^= swap ^ swap << distance;
    }
    square
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_its_bit() {
        for at in 0..BLOCK {
            let mut bytes = [0; BLOCK];
            bytes[at] = 1;
            assert_eq!(bits(&bytes), 1 << at);
        }
    }
}
