//! How many bytes stand together that mean only themselves, with single blanks between them.

/// The length of the text at the front that has no special bytes, and no blanks but single ones between other bytes.
///
/// `is_special` is asked of many bytes at once. NUL is special.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "a short circuit would be a branch for each byte")]
pub(crate) fn run_len(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> usize {
    if bytes.first().is_none_or(|&first| first == b' ' || is_special(first)) {
        return 0;
    }
    let mut len = 0;
    // In steps that the compiler makes a few wide instructions of. What is asked of the first byte of a step was asked
    // at the end of the one before.
    loop {
        let mut padded = [0; STEP + 1];
        let (these, next) = halves(bytes.get(len..).unwrap_or_default(), &mut padded);
        let mut ends = [0; STEP];
        for ((end, &byte), &next) in ends.iter_mut().zip(these).zip(next) {
            *end = u8::from(is_special(next)) | u8::from((byte == b' ') & (next == b' '));
        }
        if let Some(last) = first_set(&ends) {
            // A blank before the end is none between two other bytes.
            let is_blank = these.get(last) == Some(&b' ');
            return len + last + usize::from(!is_blank);
        }
        len += STEP;
    }
}

/// Where the first byte is that is not 0.
#[inline]
fn first_set(ends: &[u8; STEP]) -> Option<usize> {
    let mut start = 0;
    for half in ends.as_chunks().0 {
        let half = u128::from_le_bytes(*half);
        if half != 0 {
            return Some(start + (half.trailing_zeros() / 8) as usize);
        }
        start += 16;
    }
    None
}

/// The bytes of a step, and those one further, with NUL behind the end.
#[inline]
fn halves<'b>(rest: &'b [u8], padded: &'b mut [u8; STEP + 1]) -> (&'b [u8; STEP], &'b [u8; STEP]) {
    let window = rest.first_chunk().unwrap_or_else(|| {
        if let Some(front) = padded.get_mut(..rest.len()) {
            front.copy_from_slice(rest);
        }
        padded
    });
    let [_, next @ ..] = window;
    let [these @ .., _] = window;
    (these, next)
}

const STEP: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn is_special(byte: u8) -> bool {
        !matches!(byte, b' '..=b';' | b'='..=b'~' | 0xc3)
    }

    fn is_plain(byte: u8) -> bool {
        byte != b' ' && !is_special(byte)
    }

    /// The twin: one byte after the other.
    fn plain(bytes: &[u8]) -> usize {
        let ends = |at: &usize| match bytes[*at] {
            b' ' => *at == 0 || bytes.get(at + 1).is_none_or(|&next| !is_plain(next)),
            byte => is_special(byte),
        };
        (0..bytes.len()).find(ends).unwrap_or(bytes.len())
    }

    #[test]
    fn steps_and_single_bytes_agree() {
        for len in 1..120 {
            for at in 0..len {
                for special in [&b" "[..], b"  ", b"<", b" <", b"\n", b"&", b"\xe2", b"\xc3", b" a "] {
                    let mut bytes: Vec<u8> = b"ab cd e ".iter().copied().cycle().take(len).collect();
                    let end = (at + special.len()).min(len);
                    bytes[at..end].copy_from_slice(&special[..end - at]);
                    assert_eq!(run_len(&bytes, is_special), plain(&bytes), "{}", bytes.escape_ascii());
                }
            }
        }
    }
}
