//! Eight octets at a time: lines of these protocols are short, and a call of memchr costs more than it saves.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many octets at the front are printable ASCII, the space included.
///
/// In `odd` the lowest bit that is set is exact: borrows and carries only go up.
#[inline(always)]
#[expect(clippy::inline_always, reason = "most texts are short")]
pub(crate) fn printable_len(bytes: &[u8]) -> usize {
    let odd = |word: u64| (word.wrapping_sub(0x20 * ONES) | word | word.wrapping_add(ONES)) & HIGH;
    let (mut at, mut rest) = (0, bytes);
    // Most lines end here.
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        let found = odd(u64::from_le_bytes(*chunk));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
        rest = tail;
        if at == 24 {
            break;
        }
    }
    while let Some((chunk, tail)) = rest.split_first_chunk::<16>() {
        if chunk.iter().fold(0, |odd, byte| odd | u8::from(byte.wrapping_sub(b' ') > b'~' - b' ')) != 0 {
            break;
        }
        at += 16;
        rest = tail;
    }
    at + find(rest, odd)
}

/// How many octets at the front are printable ASCII and no spaces.
#[inline]
pub(crate) fn graphic_len(bytes: &[u8]) -> usize {
    find(bytes, |word| (word.wrapping_sub(0x21 * ONES) | word | word.wrapping_add(ONES)) & HIGH)
}

/// How many octets at the front are ASCII that stands for itself in xtext: no spaces, no controls, no `+` and no `=`.
#[inline]
pub(crate) fn plain_len(bytes: &[u8]) -> usize {
    find(bytes, |word| {
        let plus = word ^ (u64::from(b'+') * ONES);
        ends(word) | ((word | word.wrapping_add(ONES) | (plus.wrapping_sub(ONES) & !plus)) & HIGH)
    })
}

/// Where the first octet is that is `wanted`; how many octets there are if none is.
#[inline]
pub(crate) fn find_byte(wanted: u8, bytes: &[u8]) -> usize {
    let pattern = u64::from(wanted) * ONES;
    let zero = |word: u64| {
        let word = word ^ pattern;
        word.wrapping_sub(ONES) & !word & HIGH
    };
    find(bytes, zero)
}

/// How many octets at the front are printable ASCII, the space included, and whether two spaces may stand together among them: what
/// is said of a `!` behind a space need not be true.
#[inline]
pub(crate) fn spaced_len(bytes: &[u8]) -> (usize, bool) {
    let (mut at, mut rest) = (0, bytes);
    // Two spaces; a space at the end of the word before.
    let (mut pairs, mut before) = (0, 0);
    loop {
        let (word, tail) = match rest.split_first_chunk::<8>() {
            Some((chunk, tail)) => (u64::from_le_bytes(*chunk), tail),
            None => (short(rest), &b""[..]),
        };
        let odd = (word.wrapping_sub(0x20 * ONES) | word | word.wrapping_add(ONES)) & HIGH;
        let other = word ^ (0x20 * ONES);
        let spaces = other.wrapping_sub(ONES) & !other & HIGH;
        let here = spaces & (spaces << 8 | before);
        if odd != 0 {
            let end = odd.trailing_zeros() & !7;
            return (at + (end / 8) as usize, (pairs | here & !(u64::MAX << end)) != 0);
        }
        pairs |= here;
        before = spaces >> 56;
        at += 8;
        rest = tail;
    }
}

/// Where the first octet is that is a space, a control or `=` (how many octets there are if none is), and the [`key`] of what is
/// before it. Exact for ASCII; an octet above 127 is none of these.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a call costs as much as the first word, which is mostly the last")]
pub(crate) fn word(bytes: &[u8]) -> (usize, u64) {
    let word = first_eight(bytes);
    let found = ends(word);
    if found != 0 {
        let bits = found.trailing_zeros() & !7;
        return (((bits / 8) as usize).min(bytes.len()), lower(word & !(u64::MAX << bits)));
    }
    // Many words have eight letters.
    let len = if let Some(b'\r' | b' ') = bytes.get(8) { 8 } else { long_word(bytes) };
    (len, lower(word))
}

