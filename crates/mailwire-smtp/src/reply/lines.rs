//! The lines of a reply, and its text.

use super::{Code, EnhancedCode, Reply};
use crate::scan::{find_byte, word};
use core::fmt;
use mailwire_core::Escaped;

/// The text of each line, without code and enhanced code: see [`Reply::lines`].
#[derive(Clone)]
pub struct Lines<'a>(Whole<'a>);

impl<'a> Lines<'a> {
    #[inline]
    pub(super) fn new(raw: &'a [u8]) -> Self {
        Self(whole(raw))
    }

    /// The next line, if `read` knows it from its front on; it gets all that is behind the code, and says where the line behind it
    /// begins.
    #[inline]
    pub(crate) fn next_plain<T>(
        &mut self,
        read: impl FnOnce(&'a [u8]) -> Option<(T, Option<&'a [u8]>)>,
    ) -> Option<T> {
        let (plain, next) = read(self.0.0?.get(4..)?)?;
        self.0.0 = next;
        Some(plain)
    }

    /// The next line, with the length and the key of its first word: the end of most lines is found with the word's.
    #[inline]
    pub(crate) fn next_word(&mut self) -> Option<(&'a [u8], usize, u64)> {
        let rest = self.0.0?;
        let text = rest.get(4..).unwrap_or_default();
        let (len, key) = word(text);
        // It may be an enhanced code, which has a dot there.
        if key >> 8 & 0xff == u64::from(b'.') {
            return self.next_odd_word();
        }
        let (first, behind) = (text.get(..len)?, text.get(len..)?);
        if let [b'\r', b'\n', next @ ..] = behind {
            self.0.0 = Some(next);
            return Some((first, len, key));
        }
        let end = len + find_byte(b'\n', behind);
        let (line, next) = cut(text, end);
        self.0.0 = next;
        Some((line, len, key))
    }
}

impl<'a> Lines<'a> {
    /// The same where an enhanced code may stand before the word.
    #[cold]
    fn next_odd_word(&mut self) -> Option<(&'a [u8], usize, u64)> {
        let line = self.next()?;
        let (len, key) = word(line);
        Some((line, len, key))
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let line = self.0.next()?;
        let Some(([a, b, c], rest)) = line.split_first_chunk::<3>() else { return Some(b"") };
        let text = rest.get(1..).unwrap_or_default();
        let [b'2' | b'4' | b'5', b'.', ..] = text else { return Some(text) };
        let Some((enhanced, len)) = EnhancedCode::parse_prefix(text) else { return Some(text) };
        if !Code::of_digits([*a, *b, *c]).is_some_and(|code| enhanced.suits(code)) {
            return Some(text);
        }
        Some(text.get(len + 1..).unwrap_or_default())
    }
}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lines").field(&self.clone().count()).finish()
    }
}

/// The text of all lines: see [`Reply::text`].
///
/// `Display` escapes controls and what is no UTF-8, and shows no challenge.
#[derive(Clone, Copy)]
pub struct Text<'a>(Reply<'a>);

impl<'a> Text<'a> {
    pub(super) fn new(reply: Reply<'a>) -> Self {
        Self(reply)
    }

    /// Whether no line says anything.
    pub fn is_empty(&self) -> bool {
        self.0.lines().all(<[u8]>::is_empty)
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = "";
        for (line, text) in whole(self.0.raw).zip(self.0.lines()).filter(|(_, text)| !text.is_empty()) {
            if self.0.code() == Code::CHALLENGE || line.starts_with(b"334") {
                write!(f, "{before}<{} octets>", text.len())?;
            } else {
                write!(f, "{before}{}", Escaped(text))?;
            }
            before = " ";
        }
        Ok(())
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Text").field(&format_args!("{self}")).finish()
    }
}

/// The lines as they came, without their ends. Of nothing there is one, empty.
#[inline]
pub(super) fn whole(raw: &[u8]) -> Whole<'_> {
    Whole(Some(raw))
}

#[derive(Clone)]
pub(super) struct Whole<'a>(Option<&'a [u8]>);

impl<'a> Iterator for Whole<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let (line, next) = cut_line(self.0?);
        self.0 = next;
        Some(line)
    }
}

/// The first line without its end, and what is behind that.
#[inline]
pub(crate) fn cut_line(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    cut(text, find_byte(b'\n', text))
}

/// The same where the line feed is known.
#[inline]
fn cut(text: &[u8], line_feed: usize) -> (&[u8], Option<&[u8]>) {
    let (line, next) = text.split_at_checked(line_feed).unwrap_or((text, b""));
    match next {
        [_, next @ ..] => (line.strip_suffix(b"\r").unwrap_or(line), Some(next)),
        [] => (line, None),
    }
}
