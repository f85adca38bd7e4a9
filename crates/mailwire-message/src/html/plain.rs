//! Which bytes are text and nothing else, and how many of them stand together.

/// What begins with a byte, outside of tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A character that is written as it stands, or a further byte of one.
    Plain,
    /// ASCII white space.
    Blank,
    Less,
    Ampersand,
    /// A control, or a character that may be one of those that `Layout::character` knows.
    Odd,
}

impl Kind {
    #[inline]
    pub(super) fn of(byte: u8) -> Self {
        #[expect(clippy::indexing_slicing, reason = "a u8 is always below 256")]
        KINDS[byte as usize]
    }
}

/// The length of the text at the front that is written as it stands: plain characters, and single blanks between them.
/// The first byte is plain.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "a short circuit would be a branch for each byte")]
pub(super) fn run_len(bytes: &[u8]) -> usize {
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
            [byte, tail @ ..] if Kind::of(*byte) == Kind::Plain => rest = tail,
            [b' ', next, tail @ ..] if Kind::of(*next) == Kind::Plain => rest = tail,
            _ => return bytes.len() - rest.len(),
        }
    }
}

/// The bytes of a step, and those one further.
#[inline]
fn step(bytes: &[u8], at: usize) -> Option<(&[u8; STEP], &[u8; STEP])> {
    Some((bytes.get(at..)?.first_chunk()?, bytes.get(at + 1..)?.first_chunk()?))
}

/// The length of the white space at the front.
#[inline]
pub(super) fn blanks_len(bytes: &[u8]) -> usize {
    bytes.iter().position(|&byte| Kind::of(byte) != Kind::Blank).unwrap_or(bytes.len())
}

/// Whether a byte is neither plain nor a blank of ASCII. The first bytes of the characters that `Layout::character` knows
/// are C2, CD, E2 and EF.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "a short circuit would be a branch for each byte")]
const fn is_special(byte: u8) -> bool {
    (byte < b' ')
        | (byte == b'&')
        | (byte == b'<')
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte == 0xcd)
        | (byte == 0xe2)
        | (byte == 0xef)
}

static KINDS: [Kind; 256] = kinds();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, over 0..256")]
const fn kinds() -> [Kind; 256] {
    let mut kinds = [Kind::Plain; 256];
    let mut byte = 0_u8;
    loop {
        kinds[byte as usize] = match byte {
            b'\t'..=b'\r' | b' ' => Kind::Blank,
            b'<' => Kind::Less,
            b'&' => Kind::Ampersand,
            _ if is_special(byte) => Kind::Odd,
            _ => Kind::Plain,
        };
        if byte == u8::MAX {
            return kinds;
        }
        byte += 1;
    }
}

const STEP: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// The twin: one byte after the other.
    fn plain(bytes: &[u8]) -> usize {
        let ends = |at: &usize| match bytes[*at] {
            b' ' => bytes.get(at + 1).is_none_or(|&next| Kind::of(next) != Kind::Plain),
            byte => Kind::of(byte) != Kind::Plain,
        };
        (0..bytes.len()).find(ends).unwrap_or(bytes.len())
    }

    #[test]
    fn steps_and_single_bytes_agree() {
        for len in 1..120 {
            for at in 1..len {
                for special in [&b" "[..], b"  ", b"<", b" <", b"\n", b"&", b"\xe2", b"\xc3", b" a "] {
                    let mut bytes: Vec<u8> = b"ab cd e ".iter().copied().cycle().take(len).collect();
                    let end = (at + special.len()).min(len);
                    bytes[at..end].copy_from_slice(&special[..end - at]);
                    assert_eq!(run_len(&bytes), plain(&bytes), "{}", bytes.escape_ascii());
                }
            }
        }
    }
}
