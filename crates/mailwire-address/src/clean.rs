//! The mailboxes that most mail holds, read without a look at anything else.
//!
//! Whatever is not plain, however valid, is left to [`list`](crate::list), which reads plain mailboxes the same way.

use crate::kind::Kinds;
use crate::scan::ATOM;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
use crate::window::{self, Parts};
use crate::{AddrSpec, Phrase};
#[cfg(all(feature = "std", target_arch = "x86_64"))]
use fearless_simd::Avx2;
use mailwire_core::Class;

/// A mailbox with nothing to report, or next to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clean<'a> {
    pub(crate) name: Option<Phrase<'a>>,
    pub(crate) address: AddrSpec<'a>,
    /// Where it ends.
    pub(crate) end: usize,
    /// What is in the name: dots outside quotes, bytes that are not ASCII.
    pub(crate) kinds: Kinds,
    /// The domain has no dot.
    pub(crate) is_dotless: bool,
}

/// The length of the blanks that begin `bytes`, with no more than one fold among them.
#[inline(never)]
pub(crate) fn gap_len(bytes: &[u8]) -> usize {
    match bytes {
        [b' ', next, ..] if *next > b' ' => 1,
        [b'\r', b'\n', b' ' | b'\t', next, ..] if *next > b' ' => 3,
        [next, ..] if *next > b' ' => 0,
        _ => fold_len(bytes),
    }
}

/// The length of the comma that begins `bytes`, and of the gap behind it.
#[inline(always)]
#[expect(clippy::inline_always, reason = "two comparisons, mostly")]
pub(crate) fn separator_len(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b',', b' ', next, ..] if *next > b' ' => Some(2),
        [b',', b'\r', b'\n', b' ', next, ..] if *next > b' ' => Some(4),
        [b',', rest @ ..] => Some(1 + gap_len(rest)),
        _ => None,
    }
}

fn fold_len(bytes: &[u8]) -> usize {
    let blanks = Class::WSP.prefix_len(bytes);
    match bytes.get(blanks..) {
        Some([b'\r', b'\n', indented @ ..]) if Class::WSP.prefix_len(indented) > 0 => {
            blanks + 2 + Class::WSP.prefix_len(indented)
        }
        _ => blanks,
    }
}

/// Reads a mailbox that stands at `start` and ends at a comma or the end: `local@domain`, `<local@domain>`,
/// `Some Name <local@domain>` or `"Some Name" <local@domain>`, with single spaces and dots where they belong.
#[inline]
pub(crate) fn mailbox(text: &str, start: usize) -> Option<Clean<'_>> {
    let bytes = text.as_bytes();
    let (name, kinds) = match bytes.get(start)? {
        b'<' => (start, Kinds::default()),
        b'"' => {
            let (len, kinds) = Kinds::quoted_text(bytes.get(start + 1..)?);
            let odd = Kinds::AT.or(Kinds::ENCODED_WORD);
            let end = start + 1 + len;
            if kinds.has(odd.or(Kinds::TAB)) || bytes.get(end) != Some(&b'"') {
                return None;
            }
            (end + 1, kinds)
        }
        b'.' => return None,
        _ => {
            let first = Kinds::WORD.joined(bytes, start);
            if let Some((at, _)) = first
                && bytes.get(at) == Some(&b'@')
            {
                let (end, dotted) = domain(bytes, start, at)?;
                let address = AddrSpec::text(text.get(start..end)?, at - start);
                let kinds = Kinds::default();
                let mailbox = Clean { name: None, address, end, kinds, is_dotless: !dotted };
                return is_end(bytes.get(end)).then_some(mailbox);
            }
            words(bytes, start, first)?
        }
    };
    let open = name + usize::from(name > start && bytes.get(name) == Some(&b' '));
    if bytes.get(open) != Some(&b'<') {
        return None;
    }
    let (at, close, dotted) = address(bytes, open + 1)?;
    let end = close + 1;
    if bytes.get(close) != Some(&b'>') || !is_end(bytes.get(end)) {
        return None;
    }
    let name = if name > start { Some(Phrase::plain(text.get(start..name)?, kinds)) } else { None };
    let address = AddrSpec::text(text.get(open + 1..close)?, at - open - 1);
    Some(Clean { name, address, end, kinds, is_dotless: !dotted })
}

