//! Numbers, eight digits at a time.

/// The number at the front of a text, by 2^64, and how many digits it has.
#[inline]
pub(crate) fn digits(text: &[u8]) -> (u64, usize) {
    let Some(word) = text.first_chunk() else { return more(0, 0, text) };
    let word = u64::from_le_bytes(*word);
    // Digits become 0-9; whatever else sets the high bit of its octet, and perhaps that of others behind it.
    let values = word ^ 0x3030_3030_3030_3030;
    let others = (values.wrapping_add(0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080;
    if others == 0 {
        return more(eight(values), 8, text);
    }
    let bits = others.trailing_zeros() & !7;
    // Zeros in front instead of what is behind.
    let values = values.checked_shl(64 - bits).unwrap_or_default();
    (eight(values), bits as usize / 8)
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
    use super::{digits, more};
    use mailwire_testkit::random::Random;

    #[test]
    fn every_text_is_as_digit_by_digit() {
        let mut random = Random::new(11);
        for _ in 0..200_000 {
            let mut text = random.bytes(12);
            for byte in &mut text {
                // Mostly digits, and what is next to them.
                *byte = if *byte < 20 { *byte } else { b'/' + *byte % 12 };
            }
            for start in [0, 3, 11] {
                let text = &text[start..];
                assert_eq!(digits(text), more(0, 0, text), "{text:?}");
            }
        }
    }
}
