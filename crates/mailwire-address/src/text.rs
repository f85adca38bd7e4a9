//! What tokens say: quotes, backslashes, comments and folds taken off.

use crate::scan::{ATOM, Scan};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};
use mailwire_core::Class;

/// Atoms with single spaces between them say what they are.
const PLAIN: Class = Class::ATEXT.or(Class::DOT).or(Class::HIGH);
/// What needs no look in a quoted string; blanks are looked at apart.
const QUOTED: Class = Class::QTEXT.or(Class::WSP).or(Class::HIGH);

/// The words of a phrase, joined by single spaces.
pub(crate) fn phrase(raw: &[u8]) -> Cow<'_, [u8]> {
    if let [b'"', inner @ .., b'"'] = raw
        && QUOTED.contains_all(inner)
    {
        return Cow::Borrowed(inner);
    }
    if is_plain(raw) { Cow::Borrowed(raw) } else { Cow::Owned(words(raw)) }
}

fn is_plain(raw: &[u8]) -> bool {
    let mut after_blank = true;
    for &byte in raw {
        if byte == b' ' {
            if after_blank {
                return false;
            }
            after_blank = true;
        } else if PLAIN.contains(byte) {
            after_blank = false;
        } else {
            return false;
        }
    }
    !after_blank
}

fn words(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut scan = Scan::new(raw);
    let mut space = false;
    while let Some(byte) = scan.peek() {
        let start = scan.pos;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {
                scan.pos += 1;
                space = true;
                continue;
            }
            b'(' if scan.comment().is_ok() => {
                space = true;
                continue;
            }
            b'"' => {
                if let Ok(Some(_)) = scan.quoted() {
                    let content = scan.slice(start + 1, scan.pos - 1);
                    if !content.is_empty() {
                        pad(&mut out);
                        unescape(content, &mut out);
                    }
                    space = true;
                } else {
                    scan.pos = start + 1;
                }
                continue;
            }
            _ => {}
        }
        if space {
            pad(&mut out);
            space = false;
        }
        if byte == b'\\'
            && let Some(&next @ (b'"' | b'\\' | b'(' | b')')) = raw.get(start + 1)
        {
            scan.pos += 2;
            out.push(next);
        } else {
            scan.pos += ATOM.prefix_len(scan.rest()).max(1);
            out.extend_from_slice(scan.slice(start, scan.pos));
        }
    }
    out
}

/// A space, unless there is one or nothing before it.
fn pad(out: &mut Vec<u8>) {
    if out.last().is_some_and(|&last| last != b' ') {
        out.push(b' ');
    }
}

/// The content of a quoted string or comment: backslashes and line breaks go, what the backslashes stood before stays.
fn unescape(content: &[u8], out: &mut Vec<u8>) {
    let mut rest = content;
    loop {
        rest = match rest {
            [b'\\', b'\r', b'\n', tail @ ..] | [b'\r' | b'\n', tail @ ..] => tail,
            [b'\\', byte, tail @ ..] | [byte, tail @ ..] => {
                out.push(*byte);
                tail
            }
            [] => return,
        };
    }
}

/// The text of a comment.
pub(crate) fn comment(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.iter().any(|&byte| matches!(byte, b'\\' | b'\r' | b'\n')) {
        let mut out = Vec::with_capacity(raw.len());
        unescape(raw, &mut out);
        Cow::Owned(out)
    } else {
        Cow::Borrowed(raw)
    }
}

/// The words of a local part or a domain without anything between them, and whether one was quoted.
pub(crate) fn local(raw: &[u8]) -> (Cow<'_, str>, bool) {
    let mut out = Vec::with_capacity(raw.len());
    let mut quoted = false;
    let mut scan = Scan::new(raw);
    while let Some(byte) = scan.peek() {
        let start = scan.pos;
        match byte {
            b'(' if scan.comment().is_ok() => {}
            b'"' if matches!(scan.quoted(), Ok(Some(_))) => {
                quoted = true;
                unescape(scan.slice(start + 1, scan.pos - 1), &mut out);
            }
            _ => {
                scan.pos = start + 1;
                if ATOM.contains(byte) {
                    out.push(byte);
                }
            }
        }
    }
    let mut text = into_string(out);
    if text.bytes().any(is_foreign_control) {
        text = text.chars().map(without_control).collect();
    }
    (Cow::Owned(text), quoted)
}

/// Whether `text` is a `dot-atom`.
pub(crate) fn is_dot_atom(text: &str) -> bool {
    ATOM.contains_all(text.as_bytes()) && text.split('.').all(|atom| !atom.is_empty())
}

/// A control that no SMTP server takes. The tab is one that RFC 5322 counts as white space.
fn is_foreign_control(byte: u8) -> bool {
    byte.is_ascii_control() && byte != b'\t'
}