/// The same of the plainest, many bytes at a time.
#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
pub(crate) fn glance(avx2: Avx2, text: &str, start: usize) -> Option<Clean<'_>> {
    let text = text.get(start..)?;
    let parts = window::parts(avx2, text.as_bytes())?;
    let Parts { name, start: open, at, close, end, kinds, is_dotless } = parts;
    let name = if name > 0 { Some(Phrase::plain(text.get(..name)?, kinds)) } else { None };
    let address = AddrSpec::text(text.get(open..)?.get(..close - open)?, at - open);
    Some(Clean { name, address, end: start + end, kinds, is_dotless })
}

#[inline]
fn is_end(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b','))
}

/// The end of the words at `start` with single spaces between them, of which the first may be known, and their kinds; `None`
/// if there is none.
#[inline]
fn words(bytes: &[u8], start: usize, first: Option<(usize, bool)>) -> Option<(usize, Kinds)> {
    let (mut end, mut kinds) = match first {
        Some((end, dotted)) if bytes.get(end) == Some(&b' ') => {
            (end, if dotted { Kinds::DOT } else { Kinds::default() })
        }
        _ => Kinds::atom(bytes, start),
    };
    if end == start {
        return None;
    }
    while bytes.get(end) == Some(&b' ') {
        let (next, more) = Kinds::atom(bytes, end + 1);
        if next == end + 1 {
            break;
        }
        kinds.add(more);
        end = next;
    }
    Some((end, kinds))
}

/// The address that is all of `bytes`.
#[inline]
pub(crate) fn whole(bytes: &[u8]) -> Option<AddrSpec<'_>> {
    let (at, end, dotted) = address(bytes, 0)?;
    (dotted && end == bytes.len()).then(|| AddrSpec::canonical(bytes, at))
}

/// The address that begins `bytes`.
#[inline(always)]
#[expect(clippy::inline_always, reason = "an address is too large to go back in registers")]
pub(crate) fn prefix(bytes: &[u8]) -> Option<AddrSpec<'_>> {
    let (at, len) = span(bytes);
    if len == 0 { None } else { Some(AddrSpec::canonical(bytes.get(..len)?, at)) }
}

/// Where the `@` is in the address that begins `bytes`, and how long it is: 0 if there is none. Two numbers go back in registers,
/// an address does not.
#[inline(never)]
fn span(bytes: &[u8]) -> (usize, usize) {
    match address(bytes, 0) {
        Some((at, end, true)) => (at, end),
        _ => (0, 0),
    }
}

/// Where the `@` of the address at `start` is, where it ends, and whether its domain has a dot.
#[inline]
fn address(bytes: &[u8], start: usize) -> Option<(usize, usize, bool)> {
    let (at, _) = Kinds::WORD.joined(bytes, start)?;
    if bytes.get(at) != Some(&b'@') {
        return None;
    }
    let (end, dotted) = domain(bytes, start, at)?;
    Some((at, end, dotted))
}

/// Where the address at `start` ends, whose `@` is at `at`, and whether its domain has a dot.
#[inline]
fn domain(bytes: &[u8], start: usize, at: usize) -> Option<(usize, bool)> {
    let (end, dotted) = Kinds::LETTER_OR_DIGIT.joined(bytes, at + 1)?;
    let goes_on = bytes.get(end).is_some_and(|&byte| ATOM.contains(byte));
    let number = bytes.get(end - 1).is_some_and(u8::is_ascii_digit);
    (!goes_on && !number && at - start <= 64 && end - at <= 64).then_some((end, dotted))
}
