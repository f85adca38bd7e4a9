//! Eight octets at a time: lines of these protocols are short, and a call of memchr costs more than it saves.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many octets at the front are printable ASCII, the space included.
///
/// In `odd` the lowest bit that is set is exact: borrows and carries only go up.
#[inline]
pub(crate) fn printable_len(bytes: &[u8]) -> usize {
    let odd = |word: u64| (word.wrapping_sub(0x20 * ONES) | word | word.wrapping_add(ONES)) & HIGH;
    let mut at = 0;
    let mut rest = bytes;
    while let Some((chunk, tail)) = rest.split_first_chunk::<16>() {
        if chunk.iter().fold(0, |odd, byte| odd | u8::from(byte.wrapping_sub(b' ') > b'~' - b' ')) != 0 {
            break;
        }
        at += 16;
        rest = tail;
    }
    at + find(rest, odd, |byte| !matches!(byte, b' '..=b'~'))
}

/// Where the first octet is that is `wanted`; how many octets there are if none is.
#[inline]
pub(crate) fn find_byte(wanted: u8, bytes: &[u8]) -> usize {
    let pattern = u64::from(wanted) * ONES;
    let zero = |word: u64| {
        let word = word ^ pattern;
        word.wrapping_sub(ONES) & !word & HIGH
    };
    find(bytes, zero, |byte| byte == wanted)
}

/// Where the first octet is that is a space, a control or `=` (how many octets there are if none is), and the [`key`] of what is
/// before it. Exact for ASCII; an octet above 127 is none of these.
#[inline]
pub(crate) fn word(bytes: &[u8]) -> (usize, u64) {
    let word = first_eight(bytes);
    let found = ends(word);
    if found != 0 {
        let bits = found.trailing_zeros() & !7;
        return (((bits / 8) as usize).min(bytes.len()), lower(word & !(u64::MAX << bits)));
    }
    let rest = bytes.get(8..).unwrap_or_default();
    (8 + find(rest, ends, is_end), lower(word))
}

/// The first eight octets of a word in lower case, as a number; a shorter one is filled with zeros.
#[inline]
pub(crate) const fn key(word: &[u8]) -> u64 {
    if let Some(chunk) = word.first_chunk::<8>() {
        return lower(u64::from_le_bytes(*chunk));
    }
    let mut key = 0;
    let mut rest = word;
    let mut shift = 0;
    while let [byte, tail @ ..] = rest {
        key |= (*byte as u64) << shift;
        shift += 8;
        rest = tail;
    }
    lower(key)
}

/// Only octets from 64 to 127 change: of letters, digits and the hyphen nothing else becomes equal.
#[inline]
const fn lower(word: u64) -> u64 {
    word | ((word & 0x4040_4040_4040_4040) >> 1)
}

/// As a number, with spaces behind a shorter one.
#[inline]
fn first_eight(bytes: &[u8]) -> u64 {
    if let Some(chunk) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*chunk);
    }
    bytes.iter().rev().fold(0x20 * ONES, |word, &byte| word << 8 | u64::from(byte))
}

#[inline]
fn ends(word: u64) -> u64 {
    let equals = word ^ (u64::from(b'=') * ONES);
    ((word.wrapping_sub(0x21 * ONES) & !word) | (equals.wrapping_sub(ONES) & !equals)) & HIGH
}

#[inline]
fn is_end(byte: u8) -> bool {
    byte <= b' ' || byte == b'='
}

#[inline]
fn find(bytes: &[u8], mark: impl Fn(u64) -> u64, is: impl Fn(u8) -> bool) -> usize {
    let mut at = 0;
    let mut rest = bytes;
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        let marked = mark(u64::from_le_bytes(*chunk));
        if marked != 0 {
            return at + (marked.trailing_zeros() / 8) as usize;
        }
        at += 8;
        rest = tail;
    }
    rest.iter().position(|&byte| is(byte)).map_or(bytes.len(), |found| at + found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn words_equal_octets() {
        for len in 0..24 {
            for at in 0..=len {
                for odd in 0..=255_u8 {
                    for fill in [b' ', b'~', b'a'] {
                        let mut bytes = vec![fill; len];
                        bytes[at.min(len.saturating_sub(1))..].fill(odd);
                        let naive = bytes.iter().position(|byte| !(32..127).contains(byte)).unwrap_or(len);
                        assert_eq!(printable_len(&bytes), naive, "{bytes:?}");
                        let naive = bytes.iter().position(|&byte| byte == odd).unwrap_or(len);
                        assert_eq!(find_byte(odd, &bytes), naive, "{bytes:?}");
                    }
                }
            }
        }
    }
}
