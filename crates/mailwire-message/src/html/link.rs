//! Links: which addresses are worth being read, and how they are written.

use super::reference::{self, Meaning, Place};
use alloc::string::String;
use core::fmt::Write as _;
use memchr::memchr_iter;

/// A link that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link<'h> {
    pub(super) href: &'h str,
    /// Where its text begins in what is written.
    pub(super) start: usize,
    /// There is a picture in it without a text of its own.
    pub(super) has_image: bool,
}

/// The address in a `href`, whose references are read, if it says something to somebody who reads it behind `text`.
pub(super) fn worth_reading<'u>(href: &'u str, text: &str) -> Option<&'u str> {
    let url = mail_address(href.trim_ascii());
    let (scheme, rest) = split_scheme(url)?;
    let rest = rest.trim_start_matches('/');
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    if rest.is_empty()
        || ["javascript", "vbscript", "data", "cid", "about"]
            .iter()
            .any(|none| scheme.eq_ignore_ascii_case(none))
    {
        return None;
    }
    let known = ends_with(text, rest)
        || rest.strip_suffix('/').is_some_and(|rest| ends_with(text, rest))
        || text.strip_suffix('/').is_some_and(|text| ends_with(text, rest))
        || (scheme.eq_ignore_ascii_case("tel") && same_digits(text, rest));
    (!known).then_some(url)
}

/// The address of a mailbox as people write it, without `mailto:` and without a subject for the mail.
fn mail_address(url: &str) -> &str {
    match url.split_at_checked(MAILTO.len()) {
        Some((scheme, address)) if scheme.eq_ignore_ascii_case(MAILTO) => {
            let end = address.bytes().position(|byte| byte == b'?');
            end.and_then(|end| address.get(..end)).unwrap_or(address)
        }
        _ => url,
    }
}

/// Writes an address in brackets, which neither a blank nor a bracket in it can end.
#[expect(clippy::needless_bitwise_bool, reason = "a short circuit would be a branch for each byte")]
pub(super) fn write(url: &str, out: &mut String) {
    out.push('<');
    if url.bytes().fold(true, |plain, byte| plain & byte.is_ascii_graphic() & (byte != b'<') & (byte != b'>'))
    {
        out.push_str(url);
        out.push('>');
        return;
    }
    for c in url.chars() {
        match c {
            // "Remove all ASCII tab or newline from input."
            '\0'..=' ' if c != ' ' => {}
            ' ' => out.push_str("%20"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\x7f'..='\u{a0}' => {}
            _ if mailwire_core::escape::is_deceptive(c) => {}
            // Wide blanks: in the text they would be blanks.
            _ if c.is_whitespace() => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    _ = write!(out, "%{byte:02X}");
                }
            }
            _ => out.push(c),
        }
    }
    out.push('>');
}

/// The value of an attribute with its references read, in memory that is lent if there are any.
pub(super) fn attribute<'v>(value: &'v str, scratch: &'v mut String) -> &'v str {
    scratch.clear();
    let mut copied = 0;
    for at in memchr_iter(b'&', value.as_bytes()) {
        let behind = value.as_bytes().get(at + 1..).unwrap_or_default();
        let Some((meaning, len)) = reference::parse(behind, Place::Attribute) else { continue };
        scratch.push_str(value.get(copied..at).unwrap_or_default());
        match meaning {
            Meaning::Character(c) => scratch.push(c),
            Meaning::Name(text) => scratch.push_str(text),
        }
        copied = at + 1 + len;
    }
    if copied == 0 {
        return value;
    }
    scratch.push_str(value.get(copied..).unwrap_or_default());
    scratch
}

/// The scheme and what is behind its colon. `None` for what is no whole address: `#top`, `page.html`, `%%link%%`.
fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let may_have = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let len = url.bytes().position(|byte| !may_have(byte)).unwrap_or(url.len());
    let (scheme, rest) = url.split_at_checked(len)?;
    if let Some(rest) = rest.strip_prefix(':') {
        return scheme.starts_with(|c: char| c.is_ascii_alphabetic()).then_some((scheme, rest));
    }
    let is_host =
        url.starts_with("//") || url.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let is_mailbox = url.contains('@') && !url.contains([':', '/']);
    (is_host || is_mailbox).then_some(("", url))
}

fn ends_with(text: &str, end: &str) -> bool {
    let at = text.len().checked_sub(end.len());
    at.and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

fn same_digits(text: &str, number: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<alloc::vec::Vec<_>>();
    digits(text) == digits(number)
}

const MAILTO: &str = "mailto:";
