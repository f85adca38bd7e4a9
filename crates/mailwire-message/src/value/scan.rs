//! What all structured values are made of: blanks, comments, quoted strings.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;
use mailwire_core::Class;
use memchr::{memchr_iter, memchr2, memchr3};

/// White space and line ends: a fold is no more than that inside a value.
pub(super) const BLANK: Class = Class::WSP.or(Class::CRLF);

/// The length of the quoted string at the front of `bytes`, which begins with a quote; `None` when it is not closed.
pub(super) fn quoted_len(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        let rest = bytes.get(at..)?;
        let next = memchr2(b'"', b'\\', rest)?;
        if rest.get(next) == Some(&b'"') {
            return Some(at + next + 1);
        }
        at += next + 2;
    }
}

/// The length of the comment at the front of `bytes`, which begins with a parenthesis, those inside it counted;
/// `None` when it is not closed.
pub(super) fn comment_len(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    let mut depth = 1_usize;
    loop {
        let rest = bytes.get(at..)?;
        let next = memchr3(b'(', b')', b'\\', rest)?;
        match rest.get(next)? {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => at += 1,
        }
        at += next + 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// What stands behind the blanks and comments at the front of `bytes`. A comment that is not closed goes to the end.
///
/// `CFWS` of RFC 5322 §3.2.2, or nothing.
#[inline]
pub(super) fn skip_cfws(bytes: &[u8]) -> &[u8] {
    match bytes {
        [byte, ..] if *byte == b'(' || BLANK.contains(*byte) => skip_cfws_slow(bytes),
        _ => bytes,
    }
}

fn skip_cfws_slow(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    loop {
        rest = mailwire_core::class::trim_start(rest);
        if rest.first() != Some(&b'(') {
            return rest;
        }
        rest = comment_len(rest).and_then(|len| rest.get(len..)).unwrap_or_default();
    }
}

/// Knows whether the rest of a value has an open quote or comment: what was looked for in vain up to the end is not
/// looked for again, so that a value full of openings is still read in linear time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nesting {
    open_quote: bool,
    open_comment: bool,
}

impl Nesting {
    /// [`quoted_len`], for bytes that go to the end of the value.
    pub(super) fn quoted_len(&mut self, rest: &[u8]) -> Option<usize> {
        look(&mut self.open_quote, || quoted_len(rest))
    }

    /// [`comment_len`], for bytes that go to the end of the value.
    pub(super) fn comment_len(&mut self, rest: &[u8]) -> Option<usize> {
        look(&mut self.open_comment, || comment_len(rest))
    }
}

fn look(open: &mut bool, len: impl FnOnce() -> Option<usize>) -> Option<usize> {
    if *open {
        return None;
    }
    let len = len();
    *open = len.is_none();
    len
}

/// What stands between the quotes of a quoted string, without its backslashes and without the line ends of its folds.
pub(super) fn unescaped(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr3(b'\\', b'\r', b'\n', raw) else { return Cow::Borrowed(raw) };
    let (plain, mut rest) = raw.split_at_checked(first).unwrap_or_default();
    let mut bytes = Vec::with_capacity(raw.len());
    bytes.extend_from_slice(plain);
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match (byte, tail) {
            // Unfolding comes first: the backslash stands before the white space of the fold.
            (b'\r' | b'\n', _) | (b'\\', [b'\r' | b'\n', ..]) => {}
            (b'\\', [escaped, tail @ ..]) => {
                bytes.push(*escaped);
                rest = tail;
            }
            _ => bytes.push(*byte),
        }
    }
    Cow::Owned(bytes)
}

/// `bytes` unfolded: line ends go, blanks stay (RFC 5322 §2.2.3).
pub(super) fn without_line_ends(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr2(b'\r', b'\n', bytes).is_some() {
        Cow::Owned(bytes.iter().copied().filter(|&byte| !Class::CRLF.contains(byte)).collect())
    } else {
        Cow::Borrowed(bytes)
    }
}

/// `bytes` without the blanks in it, for what may be folded anywhere.
pub(super) fn without_blanks(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.iter().any(|&byte| BLANK.contains(byte)) {
        Cow::Owned(bytes.iter().copied().filter(|&byte| !BLANK.contains(byte)).collect())
    } else {
        Cow::Borrowed(bytes)
    }
}

/// Whether an encoded-word may begin somewhere in `bytes`.
pub(super) fn may_hold_words(bytes: &[u8]) -> bool {
    memchr_iter(b'=', bytes).any(|at| bytes.get(at + 1) == Some(&b'?'))
}

/// Where `part`, cut from `whole`, stands in it.
///
/// Readers pass slices around; only a defect needs a position, and defects are rare.
pub(crate) fn range_in(whole: &[u8], part: &[u8]) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(whole.as_ptr().addr()).min(whole.len());
    start..start.saturating_add(part.len()).min(whole.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_strings_end_at_their_quote() {
        assert_eq!(quoted_len(br#""a\"b" c"#), Some(6));
        assert_eq!(quoted_len(br#""""#), Some(2));
        assert_eq!(quoted_len(br#"""#), None);
        assert_eq!(quoted_len(br#""a\"#), None);
        assert_eq!(quoted_len(br#""a\""#), None);
    }

    #[test]
    fn comments_nest() {
        assert_eq!(comment_len(b"(a(b)c)d"), Some(7));
        assert_eq!(comment_len(br"(\))x"), Some(4));
        assert_eq!(comment_len(b"((a)"), None);
        assert_eq!(comment_len(br"(a\"), None);
        assert_eq!(skip_cfws(b" (a)\r\n (b(c)) d"), b"d");
        assert_eq!(skip_cfws(b"(a"), b"");
    }

    #[test]
    fn a_part_is_found_in_its_whole() {
        let whole = b"abcdef";
        assert_eq!(range_in(whole, &whole[2..4]), 2..4);
        assert_eq!(range_in(whole, &whole[6..]), 6..6);
    }
}
