//! How names and addresses stand in a header.

use crate::scan::ATOM;
use crate::{Address, Domain, addr_spec, text};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;

/// What a header may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a header is one or the other")]
pub enum Form {
    /// ASCII: names that are not become encoded-words (RFC 2047). An address that is not stays as it is; whether there is
    /// one is told by [`Address::needs_smtputf8`].
    Ascii,
    /// UTF-8 (RFC 6532).
    Utf8,
}

/// The longest encoded-word (RFC 2047 §2).
const WORD: usize = 75;
/// The longest word without blanks that is written as it is: a line holds 998 octets (RFC 5322 §2.1.1).
const LINE: usize = 900;

/// A display name: as atoms if it can be, else as a quoted string; as encoded-words if it is not for the form, or looks like
/// one, which some readers decode in quotes too.
pub(crate) fn name(text: &str, form: Form) -> String {
    let too_long = text.split(' ').any(|word| word.len() > LINE);
    // Without the feature nothing was decoded: what looks like an encoded-word may be one.
    let ambiguous = cfg!(feature = "encoded-word") && text.contains("=?");
    if form == Form::Ascii && !text.is_ascii() || ambiguous || too_long {
        return encoded_words(text);
    }
    let mut out = String::with_capacity(text.len() + 2);
    // Writing to a string can't fail.
    let _ = text::write_name(text, &mut out);
    out
}

/// The pieces of a mailbox.
pub(crate) fn mailbox(text: Option<&str>, address: &Address, form: Form) -> Vec<String> {
    let verbatim = address.as_spec().form() == addr_spec::Form::Verbatim;
    let mut pieces = text.map_or_else(Vec::new, |text| fold(&name(text, form)));
    pieces.push(match (text, verbatim) {
        (None, false) => address.to_string(),
        (Some(_), false) => alloc::format!("<{address}>"),
        (_, true) => alloc::format!("<{}>", quoted(address)),
    });
    pieces
}

/// A verbatim address as it can stand beside others: its local part in quotes unless it is made of atoms and dots, and all
/// of it if no host can have its domain.
fn quoted(address: &Address) -> String {
    let (local, domain) = match address.domain() {
        Some(Domain::Name(name)) if !ATOM.contains_all(name.raw()) => (address.as_str().into(), None),
        domain => (address.local_part().unquoted(), domain),
    };
    let mut out = String::with_capacity(address.as_str().len() + 2);
    // Writing to a string can't fail.
    let _ = if ATOM.contains_all(local.as_bytes()) {
        out.write_str(&local)
    } else {
        text::write_quoted(&local, &mut out)
    };
    if let Some(domain) = domain {
        let _ = write!(out, "@{domain}");
    }
    out
}

/// A name cut at its spaces; not at those beside other spaces or at the ends of a quoted string, where a line of blanks
/// could come out.
pub(crate) fn fold(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        let inside = |c: char| !matches!(c, ' ' | '"' | '\\');
        if c == ' ' && inside(before) && inside(after) {
            pieces.push(core::mem::take(&mut piece));
        } else {
            piece.push(c);
        }
        before = c;
    }
    pieces.push(piece);
    pieces
}

/// `text` as encoded-words with spaces between them.
fn encoded_words(text: &str) -> String {
    let quoted: usize = text.bytes().map(|byte| if is_plain(byte) || byte == b' ' { 1 } else { 3 }).sum();
    // A name that is mostly ASCII stays readable where nobody decodes it.
    let base64 = quoted > 2 * text.len();
    let room = WORD - "=?utf-8?Q??=".len();
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut used = 0;
        let mut len = 0;
        for c in rest.chars() {
            let mut bytes = [0; 4];
            let size = match c {
                _ if base64 => (len + c.len_utf8()).div_ceil(3) * 4 - used,
                ' ' => 1,
                c => c.encode_utf8(&mut bytes).bytes().map(|byte| if is_plain(byte) { 1 } else { 3 }).sum(),
            };
            if used + size > room {
                break;
            }
            used += size;
            len += c.len_utf8();
        }
        let Some((word, tail)) = rest.split_at_checked(len) else { break };
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(if base64 { "=?utf-8?B?" } else { "=?utf-8?Q?" });
        if base64 {
            push_base64(word.as_bytes(), &mut out);
        } else {
            push_quoted(word, &mut out);
        }
        out.push_str("?=");
        rest = tail;
    }
    out
}

/// What stands for itself in an encoded-word in a phrase (RFC 2047 §5 (3)).
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'!' | b'*' | b'+' | b'-' | b'/')
}

fn push_quoted(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('_'),
            byte if is_plain(byte) => out.push(char::from(byte)),
            byte => _ = write!(out, "={byte:02X}"),
        }
    }
}

fn push_base64(bytes: &[u8], out: &mut String) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for (index, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = DIGITS.get((group >> shift & 63) as usize).copied().filter(|_| index <= chunk.len());
            out.push(char::from(digit.unwrap_or(b'=')));
        }
    }
}
