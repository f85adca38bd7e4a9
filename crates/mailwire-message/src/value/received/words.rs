//! The words of a comment.

use super::tokens::len_before;

/// The words of a comment: what stands between blanks and other controls, commas and parentheses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    rest: &'a [u8],
}

impl<'a> Words<'a> {
    pub(super) fn new(comment: &'a [u8]) -> Self {
        Self { rest: comment }
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<&'a [u8]> {
        let start = self.rest.iter().position(|&byte| !is_between(byte))?;
        let rest = self.rest.get(start..)?;
        let len = len_before::<0x21, 3>([b',', b'(', b')'], rest);
        let (word, behind) = rest.split_at_checked(len)?;
        self.rest = behind;
        Some(word)
    }

    /// The next word, left where it is.
    #[inline]
    pub(super) fn peek(&self) -> Option<&'a [u8]> {
        Self { ..*self }.next()
    }
}

#[inline]
fn is_between(byte: u8) -> bool {
    matches!(byte, 0..=b' ' | b',' | b'(' | b')')
}

/// What stands behind `name=`, in any case.
#[inline]
pub(super) fn value_of<'a>(word: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (start, value) = word.split_at_checked(name.len())?;
    let value = value.strip_prefix(b"=").filter(|value| !value.is_empty())?;
    start.eq_ignore_ascii_case(name).then_some(value)
}
