//! What the reader has to know of a response to cut it.

use crate::fetch::Form;
use memchr::{memchr, memrchr};

/// Whether there may be literals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A status or a continuation: none.
    Free,
    /// A status with a list of charsets that is not closed yet.
    Charsets,
    Data,
    Fetch,
}

impl Kind {
    /// From the first line of a response.
    pub(crate) fn of(line: &[u8]) -> Self {
        if line.starts_with(b"+") {
            return Self::Free;
        }
        let Some(rest) = untagged(line) else {
            let behind = memchr(b' ', line).and_then(|at| line.get(at + 1..)).unwrap_or_default();
            return if status_word(behind) { Self::status(behind) } else { Self::Free };
        };
        if status_word(rest) {
            return Self::status(rest);
        }
        if Rest::of(line).is_some() { Self::Fetch } else { Self::Data }
    }

    fn status(text: &[u8]) -> Self {
        let code = memchr(b' ', text).and_then(|at| text.get(at + 1..)).unwrap_or_default();
        let list = code.get(..13).is_some_and(|word| word.eq_ignore_ascii_case(b"[BADCHARSET ("));
        if list { Self::Charsets } else { Self::Free }
    }

    /// Behind a line of it.
    pub(crate) fn behind(self, line: &[u8]) -> Self {
        if self != Self::Charsets {
            return self;
        }
        // As the parser passes over a list: a quote that is not closed on its line is none.
        let (mut rest, mut open) = (line, false);
        while let [byte, behind @ ..] = rest {
            rest = behind;
            match byte {
                b'"' if !open => match behind_quoted(behind) {
                    Some(after) => rest = after,
                    None => open = true,
                },
                b')' => return Self::Free,
                _ => {}
            }
        }
        self
    }

    pub(crate) fn is_fetch(self) -> bool {
        self == Self::Fetch
    }
}

/// What is behind the quote that closes a string.
fn behind_quoted(inside: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        match inside.get(at)? {
            b'"' => return inside.get(at + 1..),
            b'\\' => at += 2,
            b'\r' | b'\n' => return None,
            _ => at += 1,
        }
    }
}

/// What is behind the star and its blanks. One is right, and the parser forgives more: both have to see the same.
fn untagged(line: &[u8]) -> Option<&[u8]> {
    let rest = line.strip_prefix(b"*")?;
    let blanks = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(rest.len());
    rest.get(blanks..).filter(|_| blanks > 0)
}

pub(crate) fn status_word(text: &[u8]) -> bool {
    // Most of what a server says begins with another letter.
    if !matches!(text.first(), Some(b'O' | b'o' | b'N' | b'n' | b'B' | b'b' | b'P' | b'p')) {
        return false;
    }
    let end = text.iter().position(|byte| matches!(byte, b' ' | b'\r' | b'\n')).unwrap_or(text.len());
    let word = text.get(..end).unwrap_or_default();
    [&b"OK"[..], b"NO", b"BAD", b"BYE", b"PREAUTH"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// What is behind a body that has streamed belongs to this message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rest {
    pub(crate) number: u32,
    pub(crate) form: Form,
}

impl Rest {
    /// From the front of a FETCH.
    pub(crate) fn of(line: &[u8]) -> Option<Self> {
        let mut rest = untagged(line)?;
        let mut number = 0_u32;
        while let [byte @ b'0'..=b'9', behind @ ..] = rest {
            number = number.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
            rest = behind;
        }
        let rest = rest.strip_prefix(b" ")?;
        let is = |word: &[u8]| {
            rest.get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word))
                && matches!(rest.get(word.len()), Some(b' ' | b'('))
        };
        match () {
            () if is(b"FETCH") => Some(Self { number, form: Form::Sequence }),
            () if is(b"UIDFETCH") => Some(Self { number, form: Form::Uid }),
            () => None,
        }
    }
}

/// The last word in front of a literal, and whether the announcement is all there is behind it.
fn item(text: &[u8]) -> Option<&[u8]> {
    let open = memrchr(b'{', text)?;
    let before = text.get(..open)?;
    let before = before.strip_suffix(b"~").unwrap_or(before);
    before.strip_suffix(b" ")
}

/// Whether the literal at the end of a line of a FETCH is a body; `section` says that the brackets were opened on a line before.
pub(crate) fn streams(text: &[u8], section: bool) -> bool {
    let Some(item) = item(text) else { return false };
    let mut name = item;
    if let Some(inside) = item.strip_suffix(b">")
        && let Some(open) = memrchr(b'<', inside)
    {
        name = inside.get(..open).unwrap_or_default();
    }
    if let Some(inside) = name.strip_suffix(b"]") {
        return match memrchr(b'[', inside) {
            Some(open) => is_body(inside.get(..open).unwrap_or_default()),
            None => section,
        };
    }
    ends_with_item(item, b"RFC822")
        || ends_with_item(item, b"RFC822.TEXT")
        || ends_with_item(item, b"RFC822.HEADER")
}

fn is_body(before: &[u8]) -> bool {
    ends_with_item(before, b"BODY") || ends_with_item(before, b"BINARY")
}

fn ends_with_item(text: &[u8], item: &[u8]) -> bool {
    let Some(start) = text.len().checked_sub(item.len()) else { return false };
    let (before, word) = text.split_at_checked(start).unwrap_or_default();
    word.eq_ignore_ascii_case(item) && matches!(before.last(), None | Some(b' ' | b'('))
}

/// Whether the brackets are closed right in front of the literal, as they are nearly always.
fn behind_section(text: &[u8]) -> bool {
    let inner = text.strip_suffix(b"}").unwrap_or(text);
    let digits = inner.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    inner.get(..inner.len() - digits).is_some_and(|before| before.ends_with(b"] {"))
}

/// Whether the literal at the end of a line stands inside of the brackets of a body.
pub(crate) fn opens_section(text: &[u8], section: bool) -> bool {
    if behind_section(text) {
        return false;
    }
    match memrchr(b'[', text) {
        Some(open) => {
            is_body(text.get(..open).unwrap_or_default())
                && memchr(b']', text.get(open..).unwrap_or_default()).is_none()
        }
        None => section && memchr(b']', text).is_none(),
    }
}