/// The [`key`] of the first [`word`], if more follows it.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as for `word`")]
pub(crate) fn front_key(bytes: &[u8]) -> Option<u64> {
    let word = u64::from_le_bytes(*bytes.first_chunk()?);
    let found = ends(word);
    let others = if found == 0 { 0 } else { u64::MAX << (found.trailing_zeros() & !7) };
    Some(lower(word & !others))
}

#[inline(never)]
fn long_word(bytes: &[u8]) -> usize {
    8 + find(bytes.get(8..).unwrap_or_default(), ends)
}

/// The first eight octets of a word in lower case, as a number; a shorter one is filled with zeros.
#[inline]
pub(crate) const fn key(word: &[u8]) -> u64 {
    if let Some(chunk) = word.first_chunk::<8>() {
        return lower(u64::from_le_bytes(*chunk));
    }
    lower(short(word))
}

/// Less than eight octets as a number, with zeros behind them.
#[inline]
const fn short(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        // What is in both is the same in both.
        let last = u32::from_le_bytes(*last) as u64;
        return u32::from_le_bytes(*first) as u64 | last << ((bytes.len() - 4) * 8);
    }
    match *bytes {
        [a] => u32::from_le_bytes([a, 0, 0, 0]) as u64,
        [a, b] => u32::from_le_bytes([a, b, 0, 0]) as u64,
        [a, b, c] => u32::from_le_bytes([a, b, c, 0]) as u64,
        _ => 0,
    }
}

/// Only octets from 64 to 127 change: of letters, digits and the hyphen nothing else becomes equal.
#[inline]
const fn lower(word: u64) -> u64 {
    word | ((word & 0x4040_4040_4040_4040) >> 1)
}

/// As a number, with zeros behind a shorter one.
#[inline]
fn first_eight(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or_else(|| short(bytes), |chunk| u64::from_le_bytes(*chunk))
}

#[inline]
fn ends(word: u64) -> u64 {
    let equals = word ^ (u64::from(b'=') * ONES);
    ((word.wrapping_sub(0x21 * ONES) & !word) | (equals.wrapping_sub(ONES) & !equals)) & HIGH
}

/// Where `mark` sets the lowest bit of all; how many octets there are if nowhere.
#[inline]
fn find(bytes: &[u8], mark: impl Fn(u64) -> u64) -> usize {
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
    at + ((mark(short(rest)).trailing_zeros() / 8) as usize).min(rest.len())
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
                        let naive = bytes.iter().position(|byte| !byte.is_ascii_graphic()).unwrap_or(len);
                        assert_eq!(graphic_len(&bytes), naive, "{bytes:?}");
                        let naive = bytes.iter().position(|&byte| byte == odd).unwrap_or(len);
                        assert_eq!(find_byte(odd, &bytes), naive, "{bytes:?}");
                        let plain = |byte: &u8| byte.is_ascii_graphic() && !b"+=".contains(byte);
                        let naive = bytes.iter().position(|byte| !plain(byte)).unwrap_or(len);
                        assert_eq!(plain_len(&bytes), naive, "{bytes:?}");
                        let front = &bytes[..printable_len(&bytes)];
                        let naive = front.windows(2).any(|pair| pair == b"  ");
                        let (same, doubled) = spaced_len(&bytes);
                        assert_eq!(same, front.len(), "{bytes:?}");
                        let bang = front.windows(2).any(|pair| pair == b" !");
                        assert!(doubled == naive || (doubled && bang), "{bytes:?}");
                        let end = |&byte: &u8| byte <= b' ' || byte == b'=';
                        let naive = bytes.iter().position(end).unwrap_or(len);
                        if bytes.is_ascii() {
                            assert_eq!(word(&bytes), (naive, key(&bytes[..naive])), "{bytes:?}");
                        }
                    }
                }
            }
        }
    }
}