fn without_control(c: char) -> char {
    if c.is_ascii_control() && c != '\t' { char::REPLACEMENT_CHARACTER } else { c }
}

fn into_string(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// `raw` without the comments and blanks around it.
pub(crate) fn trim_cfws(raw: &[u8]) -> &[u8] {
    let mut scan = Scan::new(raw);
    let _ = scan.cfws();
    mailwire_core::class::trim(scan.rest())
}

#[cfg(not(feature = "encoded-word"))]
pub(crate) use clean as shown;
#[cfg(feature = "encoded-word")]
pub(crate) use decode as shown;

/// The text as UTF-8, controls replaced.
pub(crate) fn clean(text: Cow<'_, [u8]>) -> Cow<'_, str> {
    let text = match text {
        Cow::Borrowed(bytes) => {
            core::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
        }
        Cow::Owned(bytes) => Cow::Owned(into_string(bytes)),
    };
    without_controls(text)
}

/// The text decoded: encoded-words, and 8-bit text in no declared charset; controls replaced.
#[cfg(feature = "encoded-word")]
pub(crate) fn decode(text: Cow<'_, [u8]>) -> Cow<'_, str> {
    if let Some(text) = plain_word(&text) {
        return Cow::Owned(text);
    }
    // Without early exit the loop runs over many bytes at a time.
    let plain = |byte: &u8| byte.is_ascii() && *byte != b'=';
    if text.iter().fold(true, |all, byte| all & plain(byte)) {
        return clean(text);
    }
    let mut out = String::with_capacity(text.len());
    mailwire_encoding::encoded_word::decode_into(&text, &mut out, &mut ());
    without_controls(Cow::Owned(out))
}

/// What one encoded-word says that is all of `text`, in UTF-8 and `Q`, with nothing odd about it: that is how most names
/// are encoded.
#[cfg(feature = "encoded-word")]
fn plain_word(text: &[u8]) -> Option<String> {
    let (head, rest) = text.strip_prefix(b"=?")?.split_at_checked(b"utf-8?Q?".len())?;
    let rest = rest.strip_suffix(b"?=").filter(|_| head.eq_ignore_ascii_case(b"utf-8?Q?"))?;
    // Places are there for all that can come: to ask for each of them costs more.
    let mut out = alloc::vec![0; rest.len()];
    let mut places = out.iter_mut();
    let mut bytes = rest.iter();
    while let Some(&byte) = bytes.next() {
        let byte = match byte {
            b'_' => b' ',
            b'=' => {
                let [high, low] = [bytes.next()?, bytes.next()?].map(|&digit| char::from(digit).to_digit(16));
                let byte = u8::try_from(high? << 4 | low?).ok()?;
                // C2 begins the controls of Latin 1.
                if byte.is_ascii_control() || byte == 0xc2 {
                    return None;
                }
                byte
            }
            byte if byte.is_ascii_graphic() && byte != b'?' => byte,
            _ => return None,
        };
        *places.next()? = byte;
    }
    let unused = places.len();
    out.truncate(rest.len() - unused);
    let text = String::from_utf8(out).ok()?;
    // A byte order mark is none of the text.
    if text.starts_with('\u{feff}') { None } else { Some(text) }
}

/// Whether a byte may belong to a control character: those of Latin 1 are C2 80 to C2 9F in UTF-8.
fn is_suspect(byte: u8) -> bool {
    byte < b' ' || byte == 0x7f || byte == 0xc2
}

/// White space controls become spaces, other controls U+FFFD: no decoded text breaks a line or ends a string.
fn without_controls(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.bytes().fold(false, |found, byte| found | is_suspect(byte)) {
        return text;
    }
    let replace = |c| match c {
        '\t' | '\r' | '\n' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    Cow::Owned(text.chars().map(replace).collect())
}

/// `text` as a quoted string, with as few backslashes as can be. It has no line breaks and no NUL: they were replaced when
/// it was read.
pub(crate) fn write_quoted(text: &str, f: &mut impl Write) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

/// A display name: as atoms if it can be, else as a quoted string.
pub(crate) fn write_name(text: &str, f: &mut impl Write) -> fmt::Result {
    if is_plain(text.as_bytes()) && !text.contains('.') && !text.contains("=?") {
        f.write_str(text)
    } else {
        write_quoted(text, f)
    }
}

/// The content of a domain literal without folds and white space, and without backslashes that mean nothing.
pub(crate) fn literal(raw: &[u8]) -> Cow<'_, str> {
    if Class::DTEXT.contains_all(raw) {
        return String::from_utf8_lossy(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let text = String::from_utf8_lossy(raw);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = if c == '\\' { chars.next().unwrap_or(' ') } else { c };
        match c {
            ' ' | '\t' | '\r' | '\n' => continue,
            '[' | ']' | '\\' => out.push('\\'),
            _ => {}
        }
        out.push(without_control(c));
    }
    Cow::Owned(out)
}
