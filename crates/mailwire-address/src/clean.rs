//! The mailboxes that most mail holds, read without a look at anything else.
//!
//! Whatever is not plain, however valid, is left to [`list`](crate::list), which reads plain mailboxes the same way.

use crate::AddrSpec;
use crate::kind::Kinds;
use crate::scan::ATOM;

/// A mailbox with nothing to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clean<'a> {
    pub(crate) name: Option<&'a [u8]>,
    pub(crate) address: AddrSpec<'a>,
    pub(crate) len: usize,
    /// What is in the name: dots outside quotes, bytes that are not ASCII.
    pub(crate) kinds: Kinds,
}

/// Reads a mailbox that begins `bytes` and ends at a comma or the end: `local@domain`, `<local@domain>`,
/// `Some Name <local@domain>` or `"Some Name" <local@domain>`, with single spaces and dots where they belong.
#[inline]
pub(crate) fn mailbox(bytes: &[u8]) -> Option<Clean<'_>> {
    let mut name_kinds = Kinds::default();
    let name = match bytes.first()? {
        b'<' => 0,
        b'"' => {
            let (len, kinds) = Kinds::quoted_text(bytes.get(1..)?);
            let odd = Kinds::AT.or(Kinds::ENCODED_WORD);
            if kinds.has(odd.or(Kinds::TAB)) || bytes.get(len + 1) != Some(&b'"') {
                return None;
            }
            name_kinds.add(if kinds.has(Kinds::HIGH) { Kinds::HIGH } else { Kinds::default() });
            len + 2
        }
        _ => {
            let (first, kinds) = match Kinds::WORD.joined(bytes) {
                Some((at, _)) if bytes.get(at) == Some(&b'@') => return alone(bytes, at),
                Some((len, false)) if bytes.get(len) == Some(&b' ') => (len, Kinds::default()),
                _ => Kinds::atom(bytes),
            };
            name_kinds = kinds;
            words(bytes, first, &mut name_kinds)?
        }
    };
    let angle = name + usize::from(name > 0 && bytes.get(name) == Some(&b' '));
    if bytes.get(angle) != Some(&b'<') {
        return None;
    }
    let inside = bytes.get(angle + 1..)?;
    let address = prefix(inside)?;
    let len = angle + address.raw().len() + 2;
    let closed = inside.get(address.raw().len()) == Some(&b'>') && is_end(bytes.get(len));
    let name = bytes.get(..name).filter(|name| !name.is_empty());
    if !closed || name_kinds.has(Kinds::HIGH) && core::str::from_utf8(name?).is_err() {
        return None;
    }
    Some(Clean { name, address, len, kinds: name_kinds })
}

fn is_end(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b','))
}

/// The length of the words with single spaces between them, of which the first is known, and their kinds; `None` if it is
/// no word.
#[inline]
fn words(bytes: &[u8], first: usize, kinds: &mut Kinds) -> Option<usize> {
    if first == 0 || bytes.first() == Some(&b'.') {
        return None;
    }
    let mut end = first;
    while bytes.get(end) == Some(&b' ') {
        let (len, more) = Kinds::atom(bytes.get(end + 1..)?);
        if len == 0 {
            break;
        }
        kinds.add(more);
        end += 1 + len;
    }
    Some(end)
}

/// The address that is all of `bytes`.
#[inline]
pub(crate) fn whole(bytes: &[u8]) -> Option<AddrSpec<'_>> {
    prefix(bytes).filter(|address| address.raw().len() == bytes.len())
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
#[inline]
fn span(bytes: &[u8]) -> (usize, usize) {
    let at = Kinds::WORD.joined(bytes).map_or(0, |(at, _)| at);
    (at, length(bytes, at))
}

/// The mailbox that is an address alone, whose local part ends at `at`.
#[inline]
fn alone(bytes: &[u8], at: usize) -> Option<Clean<'_>> {
    let len = length(bytes, at);
    if len == 0 || !is_end(bytes.get(len)) {
        return None;
    }
    let address = AddrSpec::canonical(bytes.get(..len)?, at);
    Some(Clean { name: None, address, len, kinds: Kinds::default() })
}

/// The length of the address that begins `bytes`, whose local part ends at `at`; 0 if there is none.
#[inline]
fn length(bytes: &[u8], at: usize) -> usize {
    let Some([b'@', domain @ ..]) = bytes.get(at..) else { return 0 };
    let Some((len, dotted)) = Kinds::LETTER_OR_DIGIT.joined(domain) else { return 0 };
    let goes_on = domain.get(len).is_some_and(|&byte| ATOM.contains(byte));
    let number = domain.get(len - 1).is_some_and(u8::is_ascii_digit);
    if at == 0 || !dotted || goes_on || number || at > 64 || len > 63 { 0 } else { at + 1 + len }
}
