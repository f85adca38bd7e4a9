//! The quick way through quoted strings.

const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES << 7;
const QUOTE: u64 = u64::from_le_bytes([b'"'; 8]);
const BACKSLASH: u64 = u64::from_le_bytes([b'\\'; 8]);
const BLANK: u64 = u64::from_le_bytes([b' '; 8]);

/// Where plain text of a quoted string ends that begins at `at`: at a quote, a backslash, a control character, or an octet over 127.
/// Eight octets at a time.
#[inline]
pub(crate) fn plain(text: &[u8], at: usize) -> usize {
    let mut rest = text.get(at..).unwrap_or_default();
    while let Some((word, behind)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*word);
        let (quote, slash) = (word ^ QUOTE, word ^ BACKSLASH);
        // Below the first octet that is found nothing has been borrowed, so that one is exact.
        let found = quote.wrapping_sub(ONES) & !quote
            | slash.wrapping_sub(ONES) & !slash
            | word.wrapping_sub(BLANK) & !word
            | word;
        if found & HIGH != 0 {
            return text.len() - rest.len() + (found & HIGH).trailing_zeros() as usize / 8;
        }
        rest = behind;
    }
    let is_plain = |byte: &u8| matches!(byte, b' '..=127) && !matches!(byte, b'"' | b'\\');
    text.len() - rest.len() + rest.iter().position(|byte| !is_plain(byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::plain;
    use alloc::vec::Vec;

    fn naive(text: &[u8], at: usize) -> usize {
        let ends = |byte: u8| !(b' '..=127).contains(&byte) || byte == b'"' || byte == b'\\';
        (at..text.len()).find(|&at| ends(text[at])).unwrap_or(text.len())
    }

    #[test]
    fn every_octet_at_every_place_is_found() {
        for len in 0..20 {
            for place in 0..len {
                for byte in 0..=255 {
                    // The octets behind it may confuse a word that is looked at as a whole.
                    for behind in [b'a', b' ', b'!', b'"', b'#', b'\\', b']', 0, 127, 128, 255] {
                        let mut text: Vec<u8> =
                            (0..len).map(|at| if at > place { behind } else { b'z' }).collect();
                        text[place] = byte;
                        assert_eq!(plain(&text, 0), naive(&text, 0), "{text:?}");
                        assert_eq!(plain(&text, place / 2), naive(&text, place / 2), "{text:?}");
                    }
                }
            }
        }
    }
}
