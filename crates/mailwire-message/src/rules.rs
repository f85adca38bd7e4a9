//! Where a line, a field name and a header block end: the rules, apart from the loop that walks a slice with them.

use mailwire_core::Class;
use memchr::memchr;

/// The byte that ends lines: LF, with or without a CR before it; CR only in a mail without any LF.
pub(crate) fn newline(raw: &[u8]) -> u8 {
    if memchr(b'\n', raw).is_none() && memchr(b'\r', raw).is_some() { b'\r' } else { b'\n' }
}

/// Where the line that holds `at` ends, its line end included.
#[inline]
pub(crate) fn line_end(raw: &[u8], at: usize, newline: u8) -> usize {
    let rest = raw.get(at..).unwrap_or_default();
    memchr(newline, rest).map_or(raw.len(), |n| at + n + 1)
}

/// Where the next line begins, if an empty line (with nothing in it, not even blanks) stands at `at`.
#[inline]
pub(crate) fn behind_empty_line(raw: &[u8], at: usize, newline: u8) -> Option<usize> {
    let rest = raw.get(at..)?;
    match rest {
        [first, ..] if *first == newline => Some(at + 1),
        [b'\r', second, ..] if *second == newline => Some(at + 2),
        // The mail ends inside the CRLF.
        [b'\r'] => Some(at + 1),
        _ => None,
    }
}

/// Where `at`, the start of a line, ends what stands before it: the line break before a delimiter belongs to the
/// delimiter (RFC 2046 §5.1.1).
#[inline]
pub(crate) fn before_line_break(raw: &[u8], at: usize, newline: u8) -> usize {
    match raw.get(..at) {
        Some([.., b'\r', b'\n']) if newline == b'\n' => at - 2,
        Some([.., last]) if *last == newline => at - 1,
        _ => at,
    }
}

/// The length of the mbox separator at the start of `raw`, without its line end; 0 if there is none.
pub(crate) fn from_line(raw: &[u8], newline: u8) -> usize {
    let quoted = raw.strip_prefix(b">").unwrap_or(raw);
    if quoted.starts_with(b"From ") { line_end(raw, 0, newline) } else { 0 }
}

/// The length of the field name at the start of `bytes`: printable ASCII without the colon (RFC 5322 §3.6.8).
///
/// Eight bytes at a time: names are short, and a loop over bytes costs as much as the rest of the header together.
#[inline]
pub(crate) fn name_len(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let (words, _) = bytes.as_chunks::<8>();
    let mut len = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // The lowest marked byte is right; a borrow or a carry may only mark one above it.
        let colon = word ^ (ONES * 0x3a);
        let colon = colon.wrapping_sub(ONES) & !colon;
        let low = word.wrapping_sub(ONES * 0x21) & !word;
        let high = word | word.wrapping_add(ONES);
        let stop = (colon | low | high) & HIGH;
        if stop != 0 {
            return len + stop.trailing_zeros() as usize / 8;
        }
        len += 8;
    }
    len + Class::FTEXT.prefix_len(bytes.get(len..).unwrap_or_default())
}

/// Whether `name`, made of field name characters, is `lower` in any case. `lower` has no upper-case letters and
/// at least eight characters.
#[inline]
pub(crate) fn is_name(name: &[u8], lower: &[u8]) -> bool {
    // With bit 5 set only a letter's other case, or a control that no name has, looks the same.
    const CASE: u64 = u64::MAX / 255 * 0x20;
    let same = |a: &[u8; 8], b: &[u8; 8]| u64::from_le_bytes(*a) | CASE == u64::from_le_bytes(*b);
    name.len() == lower.len()
        && name.as_chunks().0.iter().zip(lower.as_chunks().0).all(|(a, b)| same(a, b))
        && name.last_chunk().zip(lower.last_chunk()).is_some_and(|(a, b)| same(a, b))
}

/// What a header line is that does not begin with a good name and a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OddName {
    /// `Name :`: the name's length and the colon's offset.
    Spaced(usize, usize),
    /// A name with bytes that no name may have; its length and the colon's offset.
    Bad(usize, usize),
    /// No colon at all.
    None,
}

/// Splits the name off a header line that has no good one.
#[cold]
pub(crate) fn odd_name(line: &[u8]) -> OddName {
    let Some(colon) = memchr(b':', line) else { return OddName::None };
    let name = line.get(..colon).unwrap_or_default();
    let name = mailwire_core::class::trim_end(name);
    if !name.is_empty() && Class::FTEXT.contains_all(name) {
        return OddName::Spaced(name.len(), colon);
    }
    OddName::Bad(name.len(), colon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends() {
        assert_eq!(newline(b"a\r\nb"), b'\n');
        assert_eq!(newline(b"a\rb"), b'\r');
        assert_eq!(newline(b""), b'\n');
        assert_eq!(line_end(b"ab\ncd", 0, b'\n'), 3);
        assert_eq!(line_end(b"ab\ncd", 3, b'\n'), 5);
        assert_eq!(behind_empty_line(b"\r\na", 0, b'\n'), Some(2));
        assert_eq!(behind_empty_line(b"\ra", 0, b'\n'), None);
        assert_eq!(behind_empty_line(b" \n", 0, b'\n'), None);
        assert_eq!(behind_empty_line(b"", 0, b'\n'), None);
        assert_eq!(before_line_break(b"a\r\n--b", 3, b'\n'), 1);
        assert_eq!(before_line_break(b"a\n--b", 2, b'\n'), 1);
        assert_eq!(before_line_break(b"--b", 0, b'\n'), 0);
        assert_eq!(before_line_break(b"a\r--b", 2, b'\r'), 1);
        assert_eq!(before_line_break(b"a\r\r--b", 3, b'\r'), 2);
    }

    #[test]
    fn names() {
        assert_eq!(name_len(b"To: x"), 2);
        assert_eq!(name_len(b"Content-Transfer-Encoding: x"), 25);
        assert_eq!(odd_name(b"To \t: x"), OddName::Spaced(2, 4));
        assert_eq!(odd_name(b": x"), OddName::Bad(0, 0));
        assert_eq!(odd_name(b"a b: x"), OddName::Bad(3, 3));
        assert_eq!(odd_name(b"h\xe9: x"), OddName::Bad(2, 2));
        assert_eq!(odd_name(b"To"), OddName::None);
        assert_eq!(odd_name(b""), OddName::None);
        assert_eq!(from_line(b"From a@b Sat\nTo: x", b'\n'), 13);
        assert_eq!(from_line(b">From a@b Sat\nTo: x", b'\n'), 14);
        assert_eq!(from_line(b"From: a@b", b'\n'), 0);
    }

    #[test]
    fn a_name_ends_where_its_twin_says() {
        let mut bytes = *b"abcdefghijklmnopqrst";
        for at in 0..bytes.len() {
            for byte in 0..=255 {
                let kept = core::mem::replace(&mut bytes[at], byte);
                for end in at..=bytes.len() {
                    let slice = &bytes[..end];
                    assert_eq!(name_len(slice), Class::FTEXT.prefix_len(slice), "{}", slice.escape_ascii());
                }
                bytes[at] = kept;
            }
        }
    }

    #[test]
    fn names_of_either_case() {
        assert!(is_name(b"Content-Type", b"content-type"));
        assert!(is_name(b"CONTENT-TRANSFER-ENCODING", b"content-transfer-encoding"));
        assert!(!is_name(b"Content-Typ", b"content-type"));
        assert!(!is_name(b"Content-Tyqe", b"content-type"));
        assert!(!is_name(b"Xontent-Type", b"content-type"));
    }
}
