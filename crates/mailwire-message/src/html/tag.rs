//! Tags, comments and attributes, as the tokenizer of the HTML standard (§13.2.5) cuts them.

use super::element::Element;
use core::ops::Range;
use memchr::{memchr, memchr_iter};

/// What stands at a `<`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Markup<'h> {
    Start(Tag<'h>),
    End(Tag<'h>),
    /// A comment, a doctype, a processing instruction, a conditional of a word processor: so many bytes.
    Nothing(usize),
    /// Only a character.
    Text,
}

/// A start tag or an end tag; its attributes are still to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'h> {
    pub(super) element: Element,
    pub(super) name: &'h [u8],
}

impl<'h> Markup<'h> {
    /// Reads what begins at `bytes`, whose first one is `<`.
    #[inline]
    pub(super) fn parse(bytes: &'h [u8]) -> Self {
        match bytes {
            [_, name @ ..] if matches!(name, [b'a'..=b'z' | b'A'..=b'Z', ..]) => {
                let tag = Tag::parse(name);
                if tag.element == Element::Inline && was_no_tag(name, tag.name) {
                    return Self::Text;
                }
                Self::Start(tag)
            }
            [_, b'/', name @ ..] if matches!(name, [b'a'..=b'z' | b'A'..=b'Z', ..]) => {
                Self::End(Tag::parse(name))
            }
            [_, b'!', b'-', b'-', ..] => Self::Nothing(comment(bytes)),
            [_, b'!' | b'?', ..] | [_, b'/', _, ..] => Self::Nothing(bogus(bytes)),
            _ => Self::Text,
        }
    }
}

impl<'h> Tag<'h> {
    #[inline]
    fn parse(bytes: &'h [u8]) -> Self {
        let (mut len, mut packed) = (0, 0);
        for &byte in bytes {
            if ends_name(byte) {
                break;
            }
            packed = packed << 8 | u64::from(byte);
            len += 1;
        }
        let name = bytes.get(..len).unwrap_or_default();
        Self { element: Element::of(name, packed), name }
    }
}

/// Whether something stands in brackets that was never meant as a tag: `<john@example.org>`, `<https://example.org/>`,
/// as many programs write it that make HTML of text.
fn was_no_tag(bytes: &[u8], name: &[u8]) -> bool {
    // What is text is read again, so it must be short, or many of these would take time without end.
    if name.len() > LONGEST_ADDRESS || memchr(b'<', name).is_some() {
        return false;
    }
    match name {
        [.., b':'] => bytes.get(name.len()..).is_some_and(|behind| behind.starts_with(b"//")),
        _ => memchr(b'@', name).is_some(),
    }
}

fn ends_name(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' | b'/' | b'>')
}

/// The length of a comment, which may be all of the rest.
fn comment(bytes: &[u8]) -> usize {
    let dashes = bytes.get(2..).unwrap_or_default();
    for at in memchr_iter(b'>', dashes) {
        match dashes.get(..at).unwrap_or_default() {
            [.., b'-', b'-'] | [b'-', b'-', .., b'-', b'-', b'!'] => return at + 3,
            _ => {}
        }
    }
    bytes.len()
}

fn bogus(bytes: &[u8]) -> usize {
    memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1)
}

/// The attributes of a tag, one after the other, and where it ends.
#[derive(Clone, Debug)]
pub(super) struct Attributes<'h> {
    html: &'h [u8],
    at: usize,
}

impl<'h> Attributes<'h> {
    /// `at` is behind the tag's name.
    pub(super) fn new(html: &'h [u8], at: usize) -> Self {
        Self { html, at }
    }

    /// A name as it is written, and where its value stands, without its quotes.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(&'h [u8], Range<usize>)> {
        let bytes = self.html;
        let rest = bytes.get(self.at..)?;
        self.at += rest.iter().position(|&byte| byte == b'>' || !ends_name(byte)).unwrap_or(rest.len());
        let start = self.at;
        if matches!(bytes.get(start), Some(b'>') | None) {
            return None;
        }
        // A name may begin with the sign that ends it.
        let rest = bytes.get(start + 1..)?;
        let end =
            start + 1 + rest.iter().position(|&byte| byte == b'=' || ends_name(byte)).unwrap_or(rest.len());
        let name = bytes.get(start..end)?;
        self.at = skip_blanks(bytes, end);
        if bytes.get(self.at) != Some(&b'=') {
            return Some((name, end..end));
        }
        let start = skip_blanks(bytes, self.at + 1);
        let (start, end, behind) = if let Some(&quote @ (b'"' | b'\'')) = bytes.get(start) {
            let inner = bytes.get(start + 1..)?;
            let len = memchr(quote, inner).unwrap_or(inner.len());
            (start + 1, start + 1 + len, start + len + 2)
        } else {
            let rest = bytes.get(start..)?;
            let ends = |&byte: &u8| byte != b'/' && ends_name(byte);
            let len = rest.iter().position(ends).unwrap_or(rest.len());
            (start, start + len, start + len)
        };
        self.at = behind;
        Some((name, start..end))
    }

    /// Where the `>` stands, once there is no further attribute. `None` where the document is over before the tag is: then
    /// it is none.
    pub(super) fn end(&self) -> Option<usize> {
        (self.at < self.html.len()).then_some(self.at)
    }
}

#[inline]
fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')).count()
}

/// RFC 5321 §4.5.3.1 has 64 octets for a local part, and 255 for a domain.
const LONGEST_ADDRESS: usize = 320;
