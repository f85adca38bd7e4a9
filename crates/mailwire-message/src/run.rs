//! How many bytes stand together that mean only themselves, with single blanks between them.

/// The length of the text at the front that has no special bytes, and no blanks but single ones between plain bytes.
///
/// Every byte is plain, special, or a blank. It is asked twice over: `is_special` is for many bytes at once, `is_plain` for
/// one.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "a short circuit would be a branch for each byte")]
pub(crate) fn run_len(bytes: &[u8], is_special: impl Fn(u8) -> bool, is_plain: impl Fn(u8) -> bool) -> usize {
    if !bytes.first().is_some_and(|&first| is_plain(first)) {
        return 0;
    }
    let mut len = 0;
    // In steps that the compiler makes a few wide instructions of. What is asked of the first byte of a step was asked
    // at the end of the one before.
    while let Some((these, next)) = step(bytes, len) {
        let mut ends = 0;
        for (&byte, &next) in these.iter().zip(next) {
            ends |= u8::from(is_special(next)) | u8::from((byte == b' ') & (next == b' '));
        }
        if ends != 0 {
            break;
        }
        len += STEP;
    }
    let mut rest = bytes.get(len..).unwrap_or_default();
    loop {
        match rest {
            [byte, tail @ ..] if is_plain(*byte) => rest = tail,
            [b' ', next, tail @ ..] if is_plain(*next) => rest = tail,
            _ => return bytes.len() - rest.len(),
        }
    }
}

/// The bytes of a step, and those one further.
#[inline]
fn step(bytes: &[u8], at: usize) -> Option<(&[u8; STEP], &[u8; STEP])> {
    Some((bytes.get(at..)?.first_chunk()?, bytes.get(at + 1..)?.first_chunk()?))
}

const STEP: usize = 16;

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
                    assert_eq!(
                        run_len(&bytes, is_special, is_plain),
                        plain(&bytes),
                        "{}",
                        bytes.escape_ascii()
                    );
                }
            }
        }
    }
}
