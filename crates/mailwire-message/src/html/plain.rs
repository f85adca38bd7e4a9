//! Which bytes are text and nothing else, and how many of them stand together.

use crate::run;

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
pub(super) fn run_len(bytes: &[u8]) -> usize {
    run::run_len(bytes, is_special)
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
