//! Numbers, eight digits at a time.

const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
/// Sets the high bit of what is no digit.
const NO_DIGIT: u64 = u64::from_le_bytes([0x76; 8]);
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

/// The number at the front of a text, by 2^64, and how many digits it has.
#[inline]
pub(crate) fn digits(text: &[u8]) -> (u64, usize) {
    let Some(word) = text.first_chunk() else { return more(0, 0, text) };
    let word = u64::from_le_bytes(*word);
    // Digits become 0-9; whatever else sets the high bit of its octet, and perhaps that of others behind it.
    let values = word ^ ZEROS;
    let others = (values.wrapping_add(NO_DIGIT) | values) & HIGH;
    if others == 0 {
        return more(eight(values), 8, text);
    }
    let bits = others.trailing_zeros() & !7;
    // Zeros in front instead of what is behind.
    let values = values.checked_shl(64 - bits).unwrap_or_default();
    (eight(values), bits as usize / 8)
}

/// The same of the size of a literal. Where the next value begins hangs on it alone, so it is waited for: how many digits there are
/// is left to branches, which a processor guesses; eight of them together are counted and multiplied first.
#[inline]
pub(crate) fn size(text: &[u8]) -> (u64, usize) {
    let digit = |octet: u8| u64::from(octet.wrapping_sub(b'0'));
    match *text {
        [a @ b'0'..=b'9', b'}' | b'+', ..] => (digit(a), 1),
        [a @ b'0'..=b'9', b @ b'0'..=b'9', b'}' | b'+', ..] => (digit(a) * 10 + digit(b), 2),
        [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', b'}' | b'+', ..] => {
            (digit(a) * 100 + digit(b) * 10 + digit(c), 3)
        }
        _ => digits(text),
    }
}

/// The number at the end of a text that has at most seven digits, and how many it has.
#[inline]
pub(crate) fn last_digits(text: &[u8]) -> Option<(u64, usize)> {
    let values = u64::from_le_bytes(*text.last_chunk()?) ^ ZEROS;
    // An octet over 127 may make the one behind it look like no digit: then there are fewer.
    let others = (values.wrapping_add(NO_DIGIT) | values) & HIGH;
    let len = others.leading_zeros() / 8;
    let digits = values & u64::MAX.checked_shl(64 - 8 * len).unwrap_or_default();
    (1..8).contains(&len).then_some((eight(digits), len as usize))
}

/// Of eight values of a digit each, the first the lowest.
#[inline]
fn eight(values: u64) -> u64 {
    let pairs = (values.wrapping_mul(10) + (values >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff
}

/// Goes on behind `len` digits.
#[inline]
fn more(mut number: u64, mut len: usize, text: &[u8]) -> (u64, usize) {
    for byte in text.get(len..).unwrap_or_default() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        len += 1;
    }
    (number, len)
}

#[cfg(test)]
mod tests {
    use super::{digits, last_digits, more, size};
    use mailwire_testkit::random::Random;

    #[test]
    fn every_text_is_as_digit_by_digit() {
        let mut random = Random::new(11);
        for _ in 0..200_000 {
            let mut text = random.bytes(12);
            for byte in &mut text {
                // Mostly digits, and what is next to them.
                *byte = match *byte {
                    0..20 => *byte,
                    20..50 => b'}',
                    _ => b'/' + *byte % 12,
                };
            }
            for start in [0, 3, 11] {
                let text = &text[start..];
                assert_eq!(digits(text), more(0, 0, text), "{text:?}");
                assert_eq!(size(text), more(0, 0, text), "{text:?}");
                let len = text.iter().rev().take_while(|octet| octet.is_ascii_digit()).count();
                let last = more(0, 0, &text[text.len() - len..]);
                let fits = text.len() >= 8 && (1..8).contains(&len) && text.is_ascii();
                assert_eq!(last_digits(text), Some(last).filter(|_| fits), "{text:?}");
            }
        }
    }
}
